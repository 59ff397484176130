/// The attempts of one unit of work: what to do after each error.
///
/// Pure: time and randomness come in as parameters. The caller waits, repeats, and asks again:
///
/// ```swift
/// var sequence = RetrySequence(.transaction, policy, now: clock.now)
/// while true {
///     do {
///         let result = try await attempt()
///         budget.withLock { $0.succeeded() }
///         return result
///     } catch {
///         let decision = sequence.failed(error, at: clock.now, using: &generator)
///         guard case .retry(let delay, _) = decision, budget.withLock({ $0.withdraw() }) else { throw error }
///         try await clock.sleep(for: delay)
///     }
/// }
/// ```
package struct RetrySequence<Instant: InstantProtocol>: Sendable where Instant.Duration == Duration {
    /// What is repeated.
    package enum Unit: Sendable, Hashable {
        /// Opening a connection and logging in: nothing was done that could be done twice.
        case connecting
        /// A statement outside a transaction; idempotent when whoever wrote it says so.
        case statement(isIdempotent: Bool)
        /// A transaction from its beginning to its COMMIT, which the server rolls back when its connection breaks.
        case transaction
    }

    /// What to do after an error.
    package enum Decision: Sendable, Hashable {
        /// Wait so long, and repeat the unit; on another connection when the class of the error asks for one.
        case retry(after: Duration, onNewConnection: Bool)
        /// Throw the error to the caller.
        case giveUp(Reason)
    }

    /// Why a unit is not repeated.
    package enum Reason: String, Sendable, Hashable {
        /// Another attempt would fail the same way.
        case notTransient
        /// The work may have been done.
        case outcomeUnknown
        /// Nobody said that the statement may be done twice.
        case notIdempotent
        /// There were enough attempts.
        case attempts
        /// The next attempt would begin too late.
        case elapsed
    }

    private let unit: Unit
    private let policy: SQLRetryPolicy
    private let start: Instant
    /// The attempt that runs, from 1.
    package private(set) var attempt = 1

    /// A unit of work whose first attempt begins now.
    package init(_ unit: Unit, _ policy: SQLRetryPolicy, now: Instant) {
        self.unit = unit
        self.policy = policy
        start = now
    }

    /// The attempt failed.
    ///
    /// - Parameters:
    ///   - error: Why.
    ///   - now: When.
    ///   - generator: The source of randomness.
    /// - Returns: What to do; after `retry` the next attempt counts as begun.
    package mutating func failed(
        _ error: SQLServerError, at now: Instant, using generator: inout some RandomNumberGenerator
    ) -> Decision {
        if let reason = obstacle(error) { return .giveUp(reason) }
        let retryClass = error.retryClass(by: policy.rules)
        guard retryClass.isTransient else { return .giveUp(.notTransient) }
        let limit =
            retryClass == .doubtful ? min(policy.doubtfulAttempts, policy.maximumAttempts) : policy.maximumAttempts
        guard attempt < limit else { return .giveUp(.attempts) }
        let delay = policy.delay(afterAttempt: attempt, retryClass, using: &generator)
        if let maximum = policy.maximumElapsed, start.duration(to: now) + delay > maximum { return .giveUp(.elapsed) }
        attempt += 1
        return .retry(after: delay, onNewConnection: retryClass.needsNewConnection)
    }

    /// What forbids to repeat the unit, whatever the error's class.
    private func obstacle(_ error: SQLServerError) -> Reason? {
        switch unit {
        case .connecting: nil
        case .statement(isIdempotent: true): error.code == .commitOutcomeUnknown ? .outcomeUnknown : nil
        case .statement(isIdempotent: false): error.isOutcomeUnknown ? .outcomeUnknown : .notIdempotent
        // A broken connection rolls back; only its COMMIT leaves doubt.
        case .transaction: error.code == .commitOutcomeUnknown ? .outcomeUnknown : nil
        }
    }
}
