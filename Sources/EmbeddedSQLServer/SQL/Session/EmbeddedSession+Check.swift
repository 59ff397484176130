import SQLValues
import TransactSQL

extension EmbeddedSession {
    /// Declares variables and binds statements on objects that exist; what is missing is bound when it is reached.
    func check(_ statements: [Statement], _ context: BatchContext) throws {
        var isSettled = true
        isChecking = true
        defer { isChecking = false }
        for statement in statements { try check(statement, context, &isSettled, isInLoop: false) }
        guard let last = context.problems.last else { return }
        if !context.hasOuterTry {
            for problem in context.problems.dropLast() { try context.sink.message(problem.inside(context.procedure)) }
        }
        throw last
    }

    private func check(
        _ statement: Statement, _ context: BatchContext, _ isSettled: inout Bool, isInLoop: Bool
    ) throws {
        switch statement.kind {
        case .declare(let declare): try self.declare(declare, context)
        case .block(let list): for inner in list { try check(inner, context, &isSettled, isInLoop: isInLoop) }
        case .conditional(let branch):
            try check(branch.then, context, &isSettled, isInLoop: isInLoop)
            if let otherwise = branch.otherwise { try check(otherwise, context, &isSettled, isInLoop: isInLoop) }
        case .loop(let loop): try check(loop.body, context, &isSettled, isInLoop: true)
        case .tryCatch(let parts):
            for inner in parts.body { try check(inner, context, &isSettled, isInLoop: isInLoop) }
            context.catchDepth += 1
            defer { context.catchDepth -= 1 }
            for inner in parts.handler { try check(inner, context, &isSettled, isInLoop: isInLoop) }
        case .throwError(nil) where context.catchDepth == 0:
            throw Self.misplacedThrow.at(line: statement.range.line)
        case .transaction(let transaction): try check(transaction, line: statement.range.line)
        case .breakLoop where !isInLoop:
            throw ServerMessage.error(
                135, line: statement.range.line,
                "Cannot use a BREAK statement outside the scope of a WHILE statement.")
        case .continueLoop where !isInLoop:
            throw ServerMessage.error(
                136, line: statement.range.line,
                "Cannot use a CONTINUE statement outside the scope of a WHILE statement.")
        case .use: isSettled = false
        case .select, .insert, .update, .delete, .merge:
            guard isSettled else { return }
            do {
                _ = try plan(for: statement, context)
            } catch let error as CompileError where error.message.number == 208 {
                return
            } catch is LockFailure {
                return
            } catch let error as CompileError {
                context.problems += error.messages.map { $0.at(line: statement.range.line) }
            }
        default: return
        }
    }

    private func declare(_ statement: DeclareStatement, _ context: BatchContext) throws {
        for item in statement.items {
            switch item.kind {
            case .table(let definition): try declareTable(item.name, definition, context, line: item.range.line)
            case .scalar(let typeName, _):
                try declare(item, typeName, context)
            }
        }
    }
}
