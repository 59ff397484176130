import CFreeTDS
import SQLServerCore
import SQLValues
import Threads

extension FreeTDSConnection {
    /// Notices a broken connection, and after a failed call a stop that the server acknowledged.
    func check(failed: Bool) throws(SQLServerError) {
        if process?.isDead != false { throw fail("the connection broke") }
        guard failed, context.timeouts > 0 else { return }
        // The attention was acknowledged: the response is over and the connection usable.
        _ = process?.cancel()
        throw stopped()
    }

    /// Stops the running statement between two calls of db-lib.
    func stop() throws(SQLServerError) {
        context.beginGrace()
        guard process?.cancel() == true else { throw fail("the statement could not be stopped") }
        throw stopped()
    }

    /// The error of a request that was stopped and acknowledged; the connection is ready for the next one.
    private func stopped() -> SQLServerError {
        let reason = context.stopReason
        let messages = context.messages
        end()
        guard reason != .cancelled else {
            return SQLServerError(.cancelled, "the task was cancelled, and with it the statement", messages: messages)
        }
        let time = limit.map { "\($0)" } ?? "none"
        return SQLServerError(
            .timeout, "the statement took longer than its limit of \(time) and was cancelled", messages: messages)
    }

    /// Throws when a text of the current row was damaged: db-lib puts `?` for what it cannot convert.
    func checkConversion(_ list: ColumnList) throws(SQLServerError) {
        guard context.failures.contains(where: { LibraryFailure.conversions.contains($0.number) }) else { return }
        let texts = list.columns.filter(\.type.isCharacter).map { "'\($0.name)'" }
        try discardResponse()
        throw SQLServerError(
            .decoding,
            "a text in one of the columns \(texts.joined(separator: ", ")) cannot be converted to Unicode (half of a "
                + "surrogate pair, or a byte that its code page does not have); cast it to varbinary to read it")
    }

    /// Closes the connection after a failure that leaves it in an unknown state.
    func fail(_ what: String) -> SQLServerError {
        let error = lost(what)
        close()
        return error
    }

    /// The error of a connection that cannot be used.
    func lost(_ what: String) -> SQLServerError {
        if context.timeouts > 1 {
            return SQLServerError(
                context.stopReason == .cancelled ? .cancelled : .timeout,
                "the statement was to be stopped, and the server did not acknowledge that; the connection was closed",
                messages: context.messages)
        }
        var reasons = context.failures.map { $0.systemText.isEmpty ? $0.text : "\($0.text) (\($0.systemText))" }
        reasons.append(contentsOf: context.messages.filter(\.isError).map(\.description))
        let reason = reasons.isEmpty ? "" : ": " + reasons.joined(separator: "; ")
        return SQLServerError(
            .connectionLost, "\(what)\(reason). What the statement did is unknown; check before repeating it",
            messages: context.messages)
    }
}
