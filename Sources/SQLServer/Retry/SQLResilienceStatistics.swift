/// What a client repeats, refuses and holds back.
///
/// ```swift
/// let now = db.resilienceStatistics
/// if now.isRefusing { print("the server does not answer; \(now.refusedCalls) calls were refused") }
/// ```
public struct SQLResilienceStatistics: Sendable, Hashable {
    /// Attempts to connect that were made after one that failed.
    public let retriedConnects: Int
    /// Attempts at a statement after one that failed.
    public let retriedStatements: Int
    /// Attempts at a transaction after one that failed.
    public let retriedTransactions: Int
    /// Transactions whose COMMIT got no answer, and of which it was found out what became of them.
    public let resolvedCommits: Int
    /// Retries that the budget did not allow.
    public let refusedRetries: Int
    /// The retries that the budget allows at the moment; nil without a budget.
    public let retryTokens: Int?
    /// Whether the circuit breaker refuses calls at the moment, except for probes.
    public let isRefusing: Bool
    /// How often the circuit breaker began to refuse calls.
    public let breakerOpenings: Int
    /// Calls that the circuit breaker refused.
    public let refusedCalls: Int
    /// How many calls the server is given at a time; nil without an adaptive limit.
    public let callLimit: Int?
    /// Calls that are under way.
    public let callsUnderWay: Int
    /// Calls that wait because as many as the limit allows are under way.
    public let callsWaiting: Int

    init(_ resilience: Resilience, _ gate: ServerGate) {
        let counts = resilience.counts
        retriedConnects = counts.connects
        retriedStatements = counts.statements
        retriedTransactions = counts.transactions
        resolvedCommits = counts.resolved
        refusedRetries = counts.refused
        retryTokens = resilience.budget?.tokens
        let gate = gate.snapshot
        if case .closed = gate.breaker { isRefusing = false } else { isRefusing = true }
        breakerOpenings = gate.opened
        refusedCalls = gate.refused
        callLimit = gate.limit
        callsUnderWay = gate.underWay
        callsWaiting = gate.waiting
    }
}
