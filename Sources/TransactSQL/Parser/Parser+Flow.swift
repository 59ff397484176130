extension Parser {
    mutating func ifStatement() throws(Fault) -> Statement.Kind {
        try expect(.if)
        let condition = try self.condition()
        let then = try branch()
        var otherwise: Statement?
        // A semicolon may stand between the branch and ELSE.
        if at(.semicolon), peek().word == .else { advance() }
        if accept(.else) { otherwise = try branch() }
        return .conditional(IfStatement(condition: condition, then: then, otherwise: otherwise))
    }

    private mutating func branch() throws(Fault) -> Statement {
        _ = accept(.semicolon)
        return try statement()
    }

    mutating func whileStatement() throws(Fault) -> Statement.Kind {
        try expect(.while)
        let condition = try self.condition()
        return .loop(WhileStatement(condition: condition, body: try branch()))
    }

    // MARK: - BEGIN

    mutating func beginStatement() throws(Fault) -> Statement.Kind {
        switch peek().word {
        case .tran, .transaction: return try beginTransaction()
        case .try: return try tryCatch()
        case .distributed: throw unsupported("BEGIN DISTRIBUTED TRANSACTION", from: current)
        case .dialog, .conversation: throw unsupported("BEGIN \(upperText(peek()))", from: current)
        default: break
        }
        try expect(.begin)
        var statements: [Statement] = []
        try statementList(into: &statements) { parser in parser.at(.end) || parser.at(.endOfText) }
        // An empty block is an error in T-SQL.
        guard !statements.isEmpty else { throw unexpected() }
        try expect(.end)
        return .block(statements)
    }

    private mutating func tryCatch() throws(Fault) -> Statement.Kind {
        let body = try guardedBlock(.try)
        _ = accept(.semicolon)
        guard at(.begin, .catch) else { throw unexpected() }
        return .tryCatch(TryCatchStatement(body: body, handler: try guardedBlock(.catch)))
    }

    private mutating func guardedBlock(_ word: Word) throws(Fault) -> [Statement] {
        try expect(.begin)
        try expect(word)
        var statements: [Statement] = []
        try statementList(into: &statements) { parser in parser.at(.end) || parser.at(.endOfText) }
        try expect(.end)
        try expect(word)
        return statements
    }

    // MARK: - Errors and messages

    mutating func throwStatement() throws(Fault) -> Statement.Kind {
        advance()
        guard at(.integer) || at(.variable) else { return .throwError(nil) }
        let number = try constantOrVariable()
        try expect(.comma)
        let message = try constantOrVariable()
        try expect(.comma)
        let state = try constantOrVariable()
        return .throwError(ThrowStatement(number: number, message: message, state: state))
    }

    /// A constant or a variable, where no expression may stand.
    mutating func constantOrVariable() throws(Fault) -> SQLExpression {
        switch current.kind {
        case .integer, .decimal, .float, .money, .binary, .string, .nationalString, .variable: break
        case .keyword where current.word == .null: break
        default: throw unexpected()
        }
        return try operand()
    }

    mutating func raiserrorStatement() throws(Fault) -> Statement.Kind {
        let start = try expect(.raiserror)
        guard at(.leftParenthesis) else { throw unsupported("RAISERROR without parentheses", from: start) }
        let values = try parenthesizedList { parser throws(Fault) in try parser.raiserrorValue() }
        guard values.count >= 3 else { throw unexpected(tokens[position - 1]) }
        var options: [String] = []
        if accept(.with) {
            options = try commaList { parser throws(Fault) in parser.upperText(try parser.expect(.name)) }
        }
        return .raiserror(
            RaiserrorStatement(
                message: values[0], severity: values[1], state: values[2], arguments: Array(values.dropFirst(3)),
                options: options))
    }

    mutating func raiserrorValue() throws(Fault) -> SQLExpression {
        guard at(.minus) else { return try constantOrVariable() }
        return try expression()
    }

    mutating func waitForStatement() throws(Fault) -> Statement.Kind {
        let start = try expect(.waitfor)
        guard !at(.leftParenthesis) else { throw unsupported("WAITFOR", from: start) }
        let isDelay = accept(.delay)
        if !isDelay { try expect(.time) }
        return .waitFor(WaitForStatement(isDelay: isDelay, value: try constantOrVariable()))
    }

    mutating func returnStatement() throws(Fault) -> Statement.Kind {
        try expect(.return)
        switch current.kind {
        case .integer, .decimal, .float, .money, .binary, .string, .nationalString, .variable, .minus, .plus, .tilde:
            return .returnValue(try expression())
        case .leftParenthesis:
            return .returnValue(try expression())
        case .name, .bracketedName, .quotedName:
            if peek().kind == .colon || at(.throw) { return .returnValue(nil) }
            return .returnValue(try expression())
        case .keyword:
            switch current.word {
            case .null, .case, .convert, .tryConvert, .coalesce, .nullif: return .returnValue(try expression())
            default: return .returnValue(nil)
            }
        default: return .returnValue(nil)
        }
    }
}
