import Testing
import Threads

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// The current thread as a number.
private func currentThread() -> UInt {
    #if canImport(Darwin)
        UInt(bitPattern: pthread_self())
    #else
        UInt(pthread_self())
    #endif
}

/// Says through an event when it goes away: lives in a thread's storage, which the system destroys at its end.
private final class ThreadEnd: Sendable {
    private let continuation: AsyncStream<Void>.Continuation

    init(_ continuation: AsyncStream<Void>.Continuation) { self.continuation = continuation }

    deinit { continuation.finish() }

    private static let key: pthread_key_t = {
        var key = pthread_key_t()
        _ = unsafe pthread_key_create(&key) { pointer in
            #if canImport(Darwin)
                unsafe Unmanaged<ThreadEnd>.fromOpaque(pointer).release()
            #else
                if let pointer = unsafe pointer { unsafe Unmanaged<ThreadEnd>.fromOpaque(pointer).release() }
            #endif
        }
        return key
    }()

    /// Ties this object to the current thread.
    func attach() { _ = unsafe pthread_setspecific(Self.key, Unmanaged.passRetained(self).toOpaque()) }
}

/// An actor on a thread of its own.
private actor Worker {
    private let thread: DedicatedThread
    nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe thread.asUnownedSerialExecutor() }
    private(set) var jobs = 0

    init(_ thread: DedicatedThread) { self.thread = thread }

    func work() -> UInt {
        jobs += 1
        return currentThread()
    }

    /// Counts without a task, when the caller is on the thread.
    nonisolated func countSynchronously() -> UInt { assumeIsolated { $0.work() } }

    /// Gives up the thread in the middle.
    func workWithABreak() async -> (UInt, UInt) {
        let before = work()
        await Task.yield()
        return (before, work())
    }

    /// Ends the stream when the current thread ends.
    func watchEnd(_ continuation: AsyncStream<Void>.Continuation) { ThreadEnd(continuation).attach() }
}

@Suite("A dedicated thread")
struct DedicatedThreadTests {
    @Test func runsAllJobsOfItsActor() async throws {
        let thread = try DedicatedThread()
        let worker = Worker(thread)
        let threads = await withTaskGroup(of: UInt.self) { group in
            for _ in 0..<500 { group.addTask { await worker.work() } }
            return await group.reduce(into: Set<UInt>()) { $0.insert($1) }
        }
        #expect(threads.count == 1)
        #expect(await worker.jobs == 500)
        let (before, after) = await worker.workWithABreak()
        #expect(before == after && threads.contains(before))
        thread.stop()
    }

    @Test func runsWorkWithoutATaskInTheOrderInWhichItComes() async throws {
        let thread = try DedicatedThread()
        let worker = Worker(thread)
        let own = await worker.work()
        let (seen, continuation) = AsyncStream<(Int, UInt)>.makeStream()
        for index in 0..<100 {
            thread.run { continuation.yield((index, worker.countSynchronously())) }
        }
        thread.run { continuation.finish() }
        var order: [Int] = []
        for await (index, thread) in seen {
            order.append(index)
            #expect(thread == own)
        }
        #expect(order == Array(0..<100))
        #expect(await worker.jobs == 101)
        #expect(thread.isIsolatingCurrentContext() == false)
        thread.stop()
    }

    @Test func differsFromOtherThreads() async throws {
        let threads = try (0..<8).map { _ in try DedicatedThread() }
        var seen: Set<UInt> = []
        for thread in threads { seen.insert(await Worker(thread).work()) }
        #expect(seen.count == 8)
        for thread in threads { thread.stop() }
    }

    @Test func runsTheTasksThatPreferIt() async throws {
        let thread = try DedicatedThread()
        let worker = Worker(thread)
        let own = await worker.work()
        let seen = await withTaskExecutorPreference(thread.taskExecutor) {
            var seen = [currentThread()]
            for _ in 0..<20 {
                seen.append(await worker.work())
                seen.append(currentThread())
            }
            await Task.yield()
            seen.append(currentThread())
            async let child = currentThread()
            seen.append(await child)
            return seen
        }
        #expect(Set(seen) == [own])
        thread.stop()
    }

    @Test func endsWhenItIsStopped() async throws {
        let thread = try DedicatedThread()
        let (ended, continuation) = AsyncStream<Void>.makeStream()
        await Worker(thread).watchEnd(continuation)
        thread.stop()
        for await _ in ended {}
        // The stream finished: the system has destroyed the thread's storage.
    }

    @Test func runsWhatIsQueuedBeforeItEnds() async throws {
        let thread = try DedicatedThread()
        let worker = Worker(thread)
        await withTaskGroup { group in
            for index in 0..<200 {
                group.addTask { _ = await worker.work() }
                if index == 100 { thread.stop() }
            }
        }
        #expect(await worker.jobs == 200)
    }

    @Test func runsAJobThatComesAfterItsEnd() async throws {
        let thread = try DedicatedThread()
        let worker = Worker(thread)
        for round in 1...20 {
            let (ended, continuation) = AsyncStream<Void>.makeStream()
            await worker.watchEnd(continuation)
            thread.stop()
            for await _ in ended {}
            _ = await worker.work()
            #expect(await worker.jobs == round)
        }
    }

    @Test func goesAwayWithItsOwner() async throws {
        weak var gone: DedicatedThread?
        do {
            let thread = try DedicatedThread()
            gone = thread
            let (ended, continuation) = AsyncStream<Void>.makeStream()
            await Worker(thread).watchEnd(continuation)
            thread.stop()
            for await _ in ended {}
        }
        // The thread itself lets go of its executor just before its storage is destroyed.
        #expect(gone == nil)
    }

    @Test func startsAndEndsManyTimes() async throws {
        for _ in 0..<10 {
            try await withThrowingTaskGroup { group in
                for _ in 0..<20 {
                    group.addTask {
                        let thread = try DedicatedThread(stackSize: 1)
                        let worker = Worker(thread)
                        let first = await worker.work()
                        #expect(await worker.work() == first)
                        thread.stop()
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    @Test func saysWhyAThreadCannotStart() throws {
        #expect(throws: ThreadStartError.self) { try DedicatedThread(stackSize: 1 << 60) }
    }
}
