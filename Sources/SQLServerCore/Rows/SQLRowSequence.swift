/// The rows of a query, read while they come.
///
/// The query runs when the loop begins; the server sends no faster than the loop reads, and only one batch of rows is
/// in memory. Leaving the loop early cancels the rest of the query and gives back a usable connection.
///
/// ```swift
/// for try await row in db.stream("SELECT Id, Name FROM dbo.Users ORDER BY Id") {
///     print(try row.decode(Int.self, at: "Id"))
/// }
/// for try await (id, name) in db.stream("SELECT Id, Name FROM dbo.Users").decode((Int, String).self) {
///     print(id, name)
/// }
/// ```
///
/// Iterating twice runs the query twice. While rows of a lease's own stream are open, another statement on that lease
/// is an error with the code `misuse`.
public struct SQLRowSequence: AsyncSequence, Sendable {
    /// One row.
    public typealias Element = SQLRow
    /// Why rows stop coming: an error of the server may follow after rows.
    public typealias Failure = SQLServerError

    let open: SQLBatchReading

    /// - Parameter open: Makes what reads the batches of one iteration; nothing is sent before the first one is asked for.
    package init(_ open: @escaping SQLBatchReading) { self.open = open }

    /// Reads the rows once.
    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(batches: batches.makeAsyncIterator()) }

    /// The rows in columnar batches of up to 1,024 rows, for code that works on columns.
    ///
    /// ```swift
    /// for try await batch in db.stream("SELECT Price FROM dbo.Items").batches { count += batch.rowCount }
    /// ```
    public var batches: SQLBatchSequence { SQLBatchSequence(open: open) }

    /// Reads rows one after another, for one task.
    public struct AsyncIterator: AsyncIteratorProtocol {
        // Visible to other modules, so that a loop over rows is compiled there.
        @usableFromInline var batches: SQLBatchSequence.AsyncIterator
        @usableFromInline var batch: SQLColumnBatch?
        @usableFromInline var index = 0

        init(batches: SQLBatchSequence.AsyncIterator) { self.batches = batches }

        /// The next row; nil after the last.
        ///
        /// - Throws: ``SQLServerError``; afterwards there are no more rows.
        @inlinable @inline(__always)
        public nonisolated(nonsending) mutating func next(
            isolation actor: (any Actor)? = #isolation
        ) async throws(SQLServerError) -> SQLRow? {
            // See SQLDecodedRows: in this form a row of the batch at hand needs no look at executors.
            if let row = nextInBatch() { return row }
            return try await nextInLaterBatch()
        }

        @inlinable @inline(__always)
        mutating func nextInBatch() -> SQLRow? {
            guard let batch, index < batch.rowCount else { return nil }
            index += 1
            return batch[row: index - 1]
        }

        /// The first row of the next batch, which is not empty; nil after the last one.
        @inlinable @inline(never)
        nonisolated(nonsending) mutating func nextInLaterBatch() async throws(SQLServerError) -> SQLRow? {
            batch = try await batches.next()
            index = 0
            return nextInBatch()
        }
    }
}

/// The rows of a query in columnar batches, read while they come; see ``SQLRowSequence/batches``.
///
/// ```swift
/// for try await batch in db.stream("SELECT Id, Price FROM dbo.Items").batches {
///     print(batch.rowCount, batch.columns.map(\.name))
/// }
/// ```
public struct SQLBatchSequence: AsyncSequence, Sendable {
    /// Up to 1,024 rows or about 256 KB.
    public typealias Element = SQLColumnBatch
    /// Why batches stop coming.
    public typealias Failure = SQLServerError

    let open: SQLBatchReading

    /// Reads the batches once.
    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(open: open) }

    /// Reads batches one after another, for one task.
    public struct AsyncIterator: AsyncIteratorProtocol {
        private let open: SQLBatchReading
        private var reader: (any SQLBatchReader)?

        init(open: @escaping SQLBatchReading) { self.open = open }

        /// The next batch; nil after the last.
        ///
        /// - Throws: ``SQLServerError``; afterwards there are no more batches.
        public nonisolated(nonsending) mutating func next(
            isolation actor: (any Actor)? = #isolation
        ) async throws(SQLServerError) -> SQLColumnBatch? {
            if let reader { return try await reader.nextBatch() }
            let reader = try open()
            self.reader = reader
            return try await reader.nextBatch()
        }
    }
}

/// Reads one response batch by batch, for one task.
package protocol SQLBatchReader: AnyObject {
    /// The next batch; nil after the last row.
    ///
    /// - Throws: ``SQLServerError``; afterwards there are no more rows.
    func nextBatch() async throws(SQLServerError) -> SQLColumnBatch?
}

/// Begins to read a response.
package typealias SQLBatchReading = @Sendable () throws(SQLServerError) -> any SQLBatchReader
