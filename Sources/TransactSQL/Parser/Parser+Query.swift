extension Parser {
    /// Whether the parenthesis here opens a query, rather than a value or a join that begins with one.
    ///
    /// `((SELECT 1) UNION SELECT 2)` is a query and `((SELECT 1) + 1)` is a value: what follows each inner closing
    /// parenthesis decides.
    var startsQuery: Bool {
        mutating get {
            if !parentheses.contains(position) {
                var end = position
                while tokens[end].kind == .leftParenthesis { end += 1 }
                parentheses = position..<end
            }
            return opensQuery(until: parentheses.upperBound)
        }
    }

    private func opensQuery(until end: Int) -> Bool {
        var index = end
        var level = index - position
        guard level > 0, tokens[index].word == .select else { return false }
        if level == 1 { return true }
        var lowest = level
        while index < tokens.count - 1 {
            let kind = tokens[index].kind
            if kind == .leftParenthesis { level += 1 }
            if kind == .rightParenthesis {
                level -= 1
                if level == 0 { return true }
                if level < lowest {
                    lowest = level
                    guard continuesQuery(tokens[index + 1]) else { return false }
                }
            }
            index += 1
        }
        return true
    }

    private func continuesQuery(_ token: Token) -> Bool {
        switch token.word {
        case .union, .except, .intersect, .order, .for, .option: true
        default: token.kind == .rightParenthesis
        }
    }

    /// A query in parentheses: a subquery or derived table.
    mutating func parenthesizedQuery() throws(Fault) -> Query {
        guard at(.leftParenthesis) else { throw unexpected() }
        advance()
        let query = try self.query()
        try expect(.rightParenthesis)
        return query
    }

    /// A query without the clauses that only a statement has.
    mutating func query(with: WithClause? = nil) throws(Fault) -> Query {
        try enter(2)
        defer { leave(2) }
        let start = with?.range.start ?? current.position
        let outer = height
        height = 0
        let body = try queryBody()
        let orderBy = try orderByClause()
        var offset: SQLExpression?
        var fetch: SQLExpression?
        if !orderBy.isEmpty, accept(.offset) {
            offset = try expression()
            try expectRows()
            fetch = try fetchClause()
        }
        let forClause = at(.for) && !startsCursorClause ? try self.forClause() : nil
        let hints = try queryHints()
        height = max(outer, height)
        return Query(
            with: with, body: body, orderBy: orderBy, offset: offset, fetch: fetch, forClause: forClause, hints: hints,
            range: range(from: start))
    }

    private mutating func expectRows() throws(Fault) {
        guard accept(.rows) || accept(.row) else { throw unexpected() }
    }

    private mutating func fetchClause() throws(Fault) -> SQLExpression? {
        guard at(.fetch), peek().word == .next || peek().word == .first else { return nil }
        advance()
        advance()
        let count = try expression()
        try expectRows()
        try expect(.only)
        return count
    }

    // MARK: - Set operators

    private mutating func queryBody() throws(Fault) -> QueryBody {
        let start = current
        var left = try intersection()
        var chain = height
        while at(.union) || at(.except) {
            let token = advance()
            var operation = SetOperator.except
            if token.word == .union { operation = accept(.all) ? .unionAll : .union }
            height = 0
            let right = try intersection()
            chain = try higher(chain, height, at: token)
            left = .setOperation(operation, left: left, right: right, range: range(from: start))
        }
        height = chain
        return left
    }

    private mutating func intersection() throws(Fault) -> QueryBody {
        let start = current
        var left = try querySpecification()
        var chain = height
        while at(.intersect) {
            let token = advance()
            height = 0
            let right = try querySpecification()
            chain = try higher(chain, height, at: token)
            left = .setOperation(.intersect, left: left, right: right, range: range(from: start))
        }
        height = chain
        return left
    }

    private mutating func querySpecification() throws(Fault) -> QueryBody {
        guard at(.leftParenthesis) else { return .select(try selectSpecification()) }
        try enter()
        defer { leave() }
        advance()
        let inner = try queryBody()
        try expect(.rightParenthesis)
        return .parenthesized(inner)
    }

    // MARK: - WITH

    /// The common table expressions before a statement.
    mutating func withClause() throws(Fault) -> WithClause {
        let start = try expect(.with)
        var hasNamespaces = false
        var namespaces: [String] = []
        if accept(.xmlnamespaces) {
            hasNamespaces = true
            namespaces = try parenthesizedWords()
            guard accept(.comma) else {
                return WithClause(
                    expressions: [], hasXMLNamespaces: true, range: range(from: start), namespaces: namespaces)
            }
        }
        let expressions = try commaList { parser throws(Fault) in try parser.commonTableExpression() }
        return WithClause(
            expressions: expressions, hasXMLNamespaces: hasNamespaces, range: range(from: start),
            namespaces: namespaces)
    }

    private mutating func commonTableExpression() throws(Fault) -> CommonTableExpression {
        let start = current
        let name = try identifier()
        let columns = at(.leftParenthesis) ? try nameList() : []
        try expect(.as)
        let query = try parenthesizedQuery()
        return CommonTableExpression(name: name, columns: columns, query: query, range: range(from: start))
    }

    // MARK: - ORDER BY, FOR, OPTION

    mutating func orderByClause() throws(Fault) -> [OrderItem] {
        guard accept(.order) else { return [] }
        try expect(.by)
        return try commaList { parser throws(Fault) in try parser.orderItem() }
    }

    mutating func orderItem() throws(Fault) -> OrderItem {
        let value = try expression()
        if accept(.desc) { return OrderItem(value: value, isDescending: true) }
        _ = accept(.asc)
        return OrderItem(value: value, isDescending: false)
    }

    private mutating func forClause() throws(Fault) -> ForClause {
        let start = try expect(.for)
        if accept(.browse) { return ForClause(format: .browse, options: [], range: range(from: start)) }
        let format: ForClause.Format
        if accept(.json) {
            format = .json
        } else {
            try expect(.xml)
            format = .xml
        }
        let options = try commaList { parser throws(Fault) in try parser.forOption() }
        return ForClause(format: format, options: options, range: range(from: start))
    }

    private mutating func forOption() throws(Fault) -> ForClause.Option {
        var words: [String] = []
        while at(.name) { words.append(upperText(advance())) }
        guard !words.isEmpty else { throw unexpected() }
        var argument: String?
        var isNational = false
        if accept(.leftParenthesis) {
            guard at(.string) || at(.nationalString) else { throw unexpected() }
            isNational = at(.nationalString)
            argument = text(advance())
            try expect(.rightParenthesis)
        }
        return ForClause.Option(
            name: words.joined(separator: " "), argument: argument, isNational: isNational)
    }

    /// The clause `OPTION (…)`, if there is one.
    mutating func queryHints() throws(Fault) -> [QueryHint] {
        guard accept(.option) else { return [] }
        return try parenthesizedList { parser throws(Fault) in
            let start = parser.current
            let words = try parser.balancedWords()
            guard !words.isEmpty else { throw parser.unexpected() }
            return QueryHint(words: words, range: parser.range(from: start))
        }
    }
}
