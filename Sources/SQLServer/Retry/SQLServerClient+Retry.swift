import SQLServerCore

extension SQLServerClient {
    /// Runs `body` in one transaction and commits when it returns; after an error that passes, all of it again.
    ///
    /// `body` may run more than once, each time in a new transaction and perhaps on another connection, so keep its
    /// effects inside the database. It is repeated after errors of the server and of connections that can pass: a
    /// deadlock (1205), a conflict (3960, 41302), a failover, a connection that broke before COMMIT. Errors of another
    /// type are never a reason, whatever caused them. Waits and attempts are those of the policy; a task that is
    /// cancelled meanwhile gets `cancelled`.
    ///
    /// ```swift
    /// try await db.withTransaction(retry: .standard) { transaction in
    ///     try await transaction.execute("UPDATE dbo.Accounts SET Balance -= \(amount) WHERE Id = \(from)")
    ///     try await transaction.execute("UPDATE dbo.Accounts SET Balance += \(amount) WHERE Id = \(to)")
    /// }
    /// ```
    ///
    /// - Parameters:
    ///   - retry: When it is repeated.
    ///   - isolation: Isolation level for this transaction only; restored before the connection goes back to the pool.
    ///   - access: See ``withTransaction(isolation:access:_:)``.
    ///   - body: Work on the given connection, which must not escape.
    /// - Returns: What `body` returned, at the attempt that was committed.
    /// - Throws: The error of the last attempt: from `body`, or ``SQLTransactionError`` if the rollback failed too.
    ///   `commitOutcomeUnknown` when a COMMIT got no answer; with `.exactlyOnce` only when the marker could not be looked
    ///   for either.
    @discardableResult
    public func withTransaction<Result>(
        retry: SQLTransactionRetry, isolation: SQLIsolationLevel? = nil, access: SQLTransactionAccess = .readWrite,
        _ body: (SQLServerConnection) async throws -> Result
    ) async throws -> Result {
        let policy = retry.own ?? resilience.policy
        if retry.isExactlyOnce {
            guard access != .readOnly else {
                throw SQLServerError(.misuse, "exactlyOnce writes a marker, so its access cannot be readOnly")
            }
            return try await withExactlyOnce(policy, isolation: isolation, body)
        }
        let calls = calls(for: access)
        var attempts = resilience.attempts(of: .transaction, policy)
        while true {
            do {
                return try await calls.withScope(policy.rules) { connection in
                    try await connection.withTransaction(isolation: isolation, body)
                }
            } catch {
                guard let failure = SQLServerError.within(error), try await attempts.mayRepeat(after: failure) else {
                    throw error
                }
            }
        }
    }
}
