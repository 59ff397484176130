import SQLValues

extension BoundQuery {
    /// Whether its keys of order must stand beside its columns, to be counted or to be sorted by from outside.
    var needsKeys: Bool {
        if isPercent || withTies { return true }
        guard select?.groupingSets != nil else { return false }
        return orderBy.contains { if case .expression = $0.key { true } else { false } }
    }
}

extension Emitter {
    /// Writes a query with TOP PERCENT or WITH TIES, or one whose order SQLite could not see from outside.
    mutating func keyedQuery(_ query: BoundQuery) {
        // Behind the columns there may be ids of rows.
        let count = query.select?.items.count ?? query.columns.count
        let names = (1...count).map { "c\($0)" }.joined(separator: ", ")
        var keys: [BoundExpression] = []
        var order: [String] = []
        for item in query.orderBy {
            switch item.key {
            case .position(let index): order.append("c\(index)")
            case .expression(let value):
                keys.append(value)
                order.append("o\(keys.count)")
            }
            if item.isDescending { order[order.count - 1] += " DESC" }
        }
        let sorting = order.isEmpty ? "" : "ORDER BY " + order.joined(separator: ", ")
        write("SELECT \(names) FROM (SELECT *, \(query.withTies ? "rank" : "row_number")() OVER (\(sorting)) AS rk")
        write(", count(*) OVER () AS total FROM (")
        if let select = query.select {
            self.select(select, keys: keys)
        } else {
            body(query.body, query.columns)
        }
        write("))")
        if query.isPercent || query.withTies, let limit = query.limit {
            write(" WHERE rk <= ")
            if query.isPercent { write("ts_percent(total, ") }
            expression(limit)
            if query.isPercent { write(")") }
        } else {
            write(" WHERE 1")
        }
        if !sorting.isEmpty { write(" \(sorting)") }
        if !query.isPercent, !query.withTies { limits(query) }
    }

    /// Writes LIMIT and OFFSET.
    mutating func limits(_ query: BoundQuery) {
        if let limit = query.limit {
            write(" LIMIT ")
            expression(limit)
        } else if query.offset != nil {
            write(" LIMIT -1")
        }
        if let offset = query.offset {
            write(" OFFSET ")
            expression(offset)
        }
    }

    /// Writes a set operator whose columns are compared without the zero bytes at their end.
    mutating func setOperation(
        _ sign: String, _ columns: [OutputColumn], _ left: (inout Emitter) -> Void, _ right: (inout Emitter) -> Void
    ) {
        let names = columns.indices.map { "c\($0 + 1)" }.joined(separator: ", ")
        write("SELECT \(names) FROM (SELECT *, 1 AS side FROM (")
        left(&self)
        write(") UNION ALL SELECT *, 2 FROM (")
        right(&self)
        write(")) GROUP BY ")
        keys(columns.map(\.type))
        switch sign {
        case "INTERSECT": write(" HAVING min(side) = 1 AND max(side) = 2")
        case "EXCEPT": write(" HAVING max(side) = 1")
        default: break
        }
    }

    /// Writes the columns c1, c2 and so on in the forms in which they are compared.
    mutating func keys(_ types: [SQLType]) {
        list(Array(types.enumerated())) { emitter, item in
            let name = "c\(item.offset + 1)"
            emitter.write(StoredForm.ignoresZeros(item.element) ? "ts_bin(\(name))" : name)
        }
    }

    /// Writes a common table expression that names itself.
    mutating func recursive(_ recursive: RecursiveQuery, _ alias: String) {
        let names = (1...recursive.count).map { "c\($0)" }.joined(separator: ", ")
        write("(WITH RECURSIVE \(recursive.table)(\(names), lv) AS (SELECT \(names), 0 FROM (")
        query(recursive.anchor)
        write(")")
        for member in recursive.members {
            write(" UNION ALL ")
            select(member)
        }
        write(") SELECT \(names) FROM \(recursive.table)) AS \(alias)")
    }

    /// Writes the SELECTs of all grouping sets.
    mutating func groupingSets(_ select: BoundSelect, _ sets: [[Int]], keys: [BoundExpression]) {
        let names =
            (select.items.indices.map { "c\($0 + 1)" } + keys.indices.map { "o\($0 + 1)" }).joined(separator: ", ")
        write("SELECT \(select.isDistinct ? "DISTINCT " : "")\(names) FROM (")
        for (index, set) in sets.enumerated() {
            if index > 0 { write(" UNION ALL ") }
            // Behind a FROM, since SQLite would take SELECT NULL without an aggregate for a query of all rows.
            write("SELECT \(names) FROM (")
            self.select(select.grouped(by: set), keys: keys.map { select.grouped($0, by: set) }, counts: true)
            write(")")
        }
        write(")")
    }
}
