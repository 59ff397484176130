public import SQLServerCore
import Telemetry

extension SQLServerConnection {
    /// Calls a stored procedure on this connection; see ``SQLServerCore/SQLExecutor/call(_:_:options:)``.
    ///
    /// ```swift
    /// try await connection.call("dbo.Rename", arguments: [.input("@id", 7), .input("@name", "new")], options: .standard)
    /// ```
    ///
    /// - Throws: ``SQLServerCore/SQLServerError``.
    @discardableResult
    public func call(
        _ procedure: SQLObjectName, arguments: [SQLArgument], options: SQLCallOptions
    ) async throws(SQLServerError) -> SQLResults {
        let request = try SQLRequest(calling: procedure, arguments)
        return try await repeating(options) { (once) throws(SQLServerError) in try await call(request, once) }
    }

    func call(_ request: SQLRequest, _ options: SQLCallOptions) async throws(SQLServerError) -> SQLResults {
        let results = try await resultsAndErrors(of: request, .procedure, options)
        guard results.messages.contains(where: \.isError) else { return results }
        throw SQLServerError.server(results.messages, query: request.text)
    }
}

extension SQLServerClient {
    /// Calls a stored procedure on any free connection; see ``SQLServerCore/SQLExecutor/call(_:_:options:)``.
    ///
    /// ```swift
    /// let year: [SQLArgument] = [.input("@year", 2026), .output("@total", as: .decimal(19, 4))]
    /// let results = try await db.call("dbo.Total", arguments: year, options: .timeout(.seconds(90)))
    /// let total = try results.output("@total", as: SQLDecimal?.self)
    /// ```
    ///
    /// - Throws: ``SQLServerCore/SQLServerError``.
    @discardableResult
    public func call(
        _ procedure: SQLObjectName, arguments: [SQLArgument], options: SQLCallOptions
    ) async throws(SQLServerError) -> SQLResults {
        let request = try SQLRequest(calling: procedure, arguments)
        return try await calls.withLease(options) { (lease, once) throws(SQLServerError) in
            try await lease.call(request, once)
        }
    }
}
