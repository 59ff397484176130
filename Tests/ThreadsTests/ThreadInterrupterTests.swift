import Testing
import Threads

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// A thread that blocks is woken at its deadline or when someone asks, and left alone otherwise.
@Suite(.timeLimit(.minutes(1))) struct ThreadInterrupterTests {
    /// Blocks in `poll` until the watch says why it should stop.
    private static func block(_ watch: ThreadInterrupter.Watch) -> ThreadInterrupter.Reason {
        while watch.reason == .none { poll(nil, 0, -1) }
        return watch.reason
    }

    /// Runs work on a thread of its own that may be interrupted.
    private func onThread<Result: Sendable>(
        _ body: @escaping @Sendable () throws(ThreadStartError) -> Result
    ) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            do {
                try OperatingSystemThread(stackSize: 256 << 10) {
                    ThreadInterrupter.allowOnCurrentThread()
                    do throws(ThreadStartError) {
                        continuation.resume(returning: try body())
                    } catch {
                        continuation.resume(throwing: error)
                    }
                }.detach()
            } catch {
                continuation.resume(throwing: error)
            }
        }
    }

    @Test func aDeadlineWakesABlockedThread() async throws {
        let reason = try await onThread { () throws(ThreadStartError) in
            let watch = ThreadInterrupter.Watch(deadline: .after(.milliseconds(20)))
            try ThreadInterrupter.shared.begin(watch)
            defer { ThreadInterrupter.shared.end(watch) }
            return Self.block(watch)
        }
        #expect(reason == .late)
    }

    @Test func askingWakesABlockedThread() async throws {
        let handover = Lock<ThreadInterrupter.Watch?>(nil)
        async let reason = onThread { () throws(ThreadStartError) in
            let watch = ThreadInterrupter.Watch(deadline: nil)
            try ThreadInterrupter.shared.begin(watch)
            defer { ThreadInterrupter.shared.end(watch) }
            handover.withLock { $0 = watch }
            return Self.block(watch)
        }
        while true {
            if let watch = handover.withLock({ $0 }) {
                ThreadInterrupter.shared.cancel(watch)
                break
            }
            await Task.yield()
        }
        #expect(try await reason == .cancelled)
    }

    @Test func aWatchThatHasEndedCannotBeCancelled() async throws {
        let watch = try await onThread { () throws(ThreadStartError) in
            let watch = ThreadInterrupter.Watch(deadline: .after(.seconds(3_600)))
            try ThreadInterrupter.shared.begin(watch)
            ThreadInterrupter.shared.end(watch)
            return watch
        }
        ThreadInterrupter.shared.cancel(watch)
        #expect(watch.reason == .none)
    }

    @Test func theEarliestOfManyDeadlinesComesFirst() async throws {
        let order = Lock<[Int]>([])
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (number, milliseconds) in [(3, 300), (1, 20), (2, 150)] {
                group.addTask {
                    try await onThread { () throws(ThreadStartError) in
                        let watch = ThreadInterrupter.Watch(deadline: .after(.milliseconds(milliseconds)))
                        try ThreadInterrupter.shared.begin(watch)
                        defer { ThreadInterrupter.shared.end(watch) }
                        _ = Self.block(watch)
                        order.withLock { $0.append(number) }
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(Set(order.withLock { $0 }) == [1, 2, 3])
    }

    @Test(arguments: [(Duration.seconds(-5), Duration.zero), (.seconds(1 << 40), .seconds(1 << 41))])
    func aDeadlineOfAnyDurationIsOrdered(earlier: Duration, later: Duration) {
        #expect(Deadline.after(earlier) <= Deadline.after(later))
    }
}
