import SQLValues
import TransactSQL

extension CreateIndexStatement {
    /// DROP_EXISTING = ON.
    var drops: Bool {
        options.contains { $0.name == "DROP_EXISTING" && $0.value.first?.uppercased() != "OFF" }
    }
}

extension EmbeddedSession {
    func isView(_ name: MultipartName) throws -> Bool {
        guard !name.name.hasPrefix("#"), let home = try existingDatabase(name) else { return false }
        return try catalog(attach(home)).view(schema: name.schema ?? "dbo", name: name.name) != nil
    }

    /// Drops the index that CREATE INDEX … WITH (DROP_EXISTING = ON) replaces.
    func dropExisting(_ name: Identifier, _ target: inout ResolvedTable, line: Int) throws {
        guard let old = target.table.keys.first(where: { TextCollation.areEqual($0.name, name.value) }) else {
            throw ServerMessage.error(
                7999, state: 9, line: line,
                "Could not find any index named '\(name.value)' for table '\(target.table.qualifiedName)'.")
        }
        guard old.kind == .index else { throw ServerMessage.unsupported("DROP_EXISTING of a constraint", line: line) }
        try dropIndex(old, target)
        target.table.keys.removeAll { $0.id == old.id }
    }

    /// Msg 1909: a column stands in an index once.
    func refuseRepeated(_ key: KeyInfo, _ target: ResolvedTable, line: Int) throws {
        let ids = key.columns.map(\.id) + key.included
        guard let (index, _) = ids.enumerated().first(where: { ids[..<$0].contains($1) }),
            let column = target.table.column(id: ids[index])
        else { return }
        throw ServerMessage.error(
            1909, line: line,
            "Cannot use duplicate column names in index. Column name '\(column.name)' listed more than once.")
    }

    /// ALTER INDEX: DISABLE takes an index out of use until REBUILD; the rest changes nothing here.
    func alterIndex(_ statement: AlterIndexStatement, line: Int) throws {
        var target = try indexed(statement.table, line: line)
        if let name = statement.name?.value,
            !target.table.keys.contains(where: { TextCollation.areEqual($0.name, name) })
        {
            throw ServerMessage.error(2727, state: 11, line: line, "Cannot find index '\(name)'.")
        }
        if statement.options.contains(where: { $0.name == "RESUMABLE" && $0.value.first?.uppercased() != "OFF" }) {
            throw ServerMessage.unsupported("ALTER INDEX WITH RESUMABLE", line: line)
        }
        try change(target.alias) {
            for index in target.table.keys.indices {
                let name = statement.name?.value
                guard name.map({ TextCollation.areEqual($0, target.table.keys[index].name) }) ?? true else { continue }
                try alter(index, &target, statement, line: line)
            }
            try DatabaseCatalog.save(
                target.table, kind: "table", id: target.table.id, in: connection, schema: target.alias)
        }
        _ = try catalog(target.alias)
    }

    private func alter(_ index: Int, _ target: inout ResolvedTable, _ statement: AlterIndexStatement, line: Int) throws
    {
        switch statement.action {
        case .reorganize: return
        case .set: target.table.keys[index].set(statement.options)
        case .rebuild:
            target.table.keys[index].set(statement.options)
            guard target.table.keys[index].isDisabled == true else { return }
            target.table.keys[index].isDisabled = false
            try create(target.table.keys[index], of: target)
        case .disable:
            let key = target.table.keys[index]
            guard key.kind == .index, !key.isClustered else {
                throw ServerMessage.unsupported("ALTER INDEX DISABLE of a key or clustered index", line: line)
            }
            try dropIndex(key, target)
            target.table.keys[index].isDisabled = true
        }
    }
}
