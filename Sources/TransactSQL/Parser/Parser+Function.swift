extension Parser {
    /// The call whose name has been read; the current token is its parenthesis.
    mutating func functionCall(_ name: MultipartName, from start: Token) throws(Fault) -> SQLExpression {
        let call = try functionCall(name)
        return SQLExpression(kind: .function(call), range: range(from: start))
    }

    mutating func functionCall(_ name: MultipartName) throws(Fault) -> FunctionCall {
        try enter()
        defer { leave() }
        try expect(.leftParenthesis)
        let isDistinct = accept(.distinct)
        if !isDistinct { _ = accept(.all) }
        let arguments = try self.arguments(of: name)
        try expect(.rightParenthesis)
        let withinGroup = try withinGroupClause()
        var ignoresNulls: Bool?
        if at(.ignore, .nulls) || at(.respect, .nulls) {
            ignoresNulls = advance().word == .ignore
            advance()
        }
        let over = at(.over) ? try overClause() : nil
        return FunctionCall(
            name: name, arguments: arguments, hasParentheses: true, isDistinct: isDistinct, ignoresNulls: ignoresNulls,
            withinGroup: withinGroup, over: over)
    }

    private mutating func withinGroupClause() throws(Fault) -> [OrderItem] {
        guard accept(.within, .group) else { return [] }
        try expect(.leftParenthesis)
        try expect(.order)
        try expect(.by)
        let items = try commaList { parser throws(Fault) in try parser.orderItem() }
        try expect(.rightParenthesis)
        return items
    }

    private mutating func arguments(of name: MultipartName) throws(Fault) -> [FunctionCall.Argument] {
        if at(.rightParenthesis) { return [] }
        guard name.parts.count == 1 else { return try argumentList() }
        switch name.name.uppercased() {
        case "IIF":
            let condition = try self.condition()
            try expect(.comma)
            return [.value(condition)] + (try argumentList())
        case "TRIM": return try trimArguments()
        case "JSON_OBJECT", "JSON_ARRAY", "JSON_OBJECTAGG", "JSON_ARRAYAGG": return try jsonArguments()
        default: return try argumentList()
        }
    }

    private mutating func argumentList() throws(Fault) -> [FunctionCall.Argument] {
        try commaList { parser throws(Fault) in
            if parser.at(.star) { return .star(parser.advance().range) }
            if parser.at(.default) {
                return .value(SQLExpression(kind: .defaultValue, range: parser.advance().range))
            }
            return .value(try parser.expression())
        }
    }

    private mutating func trimArguments() throws(Fault) -> [FunctionCall.Argument] {
        var side: String?
        if at(.leading) || at(.trailing) || at(.both), peek().kind != .rightParenthesis, peek().kind != .dot {
            side = upperText(advance())
        }
        let first = try expression()
        guard accept(.from) else {
            guard side == nil else { throw unexpected() }
            return [.value(first)]
        }
        return [.trim(side: side, characters: first, text: try expression())]
    }

    private mutating func jsonArguments() throws(Fault) -> [FunctionCall.Argument] {
        var arguments: [FunctionCall.Argument] = []
        if !atNullHandling {
            arguments = try commaList { parser throws(Fault) in
                let key = try parser.expression()
                guard parser.accept(.colon) else { return .value(key) }
                return .pair(key: key, value: try parser.expression())
            }
        }
        if atNullHandling {
            arguments.append(.words([upperText(advance()), upperText(advance()), upperText(advance())]))
        }
        return arguments
    }

    private var atNullHandling: Bool {
        (at(.absent) || at(.null)) && peek().word == .on && peek(2).word == .null
    }

    // MARK: - Windows

    /// `OVER` and what follows it.
    mutating func overClause() throws(Fault) -> OverClause {
        let start = try expect(.over)
        if at(.leftParenthesis) { return try window(from: start) }
        let name = try identifier()
        return OverClause(
            windowName: name, partitionBy: [], orderBy: [], frame: nil, range: range(from: start),
            hasParentheses: false)
    }

    /// A window in parentheses.
    mutating func window(from start: Token) throws(Fault) -> OverClause {
        try expect(.leftParenthesis)
        let atClause = at(.partition, .by) || at(.rows) || at(.range)
        let name = atName && !atClause ? try identifier() : nil
        var partitionBy: [SQLExpression] = []
        if accept(.partition, .by) {
            partitionBy = try commaList { parser throws(Fault) in try parser.expression() }
        }
        let orderBy = try orderByClause()
        let frame = try windowFrame()
        try expect(.rightParenthesis)
        return OverClause(
            windowName: name, partitionBy: partitionBy, orderBy: orderBy, frame: frame, range: range(from: start))
    }

    private mutating func windowFrame() throws(Fault) -> WindowFrame? {
        guard at(.rows) || at(.range) else { return nil }
        let unit: WindowFrame.Unit = advance().word == .rows ? .rows : .range
        guard accept(.between) else { return WindowFrame(unit: unit, start: try frameBound(), end: nil) }
        let start = try frameBound()
        try expect(.and)
        return WindowFrame(unit: unit, start: start, end: try frameBound())
    }

    private mutating func frameBound() throws(Fault) -> WindowFrame.Bound {
        if accept(.current, .row) { return .currentRow }
        if accept(.unbounded) {
            if accept(.preceding) { return .unboundedPreceding }
            try expect(.following)
            return .unboundedFollowing
        }
        let distance = try expression()
        if accept(.preceding) { return .preceding(distance) }
        try expect(.following)
        return .following(distance)
    }

    // MARK: - Conversions and CASE

    /// The functions CAST and TRY_CAST.
    mutating func cast() throws(Fault) -> SQLExpression {
        let start = advance()
        try expect(.leftParenthesis)
        let value = try expression()
        try expect(.as)
        let type = try dataType()
        try expect(.rightParenthesis)
        return conversion(.cast, start, start.word == .tryCast, value, type)
    }

    /// The functions CONVERT and TRY_CONVERT.
    mutating func convert() throws(Fault) -> SQLExpression {
        let start = advance()
        try expect(.leftParenthesis)
        let type = try dataType()
        try expect(.comma)
        let value = try expression()
        let style = accept(.comma) ? try expression() : nil
        try expect(.rightParenthesis)
        return conversion(.convert, start, start.word == .tryConvert, value, type, style: style)
    }

    /// The functions PARSE and TRY_PARSE.
    mutating func parseCall() throws(Fault) -> SQLExpression {
        let start = advance()
        try expect(.leftParenthesis)
        let value = try expression()
        try expect(.as)
        let type = try dataType()
        let culture = accept(text: "USING") ? try expression() : nil
        try expect(.rightParenthesis)
        return conversion(.parse, start, start.word == .tryParse, value, type, culture: culture)
    }

    private func conversion(
        _ form: Cast.Form, _ start: Token, _ isTry: Bool, _ value: SQLExpression, _ type: DataTypeName,
        style: SQLExpression? = nil, culture: SQLExpression? = nil
    ) -> SQLExpression {
        let cast = Cast(form: form, isTry: isTry, value: value, type: type, style: style, culture: culture)
        return SQLExpression(kind: .cast(cast), range: range(from: start))
    }

    /// Both forms of CASE.
    mutating func caseExpression() throws(Fault) -> SQLExpression {
        try enter()
        defer { leave() }
        let start = try expect(.case)
        let operand = at(.when) ? nil : try expression()
        var branches: [CaseExpression.Branch] = []
        while accept(.when) {
            let when = operand == nil ? try condition() : try expression()
            try expect(.then)
            branches.append(CaseExpression.Branch(when: when, then: try expression()))
        }
        guard !branches.isEmpty else { throw unexpected() }
        let otherwise = accept(.else) ? try expression() : nil
        try expect(.end)
        let node = CaseExpression(operand: operand, branches: branches, otherwise: otherwise)
        return SQLExpression(kind: .caseWhen(node), range: range(from: start))
    }
}
