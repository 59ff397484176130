import SQLServerCore
import Telemetry
import Threads

extension SQLServerConnection {
    /// Runs `body` in one transaction and commits when it returns.
    ///
    /// Rolls back if `body` throws or the task is cancelled. Statements run with `XACT_ABORT ON`, so that an error ends
    /// the whole transaction; a statement that comes after the server has ended it is refused and not run outside it.
    /// What should be able to fail alone goes into ``withSavepoint(_:)``.
    ///
    /// ```swift
    /// try await connection.withTransaction(isolation: .serializable) { transaction in
    ///     try await transaction.execute("UPDATE dbo.Stock SET Amount -= 1 WHERE Item = \(item)")
    /// }
    /// ```
    ///
    /// - Parameters:
    ///   - isolation: Isolation level for this transaction; afterwards it is READ COMMITTED. Nil for the session's.
    ///   - body: Work on the given connection, which must not escape.
    /// - Returns: What `body` returned.
    /// - Throws: The error from `body`, or ``SQLTransactionError`` if the rollback failed too.
    @discardableResult
    public func withTransaction<Result>(
        isolation: SQLIsolationLevel? = nil,
        _ body: (SQLServerConnection) async throws -> Result
    ) async throws -> Result {
        let operation = telemetry.begin(.transaction)
        do {
            let result = try await runTransaction(isolation, body)
            operation?.succeed()
            return result
        } catch {
            operation?.fail(error)
            throw error
        }
    }

    private func runTransaction<Result>(
        _ isolation: SQLIsolationLevel?, _ body: (SQLServerConnection) async throws -> Result
    ) async throws -> Result {
        try await begin(isolation)
        let result: Result
        do {
            result = try await body(self)
            if Task.isCancelled {
                throw SQLServerError(.cancelled, "the task was cancelled before COMMIT; the transaction is rolled back")
            }
        } catch {
            try await rollBack(after: error, restoring: isolation != nil)
            throw error
        }
        try await commit(restoring: isolation != nil)
        return result
    }

    private func begin(_ isolation: SQLIsolationLevel?) async throws(SQLServerError) {
        let isFirst = state.withLock { state in
            defer { state.isInTransaction = true }
            return !state.isInTransaction
        }
        guard isFirst else {
            throw SQLServerError(.misuse, "a transaction is already open on this connection; use withSavepoint")
        }
        let level = isolation.map { "SET TRANSACTION ISOLATION LEVEL \($0.sql); " } ?? ""
        do throws(SQLServerError) {
            // Its end restores what it sets.
            _ = try await results(
                of: SQLRequest(text: "\(level)SET XACT_ABORT ON; BEGIN TRANSACTION;"), effect: SessionEffect.none)
        } catch {
            defer { endTransaction() }
            // A BEGIN that took too long may have been done.
            if isSettling {
                runLater(Self.rollback(isolation != nil))
            } else if connection.isOpen {
                try await rollBackOpen(restoring: isolation != nil)
            }
            throw error
        }
    }

    private func commit(restoring: Bool) async throws(SQLServerError) {
        defer { endTransaction() }
        do throws(SQLServerError) {
            if state.withLock({ $0.suspectsTransaction }) { try await checkTransaction() }
        } catch {
            if connection.isOpen { try await rollBackOpen(restoring: restoring) }
            throw error
        }
        do throws(SQLServerError) {
            await settle()
            _ = try await control("COMMIT TRANSACTION;" + Self.afterwards(restoring))
        } catch {
            throw await commitFailure(error, restoring: restoring)
        }
    }

    /// What a failed COMMIT means: the server refused it, it is still open and rolled back now, or nobody knows.
    private func commitFailure(_ error: SQLServerError, restoring: Bool) async -> SQLServerError {
        var wasOpen = false
        if connection.isOpen {
            if error.code == .server { return await rolledBack(after: error, restoring: restoring) }
            do throws(SQLServerError) {
                let results = try await control("SELECT @@TRANCOUNT;")
                wasOpen = try (results.resultSets.first?.first?.decode(Int.self, at: 0) ?? 0) > 0
                try await rollBackOpen(restoring: restoring)
            } catch {
                wasOpen = false
            }
        }
        guard !wasOpen else { return error }
        return SQLServerError(
            .commitOutcomeUnknown,
            "COMMIT got no answer, so it is unknown whether the transaction was committed: "
                + error.message, messages: error.messages, query: "COMMIT TRANSACTION")
    }

    /// Ends a transaction whose COMMIT the server refused: a doomed one (Msg 3930) is still open then.
    private func rolledBack(after error: SQLServerError, restoring: Bool) async -> SQLServerError {
        do throws(SQLServerError) {
            try await rollBackOpen(restoring: restoring)
            return error
        } catch let failure {
            return SQLServerError(
                .server, "\(error.message); and the rollback failed: \(failure.message)", messages: error.messages,
                query: error.query)
        }
    }

    private func rollBack(after cause: any Error, restoring: Bool) async throws {
        defer { endTransaction() }
        guard !isSettling else {
            runLater(Self.rollback(restoring))
            return
        }
        // A broken connection rolls back by itself.
        guard connection.isOpen else { return }
        do throws(SQLServerError) {
            try await rollBackOpen(restoring: restoring)
        } catch {
            throw SQLTransactionError(cause: cause, rollbackError: error)
        }
    }

    private func rollBackOpen(restoring: Bool) async throws(SQLServerError) {
        await settle()
        _ = try await control(Self.rollback(restoring))
    }

    /// Runs a rollback behind the caller, after the server has acknowledged the statement that was stopped; a connection
    /// on which that fails is closed, which rolls back too.
    func runLater(_ text: String) {
        let request = SQLRequest(text: text)
        let limit = commandTimeout
        cleanUp { connection in
            do throws(SQLServerError) {
                guard connection.isOpen else { return }
                _ = try connection.run(request, limit: limit)
            } catch {
                connection.close()
            }
        }
    }

    private static func rollback(_ restoring: Bool) -> String {
        "IF @@TRANCOUNT > 0 ROLLBACK TRANSACTION;" + afterwards(restoring)
    }

    /// Brings back the session's settings: XACT_ABORT, and the isolation level that a lease starts with.
    private static func afterwards(_ restoring: Bool) -> String {
        " SET XACT_ABORT OFF;" + (restoring ? " SET TRANSACTION ISOLATION LEVEL READ COMMITTED;" : "")
    }

    private func endTransaction() {
        state.withLock { state in
            state.isInTransaction = false
            state.savepoints = 0
            state.suspectsTransaction = false
            state.failure = nil
        }
    }

    /// Asks the server whether the transaction still stands after a failed statement.
    func checkTransaction() async throws(SQLServerError) {
        let results = try await control("SELECT CAST(XACT_STATE() AS int);")
        guard let row = results.resultSets.first?.first, try row.decode(Int.self, at: 0) == 1 else {
            let failure = state.withLock { $0.failure }
            throw SQLServerError(
                .server,
                "the server ended the transaction after an earlier error, so nothing more runs in it: "
                    + (failure?.message ?? "unknown"), messages: failure?.messages ?? [])
        }
        state.withLock { $0.suspectsTransaction = false }
    }
}
