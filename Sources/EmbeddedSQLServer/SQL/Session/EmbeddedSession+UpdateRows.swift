import SQLValues

extension EmbeddedSession {
    /// Gives rows their new values, clause by clause.
    func update(_ changes: [RowChange], _ plan: ChangePlan) throws {
        for (number, clause) in plan.clauses.enumerated() where clause.action == .update {
            let rows = try changes.filter { $0.clause == number }.compactMap { change -> (Int64, [StoredValue])? in
                guard let id = change.id else { return nil }
                let values = try zip(change.values, clause.columns).map {
                    try stored($0, in: $1, plan.target, "UPDATE")
                }
                return (id, values)
            }
            try update(rows, clause.columns, plan)
        }
    }

    private func update(_ rows: [(Int64, [StoredValue])], _ columns: [ColumnInfo], _ plan: ChangePlan) throws {
        guard !rows.isEmpty, !columns.isEmpty else { return }
        if let version = plan.target.table.rowVersionColumn, !columns.contains(where: \.isRowVersion) {
            let versioned = try rows.map { ($0, $1 + [try nextRowVersion(plan.target.alias)]) }
            return try update(versioned, columns + [version], plan)
        }
        let table = "\(plan.target.alias).\(plan.target.table.storedName)"
        let sets = columns.map { "\($0.storedName) = ?" }.joined(separator: ", ")
        let keyed = columns.filter { column in
            plan.target.table.keys.contains { $0.isUnique && $0.columns.contains { $0.id == column.id } }
        }
        if !keyed.isEmpty, rows.count > 1 { try clear(keyed, of: try moving(rows, columns, keyed, plan.target), table) }
        let statement = try connection.prepare("UPDATE \(table) SET \(sets) WHERE _rowid_ = ?")
        for (id, values) in rows {
            try statement.bind(values + [.integer(id)])
            do {
                try statement.run()
            } catch let error as SQLiteError {
                throw violation(
                    error, plan.target, plan.verb.rawValue, try currentRow(plan.target, id, columns, values))
            }
        }
    }

    /// The rows whose keys change; the others keep what refers to them.
    private func moving(
        _ rows: [(Int64, [StoredValue])], _ columns: [ColumnInfo], _ keyed: [ColumnInfo], _ target: ResolvedTable
    ) throws -> [Int64] {
        try rows.compactMap { id, values in
            let old = try currentRow(target, id, [], [])
            let new = Dictionary(uniqueKeysWithValues: zip(columns.map(\.id), values))
            return keyed.contains { old[$0.id] != new[$0.id] } ? id : nil
        }
    }

    /// Uniqueness counts when the statement is done: all keys are set to values that no row has before the new ones.
    private func clear(_ keyed: [ColumnInfo], of rows: [Int64], _ table: String) throws {
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
        for id in rows {
            let marker = StoredValue.blob(Array("key \(id)".utf8) + [UInt8](repeating: 0, count: 20))
            try statement.bind(keyed.map { _ in marker } + [.integer(id)])
            try statement.run()
        }
    }

    private func currentRow(_ target: ResolvedTable, _ id: Int64, _ columns: [ColumnInfo], _ values: [StoredValue])
        throws -> [Int: StoredValue]
    {
        var current: [Int: StoredValue] = [:]
        for (column, value) in zip(target.table.columns, try row(id, of: target) ?? []) { current[column.id] = value }
        for (column, value) in zip(columns, values) { current[column.id] = value }
        return current
    }
}
