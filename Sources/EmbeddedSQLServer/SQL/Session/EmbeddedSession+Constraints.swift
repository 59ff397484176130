import SQLValues

extension EmbeddedSession {
    /// SQL Server's error for a constraint that SQLite found violated.
    func violation(_ error: SQLiteError, _ target: ResolvedTable, _ verb: String, _ row: [Int: StoredValue])
        -> any Error
    {
        if connection.functions.error != nil { return error }
        let table = target.table
        switch error.code {
        case 2067, 1555:
            guard let key = brokenKey(error, table) else { return error }
            return duplicate(key, target, row)
        case 1299:
            guard let stored = columnNames(error.message).first,
                let column = table.columns.first(where: { $0.storedName == stored })
            else { return error }
            return ServerMessage.error(
                515, state: 2,
                "Cannot insert the value NULL into column '\(column.name)', table '\(target.nameOfNullRefusal)'; column does not allow nulls. \(verb) fails."
            )
        case 275:
            let name = error.message.split(separator: " ").last.map(String.init) ?? ""
            guard let check = table.checks.first(where: { "k\($0.id)" == name }) else { return error }
            return ServerMessage.error(
                547, state: 0,
                "The \(verb) statement conflicted with the CHECK constraint \"\(check.name)\". The conflict occurred in database \"\(target.database)\", table \"\(target.nameOfConflict)\"\(columnOf(check, table))."
            )
        default: return error
        }
    }

    /// The unique key that SQLite found broken; nil for other errors.
    func brokenKey(_ error: SQLiteError, _ table: TableInfo) -> KeyInfo? {
        guard [2067, 1555].contains(error.code) else { return nil }
        if let name = quoted(error.message) {
            return table.keys.first { name == $0.storedName || name == $0.storedName + "n" }
        }
        let columns = columnNames(error.message)
        return table.keys.first { key in
            key.isEnforced && key.columns.compactMap { table.column(id: $0.id)?.storedName } == columns
        }
    }

    /// A CHECK on one column names it in its error.
    private func columnOf(_ check: CheckInfo, _ table: TableInfo) -> String {
        let words = check.text.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init)
        let named = table.columns.filter { column in words.contains { TextCollation.areEqual($0, column.name) } }
        return named.count == 1 ? ", column '\(named[0].name)'" : ""
    }

    private func quoted(_ message: String) -> String? {
        guard message.contains("index '") else { return nil }
        return message.split(separator: "'").dropFirst().first.map(String.init)
    }

    private func columnNames(_ message: String) -> [String] {
        guard let list = message.split(separator: ": ").last else { return [] }
        return list.split(separator: ", ").map { $0.split(separator: ".").last.map(String.init) ?? "" }
    }

    func duplicate(_ key: KeyInfo, _ target: ResolvedTable, _ row: [Int: StoredValue]) -> ServerMessage {
        let values = key.columns.map { part -> String in
            guard let column = target.table.column(id: part.id) else { return "<NULL>" }
            guard let value = row[part.id] ?? computedValue(of: column, target.table, row) else { return "<NULL>" }
            return keyText(value, column.type)
        }
        let list = "(\(values.joined(separator: ", ")))"
        if key.kind == .index {
            return .error(
                2601,
                "Cannot insert duplicate key row in object '\(target.table.qualifiedName)' with unique index '\(key.name)'. The duplicate key value is \(list)."
            )
        }
        let kind = key.kind == .primaryKey ? "PRIMARY KEY" : "UNIQUE KEY"
        return .error(
            2627,
            "Violation of \(kind) constraint '\(key.name)'. Cannot insert duplicate key in object '\(target.table.qualifiedName)'. The duplicate key value is \(list)."
        )
    }

    /// What a computed column is in a row; nil for other columns.
    private func computedValue(of column: ColumnInfo, _ table: TableInfo, _ row: [Int: StoredValue]) -> StoredValue? {
        guard let computed = column.computed else { return nil }
        let given = table.columns.filter { $0.computed == nil }
        let list = given.map { "? AS \($0.storedName)" }.joined(separator: ", ")
        do {
            let sql = try computedExpression(computed.text, table).sql
            let statement = try connection.prepareOnce("SELECT \(sql) FROM (SELECT \(list))")
            try statement.bind(given.map { row[$0.id] ?? .null })
            defer { statement.reset() }
            return try statement.step() ? statement.cell(0).storedValue : nil
        } catch {
            return nil
        }
    }

    private func keyText(_ stored: StoredValue, _ type: SQLType) -> String {
        let value = StoredForm.decode(stored, as: type)
        if value.isNull { return "<NULL>" }
        if type.isBinary { return value.description }
        do throws(ServerMessage) {
            if case .string(let text) = try Conversion.convert(value, from: type, to: .nVarCharMax) { return text }
        } catch {
            return value.description
        }
        return value.description
    }

    // MARK: Foreign keys

    /// Throws Msg 547 when the statement left a foreign key violated.
    func checkForeignKeys(_ target: ResolvedTable, _ verb: String) throws {
        guard connection.hasForeignKeyViolation else { return }
        let catalog = try catalog(target.alias)
        let statement = try connection.prepareOnce("PRAGMA \(target.alias).foreign_key_check")
        defer { statement.reset() }
        while try statement.step() {
            guard let id = Int(statement.cell(0).text.dropFirst()), let child = catalog.tables[id] else { continue }
            // SQLite numbers the foreign keys of a table from the last to the first.
            let enforced = child.foreignKeys.filter { $0.isDisabled != true }
            let index = enforced.count - 1 - Int(statement.cell(3).integer)
            guard enforced.indices.contains(index) else { continue }
            throw conflict(enforced[index], child, target, verb, catalog)
        }
        throw ServerMessage.error(8624, "A foreign key is violated and cannot be found.")
    }

    private func conflict(
        _ key: ForeignKeyInfo, _ child: TableInfo, _ target: ResolvedTable, _ verb: String, _ catalog: DatabaseCatalog
    ) -> ServerMessage {
        let isChild = child.id == target.table.id && verb != "DELETE"
        let isSelf = key.referencedTable == child.id
        let parent = catalog.tables[key.referencedTable] ?? child
        let kind = (isSelf ? "SAME TABLE " : "") + (isChild ? "FOREIGN KEY" : "REFERENCE")
        let other = isChild ? parent : child
        let columns = isChild ? key.referencedColumns : key.columns
        let name = isSelf && isChild ? "FOREIGN KEY SAME TABLE" : isSelf ? "SAME TABLE REFERENCE" : kind
        let column =
            columns.count == 1 ? columns.first.flatMap { other.column(id: $0) }.map { ", column '\($0.name)'" } : nil
        return .error(
            547, state: 0,
            "The \(verb) statement conflicted with the \(name) constraint \"\(key.name)\". The conflict occurred in database \"\(target.database)\", table \"\(other.qualifiedName)\"\(column ?? "")."
        )
    }
}

extension StoredForm {
    /// The value of a stored form.
    static func decode(_ stored: StoredValue, as type: SQLType) -> SQLValue {
        decode(StoredCell(stored), as: type)
    }
}
