extension Parser {
    /// The comma-separated sources of FROM.
    mutating func tableSources() throws(Fault) -> [TableSource] {
        try commaList { parser throws(Fault) in try parser.tableSource() }
    }

    /// One source with all that is joined to it.
    mutating func tableSource() throws(Fault) -> TableSource {
        try enter()
        defer { leave() }
        let start = current
        let outer = height
        height = 0
        var left = try tablePrimary()
        var chain = height
        while true {
            let token = current
            height = 0
            if at(.pivot) || at(.unpivot) {
                left = token.word == .pivot ? try pivot(left, start) : try unpivot(left, start)
            } else if let join = try joinOperator() {
                left = try joined(left, join, start)
            } else {
                break
            }
            chain = try higher(chain, height, at: token)
        }
        height = max(outer, chain)
        return left
    }

    // MARK: - Joins

    private struct JoinOperator {
        let kind: JoinedTable.Kind
        var hint: String?
    }

    private mutating func joinOperator() throws(Fault) -> JoinOperator? {
        if accept(.join) { return JoinOperator(kind: .inner) }
        switch current.word {
        case .inner:
            advance()
            return try qualified(.inner)
        case .left, .right, .full:
            let word = advance().word
            _ = accept(.outer)
            return try qualified(word == .left ? .left : word == .right ? .right : .full)
        case .cross:
            advance()
            if accept(.apply) { return JoinOperator(kind: .crossApply) }
            try expect(.join)
            return JoinOperator(kind: .cross)
        case .outer:
            advance()
            try expect(.apply)
            return JoinOperator(kind: .outerApply)
        default: return nil
        }
    }

    private mutating func qualified(_ kind: JoinedTable.Kind) throws(Fault) -> JoinOperator {
        var hint: String?
        if at(.loop) || at(.hash) || at(.merge) || at(.remote) { hint = upperText(advance()) }
        try expect(.join)
        return JoinOperator(kind: kind, hint: hint)
    }

    private mutating func joined(
        _ left: TableSource, _ join: JoinOperator, _ start: Token
    ) throws(Fault) -> TableSource {
        var condition: SQLExpression?
        let right: TableSource
        switch join.kind {
        case .cross, .crossApply, .outerApply: right = try tablePrimary()
        case .inner, .left, .right, .full:
            // `a JOIN b JOIN c ON … ON …`: joins before the first ON belong to the right side.
            right = try tableSource()
            try expect(.on)
            condition = try self.condition()
        }
        return .join(
            JoinedTable(
                kind: join.kind, hint: join.hint, left: left, right: right, condition: condition,
                range: range(from: start)))
    }

    // MARK: - Sources

    private mutating func tablePrimary() throws(Fault) -> TableSource {
        guard at(.leftParenthesis) else { return try simpleSource() }
        return try startsQuery ? derivedSource() : parenthesizedSource()
    }

    private mutating func simpleSource() throws(Fault) -> TableSource {
        let start = current
        switch start.kind {
        case .variable:
            if peek().kind == .dot { throw unsupported("\(text(peek(2)))()", from: start) }
            advance()
            return .variable(name: written(start), alias: try tableAlias(), range: range(from: start))
        case .keyword:
            switch start.word {
            case .openquery, .openrowset, .opendatasource, .openxml, .containstable, .freetexttable,
                .semantickeyphrasetable, .semanticsimilaritytable, .semanticsimilaritydetailstable:
                throw unsupported(upperText(start), from: start)
            default: throw unexpected()
            }
        default: break
        }
        let name = try objectName()
        if at(.doubleColon) { throw unsupported("::", from: start) }
        guard at(.leftParenthesis), !startsLegacyHints else { return .table(try namedTable(name, start)) }
        return try tableFunction(name, start)
    }

    private mutating func derivedSource() throws(Fault) -> TableSource {
        let start = current
        let query = try parenthesizedQuery()
        let (alias, columns) = try derivedAlias()
        return .derived(query, alias: alias, columns: columns, range: range(from: start))
    }

    private mutating func parenthesizedSource() throws(Fault) -> TableSource {
        switch peek().word {
        case .values: return try valuesSource()
        case .merge, .insert, .update, .delete: throw unsupported("nested \(upperText(peek()))", from: peek())
        default: break
        }
        advance()
        let inner = try tableSource()
        try expect(.rightParenthesis)
        return .parenthesized(inner)
    }

    private mutating func valuesSource() throws(Fault) -> TableSource {
        let start = advance()
        advance()
        let rows = try commaList { parser throws(Fault) in
            try parser.parenthesizedList { parser throws(Fault) in try parser.expression() }
        }
        try expect(.rightParenthesis)
        let (alias, columns) = try derivedAlias()
        return .values(rows, alias: alias, columns: columns, range: range(from: start))
    }

    /// The alias that a derived table must have, and its columns.
    private mutating func derivedAlias() throws(Fault) -> (Identifier, [Identifier]) {
        guard let alias = try tableAlias() else { throw unexpected() }
        return (alias, at(.leftParenthesis) ? try nameList() : [])
    }

    private mutating func tableFunction(_ name: MultipartName, _ start: Token) throws(Fault) -> TableSource {
        if ["CHANGETABLE", "PREDICT"].contains(name.name.uppercased()) {
            throw unsupported(name.name.uppercased(), from: start)
        }
        let call = try functionCall(name)
        var schema: [JSONColumn] = []
        if at(.with), peek().kind == .leftParenthesis, name.name.uppercased() == "OPENJSON" {
            advance()
            schema = try parenthesizedList { parser throws(Fault) in try parser.jsonColumn() }
        }
        let alias = try tableAlias()
        let columns = alias != nil && at(.leftParenthesis) ? try nameList() : []
        return .function(
            TableFunction(call: call, alias: alias, columns: columns, schema: schema, range: range(from: start)))
    }

    private mutating func jsonColumn() throws(Fault) -> JSONColumn {
        let name = try identifier()
        let type = try dataType()
        let path = at(.string) || at(.nationalString) ? text(advance()) : nil
        let isJSON = accept(.as)
        if isJSON { try expect(.json) }
        return JSONColumn(name: name, type: type, path: path, isJSON: isJSON)
    }

    private mutating func namedTable(_ name: MultipartName, _ start: Token) throws(Fault) -> NamedTable {
        let systemTime = try systemTimeWords()
        var sample = try sampleWords()
        let alias = try tableAlias()
        if sample.isEmpty { sample = try sampleWords() }
        let hints = try tableHints()
        return NamedTable(
            name: name, alias: alias, hints: hints, systemTime: systemTime, sample: sample, range: range(from: start))
    }

    private mutating func sampleWords() throws(Fault) -> [String] {
        guard at(.tablesample) else { return [] }
        var words = [upperText(advance())]
        while at(.name) { words.append(upperText(advance())) }
        guard at(.leftParenthesis) else { throw unexpected() }
        words += try parenthesizedWords()
        guard at(text: "REPEATABLE") else { return words }
        words.append(upperText(advance()))
        return words + (try parenthesizedWords())
    }

    private mutating func systemTimeWords() throws(Fault) -> [String] {
        guard accept(.for, .systemTime) else { return [] }
        let word = upperText(advance())
        switch word {
        case "ALL": return [word]
        case "AS": return [word, upperText(try expect(.of)), written(advance())]
        case "FROM", "BETWEEN":
            let lower = written(advance())
            let separator = try expect(word == "FROM" ? .to : .and)
            return [word, lower, upperText(separator), written(advance())]
        case "CONTAINED":
            try expect(.in)
            return [word, "IN"] + (try parenthesizedWords())
        default: throw unexpected(tokens[position - 1])
        }
    }

    mutating func tableAlias() throws(Fault) -> Identifier? {
        if accept(.as) { return try identifier() }
        guard atName, peek().kind != .colon else { return nil }
        if at(.window), isName(peek()), peek(2).word == .as { return nil }
        return try identifier()
    }

    // MARK: - PIVOT

    private mutating func pivot(_ source: TableSource, _ start: Token) throws(Fault) -> TableSource {
        try expect(.pivot)
        try expect(.leftParenthesis)
        let aggregate = try functionCall(try objectName())
        try expect(.for)
        let column = try columnName()
        try expect(.in)
        let values = try nameList()
        try expect(.rightParenthesis)
        guard let alias = try tableAlias() else { throw unexpected() }
        return .pivot(
            PivotedTable(
                source: source, aggregate: aggregate, column: column, values: values, alias: alias,
                range: range(from: start)))
    }

    private mutating func unpivot(_ source: TableSource, _ start: Token) throws(Fault) -> TableSource {
        try expect(.unpivot)
        try expect(.leftParenthesis)
        let value = try identifier()
        try expect(.for)
        let column = try identifier()
        try expect(.in)
        let columns = try parenthesizedList { parser throws(Fault) in try parser.columnName() }
        try expect(.rightParenthesis)
        guard let alias = try tableAlias() else { throw unexpected() }
        return .unpivot(
            UnpivotedTable(
                source: source, value: value, column: column, columns: columns, alias: alias,
                range: range(from: start)))
    }
}
