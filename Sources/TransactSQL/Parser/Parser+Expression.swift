extension Parser {
    /// Whether a parenthesis at the start of an operand may hold a condition.
    enum Operand {
        case value
        case valueOrCondition
    }

    /// A value: `+ - & ^ |` over `* / %` over unary operators.
    mutating func expression(_ operand: Operand = .value) throws(Fault) -> SQLExpression {
        try enter()
        defer { leave() }
        return try additive(operand)
    }

    private mutating func additive(_ operand: Operand) throws(Fault) -> SQLExpression {
        let start = current
        let outer = height
        height = 0
        var left = try multiplicative(operand)
        var chain = height
        while let symbol = additiveOperator(current.kind), !left.isCondition {
            let token = advance()
            height = 0
            let right = try multiplicative(.value)
            chain = try higher(chain, height, at: token)
            left = SQLExpression(kind: .binary(symbol, left, right), range: range(from: start))
        }
        height = max(outer, chain)
        return left
    }

    private mutating func multiplicative(_ operand: Operand) throws(Fault) -> SQLExpression {
        let start = current
        let outer = height
        height = 0
        var left = try unary(operand)
        var chain = height
        while let symbol = multiplicativeOperator(current.kind), !left.isCondition {
            let token = advance()
            height = 0
            let right = try unary(.value)
            chain = try higher(chain, height, at: token)
            left = SQLExpression(kind: .binary(symbol, left, right), range: range(from: start))
        }
        height = max(outer, chain)
        return left
    }

    private func additiveOperator(_ kind: TokenKind) -> BinaryOperator? {
        switch kind {
        case .plus: .add
        case .minus: .subtract
        case .ampersand: .bitwiseAnd
        case .caret: .bitwiseXor
        case .bar: .bitwiseOr
        case .doubleBar: .concatenate
        case .shiftLeft: .shiftLeft
        case .shiftRight: .shiftRight
        default: nil
        }
    }

    private func multiplicativeOperator(_ kind: TokenKind) -> BinaryOperator? {
        switch kind {
        case .star: .multiply
        case .slash: .divide
        case .percentSign: .modulo
        default: nil
        }
    }

    /// An operand with its sign.
    ///
    /// A sign has the precedence of addition, so `-a * b` is `-(a * b)` and even `x / -a * b` is `x / -(a * b)`.
    private mutating func unary(_ operand: Operand) throws(Fault) -> SQLExpression {
        let start = current
        switch start.kind {
        case .plus, .minus:
            advance()
            try enter()
            defer { leave() }
            let value = try multiplicative(.value)
            return SQLExpression(
                kind: .unary(start.kind == .plus ? .plus : .minus, value), range: range(from: start))
        case .tilde:
            advance()
            try enter()
            defer { leave() }
            let value = try unary(.value)
            return SQLExpression(kind: .unary(.bitwiseNot, value), range: range(from: start))
        default: return try suffixed(operand)
        }
    }

    /// An operand with COLLATE and AT TIME ZONE.
    private mutating func suffixed(_ operand: Operand) throws(Fault) -> SQLExpression {
        let start = current
        let outer = height
        height = 0
        var value = try primary(operand)
        var chain = height
        while !value.isCondition {
            let token = current
            let kind: SQLExpression.Kind
            if accept(.collate) {
                kind = .collate(value, try identifier())
            } else if at(.at, .time) {
                advance()
                advance()
                try expect(.zone)
                kind = .atTimeZone(value, zone: try primary(.value))
            } else if at(.dot) || at(.doubleColon) {
                // Methods of xml and CLR values.
                let method = peek()
                throw unsupported(isName(method) ? "\(text(method))()" : written(token), from: token)
            } else {
                break
            }
            chain = try higher(chain, height, at: token)
            value = SQLExpression(kind: kind, range: range(from: start))
        }
        height = max(outer, chain)
        return value
    }

    // MARK: - Operands

    /// An operand without signs and suffixes.
    mutating func operand() throws(Fault) -> SQLExpression { try primary(.value) }

    private mutating func primary(_ operand: Operand) throws(Fault) -> SQLExpression {
        let token = current
        switch token.kind {
        case .integer, .decimal, .float, .money, .binary, .string, .nationalString:
            advance()
            return SQLExpression(kind: .literal(literal(token)), range: token.range)
        case .variable:
            advance()
            return SQLExpression(kind: .variable(written(token)), range: token.range)
        case .leftParenthesis: return try parenthesized(operand)
        case .leftBrace: throw unsupported("ODBC escape sequence", from: token)
        case .keyword: return try keywordOperand(token)
        case .name, .bracketedName, .quotedName, .dot: return try nameOperand(token)
        default: throw unexpected()
        }
    }

    private func literal(_ token: Token) -> Literal {
        switch token.kind {
        case .integer: .integer(written(token))
        case .decimal: .decimal(written(token))
        case .float: .float(written(token))
        case .money: .money(TokenText.money(token, in: source))
        case .binary: .binary(TokenText.binary(token, in: source))
        default: .string(text(token), isNational: token.kind == .nationalString)
        }
    }

    private mutating func parenthesized(_ operand: Operand) throws(Fault) -> SQLExpression {
        let start = current
        if startsQuery {
            let query = try parenthesizedQuery()
            return SQLExpression(kind: .subquery(query), range: range(from: start))
        }
        advance()
        let inner = try operand == .value ? expression() : conditionOrValue()
        try expect(.rightParenthesis)
        return SQLExpression(kind: .parenthesized(inner), range: range(from: start))
    }

    private mutating func keywordOperand(_ token: Token) throws(Fault) -> SQLExpression {
        switch token.word {
        case .null:
            advance()
            return SQLExpression(kind: .literal(.null), range: token.range)
        case .case: return try caseExpression()
        case .convert, .tryConvert: return try convert()
        case .currentTimestamp, .currentUser, .currentDate, .currentTime, .sessionUser, .systemUser, .user:
            advance()
            return call(keyword: token)
        case .identitycol, .rowguidcol:
            return SQLExpression(kind: .column(try columnName()), range: token.range)
        case .coalesce, .nullif, .left, .right, .identity:
            guard peek().kind == .leftParenthesis else { throw unexpected() }
            advance()
            let name = Identifier(value: written(token), quoting: .none, range: token.range)
            return try functionCall(MultipartName(parts: [name], range: token.range), from: token)
        default: throw unexpected()
        }
    }

    /// A function that is written without parentheses.
    private func call(keyword token: Token) -> SQLExpression {
        let name = Identifier(value: written(token), quoting: .none, range: token.range)
        let call = FunctionCall(
            name: MultipartName(parts: [name], range: token.range), arguments: [], hasParentheses: false,
            isDistinct: false, ignoresNulls: nil, withinGroup: [], over: nil)
        return SQLExpression(kind: .function(call), range: token.range)
    }

    private mutating func nameOperand(_ token: Token) throws(Fault) -> SQLExpression {
        if peek().kind == .leftParenthesis {
            switch token.word {
            case .cast, .tryCast: return try cast()
            case .parse, .tryParse: return try parseCall()
            default: break
            }
        }
        if at(.next, .value), peek(2).word == .for { return try nextValue() }
        let name = try columnName()
        if at(.leftParenthesis) { return try functionCall(name, from: token) }
        return SQLExpression(kind: .column(name), range: range(from: token))
    }

    private mutating func nextValue() throws(Fault) -> SQLExpression {
        let start = advance()
        advance()
        try expect(.for)
        let name = try objectName()
        let over = at(.over) ? try overClause() : nil
        return SQLExpression(kind: .nextValue(name, over: over), range: range(from: start))
    }
}
