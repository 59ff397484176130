/// The rows of a stream, each made into a Swift value; see ``SQLRowSequence/decode(_:)``.
///
/// ```swift
/// let users: SQLDecodedRows<(Int, String)> = db.stream("SELECT Id, Name FROM dbo.Users").decode((Int, String).self)
/// for try await (id, name) in users { print(id, name) }
/// ```
public struct SQLDecodedRows<Element>: AsyncSequence, Sendable {
    /// Why values stop coming.
    public typealias Failure = SQLServerError

    @usableFromInline typealias Decode = (SQLRow) throws(SQLServerError) -> Element?

    private let rows: SQLRowSequence
    private let makeDecode: @Sendable () -> Decode

    /// - Parameters:
    ///   - rows: The rows.
    ///   - makeDecode: Makes what decodes the rows of one iteration; it may remember something from row to row. A row
    ///     for which that gives nil is passed over.
    @usableFromInline
    init(_ rows: SQLRowSequence, _ makeDecode: @escaping @Sendable () -> Decode) {
        self.rows = rows
        self.makeDecode = makeDecode
    }

    /// Reads the values once.
    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(batches: rows.batches.makeAsyncIterator(), decode: makeDecode())
    }

    /// Reads values one after another, for one task.
    public struct AsyncIterator: AsyncIteratorProtocol {
        // Visible to other modules, so that a loop over tuples is compiled for its types there.
        @usableFromInline var batches: SQLBatchSequence.AsyncIterator
        @usableFromInline let decode: Decode
        @usableFromInline var batch: SQLColumnBatch?
        @usableFromInline var index = 0

        init(batches: SQLBatchSequence.AsyncIterator, decode: @escaping Decode) {
            self.batches = batches
            self.decode = decode
        }

        /// The next value; nil after the last row.
        ///
        /// - Throws: ``SQLServerError``; `decoding` when a value does not fit its Swift type.
        @inlinable @inline(__always)
        public nonisolated(nonsending) mutating func next(
            isolation actor: (any Actor)? = #isolation
        ) async throws(SQLServerError) -> Element? {
            // It stays in its caller's isolation in this form: with an `isolated` parameter each row of the batch at
            // hand would cost a look at executors (85 ns), more than its decoding.
            if let value = try nextInBatch() { return value }
            return try await nextInLaterBatches()
        }

        @inlinable @inline(__always)
        mutating func nextInBatch() throws(SQLServerError) -> Element? {
            while let batch, index < batch.rowCount {
                index += 1
                if let value = try decode(batch[row: index - 1]) { return value }
            }
            return nil
        }

        /// The first value of the batches that come; nil after the last one.
        @inlinable @inline(never)
        nonisolated(nonsending) mutating func nextInLaterBatches() async throws(SQLServerError) -> Element? {
            while true {
                batch = try await batches.next()
                index = 0
                if batch == nil { return nil }
                if let value = try nextInBatch() { return value }
            }
        }
    }
}

extension SQLRowSequence {
    /// The rows as tuples, one value for each of the first columns.
    ///
    /// ```swift
    /// for try await (id, name) in db.stream("SELECT Id, Name FROM dbo.Users").decode((Int, String?).self) {
    ///     print(id, name ?? "-")
    /// }
    /// ```
    @inlinable
    public func decode<each Value: SQLDecodable>(
        _ types: (repeat each Value).Type
    ) -> SQLDecodedRows<(repeat each Value)> {
        SQLDecodedRows(self) {
            { (row) throws(SQLServerError) in try row.decode((repeat each Value).self) }
        }
    }

    /// The rows as `Decodable` values, properties matched to columns by name.
    ///
    /// ```swift
    /// for try await user in db.stream("SELECT Id, Name FROM dbo.Users").decode(as: User.self) { print(user.name) }
    /// ```
    public func decode<Value: Decodable & SendableMetatype>(
        as type: Value.Type, matching: SQLColumnMatching = .ignoringCase
    ) -> SQLDecodedRows<Value> {
        SQLDecodedRows(self) {
            let decoding = RowDecoding(Value.self, matching: matching)
            return { (row) throws(SQLServerError) in try decoding.decode(row) }
        }
    }

    /// The parts of a `FOR JSON` document as they come, each about 2,033 characters, for a document that is passed on
    /// and not needed as a whole.
    ///
    /// ```swift
    /// for try await part in db.stream("SELECT * FROM dbo.Orders FOR JSON PATH").jsonParts { try await out.write(part) }
    /// ```
    ///
    /// The parts may be cut anywhere; together they are the document that ``SQLExecutor/json(_:options:)``
    /// returns. A row that is no part of a document is a `decoding` error.
    public var jsonParts: SQLDecodedRows<String> {
        SQLDecodedRows(self) {
            var parts: JSONParts?
            return { (row) throws(SQLServerError) in
                if parts == nil { parts = JSONParts(row.columns) }
                return try parts?.next(row)
            }
        }
    }
}
