public import SQLServerCore
import Telemetry

extension SQLServerConnection {
    /// Calls a stored procedure and returns everything that it returned: result sets, row counts, messages, its status
    /// and its output parameters.
    ///
    /// ```swift
    /// let results = try await connection.call(
    ///     "dbo.AddOrder", .input("@customer", 42), .input("@note", note), .output("@id", as: .int))
    /// let id = try results.output("@id", as: Int.self)
    /// ```
    ///
    /// A status other than 0 is no error: look at ``SQLServerCore/SQLResults/returnStatus``. Statements inside a
    /// procedure end a result set each or have a row count; what FreeTDS folds together is nil.
    ///
    /// - Parameters:
    ///   - procedure: Its name with its schema; one that is known only at run time is a `SQLObjectName` too.
    ///   - arguments: By name, or by position without names.
    ///   - options: The time limit and the listener for messages.
    /// - Returns: Everything that the procedure returned.
    /// - Throws: ``SQLServerCore/SQLServerError``; 201 and 8144 for missing and superfluous arguments, 2812 for a
    ///   procedure that does not exist.
    @discardableResult
    public func call(
        _ procedure: SQLObjectName, _ arguments: SQLArgument..., options: SQLCallOptions = .standard
    ) async throws(SQLServerError) -> SQLResults {
        try await call(SQLRequest(calling: procedure, arguments), options)
    }

    func call(_ request: SQLRequest, _ options: SQLCallOptions) async throws(SQLServerError) -> SQLResults {
        let results = try await resultsAndErrors(of: request, .procedure, options)
        guard results.messages.contains(where: \.isError) else { return results }
        throw SQLServerError.server(results.messages, query: request.text)
    }
}

extension SQLServerClient {
    /// Calls a stored procedure on any free connection; see
    /// ``SQLServerConnection/call(_:_:options:)``.
    ///
    /// ```swift
    /// let results = try await db.call("dbo.Total", .input("@year", 2026), .output("@total", as: .decimal(19, 4)))
    /// let total = try results.output("@total", as: SQLDecimal?.self)
    /// ```
    ///
    /// - Throws: ``SQLServerCore/SQLServerError``.
    @discardableResult
    public func call(
        _ procedure: SQLObjectName, _ arguments: SQLArgument..., options: SQLCallOptions = .standard
    ) async throws(SQLServerError) -> SQLResults {
        let request = try SQLRequest(calling: procedure, arguments)
        return try await source.withLease { (lease) throws(SQLServerError) in
            try await lease.call(request, options)
        }
    }
}
