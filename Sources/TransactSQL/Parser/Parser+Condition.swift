extension Parser {
    /// A search condition; Msg 4145 for a value.
    mutating func condition() throws(Fault) -> SQLExpression {
        let result = try conditionOrValue()
        guard result.isCondition else { throw conditionExpected() }
        return result
    }

    /// A search condition, or a value where it turns out that no operator makes it a condition.
    mutating func conditionOrValue() throws(Fault) -> SQLExpression {
        try enter()
        defer { leave() }
        return try disjunction()
    }

    private mutating func disjunction() throws(Fault) -> SQLExpression {
        let start = current
        let outer = height
        height = 0
        let left = try conjunction()
        if !at(.or) {
            height = max(outer, height)
            return left
        }
        return try disjunctionChain(left, start, outer)
    }

    private mutating func disjunctionChain(
        _ first: SQLExpression, _ start: Token, _ outer: Int
    ) throws(Fault) -> SQLExpression {
        var left = first
        var chain = height
        while at(.or) {
            guard left.isCondition else { throw conditionExpected() }
            let token = advance()
            height = 0
            let right = try conjunction()
            guard right.isCondition else { throw conditionExpected() }
            chain = try higher(chain, height, at: token)
            left = SQLExpression(kind: .or(left, right), range: range(from: start))
        }
        height = max(outer, chain)
        return left
    }

    private mutating func conjunction() throws(Fault) -> SQLExpression {
        let start = current
        let outer = height
        height = 0
        let left = try negation()
        if !at(.and) {
            height = max(outer, height)
            return left
        }
        return try conjunctionChain(left, start, outer)
    }

    private mutating func conjunctionChain(
        _ first: SQLExpression, _ start: Token, _ outer: Int
    ) throws(Fault) -> SQLExpression {
        var left = first
        var chain = height
        while at(.and) {
            guard left.isCondition else { throw conditionExpected() }
            let token = advance()
            height = 0
            let right = try negation()
            guard right.isCondition else { throw conditionExpected() }
            chain = try higher(chain, height, at: token)
            left = SQLExpression(kind: .and(left, right), range: range(from: start))
        }
        height = max(outer, chain)
        return left
    }

    private mutating func negation() throws(Fault) -> SQLExpression {
        try at(.not) ? negated() : predicate()
    }

    private mutating func negated() throws(Fault) -> SQLExpression {
        let start = advance()
        try enter()
        defer { leave() }
        let inner = try negation()
        guard inner.isCondition else { throw conditionExpected() }
        return SQLExpression(kind: .not(inner), range: range(from: start))
    }

    // MARK: - Predicates

    private mutating func predicate() throws(Fault) -> SQLExpression {
        switch current.word {
        case .exists: return try exists()
        case .contains, .freetext, .update: return try callPredicate()
        default: break
        }
        let start = current
        let left = try expression(.valueOrCondition)
        return left.isCondition ? left : try predicate(left, start)
    }

    private mutating func predicate(_ left: SQLExpression, _ start: Token) throws(Fault) -> SQLExpression {
        guard let kind = try predicateKind(left) else { return left }
        return SQLExpression(kind: kind, range: range(from: start))
    }

    private mutating func exists() throws(Fault) -> SQLExpression {
        let start = advance()
        let query = try parenthesizedQuery()
        return SQLExpression(kind: .exists(query), range: range(from: start))
    }

    /// CONTAINS, FREETEXT, and UPDATE(column) of a trigger.
    private mutating func callPredicate() throws(Fault) -> SQLExpression {
        let start = advance()
        let name = Identifier(value: written(start), quoting: .none, range: start.range)
        let arguments = try parenthesizedList { parser throws(Fault) in try parser.predicateArgument() }
        let call = FunctionCall(
            name: MultipartName(parts: [name], range: start.range), arguments: arguments, hasParentheses: true,
            isDistinct: false, ignoresNulls: nil, withinGroup: [], over: nil)
        return SQLExpression(kind: .predicate(call), range: range(from: start))
    }

    private mutating func predicateArgument() throws(Fault) -> FunctionCall.Argument {
        if at(.star) { return .star(advance().range) }
        if at(.leftParenthesis) { throw unsupported("CONTAINS", from: current) }
        return .value(try expression())
    }

    /// What makes a condition of the value on the left; nil when nothing does.
    private mutating func predicateKind(_ left: SQLExpression) throws(Fault) -> SQLExpression.Kind? {
        if let comparison = acceptComparison() { return try compare(left, comparison) }
        if accept(.is) { return try isPredicate(left) }
        let isNegated = at(.not) && [.between, .like, .in].contains(peek().word)
        if isNegated { advance() }
        switch current.word {
        case .between:
            advance()
            let lower = try expression()
            try expect(.and)
            let upper = try expression()
            return .between(left, lower, upper, negated: isNegated)
        case .like:
            advance()
            let pattern = try expression()
            let escape = accept(.escape) ? try expression() : nil
            return .like(left, pattern: pattern, escape: escape, negated: isNegated)
        case .in:
            advance()
            return try membership(left, isNegated)
        default: return nil
        }
    }

    private mutating func compare(
        _ left: SQLExpression, _ comparison: ComparisonOperator
    ) throws(Fault) -> SQLExpression.Kind {
        switch current.word {
        case .all, .any, .someWord:
            let quantifier: Quantifier = advance().word == .all ? .all : .any
            return .quantified(comparison, left, quantifier, try parenthesizedQuery())
        default: return .comparison(comparison, left, try expression())
        }
    }

    private mutating func isPredicate(_ left: SQLExpression) throws(Fault) -> SQLExpression.Kind {
        let isNegated = accept(.not)
        if accept(.null) { return .isNull(left, negated: isNegated) }
        try expect(.distinct)
        try expect(.from)
        return .isDistinct(left, try expression(), negated: isNegated)
    }

    private mutating func membership(
        _ left: SQLExpression, _ isNegated: Bool
    ) throws(Fault) -> SQLExpression.Kind {
        if at(.leftParenthesis), startsQuery { return .inQuery(left, try parenthesizedQuery(), negated: isNegated) }
        let values = try parenthesizedList { parser throws(Fault) in try parser.expression() }
        return .inList(left, values, negated: isNegated)
    }

    /// Takes a comparison operator, whose two signs may have blanks between them.
    private mutating func acceptComparison() -> ComparisonOperator? {
        let found: ComparisonOperator
        switch (current.kind, peek().kind) {
        case (.equal, _): found = .equal
        case (.notEqual, _): found = .notEqual
        case (.lessOrEqual, _): found = .lessOrEqual
        case (.greaterOrEqual, _): found = .greaterOrEqual
        case (.less, .equal), (.exclamation, .greater): return twoSigns(.lessOrEqual)
        case (.greater, .equal), (.exclamation, .less): return twoSigns(.greaterOrEqual)
        case (.less, .greater), (.exclamation, .equal): return twoSigns(.notEqual)
        case (.less, _): found = .less
        case (.greater, _): found = .greater
        default: return nil
        }
        advance()
        return found
    }

    private mutating func twoSigns(_ comparison: ComparisonOperator) -> ComparisonOperator {
        advance()
        advance()
        return comparison
    }
}
