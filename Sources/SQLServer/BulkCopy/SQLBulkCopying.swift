public import SQLServerCore

/// Something that copies rows into tables at the highest rate: a client, or a connection.
///
/// Rows are sent as in `bcp`, without a statement for each, and checked before: a value that its column cannot hold
/// exactly (too long, out of range, more decimal places, a character that the code page lacks, NULL in a column that is
/// NOT NULL) ends the copy with its row and column, and is never changed on the way.
///
/// ```swift
/// let readings = [(1, "2026-01-01", 20.5), (2, "2026-01-01", 21.0)]
/// try await db.bulkCopy(
///     into: "dbo.Readings", columns: ["Sensor", "Day", "Value"],
///     rows: readings.lazy.map { ($0.0, SQLDate($0.1), $0.2) })
/// ```
///
/// By default all rows are committed together, or none; with ``SQLServerCore/SQLBulkCopyOptions/batchSize`` those of
/// each batch. Inside a transaction they are part of it. A failure in the middle of a batch rolls the batch back; on
/// FreeTDS the connection is closed for that, so that a pool opens another one, and a transaction around it ends.
public protocol SQLBulkCopying: SQLExecutor {
    /// Copies rows into a table.
    ///
    /// - Throws: ``SQLServerCore/SQLBulkCopyError``.
    func bulkCopy(
        into table: SQLObjectName, options: SQLBulkCopyOptions, source: SQLBulkSource
    ) async throws(SQLBulkCopyError) -> SQLBulkCopyProgress
}

/// Rows of any kind for a bulk copy, as ``SQLBulkCopying`` passes them on.
///
/// ```swift
/// func bulkCopy(
///     into table: SQLObjectName, options: SQLBulkCopyOptions, source: SQLBulkSource
/// ) async throws(SQLBulkCopyError) -> SQLBulkCopyProgress {
///     print("loading \(table)")
///     return try await db.bulkCopy(into: table, options: options, source: source)
/// }
/// ```
public struct SQLBulkSource {
    /// The names of the columns that rows have values for; nil when there are no rows to tell them.
    let columnNames: () async throws(BulkSourceFailure) -> [String]?
    /// Adds rows to a block until it is full, so many rows are in it, or there are no more; false then.
    let fill: (inout BulkRowWriter, Int) async throws(BulkSourceFailure) -> Bool

    @usableFromInline
    init(
        columnNames: @escaping () async throws(BulkSourceFailure) -> [String]?,
        fill: @escaping (inout BulkRowWriter, Int) async throws(BulkSourceFailure) -> Bool
    ) {
        self.columnNames = columnNames
        self.fill = fill
    }

    @inlinable
    init<Rows: Sequence, Form: BulkRowForm>(_ rows: Rows, _ form: Form) where Form.Row == Rows.Element {
        let source = SequenceSource(rows, form)
        self.init(
            columnNames: { () async throws(BulkSourceFailure) in try source.columnNames() },
            fill: { (writer, count) async throws(BulkSourceFailure) in try source.fill(&writer, upTo: count) })
    }

    @inlinable
    init<Rows: AsyncSequence, Form: BulkRowForm>(awaiting rows: Rows, _ form: Form) where Form.Row == Rows.Element {
        let source = AsyncSequenceSource(rows, form)
        self.init(
            columnNames: { () async throws(BulkSourceFailure) in try await source.columnNames() },
            fill: { (writer, count) async throws(BulkSourceFailure) in try await source.fill(&writer, upTo: count) })
    }
}

extension SQLServerConnection: SQLBulkCopying {
    /// Copies rows into a table on this connection.
    ///
    /// - Throws: ``SQLServerCore/SQLBulkCopyError``.
    public func bulkCopy(
        into table: SQLObjectName, options: SQLBulkCopyOptions, source: SQLBulkSource
    ) async throws(SQLBulkCopyError) -> SQLBulkCopyProgress {
        var run = BulkCopyRun(self, into: table, options)
        return try await run.run(source)
    }
}

extension SQLServerClient: SQLBulkCopying {
    /// Copies rows into a table on a connection of the pool.
    ///
    /// - Throws: ``SQLServerCore/SQLBulkCopyError``.
    public func bulkCopy(
        into table: SQLObjectName, options: SQLBulkCopyOptions, source rows: SQLBulkSource
    ) async throws(SQLBulkCopyError) -> SQLBulkCopyProgress {
        let lease: SQLServerConnection
        do throws(SQLServerError) {
            lease = try await source.lease()
        } catch {
            throw SQLBulkCopyError(cause: error, progress: SQLBulkCopyProgress())
        }
        do throws(SQLBulkCopyError) {
            let progress = try await lease.bulkCopy(into: table, options: options, source: rows)
            await source.end(lease)
            return progress
        } catch {
            await source.end(lease)
            throw error
        }
    }
}
