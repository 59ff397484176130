import SQLValues
import TransactSQL

extension EmbeddedSession {
    /// Ends what an error of a running statement ends, or brings the error to a CATCH.
    func fail(_ raised: ServerMessage, _ statement: Statement, _ context: BatchContext) throws -> Flow {
        var error = raised
        if !settings.has("ANSI_WARNINGS"), [8134, 8115, 220].contains(error.number), !settings.has("ARITHABORT") {
            error = .unsupported("error \(error.number) under SET ANSI_WARNINGS OFF", line: Int(error.line))
        }
        lastError = error.number
        lastRowCount = 0
        let preceding = precedingErrors
        precedingErrors = []
        let xactAbort = settings.has("XACT_ABORT")
        let reach = ErrorReach(of: error, in: statement, xactAbort: xactAbort)
        let status = failedCallStatus
        failedCallStatus = nil
        context.failure = max(context.failure, error.severity)
        if context.tryDepth > 0 || context.hasOuterTry, error.number != 40517 {
            doom(reach == .transaction || xactAbort)
            try endCaught(statement, context)
            throw CaughtError(message: error)
        }
        for first in preceding {
            try context.sink.message(first.at(line: statement.range.line).inside(context.procedure))
        }
        try context.sink.message(error)
        // A refusal stands alone: the statement did not begin.
        let isTerminated = preceding.contains { $0.number == 1505 } || statement.isTerminated(by: error)
        if reach == .statement, error.number != 40517, isTerminated {
            var note = error.isIdentityOverflow ? ServerMessage.overflowOccurred : .statementTerminated
            note.line = error.line
            note.procedure = error.procedure
            try context.sink.message(note)
        }
        if let status { try context.sink.returnStatus(status) }
        if reach == .statement, error.number != 40517 {
            try context.sink.done(StatementDone(command: statement.command(after: error), failed: true))
        }
        if reach == .transaction, transactionCount > 0 { try rollBackTransaction(into: context.sink) }
        context.wasEnded = reach > .statement || error.number == 40517
        return context.wasEnded ? .leave : .next
    }

    /// Ends a statement whose error goes to a CATCH: what it sent or changed is counted, and the error is not told.
    ///
    /// A client shows "(0 rows affected)" for an INSERT that failed inside TRY, and an empty result for `SELECT 1/0`.
    func endCaught(_ statement: Statement, _ context: BatchContext) throws {
        guard let command = statement.command else { return }
        let isCounted = !settings.has("NOCOUNT")
        let counts = isCounted && statement.isOfData && !statement.assignsVariables
        try context.sink.done(
            StatementDone(rowCount: counts ? rowsSent : nil, command: command, isSilent: !isCounted))
    }

    /// Ends the scope in which a statement could not be bound; only a TRY around the scope catches that.
    func failToBind(_ error: CompileError, _ statement: Statement, _ context: BatchContext) throws -> Flow {
        let message = error.message.at(line: statement.range.line).inside(context.procedure)
        if context.hasOuterTry { throw CompileError(message: message) }
        context.wasRejected = true
        for other in error.earlier {
            try context.sink.message(other.at(line: statement.range.line).inside(context.procedure))
        }
        try report(message, into: context.sink)
        if message.number == 40517 {
            context.wasEnded = true
        } else if settings.has("XACT_ABORT") {
            if transactionCount > 0 { try rollBackTransaction(into: context.sink) }
            context.wasEnded = true
        }
        return .leave
    }

    /// The error of dynamic SQL that could not be parsed or bound, on its way to the TRY of a caller.
    func caughtError(_ message: ServerMessage) -> CaughtError {
        lastError = message.number
        lastRowCount = 0
        doom(settings.has("XACT_ABORT"))
        return CaughtError(message: message)
    }

    /// An error that is caught leaves a transaction that can only be rolled back.
    private func doom(_ isFatal: Bool) {
        if isFatal, transactionCount > 0 { isDoomed = true }
    }
}

extension Statement {
    /// A SELECT that assigns variables, which tells the client of no rows.
    fileprivate var assignsVariables: Bool {
        guard case .select(let query) = kind else { return false }
        return query.body.first.items.contains { item in
            if case .assignment = item { true } else { false }
        }
    }
}
