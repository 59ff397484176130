public import SQLServerCore

extension SQLServerClient {
    /// Makes the table that ``SQLTransactionRetry/exactlyOnce`` needs, in the database of the connection, unless it is
    /// there.
    ///
    /// It takes the right to create tables. Without it, have an administrator run sql/resilience/exactly-once.sql; the
    /// application needs the rights to insert into the table and to delete from it.
    ///
    /// ```swift
    /// try await db.prepareExactlyOnce()
    /// ```
    ///
    /// - Throws: ``SQLServerCore/SQLServerError``.
    public func prepareExactlyOnce() async throws(SQLServerError) {
        do throws(SQLServerError) {
            _ = try await results(of: CommitMarker.script, options: .retry(.idempotent))
        } catch {
            // Another client made it at the same time (Msg 2714).
            guard error.number == 2_714 else { throw error }
        }
    }

    /// Removes markers of transactions that ended long ago.
    ///
    /// Run it now and then, such as once a day. Nobody asks for a marker after the policy's `maximumElapsed`, a minute
    /// as a rule: keep those that are younger.
    ///
    /// ```swift
    /// let removed = try await db.removeExactlyOnceMarkers(olderThan: .seconds(86_400))
    /// ```
    ///
    /// - Parameter age: The age from which on they are removed.
    /// - Returns: How many were removed.
    /// - Throws: ``SQLServerCore/SQLServerError``.
    @discardableResult
    public func removeExactlyOnceMarkers(
        olderThan age: Duration = .seconds(86_400)
    ) async throws(SQLServerError) -> Int {
        let seconds = Int(clamping: age.components.seconds)
        var total = 0
        while true {
            let removed =
                try await execute(
                    """
                    DELETE TOP (1000) FROM dbo.swift_sqlserver_markers
                    WHERE CreatedAt <= DATEADD(second, \(-seconds), SYSUTCDATETIME())
                    """, options: .retry(.idempotent)) ?? 0
            total += removed
            if removed < 1_000 { return total }
        }
    }

    /// Repeats a transaction until its COMMIT is known to be done.
    func withExactlyOnce<Result>(
        _ policy: SQLRetryPolicy, isolation: SQLIsolationLevel?, _ body: (SQLServerConnection) async throws -> Result
    ) async throws -> Result {
        var attempts = resilience.attempts(of: .transaction, policy)
        while true {
            let marker = CommitMarker()
            var value: Result?
            do {
                return try await calls.withScope(policy.rules) { connection in
                    try await connection.withTransaction(isolation: isolation) { transaction in
                        try await marker.write(in: transaction)
                        let result = try await body(transaction)
                        value = result
                        return result
                    }
                }
            } catch {
                guard var failure = SQLServerError.within(error) else { throw error }
                guard failure.code == .commitOutcomeUnknown, let value else {
                    guard try await attempts.mayRepeat(after: failure) else { throw error }
                    continue
                }
                if try await wasCommitted(marker, policy, failure) { return value }
                failure = failure.found("the transaction was not committed")
                guard try await attempts.mayRepeat(after: failure) else { throw failure }
            }
        }
    }

    /// Finds out whether a transaction was committed whose COMMIT got no answer.
    ///
    /// It asks past the gate, and also when the caller's task is cancelled: the answer is worth waiting for.
    private func wasCommitted(
        _ marker: CommitMarker, _ policy: SQLRetryPolicy, _ unknown: SQLServerError
    ) async throws(SQLServerError) -> Bool {
        let source = source
        let resilience = resilience
        let answer = await Task { () async -> Result<Bool, SQLServerError> in
            var attempts = resilience.attempts(of: .statement(isIdempotent: true), policy)
            do throws(SQLServerError) {
                while true {
                    do throws(SQLServerError) {
                        return .success(
                            try await source.withLease { (lease) throws(SQLServerError) in
                                try await marker.wasCommitted(lease)
                            })
                    } catch {
                        guard try await attempts.mayRepeat(after: error.whileLookingUp) else { throw error }
                    }
                }
            } catch {
                return .failure(error)
            }
        }.value
        switch answer {
        case .success(let wasCommitted):
            resilience.noteResolved()
            return wasCommitted
        case .failure(let error):
            throw SQLServerError(
                .commitOutcomeUnknown, "\(unknown.message); and looking for its marker failed: \(error.message)",
                messages: unknown.messages, query: unknown.query)
        }
    }
}

extension SQLServerError {
    /// The error of a COMMIT without an answer, when it was found out what became of it.
    fileprivate func found(_ what: String) -> SQLServerError {
        SQLServerError(.connectionFailed, "\(what): \(message)", messages: [], query: query)
    }

    /// A look-up that waited too long for the old session to end is worth another one, as after a lock timeout.
    fileprivate var whileLookingUp: SQLServerError {
        guard code == .timeout else { return self }
        return SQLServerError(.connectionFailed, message, query: query)
    }
}
