package import SQLValues

/// The rows of a bulk load, as the client sent them.
package struct BulkRows: Sendable, Equatable {
    /// The types of the values, column by column as `INSERT BULK` named them.
    package var types: [SQLType]
    package var rows: [[SQLValue]]

    /// All fields.
    package init(types: [SQLType], rows: [[SQLValue]]) {
        self.types = types
        self.rows = rows
    }
}
