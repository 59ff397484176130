import SQLValues
import TransactSQL

/// INSTEAD OF triggers: the rows that a statement would change go to the trigger and nowhere else.
extension EmbeddedSession {
    /// The target as its INSTEAD OF trigger sees it, with all columns free; nil when none stands in the way.
    func insteadTarget(_ target: ChangeTarget, _ action: ChangeClause.Action) throws -> ChangeTarget? {
        guard let table = try insteadTable(target.source) else { return nil }
        // What the trigger itself does to its table is done.
        if let frame = triggerFrames.last, frame.isInsteadOf, frame.parent == table.key { return nil }
        guard try !triggers(of: table.key, table.database, on: action, insteadOf: true).isEmpty else { return nil }
        var result = target
        var columns: [String: Int] = [:]
        for (column, info) in zip(target.source.columns, table.table.columns) { columns[column.storedName] = info.id }
        let rowID = target.source.bases.count == 1 ? target.source.bases[0].rowID : ""
        result.source.bases = [Scope.Base(table: table, rowID: rowID, columns: columns)]
        result.source.refusal = nil
        return result
    }

    /// The table, or the view with the columns of its query.
    private func insteadTable(_ source: Scope.Source) throws -> ResolvedTable? {
        if let table = source.table { return table.alias == "temp" ? nil : table }
        guard let view = source.view, let home = instance.database(named: view.database) else { return nil }
        let columns = source.columns.enumerated().map { index, column in
            ColumnInfo(id: index + 1, name: column.name, typeCode: column.type.code, isNullable: column.isNullable)
        }
        return ResolvedTable(
            table: TableInfo(
                id: view.info.id, schema: view.info.schema, name: view.info.name, columns: columns,
                nextColumnID: columns.count + 1, created: view.info.created),
            database: view.database, alias: try attach(home))
    }

    /// The columns of `inserted` and `deleted` for a trigger of a table or view.
    func transitionColumns(of parent: Int, _ catalog: DatabaseCatalog) throws -> [ColumnInfo] {
        if let table = catalog.tables[parent] { return table.columns }
        guard let view = catalog.views[parent] else { return [] }
        let (_, sources) = try makeBinder(Variables()).bindView(view, database.name, view.name, line: 1)
        return sources[0].columns.enumerated().map { index, column in
            ColumnInfo(id: index + 1, name: column.name, typeCode: column.type.code, isNullable: column.isNullable)
        }
    }

    /// Makes `inserted` and `deleted` known to the body of a trigger that is being defined.
    func declareTransitions(_ info: ModuleInfo, _ variables: Variables, _ alias: String) throws {
        guard let trigger = info.trigger else { return }
        let columns = try transitionColumns(of: trigger.parent, catalog(alias))
        for isInserted in [true, false] {
            let key = TransitionStore.Key(
                parent: ObjectKey(alias: alias, id: trigger.parent), isInserted: isInserted, level: 0)
            variables.declareTransition(transitions.table(key, columns))
        }
    }

    /// Adds the columns of the target to a query, as the row before the change.
    func captureOld(_ target: ChangeTarget, _ plan: inout ChangePlan, _ select: inout BoundSelect) {
        for column in target.source.columns {
            let reference = ColumnReference(
                source: target.source.alias, column: column.storedName, displayName: column.name, scope: 0)
            select.items.append(
                BoundExpression(node: .column(reference), type: column.type, isNullable: column.isNullable))
            plan.extraCount += 1
        }
    }

    // MARK: Running

    func runInstead(_ plan: ChangePlan, _ context: BatchContext) throws {
        let clause = plan.clauses[0]
        let target = plan.target
        let modules = try triggers(of: target.key, target.database, on: clause.action, insteadOf: true)
        let columns = target.table.columns
        let count = try inTransaction {
            try change(target.alias) {
                let changes = try rowChanges(plan, context)
                let set = clause.action == .insert ? columns.map(\.id) : clause.columns.map(\.id)
                let event = TriggerEvent(
                    action: clause.action, parent: target.key, columns: columns, updated: Set(set),
                    deleted: clause.action == .insert ? [] : changes.map(\.extras),
                    inserted: clause.action == .delete ? [] : try changes.map { try newRow($0, plan) },
                    count: changes.count)
                for module in modules { try run(module, event, context) }
                return changes.count
            }
        }
        try done(plan.verb.command, rows: count, context)
    }

    /// The row as it would become; an identity column that is not given is 0.
    private func newRow(_ change: RowChange, _ plan: ChangePlan) throws -> [StoredValue] {
        let clause = plan.clauses[0]
        return try plan.target.table.columns.enumerated().map { index, column in
            if let place = clause.columns.firstIndex(where: { $0.id == column.id }) {
                var free = column
                free.isNullable = true
                return try stored(change.values[place], in: free, plan.target, plan.verb.rawValue)
            }
            if clause.action == .update { return change.extras[index] }
            return column.identity == nil ? .null : StoredForm.encode(.int(0), as: column.type)
        }
    }
}
