import SQLServerCore
import Threads

extension SQLServerConnection {
    /// Runs one call on this connection, again when its options and the session's state allow that.
    ///
    /// Only errors after which this connection can go on are worth it, and only outside a transaction: inside, the
    /// server may have rolled back what came before.
    ///
    /// - Parameters:
    ///   - options: Those of the call.
    ///   - body: The call, with the options for one attempt.
    /// - Returns: What `body` returned.
    /// - Throws: The error of the last attempt.
    func repeating<Result>(
        _ options: SQLCallOptions, _ body: (SQLCallOptions) async throws(SQLServerError) -> Result
    ) async throws(SQLServerError) -> Result {
        guard options.retry.isAllowed else { return try await body(options) }
        let once = options.once
        let resilience = state.withLock { $0.resilience }
        guard let resilience, let policy = options.retry.policy(resilience.policy),
            try await isOutsideTransaction()
        else { return try await body(once) }
        var attempts = resilience.attempts(of: .statement(isIdempotent: true), policy)
        while true {
            do throws(SQLServerError) {
                return try await body(once)
            } catch {
                guard !error.retryClass(by: policy.rules).needsNewConnection, connection.isOpen, !isSettling,
                    await hasNoTransaction(), try await attempts.mayRepeat(after: error)
                else { throw error }
            }
        }
    }

    /// Whether neither a scope nor a statement of this lease has begun a transaction; asks the server when a statement
    /// may have.
    private func isOutsideTransaction() async throws(SQLServerError) -> Bool {
        if state.withLock({ $0.isInTransaction }) { return false }
        guard mustReset else { return true }
        return try await visit(.standard, query: nil, effect: .none, Self.countTransactions) == 0
    }

    /// Whether a statement that failed has left no transaction open; false when the server does not say.
    private func hasNoTransaction() async -> Bool {
        do throws(SQLServerError) {
            return try await visit(.standard, query: nil, effect: .none, Self.countTransactions) == 0
        } catch {
            return false
        }
    }

    private static let countTransactions: Work<Int> = { (connection, ticket) throws(SQLServerError) in
        let request = SQLRequest(text: "SELECT @@TRANCOUNT;")
        let results = try connection.run(request, ticket: ticket, limit: .seconds(5))
        return try results.resultSets.first?.first?.decode(Int.self, at: 0) ?? 0
    }
}
