extension SyntaxPrinter {
    mutating func query(_ query: Query) {
        if let with = query.with { withClause(with) }
        queryBody(query.body)
        orderBy(query.orderBy)
        if let offset = query.offset {
            write("OFFSET")
            expression(offset)
            write("ROWS")
        }
        if let fetch = query.fetch {
            write("FETCH NEXT")
            expression(fetch)
            write("ROWS ONLY")
        }
        if let clause = query.forClause { forClause(clause) }
        hints(query.hints)
    }

    mutating func parenthesized(_ query: Query) {
        parenthesized { printer in printer.query(query) }
    }

    mutating func withClause(_ with: WithClause) {
        write("WITH")
        if with.hasXMLNamespaces {
            write("XMLNAMESPACES")
            write(words: with.namespaces)
            write(",", if: !with.expressions.isEmpty)
        }
        list(with.expressions) { printer, expression in
            printer.identifier(expression.name)
            printer.nameList(expression.columns)
            printer.write("AS")
            printer.parenthesized(expression.query)
        }
        newLine()
    }

    /// A chain of set operators leans to the left and may be long, so that it is written without recursion.
    private mutating func queryBody(_ body: QueryBody) {
        var rest: [(symbol: SetOperator, right: QueryBody)] = []
        var first = body
        while case .setOperation(let symbol, let left, let right, _) = first {
            rest.append((symbol, right))
            first = left
        }
        queryTerm(first)
        for (symbol, right) in rest.reversed() {
            newLine()
            write(symbol.rawValue)
            newLine()
            queryBody(right)
        }
    }

    private mutating func queryTerm(_ body: QueryBody) {
        switch body {
        case .select(let select): self.select(select)
        case .parenthesized(let inner): parenthesized { printer in printer.queryBody(inner) }
        case .setOperation: queryBody(body)
        }
    }

    // MARK: - SELECT

    private mutating func select(_ select: SelectSpecification) {
        write("SELECT")
        write("DISTINCT", if: select.isDistinct)
        if let top = select.top { self.top(top) }
        selectItems(select.items)
        if let into = select.into {
            write("INTO")
            name(into)
        }
        if let filegroup = select.filegroup {
            write("ON")
            identifier(filegroup)
        }
        from(select.from)
        clause("WHERE", select.condition)
        if let groupBy = select.groupBy { self.groupBy(groupBy) }
        clause("HAVING", select.having)
        guard !select.windows.isEmpty else { return }
        write("WINDOW")
        list(select.windows) { printer, window in
            printer.identifier(window.name)
            printer.write("AS")
            printer.window(window.over)
        }
    }

    mutating func selectItems(_ items: [SelectItem]) {
        list(items) { printer, item in
            switch item {
            case .star: printer.write("*")
            case .qualifiedStar(let name):
                printer.name(name)
                printer.write(".")
                printer.write("*")
            case .expression(let value, let alias): printer.selected(value, alias)
            case .assignment(let variable, let operation, let value):
                printer.write(variable)
                printer.write(operation.rawValue)
                printer.expression(value)
            }
        }
    }

    private mutating func selected(_ value: SQLExpression, _ alias: Identifier?) {
        if let alias, alias.isBeforeValue {
            identifier(alias)
            write("=")
            expression(value)
        } else {
            expression(value)
            self.alias(alias)
        }
    }

    mutating func alias(_ alias: Identifier?) {
        guard let alias else { return }
        write("AS")
        identifier(alias)
    }

    mutating func top(_ top: TopClause) {
        write("TOP")
        if top.hasParentheses {
            parenthesized { printer in
                if case .subquery(let query) = top.count.kind {
                    printer.query(query)
                } else {
                    printer.expression(top.count)
                }
            }
        } else {
            expression(top.count)
        }
        write("PERCENT", if: top.isPercent)
        write("WITH TIES", if: top.withTies)
    }

    /// A keyword and a condition or value; nothing for nil.
    mutating func clause(_ keyword: String, _ value: SQLExpression?) {
        guard let value else { return }
        newLine()
        write(keyword)
        expression(value)
    }

    // MARK: - GROUP BY, ORDER BY, FOR, OPTION

    private mutating func groupBy(_ clause: GroupByClause) {
        newLine()
        write("GROUP BY")
        list(clause.items) { printer, item in printer.groupItem(item) }
        guard let option = clause.legacyOption else { return }
        write("WITH")
        write(option)
    }

    private mutating func groupItem(_ item: GroupByClause.Item) {
        switch item {
        case .expression(let value): expression(value)
        case .composite(let values): parenthesized(values) { printer, value in printer.expression(value) }
        case .rollup(let items): groupItems("ROLLUP", items)
        case .cube(let items): groupItems("CUBE", items)
        case .groupingSets(let items): groupItems("GROUPING SETS", items)
        case .grandTotal: write("()")
        }
    }

    private mutating func groupItems(_ keyword: String, _ items: [GroupByClause.Item]) {
        write(keyword)
        parenthesized(items) { printer, item in printer.groupItem(item) }
    }

    mutating func orderBy(_ items: [OrderItem]) {
        guard !items.isEmpty else { return }
        write("ORDER BY")
        list(items) { printer, item in
            printer.expression(item.value)
            printer.write("DESC", if: item.isDescending)
        }
    }

    private mutating func forClause(_ clause: ForClause) {
        write("FOR")
        write(clause.format.rawValue)
        list(clause.options) { printer, option in
            printer.write(option.name)
            guard let argument = option.argument else { return }
            printer.parenthesized { printer in printer.string(argument, isNational: option.isNational) }
        }
    }

    mutating func hints(_ hints: [QueryHint]) {
        guard !hints.isEmpty else { return }
        write("OPTION")
        parenthesized(hints) { printer, hint in printer.write(words: hint.words) }
    }
}
