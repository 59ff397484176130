#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// One operating-system thread as the executor of one actor, and with ``taskExecutor`` for the tasks that prefer it.
///
/// Blocking calls (a C library, a socket) run here and never on Swift's cooperative pool. A task that prefers the
/// thread calls the actor without a switch to another thread.
/// The thread ends after ``stop()``, when its queue is empty. A job that comes later is still run: the thread is
/// started again for it, so that nothing hangs.
@safe
package final class DedicatedThread: SerialExecutor, @unchecked Sendable {
    // Sendable: `queue`, `isRunning` and `isStopping` are only touched with `mutex` held; the rest never changes.
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private let condition: UnsafeMutablePointer<pthread_cond_t>
    /// What the thread runs.
    private enum Entry {
        /// A job of the actor.
        case serial(UnownedJob)
        /// A job of a task that prefers the thread.
        case task(UnownedJob)
        /// Work without a task.
        case work(@Sendable () -> Void)
    }

    private var queue: [Entry] = []
    private var isRunning = true
    private var isStopping = false
    private let stackSize: Int
    /// For tasks that want to run on this thread as long as it is not blocked.
    package let taskExecutor = ThreadTaskExecutor()

    /// Starts a thread.
    ///
    /// - Parameter stackSize: Bytes of stack, at least 64 KB.
    /// - Throws: ``ThreadStartError`` when the process or the machine has no thread left.
    package init(stackSize: Int = 512 * 1024) throws(ThreadStartError) {
        self.stackSize = max(stackSize, 64 * 1024)
        unsafe mutex = .allocate(capacity: 1)
        unsafe mutex.initialize(to: pthread_mutex_t())
        unsafe pthread_mutex_init(mutex, nil)
        unsafe condition = .allocate(capacity: 1)
        unsafe condition.initialize(to: pthread_cond_t())
        unsafe pthread_cond_init(condition, nil)
        taskExecutor.attach(self)
        try start()
    }

    deinit {
        unsafe pthread_cond_destroy(condition)
        unsafe condition.deallocate()
        unsafe pthread_mutex_destroy(mutex)
        unsafe mutex.deallocate()
    }

    /// Adds a job; called by the Swift runtime.
    package func enqueue(_ job: consuming ExecutorJob) { add(.serial(UnownedJob(job))) }

    /// Runs work on the thread after everything that was added before; `assumeIsolated` of the thread's actor holds in
    /// it.
    ///
    /// For work that its caller does not stay for: a task would cost more.
    package func run(_ work: @escaping @Sendable () -> Void) { add(.work(work)) }

    /// Adds a job of a task that prefers the thread.
    func addTask(_ job: UnownedJob) { add(.task(job)) }

    private func add(_ entry: Entry) {
        unsafe pthread_mutex_lock(mutex)
        queue.append(entry)
        let mustStart = !isRunning
        isRunning = true
        unsafe pthread_cond_signal(condition)
        unsafe pthread_mutex_unlock(mutex)
        guard mustStart else { return }
        do throws(ThreadStartError) {
            try start()
        } catch {
            // This job has no other place to run: the owner used the thread after stopping it.
            preconditionFailure("\(error)")
        }
    }

    /// Ends the thread when it has run what is queued.
    ///
    /// Owners call this once, when they are done with it.
    package func stop() {
        unsafe pthread_mutex_lock(mutex)
        isStopping = true
        unsafe pthread_cond_signal(condition)
        unsafe pthread_mutex_unlock(mutex)
    }

    /// Whether the caller runs on this thread; asked by the Swift runtime for code outside of a task.
    package func isIsolatingCurrentContext() -> Bool? {
        unsafe pthread_getspecific(Self.key) == Unmanaged.passUnretained(self).toOpaque()
    }

    /// Traps when the caller does not run on this thread; asked by the Swift runtime for code outside of a task.
    package func checkIsolated() {
        precondition(isIsolatingCurrentContext() == true, "not on the thread of this connection")
    }

    /// The executor whose thread this is.
    private static let key: pthread_key_t = {
        var key = pthread_key_t()
        let status = unsafe pthread_key_create(&key, nil)
        precondition(status == 0, "pthread_key_create: error \(status)")
        return key
    }()

    /// This executor as the runtime's reference to a serial executor.
    package func asUnownedSerialExecutor() -> UnownedSerialExecutor { unsafe UnownedSerialExecutor(ordinary: self) }

    /// The thread owns a reference to its executor until it ends.
    private func start() throws(ThreadStartError) {
        try OperatingSystemThread(stackSize: stackSize) { self.run() }.detach()
    }

    private func run() {
        ThreadInterrupter.allowOnCurrentThread()
        _ = unsafe pthread_setspecific(Self.key, Unmanaged.passUnretained(self).toOpaque())
        let serial = unsafe asUnownedSerialExecutor()
        let task = unsafe taskExecutor.asUnownedTaskExecutor()
        while let jobs = nextJobs() {
            for entry in jobs {
                // A task that waits inside a job of the actor comes back through the actor's executor, even one that
                // is not isolated: only a job that runs as the task executor's can be sent elsewhere meanwhile.
                switch entry {
                case .serial(let job): unsafe job.runSynchronously(isolatedTo: serial, taskExecutor: task)
                case .task(let job): unsafe job.runSynchronously(on: task)
                case .work(let work): work()
                }
            }
        }
    }

    /// Waits for jobs; nil when the thread must end.
    private func nextJobs() -> [Entry]? {
        unsafe pthread_mutex_lock(mutex)
        defer { unsafe pthread_mutex_unlock(mutex) }
        while queue.isEmpty {
            if isStopping {
                isRunning = false
                return nil
            }
            unsafe pthread_cond_wait(condition, mutex)
        }
        let jobs = queue
        queue.removeAll(keepingCapacity: true)
        return jobs
    }
}

/// The operating system refused to start a thread.
package struct ThreadStartError: Error, CustomStringConvertible {
    /// The error number of `pthread_create`, usually EAGAIN.
    package let status: Int32

    /// What failed and what to do.
    package var description: String {
        "cannot start a thread (error \(status)): the limit of processes (ulimit -u) or memory is reached"
    }
}
