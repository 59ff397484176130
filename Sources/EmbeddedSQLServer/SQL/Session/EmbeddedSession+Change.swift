import SQLValues
import TransactSQL

/// The one way in which INSERT, UPDATE, DELETE and MERGE change rows.
extension EmbeddedSession {
    func run(_ plan: ChangePlan, _ context: BatchContext) throws {
        if plan.isInstead { return try runInstead(plan, context) }
        try checkIndexOptions(of: plan.target.table, plan.verb)
        try checkIdentity(plan)
        let isInsert = plan.clauses.contains { $0.action == .insert }
        // A trigger's own INSERT without an identity leaves that of the statement that fired it.
        if isInsert, plan.target.table.identityColumn == nil, triggerFrames.isEmpty { lastIdentity = nil }
        let triggers = try firing(plan)
        let cascades = try cascadesIntoTriggers(plan)
        var results: [[[SQLValue]]] = []
        ignoredRows = 0
        var ignored = 0
        func run() throws -> Int {
            try change(plan.target.alias) {
                let changes = try rowChanges(plan, context)
                let cascaded = cascades ? try cascadedRows(changes, plan) : []
                let changed = try apply(changes, plan, isTracked: !triggers.isEmpty, context)
                ignored = ignoredRows
                results = try plan.outputs.map { try rows(of: $0, changed, context) }
                for (output, rows) in zip(plan.outputs, results) { try store(rows, output) }
                try fireCascaded(cascaded, context)
                try fire(triggers, plan, changed, context)
                return changes.count - ignored
            }
        }
        var hasStatements = !triggers.isEmpty || cascades
        if case .execute = plan.source { hasStatements = true }
        let count = try hasStatements ? inTransaction(run) : run()
        for (output, rows) in zip(plan.outputs, results) { try send(rows, output, context) }
        if ignored > 0 { try context.sink.message(.error(3604, line: 1, "Duplicate key was ignored.")) }
        try done(
            plan.command ?? plan.verb.command, rows: count, context,
            hasResult: plan.outputs.contains { $0.into == nil })
    }

    // MARK: Rows to change

    /// All rows before the first is changed, so that a table can be read while it is changed.
    func rowChanges(_ plan: ChangePlan, _ context: BatchContext) throws -> [RowChange] {
        isReadingForChange = !plan.target.isVariable
        if case .execute = plan.source { isReadingForChange = false }
        defer { isReadingForChange = false }
        let rows = try allRowChanges(plan, context)
        return settings.rowCount > 0 ? Array(rows.prefix(settings.rowCount)) : rows
    }

    private func allRowChanges(_ plan: ChangePlan, _ context: BatchContext) throws -> [RowChange] {
        switch plan.source {
        case .constants(let rows): return rows.map { RowChange(values: $0) }
        case .execute(let source): return try rowChanges(source, plan, context)
        case .query(let query):
            let rows = try rowChanges(query, plan, context)
            guard let percent = plan.percent else { return rows }
            return Array(rows.prefix(try share(percent, of: rows.count, context)))
        case .merge(let merge): return try rowChanges(merge, plan, context)
        }
    }

    private func rowChanges(_ query: QueryText, _ plan: ChangePlan, _ context: BatchContext) throws -> [RowChange] {
        let statement = try prepare(query.sql, query.parameters, context)
        defer { statement.reset() }
        let clause = plan.clauses[0]
        let first = clause.action == .insert ? 0 : 1
        let extras = first + clause.columns.count + plan.assignments.filter { !$0.isColumn }.count
        var seen: Set<Int64> = []
        var rows: [RowChange] = []
        while try statement.step() {
            var row = RowChange()
            if first == 1 {
                let cell = statement.cell(0)
                // A row that a join finds several times is changed once.
                guard plan.isInstead && cell.isNull || !cell.isNull && seen.insert(cell.integer).inserted else {
                    continue
                }
                row.id = cell.isNull ? nil : cell.integer
            }
            row.values = clause.columns.enumerated().map { index, column in
                StoredForm.decode(statement.cell(first + index), as: column.assignedType)
            }
            row.extras = (extras..<extras + plan.extraCount).map { statement.cell($0).storedValue }
            try assign(statement, row, plan, context)
            rows.append(row)
            if rows.count == settings.rowCount { break }
        }
        return rows
    }

    /// Sets the variables of UPDATE … SET @variable = … from a row.
    private func assign(_ statement: SQLiteStatement, _ row: RowChange, _ plan: ChangePlan, _ context: BatchContext)
        throws
    {
        for assignment in plan.assignments {
            let type = context.variables.type(at: assignment.variable)
            if assignment.isColumn {
                let column = plan.clauses[0].columns[assignment.place]
                context.variables[assignment.variable] = try Conversion.convert(
                    row.values[assignment.place], from: column.assignedType, to: type)
            } else {
                context.variables[assignment.variable] = StoredForm.decode(
                    statement.cell(assignment.place), as: type)
            }
        }
    }

    /// How many of the rows TOP … PERCENT takes.
    func share(_ percent: QueryText, of count: Int, _ context: BatchContext) throws -> Int {
        let statement = try prepare(percent.sql, percent.parameters, context)
        defer { statement.reset() }
        guard try statement.step(), case .double(let value) = StoredForm.decode(statement.cell(0), as: .float),
            (0...100).contains(value)
        else { throw ServerMessage.error(1031, "Percent values must be between 0 and 100.") }
        return Int((Double(count) * value / 100).rounded(.up))
    }

    // MARK: Changing

    /// Changes the rows and tells what they were and are, if somebody needs to know.
    private func apply(_ changes: [RowChange], _ plan: ChangePlan, isTracked: Bool, _ context: BatchContext) throws
        -> [ChangedRow]
    {
        let isTracked = isTracked || !plan.outputs.isEmpty || !plan.checks.isEmpty
        var results = [ChangedRow?](repeating: nil, count: changes.count)
        func note(_ index: Int, _ id: Int64, old: [StoredValue]?) {
            guard isTracked else { return }
            let change = changes[index]
            results[index] = ChangedRow(
                action: plan.clauses[change.clause].action, id: id, old: old, new: nil, extras: change.extras)
        }
        // What is deleted and updated makes room for what is inserted: uniqueness counts when the statement is done.
        for action in [ChangeClause.Action.delete, .update] {
            let places = changes.indices.filter { plan.clauses[changes[$0].clause].action == action }
            if isTracked {
                for index in places {
                    guard let id = changes[index].id else { continue }
                    note(index, id, old: try row(id, of: plan.target))
                }
            }
            if action == .delete {
                try delete(places.compactMap { changes[$0].id }, from: plan.target)
            } else {
                try update(places.map { changes[$0] }, plan)
            }
        }
        for index in changes.indices where plan.clauses[changes[index].clause].action == .insert {
            let clause = plan.clauses[changes[index].clause]
            guard let id = try insert(changes[index].values, clause, plan.target, plan.verb) else {
                ignoredRows += 1
                continue
            }
            note(index, id, old: nil)
        }
        try keepIdentity(plan.target)
        try checkForeignKeys(plan.target, plan.verb.rawValue)
        for index in results.indices {
            guard let result = results[index], result.action != .delete else { continue }
            results[index]?.new = try row(result.id, of: plan.target)
            try check(result.id, plan, context)
        }
        return results.compactMap { $0 }
    }

    /// Throws Msg 550 when a row left a view WITH CHECK OPTION.
    private func check(_ id: Int64, _ plan: ChangePlan, _ context: BatchContext) throws {
        for check in plan.checks {
            let statement = try prepare(check.sql, check.parameters, context)
            defer { statement.reset() }
            try statement.bind(.integer(id), at: check.parameters.count + 1)
            guard try !statement.step() else { continue }
            throw ServerMessage.error(
                550,
                "The attempted insert or update failed because the target view either specifies WITH CHECK OPTION or spans a view that specifies WITH CHECK OPTION and one or more rows resulting from the operation did not qualify under the CHECK OPTION constraint."
            )
        }
    }

    /// A row with all its columns in their stored form; nil when there is none.
    func row(_ id: Int64, of target: ResolvedTable) throws -> [StoredValue]? {
        let columns = target.table.columns
        let list = columns.isEmpty ? "1" : columns.map(\.storedName).joined(separator: ", ")
        let statement = try connection.prepare(
            "SELECT \(list) FROM \(target.alias).\(target.table.storedName) WHERE _rowid_ = ?")
        defer { statement.reset() }
        try statement.bind(.integer(id), at: 1)
        guard try statement.step() else { return nil }
        return columns.indices.map { statement.cell($0).storedValue }
    }

    private func delete(_ ids: [Int64], from target: ResolvedTable) throws {
        guard !ids.isEmpty else { return }
        let statement = try connection.prepare(
            "DELETE FROM \(target.alias).\(target.table.storedName) WHERE _rowid_ = ?")
        for id in ids {
            try statement.bind(.integer(id), at: 1)
            try statement.run()
        }
    }
}

extension ChangePlan.Verb {
    /// CurCmd of the DONE token.
    var command: UInt16 {
        switch self {
        case .insert: StatementCommand.insert
        case .delete: StatementCommand.delete
        case .update: StatementCommand.update
        case .merge: StatementCommand.merge
        }
    }
}
