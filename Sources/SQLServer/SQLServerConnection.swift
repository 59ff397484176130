public import SQLServerCore
import Threads

/// One connection to a server, lent for the time of a scope.
///
/// Statements run one after another. Session state, such as `SET` options and temporary tables of statements without
/// parameters, lasts for the scope and is gone before the connection is lent again. Using the connection after its
/// scope has ended is an error.
public final class SQLServerConnection: SQLExecutor {
    private struct State {
        var isLent = true
        var isInTransaction = false
        /// A statement failed inside the transaction, so the server may have ended it.
        var suspectsTransaction = false
        var failure: SQLServerError?
    }

    let connection: any SQLEngineConnection
    private let state = Lock(State())

    init(_ connection: any SQLEngineConnection) { self.connection = connection }

    /// Ends the scope: every later use is an error.
    func endScope() {
        state.withLock { $0.isLent = false }
    }

    /// Runs a batch and returns everything that it returned.
    ///
    /// A batch with parameters runs as `sp_executesql`: its temporary tables, `SET` options and `USE` end with it. One
    /// without is sent as it is, so that they last for the scope.
    ///
    /// - Throws: ``SQLServerCore/SQLServerError``; `misuse` after the scope has ended, `cancelled` when the task was
    ///   cancelled before the statement was sent.
    public func results(of query: SQLQuery) async throws(SQLServerError) -> SQLResults {
        let request = try query.rendered()
        try await prepare()
        return try await watched { [connection] (ticket) async throws(SQLServerError) in
            try await connection.run(request, ticket: ticket)
        }
    }

    /// Runs a batch and returns everything that it returned, errors of the server included, instead of throwing them.
    ///
    /// For tools that show what a script did before it failed: look at ``SQLServerCore/SQLResults/messages``.
    ///
    /// - Throws: ``SQLServerCore/SQLServerError`` when there is no complete response, such as `connectionLost`.
    public func resultsAndErrors(of query: SQLQuery) async throws(SQLServerError) -> SQLResults {
        let request = try query.rendered()
        try await prepare()
        let results = try await watched { [connection] (ticket) async throws(SQLServerError) in
            try await connection.collect(request, ticket: ticket)
        }
        if results.messages.contains(where: \.isError) {
            noteFailure(SQLServerError.server(results.messages, query: request.text))
        }
        return results
    }

    /// Runs a request that ends early when the task is cancelled, and notes a failure inside a transaction.
    private func watched(
        _ body: (RequestTicket) async throws(SQLServerError) -> SQLResults
    ) async throws(SQLServerError) -> SQLResults {
        let ticket = RequestTicket()
        // As a value, because the handler's function does not keep the type of a thrown error.
        let outcome: Result<SQLResults, SQLServerError> = await withTaskCancellationHandler {
            do throws(SQLServerError) {
                return .success(try await body(ticket))
            } catch {
                return .failure(error)
            }
        } onCancel: {
            connection.cancel(ticket)
        }
        if case .failure(let error) = outcome { noteFailure(error) }
        return try outcome.get()
    }

    private func prepare() async throws(SQLServerError) {
        guard state.withLock({ $0.isLent }) else {
            throw SQLServerError(.misuse, "the connection was used outside the scope that it was lent for")
        }
        if Task.isCancelled {
            throw SQLServerError(.cancelled, "the task was cancelled before the statement was sent")
        }
        if state.withLock({ $0.suspectsTransaction }) { try await checkTransaction() }
    }

    private func noteFailure(_ error: SQLServerError) {
        state.withLock { state in
            guard state.isInTransaction else { return }
            state.suspectsTransaction = true
            if state.failure == nil { state.failure = error }
        }
    }
}

// MARK: - Transactions

extension SQLServerConnection {
    /// Runs `body` in one transaction and commits when it returns.
    ///
    /// Rolls back if `body` throws or the task is cancelled. Statements run with `XACT_ABORT ON`, so that an error ends the whole transaction; a
    /// statement that comes after the server has ended it is refused and not run outside it.
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
            throw SQLServerError(.misuse, "a transaction is already open on this connection")
        }
        let level = isolation.map { "SET TRANSACTION ISOLATION LEVEL \($0.sql); " } ?? ""
        do throws(SQLServerError) {
            _ = try await results(of: SQLQuery(unsafe: "\(level)SET XACT_ABORT ON; BEGIN TRANSACTION;"))
        } catch {
            defer { endTransaction() }
            // A BEGIN that took too long may have been done.
            if await connection.isOpen { try await rollBackOpen(restoring: isolation != nil) }
            throw error
        }
    }

    private func commit(restoring: Bool) async throws(SQLServerError) {
        defer { endTransaction() }
        do throws(SQLServerError) {
            if state.withLock({ $0.suspectsTransaction }) { try await checkTransaction() }
        } catch {
            if await connection.isOpen { try await rollBackOpen(restoring: restoring) }
            throw error
        }
        do throws(SQLServerError) {
            _ = try await connection.run(SQLRequest(text: "COMMIT TRANSACTION;" + Self.afterwards(restoring)))
        } catch {
            throw await commitFailure(error, restoring: restoring)
        }
    }

    /// What a failed COMMIT means: the server refused it, it is still open and rolled back now, or nobody knows.
    private func commitFailure(_ error: SQLServerError, restoring: Bool) async -> SQLServerError {
        var wasOpen = false
        if await connection.isOpen {
            if error.code == .server { return await rolledBack(after: error, restoring: restoring) }
            do throws(SQLServerError) {
                let results = try await connection.run(SQLRequest(text: "SELECT @@TRANCOUNT;"))
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
        // A broken connection rolls back by itself.
        guard await connection.isOpen else { return }
        do throws(SQLServerError) {
            try await rollBackOpen(restoring: restoring)
        } catch {
            throw SQLTransactionError(cause: cause, rollbackError: error)
        }
    }

    private func rollBackOpen(restoring: Bool) async throws(SQLServerError) {
        _ = try await connection.run(
            SQLRequest(text: "IF @@TRANCOUNT > 0 ROLLBACK TRANSACTION;" + Self.afterwards(restoring)))
    }

    /// Brings back the session's settings: XACT_ABORT, and the isolation level that a lease starts with.
    private static func afterwards(_ restoring: Bool) -> String {
        " SET XACT_ABORT OFF;" + (restoring ? " SET TRANSACTION ISOLATION LEVEL READ COMMITTED;" : "")
    }

    private func endTransaction() {
        state.withLock { state in
            state.isInTransaction = false
            state.suspectsTransaction = false
            state.failure = nil
        }
    }

    /// Asks the server whether the transaction still stands after a failed statement.
    private func checkTransaction() async throws(SQLServerError) {
        let results = try await connection.run(SQLRequest(text: "SELECT CAST(XACT_STATE() AS int);"))
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

/// How much a transaction sees of others that run at the same time.
public struct SQLIsolationLevel: Sendable, Hashable {
    let sql: String

    /// Reads rows that others have not committed.
    public static let readUncommitted = SQLIsolationLevel(sql: "READ UNCOMMITTED")
    /// Reads committed rows only.
    ///
    /// SQL Server's default.
    public static let readCommitted = SQLIsolationLevel(sql: "READ COMMITTED")
    /// Rows that were read do not change until the transaction ends.
    public static let repeatableRead = SQLIsolationLevel(sql: "REPEATABLE READ")
    /// As if transactions ran one after another.
    public static let serializable = SQLIsolationLevel(sql: "SERIALIZABLE")
    /// Reads the state at the transaction's start; a conflicting write fails with 3960.
    public static let snapshot = SQLIsolationLevel(sql: "SNAPSHOT")
}

/// A transaction's body failed, and then the rollback failed too.
public struct SQLTransactionError: Error, CustomStringConvertible {
    /// What the body threw.
    public let cause: any Error
    /// Why the rollback failed.
    public let rollbackError: SQLServerError

    /// Both failures.
    public var description: String { "\(cause); and the rollback failed: \(rollbackError)" }
}
