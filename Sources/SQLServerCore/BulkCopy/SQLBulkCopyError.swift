public import SQLValues

/// Why a bulk copy ended early, and what of it is in the table.
///
/// The batch that was under way is rolled back. Go on from ``rowsCommitted``, unless ``isOutcomeUnknown``:
///
/// ```swift
/// do {
///     try await db.bulkCopy(into: "dbo.Readings", columns: names, options: .init(batchSize: 10_000), rows: readings)
/// } catch let error as SQLBulkCopyError {
///     print("row \(error.row ?? 0), column \(error.column ?? "-"): \(error.cause)")
///     rest = readings.dropFirst(error.rowsCommitted)
/// }
/// ```
public struct SQLBulkCopyError: Error, Sendable {
    /// What failed: a ``SQLServerError``, or what the sequence of the rows threw.
    public let cause: any Error
    /// Rows from the beginning of the sequence that are in the table for good.
    ///
    /// 0 inside a transaction, whose rollback takes them back.
    public let rowsCommitted: Int
    /// Batches that were committed.
    public let batchesCommitted: Int
    /// Whether the batch after ``rowsCommitted`` may have been committed: its end was sent and got no answer.
    public let isOutcomeUnknown: Bool
    /// The row that could not be sent, from 1; nil when the failure is not about one row.
    public let row: Int?
    /// The column whose value does not fit; nil when the failure is not about one value.
    public let column: String?
    /// The type of that column.
    public let columnType: SQLType?

    /// The failure when it is one of this library or the server; nil when the rows' own sequence failed.
    public var error: SQLServerError? { cause as? SQLServerError }

    /// An error with its fields.
    package init(
        cause: any Error, progress: SQLBulkCopyProgress, isOutcomeUnknown: Bool = false, row: Int? = nil,
        column: String? = nil, columnType: SQLType? = nil
    ) {
        self.cause = cause
        rowsCommitted = progress.rowsCommitted
        batchesCommitted = progress.rowsCommitted > 0 ? progress.batchCount : 0
        self.isOutcomeUnknown = isOutcomeUnknown
        self.row = row
        self.column = column
        self.columnType = columnType
    }
}

extension SQLBulkCopyError: CustomStringConvertible {
    /// The cause and the number of rows that were committed; holds no values.
    public var description: String {
        let unknown = isOutcomeUnknown ? "; whether the batch after them was committed is unknown" : ""
        return "\(cause) (\(rowsCommitted) rows were committed\(unknown))"
    }
}

extension SQLBulkCopyError: CustomReflectable {
    /// The description alone, because the rows' own error may show values.
    public var customMirror: Mirror { Mirror(self, children: ["rowsCommitted": rowsCommitted]) }
}
