/// The form `INSERT BULK`, which announces a bulk load; its rows follow in a message of their own (MS-TDS 2.2.6.1).
package struct InsertBulkStatement: Sendable, Equatable {
    /// A column that the rows have a value for.
    package struct Column: Sendable, Equatable {
        package let name: MultipartName
        package let type: DataTypeName
        package let collation: Identifier?
        package let range: SourceRange
    }

    /// An option of WITH, such as `KEEP_NULLS` or `ROWS_PER_BATCH = 1000`.
    package struct Option: Sendable, Equatable {
        /// In upper case.
        package let name: String
        /// What follows the name, in upper case, without `=`.
        package let words: [String]
        package let range: SourceRange
    }

    package let target: MultipartName
    /// In the order of the rows' values; empty for all columns of the table.
    package let columns: [Column]
    package let options: [Option]
}
