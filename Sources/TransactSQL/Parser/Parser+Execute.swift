extension Parser {
    /// `EXECUTE` with what it runs.
    mutating func executeStatement() throws(Fault) -> ExecuteStatement {
        let start = advance()
        if at(.leftParenthesis) { return try executeText(start) }
        var returnVariable: String?
        if at(.variable), peek().kind == .equal {
            returnVariable = written(advance())
            advance()
        }
        return try executeProcedure(start, returnVariable)
    }

    private mutating func executeText(_ start: Token) throws(Fault) -> ExecuteStatement {
        advance()
        let text = try expression()
        var arguments: [ExecuteStatement.Argument] = []
        while accept(.comma) { arguments.append(try executeArgument()) }
        try expect(.rightParenthesis)
        var context: [String] = []
        if at(.as), peek().word == .user || peek().word == .login {
            advance()
            context.append(upperText(advance()))
            try expect(.equal)
            guard at(.string) || at(.nationalString) else { throw unexpected() }
            context.append(self.text(advance()))
        }
        let namesDataSource = at(.at) && at(text: "DATA_SOURCE", 1) && isName(peek(2))
        let server = at(.at) && isName(peek()) ? try linkedServer() : nil
        let options = try executeOptions()
        return ExecuteStatement(
            returnVariable: nil, target: .text(text), arguments: arguments, context: context, linkedServer: server,
            options: options, range: range(from: start), namesDataSource: namesDataSource)
    }

    private mutating func linkedServer() throws(Fault) -> Identifier {
        advance()
        if at(text: "DATA_SOURCE"), isName(peek()) { advance() }
        return try identifier()
    }

    private mutating func executeProcedure(
        _ start: Token, _ returnVariable: String?
    ) throws(Fault) -> ExecuteStatement {
        let target: ExecuteStatement.Target
        if at(.variable) {
            target = .variable(written(advance()))
        } else {
            target = .procedure(try objectName())
        }
        if at(.semicolon), peek().kind == .integer { throw unsupported("procedure number", from: current) }
        var arguments: [ExecuteStatement.Argument] = []
        if startsArgument { arguments = try commaList { parser throws(Fault) in try parser.executeArgument() } }
        let options = try executeOptions()
        return ExecuteStatement(
            returnVariable: returnVariable, target: target, arguments: arguments, context: [], linkedServer: nil,
            options: options, range: range(from: start))
    }

    private var startsArgument: Bool {
        switch current.kind {
        case .variable, .string, .nationalString, .integer, .decimal, .float, .money, .binary, .minus, .plus,
            .bracketedName, .quotedName, .unterminatedString, .unterminatedName:
            true
        case .name: peek().kind != .colon
        case .keyword: at(.null) || at(.default)
        default: false
        }
    }

    private mutating func executeArgument() throws(Fault) -> ExecuteStatement.Argument {
        var name: String?
        if at(.variable), peek().kind == .equal {
            name = written(advance())
            advance()
        }
        let value = try argumentValue()
        let isOutput = accept(.output) || accept(.out)
        return ExecuteStatement.Argument(name: name, value: value, isOutput: isOutput)
    }

    /// A constant with an optional sign, a variable, DEFAULT, NULL or a bare word.
    mutating func argumentValue() throws(Fault) -> SQLExpression {
        let start = current
        switch start.kind {
        case .minus, .plus:
            switch peek().kind {
            case .integer, .decimal, .float, .money:
                advance()
                let number = try argumentValue()
                return SQLExpression(
                    kind: .unary(start.kind == .minus ? .minus : .plus, number), range: range(from: start))
            default: throw unexpected(peek())
            }
        case .name, .bracketedName, .quotedName:
            return SQLExpression(kind: .column(try objectName()), range: range(from: start))
        case .keyword where start.word == .default: return try valueOrDefault()
        case .keyword where start.word != .null: throw unexpected()
        default: return try constantOrVariable()
        }
    }

    private mutating func executeOptions() throws(Fault) -> [String] {
        guard at(.with), at(text: "RECOMPILE", 1) || at(text: "RESULT", 1) else { return [] }
        advance()
        var words = [upperText(advance())]
        if words == ["RECOMPILE"] { return words }
        while at(.name) || at(.leftParenthesis) {
            guard at(.leftParenthesis) else {
                words.append(upperText(advance()))
                continue
            }
            words += try parenthesizedWords()
        }
        return words
    }

    // MARK: - Without EXECUTE

    /// Whether the batch begins with a procedure's name: only there may EXECUTE be left out.
    var startsImplicitExecute: Bool {
        guard atName, peek().kind != .colon else { return false }
        guard at(.name) else { return true }
        switch current.word {
        case .throw: return false
        case .enable, .disable: return peek().word != .trigger
        case .send, .get, .move: return peek().kind != .keyword && peek().word != .conversation
        case .receive: return false
        default: return !startsRareStatement
        }
    }

    /// COPY INTO and RENAME OBJECT of the warehouse products.
    var startsRareStatement: Bool {
        (at(text: "COPY") && peek().word == .into)
            || (at(text: "RENAME") && (at(text: "OBJECT", 1) || peek().word == .database))
    }

    mutating func implicitExecute() throws(Fault) -> Statement {
        let start = current
        var call = try executeProcedure(start, nil)
        call.isImplicit = true
        return Statement(kind: .execute(call), range: range(from: start))
    }
}
