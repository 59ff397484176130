import SQLValues
import TransactSQL

extension EmbeddedSession {
    /// Parses, checks and runs a batch.
    func runBatch(
        _ text: String, variables: Variables, bulkRows: BulkRows? = nil, into sink: any ResultSink
    ) throws(RequestStopped) {
        let context = BatchContext(text: text, variables: variables, sink: sink)
        context.bulkRows = bulkRows
        try runRequest(context) { try runAll(context) }
    }

    /// Runs a batch or a call of the client: what no scope caught is reported.
    func runRequest(_ context: BatchContext, _ body: () throws -> Void) throws(RequestStopped) {
        let sink = context.sink
        connection.functions.isCancelled = { [weak sink] in sink?.isCancelled ?? false }
        connection.functions.lockTimeout = settings.lockTimeout
        publish(isRunning: true)
        defer { publish(isRunning: false) }
        do {
            do {
                try dates.run { try body() }
            } catch is BatchEnded {
                // The error is reported.
            }
            try finish(context)
        } catch let stop as RequestStopped {
            try cleanUp(after: stop, sink)
            throw stop
        } catch let error as CaughtError {
            try report(error.message, into: sink)
        } catch {
            try report(message(of: error).at(line: 1), into: sink)
        }
    }

    func runAll(_ context: BatchContext) throws {
        connection.functions.begin()
        let statements = try Parser.parse(batch: context.text, quotedIdentifier: settings.has("QUOTED_IDENTIFIER"))
        if context.text.utf8.contains(UInt8(ascii: "\"")),
            let set = statements.lazy.flatMap(\.inner).first(where: changesQuoting)
        {
            // It counts where it is parsed, whether it runs or not.
            throw ServerMessage.unsupported(
                "SET QUOTED_IDENTIFIER inside another statement of a batch with double quotes", line: set.range.line)
        }
        if try parsesOnly(statements) { return }
        try editionRules.check(statements, in: database.name)
        try refreshSecurity()
        try refreshCatalogs()
        try checkShowplan(statements)
        try check(statements, context)
        if try showPlan(of: statements, context) { return }
        _ = try run(statements, context)
    }

    private func changesQuoting(_ statement: Statement) -> Bool {
        guard case .set(.options(let names, _)) = statement.kind else {
            return statement.inner.contains(where: changesQuoting)
        }
        return names.contains("QUOTED_IDENTIFIER") || names.contains("ANSI_DEFAULTS")
    }

    private func finish(_ context: BatchContext) throws {
        guard isDoomed else { return }
        try rollBackTransaction(into: context.sink)
        try context.sink.message(
            .error(
                3998, line: 1,
                "Uncommittable transaction is detected at the end of the batch. The transaction is rolled back."))
    }

    /// An attention leaves the transaction open unless XACT_ABORT is ON.
    private func cleanUp(after stop: RequestStopped, _ sink: any ResultSink) throws(RequestStopped) {
        connection.emptyCache()
        guard settings.has("XACT_ABORT") || stop != .attention else { return }
        let descriptor = transactionDescriptor
        let wasOpen = transactionCount > 0
        rollBackAll()
        if wasOpen, stop == .attention { try sink.change(.rollbackTransaction(descriptor: descriptor)) }
    }

    /// Sends an error that is not a statement's own: what ends next tells that it failed.
    func report(_ message: ServerMessage, into sink: any ResultSink) throws(RequestStopped) {
        lastError = message.number
        try sink.message(message)
    }

    // MARK: Plans

    /// The plan of a data statement, made now unless the one at hand is still good.
    func plan(for statement: Statement, _ context: BatchContext) throws -> StatementPlan {
        let key = statement.range.start.offset
        let tables = context.variables.tableIDs
        if let cached = context.plans[key], cached.stamp == stamp, cached.tables == tables { return cached.plan }
        let binder = makeBinder(context.variables)
        // MERGE tells its own errors from those of names.
        if case .merge = statement.kind {} else { binder.remembersProblems = true }
        do {
            let plan: StatementPlan
            switch statement.kind {
            case .select(let query):
                if let name = query.body.first.into {
                    plan = .selectInto(try selectIntoPlan(query, into: name, binder, line: statement.range.line))
                } else {
                    plan = .select(try selectPlan(query, binder))
                }
            case .insert(let insert): plan = .change(try insertPlan(insert, binder, line: statement.range.line))
            case .update(let update): plan = .change(try updatePlan(update, binder, line: statement.range.line))
            case .delete(let delete): plan = .change(try deletePlan(delete, binder, line: statement.range.line))
            case .merge(let merge): plan = .change(try mergePlan(merge, binder, line: statement.range.line))
            default: throw ServerMessage.unsupported("statement", line: statement.range.line)
            }
            if let error = CompileError(names: binder.problems, last: nil) { throw error }
            if case .change(let change) = plan { binder.noteChanges(change) }
            context.plans[key] = CachedPlan(
                stamp: stamp, tables: tables, plan: plan, databases: binder.databases, accesses: binder.accesses)
            return plan
        } catch let error as ServerMessage {
            throw CompileError(names: binder.problems, last: error) ?? CompileError(message: error)
        }
    }

    // MARK: Running

    func run(_ statement: Statement, _ context: BatchContext) throws -> Flow {
        if context.sink.isCancelled { throw RequestStopped.attention }
        let outer = currentContext
        currentContext = context
        defer { currentContext = outer }
        connection.functions.begin()
        rowsSent = 0
        statementTime = Clock.ticks(utc: true)
        defer { releaseStatementLocks() }
        do {
            let flow = try performBound(statement, context)
            try sendActualPlan(of: statement, context)
            return flow
        } catch let stop as RequestStopped {
            throw stop
        } catch let caught as CaughtError {
            // The error of a trigger or a procedure ends the statement that called it.
            if case .execute = statement.kind { try endCaught(statement, context) }
            if statement.isModification {
                rowsSent = 0
                try endCaught(statement, context)
            }
            throw caught
        } catch let again as RethrownError {
            return try fail(again.message, statement, context)
        } catch let error as CompileError {
            return try failToBind(error, statement, context)
        } catch is BatchEnded {
            context.wasEnded = true
            return .leave
        } catch {
            if connection.functions.wasCancelled { throw RequestStopped.attention }
            let message = message(of: error).at(line: statement.range.line).inside(context.procedure)
            return try fail(message, statement, context)
        }
    }

    /// Runs a statement, bound anew as often as it waited for a lock and found the database changed.
    private func performBound(_ statement: Statement, _ context: BatchContext) throws -> Flow {
        try boundAgain {
            try refreshCatalogs()
            return try perform(statement, context)
        }
    }

    /// The server's message for an error of any layer.
    func message(of error: any Error) -> ServerMessage {
        switch error {
        case let message as ServerMessage: return message
        case let compile as CompileError: return compile.message
        case let again as RethrownError: return again.message
        case let failure as LockFailure: return failure.message
        case let syntax as SyntaxError:
            return ServerMessage(
                number: syntax.number, state: syntax.state, severity: syntax.severity, text: syntax.message,
                procedure: syntax.procedure, line: Int32(clamping: syntax.position.line))
        case let failure as SQLiteError: return message(of: failure)
        default: return .error(8624, "Internal error of the embedded server: \(error)")
        }
    }

    /// SQLite's limits that are lower than SQL Server's, by the words of its errors.
    private static let limits: [(words: String, construct: String)] = [
        ("parser stack overflow", "a query nested this deeply"),
        ("Expression tree is too large", "an expression nested this deeply"),
        ("too many arguments on ts_rows", "so many outer columns in an APPLY"),
        ("too many arguments on", "so many arguments of a function"),
        ("recursive table", "such a place of a recursive reference"),
        ("recursive reference", "such a place of a recursive reference"),
        ("too many terms", "so many queries under set operators"),
        ("tables in a join", "a join of more than 64 tables"),
        ("too many columns", "more than 2,000 columns"), ("too many SQL variables", "so many variables in a statement"),
        ("string or blob too big", "a value of more than 1,000,000,000 bytes"),
    ]

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
                1205, state: 51,
                "Transaction (Process ID \(options.processID)) was deadlocked on lock resources with another process and has been chosen as the deadlock victim. Rerun the transaction."
            )
        default:
            if let limit = Self.limits.first(where: { failure.message.contains($0.words) }) {
                return .unsupported(limit.construct)
            }
            return .error(8624, "Internal error of the embedded server: \(failure.message) in \(failure.statement)")
        }
    }
}
