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
        let left = try multiplicative(operand)
        if additiveOperator(current.kind) == nil || left.isCondition {
            height = max(outer, height)
            return left
        }
        return try additiveChain(left, start, outer)
    }

    // Debug builds reserve stack for every temporary of a function, so that what recurses is kept apart from what
    // builds nodes.
    private mutating func additiveChain(
        _ first: SQLExpression, _ start: Token, _ outer: Int
    ) throws(Fault) -> SQLExpression {
        var left = first
        var chain = height
        while let symbol = additiveOperator(current.kind) {
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
        let left = try unary(operand)
        if multiplicativeOperator(current.kind) == nil || left.isCondition {
            height = max(outer, height)
            return left
        }
        return try multiplicativeChain(left, start, outer)
    }

    private mutating func multiplicativeChain(
        _ first: SQLExpression, _ start: Token, _ outer: Int
    ) throws(Fault) -> SQLExpression {
        var left = first
        var chain = height
        while let symbol = multiplicativeOperator(current.kind) {
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
        switch current.kind {
        case .plus, .minus, .tilde: try signed()
        default: try suffixed(operand)
        }
    }

    private mutating func signed() throws(Fault) -> SQLExpression {
        try enter()
        defer { leave() }
        let start = advance()
        let value = start.kind == .tilde ? try unary(.value) : try multiplicative(.value)
        let sign: UnaryOperator = start.kind == .tilde ? .bitwiseNot : start.kind == .plus ? .plus : .minus
        return SQLExpression(kind: .unary(sign, value), range: range(from: start))
    }

    /// An operand with COLLATE and AT TIME ZONE.
    private mutating func suffixed(_ operand: Operand) throws(Fault) -> SQLExpression {
        let start = current
        let outer = height
        height = 0
        var value = try primary(operand)
        var chain = height
        while atSuffix, !value.isCondition {
            let token = current
            value = try suffix(value, start)
            chain = try higher(chain, height, at: token)
        }
        height = max(outer, chain)
        return value
    }

    private var atSuffix: Bool { at(.collate) || at(.at, .time) || at(.dot) || at(.doubleColon) }

    private mutating func suffix(_ value: SQLExpression, _ start: Token) throws(Fault) -> SQLExpression {
        let token = advance()
        switch token.word {
        case .collate:
            return SQLExpression(kind: .collate(value, try identifier()), range: range(from: start))
        case .at:
            advance()
            try expect(.zone)
            let zone = try primary(.value)
            return SQLExpression(kind: .atTimeZone(value, zone: zone), range: range(from: start))
        default:
            if case .subquery = value.kind, token.kind == .dot, at(text: "VALUE") {
                return try valueMethod(of: value, start)
            }
            // Methods of xml and CLR values.
            throw unsupported(atName ? "\(text(current))()" : written(token), from: token)
        }
    }

    /// The method `value` on a subquery with FOR XML; a call of `$value` in the tree.
    private mutating func valueMethod(of subquery: SQLExpression, _ start: Token) throws(Fault) -> SQLExpression {
        let name = Identifier(value: "$value", quoting: .none, range: advance().range)
        let arguments = try parenthesizedList { parser throws(Fault) in try parser.expression() }
        let call = FunctionCall(
            name: MultipartName(parts: [name], range: name.range),
            arguments: ([subquery] + arguments).map { .value($0) }, hasParentheses: true, isDistinct: false,
            ignoresNulls: nil, withinGroup: [], over: nil)
        return SQLExpression(kind: .function(call), range: range(from: start))
    }

    // MARK: - Operands

    /// An operand without signs and suffixes.
    mutating func operand() throws(Fault) -> SQLExpression { try primary(.value) }

    private mutating func primary(_ operand: Operand) throws(Fault) -> SQLExpression {
        switch current.kind {
        case .leftParenthesis: try startsQuery ? subquery() : parenthesized(operand)
        case .keyword: try keywordOperand(current)
        case .name, .bracketedName, .quotedName, .dot: try nameOperand(current)
        default: try simpleOperand()
        }
    }

    private mutating func simpleOperand() throws(Fault) -> SQLExpression {
        let token = current
        switch token.kind {
        case .integer, .decimal, .float, .money, .binary, .string, .nationalString:
            advance()
            return SQLExpression(kind: .literal(literal(token)), range: token.range)
        case .variable:
            advance()
            return SQLExpression(kind: .variable(written(token)), range: token.range)
        case .leftBrace: throw unsupported("ODBC escape sequence", from: token)
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

    private mutating func subquery() throws(Fault) -> SQLExpression {
        let start = current
        let query = try parenthesizedQuery()
        return SQLExpression(kind: .subquery(query), range: range(from: start))
    }

    private mutating func parenthesized(_ operand: Operand) throws(Fault) -> SQLExpression {
        let start = advance()
        let inner = try operand == .value ? expression() : conditionOrValue()
        try expect(.rightParenthesis)
        return wrapped(inner, start)
    }

    private func wrapped(_ inner: SQLExpression, _ start: Token) -> SQLExpression {
        SQLExpression(kind: .parenthesized(inner), range: range(from: start))
    }

    private mutating func keywordOperand(_ token: Token) throws(Fault) -> SQLExpression {
        switch token.word {
        case .case: try caseExpression()
        case .convert, .tryConvert: try convert()
        case .coalesce, .nullif, .left, .right, .identity: try keywordCall(token)
        default: try keywordValue(token)
        }
    }

    private mutating func keywordValue(_ token: Token) throws(Fault) -> SQLExpression {
        switch token.word {
        case .null:
            advance()
            return SQLExpression(kind: .literal(.null), range: token.range)
        case .currentTimestamp, .currentUser, .currentDate, .currentTime, .sessionUser, .systemUser, .user:
            advance()
            return call(keyword: token)
        case .identitycol, .rowguidcol, .precision:
            return SQLExpression(kind: .column(try columnName()), range: token.range)
        default: throw unexpected()
        }
    }

    /// A function whose name is a reserved word.
    private mutating func keywordCall(_ token: Token) throws(Fault) -> SQLExpression {
        guard peek().kind == .leftParenthesis else { throw unexpected() }
        advance()
        let name = Identifier(value: written(token), quoting: .none, range: token.range)
        return try functionCall(MultipartName(parts: [name], range: token.range), from: token)
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
        return at(.leftParenthesis) ? try functionCall(name, from: token) : column(name)
    }

    private func column(_ name: MultipartName) -> SQLExpression {
        SQLExpression(kind: .column(name), range: name.range)
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
