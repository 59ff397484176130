import SQLValues

/// The rows that MERGE changes.
extension EmbeddedSession {
    func rowChanges(_ merge: MergePlan, _ plan: ChangePlan, _ context: BatchContext) throws -> [RowChange] {
        var changes = try pairs(merge, plan, context) + lonely(merge, plan, context)
        if let top = merge.top {
            let statement = try prepare(top.sql, top.parameters, context)
            defer { statement.reset() }
            if try statement.step() { changes = Array(changes.prefix(Int(statement.cell(0).integer))) }
        }
        if let percent = plan.percent {
            changes = Array(changes.prefix(try share(percent, of: changes.count, context)))
        }
        try refuseTwice(changes)
        for index in changes.indices {
            changes[index].values = try values(of: changes[index], merge, plan, context)
        }
        return changes
    }

    private func pairs(_ merge: MergePlan, _ plan: ChangePlan, _ context: BatchContext) throws -> [RowChange] {
        let statement = try prepare(merge.pairs.sql, merge.pairs.parameters, context)
        defer { statement.reset() }
        var changes: [RowChange] = []
        while try statement.step() {
            let (id, clause) = (statement.cell(0), statement.cell(1))
            guard !clause.isNull else { continue }
            changes.append(
                RowChange(
                    clause: Int(clause.integer), id: id.isNull ? nil : id.integer,
                    extras: (0..<plan.extraCount).map { statement.cell(2 + $0).storedValue }))
        }
        return changes
    }

    private func lonely(_ merge: MergePlan, _ plan: ChangePlan, _ context: BatchContext) throws -> [RowChange] {
        guard let query = merge.lonely else { return [] }
        let statement = try prepare(query.sql, query.parameters, context)
        defer { statement.reset() }
        let none = [StoredValue](repeating: .null, count: plan.extraCount)
        var changes: [RowChange] = []
        while try statement.step() {
            let clause = statement.cell(1)
            guard !clause.isNull else { continue }
            changes.append(RowChange(clause: Int(clause.integer), id: statement.cell(0).integer, extras: none))
        }
        return changes
    }

    private func refuseTwice(_ changes: [RowChange]) throws {
        var seen: Set<Int64> = []
        for id in changes.compactMap(\.id) where !seen.insert(id).inserted {
            throw ServerMessage.error(
                8672,
                "The MERGE statement attempted to UPDATE or DELETE the same row more than once. This happens when a target row matches more than one source row. A MERGE statement cannot UPDATE/DELETE the same row of the target table multiple times. Refine the ON clause to ensure a target row matches at most one source row, or use the GROUP BY clause to group the source rows."
            )
        }
    }

    /// The values that a clause gives to a row.
    private func values(of change: RowChange, _ merge: MergePlan, _ plan: ChangePlan, _ context: BatchContext) throws
        -> [SQLValue]
    {
        let clause = plan.clauses[change.clause]
        guard let query = merge.values[change.clause] else { return [] }
        let statement = try prepare(query.sql, query.parameters, context)
        defer { statement.reset() }
        let row = (change.id.map { [StoredValue.integer($0)] } ?? []) + change.extras
        for (index, value) in row.enumerated() {
            try statement.bind(value, at: query.parameters.count + 1 + index)
        }
        guard try statement.step() else { return [] }
        return clause.columns.enumerated().map { StoredForm.decode(statement.cell($0), as: $1.assignedType) }
    }
}
