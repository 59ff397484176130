import SQLValues
import TransactSQL

/// A table of a database, as our catalogue keeps it.
struct TableInfo: Codable, Equatable {
    var id: Int
    var schema: String
    var name: String
    var columns: [ColumnInfo]
    var keys: [KeyInfo] = []
    var foreignKeys: [ForeignKeyInfo] = []
    var checks: [CheckInfo] = []
    var nextColumnID: Int
    /// 100 ns ticks since year one, UTC.
    var created: Int
    var statistics: [StatisticsInfo]?
    /// Computed columns that were not stored and are dropped: unlike others they leave no place in the rows.
    var droppedVirtual: [Int]?

    /// The table's name in SQLite.
    var storedName: String { "o\(id)" }

    /// The table's name without database.
    var qualifiedName: String { "\(schema).\(name)" }

    func column(named name: String) -> ColumnInfo? {
        columns.first { TextCollation.areEqual($0.name, name) }
    }

    func column(id: Int) -> ColumnInfo? { columns.first { $0.id == id } }

    var identityColumn: ColumnInfo? { columns.first { $0.identity != nil } }

    var primaryKey: KeyInfo? { keys.first { $0.kind == .primaryKey } }
}

/// A column of a table.
struct ColumnInfo: Codable, Equatable {
    struct Identity: Codable, Equatable {
        var seed: Int64
        var increment: Int64
    }

    /// `AS expression`, as its T-SQL text.
    struct Computed: Codable, Equatable {
        var text: String
        var isPersisted: Bool
    }

    /// DEFAULT, as its T-SQL text.
    struct Default: Codable, Equatable {
        var id: Int
        var name: String
        var text: String
        var isNamedBySystem: Bool
    }

    var id: Int
    var name: String
    var typeCode: Int64
    var isNullable: Bool
    var identity: Identity?
    var defaultValue: Default?
    /// The alias type that it was defined with.
    var userType: Int?
    var computed: Computed?
    var isRowGUID: Bool?

    var type: SQLType { SQLType(code: typeCode) ?? .int }

    /// The column's name in SQLite.
    var storedName: String { "c\(id)" }

    /// The server gives it a new value with each change of its row.
    var isRowVersion: Bool { type.kind == .rowVersion && computed == nil }

    /// Whether its values come from INSERT and UPDATE.
    var isGiven: Bool { identity == nil && computed == nil && !isRowVersion }
}

/// A primary key, a UNIQUE constraint or an index.
struct KeyInfo: Codable, Equatable {
    enum Kind: String, Codable { case primaryKey, unique, index }

    struct Column: Codable, Equatable {
        var id: Int
        var isDescending = false
    }

    var id: Int
    var name: String
    var kind: Kind
    var isUnique: Bool
    var isClustered: Bool
    var columns: [Column]
    var included: [Int] = []
    var isNamedBySystem = false
    /// WHERE, as its T-SQL text.
    var filter: String?
    /// IGNORE_DUP_KEY.
    var ignoresDuplicates: Bool?
    var isDisabled: Bool?
    var fillFactor: Int?

    /// Takes what the options of a definition say.
    mutating func set(_ options: [DefinitionOption]) {
        for option in options {
            let isOn = option.value.first?.uppercased() != "OFF"
            switch option.name {
            case "IGNORE_DUP_KEY": ignoresDuplicates = isOn
            case "FILLFACTOR": fillFactor = option.value.first.flatMap { Int($0) }
            default: continue
            }
        }
    }

    /// Whether SQLite holds rows to it.
    var isEnforced: Bool { isUnique && isDisabled != true }

    /// The index's name in SQLite.
    var storedName: String { "i\(id)" }
}

/// What CREATE STATISTICS made.
struct StatisticsInfo: Codable, Equatable {
    var name: String
    var columns: [Int]
}

/// A foreign key.
struct ForeignKeyInfo: Codable, Equatable {
    var id: Int
    var name: String
    var columns: [Int]
    var referencedTable: Int
    var referencedColumns: [Int]
    var onDelete: String
    var onUpdate: String
    var isNamedBySystem = false
    var isDisabled: Bool?
    var isNotTrusted: Bool?
}

/// A CHECK constraint, as its T-SQL text.
struct CheckInfo: Codable, Equatable {
    var id: Int
    var name: String
    var text: String
    var isNamedBySystem = false
    /// The column that it was written on; nil for a CHECK of the table.
    var column: Int?
    var isDisabled: Bool?
    var isNotTrusted: Bool?
}

/// A view, as the text of its query.
struct ViewInfo: Codable, Equatable {
    var id: Int
    var schema: String
    var name: String
    var columns: [String]
    /// The names of its query's columns when it was made.
    var queryColumns: [String]
    /// WITH CHECK OPTION.
    var hasCheckOption: Bool?
    var isSchemaBound: Bool?
    /// The whole CREATE VIEW statement.
    var definition: String
    var created: Int
}

/// A schema.
struct SchemaInfo: Codable, Equatable {
    var id: Int
    var name: String
}
