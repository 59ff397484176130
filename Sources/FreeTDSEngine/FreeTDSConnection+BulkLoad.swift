import CFreeTDS
import SQLServerCore
import Threads

extension FreeTDSConnection {
    func beginBulkLoad(_ target: BulkTarget) throws(SQLServerError) {
        try beginResponse()
        try BulkLoadRules.check(target)
        do throws(SQLServerError) {
            try prepareBulkLoad(target)
        } catch {
            // A stop that the server acknowledged leaves nothing behind, and what is unsupported was only looked at.
            // After all else the session may be left with FMTONLY ON.
            guard error.code != .unsupported, error.code != .timeout, error.code != .cancelled else { throw error }
            close()
            throw error
        }
        phase = .bulkLoad
    }

    private func prepareBulkLoad(_ target: BulkTarget) throws(SQLServerError) {
        do throws(SQLServerError) {
            bulkLoad = try process?.prepareBulkLoad(target)
        } catch {
            guard error.code == .connectionLost else { throw error }
            try check(failed: true)
            if context.messages.contains(where: \.isError) { throw SQLServerError.server(context.messages) }
            throw lost(error.message)
        }
    }

    func sendBulkRows(_ rows: SQLColumnBatch) throws(SQLServerError) {
        guard phase == .bulkLoad else { throw SQLServerError(.misuse, "no bulk load has begun on this connection") }
        for start in stride(from: 0, to: rows.rowCount, by: 64) {
            // db-lib asks only when it has to wait.
            if context.shouldStop { throw stopBulkLoad() }
            let part = start..<min(start + 64, rows.rowCount)
            guard process?.send(part, of: rows, &bulkLoad) == true else { throw try bulkFailure() }
        }
    }

    /// Why a row could not be sent.
    private func bulkFailure() throws(SQLServerError) -> SQLServerError {
        let wasRefused = bulkLoad?.hasBegun == false
        if context.timeouts > 0, process?.isDead != false || !wasRefused { return stopBulkLoad() }
        if wasRefused, process?.isDead == false {
            // Before the first row only the statement INSERT BULK was sent; its answer is complete.
            try check(failed: true)
            if context.messages.contains(where: \.isError) {
                end()
                return SQLServerError.server(context.messages)
            }
        }
        return fail("the rows could not be sent, and their batch is rolled back")
    }

    /// Closes the connection in the middle of a batch, which the server rolls back.
    ///
    /// The protocol's other way, ending the message as one to be ignored, is not in db-lib.
    private func stopBulkLoad() -> SQLServerError {
        context.beginGrace()
        let code: SQLServerError.Code = context.stopReason == .cancelled ? .cancelled : .timeout
        let reason =
            code == .cancelled
            ? "the task was cancelled" : "the server took longer than \(limit.map { "\($0)" } ?? "the limit")"
        close()
        return SQLServerError(
            code, "\(reason) in the middle of a batch, which is rolled back; the connection was closed")
    }

    func finishBulkBatch() throws(SQLServerError) {
        guard phase == .bulkLoad else { throw SQLServerError(.misuse, "no bulk load has begun on this connection") }
        guard bulkLoad?.hasBegun == true else { return end() }
        let isCounted = process?.finishBulkLoad() ?? false
        try check(failed: !isCounted)
        if context.messages.contains(where: \.isError) {
            end()
            throw SQLServerError.server(context.messages)
        }
        // Under NOCOUNT the server does not count, which db-lib reports like a failure; a real one says why.
        guard isCounted || context.failures.isEmpty else { throw fail("the end of the rows could not be sent") }
        end()
    }

    func abandonBulkLoad() {
        guard phase == .bulkLoad else { return }
        guard bulkLoad?.hasBegun == true else { return end() }
        close()
    }
}
