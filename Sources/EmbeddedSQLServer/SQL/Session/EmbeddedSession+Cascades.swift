import SQLValues

/// A row that a foreign key's action is going to change, with all columns as they are before.
struct CascadedRow {
    var table: ResolvedTable
    var id: Int64
    var isDeleted: Bool
    /// The columns that the action sets.
    var columns: Set<Int>
    var old: [StoredValue]
}

/// Foreign keys with actions: SQLite changes the rows, and triggers hear of them.
extension EmbeddedSession {
    /// The rows that the actions of foreign keys will change, the farthest last.
    func cascadedRows(_ changes: [RowChange], _ plan: ChangePlan) throws -> [CascadedRow] {
        var found: [CascadedRow] = []
        var seen: Set<String> = []
        for change in changes {
            guard let id = change.id, let old = try row(id, of: plan.target) else { continue }
            let clause = plan.clauses[change.clause]
            let start = CascadedRow(
                table: plan.target, id: id, isDeleted: clause.action == .delete, columns: Set(clause.columns.map(\.id)),
                old: old)
            var waiting = [start]
            while let next = waiting.popLast() {
                let rows = try children(of: next).filter { seen.insert("\($0.table.table.id).\($0.id)").inserted }
                found += rows
                waiting += rows
            }
        }
        return found
    }

    /// Whether a change may reach tables with triggers through the actions of foreign keys.
    func cascadesIntoTriggers(_ plan: ChangePlan) throws -> Bool {
        guard plan.target.alias != "temp", plan.clauses.contains(where: { $0.action != .insert }) else { return false }
        var tables = [plan.target.table.id]
        var seen: Set<Int> = []
        let catalog = try catalog(plan.target.alias)
        while let parent = tables.popLast() {
            for child in catalog.sortedTables where child.foreignKeys.contains(where: { $0.acts(on: parent) }) {
                guard seen.insert(child.id).inserted else { continue }
                if catalog.triggers(of: child.id).contains(where: { $0.trigger?.isDisabled == false }) { return true }
                tables.append(child.id)
            }
        }
        return false
    }

    /// The rows that refer to one that is deleted or gets another key.
    private func children(of parent: CascadedRow) throws -> [CascadedRow] {
        let info = parent.table.table
        var found: [CascadedRow] = []
        for child in try catalog(parent.table.alias).sortedTables {
            for key in child.foreignKeys where key.referencedTable == info.id {
                let word = parent.isDeleted ? key.onDelete : key.onUpdate
                let isTouched = parent.isDeleted || !parent.columns.isDisjoint(with: key.referencedColumns)
                guard word != "NO ACTION", isTouched else { continue }
                let values = key.referencedColumns.map { id in
                    info.columns.firstIndex { $0.id == id }.map { parent.old[$0] } ?? .null
                }
                let target = ResolvedTable(table: child, database: parent.table.database, alias: parent.table.alias)
                for id in try rows(of: target, key.columns, values) {
                    guard let old = try row(id, of: target) else { continue }
                    found.append(
                        CascadedRow(
                            table: target, id: id, isDeleted: parent.isDeleted && word == "CASCADE",
                            columns: Set(key.columns), old: old))
                }
            }
        }
        return found
    }

    private func rows(of target: ResolvedTable, _ columns: [Int], _ values: [StoredValue]) throws -> [Int64] {
        let condition = columns.map { "c\($0) = ?" }.joined(separator: " AND ")
        let statement = try connection.prepareOnce(
            "SELECT _rowid_ FROM \(target.alias).\(target.table.storedName) WHERE \(condition)")
        defer { statement.reset() }
        try statement.bind(values)
        var ids: [Int64] = []
        while try statement.step() { ids.append(statement.cell(0).integer) }
        return ids
    }

    /// Fires the triggers of tables that a cascade reached, the farthest first, and only where rows changed.
    func fireCascaded(_ rows: [CascadedRow], _ context: BatchContext) throws {
        var order: [Int] = []
        for row in rows where !order.contains(row.table.table.id) { order.append(row.table.table.id) }
        for id in order.reversed() {
            let own = rows.filter { $0.table.table.id == id }
            for isDeleted in [true, false] { try fire(own.filter { $0.isDeleted == isDeleted }, context) }
        }
    }

    private func fire(_ rows: [CascadedRow], _ context: BatchContext) throws {
        guard let first = rows.first else { return }
        let target = first.table
        let action: ChangeClause.Action = first.isDeleted ? .delete : .update
        var inserted: [[StoredValue]] = []
        var deleted: [[StoredValue]] = []
        for cascaded in rows {
            let new = try row(cascaded.id, of: target)
            // A key that was set to its own value changed nothing.
            guard first.isDeleted || new != cascaded.old else { continue }
            deleted.append(cascaded.old)
            if let new, !first.isDeleted { inserted.append(new) }
        }
        guard !deleted.isEmpty else { return }
        let event = TriggerEvent(
            action: action, parent: target.key, columns: target.table.columns,
            updated: first.isDeleted ? [] : rows.reduce(into: []) { $0.formUnion($1.columns) }, deleted: deleted,
            inserted: inserted, count: deleted.count)
        for module in try triggers(of: target.key, target.database, on: action, insteadOf: false)
        where module.info.id != triggerFrames.last?.module {
            try run(module, event, context)
        }
    }
}

extension ForeignKeyInfo {
    /// Whether a change of a table can change rows through this key.
    func acts(on parent: Int) -> Bool {
        referencedTable == parent && (onDelete != "NO ACTION" || onUpdate != "NO ACTION")
    }
}
