import SQLValues
import TransactSQL

/// An UPDATE that is ready to run: a query for row ids and new values.
struct UpdatePlan {
    var target: ResolvedTable
    var columns: [ColumnInfo]
    var sql: String
    var parameters: [Emitter.Parameter]
}

/// A DELETE that is ready to run: a query for row ids.
struct DeletePlan {
    var target: ResolvedTable
    var sql: String
    var parameters: [Emitter.Parameter]
}

extension EmbeddedSession {
    func updatePlan(_ update: UpdateStatement, _ binder: Binder, line: Int) throws -> UpdatePlan {
        if update.with != nil { throw ServerMessage.unsupported("WITH before UPDATE", line: line) }
        if !update.output.isEmpty { throw ServerMessage.unsupported("OUTPUT", line: line) }
        try binder.accept(update.tableHints)
        let scope = binder.scope(inside: nil)
        var select = BoundSelect()
        let (target, alias) = try bindTarget(update.target, update.from, scope, &select, binder, line: line)
        var columns: [ColumnInfo] = []
        select.items = [Self.rowID(alias)]
        scope.aggregateRefusal = .error(157, "An aggregate may not appear in the set list of an UPDATE statement.")
        for assignment in update.assignments {
            guard case .column(let name, let sign, let expression) = assignment else {
                throw ServerMessage.unsupported("UPDATE SET @variable", line: line)
            }
            let column = try self.column(name, of: target)
            guard column.identity == nil else {
                throw ServerMessage.error(8102, line: line, "Cannot update identity column '\(column.name)'.")
            }
            guard !columns.contains(where: { $0.id == column.id }) else {
                throw ServerMessage.error(
                    264, line: line,
                    "The column name '\(column.name)' is specified more than once in the SET clause or column list of an INSERT. A column cannot be assigned more than one value in the same clause. Modify the clause to make sure that a column is updated only once."
                )
            }
            columns.append(column)
            select.items.append(try newValue(column, sign, expression, alias, scope, binder, line: line))
        }
        scope.aggregateRefusal = nil
        if let condition = update.condition {
            select.condition = try binder.bindWithoutAggregates(condition, scope, Binder.aggregateInWhere)
        }
        let query = try limited(select, update.top, binder, line: line)
        var emitter = Emitter()
        emitter.query(query)
        return UpdatePlan(target: target, columns: columns, sql: emitter.text, parameters: emitter.parameters)
    }

    private func newValue(
        _ column: ColumnInfo, _ sign: AssignmentOperator, _ expression: SQLExpression, _ alias: String, _ scope: Scope,
        _ binder: Binder, line: Int
    ) throws -> BoundExpression {
        if expression.kind == .defaultValue { return try defaultValue(of: column, binder, line: line) }
        var value = try binder.bind(expression, scope)
        if let operation = sign.binary {
            let reference = ColumnReference(
                source: alias, column: column.storedName, displayName: column.name, scope: scope.id)
            let old = BoundExpression(node: .column(reference), type: column.type, isNullable: column.isNullable)
            value = try binder.binary(operation, old, value, line: expression.range.line)
        }
        return try binder.coerce(value, to: column.assignedType, line: expression.range.line)
    }

    private static func rowID(_ alias: String) -> BoundExpression {
        let reference = ColumnReference(source: alias, column: "_rowid_", displayName: "", scope: 0)
        return BoundExpression(node: .column(reference), type: .bigInt, isNullable: true)
    }

    private func limited(_ select: BoundSelect, _ top: TopClause?, _ binder: Binder, line: Int) throws -> BoundQuery {
        var query = BoundQuery(body: .select(select), columns: [])
        guard let top else { return query }
        if top.isPercent { throw ServerMessage.unsupported("TOP PERCENT", line: line) }
        query.limit = try binder.limit(top.count, kind: 0)
        return query
    }

    /// The table to change and its alias among the sources of FROM, or on its own.
    private func bindTarget(
        _ target: ModificationTarget, _ from: [TableSource], _ scope: Scope, _ select: inout BoundSelect,
        _ binder: Binder, line: Int
    ) throws -> (ResolvedTable, String) {
        for source in from {
            let (bound, sources) = try binder.bindSource(source, scope)
            try Binder.add(sources, to: scope, line: line)
            select.from.append(bound)
        }
        if case .table(let name) = target, name.parts.count == 1,
            let source = scope.sources.first(where: { TextCollation.areEqual($0.name, name.name) })
        {
            guard let table = source.table else {
                throw ServerMessage.unsupported("data modification of a derived table", line: line)
            }
            return (table, source.alias)
        }
        let resolved = try self.target(target, binder)
        let same = scope.sources.filter { $0.table?.table.id == resolved.table.id && $0.table?.alias == resolved.alias }
        if same.count == 1, let source = same.first { return (resolved, source.alias) }
        if same.count > 1 {
            throw ServerMessage.error(
                8154, line: line, "The table '\(resolved.table.name)' is ambiguous.")
        }
        let exposed = if case .table(let name) = target { name.name } else { resolved.table.name }
        let (bound, sources) = binder.tableSource(resolved, exposed, hasAlias: false)
        try Binder.add(sources, to: scope, line: line)
        select.from.append(bound)
        return (resolved, sources[0].alias)
    }

    func run(_ plan: UpdatePlan, _ context: BatchContext) throws {
        let count = try change(plan.target.alias) {
            let rows = try newRows(plan, context)
            try update(rows, plan)
            try checkForeignKeys(plan.target, "UPDATE")
            return rows.count
        }
        try done(197, rows: count, context)
    }

    private func newRows(_ plan: UpdatePlan, _ context: BatchContext) throws -> [(Int64, [StoredValue])] {
        let statement = try prepare(plan.sql, plan.parameters, context)
        defer { statement.reset() }
        var seen: Set<Int64> = []
        var rows: [(Int64, [StoredValue])] = []
        while try statement.step() {
            let cell = statement.cell(0)
            // A row that a join finds several times is changed once.
            guard !cell.isNull, seen.insert(cell.integer).inserted else { continue }
            let values = try plan.columns.enumerated().map { index, column in
                let value = StoredForm.decode(statement.cell(index + 1), as: column.assignedType)
                return try stored(value, in: column, plan.target, "UPDATE")
            }
            rows.append((cell.integer, values))
        }
        return rows
    }

    private func update(_ rows: [(Int64, [StoredValue])], _ plan: UpdatePlan) throws {
        let table = "\(plan.target.alias).\(plan.target.table.storedName)"
        let sets = plan.columns.map { "\($0.storedName) = ?" }.joined(separator: ", ")
        let statement = try connection.prepare("UPDATE \(table) SET \(sets) WHERE _rowid_ = ?")
        let isKeyed = plan.target.table.keys.contains { key in
            key.isUnique && key.columns.contains { part in plan.columns.contains { $0.id == part.id } }
        }
        if isKeyed, rows.count > 1 { try clearKeys(rows, plan, table) }
        for (id, values) in rows {
            try statement.bind(values + [.integer(id)])
            do {
                try statement.run()
            } catch let error as SQLiteError {
                throw violation(
                    error, plan.target, "UPDATE", try currentRow(plan.target, id, plan.columns, values))
            }
        }
    }

    /// Uniqueness counts when the statement is done: all keys are set to values that no row has before the new ones.
    private func clearKeys(_ rows: [(Int64, [StoredValue])], _ plan: UpdatePlan, _ table: String) throws {
        let keyed = plan.columns.filter { column in
            plan.target.table.keys.contains { $0.isUnique && $0.columns.contains { $0.id == column.id } }
        }
        let sets = keyed.map { "\($0.storedName) = ?" }.joined(separator: ", ")
        let statement = try connection.prepare("UPDATE \(table) SET \(sets) WHERE _rowid_ = ?")
        try connection.execute("PRAGMA ignore_check_constraints = ON")
        defer {
            do {
                try connection.execute("PRAGMA ignore_check_constraints = OFF")
            } catch {
                // Cannot fail: the pragma only sets a flag.
            }
        }
        for (id, _) in rows {
            let marker = StoredValue.blob(Array("key \(id)".utf8) + [UInt8](repeating: 0, count: 20))
            try statement.bind(keyed.map { _ in marker } + [.integer(id)])
            try statement.run()
        }
    }

    private func currentRow(_ target: ResolvedTable, _ id: Int64, _ columns: [ColumnInfo], _ values: [StoredValue])
        throws -> [Int: StoredValue]
    {
        var row: [Int: StoredValue] = [:]
        for (column, value) in zip(columns, values) { row[column.id] = value }
        for column in target.table.columns where row[column.id] == nil {
            let statement = try connection.prepare(
                "SELECT \(column.storedName) FROM \(target.alias).\(target.table.storedName) WHERE _rowid_ = \(id)")
            defer { statement.reset() }
            guard try statement.step() else { continue }
            row[column.id] = StoredForm.encode(StoredForm.decode(statement.cell(0), as: column.type), as: column.type)
        }
        return row
    }

    // MARK: DELETE

    func deletePlan(_ delete: DeleteStatement, _ binder: Binder, line: Int) throws -> DeletePlan {
        if delete.with != nil { throw ServerMessage.unsupported("WITH before DELETE", line: line) }
        if !delete.output.isEmpty { throw ServerMessage.unsupported("OUTPUT", line: line) }
        try binder.accept(delete.tableHints)
        let scope = binder.scope(inside: nil)
        var select = BoundSelect()
        let (target, alias) = try bindTarget(delete.target, delete.from, scope, &select, binder, line: line)
        select.items = [Self.rowID(alias)]
        if let condition = delete.condition {
            select.condition = try binder.bindWithoutAggregates(condition, scope, Binder.aggregateInWhere)
        }
        let query = try limited(select, delete.top, binder, line: line)
        var emitter = Emitter()
        emitter.query(query)
        return DeletePlan(target: target, sql: emitter.text, parameters: emitter.parameters)
    }

    func run(_ plan: DeletePlan, _ context: BatchContext) throws {
        let count = try change(plan.target.alias) {
            let rows = try prepare(plan.sql, plan.parameters, context)
            var ids: Set<Int64> = []
            while try rows.step() {
                if !rows.cell(0).isNull { ids.insert(rows.cell(0).integer) }
            }
            rows.reset()
            let table = "\(plan.target.alias).\(plan.target.table.storedName)"
            let statement = try connection.prepare("DELETE FROM \(table) WHERE _rowid_ = ?")
            for id in ids {
                try statement.bind(.integer(id), at: 1)
                try statement.run()
            }
            try checkForeignKeys(plan.target, "DELETE")
            return ids.count
        }
        try done(196, rows: count, context)
    }
}
