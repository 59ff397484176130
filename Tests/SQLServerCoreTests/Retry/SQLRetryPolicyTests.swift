import SQLServerCore
import SeededRandom
import Testing

/// How long to wait before the next attempt.
@Suite struct SQLRetryPolicyTests {
    private static let policy = SQLRetryPolicy(
        firstDelay: .milliseconds(100), maximumDelay: .seconds(10), throttledDelay: .seconds(5),
        conflictDelay: .milliseconds(1))

    /// The longest wait in milliseconds after an attempt.
    static let limits: [(SQLRetryClass, attempt: Int, least: Int, most: Int)] = [
        (.connection, 1, 0, 100), (.connection, 2, 0, 200), (.connection, 3, 0, 400), (.connection, 7, 0, 6_400),
        (.connection, 8, 0, 10_000), (.connection, 1_000, 0, 10_000), (.connection, .max, 0, 10_000),
        (.connection, 0, 0, 100), (.connection, .min, 0, 100),
        (.transaction, 2, 0, 200), (.statement, 2, 0, 200), (.doubtful, 2, 0, 200),
        (.throttled, 1, 5_000, 5_100), (.throttled, 8, 5_000, 15_000),
        (.conflict, 1, 0, 1), (.conflict, 5, 0, 16), (.conflict, 8, 0, 100), (.conflict, .max, 0, 100),
    ]

    @Test(arguments: limits)
    func waitsDoubleUpToTheirLimit(retryClass: SQLRetryClass, attempt: Int, least: Int, most: Int) {
        let range = Self.policy.delays(afterAttempt: attempt, retryClass)
        #expect(range == .milliseconds(least) ... .milliseconds(most))
    }

    /// Full jitter: every part of the range is drawn, and nothing outside of it.
    @Test(arguments: SQLRetryClass.all) func waitsAreDrawnFromTheWholeRange(retryClass: SQLRetryClass) throws {
        var generator = SeededGenerator(seed: 7)
        for attempt in 1...12 {
            let range = Self.policy.delays(afterAttempt: attempt, retryClass)
            let width = range.upperBound - range.lowerBound
            var tenths: Set<Int> = []
            for _ in 0..<400 {
                let delay = Self.policy.delay(afterAttempt: attempt, retryClass, using: &generator)
                guard range.contains(delay) else { throw Broken("\(delay) is not in \(range)") }
                tenths.insert(Int((delay - range.lowerBound) / width * 9.999))
            }
            #expect(tenths == Set(0...9), "\(retryClass) \(attempt)")
        }
    }

    @Test func theSameRandomnessGivesTheSameWaits() {
        func waits() -> [Duration] {
            var generator = SeededGenerator(seed: 42)
            return (1...10).map { Self.policy.delay(afterAttempt: $0, .connection, using: &generator) }
        }
        #expect(waits() == waits())
        #expect(Set(waits()).count > 1)
    }

    @Test func valuesOutOfRangeDoNotTrap() {
        var generator = SeededGenerator(seed: 1)
        let policies = [
            SQLRetryPolicy(firstDelay: .seconds(-1), maximumDelay: .seconds(-5), throttledDelay: .seconds(-9)),
            SQLRetryPolicy(firstDelay: .zero, maximumDelay: .zero, throttledDelay: .zero, conflictDelay: .zero),
            SQLRetryPolicy(firstDelay: .seconds(Int64.max / 4), maximumDelay: .seconds(Int64.max / 4)),
        ]
        for policy in policies {
            for retryClass in SQLRetryClass.all {
                for attempt in [Int.min, -1, 0, 1, 5, .max] {
                    let delay = policy.delay(afterAttempt: attempt, retryClass, using: &generator)
                    #expect(delay >= .zero)
                }
            }
        }
    }
}
