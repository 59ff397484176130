import SQLValues
import TransactSQL

extension EmbeddedSession {
    /// Declares variables and binds statements on objects that exist; what is missing is bound when it is reached.
    func check(_ statements: [Statement], _ context: BatchContext) throws {
        try LabelRules.check(statements)
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
        if isSettled { try checkExpressions(of: statement, context) }
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
        case .returnValue(_?) where context.module?.info.kind != .procedure && context.module?.info.returnType == nil:
            throw ServerMessage.error(
                178, line: statement.range.line,
                "A RETURN statement with a return value cannot be used in this context.")
        case .execute(let execute): try check(execute, line: statement.range.line)
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

    /// Binds what stands outside of queries: unknown variables and types that do not go together reject the batch.
    private func checkExpressions(of statement: Statement, _ context: BatchContext) throws {
        let line = statement.range.line
        switch statement.kind {
        case .set(.variable(let name, _, _)) where context.cursorVariables.keys.contains(name.lowercased()): return
        case .set(.variable(let name, _, let value)):
            guard context.variables.index(of: name) != nil else {
                throw ServerMessage.error(137, line: line, "Must declare the scalar variable \"\(name)\".")
            }
            try bind(context, line: line) { _ = try $0.bindAlone(value) }
        case .print(let value), .returnValue(.some(let value)):
            try bind(context, line: line) { _ = try $0.bindAlone(value) }
        case .conditional(let branch): try bind(context, line: line) { _ = try $0.bindConditionAlone(branch.condition) }
        case .loop(let loop): try bind(context, line: line) { _ = try $0.bindConditionAlone(loop.condition) }
        case .throwError(let error?):
            for value in [error.number, error.message, error.state] {
                try bind(context, line: line) { _ = try $0.bindAlone(value) }
            }
        case .raiserror(let error):
            for value in [error.message, error.severity, error.state] + error.arguments {
                try bind(context, line: line) { _ = try $0.bindAlone(value) }
            }
        case .execute(let execute):
            if let name = execute.returnVariable, context.variables.index(of: name) == nil {
                throw ServerMessage.error(137, line: line, "Must declare the scalar variable \"\(name)\".")
            }
            for argument in execute.arguments {
                guard case .variable(let name) = argument.value.kind, context.variables.table(named: name) == nil
                else { continue }
                try bind(context, line: line) { _ = try $0.bindAlone(argument.value) }
            }
        default: return
        }
    }

    /// What is missing, and what this server lacks, counts when it is reached.
    private func bind(_ context: BatchContext, line: Int, _ body: (Binder) throws -> Void) throws {
        do {
            try body(makeBinder(context.variables))
        } catch let error as ServerMessage where error.number == 208 || error.number == 40517 {
            return
        } catch let error as ServerMessage {
            throw error.at(line: line)
        }
    }

    private func check(_ execute: ExecuteStatement, line: Int) throws {
        for (index, argument) in execute.arguments.enumerated() {
            if argument.name == nil, index > 0, execute.arguments[index - 1].name != nil {
                throw ServerMessage.error(
                    119, line: line,
                    "Must pass parameter number \(index + 1) and subsequent parameters as '@name = value'. After the form '@name = value' has been used, all subsequent parameters must be passed in the form '@name = value'."
                )
            }
            if case .variable = argument.value.kind { continue }
            if argument.isOutput {
                throw ServerMessage.error(
                    179, line: line, "Cannot use the OUTPUT option when passing a constant to a stored procedure.")
            }
        }
    }

    private func declare(_ statement: DeclareStatement, _ context: BatchContext) throws {
        // An initial value does not know the variables that are declared beside it.
        for item in statement.items {
            guard case .scalar(_, let initial?) = item.kind else { continue }
            try bind(context, line: item.range.line) { _ = try $0.bindAlone(initial) }
        }
        for item in statement.items {
            switch item.kind {
            case .table(let definition): try declareTable(item.name, definition, context, line: item.range.line)
            case .cursor:
                let key = item.name.lowercased()
                guard !context.cursorVariables.keys.contains(key), context.variables.index(of: item.name) == nil
                else { throw Self.declaredTwice(item.name, line: item.range.line) }
                context.cursorVariables[key] = .some(nil)
            case .scalar(let typeName, _):
                try declare(item, typeName, context)
            }
        }
    }
}
