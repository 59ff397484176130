/// Something that runs statements: a client, a connection, a transaction.
///
/// The one requirement is ``results(of:options:)``; `query`, `execute` and `scalar` come from it.
///
/// ```swift
/// func rename(_ id: Int, to name: String, on db: some SQLExecutor) async throws {
///     try await db.execute("UPDATE dbo.Users SET Name = \(name) WHERE Id = \(id)")
/// }
/// ```
public protocol SQLExecutor: Sendable {
    /// Runs a batch and returns everything that it returned.
    ///
    /// - Throws: ``SQLServerError``; for an error of the server it holds all messages of the batch.
    func results(of query: SQLQuery, options: SQLCallOptions) async throws(SQLServerError) -> SQLResults
}

extension SQLExecutor {
    /// Runs a batch and returns everything that it returned.
    ///
    /// ```swift
    /// let results = try await db.results(of: "SELECT 1; UPDATE dbo.Users SET Age += 1")
    /// print(results.resultSets.count, results.rowCounts)
    /// ```
    ///
    /// - Throws: ``SQLServerError``; for an error of the server it holds all messages of the batch.
    public func results(of query: SQLQuery) async throws(SQLServerError) -> SQLResults {
        try await results(of: query, options: .standard)
    }

    /// Runs a query and returns its rows.
    ///
    /// ```swift
    /// let rows = try await db.query("SELECT Id, Name FROM dbo.Users WHERE Age > \(18)")
    /// for (id, name) in try rows.decode((Int, String?).self) { print(id, name ?? "-") }
    /// ```
    ///
    /// A statement without a result set gives no rows and no columns.
    ///
    /// - Throws: ``SQLServerError``; `misuse` when the batch returned several result sets, because all but one would
    ///   be lost: use ``results(of:options:)`` for those.
    public func query(
        _ query: SQLQuery, options: SQLCallOptions = .standard
    ) async throws(SQLServerError) -> SQLResultSet {
        let results = try await results(of: query, options: options)
        guard results.resultSets.count <= 1 else {
            throw SQLServerError(
                .misuse, "the batch returned \(results.resultSets.count) result sets; read them with results(of:)",
                messages: results.messages, query: query.text)
        }
        return results.resultSets.first ?? SQLResultSet(list: ColumnList([]))
    }

    /// Runs a query and returns its rows as tuples.
    ///
    /// ```swift
    /// let users = try await db.query("SELECT Id, Name FROM dbo.Users", as: (Int, String).self)
    /// ```
    ///
    /// - Throws: ``SQLServerError``; `decoding` when a value does not fit its Swift type.
    public func query<each Value: SQLDecodable>(
        _ query: SQLQuery, as types: (repeat each Value).Type, options: SQLCallOptions = .standard
    ) async throws(SQLServerError) -> [(repeat each Value)] {
        try await self.query(query, options: options).decode(types)
    }

    /// Runs a statement for its effect.
    ///
    /// ```swift
    /// let changed = try await db.execute("UPDATE dbo.Users SET Age += 1 WHERE Id = \(id)")
    /// ```
    ///
    /// - Returns: The rows changed by the last statement that counted; nil when the server did not count, or when the
    ///   engine cannot know (FreeTDS: a batch with parameters that returns rows).
    /// - Throws: ``SQLServerError``.
    @discardableResult
    public func execute(
        _ query: SQLQuery, options: SQLCallOptions = .standard
    ) async throws(SQLServerError) -> Int? {
        try await results(of: query, options: options).rowCount
    }

    /// Runs a query and returns the first column of its only row.
    ///
    /// ```swift
    /// let count = try await db.scalar("SELECT COUNT(*) FROM dbo.Users", as: Int.self)
    /// ```
    ///
    /// - Throws: ``SQLServerError``; `decoding` when there is no row or more than one. To allow no row, use ``query(_:options:)``.
    public func scalar<Value: SQLDecodable>(
        _ query: SQLQuery, as type: Value.Type, options: SQLCallOptions = .standard
    ) async throws(SQLServerError) -> Value {
        let rows = try await self.query(query, options: options)
        guard rows.count == 1, let row = rows.first else {
            throw SQLServerError(.decoding, "a scalar needs one row, there are \(rows.count)", query: query.text)
        }
        return try row.decode(type, at: 0)
    }
}
