import SQLValues
import TransactSQL

extension EmbeddedSession {
    /// ALTER TABLE … ALTER COLUMN: a new type, and NULL unless NOT NULL is written.
    func alterColumn(_ definition: ColumnDefinition, of target: ResolvedTable, line: Int) throws {
        let name = definition.name.value
        guard let index = target.table.columns.firstIndex(where: { TextCollation.areEqual($0.name, name) }) else {
            throw ServerMessage.error(
                4924, line: line,
                "ALTER TABLE ALTER COLUMN failed because column '\(name)' does not exist in table '\(target.table.name)'."
            )
        }
        let old = target.table.columns[index]
        if old.computed != nil || old.isRowVersion {
            throw ServerMessage.error(
                4928, line: line,
                "Cannot alter column '\(old.name)' because it is '\(old.isRowVersion ? "timestamp" : "COMPUTED")'.")
        }
        let builder = TableBuilder(
            session: self, table: target.table, alias: target.alias, database: target.database, batch: "")
        let named = try builder.type(of: definition)
        guard let type = named.type, type.kind != .rowVersion else {
            throw ServerMessage.error(
                4927, line: line, "Cannot alter column '\(old.name)' to be data type timestamp.")
        }
        let byDefault = named.info?.isNullable ?? settings.has("ANSI_NULL_DFLT_ON")
        var new = old
        new.typeCode = type.code
        new.userType = named.info?.id
        new.isNullable = definition.isNullable ?? (old.identity != nil ? false : byDefault)
        try refuseDependents(of: old, becoming: new, target, line: line)
        try convert(old, to: new, target)
        var changed = target
        changed.table.columns[index] = new
        try DatabaseCatalog.save(
            changed.table, kind: "table", id: changed.table.id, in: connection, schema: target.alias)
        try redefine(changed)
    }

    /// Msg 5074 for each object that needs the column as it is, and 4922 after them.
    private func refuseDependents(of old: ColumnInfo, becoming new: ColumnInfo, _ target: ResolvedTable, line: Int)
        throws
    {
        let isSameKind = old.type.kind == new.type.kind
        let isLonger =
            isSameKind && [.varChar, .nVarChar, .varBinary].contains(old.type.kind)
            && (new.type.length ?? Int.max) >= (old.type.length ?? Int.max)
        let isUnchanged = old.type == new.type && old.isNullable == new.isNullable
        var dependents = try self.dependents(on: old, of: target)
        if isUnchanged { dependents = [] }
        if isLonger, old.isNullable == new.isNullable {
            dependents.removeAll { [.index, .unique, .check].contains($0.kind) }
        }
        if isSameKind { dependents.removeAll { $0.kind == .defaultValue } }
        guard !dependents.isEmpty else { return }
        precedingErrors = dependents.map { $0.message(old.name, line: line) }
        throw ServerMessage.error(
            4922, state: 9, line: line,
            "ALTER TABLE ALTER COLUMN \(old.name) failed because one or more objects access this column.")
    }

    /// Converts the values of a column in all rows.
    private func convert(_ old: ColumnInfo, to new: ColumnInfo, _ target: ResolvedTable) throws {
        guard old.type != new.type || old.isNullable != new.isNullable else { return }
        let table = "\(target.alias).\(target.table.storedName)"
        let read = try connection.prepareOnce("SELECT _rowid_, \(old.storedName) FROM \(table)")
        var rows: [(Int64, SQLValue)] = []
        while try read.step() { rows.append((read.cell(0).integer, StoredForm.decode(read.cell(1), as: old.type))) }
        read.reset()
        let write = try connection.prepareOnce("UPDATE \(table) SET \(old.storedName) = ? WHERE _rowid_ = ?")
        for (id, value) in rows {
            let converted = try Conversion.convert(value, from: old.type, to: new.assignedType)
            let form = try stored(converted, in: new, target, "UPDATE")
            guard old.type != new.type else { continue }
            try write.bind([form, .integer(id)])
            try write.run()
        }
    }

    /// `ALTER COLUMN name ADD | DROP property`.
    func alterColumn(_ name: Identifier, words: [String], of target: ResolvedTable, line: Int) throws {
        guard let index = target.table.columns.firstIndex(where: { TextCollation.areEqual($0.name, name.value) }) else {
            throw ServerMessage.error(
                4924, line: line,
                "ALTER TABLE ALTER COLUMN failed because column '\(name.value)' does not exist in table '\(target.table.name)'."
            )
        }
        guard words.count == 2, words[1] == "ROWGUIDCOL" else {
            throw ServerMessage.unsupported("ALTER COLUMN \(words.joined(separator: " "))", line: line)
        }
        var changed = target
        changed.table.columns[index].isRowGUID = words[0] == "ADD"
        try DatabaseCatalog.save(
            changed.table, kind: "table", id: changed.table.id, in: connection, schema: target.alias)
    }
}

/// An object that needs a column of a table as it is.
struct ColumnDependent {
    enum Kind { case primaryKey, unique, index, foreignKey, check, defaultValue, computed, statistics, view }

    var kind: Kind
    var name: String

    /// Msg 5074.
    func message(_ column: String, line: Int) -> ServerMessage {
        let what =
            switch kind {
            case .index: "index"
            case .computed: "column"
            case .statistics: "statistics"
            default: "object"
            }
        return .error(5074, line: line, "The \(what) '\(name)' is dependent on column '\(column)'.")
    }
}

extension EmbeddedSession {
    /// What depends on a column: constraints, indexes, computed columns, statistics.
    func dependents(on column: ColumnInfo, of target: ResolvedTable) throws -> [ColumnDependent] {
        let table = target.table
        var found: [ColumnDependent] = []
        for other in table.columns where other.computed != nil && other.id != column.id {
            guard let computed = other.computed else { continue }
            if try uses(computed.text, column, table) { found.append(.init(kind: .computed, name: other.name)) }
        }
        for key in table.keys {
            let isFiltered = try key.filter.map { try uses(condition: $0, column, table) } ?? false
            let isPart = key.columns.contains { $0.id == column.id } || key.included.contains(column.id)
            guard isPart || isFiltered else { continue }
            let kind: ColumnDependent.Kind =
                switch key.kind {
                case .primaryKey: .primaryKey
                case .unique: .unique
                case .index: .index
                }
            found.append(.init(kind: kind, name: key.name))
        }
        for key in table.foreignKeys where key.columns.contains(column.id) {
            found.append(.init(kind: .foreignKey, name: key.name))
        }
        for other in try catalog(target.alias).sortedTables {
            for key in other.foreignKeys
            where key.referencedTable == table.id && key.referencedColumns.contains(column.id) {
                found.append(.init(kind: .foreignKey, name: key.name))
            }
        }
        for check in table.checks where try uses(condition: check.text, column, table) {
            found.append(.init(kind: .check, name: check.name))
        }
        if let value = column.defaultValue { found.append(.init(kind: .defaultValue, name: value.name)) }
        for statistics in table.statistics ?? [] where statistics.columns.contains(column.id) {
            found.append(.init(kind: .statistics, name: statistics.name))
        }
        for name in try schemaBound(to: table.schema, table.name, column: column.name, target.alias) {
            found.append(.init(kind: .view, name: name))
        }
        return found
    }

    private func uses(condition text: String, _ column: ColumnInfo, _ table: TableInfo) throws -> Bool {
        Self.names(column, in: try condition(text, table))
    }

    private func uses(_ text: String, _ column: ColumnInfo, _ table: TableInfo) throws -> Bool {
        Self.names(column, in: try computedExpression(text, table).sql)
    }

    /// Whether SQLite's text names a column.
    private static func names(_ column: ColumnInfo, in sql: String) -> Bool {
        sql.split { !($0.isLetter || $0.isNumber || $0 == "_") }.contains { $0 == column.storedName }
    }
}
