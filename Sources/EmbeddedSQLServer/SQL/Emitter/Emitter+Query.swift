import SQLValues
import TransactSQL

extension Emitter {
    /// Writes a query; its columns are called c1, c2 and so on.
    mutating func query(_ query: BoundQuery) {
        guard !query.needsKeys else { return keyedQuery(query) }
        body(query.body, query.columns)
        if !query.orderBy.isEmpty {
            write(" ORDER BY ")
            list(query.orderBy) { $0.order($1) }
        }
        limits(query)
    }

    mutating func order(_ order: BoundOrder) {
        switch order.key {
        case .position(let index): write("\(index)")
        case .expression(let value): collated(value)
        }
        if order.isDescending { write(" DESC") }
    }

    mutating func body(_ body: BoundBody, _ columns: [OutputColumn]) {
        switch body {
        case .select(let select): self.select(select)
        case .nested(let query):
            write("SELECT * FROM (")
            self.query(query)
            write(")")
        case .setOperation(let sign, let left, let right):
            guard sign == .unionAll || !columns.contains(where: { StoredForm.ignoresZeros($0.type) }) else {
                return setOperation(
                    sign.rawValue, columns, { $0.body(left, columns) }, { $0.body(right, columns) })
            }
            self.body(left, columns)
            write(" \(sign.rawValue) ")
            // SQLite reads set operators from left to right, without precedence.
            guard case .setOperation = right else { return self.body(right, columns) }
            write("SELECT * FROM (")
            self.body(right, columns)
            write(")")
        }
    }

    /// Writes a column of a result, whose collation set operators and outer queries take over.
    private mutating func item(_ item: BoundExpression) {
        let isPlain = if case .column = item.node { !item.type.kind.isNational } else { false }
        if isPlain && item.type.kind != .dateTimeOffset && item.type.kind != .variant
            || StoredForm.ignoresZeros(item.type)
        {
            expression(item)
        } else {
            collated(item)
        }
    }

    /// Writes one SELECT.
    ///
    /// - Parameters:
    ///   - select: The SELECT.
    ///   - keys: Values that stand beside its columns as o1, o2 and so on.
    ///   - counts: Whether it must count as an aggregate although it may hold none.
    mutating func select(_ select: BoundSelect, keys: [BoundExpression] = [], counts: Bool = false) {
        if let sets = select.groupingSets { return groupingSets(select, sets, keys: keys) }
        let ignoresZeros = select.isDistinct && select.items.contains { StoredForm.ignoresZeros($0.type) }
        // SQLite wants an aggregate in the select list for HAVING without GROUP BY.
        let isWrapped = select.isAggregate && (select.having != nil || counts)
        if isWrapped || ignoresZeros {
            write("SELECT ")
            list(select.items.indices.map { "c\($0 + 1)" } + keys.indices.map { "o\($0 + 1)" }) { $0.write($1) }
            write(" FROM (")
        }
        defer {
            if isWrapped || ignoresZeros { write(")") }
            if ignoresZeros {
                write(" GROUP BY ")
                self.keys(select.items.map(\.type))
            }
        }
        write(select.isDistinct && !ignoresZeros ? "SELECT DISTINCT " : "SELECT ")
        for (index, item) in select.items.enumerated() {
            if index > 0 { write(", ") }
            self.item(item)
            write(" AS c\(index + 1)")
        }
        for (index, key) in keys.enumerated() {
            write(", ")
            collated(key)
            write(" AS o\(index + 1)")
        }
        if isWrapped { write(", count(*) AS c0") }
        clauses(select)
    }

    private mutating func clauses(_ select: BoundSelect) {
        if !select.from.isEmpty {
            write(" FROM ")
            for (index, source) in select.from.enumerated() {
                if index > 0 { write(" CROSS JOIN ") }
                self.source(source)
            }
        }
        if let condition = select.condition {
            write(" WHERE ")
            expression(condition)
        }
        if !select.groupBy.isEmpty {
            write(" GROUP BY ")
            list(select.groupBy) { $0.collated($1) }
        }
        guard let having = select.having else { return }
        write(" HAVING ")
        expression(having)
    }

    mutating func source(_ source: BoundSource) {
        switch source {
        case .table(let database, let name, let alias): write("\(database).\(name) AS \(alias)")
        case .derived(let query, let alias):
            write("(")
            self.query(query)
            write(") AS \(alias)")
        case .recursive(let recursive, let alias): self.recursive(recursive, alias)
        case .recursion(let table, let alias): write("\(table) AS \(alias)")
        case .lateral(let lateral, let alias): self.lateral(lateral, alias)
        case .function(let name, let arguments, let alias):
            write("\(name)(")
            list(arguments) { $0.expression($1) }
            write(") AS \(alias)")
        case .rows(let rows, let columns, let alias): self.rows(rows, columns, alias)
        case .join(let kind, let left, let right, let condition):
            self.source(left)
            write(" \(Self.word(kind)) ")
            if case .join = right {
                write("(")
                self.source(right)
                write(")")
            } else {
                self.source(right)
            }
            if let condition {
                write(" ON ")
                expression(condition)
            } else if kind == .outerApply {
                write(" ON 1")
            }
        }
    }

    private static func word(_ kind: JoinedTable.Kind) -> String {
        switch kind {
        case .inner: "JOIN"
        case .left, .outerApply: "LEFT JOIN"
        case .right: "RIGHT JOIN"
        case .full: "FULL JOIN"
        default: "CROSS JOIN"
        }
    }

    private mutating func rows(_ rows: [[BoundExpression]], _ columns: [OutputColumn], _ alias: String) {
        write("(SELECT ")
        list(Array(columns.indices)) { $0.write("column\($1 + 1) AS c\($1 + 1)") }
        write(" FROM (VALUES ")
        if rows.isEmpty {
            write("(" + columns.map { _ in "NULL" }.joined(separator: ", ") + ")")
        }
        list(rows) { emitter, row in
            emitter.write("(")
            emitter.list(row) { $0.expression($1) }
            emitter.write(")")
        }
        write(")\(rows.isEmpty ? " WHERE 0" : "")) AS \(alias)")
    }
}
