// MARK: - What an executor without forms of its own does

extension SQLExecutor {
    /// Runs a batch; the results of one with an error are its messages alone.
    ///
    /// ```swift
    /// let said = try await db.resultsAndErrors(of: SQLQuery(unsafe: script), options: .timeout(.seconds(90))).messages
    /// ```
    public func resultsAndErrors(
        of query: SQLQuery, options: SQLCallOptions
    ) async throws(SQLServerError) -> SQLResults {
        do throws(SQLServerError) {
            return try await results(of: query, options: options)
        } catch {
            guard error.code == .server else { throw error }
            var results = SQLResults()
            results.messages = error.messages
            return results
        }
    }

    /// The rows of a query, collected when the loop begins.
    ///
    /// ```swift
    /// for try await row in db.stream("SELECT Id FROM dbo.Users", options: .timeout(.seconds(5))) { print(row.values) }
    /// ```
    public func stream(_ query: SQLQuery, options: SQLCallOptions) -> SQLRowSequence {
        SQLRowSequence { CollectedBatches(self, query, options) }
    }

    /// Fails with `unsupported`.
    ///
    /// ```swift
    /// try await db.call("dbo.Rename", arguments: [.input("@id", 7)], options: .standard)
    /// ```
    @discardableResult
    public func call(
        _ procedure: SQLObjectName, arguments: [SQLArgument], options: SQLCallOptions
    ) async throws(SQLServerError) -> SQLResults {
        throw SQLServerError(.unsupported, "\(Self.self) does not call procedures", query: procedure.quoted)
    }

    /// Runs statements one after another.
    ///
    /// ```swift
    /// let outcomes = try await db.batch(["SELECT 1", "SELECT 1 / 0"], options: .timeout(.seconds(5)))
    /// ```
    public func batch(
        _ queries: [SQLQuery], options: SQLCallOptions
    ) async throws(SQLServerError) -> [Result<SQLResults, SQLServerError>] {
        var outcomes: [Result<SQLResults, SQLServerError>] = []
        for query in queries {
            do throws(SQLServerError) {
                outcomes.append(.success(try await results(of: query, options: options)))
            } catch {
                guard error.code == .server else { throw error }
                outcomes.append(.failure(error))
            }
        }
        return outcomes
    }
}

/// The batches of a result that is read as a whole first.
private final class CollectedBatches<Executor: SQLExecutor>: SQLBatchReader {
    private let executor: Executor
    private let query: SQLQuery
    private let options: SQLCallOptions
    /// Those that were not given yet, the next one last; nil before the query ran.
    private var batches: [SQLColumnBatch]?

    init(_ executor: Executor, _ query: SQLQuery, _ options: SQLCallOptions) {
        self.executor = executor
        self.query = query
        self.options = options
    }

    func nextBatch() async throws(SQLServerError) -> SQLColumnBatch? {
        if batches == nil {
            // After an error there are no more rows.
            batches = []
            batches = try await executor.query(query, options: options).columnBatches.reversed()
        }
        return batches?.popLast()
    }
}

// MARK: - Without options

extension SQLExecutor {
    /// Runs a batch and returns everything that it returned, errors of the server included, instead of throwing them.
    ///
    /// For tools that show what a script did before it failed: look at ``SQLResults/messages``.
    ///
    /// ```swift
    /// let results = try await db.resultsAndErrors(of: "SELECT 1; SELECT 1 / 0; SELECT 2")
    /// print(results.resultSets.count, results.messages.filter(\.isError).map(\.number))
    /// ```
    ///
    /// - Throws: ``SQLServerError`` when there is no complete response, such as `connectionLost`.
    public func resultsAndErrors(of query: SQLQuery) async throws(SQLServerError) -> SQLResults {
        try await resultsAndErrors(of: query, options: .standard)
    }

    /// The rows of a query, read while they come.
    ///
    /// ```swift
    /// for try await row in db.stream("SELECT Id, Name FROM dbo.Users") { print(row.values) }
    /// ```
    ///
    /// Nothing runs before the loop begins; errors come from the loop.
    public func stream(_ query: SQLQuery) -> SQLRowSequence { stream(query, options: .standard) }

    /// Calls a stored procedure and returns everything that it returned: result sets, row counts, messages, its status
    /// and its output parameters.
    ///
    /// ```swift
    /// let results = try await db.call(
    ///     "dbo.AddOrder", .input("@customer", 42), .input("@note", note), .output("@id", as: .int))
    /// let id = try results.output("@id", as: Int.self)
    /// ```
    ///
    /// A status other than 0 is no error: look at ``SQLResults/returnStatus``. Statements inside a procedure end a result
    /// set each or have a row count; what FreeTDS folds together is nil.
    ///
    /// - Parameters:
    ///   - procedure: Its name with its schema; one that is known only at run time is a `SQLObjectName` too.
    ///   - arguments: By name, or by position without names.
    ///   - options: The time limit and the listener for messages.
    /// - Returns: Everything that the procedure returned.
    /// - Throws: ``SQLServerError``; 201 and 8144 for missing and superfluous arguments, 2812 for a procedure that does
    ///   not exist.
    @discardableResult
    public func call(
        _ procedure: SQLObjectName, _ arguments: SQLArgument..., options: SQLCallOptions = .standard
    ) async throws(SQLServerError) -> SQLResults {
        try await call(procedure, arguments: arguments, options: options)
    }

    /// Runs independent statements in one round trip.
    ///
    /// Each has its own parameters, variables and outcome: one that fails does not keep the others from running, unless
    /// the server ends the batch (as it does in a transaction, with `XACT_ABORT ON`); those after it are failures then.
    /// Each runs as `sp_executesql`, so its temporary tables and `SET` options end with it.
    ///
    /// ```swift
    /// let outcomes = try await db.batch([
    ///     "UPDATE dbo.Users SET SeenAt = SYSUTCDATETIME() WHERE Id = \(id)",
    ///     "SELECT COUNT(*) FROM dbo.Messages WHERE UserId = \(id)",
    /// ])
    /// let count = try outcomes[1].get().resultSets[0].first?.decode(Int.self, at: 0)
    /// ```
    ///
    /// - Parameter queries: The statements, with at most 2,098 parameters in all.
    /// - Returns: For each statement what it returned, with one row count, or its error.
    /// - Throws: ``SQLServerError`` when there is no complete response: `connectionLost`, `timeout`, `cancelled`, or
    ///   `encoding` before anything is sent.
    public func batch(
        _ queries: [SQLQuery]
    ) async throws(SQLServerError) -> [Result<SQLResults, SQLServerError>] {
        try await batch(queries, options: .standard)
    }
}
