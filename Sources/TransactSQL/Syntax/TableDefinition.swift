/// The form `CREATE TABLE`.
package struct CreateTableStatement: Sendable, Equatable {
    package let name: MultipartName
    package let definition: TableDefinition
    /// `ON filegroup` or `ON scheme(column)`, `TEXTIMAGE_ON`, `FILESTREAM_ON`.
    package let storage: [StorageClause]
    package let options: [DefinitionOption]
}

/// What stands in the parentheses of CREATE TABLE or of a table variable.
package struct TableDefinition: Sendable, Equatable {
    package let columns: [ColumnDefinition]
    package let constraints: [ConstraintDefinition]
    package let indexes: [InlineIndex]
    /// The form `PERIOD FOR SYSTEM_TIME (start, end)`.
    package let period: [Identifier]
}

/// One column of a table.
package struct ColumnDefinition: Sendable, Equatable {
    /// `IDENTITY [(seed, increment)]`; the numbers keep their sign.
    package struct Identity: Sendable, Equatable {
        package let seed: String
        package let increment: String
        package let notForReplication: Bool
        /// Whether seed and increment were written.
        package var hasArguments = true
    }

    /// `GENERATED ALWAYS AS ROW START` and the like.
    package struct Generated: Sendable, Equatable {
        /// The words after `GENERATED ALWAYS AS`, in upper case.
        package let words: [String]
        package let isHidden: Bool
    }

    package let name: Identifier
    /// Nil for a computed column, and for the bare `timestamp`.
    package let type: DataTypeName?
    /// The form `AS expression`.
    package let computed: SQLExpression?
    package let isPersisted: Bool
    /// `NULL` is true, `NOT NULL` false; nil when neither was written.
    package let isNullable: Bool?
    package let identity: Identity?
    package let collation: Identifier?
    package let isRowGUID: Bool
    package let isSparse: Bool
    package let generated: Generated?
    /// `MASKED WITH (FUNCTION = '…')` and other rare column words, in upper case.
    package let otherWords: [String]
    /// PRIMARY KEY, UNIQUE, REFERENCES, CHECK and DEFAULT written on the column; keys there list no columns.
    package let constraints: [ConstraintDefinition]
    package let indexes: [InlineIndex]
    package let range: SourceRange

    /// The value of the column's DEFAULT, if it has one.
    package var defaultValue: SQLExpression? {
        for constraint in constraints {
            if case .defaultValue(let value, _) = constraint.kind { return value }
        }
        return nil
    }
}

/// A constraint of a column or a table.
package struct ConstraintDefinition: Sendable, Equatable {
    /// What is constrained.
    package enum Kind: Sendable, Equatable {
        case primaryKey(KeyDefinition)
        case unique(KeyDefinition)
        case foreignKey(ForeignKeyDefinition)
        case check(SQLExpression, notForReplication: Bool)
        /// `DEFAULT value [FOR column]`; the column is written only in ALTER TABLE.
        case defaultValue(SQLExpression, column: Identifier?)
        /// `CONNECTION (node TO node)` of an edge table, as words.
        case connection([String])
    }

    /// The name after CONSTRAINT; nil when the server shall make one.
    package let name: Identifier?
    package let kind: Kind
    package let range: SourceRange
    /// `WITH VALUES` of a DEFAULT.
    package var withValues = false
}

/// The columns and options of PRIMARY KEY or UNIQUE.
package struct KeyDefinition: Sendable, Equatable {
    /// `CLUSTERED` is true, `NONCLUSTERED` false; nil when neither was written.
    package let isClustered: Bool?
    /// Empty when written on a column.
    package let columns: [IndexColumn]
    package let options: [DefinitionOption]
    package let storage: [StorageClause]
    /// `NOT ENFORCED` of Fabric Warehouse.
    package let isNotEnforced: Bool
}

/// The form `FOREIGN KEY (…) REFERENCES table (…) ON DELETE … ON UPDATE …`.
package struct ForeignKeyDefinition: Sendable, Equatable {
    /// What happens to rows that refer to a changed one.
    package enum Action: String, Sendable, Equatable {
        case noAction = "NO ACTION"
        case cascade = "CASCADE"
        case setNull = "SET NULL"
        case setDefault = "SET DEFAULT"
    }

    /// Empty when written on a column.
    package let columns: [Identifier]
    package let table: MultipartName
    /// Empty when the primary key is meant.
    package let referencedColumns: [Identifier]
    package let onDelete: Action?
    package let onUpdate: Action?
    package let notForReplication: Bool
    package let isNotEnforced: Bool
    /// Whether FOREIGN KEY was written, which a column may leave out.
    package var hasKeyword = true
}

/// An index defined inside CREATE TABLE.
package struct InlineIndex: Sendable, Equatable {
    package let name: Identifier
    package let isUnique: Bool
    package let isClustered: Bool?
    package let isColumnstore: Bool
    package let columns: [IndexColumn]
    package let included: [Identifier]
    package let condition: SQLExpression?
    package let options: [DefinitionOption]
    package let storage: [StorageClause]
    package let range: SourceRange
}

/// A column of a key or an index.
package struct IndexColumn: Sendable, Equatable {
    package let name: Identifier
    package let isDescending: Bool
}

/// `ON filegroup`, `ON scheme (column)`, `TEXTIMAGE_ON filegroup` or `FILESTREAM_ON filegroup`.
package struct StorageClause: Sendable, Equatable {
    /// `ON`, `TEXTIMAGE_ON` or `FILESTREAM_ON`.
    package let keyword: String
    package let name: Identifier
    package let columns: [Identifier]
}

/// One option of a WITH list: `DATA_COMPRESSION = PAGE`, `IGNORE_DUP_KEY = ON`, `SYSTEM_VERSIONING = ON (…)`.
package struct DefinitionOption: Sendable, Equatable {
    /// The option's words in upper case, joined by one blank.
    package let name: String
    /// The tokens after the name, as written, without `=`.
    package let value: [String]
    package let range: SourceRange
    /// Whether `=` stands between name and value.
    package var isAssigned = false
    /// Whether the options of this WITH are in parentheses, which the old `WITH FILLFACTOR = 90` leaves out.
    package var isParenthesized = true
}
