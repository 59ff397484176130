/// The form `ALTER TABLE`.
package struct AlterTableStatement: Sendable, Equatable {
    /// What is changed.
    package enum Action: Sendable, Equatable {
        /// `[WITH CHECK | NOCHECK] ADD …`; `checksExisting` is nil when neither was written.
        case add(TableDefinition, checksExisting: Bool?)
        case alterColumn(ColumnDefinition)
        /// `ALTER COLUMN name ADD | DROP ROWGUIDCOL | PERSISTED | SPARSE | MASKED …`, as words.
        case alterColumnProperty(Identifier, words: [String])
        case drop([DropItem])
        /// `[WITH CHECK | NOCHECK] CHECK | NOCHECK CONSTRAINT ALL | names`; no names mean ALL.
        case checkConstraints(enabled: Bool, checksExisting: Bool?, names: [Identifier])
        /// `ENABLE | DISABLE TRIGGER ALL | names`; no names mean ALL.
        case triggers(enabled: Bool, names: [Identifier])
    }

    /// One thing that is dropped from a table.
    package struct DropItem: Sendable, Equatable {
        package let isColumn: Bool
        package let ifExists: Bool
        package let name: Identifier
        /// `WITH (ONLINE = ON)` and the like.
        package var options: [DefinitionOption] = []
        /// Whether COLUMN or CONSTRAINT, and IF EXISTS, stand before this item; both count for those after it, too.
        package var hasKeyword = true
        package var hasIfExists = true
    }

    package let name: MultipartName
    package let action: Action
    /// `WITH (ONLINE = ON)` of ALTER COLUMN.
    package var options: [DefinitionOption] = []
}

/// The form `CREATE INDEX`.
package struct CreateIndexStatement: Sendable, Equatable {
    package let name: Identifier
    package let table: MultipartName
    package let isUnique: Bool
    /// `CLUSTERED` is true, `NONCLUSTERED` false; nil when neither was written.
    package let isClustered: Bool?
    package let isColumnstore: Bool
    package let columns: [IndexColumn]
    package let included: [Identifier]
    package let condition: SQLExpression?
    package let options: [DefinitionOption]
    package let storage: [StorageClause]
}

/// The form `DROP kind [IF EXISTS] name, …`.
package struct DropStatement: Sendable, Equatable {
    /// What is dropped.
    package enum Kind: String, Sendable, Equatable, CaseIterable {
        case table = "TABLE"
        case view = "VIEW"
        case procedure = "PROCEDURE"
        case function = "FUNCTION"
        case trigger = "TRIGGER"
        case schema = "SCHEMA"
        case database = "DATABASE"
        case index = "INDEX"
        case sequence = "SEQUENCE"
        case synonym = "SYNONYM"
        case type = "TYPE"
        case user = "USER"
        case role = "ROLE"
        case login = "LOGIN"
        case statistics = "STATISTICS"
        case defaultObject = "DEFAULT"
        case rule = "RULE"
    }

    package let kind: Kind
    package let ifExists: Bool
    package let items: [Item]

    /// One object.
    package struct Item: Sendable, Equatable {
        package let name: MultipartName
        /// `ON table` of DROP INDEX; nil when the index is written as `table.index`.
        package let table: MultipartName?
        /// `WITH (…)` of DROP INDEX.
        package var options: [DefinitionOption] = []
    }
}

/// The form `CREATE DATABASE`.
package struct CreateDatabaseStatement: Sendable, Equatable {
    package let name: Identifier
    package let collation: Identifier?
    /// Whatever else was written (ON, LOG ON, WITH, FOR ATTACH, AS SNAPSHOT OF), token by token.
    package let otherWords: [String]
}

/// The form `ALTER DATABASE name …`.
package struct AlterDatabaseStatement: Sendable, Equatable {
    /// Nil for CURRENT.
    package let name: Identifier?
    /// `SET` options, each a list of words; empty when the statement is not SET.
    package let setOptions: [[String]]
    /// All tokens after the name.
    package let words: [String]
}

/// The form `CREATE SCHEMA name [AUTHORIZATION owner] [elements]`.
package struct CreateSchemaStatement: Sendable, Equatable {
    /// Nil when only AUTHORIZATION is written, whose name is then the schema's.
    package let name: Identifier?
    package let owner: Identifier?
    /// CREATE TABLE, CREATE VIEW and GRANT statements that belong to the schema.
    package let elements: [Statement]
}

/// `CREATE [OR ALTER] VIEW`, or `ALTER VIEW`.
package struct ViewStatement: Sendable, Equatable {
    package let mode: DefinitionMode
    package let name: MultipartName
    package let columns: [Identifier]
    /// `SCHEMABINDING`, `ENCRYPTION`, `VIEW_METADATA`, in upper case.
    package let attributes: [String]
    package let query: Query
    package let withCheckOption: Bool
}

/// Whether a definition makes an object, changes one, or either.
package enum DefinitionMode: String, Sendable, Equatable {
    case create = "CREATE"
    case alter = "ALTER"
    case createOrAlter = "CREATE OR ALTER"
}
