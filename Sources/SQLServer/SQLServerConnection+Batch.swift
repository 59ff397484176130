public import SQLServerCore
import Telemetry

extension SQLServerConnection {
    /// Runs independent statements in one round trip on this connection; see ``SQLServerCore/SQLExecutor/batch(_:)``.
    ///
    /// ```swift
    /// let outcomes = try await connection.batch(["SELECT 1", "SELECT \(name)"], options: .timeout(.seconds(5)))
    /// ```
    ///
    /// - Throws: ``SQLServerCore/SQLServerError`` when there is no complete response.
    public func batch(
        _ queries: [SQLQuery], options: SQLCallOptions
    ) async throws(SQLServerError) -> [Result<SQLResults, SQLServerError>] {
        guard !queries.isEmpty else { return [] }
        let batch = try SQLStatementBatch(queries)
        return try await repeating(options) { (once) throws(SQLServerError) in try await run(batch, once) }
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
    /// Runs independent statements in one round trip on any free connection; see
    /// ``SQLServerCore/SQLExecutor/batch(_:)``.
    ///
    /// ```swift
    /// let outcomes = try await db.batch(["SELECT 1", "SELECT \(name)"], options: .timeout(.seconds(5)))
    /// ```
    ///
    /// - Throws: ``SQLServerCore/SQLServerError`` when there is no complete response.
    public func batch(
        _ queries: [SQLQuery], options: SQLCallOptions
    ) async throws(SQLServerError) -> [Result<SQLResults, SQLServerError>] {
        guard !queries.isEmpty else { return [] }
        let batch = try SQLStatementBatch(queries)
        return try await calls.withLease(options) { (lease, once) throws(SQLServerError) in
            try await lease.run(batch, once)
        }
    }
}
