/// Foreign keys with actions, whose rows SQLite changes by itself.
extension EmbeddedSession {
    /// Refuses a change that could cascade into a table with triggers for what happens there.
    func checkCascades(_ plan: ChangePlan) throws {
        guard plan.target.alias != "temp" else { return }
        var seen: Set<Int> = []
        for clause in plan.clauses where clause.action != .insert {
            try checkCascades(
                from: plan.target.table.id, clause.action, Set(clause.columns.map(\.id)), plan.target, &seen)
        }
    }

    private func checkCascades(
        from parent: Int, _ action: ChangeClause.Action, _ columns: Set<Int>, _ target: ResolvedTable,
        _ seen: inout Set<Int>
    ) throws {
        for child in try catalog(target.alias).sortedTables {
            for key in child.foreignKeys where key.referencedTable == parent {
                let word = action == .delete ? key.onDelete : key.onUpdate
                let isTouched = action == .delete || !columns.isDisjoint(with: key.referencedColumns)
                guard word != "NO ACTION", isTouched, seen.insert(key.id).inserted else { continue }
                let next: ChangeClause.Action = action == .delete && word == "CASCADE" ? .delete : .update
                let place = ObjectKey(alias: target.alias, id: child.id)
                guard try triggers(of: place, target.database, on: next, insteadOf: false).isEmpty else {
                    throw ServerMessage.unsupported("a foreign key with \(word) into a table with triggers")
                }
                try checkCascades(from: child.id, next, Set(key.columns), target, &seen)
            }
        }
    }
}
