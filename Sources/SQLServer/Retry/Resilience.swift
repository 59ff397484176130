import SQLServerCore
import Threads

/// What a client does about errors that pass: its policy, its budget, and how often it repeated something.
final class Resilience: Sendable {
    struct Counts: Sendable {
        var connects = 0
        var statements = 0
        var transactions = 0
        var refused = 0
        var resolved = 0
    }

    let policy: SQLRetryPolicy
    let budget: SQLRetryBudget?
    private let state = Lock(Counts())

    init(_ configuration: SQLServerConfiguration) {
        policy = configuration.retryPolicy
        budget = configuration.resilience.retryBudget
    }

    var counts: Counts { state.withLock { $0 } }

    /// The attempts of a unit of work, whose first one begins now.
    func attempts(of unit: RetryAttempts.Unit, _ policy: SQLRetryPolicy) -> RetryAttempts {
        RetryAttempts(unit, policy, self)
    }

    func noteSuccess() { budget?.succeeded() }

    func noteResolved() { state.withLock { $0.resolved += 1 } }

    /// Whether the budget allows another attempt; then it counts as made.
    func grant(_ unit: RetryAttempts.Unit) -> Bool {
        let isGranted = budget?.withdraw() ?? true
        state.withLock { counts in
            guard isGranted else {
                counts.refused += 1
                return
            }
            switch unit {
            case .connecting: counts.connects += 1
            case .statement: counts.statements += 1
            case .transaction: counts.transactions += 1
            }
        }
        return isGranted
    }
}

/// The attempts of one unit of work.
///
/// ```swift
/// var attempts = resilience.attempts(of: .transaction, policy)
/// while true {
///     do throws(SQLServerError) {
///         return try await work()
///     } catch {
///         guard try await attempts.mayRepeat(after: error) else { throw error }
///     }
/// }
/// ```
struct RetryAttempts {
    typealias Unit = RetrySequence<ContinuousClock.Instant>.Unit

    private let unit: Unit
    private let resilience: Resilience
    private var sequence: RetrySequence<ContinuousClock.Instant>

    fileprivate init(_ unit: Unit, _ policy: SQLRetryPolicy, _ resilience: Resilience) {
        self.unit = unit
        self.resilience = resilience
        sequence = RetrySequence(unit, policy, now: .now)
    }

    /// Decides about another attempt, and waits until its time has come.
    ///
    /// - Parameter failure: Why the last attempt failed.
    /// - Returns: False when there is to be none, and the failure goes to the caller.
    /// - Throws: `cancelled` when the task is cancelled during the wait; its message and messages tell the failure.
    mutating func mayRepeat(after failure: SQLServerError) async throws(SQLServerError) -> Bool {
        var generator = SystemRandomNumberGenerator()
        let decision = sequence.failed(failure, at: .now, using: &generator)
        guard case .retry(let delay, _) = decision, !Task.isCancelled, resilience.grant(unit) else { return false }
        do {
            try await Task.sleep(for: delay)
            return true
        } catch {
            throw SQLServerError(
                .cancelled, "the task was cancelled before attempt \(sequence.attempt), after: \(failure.message)",
                messages: failure.messages)
        }
    }
}
