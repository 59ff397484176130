package import SQLValues

/// A table-valued parameter, as the client sent it (MS-TDS 2.2.5.5.5).
package struct TableArgument: Sendable, Equatable {
    /// One column of the rows, at the place of the same column of the table type.
    package struct Column: Sendable, Equatable {
        package var type: SQLType
        package var isNullable: Bool
        /// The client sent no values: each row gets the table type's default, or its identity (fDefault).
        package var isDefault: Bool
        /// The values are what a client's `sql_variant` held, without the types that they had inside.
        package var isOpened = false

        /// All fields.
        package init(type: SQLType, isNullable: Bool = true, isDefault: Bool = false) {
            self.type = type
            self.isNullable = isNullable
            self.isDefault = isDefault
        }
    }

    /// The schema of the table type; empty for the caller's default schema.
    package var schema: String
    /// The name of the table type; empty when the client leaves it to the declaration.
    package var name: String
    /// In the order of the table type's columns; empty for a parameter without rows (a NULL table).
    package var columns: [Column]
    /// With a value for each column, which is NULL in columns of defaults.
    package var rows: [[SQLValue]]

    /// All fields.
    package init(schema: String = "", name: String, columns: [Column], rows: [[SQLValue]]) {
        self.schema = schema
        self.name = name
        self.columns = columns
        self.rows = rows
    }
}
