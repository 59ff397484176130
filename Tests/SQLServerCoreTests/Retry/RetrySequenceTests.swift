import SQLServerCore
import SeededRandom
import Testing

/// What is repeated, and what is not.
@Suite struct RetrySequenceTests {
    typealias Sequence = RetrySequence<ContinuousClock.Instant>

    private static func error(
        _ code: SQLServerError.Code, _ number: Int? = nil, query: String? = "q"
    ) -> SQLServerError {
        let messages = number.map { [SQLServerMessage(number: $0, severity: 16, text: "x")] } ?? []
        return SQLServerError(code, "x", messages: messages, query: query)
    }

    private static let deadlock = error(.server, 1_205)
    private static let duplicate = error(.server, 2_627)
    private static let busy = error(.server, 40_501)
    private static let lost = error(.connectionLost)
    private static let timeout = error(.timeout)
    private static let refused = error(.connectionFailed, query: nil)
    private static let unknownCommit = error(.commitOutcomeUnknown, query: "COMMIT TRANSACTION")

    /// A unit, an error, and why it is not repeated; nil when it is.
    static let cases: [(Sequence.Unit, SQLServerError, Sequence.Reason?)] = [
        (.connecting, refused, nil), (.connecting, error(.timeout, query: nil), nil),
        (.connecting, error(.loginFailed, 4_060, query: nil), nil),
        (.connecting, error(.loginFailed, 18_456, query: nil), .notTransient),
        (.connecting, error(.unsupported, query: nil), .notTransient),
        // Not marked: never, and least of all when nobody knows what it did.
        (.statement(isIdempotent: false), lost, .outcomeUnknown),
        (.statement(isIdempotent: false), timeout, .outcomeUnknown),
        (.statement(isIdempotent: false), busy, .notIdempotent),
        (.statement(isIdempotent: false), deadlock, .notIdempotent),
        (.statement(isIdempotent: true), lost, nil), (.statement(isIdempotent: true), busy, nil),
        (.statement(isIdempotent: true), deadlock, nil), (.statement(isIdempotent: true), duplicate, .notTransient),
        (.statement(isIdempotent: true), timeout, .notTransient),
        (.statement(isIdempotent: true), unknownCommit, .outcomeUnknown),
        (.transaction, deadlock, nil), (.transaction, lost, nil), (.transaction, busy, nil),
        (.transaction, error(.server, 41_302), nil), (.transaction, error(.server, 40_552), .notTransient),
        (.transaction, duplicate, .notTransient), (.transaction, unknownCommit, .outcomeUnknown),
        (.transaction, error(.commitOutcomeUnknown, 1_205), .outcomeUnknown),
        (.transaction, error(.cancelled), .notTransient), (.transaction, timeout, .notTransient),
        (.transaction, error(.poolTimeout, query: nil), .notTransient),
    ]

    @Test(arguments: cases)
    func onlyWhatIsSafeAndMayHelpIsRepeated(
        unit: Sequence.Unit, error: SQLServerError, reason: Sequence.Reason?
    ) {
        var generator = SeededGenerator(seed: 1)
        let now = ContinuousClock.now
        var sequence = Sequence(unit, .standard, now: now)
        let decision = sequence.failed(error, at: now, using: &generator)
        if let reason {
            #expect(decision == .giveUp(reason))
            #expect(sequence.attempt == 1)
        } else if case .retry(let delay, let onNewConnection) = decision {
            #expect(SQLRetryPolicy.standard.delays(afterAttempt: 1, error.retryClass).contains(delay))
            #expect(onNewConnection == error.retryClass.needsNewConnection)
            #expect(sequence.attempt == 2)
        } else {
            Issue.record("not repeated: \(decision)")
        }
    }

    private func attempts(_ policy: SQLRetryPolicy, _ error: SQLServerError) -> (Int, Sequence.Decision) {
        var generator = SeededGenerator(seed: 3)
        let now = ContinuousClock.now
        var sequence = Sequence(.transaction, policy, now: now)
        while true {
            let decision = sequence.failed(error, at: now, using: &generator)
            if case .giveUp = decision { return (sequence.attempt, decision) }
        }
    }

    @Test func thereAreNoMoreAttemptsThanThePolicyAllows() {
        for most in 1...7 {
            let (count, decision) = attempts(SQLRetryPolicy(maximumAttempts: most), Self.deadlock)
            #expect(count == most && decision == .giveUp(.attempts))
        }
        #expect(attempts(.none, Self.deadlock).0 == 1)
        #expect(attempts(SQLRetryPolicy(maximumAttempts: 0), Self.deadlock).0 == 1)
        #expect(attempts(.standard, Self.error(.loginFailed, 4_060)).0 == 2)
        #expect(attempts(SQLRetryPolicy(doubtfulAttempts: 9), Self.error(.loginFailed, 4_060)).0 == 5)
    }

    @Test func noAttemptBeginsAfterTheTimeIsOver() {
        var generator = SeededGenerator(seed: 5)
        let policy = SQLRetryPolicy(maximumAttempts: 1_000, maximumElapsed: .seconds(20))
        for _ in 0..<50 {
            let start = ContinuousClock.now
            var now = start
            var sequence = Sequence(.connecting, policy, now: start)
            var last: Sequence.Decision?
            while case .retry(let delay, _) = sequence.failed(Self.busy, at: now, using: &generator) {
                now = now.advanced(by: delay)
                #expect(start.duration(to: now) <= .seconds(20))
                last = .retry(after: delay, onNewConnection: true)
            }
            #expect(last != nil)
            #expect(sequence.failed(Self.busy, at: now, using: &generator) == .giveUp(.elapsed))
        }
        var endless = Sequence(
            .connecting, SQLRetryPolicy(maximumAttempts: .max, maximumElapsed: nil), now: ContinuousClock.now)
        let late = ContinuousClock.now.advanced(by: .seconds(1_000_000))
        guard case .retry = endless.failed(Self.refused, at: late, using: &generator) else {
            Issue.record("no limit is no limit")
            return
        }
    }

    @Test func rulesOfThePolicyDecide() {
        var generator = SeededGenerator(seed: 1)
        var policy = SQLRetryPolicy.standard
        policy.rules[50_123] = .transaction
        policy.rules[1_205] = .never
        let now = ContinuousClock.now
        var sequence = Sequence(.transaction, policy, now: now)
        #expect(sequence.failed(Self.deadlock, at: now, using: &generator) == .giveUp(.notTransient))
        guard case .retry = sequence.failed(Self.error(.server, 50_123), at: now, using: &generator) else {
            Issue.record("a number of the user's own was not repeated")
            return
        }
    }
}
