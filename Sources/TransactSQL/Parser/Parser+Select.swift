extension Parser {
    /// One SELECT with its clauses up to WINDOW.
    mutating func selectSpecification() throws(Fault) -> SelectSpecification {
        let start = try expect(.select)
        let isDistinct = accept(.distinct)
        if !isDistinct { _ = accept(.all) }
        let top = at(.top) ? try topClause() : nil
        let items = try commaList { parser throws(Fault) in try parser.selectItem() }
        let into = try intoClause()
        let filegroup = into != nil && accept(.on) ? try identifier() : nil
        let from = accept(.from) ? try tableSources() : []
        let condition = accept(.where) ? try whereCondition() : nil
        let groupBy = accept(.group, .by) ? try groupByClause() : nil
        let having = accept(.having) ? try self.condition() : nil
        let windows = try windowClause()
        return SelectSpecification(
            isDistinct: isDistinct, top: top, items: items, into: into, filegroup: filegroup, from: from,
            condition: condition, groupBy: groupBy, having: having, windows: windows, range: range(from: start))
    }

    private mutating func intoClause() throws(Fault) -> MultipartName? {
        guard accept(.into) else { return nil }
        return try objectName()
    }

    /// The condition after WHERE, which may also be `CURRENT OF cursor`.
    mutating func whereCondition() throws(Fault) -> SQLExpression {
        if at(.current, .of) {
            let start = advance()
            advance()
            return SQLExpression(kind: .currentOf(try cursorName()), range: range(from: start))
        }
        return try condition()
    }

    private mutating func windowClause() throws(Fault) -> [NamedWindow] {
        guard startsWindowClause else { return [] }
        advance()
        return try commaList { parser throws(Fault) in
            let start = parser.current
            let name = try parser.identifier()
            try parser.expect(.as)
            return NamedWindow(name: name, over: try parser.window(from: start))
        }
    }

    /// Whether the word WINDOW begins a clause, and is no alias.
    private var startsWindowClause: Bool {
        at(.window) && isName(peek()) && peek(2).word == .as && peek(3).kind == .leftParenthesis
    }

    // MARK: - TOP

    mutating func topClause() throws(Fault) -> TopClause {
        try expect(.top)
        let count: SQLExpression
        let hasParentheses = at(.leftParenthesis)
        if hasParentheses {
            advance()
            count = try startsQueryAfterParenthesis() ? topSubquery() : expression()
            try expect(.rightParenthesis)
        } else {
            guard at(.integer) || at(.float) || at(.decimal) else { throw unexpected() }
            let token = advance()
            let literal: Literal = token.kind == .integer ? .integer(written(token)) : .float(written(token))
            count = SQLExpression(kind: .literal(literal), range: token.range)
        }
        let isPercent = accept(.percent)
        let withTies = accept(.with, .ties)
        return TopClause(count: count, isPercent: isPercent, withTies: withTies, hasParentheses: hasParentheses)
    }

    private func startsQueryAfterParenthesis() -> Bool { at(.select) }

    /// `TOP (SELECT …)`, whose parentheses are those of TOP.
    private mutating func topSubquery() throws(Fault) -> SQLExpression {
        let start = current
        let query = try self.query()
        return SQLExpression(kind: .subquery(query), range: range(from: start))
    }

    // MARK: - Items

    mutating func selectItem() throws(Fault) -> SelectItem {
        if let item = try starOrAssignment() { return item }
        if isName(current) || at(.string) || at(.nationalString), peek().kind == .equal { return try aliasedItem() }
        let value = try expression()
        return .expression(value, alias: try itemAlias())
    }

    /// The form `alias = value`.
    private mutating func aliasedItem() throws(Fault) -> SelectItem {
        var alias = try columnAlias()
        alias.isBeforeValue = true
        try expect(.equal)
        return .expression(try expression(), alias: alias)
    }

    private mutating func starOrAssignment() throws(Fault) -> SelectItem? {
        let start = current
        if at(.star) { return .star(advance().range) }
        if at(.variable), let operation = assignment(peek().kind) {
            advance()
            advance()
            return .assignment(variable: written(start), operation, try expression())
        }
        guard let name = try qualifiedStar() else { return nil }
        return .qualifiedStar(name)
    }

    /// `table.*`, if that is what stands here.
    private mutating func qualifiedStar() throws(Fault) -> MultipartName? {
        var index = position
        while isName(tokens[index]) || tokens[index].kind == .dot { index += 1 }
        guard index > position, tokens[index].kind == .star, tokens[index - 1].kind == .dot else { return nil }
        let name = try objectName()
        try expect(.dot)
        try expect(.star)
        return name
    }

    private mutating func itemAlias() throws(Fault) -> Identifier? {
        if accept(.as) { return try columnAlias() }
        if at(.string) || at(.nationalString) { return try columnAlias() }
        guard atName, peek().kind != .colon, !startsWindowClause else { return nil }
        return try identifier()
    }

    /// The operator of an assignment.
    func assignment(_ kind: TokenKind) -> AssignmentOperator? {
        switch kind {
        case .equal: .assign
        case .assignAdd: .add
        case .assignSubtract: .subtract
        case .assignMultiply: .multiply
        case .assignDivide: .divide
        case .assignModulo: .modulo
        case .assignAnd: .bitwiseAnd
        case .assignXor: .bitwiseXor
        case .assignOr: .bitwiseOr
        case .assignConcatenate: .concatenate
        default: nil
        }
    }

    // MARK: - GROUP BY

    private mutating func groupByClause() throws(Fault) -> GroupByClause {
        if at(.all) { throw unsupported("GROUP BY ALL", from: current) }
        let items = try commaList { parser throws(Fault) in try parser.groupItem() }
        var legacy: String?
        if at(.with), peek().word == .rollup || peek().word == .cube {
            advance()
            legacy = upperText(advance())
        }
        return GroupByClause(items: items, legacyOption: legacy)
    }

    private mutating func groupItem() throws(Fault) -> GroupByClause.Item {
        try enter()
        defer { leave() }
        if at(.leftParenthesis) {
            if peek().kind == .rightParenthesis {
                advance()
                advance()
                return .grandTotal
            }
            if isComposite {
                return .composite(try parenthesizedList { parser throws(Fault) in try parser.expression() })
            }
        }
        if at(.grouping, .sets), peek(2).kind == .leftParenthesis {
            advance()
            advance()
            return .groupingSets(try groupItems())
        }
        guard at(.rollup) || at(.cube), peek().kind == .leftParenthesis else {
            return .expression(try expression())
        }
        return advance().word == .rollup ? .rollup(try groupItems()) : .cube(try groupItems())
    }

    private mutating func groupItems() throws(Fault) -> [GroupByClause.Item] {
        try parenthesizedList { parser throws(Fault) in try parser.groupItem() }
    }

    /// Whether the parenthesis here holds a comma of its own.
    private var isComposite: Bool {
        var level = 0
        for index in position..<tokens.count {
            switch tokens[index].kind {
            case .leftParenthesis: level += 1
            case .rightParenthesis:
                level -= 1
                if level == 0 { return false }
            case .comma where level == 1: return true
            default: break
            }
        }
        return false
    }
}
