import TransactSQL

extension EmbeddedSession {
    /// sp_rename; the status that it returns.
    func rename(_ call: SystemProcedure.Call) throws -> Int32 {
        guard security.isUnrestricted else {
            throw ServerMessage.unsupported("sp_rename by a login with limited permissions", line: call.line)
        }
        let kind = call.text("@objtype")
        guard let old = call.text("@objname"), let new = call.text("@newname"), !new.isEmpty else {
            return try failRename(
                Self.renameError(15_223, "Error: The input parameter '@newname' is not allowed to be null."), call)
        }
        let parts = NameSplitter.parts(old)
        let alias = currentAlias
        do {
            try change(alias) {
                switch kind?.uppercased() {
                case nil, "OBJECT"?: try renameObject(parts, as: new, kind, old, alias)
                case "COLUMN"?: try renameColumn(parts, as: new, alias)
                case "INDEX"?: try renameIndex(parts, as: new)
                case "DATABASE"?, "STATISTICS"?, "USERDATATYPE"?:
                    throw ServerMessage.unsupported("sp_rename \(kind ?? "")", line: call.line)
                default:
                    throw Self.renameError(15_249, "Error: Explicit @objtype '\(kind ?? "")' is unrecognized.")
                }
            }
        } catch let error as ServerMessage where (15_000..<16_000).contains(error.number) {
            return try failRename(error, call)
        }
        _ = try catalog(alias)
        let caution = ServerMessage.error(
            15_477, line: 1,
            "Caution: Changing any part of an object name could break scripts and stored procedures.")
        try call.sink.message(caution.inside("sp_rename"))
        return 0
    }

    private func failRename(_ error: ServerMessage, _ call: SystemProcedure.Call) throws -> Int32 {
        let error = error.at(line: 1).inside("sp_rename")
        if call.isCaught { throw error }
        try report(error, into: call.sink)
        return 1
    }

    private static func renameError(_ number: Int32, _ text: String) -> ServerMessage {
        .error(number, text)
    }

    private static func inUse(_ name: String, as kind: String) -> ServerMessage {
        renameError(
            15_335,
            "Error: The new name '\(name)' is already in use as a \(kind) name and would cause a duplicate that is not permitted."
        )
    }

    private static func isWrong(_ kind: String) -> ServerMessage {
        renameError(
            15_248, "Either the parameter @objname is ambiguous or the claimed @objtype (\(kind)) is wrong.")
    }

    private static func isBound(_ name: String) -> ServerMessage {
        .error(
            15_336,
            "Object '\(name)' cannot be renamed because the object participates in enforced dependencies.")
    }

    // MARK: Objects

    private func renameObject(_ parts: [String], as new: String, _ kind: String?, _ old: String, _ alias: String) throws
    {
        let catalog = try catalog(alias)
        let schema = parts.count > 1 && !parts[parts.count - 2].isEmpty ? parts[parts.count - 2] : "dbo"
        let isHere = parts.count < 3 || TextCollation.areEqual(parts[0], database.name)
        guard let name = parts.last, parts.count <= 3, isHere,
            let id = catalog.objectID(schema: schema, name: name)
        else {
            throw Self.renameError(
                15_225,
                "No item by the name of '\(old)' could be found in the current database '\(database.name)', given that @itype was input as '\(kind ?? "(null)")'."
            )
        }
        if let taken = catalog.objectID(schema: schema, name: new), taken != id {
            throw Self.inUse(new, as: "OBJECT")
        }
        guard try schemaBound(to: schema, name, alias).isEmpty else { throw Self.isBound(old) }
        guard var object = catalog.object(id) else { return try renameConstraint(id, as: new, alias) }
        if let table = object as? TableInfo { try refuseRenamedUse(of: table, old) }
        object.name = new
        try DatabaseCatalog.save(object, in: connection, schema: alias)
        if let table = object as? TableInfo {
            noteDefinition(of: ResolvedTable(table: table, database: database.name, alias: alias))
        }
    }

    /// A computed column or CHECK that names its table keeps it from a new name.
    private func refuseRenamedUse(of table: TableInfo, _ old: String) throws {
        let texts = table.checks.map(\.text) + table.columns.compactMap(\.computed?.text)
        guard texts.allSatisfy({ !$0.lowercased().contains(table.name.lowercased() + ".") }) else {
            throw Self.isBound(old)
        }
    }

    private func keep(_ table: TableInfo, _ alias: String) throws {
        try DatabaseCatalog.save(table, kind: "table", id: table.id, in: connection, schema: alias)
        noteDefinition(of: ResolvedTable(table: table, database: database.name, alias: alias))
    }

    private func renameConstraint(_ id: Int, as new: String, _ alias: String) throws {
        for var table in try catalog(alias).sortedTables {
            let before = table
            for index in table.keys.indices where table.keys[index].id == id { table.keys[index].name = new }
            for index in table.foreignKeys.indices where table.foreignKeys[index].id == id {
                table.foreignKeys[index].name = new
            }
            for index in table.checks.indices where table.checks[index].id == id { table.checks[index].name = new }
            for index in table.columns.indices where table.columns[index].defaultValue?.id == id {
                table.columns[index].defaultValue?.name = new
            }
            guard table != before else { continue }
            return try keep(table, alias)
        }
    }

    // MARK: Parts of tables

    private func owner(of parts: [String], _ kind: String) throws -> (ResolvedTable, String) {
        guard let name = parts.last, parts.count > 1,
            let target = try table(MultipartName(parts.dropLast().map { $0.isEmpty ? "dbo" : $0 })),
            target.alias == currentAlias
        else { throw Self.isWrong(kind) }
        return (target, name)
    }

    private func renameColumn(_ parts: [String], as new: String, _ alias: String) throws {
        var (target, name) = try owner(of: parts, "COLUMN")
        guard let column = target.table.column(named: name),
            let index = target.table.columns.firstIndex(where: { $0.id == column.id })
        else { throw Self.isWrong("COLUMN") }
        if let taken = target.table.column(named: new), taken.id != column.id { throw Self.inUse(new, as: "COLUMN") }
        let users = try dependents(on: column, of: target)
        let isFiltered = target.table.keys.contains { $0.filter != nil }
        guard !isFiltered, !users.contains(where: { [.check, .computed, .view].contains($0.kind) }) else {
            throw Self.isBound(parts.joined(separator: "."))
        }
        target.table.columns[index].name = new
        try keep(target.table, alias)
    }

    private func renameIndex(_ parts: [String], as new: String) throws {
        var (target, name) = try owner(of: parts, "INDEX")
        guard let index = target.table.keys.firstIndex(where: { TextCollation.areEqual($0.name, name) }) else {
            throw Self.isWrong("INDEX")
        }
        let taken = target.table.keys.indices.contains {
            $0 != index && TextCollation.areEqual(target.table.keys[$0].name, new)
        }
        guard !taken else { throw Self.inUse(new, as: "INDEX") }
        target.table.keys[index].name = new
        try keep(target.table, target.alias)
    }
}
