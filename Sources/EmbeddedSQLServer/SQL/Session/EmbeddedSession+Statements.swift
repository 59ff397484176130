import SQLValues
import TransactSQL

extension EmbeddedSession {
    /// Runs one statement and throws its error; the caller decides what that ends.
    func perform(_ statement: Statement, _ context: BatchContext) throws -> Flow {
        if settings.has("NOEXEC"), !statement.endsNoExecution { return .next }
        if settings.has("FMTONLY") { try checkFormatOnly(statement, context) }
        try beginImplicitly(before: statement, context)
        switch statement.kind {
        case .select, .insert, .update, .delete, .merge:
            try checkAccess(statement, context)
            let plan = try plan(for: statement, context)
            try lockSources(of: statement, context)
            switch plan {
            case .select(let plan): try run(plan, context)
            case .change(let plan): try run(plan, context)
            case .selectInto(let plan): try run(plan, context, line: statement.range.line)
            }
        case .insertBulk(let bulk): try run(bulk, context, line: statement.range.line)
        case .block(let list): return try run(list, context)
        case .conditional(let branch):
            let isTrue = try holds(branch.condition, context)
            // The condition is over: its @@ERROR and @@ROWCOUNT are gone.
            try done(StatementCommand.condition, context)
            if isTrue { return try run(branch.then, context) }
            if let otherwise = branch.otherwise { return try run(otherwise, context) }
        case .loop(let loop): return try run(loop, context)
        case .breakLoop: return .breakLoop
        case .continueLoop: return .continueLoop
        case .goto(let label): return .jump(label.value)
        case .label: return .next
        case .returnValue(let value):
            try returnFrom(context, with: value, line: statement.range.line)
            return .leave
        case .tryCatch(let parts): return try run(parts, context)
        case .throwError(let error): try raise(error, context)
        case .raiserror(let error): try raise(error, context, line: statement.range.line)
        case .print(let value): try printText(value, context, line: statement.range.line)
        case .declare(let declare): try initialize(declare, context)
        case .cursor(let cursor): try run(cursor, context, line: statement.range.line)
        case .set(let set):
            try checkDefinition(statement)
            try run(set, context, line: statement.range.line)
        case .transaction(let transaction):
            try run(transaction, context)
            try done(transaction.command, context)
        default: try performDefinition(statement, context)
        }
        return .next
    }

    /// Under FMTONLY only the columns of queries are known.
    private func checkFormatOnly(_ statement: Statement, _ context: BatchContext) throws {
        switch statement.kind {
        case .select, .set, .block, .declare: return
        default:
            let word = statement.range.text(in: context.text).prefix { $0.isLetter }.uppercased()
            throw ServerMessage.unsupported("\(word) under SET FMTONLY ON", line: statement.range.line)
        }
    }

    private func performDefinition(_ statement: Statement, _ context: BatchContext) throws {
        let line = statement.range.line
        try checkDefinition(statement)
        switch statement.kind {
        case .use(let name):
            guard let target = instance.database(named: name.value) else {
                throw ServerMessage.error(
                    911, line: line,
                    "Database '\(name.value)' does not exist. Make sure that the name is entered correctly.")
            }
            if target.isOffline { throw Self.offline(target.name, line: line) }
            try requireAccess(to: target, line: line)
            try use(target, into: context.sink)
        case .createTable(let create): try createTable(create, context, line: line)
        case .alterTable(let alter): try alterTable(alter, context, line: line)
        case .createIndex(let create): try createIndex(create, context, line: line)
        case .createSchema(let create): try createSchema(create, context, line: line)
        case .view(let view): try createView(view, statement, context)
        case .module(let module): try defineModule(module, statement.range, context)
        case .truncateTable(let name): try truncate(name, context, line: line)
        case .security(let statement): try run(statement, context, line: line)
        case .triggerSwitch(let statement): try switchTriggers(statement, line: line)
        case .drop(let drop): try self.drop(drop, context, line: line)
        case .object(let object): try run(object, context, line: line)
        case .createDatabase(let create): try createDatabase(create, context, line: line)
        case .alterDatabase(let alter): try alterDatabase(alter, context, line: line)
        case .execute(let execute):
            try run(execute, context, line: line)
            return
        case .kill(let statement): try kill(statement, line: line)
        case .checkpoint: try checkpoint(line: line)
        case .reconfigure: try reconfigure(line: line)
        case .waitFor(let wait): try self.wait(wait, context, line: line)
        case .unsupported(let construct):
            throw ServerMessage.unsupported(construct.construct, line: construct.range.line)
        default: throw ServerMessage.unsupported("statement", line: line)
        }
        try done(statement.command, context)
    }

    private func run(_ parts: TryCatchStatement, _ context: BatchContext) throws -> Flow {
        try tell(StatementCommand.beginTry, context)
        context.tryDepth += 1
        do {
            let flow = try run(parts.body, context)
            context.tryDepth -= 1
            if flow == .next { try tell(StatementCommand.endTry, context) }
            return flow
        } catch let error as CaughtError {
            context.tryDepth -= 1
            caught.append(error.message)
            defer { caught.removeLast() }
            try tell(StatementCommand.beginCatch, context)
            let flow = try run(parts.handler, context)
            if flow == .next { try tell(StatementCommand.endTry, context) }
            return flow
        } catch {
            context.tryDepth -= 1
            throw error
        }
    }

    // MARK: Messages

    private func printText(_ value: SQLExpression, _ context: BatchContext, line: Int) throws {
        let (result, type) = try evaluate(value, context)
        let text = try Conversion.convert(result, from: type, to: .nVarCharMax)
        var words = ""
        if case .string(let string) = text { words = string.prefixUnits(type.kind.isNational ? 4_000 : 8_000) }
        // An empty PRINT prints a blank.
        try context.sink.message(
            ServerMessage(
                number: 0, state: 1, severity: 0, text: words.isEmpty ? " " : words, procedure: context.procedure,
                line: Int32(clamping: line)))
        try done(StatementCommand.print, context)
    }

    /// Msg 10704.
    static let misplacedThrow = ServerMessage.error(
        10704,
        "To rethrow an error, a THROW statement must be used inside a CATCH block. Insert the THROW statement inside a"
            + " CATCH block, or add error parameters to the THROW statement.")

    private func raise(_ statement: ThrowStatement?, _ context: BatchContext) throws {
        guard let statement else {
            guard let last = caught.last else { throw Self.misplacedThrow }
            throw RethrownError(message: last)
        }
        let number = try evaluate(statement.number, as: .int, context).value
        let message = try evaluate(statement.message, as: .nVarChar(2_048), context).value
        let state = try evaluate(statement.state, as: .tinyInt, context).value
        guard case .int(let code) = number, case .string(let text) = message, case .int(let mark) = state else {
            throw ServerMessage.unsupported("THROW with NULL")
        }
        guard code >= 50_000 else {
            throw ServerMessage.error(
                35100, state: 10,
                "Error number \(code) in the THROW statement is outside the valid range. Specify an error number in the valid range of 50000 to 2147483647."
            )
        }
        throw ServerMessage.error(Int32(clamping: code), state: UInt8(clamping: mark), text)
    }

    // MARK: Variables

    private func initialize(_ declare: DeclareStatement, _ context: BatchContext) throws {
        for item in declare.items {
            guard case .scalar(_, let initial?) = item.kind, let index = context.variables.index(of: item.name) else {
                continue
            }
            context.variables[index] = try evaluate(initial, as: context.variables.type(at: index), context).value
            try done(StatementCommand.select, rows: 1, context)
        }
    }

    func assign(
        _ name: String, _ sign: AssignmentOperator, _ expression: SQLExpression, _ context: BatchContext, line: Int
    )
        throws
    {
        guard let index = context.variables.index(of: name) else {
            throw CompileError(
                message: .error(137, line: line, "Must declare the scalar variable \"\(name)\"."))
        }
        let type = context.variables.type(at: index)
        context.variables[index] = try evaluate(expression, as: type, combining: sign.binary, with: index, context)
            .value
        try done(StatementCommand.select, rows: 1, context)
    }
}
