import Synchronization

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Wakes threads that block in system calls, at a deadline or when someone asks for it.
///
/// One thread for the process. A watched thread gets SIGURG, every millisecond until its watch ends, so that a blocking
/// call such as `poll` returns EINTR; what it then does is up to the code around the call, which asks
/// ``Watch/reason``. SIGURG is ignored by default, so a handler that does nothing is installed, unless the program has
/// one already.
@safe
package final class ThreadInterrupter: @unchecked Sendable {
    // Sendable: `watches`, `nextLook` and `isRunning` are only touched with `mutex` held.
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private let condition: UnsafeMutablePointer<pthread_cond_t>
    private var watches: [ObjectIdentifier: Watch] = [:]
    /// When the thread looks at the watches again, in nanoseconds of the monotonic clock.
    private var nextLook = UInt64.max
    private var isRunning = false

    /// Between two signals to a thread that should stop.
    private static let interval: UInt64 = 1_000_000

    /// The interrupter of this process.
    package static let shared = ThreadInterrupter()

    private init() {
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
        Self.installHandler()
    }

    /// Why blocking work should stop.
    package enum Reason: UInt8, Sendable, AtomicRepresentable {
        /// It should go on.
        case none
        /// Its deadline is past.
        case late
        /// Someone asked for it.
        case cancelled
    }

    /// One piece of blocking work of one thread.
    @safe
    package final class Watch: @unchecked Sendable {
        // Sendable: `thread` and `deadline` never change (a pthread_t may be a pointer).
        fileprivate let thread: pthread_t
        fileprivate let deadline: Deadline?
        private let state = Atomic(Reason.none)
        private let whenStopped: (@Sendable (Reason) -> Void)?

        /// Work of the current thread, to be interrupted at `deadline` at the latest.
        ///
        /// - Parameters:
        ///   - deadline: Nil for none.
        ///   - whenStopped: Called once, from any thread, as soon as the work should stop. It must not block.
        package init(deadline: Deadline?, whenStopped: (@Sendable (Reason) -> Void)? = nil) {
            thread = pthread_self()
            self.deadline = deadline
            self.whenStopped = whenStopped
        }

        /// Whether and why the work should stop.
        package var reason: Reason { state.load(ordering: .relaxed) }

        /// Whether the work should stop; for loops, because it compares numbers.
        package var isStopped: Bool { state.load(ordering: .relaxed).rawValue != Reason.none.rawValue }

        /// Asks the work to stop; the first reason stays.
        ///
        /// - Returns: Whom to tell, after the interrupter's lock is released.
        fileprivate func stop(_ reason: Reason) -> (@Sendable (Reason) -> Void)? {
            let (isFirst, _) = state.compareExchange(expected: .none, desired: reason, ordering: .relaxed)
            return isFirst ? whenStopped : nil
        }
    }

    /// Begins to watch; the watch's own thread calls ``end(_:)`` before it goes away.
    ///
    /// - Throws: ``ThreadStartError`` when the interrupter's thread cannot be started.
    package func begin(_ watch: Watch) throws(ThreadStartError) {
        unsafe pthread_mutex_lock(mutex)
        defer { unsafe pthread_mutex_unlock(mutex) }
        if !isRunning {
            try OperatingSystemThread(stackSize: 128 << 10) { self.run() }.detach()
            isRunning = true
        }
        watches[ObjectIdentifier(watch)] = watch
        if let deadline = watch.deadline, deadline.nanoseconds < nextLook { unsafe pthread_cond_signal(condition) }
    }

    /// Ends a watch; its thread gets no signal from then on.
    package func end(_ watch: Watch) {
        unsafe pthread_mutex_lock(mutex)
        defer { unsafe pthread_mutex_unlock(mutex) }
        watches[ObjectIdentifier(watch)] = nil
    }

    /// Asks the work to stop; nothing happens when the watch has ended.
    package func cancel(_ watch: Watch) {
        unsafe pthread_mutex_lock(mutex)
        let isRunning = watches[ObjectIdentifier(watch)] != nil
        let tell = isRunning ? watch.stop(.cancelled) : nil
        if isRunning { unsafe pthread_cond_signal(condition) }
        unsafe pthread_mutex_unlock(mutex)
        tell?(.cancelled)
    }

    private func run() {
        unsafe pthread_mutex_lock(mutex)
        while true {
            let now = Deadline.now
            nextLook = .max
            var late: [@Sendable (Reason) -> Void] = []
            for watch in watches.values {
                if let deadline = watch.deadline, deadline.nanoseconds <= now, let tell = watch.stop(.late) {
                    late.append(tell)
                }
                if watch.reason != .none {
                    // The thread lives: it ends its watch before itself, and that waits for `mutex`.
                    pthread_kill(watch.thread, SIGURG)
                    nextLook = min(nextLook, now + Self.interval)
                } else if let deadline = watch.deadline {
                    nextLook = min(nextLook, deadline.nanoseconds)
                }
            }
            guard late.isEmpty else {
                unsafe pthread_mutex_unlock(mutex)
                for tell in late { tell(.late) }
                unsafe pthread_mutex_lock(mutex)
                // What began meanwhile may have an earlier deadline.
                continue
            }
            wait(from: now)
        }
    }

    private func wait(from now: UInt64) {
        guard nextLook != .max else {
            unsafe pthread_cond_wait(condition, mutex)
            return
        }
        #if canImport(Darwin)
            let wait = nextLook - now
            var time = timespec(tv_sec: Int(wait / 1_000_000_000), tv_nsec: Int(wait % 1_000_000_000))
            unsafe pthread_cond_timedwait_relative_np(condition, mutex, &time)
        #else
            var time = timespec(tv_sec: Int(nextLook / 1_000_000_000), tv_nsec: Int(nextLook % 1_000_000_000))
            unsafe pthread_cond_timedwait(condition, mutex, &time)
        #endif
    }

    /// Lets the current thread receive the signal.
    ///
    /// A thread inherits the signal mask of the one that started it, and those of Swift's pool block all signals.
    package static func allowOnCurrentThread() {
        var signals = sigset_t()
        unsafe sigemptyset(&signals)
        unsafe sigaddset(&signals, SIGURG)
        unsafe pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    }

    private static func installHandler() {
        var current = sigaction()
        unsafe sigaction(SIGURG, nil, &current)
        #if canImport(Darwin)
            let isFree = unsafe current.__sigaction_u.__sa_handler == nil
        #else
            let isFree = unsafe current.__sigaction_handler.sa_handler == nil
        #endif
        guard isFree else { return }
        signal(SIGURG) { _ in }
    }
}
