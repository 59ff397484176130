import SQLServerCore
import Telemetry
import Threads

extension SQLServerConnection {
    /// Runs `body` so that its changes alone are undone when it throws, and the transaction around it goes on.
    ///
    /// Scopes may be nested. Inside `XACT_ABORT` is off, because otherwise any error would end the whole transaction.
    /// Some errors end it all the same, such as a deadlock (1205) or a failed conversion (245): then the next statement
    /// and COMMIT say so.
    ///
    /// ```swift
    /// try await db.withTransaction { transaction in
    ///     for order in orders {
    ///         do {
    ///             try await transaction.withSavepoint { try await insert(order, $0) }
    ///         } catch let error as SQLServerError where error.number == 2627 {
    ///             rejected.append(order)
    ///         }
    ///     }
    /// }
    /// ```
    ///
    /// - Parameter body: Work on the given connection, which must not escape.
    /// - Returns: What `body` returned.
    /// - Throws: The error from `body`; `misuse` outside a transaction; ``SQLTransactionError`` when the server could not
    ///   go back to the savepoint.
    @discardableResult
    public func withSavepoint<Result>(
        _ body: (SQLServerConnection) async throws -> Result
    ) async throws -> Result {
        let depth = state.withLock { state -> Int? in
            guard state.isInTransaction else { return nil }
            state.savepoints += 1
            return state.savepoints
        }
        guard let depth else {
            throw SQLServerError(.misuse, "a savepoint needs a transaction: call it inside withTransaction")
        }
        let name = "swift_\(depth)"
        do throws(SQLServerError) {
            _ = try await results(
                of: SQLRequest(text: "SET XACT_ABORT OFF; SAVE TRANSACTION \(name);"), effect: SessionEffect.none)
        } catch {
            leaveSavepoint(depth)
            throw error
        }
        let result: Result
        do {
            result = try await body(self)
            // An error that the body caught may have ended the transaction.
            if state.withLock({ $0.suspectsTransaction }) { try await checkTransaction() }
        } catch {
            try await rollBack(to: name, depth, after: error)
            throw error
        }
        leaveSavepoint(depth)
        if depth == 1 { _ = try await results(of: SQLRequest(text: "SET XACT_ABORT ON;"), effect: SessionEffect.none) }
        return result
    }

    private func leaveSavepoint(_ depth: Int) {
        state.withLock { $0.savepoints = depth - 1 }
    }

    /// Goes back to a savepoint, if the transaction still stands.
    private func rollBack(to name: String, _ depth: Int, after cause: any Error) async throws {
        leaveSavepoint(depth)
        let text =
            "IF XACT_STATE() = 1 ROLLBACK TRANSACTION \(name);\(depth == 1 ? " SET XACT_ABORT ON;" : "")"
            + " SELECT CAST(XACT_STATE() AS int);"
        guard !isSettling else {
            runLater(text)
            return
        }
        // The transaction of a broken connection is gone, as the next statement finds out.
        guard connection.isOpen else { return }
        do throws(SQLServerError) {
            let row = try await control(text).resultSets.first?.first
            guard try row?.decode(Int.self, at: 0) == 1 else { return }
            state.withLock { state in
                state.suspectsTransaction = false
                state.failure = nil
            }
        } catch {
            throw SQLTransactionError(cause: cause, rollbackError: error)
        }
    }
}
