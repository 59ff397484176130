import TransactSQL

/// What the body of a function may not do.
enum FunctionRules {
    /// Built-in functions that change what the next call of them gives.
    private static let changing: Set<String> = ["NEWID", "RAND", "NEWSEQUENTIALID"]

    /// Refuses calls of functions with side effects, wherever they stand in a function's definition.
    static func checkCalls(_ statement: ModuleStatement, _ range: SourceRange, _ batch: String) throws {
        switch statement.kind {
        case .scalarFunction, .tableFunction, .inlineFunction: break
        default: return
        }
        let bytes = Array(batch.utf8)
        let tokens = Lexer.tokens(of: bytes).filter { $0.start >= range.start.offset && $0.end <= range.end }
        for (index, token) in tokens.enumerated() where token.kind == .name && index + 1 < tokens.count {
            guard tokens[index + 1].kind == .leftParenthesis, index == 0 || tokens[index - 1].kind != .dot else {
                continue
            }
            let word = String(decoding: bytes[token.start..<token.end], as: UTF8.self)
            guard changing.contains(word.uppercased()) else { continue }
            throw ServerMessage.error(
                443, line: token.line,
                "Invalid use of a side-effecting operator '\(word.lowercased())' within a function.")
        }
    }

    /// Checks a function's body: it has no side effects and ends with RETURN.
    static func check(_ statement: ModuleStatement) throws {
        switch statement.kind {
        case .scalarFunction, .tableFunction: break
        default: return
        }
        // The body is one block.
        guard let block = statement.body.first, case .block(let list) = block.kind, statement.body.count == 1 else {
            let line = statement.body.dropFirst().first?.range.line ?? statement.name.range.line
            throw ServerMessage.unsupported("statements after the block of a function", line: line)
        }
        try check(list)
        try checkReturns(list, statement)
        guard let last = list.last, case .returnValue = last.kind else {
            throw ServerMessage.error(
                455, state: 2, line: list.last?.range.line ?? block.range.line,
                "The last statement included within a function must be a return statement.")
        }
    }

    private static func check(_ statements: [Statement]) throws {
        for statement in statements {
            if let word = sideEffect(of: statement) {
                throw ServerMessage.error(
                    443, state: word.state, line: statement.range.line,
                    "Invalid use of a side-effecting operator '\(word.name)' within a function.")
            }
            if case .select(let query) = statement.kind, !query.assignsVariables {
                // The state tells a query that reads rows from one that only computes them.
                var state: UInt8 = 2
                if case .select(let select) = query.body, select.from.isEmpty { state = 3 }
                throw ServerMessage.error(
                    444, state: state, line: statement.range.line,
                    "Select statements included within a function cannot return data to a client.")
            }
            try check(statement.inner)
        }
    }

    /// A RETURN of a scalar function has a value.
    private static func checkReturns(_ statements: [Statement], _ module: ModuleStatement) throws {
        guard case .scalarFunction = module.kind else { return }
        for statement in statements {
            if case .returnValue(nil) = statement.kind {
                throw ServerMessage.error(
                    1075, line: statement.range.line,
                    "RETURN statements in scalar valued functions must include an argument.")
            }
            try checkReturns(statement.inner, module)
        }
    }

    private static func sideEffect(of statement: Statement) -> (name: String, state: UInt8)? {
        switch statement.kind {
        case .insert(let insert): isTable(insert.target) ? ("INSERT", 15) : nil
        case .update(let update): isTable(update.target) ? ("UPDATE", 15) : nil
        case .delete(let delete): isTable(delete.target) ? ("DELETE", 15) : nil
        case .truncateTable: ("TRUNCATE TABLE", 14)
        case .print: ("PRINT", 14)
        case .raiserror: ("RAISERROR", 14)
        case .throwError: ("THROW", 14)
        case .tryCatch: ("BEGIN TRY", 14)
        case .waitFor: ("WAITFOR", 14)
        case .transaction(.begin): ("BEGIN TRANSACTION", 14)
        case .transaction(.commit): ("COMMIT TRANSACTION", 14)
        case .transaction(.rollback): ("ROLLBACK TRANSACTION", 14)
        case .transaction(.save): ("SAVE TRANSACTION", 14)
        case .execute(let execute):
            if case .text = execute.target { ("EXECUTE STRING", 14) } else { ("EXECUTE", 14) }
        case .set(.variable), .declare, .select, .block, .conditional, .loop, .breakLoop, .continueLoop,
            .returnValue, .goto, .label:
            nil
        case .set: ("SET OPTION", 14)
        case .createTable: ("CREATE TABLE", 14)
        case .alterTable: ("ALTER TABLE", 14)
        case .createIndex: ("CREATE INDEX", 14)
        case .drop(let drop): ("DROP \(drop.kind.rawValue)", 14)
        default: ("DDL", 14)
        }
    }

    /// Whether a change has another target than a table variable.
    private static func isTable(_ target: ModificationTarget) -> Bool {
        if case .table(let name) = target { return !name.name.hasPrefix("@") }
        return false
    }
}

extension Query {
    /// Whether the query gives its values to variables instead of returning rows.
    var assignsVariables: Bool {
        guard case .select(let select) = body else { return false }
        return select.items.contains { if case .assignment = $0 { true } else { false } }
    }
}
