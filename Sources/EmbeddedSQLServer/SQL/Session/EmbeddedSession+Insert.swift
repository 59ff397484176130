import SQLValues
import TransactSQL

/// The plan of INSERT.
extension EmbeddedSession {
    func insertPlan(_ insert: InsertStatement, _ binder: Binder, line: Int) throws -> ChangePlan {
        try binder.accept(insert.tableHints)
        try binder.declare(insert.with)
        var unused = BoundSelect()
        let written = try bindTarget(insert.target, [], binder.scope(inside: nil), &unused, binder, line: line)
        let instead = try insteadTarget(written, .insert)
        let target = instead ?? written
        var isDefault = false
        if case .defaultValues = insert.source { isDefault = true }
        let columns = try insertColumns(insert.columns, target, isDefault: isDefault, binder, line: line)
        try refuseRowVersion(insert.source, columns, line: line)
        var plan = ChangePlan(
            verb: .insert, target: columns.target, clauses: [columns.clause], source: .constants([]))
        plan.isInstead = instead != nil
        plan.checks = try viewChecks(columns.base, binder, line: line)
        try addOutputs(insert.output, &plan, target, binder, line: line)
        try fill(&plan, insert, columns, binder, line: line)
        return plan
    }

    /// Msg 273: a row version takes no value but DEFAULT.
    private func refuseRowVersion(_ source: InsertStatement.Source, _ columns: InsertColumns, line: Int) throws {
        guard let place = columns.named.firstIndex(where: \.isRowVersion) else { return }
        if case .values(let rows) = source,
            rows.allSatisfy({ $0.count <= place || $0[place].kind == .defaultValue })
        {
            return
        }
        throw ServerMessage.error(
            273, line: line,
            "Cannot insert an explicit value into a timestamp column. Use INSERT with a column list to exclude the timestamp column, or insert a DEFAULT into the timestamp column."
        )
    }

    private func fill(
        _ plan: inout ChangePlan, _ insert: InsertStatement, _ columns: InsertColumns, _ binder: Binder, line: Int
    ) throws {
        switch insert.source {
        case .execute(let execute):
            plan.source = .execute(try executeSource(execute, insert, columns, line: line))
        case .defaultValues: try fill(&plan, rows: [columns.defaults], insert.top, binder, line: line)
        case .values(let rows):
            if rows.count > 1_000 {
                throw ServerMessage.error(
                    10738, line: line,
                    "The number of row value expressions in the INSERT statement exceeds the maximum allowed number of 1000 row values."
                )
            }
            let isListed = !insert.columns.isEmpty
            let bound = try bindValues(rows, columns, binder, line: line) { count in
                isListed
                    ? Self.mismatch(count, of: columns.named.count, line: line)
                    : self.mismatch(count, columns, line: line)
            }
            try fill(&plan, rows: bound.map { $0 + columns.defaults }, insert.top, binder, line: line)
        case .query(let query):
            let bound = try binder.bindQuery(query, outer: nil, place: .statement)
            guard binder.assigned.isEmpty else {
                throw ServerMessage.error(
                    199, line: line,
                    "An INSERT statement cannot contain a SELECT statement that assigns values to a variable.")
            }
            let count = columns.named.count
            guard bound.columns.count == count else {
                if insert.columns.isEmpty { throw mismatch(bound.columns.count, columns, line: line) }
                let isFewer = bound.columns.count < count
                throw ServerMessage.error(
                    isFewer ? 120 : 121, line: line,
                    "The select list for the INSERT statement contains \(isFewer ? "fewer" : "more") items than the insert list. The number of SELECT values must match the number of INSERT columns."
                )
            }
            try fill(&plan, bound, columns, insert.top, binder, line: line)
        }
    }

    private func fill(
        _ plan: inout ChangePlan, _ query: BoundQuery, _ columns: InsertColumns, _ top: TopClause?, _ binder: Binder,
        line: Int
    ) throws {
        let types = columns.named.map(\.assignedType)
        let rows = try binder.coerce(query, to: types, line: line)
        let alias = binder.nextAlias()
        var select = BoundSelect()
        select.from = [.derived(rows, alias: alias)]
        select.items = Self.items(types, alias) + columns.defaults
        try finish(&plan, select, top, binder, line: line)
    }

    private static func items(_ types: [SQLType], _ alias: String) -> [BoundExpression] {
        types.enumerated().map { index, type in
            let reference = ColumnReference(source: alias, column: "c\(index + 1)", displayName: "", scope: 0)
            return BoundExpression(node: .column(reference), type: type, isNullable: true)
        }
    }

    static func mismatch(_ count: Int, of columns: Int, line: Int) -> ServerMessage {
        let isFewer = count < columns
        return .error(
            isFewer ? 109 : 110, line: line,
            "There are \(isFewer ? "more" : "fewer") columns in the INSERT statement than values specified in the VALUES clause. The number of values in the VALUES clause must match the number of columns specified in the INSERT statement."
        )
    }

    private func bindValues(
        _ rows: [[SQLExpression]], _ columns: InsertColumns, _ binder: Binder, line: Int,
        _ mismatch: (Int) -> ServerMessage
    ) throws -> [[BoundExpression]] {
        // DEFAULT stands for the column's default and takes no part in the common type.
        let hasDefault = rows.contains { $0.contains { $0.kind == .defaultValue } }
        let count = columns.named.count
        if hasDefault {
            return try rows.map { row in
                guard row.count == count else { throw mismatch(row.count) }
                return try zip(row, columns.named).map { expression, column in
                    if expression.kind == .defaultValue { return try defaultValue(of: column, binder, line: line) }
                    return try binder.coerce(
                        binder.bindAlone(expression), to: column.assignedType, line: expression.range.line)
                }
            }
        }
        if let first = rows.first, first.count != count { throw mismatch(first.count) }
        let scope = binder.scope(inside: nil)
        scope.aggregateRefusal = Binder.aggregateInWhere
        let bound = try binder.unifiedRows(rows, scope, line: line)
        return try bound.map { row in
            try zip(row, columns.named).map { try binder.coerce($0, to: $1.assignedType, line: line) }
        }
    }

    func fill(
        _ plan: inout ChangePlan, rows: [[BoundExpression]], _ top: TopClause?, _ binder: Binder, line: Int
    ) throws {
        let constants = rows.map { row in row.compactMap { $0.isUntypedNull ? .null : $0.constantValue } }
        if top == nil, zip(rows, constants).allSatisfy({ $0.count == $1.count }) {
            plan.source = .constants(constants)
            return
        }
        let columns = plan.clauses[0].columns.map {
            OutputColumn(name: $0.name, type: $0.assignedType, isNullable: true)
        }
        let alias = binder.nextAlias()
        var select = BoundSelect()
        select.from = [.rows(rows, columns: columns, alias: alias)]
        select.items = Self.items(columns.map(\.type), alias)
        try finish(&plan, select, top, binder, line: line)
    }
}
