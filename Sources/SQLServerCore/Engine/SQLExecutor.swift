/// Something that runs statements: a client, a connection, a transaction.
///
/// Code that takes `some SQLExecutor` can do everything but lend connections and begin transactions:
///
/// ```swift
/// func rename(_ id: Int, to name: String, on db: some SQLExecutor) async throws {
///     try await db.execute("UPDATE dbo.Users SET Name = \(name) WHERE Id = \(id)")
/// }
/// ```
///
/// An executor of your own, such as one for tests, needs ``results(of:options:)`` only: `query`, `first`, `single`,
/// `scalar`, `json` and `execute` come from it, and the other requirements have forms that make do with it.
public protocol SQLExecutor: Sendable {
    /// Runs a batch and returns everything that it returned.
    ///
    /// - Throws: ``SQLServerError``; for an error of the server it holds all messages of the batch.
    func results(of query: SQLQuery, options: SQLCallOptions) async throws(SQLServerError) -> SQLResults

    /// Runs a batch and returns everything that it returned, errors of the server included, instead of throwing them.
    ///
    /// Unless an executor has its own form, the results of a batch with an error are its messages alone.
    ///
    /// - Throws: ``SQLServerError`` when there is no complete response, such as `connectionLost`.
    func resultsAndErrors(of query: SQLQuery, options: SQLCallOptions) async throws(SQLServerError) -> SQLResults

    /// The rows of a query, read while they come; nothing runs before the loop begins.
    ///
    /// Unless an executor has its own form, the rows are collected first.
    func stream(_ query: SQLQuery, options: SQLCallOptions) -> SQLRowSequence

    /// Calls a stored procedure and returns everything that it returned.
    ///
    /// Unless an executor has its own form, it fails with `unsupported`.
    ///
    /// - Throws: ``SQLServerError``.
    @discardableResult
    func call(
        _ procedure: SQLObjectName, arguments: [SQLArgument], options: SQLCallOptions
    ) async throws(SQLServerError) -> SQLResults

    /// Runs independent statements, each with its own outcome.
    ///
    /// Unless an executor has its own form, they run one after another, with a round trip each.
    ///
    /// - Throws: ``SQLServerError`` when there is no complete response.
    func batch(
        _ queries: [SQLQuery], options: SQLCallOptions
    ) async throws(SQLServerError) -> [Result<SQLResults, SQLServerError>]
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
}
