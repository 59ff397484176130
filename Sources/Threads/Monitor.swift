#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// A lock around a small piece of state whose changes threads can wait for.
///
/// For threads of the operating system that may block, never for Swift's pool.
@safe
package final class Monitor<State>: @unchecked Sendable {
    // Sendable: `state` is only reached between pthread_mutex_lock and pthread_mutex_unlock (a wait gives the mutex back
    // and takes it again), and `State` enters and leaves as a sending value.
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private let condition: UnsafeMutablePointer<pthread_cond_t>
    private var state: State

    /// A monitor of `state`.
    package init(_ state: sending State) {
        unsafe mutex = .allocate(capacity: 1)
        unsafe mutex.initialize(to: pthread_mutex_t())
        unsafe pthread_mutex_init(mutex, nil)
        unsafe condition = .allocate(capacity: 1)
        unsafe condition.initialize(to: pthread_cond_t())
        var attributes = pthread_condattr_t()
        unsafe pthread_condattr_init(&attributes)
        #if !canImport(Darwin)
            unsafe pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
        #endif
        unsafe pthread_cond_init(condition, &attributes)
        unsafe pthread_condattr_destroy(&attributes)
        self.state = state
    }

    deinit {
        unsafe pthread_cond_destroy(condition)
        unsafe condition.deallocate()
        unsafe pthread_mutex_destroy(mutex)
        unsafe mutex.deallocate()
    }

    /// Runs `body` with the state, alone.
    package func withLock<Result, Failure: Error>(
        _ body: (inout State) throws(Failure) -> sending Result
    ) throws(Failure) -> sending Result {
        unsafe pthread_mutex_lock(mutex)
        defer { unsafe pthread_mutex_unlock(mutex) }
        return try body(&state)
    }

    /// Lets all waiting threads look at the state again.
    package func wakeAll() { unsafe pthread_cond_broadcast(condition) }

    /// Waits until `body` gives a value, which it is asked for at once and after every ``wakeAll()``.
    ///
    /// - Parameters:
    ///   - milliseconds: How long to wait at most.
    ///   - body: Looks at the state, alone.
    /// - Returns: The value, or nil when the time is over.
    package func wait<Result>(atMost milliseconds: Int, _ body: (inout State) -> sending Result?) -> sending Result? {
        unsafe pthread_mutex_lock(mutex)
        defer { unsafe pthread_mutex_unlock(mutex) }
        if let result = body(&state) { return result }
        #if canImport(Darwin)
            var time = timespec(tv_sec: milliseconds / 1_000, tv_nsec: milliseconds % 1_000 * 1_000_000)
            while unsafe pthread_cond_timedwait_relative_np(condition, mutex, &time) == 0 {
                if let result = body(&state) { return result }
            }
        #else
            var time = timespec()
            unsafe clock_gettime(CLOCK_MONOTONIC, &time)
            let nanoseconds = time.tv_nsec + milliseconds % 1_000 * 1_000_000
            time.tv_sec += milliseconds / 1_000 + nanoseconds / 1_000_000_000
            time.tv_nsec = nanoseconds % 1_000_000_000
            while unsafe pthread_cond_timedwait(condition, mutex, &time) == 0 {
                if let result = body(&state) { return result }
            }
        #endif
        return body(&state)
    }
}
