#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// A thread of the operating system that runs one closure; for code that blocks, which Swift's pool must not.
@safe
package struct OperatingSystemThread: @unchecked Sendable {
    // Sendable: the handle is a number or a pointer that pthread functions take from any thread, and never changes.
    private let handle: pthread_t

    /// Starts a thread.
    ///
    /// - Parameters:
    ///   - stackSize: Bytes of stack.
    ///   - body: What it runs; the thread ends with it. ``join()`` or ``detach()`` must be called once.
    /// - Throws: ``ThreadStartError`` when the process or the machine has no thread left.
    package init(stackSize: Int, _ body: @escaping @Sendable () -> Void) throws(ThreadStartError) {
        var attributes = pthread_attr_t()
        unsafe pthread_attr_init(&attributes)
        defer { unsafe pthread_attr_destroy(&attributes) }
        unsafe pthread_attr_setstacksize(&attributes, stackSize)
        let context = unsafe Unmanaged.passRetained(ThreadBody(body)).toOpaque()
        #if canImport(Darwin)
            var thread: pthread_t?
        #else
            var thread = pthread_t()
        #endif
        let status = unsafe pthread_create(&thread, &attributes, runThreadBody, context)
        if status != 0 { unsafe Unmanaged<ThreadBody>.fromOpaque(context).release() }
        #if canImport(Darwin)
            guard status == 0, let thread = unsafe thread else { throw ThreadStartError(status: status) }
            unsafe handle = thread
        #else
            guard status == 0 else { throw ThreadStartError(status: status) }
            handle = thread
        #endif
    }

    /// Waits until the thread has ended.
    package func join() {
        #if canImport(Darwin)
            unsafe pthread_join(handle, nil)
        #else
            pthread_join(handle, nil)
        #endif
    }

    /// Lets the thread end alone.
    package func detach() {
        #if canImport(Darwin)
            unsafe pthread_detach(handle)
        #else
            pthread_detach(handle)
        #endif
    }
}

private final class ThreadBody: Sendable {
    let run: @Sendable () -> Void

    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}

#if canImport(Darwin)
    private func runThreadBody(_ context: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
        unsafe Unmanaged<ThreadBody>.fromOpaque(context).takeRetainedValue().run()
        return nil
    }
#else
    private func runThreadBody(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
        guard let context = unsafe context else { return nil }
        unsafe Unmanaged<ThreadBody>.fromOpaque(context).takeRetainedValue().run()
        return nil
    }
#endif
