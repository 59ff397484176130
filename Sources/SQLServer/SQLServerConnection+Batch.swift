public import SQLServerCore
import Telemetry

extension SQLServerConnection {
    /// Runs independent statements in one round trip.
    ///
    /// Each has its own parameters, variables and outcome: one that fails does not keep the others from running, unless
    /// the server ends the batch (as it does in a transaction, with `XACT_ABORT ON`); those after it are failures then.
    /// Each runs as `sp_executesql`, so its temporary tables and `SET` options end with it.
    ///
    /// ```swift
    /// let outcomes = try await connection.batch([
    ///     "UPDATE dbo.Users SET SeenAt = SYSUTCDATETIME() WHERE Id = \(id)",
    ///     "SELECT COUNT(*) FROM dbo.Messages WHERE UserId = \(id)",
    /// ])
    /// let count = try outcomes[1].get().resultSets[0].first?.decode(Int.self, at: 0)
    /// ```
    ///
    /// - Parameters:
    ///   - queries: The statements, with at most 2,098 parameters in all.
    ///   - options: The time limit of the whole, and the listener for messages.
    /// - Returns: For each statement what it returned, with one row count, or its error.
    /// - Throws: ``SQLServerCore/SQLServerError`` when there is no complete response: `connectionLost`, `timeout`,
    ///   `cancelled`, or `encoding` before anything is sent.
    public func batch(
        _ queries: [SQLQuery], options: SQLCallOptions = .standard
    ) async throws(SQLServerError) -> [Result<SQLResults, SQLServerError>] {
        guard !queries.isEmpty else { return [] }
        return try await run(SQLStatementBatch(queries), options)
    }

    func run(
        _ batch: SQLStatementBatch, _ options: SQLCallOptions
    ) async throws(SQLServerError) -> [Result<SQLResults, SQLServerError>] {
        let text = batch.texts.joined(separator: ";\n")
        let operation = telemetry.begin(.statement, text)
        let limit = options.timeout ?? commandTimeout
        do throws(SQLServerError) {
            let outcomes = try await visit(options, query: text, effect: batch.effect) {
                (connection, ticket) throws(SQLServerError) in
                try connection.collect(batch, ticket: ticket, limit: limit)
            }
            let failures = outcomes.compactMap { outcome -> SQLServerError? in
                if case .failure(let error) = outcome { error } else { nil }
            }
            if let first = failures.first {
                noteFailure(first)
                operation?.fail(first)
            } else {
                operation?.succeed()
            }
            return outcomes
        } catch {
            operation?.fail(error)
            throw error
        }
    }
}

extension SQLServerClient {
    /// Runs independent statements in one round trip, on any free connection; see
    /// ``SQLServerConnection/batch(_:options:)``.
    ///
    /// ```swift
    /// let outcomes = try await db.batch(["SELECT 1", "SELECT \(name)"])
    /// ```
    ///
    /// - Throws: ``SQLServerCore/SQLServerError`` when there is no complete response.
    public func batch(
        _ queries: [SQLQuery], options: SQLCallOptions = .standard
    ) async throws(SQLServerError) -> [Result<SQLResults, SQLServerError>] {
        guard !queries.isEmpty else { return [] }
        let batch = try SQLStatementBatch(queries)
        return try await source.withLease { (lease) throws(SQLServerError) in
            try await lease.run(batch, options)
        }
    }
}
