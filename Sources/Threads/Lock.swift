#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// A mutual-exclusion lock around a small piece of state.
///
/// For state that is touched for nanoseconds: never hold it over an `await`, I/O or a call into foreign code. It is a
/// heap-allocated pthread mutex, because `Synchronization.Mutex` makes the thread sanitizer report races in correct
/// code on Linux, and one kind of lock in all builds is simpler than two.
@safe
package final class Lock<State>: @unchecked Sendable {
    // Sendable: `state` is only reached between pthread_mutex_lock and pthread_mutex_unlock,
    // and `State` enters and leaves as a sending value.
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private var state: State

    /// A lock around `state`.
    package init(_ state: sending State) {
        unsafe mutex = .allocate(capacity: 1)
        unsafe mutex.initialize(to: pthread_mutex_t())
        unsafe pthread_mutex_init(mutex, nil)
        self.state = state
    }

    deinit {
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
}
