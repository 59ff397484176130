import SQLValues
import TransactSQL

/// Turns the parts of a table's definition into our catalogue's form.
struct TableBuilder {
    let session: EmbeddedSession
    var table: TableInfo
    let alias: String
    let database: String
    /// The batch that the definition was written in.
    let batch: String
    /// New columns without NULL or NOT NULL, which a PRIMARY KEY makes NOT NULL.
    private var mayStillBecomeNotNull: Set<Int> = []
    /// Foreign keys of a temporary table, which the server leaves out with Msg 1766.
    private(set) var skippedForeignKeys: [String] = []

    init(session: EmbeddedSession, table: TableInfo, alias: String, database: String, batch: String) {
        self.session = session
        self.table = table
        self.alias = alias
        self.database = database
        self.batch = batch
    }

    private func newID() throws -> Int {
        if table.name.hasPrefix("@") { return session.tableVariables.nextID() }
        return try DatabaseCatalog.nextID(in: session.connection, schema: alias)
    }

    // MARK: Columns

    /// All of a definition: columns first, then what names them.
    mutating func add(_ definition: TableDefinition) throws {
        for column in definition.columns { try add(column) }
        for column in definition.columns where column.computed != nil { try resolve(column) }
        for column in definition.columns { try addParts(of: column) }
        for constraint in definition.constraints { try add(constraint, column: nil) }
        for index in definition.indexes { try add(index) }
    }

    /// The constraints and indexes that are written on a column.
    private mutating func addParts(of column: ColumnDefinition) throws {
        guard let id = table.column(named: column.name.value)?.id else { return }
        // A foreign key with SET DEFAULT asks for the default, which may be written behind it.
        let ordered = column.constraints.filter(\.isDefault) + column.constraints.filter { !$0.isDefault }
        for constraint in ordered { try add(constraint, column: id) }
        for index in column.indexes { try add(index, column: id) }
    }

    /// The type that a column is written with.
    func type(of column: ColumnDefinition) throws -> NamedType {
        let line = column.range.line
        guard let typeName = column.type else { return NamedType(type: .rowVersion, info: nil) }
        if ["timestamp", "rowversion"].contains(typeName.lowercasedName), typeName.name.parts.count == 1 {
            return NamedType(type: .rowVersion, info: nil)
        }
        if let name = column.collation?.value.lowercased(),
            !["sql_latin1_general_cp1_ci_as", "database_default"].contains(name)
        {
            throw ServerMessage.unsupported("COLLATE \(column.collation?.value ?? "")", line: line)
        }
        let named = try session.type(typeName, place: table.columns.count + 1, isColumn: true)
        guard named.type != nil else {
            throw ServerMessage.error(
                350, line: line,
                "The column \"\(column.name.value)\" does not have a valid data type. A column cannot be of a user-defined table type."
            )
        }
        return named
    }

    private mutating func add(_ column: ColumnDefinition) throws {
        let line = column.range.line
        if column.isSparse { throw ServerMessage.unsupported("SPARSE", line: line) }
        if column.generated != nil { throw ServerMessage.unsupported("GENERATED ALWAYS", line: line) }
        if let word = column.otherWords.first { throw ServerMessage.unsupported(word, line: line) }
        let named = column.computed == nil ? try type(of: column) : NamedType(type: .int, info: nil)
        let type = named.type ?? .int
        guard table.column(named: column.name.value) == nil else {
            throw ServerMessage.error(
                2705, state: 3, line: line,
                "Column names in each table must be unique. Column name '\(column.name.value)' in table '\(table.name)' is specified more than once."
            )
        }
        if !session.settings.has("ANSI_PADDING"), [.char, .varChar, .binary, .varBinary].contains(type.kind) {
            throw ServerMessage.unsupported("\(type.name) column under SET ANSI_PADDING OFF", line: line)
        }
        let isKey = column.constraints.contains { if case .primaryKey = $0.kind { true } else { false } }
        let byDefault =
            column.type?.lowercasedName == "sysname" || type.kind == .rowVersion
            ? false : named.info?.isNullable ?? session.settings.has("ANSI_NULL_DFLT_ON")
        if isKey, column.isNullable == true { throw nullableKey(line) }
        var info = ColumnInfo(
            id: table.nextColumnID, name: column.name.value, typeCode: type.code,
            isNullable: column.isNullable ?? (isKey || column.identity != nil ? false : byDefault))
        info.userType = named.info?.id
        if let computed = column.computed {
            info.computed = .init(text: computed.range.text(in: batch), isPersisted: column.isPersisted)
        }
        if type.kind == .rowVersion { try checkRowVersion(info, line: line) }
        if column.isRowGUID { try markRowGUID(&info, line: line) }
        if let identity = column.identity { try set(identity, on: &info, type, column.isNullable, line: line) }
        if column.isNullable == nil { mayStillBecomeNotNull.insert(info.id) }
        table.nextColumnID += 1
        table.columns.append(info)
    }

    private func checkRowVersion(_ info: ColumnInfo, line: Int) throws {
        guard !table.columns.contains(where: { $0.isRowVersion && $0.computed == nil }) else {
            throw ServerMessage.error(
                2738, state: 2, line: line,
                "A table can only have one timestamp column. Because table '\(table.name)' already has one, the column '\(info.name)' cannot be added."
            )
        }
    }

    private func markRowGUID(_ info: inout ColumnInfo, line: Int) throws {
        guard info.type.kind == .uniqueIdentifier else {
            throw ServerMessage.unsupported("ROWGUIDCOL of \(info.type.name)", line: line)
        }
        guard !table.columns.contains(where: { $0.isRowGUID == true }) else {
            throw ServerMessage.error(8196, line: line, "Duplicate column specified as ROWGUIDCOL.")
        }
        info.isRowGUID = true
    }

    private func nullableKey(_ line: Int) -> ServerMessage {
        .error(8111, line: line, "Cannot define PRIMARY KEY constraint on nullable column in table '\(table.name)'.")
    }

    private func set(
        _ identity: ColumnDefinition.Identity, on info: inout ColumnInfo, _ type: SQLType, _ isNullable: Bool?,
        line: Int
    ) throws {
        guard TypeRules.isInteger(type) || [.decimal, .numeric].contains(type.kind) && type.scale == 0 else {
            throw ServerMessage.error(
                2749, state: 2, line: line,
                "Identity column '\(info.name)' must be of data type int, bigint, smallint, tinyint, or decimal or numeric with a scale of 0, unencrypted, and constrained to be nonnullable."
            )
        }
        guard isNullable != true else {
            throw ServerMessage.error(
                8147, line: line,
                "Could not create IDENTITY attribute on nullable column '\(info.name)', table '\(table.name)'.")
        }
        guard table.identityColumn == nil else {
            throw ServerMessage.error(
                2744, state: 2, line: line,
                "Multiple identity columns specified for table '\(table.name)'. Only one identity column per table is allowed."
            )
        }
        guard let seed = Int64(identity.seed), let increment = Int64(identity.increment), increment != 0 else {
            throw ServerMessage.error(
                2754, line: line, "Identity column '\(info.name)' contains invalid SEED or INCREMENT.")
        }
        info.identity = .init(seed: seed, increment: increment)
    }

    // MARK: Constraints

    mutating func add(_ constraint: ConstraintDefinition, column: Int?) throws {
        let line = constraint.range.line
        switch constraint.kind {
        case .primaryKey(let key): try add(key, .primaryKey, constraint.name?.value, column, line: line)
        case .unique(let key): try add(key, .unique, constraint.name?.value, column, line: line)
        case .foreignKey(let key): try add(key, constraint.name?.value, column, line: line)
        case .check(let condition, _):
            let id = try newID()
            let name = try constraintName(constraint.name?.value, "CK", id)
            let check = CheckInfo(
                id: id, name: name, text: condition.range.text(in: batch), isNamedBySystem: constraint.name == nil)
            _ = try StoredExpression.parse(condition: check.text)
            table.checks.append(check)
            table.checks[table.checks.count - 1].column = column
        case .defaultValue(let value, let target):
            try addDefault(value, constraint.name?.value, target: target, column: column, line: line)
        case .connection: throw ServerMessage.unsupported("CONNECTION", line: line)
        }
    }

    private mutating func addDefault(
        _ value: SQLExpression, _ name: String?, target: Identifier?, column: Int?, line: Int
    ) throws {
        let id = try newID()
        let place: Int?
        if let target {
            place = table.columns.firstIndex { TextCollation.areEqual($0.name, target.value) }
        } else {
            place = table.columns.firstIndex { $0.id == column }
        }
        guard let place else {
            throw ServerMessage.error(
                1752, state: 0, line: line,
                "Column '\(target?.value ?? "")' in table '\(table.name)' is invalid for creating a default constraint."
            )
        }
        guard table.columns[place].defaultValue == nil else {
            throw ServerMessage.error(1781, line: line, "Column already has a DEFAULT bound to it.")
        }
        let text = value.range.text(in: batch)
        // Binding tells now what would fail at the first INSERT.
        let binder = session.makeBinder(Variables())
        _ = try binder.coerce(
            binder.bindAlone(try StoredExpression.parse(text)), to: table.columns[place].assignedType, line: line)
        table.columns[place].defaultValue = .init(
            id: id, name: try constraintName(name, "DF", id), text: text, isNamedBySystem: name == nil)
    }

    /// The name given, which must be free, or one in SQL Server's manner.
    private func constraintName(_ name: String?, _ prefix: String, _ id: Int) throws -> String {
        guard let name else {
            let digits = String(id.magnitude, radix: 16, uppercase: true)
            let owner = table.name.hasPrefix("@") ? ResolvedTable.internalName(table.id) : table.name
            // The names of keys have 16 digits after 8 letters of the table's.
            let isKey = prefix == "PK" || prefix == "UQ"
            let zeros = String(repeating: "0", count: max(0, (isKey ? 16 : 8) - digits.count))
            return "\(prefix)__\(owner.prefix(isKey ? 8 : 9))__\(zeros)\(digits)"
        }
        let own = table.keys.map(\.name) + table.foreignKeys.map(\.name) + table.checks.map(\.name)
        let isTaken =
            try own.contains { TextCollation.areEqual($0, name) }
            || session.catalog(alias).objectID(schema: table.schema, name: name) != nil
        guard !isTaken else {
            throw ServerMessage.error(2714, state: 5, "There is already an object named '\(name)' in the database.")
        }
        return name
    }

    private mutating func add(
        _ key: KeyDefinition, _ kind: KeyInfo.Kind, _ name: String?, _ column: Int?, line: Int
    ) throws {
        if key.isNotEnforced { throw ServerMessage.unsupported("NOT ENFORCED", line: line) }
        let id = try newID()
        let columns = try column.map { [KeyInfo.Column(id: $0)] } ?? self.columns(key.columns, line: line)
        if kind == .primaryKey {
            guard table.primaryKey == nil else {
                throw ServerMessage.error(
                    1779, state: 0, line: line, "Table '\(table.name)' already has a primary key defined on it.")
            }
            for part in columns {
                guard let index = table.columns.firstIndex(where: { $0.id == part.id }) else { continue }
                if table.columns[index].isNullable, mayStillBecomeNotNull.contains(part.id) {
                    table.columns[index].isNullable = false
                } else if table.columns[index].isNullable {
                    throw nullableKey(line)
                }
            }
        }
        let prefix = kind == .primaryKey ? "PK" : "UQ"
        let isClustered = key.isClustered ?? (kind == .primaryKey && !table.keys.contains(where: \.isClustered))
        try checkClustered(isClustered, line: line)
        var info = KeyInfo(
            id: id, name: try constraintName(name, prefix, id), kind: kind, isUnique: true, isClustered: isClustered,
            columns: columns, isNamedBySystem: name == nil)
        info.set(key.options)
        table.keys.append(info)
    }

    private func checkClustered(_ isClustered: Bool, line: Int) throws {
        guard isClustered, table.keys.contains(where: \.isClustered) else { return }
        throw ServerMessage.error(
            8112, state: 0, line: line,
            "Cannot add more than one clustered index for constraints on table '\(table.name)'.")
    }

    func columns(_ list: [IndexColumn], line: Int) throws -> [KeyInfo.Column] {
        try list.map { item in
            guard let column = table.column(named: item.name.value) else {
                throw ServerMessage.error(
                    1911, line: line,
                    "Column name '\(item.name.value)' does not exist in the target table or view.")
            }
            if column.type.isMax || [.text, .nText, .image].contains(column.type.kind) {
                throw ServerMessage.error(
                    1919, line: line,
                    "Column '\(column.name)' in table '\(table.name)' is of a type that is invalid for use as a key column in an index."
                )
            }
            return KeyInfo.Column(id: column.id, isDescending: item.isDescending)
        }
    }

    mutating func add(_ index: InlineIndex, column: Int? = nil) throws {
        let line = index.range.line
        if index.isColumnstore { throw ServerMessage.unsupported("COLUMNSTORE", line: line) }
        let own = column.map { [KeyInfo.Column(id: $0)] } ?? []
        var info = KeyInfo(
            id: try newID(), name: index.name.value, kind: .index, isUnique: index.isUnique,
            isClustered: index.isClustered ?? false,
            columns: index.columns.isEmpty ? own : try columns(index.columns, line: line),
            included: try included(index.included, line: line))
        info.filter = index.condition.map { $0.range.text(in: batch) }
        info.set(index.options)
        guard !table.keys.contains(where: { TextCollation.areEqual($0.name, info.name) }) else {
            throw ServerMessage.error(
                1913, line: line,
                "The operation failed because an index or statistics with name '\(info.name)' already exists on table '\(table.name)'."
            )
        }
        table.keys.append(info)
    }

    /// The columns of INCLUDE.
    func included(_ names: [Identifier], line: Int) throws -> [Int] {
        try names.map { name in
            guard let column = table.column(named: name.value) else {
                throw ServerMessage.error(
                    1911, line: line, "Column name '\(name.value)' does not exist in the target table or view.")
            }
            return column.id
        }
    }

    // MARK: Foreign keys

    private mutating func add(_ key: ForeignKeyDefinition, _ name: String?, _ column: Int?, line: Int) throws {
        if key.isNotEnforced { throw ServerMessage.unsupported("NOT ENFORCED", line: line) }
        let id = try newID()
        let fullName = try constraintName(name, "FK", id)
        guard alias != "temp", !table.name.hasPrefix("#") else {
            if table.name.hasPrefix("@") {
                throw ServerMessage.unsupported("FOREIGN KEY of a table variable", line: line)
            }
            skippedForeignKeys.append(fullName)
            return
        }
        let parent: TableInfo
        if TextCollation.areEqual(key.table.name, table.name),
            TextCollation.areEqual(key.table.schema ?? "dbo", table.schema)
        {
            parent = table
        } else {
            guard let found = try session.table(key.table), found.alias == alias else {
                throw ServerMessage.error(
                    1767, state: 0, line: line,
                    "Foreign key '\(fullName)' references invalid table '\(key.table.description)'.")
            }
            try session.requireReferences(to: found, line: line)
            parent = found.table
        }
        let own = try column.map { [$0] } ?? ids(key.columns, table, fullName, line: line)
        var other = try ids(key.referencedColumns, parent, fullName, isReferenced: true, line: line)
        guard other.isEmpty || own.count == other.count else {
            throw ServerMessage.error(
                8139, state: 0, line: line,
                "Number of referencing columns in foreign key differs from number of referenced columns, table '\(table.name)'."
            )
        }
        if other.isEmpty {
            guard let primary = parent.primaryKey else {
                throw ServerMessage.error(
                    1773, state: 0, line: line,
                    "Foreign key '\(fullName)' has implicit reference to object '\(key.table.description)' which does not have a primary key defined on it."
                )
            }
            other = primary.columns.map(\.id)
        }
        let matches = parent.keys.contains { $0.isUnique && Set($0.columns.map(\.id)) == Set(other) }
        guard matches, own.count == other.count, !own.isEmpty else {
            throw ServerMessage.error(
                1776, state: 0, line: line,
                "There are no primary or candidate keys in the referenced table '\(key.table.description)' that match the referencing column list in the foreign key '\(fullName)'."
            )
        }
        for (a, b) in zip(own, other) {
            guard let x = table.column(id: a)?.type, let y = parent.column(id: b)?.type, x.kind == y.kind,
                x.isCharacter || x == y
            else {
                throw ServerMessage.error(
                    1778, state: 0, line: line,
                    "Column '\(parent.name).\(parent.column(id: b)?.name ?? "")' is not the same data type as referencing column '\(table.name).\(table.column(id: a)?.name ?? "")' in foreign key '\(fullName)'."
                )
            }
        }
        table.foreignKeys.append(
            ForeignKeyInfo(
                id: id, name: fullName, columns: own, referencedTable: parent.id, referencedColumns: other,
                onDelete: (key.onDelete ?? .noAction).rawValue, onUpdate: (key.onUpdate ?? .noAction).rawValue,
                isNamedBySystem: name == nil))
        if key.onDelete == .setDefault || key.onUpdate == .setDefault,
            own.contains(where: { id in
                table.column(id: id).map { !$0.isNullable && $0.defaultValue == nil } ?? false
            })
        {
            throw ServerMessage.error(
                1762, state: 0, line: line,
                "Cannot create the foreign key \"\(fullName)\" with the SET DEFAULT referential action, because one or more referencing not-nullable columns lack a default constraint."
            )
        }
        if key.onDelete == .setNull || key.onUpdate == .setNull,
            own.contains(where: { table.column(id: $0)?.isNullable == false })
        {
            throw ServerMessage.error(
                1761, state: 0, line: line,
                "Cannot create the foreign key \"\(fullName)\" with the SET NULL referential action, because one or more referencing columns are not nullable."
            )
        }
    }

    private func ids(
        _ names: [Identifier], _ table: TableInfo, _ key: String, isReferenced: Bool = false, line: Int
    ) throws -> [Int] {
        try names.map { name in
            guard let column = table.column(named: name.value) else {
                throw ServerMessage.error(
                    isReferenced ? 1770 : 1769, state: isReferenced ? 0 : 1, line: line,
                    "Foreign key '\(key)' references invalid column '\(name.value)' in \(isReferenced ? "referenced" : "referencing") table '\(table.name)'."
                )
            }
            return column.id
        }
    }
}
