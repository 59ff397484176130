import Synchronization

/// Runs tasks on a connection's thread, and elsewhere while that thread waits for something that nobody awaits any more.
///
/// A statement that passed its deadline keeps its thread until the server acknowledges, but the caller goes on at once:
/// between ``divert()`` and ``restore()`` jobs run on Swift's global pool. So they do after the thread is gone.
@safe
package final class ThreadTaskExecutor: TaskExecutor, @unchecked Sendable {
    // Sendable: `thread` is set once, by the thread's initialiser, before anyone else has this object; loads of a weak
    // reference are atomic.
    private weak var thread: DedicatedThread?
    /// How often `divert` was called more than `restore`; for a moment it may be negative.
    private let diversions = Atomic(0)

    init() {}

    func attach(_ thread: DedicatedThread) { self.thread = thread }

    /// Jobs run elsewhere from now on, until ``restore()``.
    package func divert() { diversions.add(1, ordering: .sequentiallyConsistent) }

    /// Takes back one ``divert()``; it may come before that.
    package func restore() { diversions.subtract(1, ordering: .sequentiallyConsistent) }

    /// Adds a job; called by the Swift runtime.
    package func enqueue(_ job: consuming ExecutorJob) {
        guard diversions.load(ordering: .sequentiallyConsistent) <= 0, let thread else {
            globalConcurrentExecutor.enqueue(job)
            return
        }
        thread.addTask(UnownedJob(job))
    }
}
