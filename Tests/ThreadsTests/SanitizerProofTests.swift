import Foundation
import Testing
import Threads

/// Proves that a run under the thread sanitizer can fail: `make sanitize` runs this data race and expects the report.
@Suite(
    .enabled(
        if: ProcessInfo.processInfo.environment["SANITIZER_PROOF"] == "race",
        "a data race on purpose, for make sanitize only"))
struct SanitizerProofTests {
    private final class Counter: @unchecked Sendable {
        // It is not: two threads change it without a lock, which is what the sanitizer must find.
        var count = 0
    }

    @Test func aDataRace() throws {
        let counter = Counter()
        let threads = try (0..<2).map { _ in
            try OperatingSystemThread(stackSize: 256 << 10) { for _ in 0..<10_000 { counter.count += 1 } }
        }
        for thread in threads { thread.join() }
        #expect(counter.count > 0)
    }
}
