import SQLValues
import TransactSQL

extension EmbeddedSession {
    /// Parses, checks and runs a batch.
    func runBatch(_ text: String, variables: Variables, into sink: any ResultSink) throws(RequestStopped) {
        let context = BatchContext(text: text, variables: variables, sink: sink)
        connection.functions.isCancelled = { [weak sink] in sink?.isCancelled ?? false }
        connection.functions.lockTimeout = settings.lockTimeout
        do {
            connection.functions.begin()
            let statements = try Parser.parse(batch: text, quotedIdentifier: settings.has("QUOTED_IDENTIFIER"))
            try refreshCatalogs()
            var isSettled = true
            for statement in statements { try check(statement, context, &isSettled) }
            if transactionCount == 0, settings.has("IMPLICIT_TRANSACTIONS") {
                throw ServerMessage.unsupported("SET IMPLICIT_TRANSACTIONS ON", line: 1)
            }
            _ = try run(statements, context)
            try finish(context)
        } catch let stop as RequestStopped {
            cleanUp(after: stop)
            throw stop
        } catch let error as CaughtError {
            try report(error.message, into: sink)
        } catch {
            try report(message(of: error).at(line: 1), into: sink)
        }
    }

    private func finish(_ context: BatchContext) throws {
        guard isDoomed, nestLevel == 0 else { return }
        try rollBackTransaction(into: context.sink)
        try context.sink.message(
            .error(
                3998, line: 1,
                "Uncommittable transaction is detected at the end of the batch. The transaction is rolled back."))
        try context.sink.done(StatementDone(failed: true))
    }

    /// An attention leaves the transaction open unless XACT_ABORT is ON.
    private func cleanUp(after stop: RequestStopped) {
        connection.emptyCache()
        if settings.has("XACT_ABORT") || stop == .connectionLost { rollBackAll() }
    }

    /// Sends an error and ends the statement.
    func report(_ message: ServerMessage, into sink: any ResultSink) throws(RequestStopped) {
        lastError = message.number
        try sink.message(message)
        try sink.done(StatementDone(failed: true))
    }

    // MARK: Check before running

    /// Declares variables and binds statements on objects that exist; what is missing is bound when it is reached.
    private func check(_ statement: Statement, _ context: BatchContext, _ isSettled: inout Bool) throws {
        switch statement.kind {
        case .declare(let declare): try self.declare(declare, context)
        case .block(let list): for inner in list { try check(inner, context, &isSettled) }
        case .conditional(let branch):
            try check(branch.then, context, &isSettled)
            if let otherwise = branch.otherwise { try check(otherwise, context, &isSettled) }
        case .loop(let loop): try check(loop.body, context, &isSettled)
        case .tryCatch(let parts): for inner in parts.body + parts.handler { try check(inner, context, &isSettled) }
        case .use: isSettled = false
        case .select, .insert, .update, .delete:
            guard isSettled else { return }
            do {
                _ = try plan(for: statement, context)
            } catch let error as CompileError where error.message.number == 208 {
                return
            } catch let error as CompileError {
                throw error.message.at(line: statement.range.line)
            }
        default: return
        }
    }

    private func declare(_ statement: DeclareStatement, _ context: BatchContext) throws {
        for item in statement.items {
            guard case .scalar(let typeName, _) = item.kind else {
                throw ServerMessage.unsupported("DECLARE TABLE variable", line: item.range.line)
            }
            let type = try TypeNames.resolve(typeName)
            guard context.variables.declare(item.name, type) != nil else {
                throw ServerMessage.error(
                    134, line: item.range.line,
                    "The variable name '\(item.name)' has already been declared. Variable names must be unique within a query batch or stored procedure."
                )
            }
        }
    }

    // MARK: Plans

    /// The plan of a data statement, made now unless the one at hand is still good.
    func plan(for statement: Statement, _ context: BatchContext) throws -> StatementPlan {
        let key = statement.range.start.offset
        if let cached = context.plans[key], cached.stamp == stamp { return cached.plan }
        do {
            let binder = makeBinder(context.variables)
            let plan: StatementPlan
            switch statement.kind {
            case .select(let query): plan = .select(try selectPlan(query, binder))
            case .insert(let insert): plan = .insert(try insertPlan(insert, binder, line: statement.range.line))
            case .update(let update): plan = .update(try updatePlan(update, binder, line: statement.range.line))
            case .delete(let delete): plan = .delete(try deletePlan(delete, binder, line: statement.range.line))
            default: throw ServerMessage.unsupported("statement", line: statement.range.line)
            }
            context.plans[key] = CachedPlan(stamp: stamp, plan: plan)
            return plan
        } catch let error as ServerMessage {
            throw CompileError(message: error)
        }
    }

    // MARK: Running

    func run(_ statements: [Statement], _ context: BatchContext) throws -> Flow {
        for statement in statements {
            let flow = try run(statement, context)
            if flow != .next { return flow }
        }
        return .next
    }

    func run(_ statement: Statement, _ context: BatchContext) throws -> Flow {
        if context.sink.isCancelled { throw RequestStopped.attention }
        connection.functions.begin()
        statementTime = Clock.ticks(utc: true)
        do {
            try refreshCatalogs()
            return try perform(statement, context)
        } catch let stop as RequestStopped {
            throw stop
        } catch let caught as CaughtError {
            throw caught
        } catch let error as CompileError {
            try report(error.message.at(line: statement.range.line), into: context.sink)
            return .leave
        } catch {
            if connection.functions.wasCancelled { throw RequestStopped.attention }
            return try fail(message(of: error).at(line: statement.range.line), statement, context)
        }
    }

    /// Errors that end the batch and roll the transaction back (facts on error flow).
    private static let batchEnding: Set<Int32> = [235, 241, 244, 245, 248, 1205, 3960, 8114, 8169]

    private func fail(_ raised: ServerMessage, _ statement: Statement, _ context: BatchContext) throws -> Flow {
        var error = raised
        if !settings.has("ANSI_WARNINGS"), [8134, 8115, 2628].contains(error.number), !settings.has("ARITHABORT") {
            error = .unsupported("error \(error.number) under SET ANSI_WARNINGS OFF", line: Int(error.line))
        }
        lastError = error.number
        let isRaised: Bool
        if case .raiserror = statement.kind { isRaised = true } else { isRaised = false }
        let isThrown: Bool
        if case .throwError = statement.kind { isThrown = true } else { isThrown = false }
        let ends = Self.batchEnding.contains(error.number) || settings.has("XACT_ABORT") && !isRaised
        if error.number == 1205 || error.number == 3960 { try rollBackTransaction(into: context.sink) }
        if context.tryDepth > 0, error.number != 40517 {
            if ends, transactionCount > 0 { isDoomed = true }
            throw CaughtError(message: error)
        }
        try context.sink.message(error)
        if statement.isModification, error.severity > 10 {
            var note = ServerMessage.statementTerminated
            note.line = error.line
            if !Self.batchEnding.contains(error.number) { try context.sink.message(note) }
        }
        try context.sink.done(StatementDone(command: statement.commandCode, failed: true))
        if ends, transactionCount > 0, !isDoomed { try rollBackTransaction(into: context.sink) }
        return ends || isThrown || error.number == 40517 || error.number == 911 ? .leave : .next
    }

    /// The server's message for an error of any layer.
    func message(of error: any Error) -> ServerMessage {
        switch error {
        case let message as ServerMessage: return message
        case let compile as CompileError: return compile.message
        case let syntax as SyntaxError:
            return ServerMessage(
                number: syntax.number, state: syntax.state, severity: syntax.severity, text: syntax.message,
                line: Int32(clamping: syntax.position.line))
        case let failure as SQLiteError: return message(of: failure)
        default: return .error(8624, "Internal error of the embedded server: \(error)")
        }
    }

    private func message(of failure: SQLiteError) -> ServerMessage {
        if let raised = connection.functions.error { return raised }
        switch failure.code {
        case 5, 261: return .error(1222, state: 51, "Lock request time out period exceeded.")
        case 517:
            if settings.isolation == .snapshot {
                return .error(
                    3960, state: 2,
                    "Snapshot isolation transaction aborted due to update conflict. Retry the transaction or change the isolation level for the update/delete statement."
                )
            }
            return .error(
                1205, state: 51, severity: 13,
                "Transaction (Process ID \(options.processID)) was deadlocked on lock resources with another process and has been chosen as the deadlock victim. Rerun the transaction."
            )
        default:
            return .error(8624, "Internal error of the embedded server: \(failure.message) in \(failure.statement)")
        }
    }
}

extension Statement {
    /// INSERT, UPDATE and DELETE: an error of theirs is followed by Msg 3621.
    var isModification: Bool {
        switch kind {
        case .insert, .update, .delete: true
        default: false
        }
    }

    /// CurCmd of the DONE token.
    var commandCode: UInt16 {
        switch kind {
        case .select: 193
        case .insert: 195
        case .delete: 196
        case .update: 197
        default: 0
        }
    }
}
