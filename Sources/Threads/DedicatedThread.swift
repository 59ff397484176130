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
    /// A job, and whether it is one of the serial executor: of the actor.
    private typealias Entry = (job: UnownedJob, isSerial: Bool)

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
    package func enqueue(_ job: consuming ExecutorJob) { add(UnownedJob(job), isSerial: true) }

    func add(_ job: UnownedJob, isSerial: Bool) {
        unsafe pthread_mutex_lock(mutex)
        queue.append((job, isSerial))
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

    /// This executor as the runtime's reference to a serial executor.
    package func asUnownedSerialExecutor() -> UnownedSerialExecutor { unsafe UnownedSerialExecutor(ordinary: self) }

    /// The thread owns a reference to its executor until it ends.
    private func start() throws(ThreadStartError) {
        try OperatingSystemThread(stackSize: stackSize) { self.run() }.detach()
    }

    private func run() {
        ThreadInterrupter.allowOnCurrentThread()
        let serial = unsafe asUnownedSerialExecutor()
        let task = unsafe taskExecutor.asUnownedTaskExecutor()
        while let jobs = nextJobs() {
            for (job, isSerial) in jobs {
                // A task that waits inside a job of the actor comes back through the actor's executor, even one that
                // is not isolated: only a job that runs as the task executor's can be sent elsewhere meanwhile.
                if isSerial {
                    unsafe job.runSynchronously(isolatedTo: serial, taskExecutor: task)
                } else {
                    unsafe job.runSynchronously(on: task)
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
