import Foundation
import SQLValues
import TransactSQL

extension EmbeddedSession {
    /// CREATE TABLE.
    func createTable(_ statement: CreateTableStatement, _ context: BatchContext, line: Int) throws {
        let (alias, databaseName) = try home(of: statement.name)
        let isTemporary = alias == "temp"
        if isTemporary { try useTemporaryCatalog() }
        if let option = statement.options.first { throw ServerMessage.unsupported(option.name, line: line) }
        if !statement.definition.period.isEmpty {
            throw ServerMessage.unsupported("PERIOD FOR SYSTEM_TIME", line: line)
        }
        try change(alias) {
            let catalog = try catalog(alias)
            let schema = try self.schema(statement.name, catalog, line: line)
            guard catalog.objectID(schema: schema, name: statement.name.name) == nil else {
                throw ServerMessage.error(
                    2714, state: 6, "There is already an object named '\(statement.name.name)' in the database.")
            }
            let id = try DatabaseCatalog.nextID(in: connection, schema: alias)
            var table = TableInfo(
                id: id, schema: schema, name: statement.name.name, columns: [], nextColumnID: 1,
                created: Clock.ticks(utc: false))
            var builder = TableBuilder(
                session: self, table: table, alias: alias, database: databaseName, batch: context.text)
            try addingConstraints(line: line) { try builder.add(statement.definition) }
            for name in builder.skippedForeignKeys { try skipForeignKey(name, context, line: line) }
            table = builder.table
            guard !table.columns.isEmpty else {
                throw ServerMessage.error(173, line: line, "The definition for a table needs at least one column.")
            }
            try editionRules.check(table.columns.map { ($0.name, $0.type) })
            try DatabaseCatalog.save(table, kind: "table", id: id, in: connection, schema: alias)
            try connection.execute("CREATE TABLE \(alias).\(table.storedName)\(try definition(of: table, alias))")
            for key in table.keys {
                try create(key, of: ResolvedTable(table: table, database: databaseName, alias: alias))
            }
        }
        let made = try self.catalog(alias).table(schema: "dbo", name: statement.name.name)
        if statement.name.name.hasPrefix("##"), let made { globalTables.insert(made.id) }
    }

    /// SQLite's alias and the name of the database in which a new object goes.
    func home(of name: MultipartName) throws -> (alias: String, database: String) {
        if name.name.hasPrefix("##") {
            let home = try temporaryDatabase()
            return (try attach(home), home.name)
        }
        if name.name.hasPrefix("#") { return ("temp", "tempdb") }
        let home = try database(of: name)
        return (try attach(home), home.name)
    }

    func schema(_ name: MultipartName, _ catalog: DatabaseCatalog, line: Int) throws -> String {
        let wanted = try name.name.hasPrefix("#") ? "dbo" : name.schema ?? defaultSchema(in: database)
        guard let schema = catalog.schema(named: wanted) else {
            throw ServerMessage.error(
                2760, line: line,
                "The specified schema name \"\(wanted)\" either does not exist or you do not have permission to use it."
            )
        }
        return schema.name
    }

    /// What stands behind CREATE TABLE's name in SQLite.
    func definition(of table: TableInfo, _ alias: String) throws -> String {
        var parts: [String] = []
        // Dropped columns keep their place.
        for id in 1..<table.nextColumnID where table.droppedVirtual?.contains(id) != true {
            let column = table.column(id: id)
            let collation = column.flatMap { StoredForm.collation(of: $0.type) }
            var text = "c\(id)" + (collation.map { " COLLATE \($0)" } ?? "") + (try storedDefault(id, table))
            if let computed = column?.computed {
                let value = try computedExpression(computed.text, table).sql
                text += " AS (\(value)) \(computed.isPersisted ? "STORED" : "VIRTUAL")"
                if computed.isPersisted, column?.isNullable == false { text += " NOT NULL" }
            }
            parts.append(text)
        }
        for check in table.checks where check.isDisabled != true {
            parts.append("CONSTRAINT k\(check.id) CHECK (\(try condition(of: check, table)))")
        }
        for key in table.foreignKeys where key.isDisabled != true {
            let own = key.columns.map { "c\($0)" }.joined(separator: ", ")
            let other = key.referencedColumns.map { "c\($0)" }.joined(separator: ", ")
            parts.append(
                "FOREIGN KEY (\(own)) REFERENCES o\(key.referencedTable)(\(other)) ON DELETE \(key.onDelete)"
                    + " ON UPDATE \(key.onUpdate) DEFERRABLE INITIALLY DEFERRED")
        }
        return "(" + parts.joined(separator: ", ") + ")"
    }

    /// A CHECK in SQLite's words.
    func condition(of check: CheckInfo, _ table: TableInfo) throws -> String { try condition(check.text, table) }

    /// Gives a table's new definition to SQLite, without touching its rows.
    func redefine(_ target: ResolvedTable) throws {
        let alias = target.alias
        let sql = "CREATE TABLE \(target.table.storedName)\(try definition(of: target.table, alias))"
        let version = try connection.integer("PRAGMA \(alias).schema_version") ?? 0
        connection.emptyCache()
        try connection.execute("PRAGMA writable_schema = ON")
        let statement = try connection.prepareOnce(
            "UPDATE \(alias).sqlite_master SET sql = ? WHERE type = 'table' AND name = ?")
        try statement.bind([.text(sql), .text(target.table.storedName)])
        try statement.run()
        try connection.execute("PRAGMA \(alias).schema_version = \(version + 1); PRAGMA writable_schema = RESET")
    }

    /// Makes the index behind a key.
    ///
    /// In SQL Server NULL is a key value like any other, in SQLite it is not.
    func create(_ key: KeyInfo, of target: ResolvedTable) throws {
        let parts = key.columns.map { part in
            let ignoresZeros = target.table.column(id: part.id).map { StoredForm.ignoresZeros($0.type) } ?? false
            return (ignoresZeros ? "ts_bin(c\(part.id))" : "c\(part.id)") + (part.isDescending ? " DESC" : "")
        }.joined(separator: ", ")
        if key.isDisabled == true { return }
        let unique = key.isUnique ? "UNIQUE " : ""
        let filter = try key.filter.map { try condition($0, target.table) }
        let filtered = filter.map { " WHERE \($0)" } ?? ""
        let nullable = key.columns.compactMap { target.table.column(id: $0.id) }.filter(\.isNullable)
        do {
            try connection.execute(
                "CREATE \(unique)INDEX \(target.alias).\(key.storedName) ON \(target.table.storedName)(\(parts))\(filtered)"
            )
            guard key.isUnique, !nullable.isEmpty else { return }
            let columns = key.columns.compactMap { target.table.column(id: $0.id) }
            let marked = columns.map { column -> String in
                let collation = StoredForm.collation(of: column.type).map { " COLLATE \($0)" } ?? ""
                let value =
                    StoredForm.ignoresZeros(column.type) ? "ts_bin(\(column.storedName))" : column.storedName
                return "(\(column.storedName) IS NULL), ifnull(\(value), 0)\(collation)"
            }
            let anyNull = nullable.map { "\($0.storedName) IS NULL" }.joined(separator: " OR ")
            try connection.execute(
                "CREATE UNIQUE INDEX \(target.alias).\(key.storedName)n ON \(target.table.storedName)"
                    + "(\(marked.joined(separator: ", "))) WHERE (\(anyNull))\(filter.map { " AND (\($0))" } ?? "")")
        } catch let error as SQLiteError where error.primaryCode == 19 {
            throw try duplicateRow(key, target)
        }
    }

    private func duplicateRow(_ key: KeyInfo, _ target: ResolvedTable) throws -> ServerMessage {
        let list = key.columns.map { "c\($0.id)" }.joined(separator: ", ")
        let filter = try key.filter.map { " WHERE \(try condition($0, target.table))" } ?? ""
        let statement = try connection.prepareOnce(
            "SELECT \(list) FROM \(target.alias).\(target.table.storedName)\(filter) GROUP BY \(list) HAVING count(*) > 1 LIMIT 1"
        )
        var row: [Int: StoredValue] = [:]
        if try statement.step() {
            for (index, part) in key.columns.enumerated() {
                guard let type = target.table.column(id: part.id)?.type else { continue }
                row[part.id] = StoredForm.encode(StoredForm.decode(statement.cell(index), as: type), as: type)
            }
        }
        let text = duplicate(key, target, row).text
        let values = text.range(of: "The duplicate key value is").map { String(text[$0.lowerBound...]) } ?? ""
        return .error(
            1505,
            "The CREATE UNIQUE INDEX statement terminated because a duplicate key was found for the object name '\(target.table.qualifiedName)' and the index name '\(key.name)'. \(values)"
        )
    }
}
