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
        var depth = 0
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
        try await checkScope()
        if state.withLock({ $0.suspectsTransaction }) { try await checkTransaction() }
        do {
            return try await connection.run(request)
        } catch {
            noteFailure(error)
            throw error
        }
    }

    /// Runs a batch and returns everything that it returned, errors of the server included, instead of throwing them.
    ///
    /// For tools that show what a script did before it failed: look at ``SQLServerCore/SQLResults/messages``.
    ///
    /// - Throws: ``SQLServerCore/SQLServerError`` when there is no complete response, such as `connectionLost`.
    public func resultsAndErrors(of query: SQLQuery) async throws(SQLServerError) -> SQLResults {
        let request = try query.rendered()
        try await checkScope()
        let results = try await connection.collect(request)
        if results.messages.contains(where: \.isError) {
            noteFailure(SQLServerError.server(results.messages, query: request.text))
        }
        return results
    }

    private func checkScope() async throws(SQLServerError) {
        guard state.withLock({ $0.isLent }) else {
            throw SQLServerError(.misuse, "the connection was used outside the scope that it was lent for")
        }
        if Task.isCancelled {
            throw SQLServerError(.cancelled, "the task was cancelled before the statement was sent")
        }
    }

    private func noteFailure(_ error: SQLServerError) {
        state.withLock { state in
            guard state.depth > 0 else { return }
            state.suspectsTransaction = true
            if state.failure == nil { state.failure = error }
        }
    }
}

// MARK: - Transactions

extension SQLServerConnection {
    /// Runs `body` in one transaction and commits when it returns.
    ///
    /// Rolls back if `body` throws. Statements run with `XACT_ABORT ON`, so that an error ends the whole transaction; a
    /// statement that comes after the server has ended it is refused and not run outside it.
    ///
    /// - Parameters:
    ///   - isolation: Isolation level for this transaction; nil for the session's.
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
        } catch {
            try await rollBack(after: error)
            throw error
        }
        try await commit()
        return result
    }

    private func begin(_ isolation: SQLIsolationLevel?) async throws(SQLServerError) {
        guard state.withLock({ $0.depth == 0 }) else {
            throw SQLServerError(.misuse, "a transaction is already open on this connection")
        }
        let level = isolation.map { "SET TRANSACTION ISOLATION LEVEL \($0.sql); " } ?? ""
        _ = try await results(of: SQLQuery(unsafe: "\(level)SET XACT_ABORT ON; BEGIN TRANSACTION;"))
        state.withLock { $0.depth = 1 }
    }

    private func commit() async throws(SQLServerError) {
        let suspects = state.withLock { $0.suspectsTransaction }
        do throws(SQLServerError) {
            if suspects { try await checkTransaction() }
            _ = try await connection.run(SQLRequest(text: "COMMIT TRANSACTION; SET XACT_ABORT OFF;"))
            endTransaction()
        } catch {
            let open = await connection.isOpen
            if open { try await rollBackOpen() }
            endTransaction()
            guard !open else { throw error }
            throw SQLServerError(
                .connectionLost,
                "the connection broke at COMMIT, so it is unknown whether the transaction was committed: "
                    + error.message, messages: error.messages, query: "COMMIT TRANSACTION")
        }
    }

    private func rollBack(after cause: any Error) async throws {
        defer { endTransaction() }
        // A broken connection rolls back by itself.
        guard await connection.isOpen else { return }
        do throws(SQLServerError) {
            try await rollBackOpen()
        } catch {
            throw SQLTransactionError(cause: cause, rollbackError: error)
        }
    }

    private func rollBackOpen() async throws(SQLServerError) {
        _ = try await connection.run(
            SQLRequest(text: "IF @@TRANCOUNT > 0 ROLLBACK TRANSACTION; SET XACT_ABORT OFF;"))
    }

    private func endTransaction() {
        state.withLock { state in
            state.depth = 0
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
