import SQLValues
import TransactSQL

extension EmbeddedSession {
    // MARK: Indexes

    func createIndex(_ statement: CreateIndexStatement, _ context: BatchContext, line: Int) throws {
        if statement.isColumnstore { throw ServerMessage.unsupported("COLUMNSTORE", line: line) }
        for option in statement.options where option.name == "RESUMABLE" && option.value.first?.uppercased() != "OFF" {
            throw ServerMessage.unsupported(option.name, line: line)
        }
        if try isView(statement.table) { throw ServerMessage.unsupported("CREATE INDEX on a view", line: line) }
        guard var target = try table(statement.table) else {
            throw ServerMessage.error(
                1088, state: 12, line: line,
                "Cannot find the object \"\(statement.table.description)\" because it does not exist or you do not have permissions."
            )
        }
        try change(target.alias) {
            if statement.drops { try dropExisting(statement.name, &target, line: line) }
            let taken = target.table.keys.contains { TextCollation.areEqual($0.name, statement.name.value) }
            guard !taken else {
                throw ServerMessage.error(
                    1913, line: line,
                    "The operation failed because an index or statistics with name '\(statement.name.value)' already exists on table '\(target.table.qualifiedName)'."
                )
            }
            let builder = TableBuilder(
                session: self, table: target.table, alias: target.alias, database: target.database, batch: context.text)
            let isClustered = statement.isClustered ?? false
            if isClustered, let other = target.table.keys.first(where: \.isClustered) {
                throw ServerMessage.error(
                    1902, state: 3, line: line,
                    "Cannot create more than one clustered index on table '\(target.table.qualifiedName)'. Drop the existing clustered index '\(other.name)' before creating another."
                )
            }
            var key = KeyInfo(
                id: try DatabaseCatalog.nextID(in: connection, schema: target.alias), name: statement.name.value,
                kind: .index, isUnique: statement.isUnique, isClustered: isClustered,
                columns: try builder.columns(statement.columns, line: line),
                included: try builder.included(statement.included, line: line))
            try refuseRepeated(key, target, line: line)
            key.filter = statement.condition.map { $0.range.text(in: context.text) }
            key.set(statement.options)
            try checkIndexOptions(of: key, in: target.table)
            target.table.keys.append(key)
            try save(target)
            try create(key, of: target)
        }
        noteDefinition(of: target)
        _ = try catalog(target.alias)
    }

    private func save(_ target: ResolvedTable) throws {
        try DatabaseCatalog.save(
            target.table, kind: "table", id: target.table.id, in: connection, schema: target.alias)
    }

    // MARK: Schemas and views

    func createSchema(_ statement: CreateSchemaStatement, _ context: BatchContext, line: Int) throws {
        guard let name = statement.name?.value else {
            throw ServerMessage.unsupported("CREATE SCHEMA AUTHORIZATION", line: line)
        }
        if !statement.elements.isEmpty { throw ServerMessage.unsupported("CREATE SCHEMA with elements", line: line) }
        let alias = currentAlias
        try change(alias) {
            guard try catalog(alias).schema(named: name) == nil else {
                throw ServerMessage.error(
                    2714, state: 6, line: line, "There is already an object named '\(name)' in the database.")
            }
            let id = try DatabaseCatalog.nextID(in: connection, schema: alias)
            let highest = try catalog(alias).schemas.map(\.id).max() ?? 4
            try DatabaseCatalog.save(
                SchemaInfo(id: highest + 1, name: name), kind: "schema", id: id, in: connection, schema: alias)
            try setOwner(ofSchema: highest + 1, to: statement.owner, alias)
        }
        _ = try catalog(alias)
    }

    func createView(_ statement: ViewStatement, _ source: Statement, _ context: BatchContext) throws {
        let line = source.range.line
        if let attribute = statement.attributes.first(where: { $0 != "SCHEMABINDING" }) {
            throw ServerMessage.unsupported(attribute, line: line)
        }
        let alias = currentAlias
        try change(alias) {
            let catalog = try catalog(alias)
            let schema = try self.schema(statement.name, catalog, line: line)
            let old = catalog.view(schema: schema, name: statement.name.name)
            if catalog.objectID(schema: schema, name: statement.name.name) != nil,
                statement.mode == .create || old == nil
            {
                throw ServerMessage.error(
                    2714, state: 3, line: line,
                    "There is already an object named '\(statement.name.name)' in the database.")
            }
            if statement.mode == .alter, old == nil {
                throw ServerMessage.invalidObject(statement.name.description, line: line)
            }
            if let old { try refuseBound(schema, old.name, "ALTER", statement.name, alias, line: line) }
            let isSchemaBound = statement.attributes.contains("SCHEMABINDING")
            let binder = makeBinder(Variables())
            if isSchemaBound { binder.schemaBinding = SchemaBinding(kind: "view", name: statement.name) }
            let bound = try binder.bindQuery(statement.query, outer: nil)
            for (index, column) in bound.columns.enumerated() where column.name.isEmpty && statement.columns.isEmpty {
                throw ServerMessage.error(
                    4511, line: line,
                    "Create View or Function failed because no column name was specified for column \(index + 1).")
            }
            let id = try old?.id ?? DatabaseCatalog.nextID(in: connection, schema: alias)
            let view = ViewInfo(
                id: id, schema: schema, name: statement.name.name, columns: statement.columns.map(\.value),
                queryColumns: bound.columns.map(\.name), hasCheckOption: statement.withCheckOption,
                isSchemaBound: isSchemaBound,
                definition: source.range.text(in: context.text), created: Clock.ticks(utc: false))
            try DatabaseCatalog.save(view, kind: "view", id: id, in: connection, schema: alias)
        }
        _ = try catalog(alias)
    }

    // MARK: TRUNCATE and DROP

    func truncate(_ name: MultipartName, _ context: BatchContext, line: Int) throws {
        guard let target = try table(name) else {
            throw ServerMessage.error(
                4701, line: line,
                "Cannot find the object \"\(name.description)\" because it does not exist or you do not have permissions."
            )
        }
        let users = try catalog(target.alias).sortedTables.filter { other in
            other.id != target.table.id && other.foreignKeys.contains { $0.referencedTable == target.table.id }
        }
        guard users.isEmpty else {
            throw ServerMessage.error(
                4712, line: line,
                "Cannot truncate table '\(name.description)' because it is being referenced by a FOREIGN KEY constraint."
            )
        }
        try change(target.alias) {
            try connection.execute("DELETE FROM \(target.alias).\(target.table.storedName)")
            try forgetIdentity(target)
        }
    }

    func drop(_ statement: DropStatement, _ context: BatchContext, line: Int) throws {
        for item in statement.items {
            switch statement.kind {
            case .table: try dropTable(item.name, statement.ifExists, line: line)
            case .view: try dropView(item.name, statement.ifExists, line: line)
            case .index: try dropIndex(item, statement.ifExists, line: line)
            case .schema: try dropSchema(item.name, statement.ifExists, line: line)
            case .database: try dropDatabase(item.name, statement.ifExists, line: line)
            case .sequence: try dropSequence(item.name, statement.ifExists, line: line)
            case .synonym: try dropSynonym(item.name, statement.ifExists, line: line)
            case .statistics: try dropStatistics(item.name, line: line)
            case .type: try dropType(item.name, statement.ifExists, line: line)
            case .procedure, .function, .trigger: try dropModule(item, statement, line: line)
            default: throw ServerMessage.unsupported("DROP \(statement.kind.rawValue)", line: line)
            }
        }
    }

    static func missing(_ kind: String, _ name: String, line: Int) -> ServerMessage {
        .error(
            3701, state: kind == "database" ? 1 : 5, line: line,
            "Cannot drop the \(kind) '\(name)', because it does not exist or you do not have permission.")
    }

    private func dropTable(_ name: MultipartName, _ ifExists: Bool, line: Int) throws {
        guard let target = try table(name) else {
            if ifExists { return }
            throw Self.missing("table", name.description, line: line)
        }
        let users = try catalog(target.alias).sortedTables.filter { other in
            other.id != target.table.id && other.foreignKeys.contains { $0.referencedTable == target.table.id }
        }
        guard users.isEmpty else {
            throw ServerMessage.error(
                3726, line: line,
                "Could not drop object '\(name.description)' because it is referenced by a FOREIGN KEY constraint.")
        }
        try refuseBound(target.table.schema, target.table.name, "DROP TABLE", name, target.alias, line: line)
        try change(target.alias) {
            connection.emptyCache()
            try forgetIdentity(target)
            try connection.execute("DROP TABLE \(target.alias).\(target.table.storedName)")
            try DatabaseCatalog.remove(id: target.table.id, in: connection, schema: target.alias)
            try removeTriggers(of: target.table.id, target.alias)
        }
        noteDefinition(of: target)
        _ = try catalog(target.alias)
    }

    /// The triggers of a table or view go with it.
    private func removeTriggers(of parent: Int, _ alias: String) throws {
        for trigger in try catalog(alias).triggers(of: parent) {
            try DatabaseCatalog.remove(id: trigger.id, in: connection, schema: alias)
        }
    }

    private func dropView(_ name: MultipartName, _ ifExists: Bool, line: Int) throws {
        let alias = currentAlias
        let catalog = try catalog(alias)
        let found = try schemas(of: name, in: database).lazy.compactMap { catalog.view(schema: $0, name: name.name) }
            .first
        guard name.database == nil, let view = found else {
            if ifExists { return }
            throw Self.missing("view", name.description, line: line)
        }
        try refuseBound(view.schema, view.name, "DROP VIEW", name, alias, line: line)
        try change(alias) {
            try DatabaseCatalog.remove(id: view.id, in: connection, schema: alias)
            try removeTriggers(of: view.id, alias)
        }
        _ = try self.catalog(alias)
    }

    private func dropIndex(_ item: DropStatement.Item, _ ifExists: Bool, line: Int) throws {
        // The old form is `table.index`.
        let tableName = item.table ?? MultipartName(item.name.parts.dropLast().map(\.value), line: line)
        guard item.table != nil || item.name.parts.count > 1 else {
            throw ServerMessage.error(
                159, line: line, "Must specify the table name and index name for the DROP INDEX statement.")
        }
        guard var target = try table(tableName),
            let key = target.table.keys.first(where: { TextCollation.areEqual($0.name, item.name.name) })
        else {
            if ifExists { return }
            throw Self.missing("index", "\(tableName.description).\(item.name.name)", line: line)
        }
        guard key.kind == .index else {
            throw ServerMessage.error(
                3723, state: 4, line: line,
                "An explicit DROP INDEX is not allowed on index '\(tableName.description).\(key.name)'. It is being used for \(key.kind == .primaryKey ? "PRIMARY KEY" : "UNIQUE KEY") constraint enforcement."
            )
        }
        try change(target.alias) {
            try dropIndex(key, target)
            target.table.keys.removeAll { $0.id == key.id }
            try save(target)
        }
        noteDefinition(of: target)
        _ = try catalog(target.alias)
    }

    private func dropSchema(_ name: MultipartName, _ ifExists: Bool, line: Int) throws {
        let alias = currentAlias
        let catalog = try catalog(alias)
        guard let schema = catalog.schema(named: name.name) else {
            if ifExists { return }
            throw ServerMessage.error(
                15151, line: line,
                "Cannot drop the schema '\(name.name)', because it does not exist or you do not have permission.")
        }
        let names =
            catalog.tables.values.filter { TextCollation.areEqual($0.schema, schema.name) }.map(\.name)
            + catalog.views.values.filter { TextCollation.areEqual($0.schema, schema.name) }.map(\.name)
            + catalog.modules.values.filter { TextCollation.areEqual($0.schema, schema.name) }.map(\.name)
        if let first = names.sorted().first {
            throw ServerMessage.error(
                3729, line: line,
                "Cannot drop schema '\(schema.name)' because it is being referenced by object '\(first)'.")
        }
        try change(alias) {
            try editDatabase(alias) { $0.forget(.schema, schema.id) }
            try connection.execute(
                "DELETE FROM \(alias).sys_object WHERE kind = 'schema' AND json_extract(body, '$.id') = \(schema.id);"
                    + "UPDATE \(alias).sys_state SET version = \(Int64.random(in: 1...Int64.max))")
        }
        _ = try self.catalog(alias)
    }

    // MARK: Databases

    private func refuseInTransaction(_ statement: String, line: Int) throws {
        guard transactionCount == 0 else {
            throw ServerMessage.error(
                226, state: 6, line: line, "\(statement) statement not allowed within multi-statement transaction.")
        }
    }

    func createDatabase(_ statement: CreateDatabaseStatement, _ context: BatchContext, line: Int) throws {
        try refuseInTransaction("CREATE DATABASE", line: line)
        if let name = statement.collation?.value, name.lowercased() != "sql_latin1_general_cp1_ci_as" {
            throw ServerMessage.unsupported("COLLATE \(name)", line: line)
        }
        if let word = statement.otherWords.first {
            throw ServerMessage.unsupported("CREATE DATABASE \(word)", line: line)
        }
        try instance.createDatabase(statement.name.value)
    }

    private func dropDatabase(_ name: MultipartName, _ ifExists: Bool, line: Int) throws {
        guard transactionCount == 0 else {
            throw ServerMessage.error(
                574, state: 0, line: line, "DROP DATABASE statement cannot be used inside a user transaction.")
        }
        guard let found = instance.database(named: name.name) else {
            if ifExists { return }
            throw Self.missing("database", name.name, line: line)
        }
        if found.id != database.id { try detach(id: found.id) }
        try instance.dropDatabase(found)
    }

    func alterDatabase(_ statement: AlterDatabaseStatement, _ context: BatchContext, line: Int) throws {
        try refuseInTransaction("ALTER DATABASE", line: line)
        let found: EmbeddedInstance.Database
        if let name = statement.name {
            guard let known = instance.database(named: name.value) else {
                throw ServerMessage.error(
                    5011, state: 5, line: line,
                    "User does not have permission to alter database '\(name.value)', the database does not exist, or the database is not in a state that allows access checks."
                )
            }
            found = known
        } else {
            found = database
        }
        guard !statement.setOptions.isEmpty else {
            throw ServerMessage.unsupported("ALTER DATABASE \(statement.words.first ?? "")", line: line)
        }
        for option in statement.setOptions {
            let words = option.map { $0.uppercased() }.filter { $0 != "=" }
            switch (words.first ?? "", words.dropFirst().first ?? "") {
            case ("OFFLINE", _): try instance.setOffline(found, true)
            case ("ONLINE", _): try instance.setOffline(found, false)
            case ("RECOVERY", _), ("MULTI_USER", _), ("AUTO_CLOSE", "OFF"), ("AUTO_SHRINK", "OFF"),
                ("READ_COMMITTED_SNAPSHOT", "ON"), ("ALLOW_SNAPSHOT_ISOLATION", "ON"), ("AUTO_CREATE_STATISTICS", _),
                ("AUTO_UPDATE_STATISTICS", _), ("PAGE_VERIFY", _):
                continue
            default:
                throw ServerMessage.unsupported("ALTER DATABASE SET \(words.joined(separator: " "))", line: line)
            }
        }
    }
}
