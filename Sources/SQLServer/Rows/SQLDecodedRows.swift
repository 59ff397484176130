public import SQLServerCore

/// The rows of a stream, each made into a Swift value; see ``SQLRowSequence/decode(_:)``.
///
/// ```swift
/// let users: SQLDecodedRows<(Int, String)> = db.stream("SELECT Id, Name FROM dbo.Users").decode((Int, String).self)
/// for try await (id, name) in users { print(id, name) }
/// ```
public struct SQLDecodedRows<Element>: AsyncSequence, Sendable {
    /// Why values stop coming.
    public typealias Failure = SQLServerError

    typealias Decode = @Sendable (SQLRow) throws(SQLServerError) -> Element

    private let rows: SQLRowSequence
    private let decode: Decode

    init(_ rows: SQLRowSequence, _ decode: @escaping Decode) {
        self.rows = rows
        self.decode = decode
    }

    /// Reads the values once.
    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(rows: rows.makeAsyncIterator(), decode: decode)
    }

    /// Reads values one after another, for one task.
    public struct AsyncIterator: AsyncIteratorProtocol {
        private var rows: SQLRowSequence.AsyncIterator
        private let decode: Decode

        init(rows: SQLRowSequence.AsyncIterator, decode: @escaping Decode) {
            self.rows = rows
            self.decode = decode
        }

        /// The next value; nil after the last row.
        ///
        /// - Throws: ``SQLServerCore/SQLServerError``; `decoding` when a value does not fit its Swift type.
        public mutating func next(
            isolation actor: isolated (any Actor)? = #isolation
        ) async throws(SQLServerError) -> Element? {
            guard let row = try await rows.next(isolation: actor) else { return nil }
            return try decode(row)
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
    public func decode<each Value: SQLDecodable>(
        _ types: (repeat each Value).Type
    ) -> SQLDecodedRows<(repeat each Value)> {
        SQLDecodedRows(self) { (row) throws(SQLServerError) in
            var position = 0
            func next<Next: SQLDecodable>(_ type: Next.Type) throws(SQLServerError) -> Next {
                defer { position += 1 }
                return try Next.decode(row.cell(at: position))
            }
            return (repeat try next((each Value).self))
        }
    }

    /// The rows as `Decodable` values, properties matched to columns by name.
    ///
    /// ```swift
    /// for try await user in db.stream("SELECT Id, Name FROM dbo.Users").decode(as: User.self) { print(user.name) }
    /// ```
    public func decode<Value: Decodable & SendableMetatype>(as type: Value.Type) -> SQLDecodedRows<Value> {
        SQLDecodedRows(self) { (row) throws(SQLServerError) in try row.decode(as: Value.self) }
    }
}

extension SQLServerClient {
    /// The rows of a query, read while they come, on a connection that is lent from the first row to the last.
    ///
    /// ```swift
    /// for try await row in db.stream("SELECT Id, Name FROM dbo.Users") { print(row.values) }
    /// ```
    ///
    /// Nothing runs before the loop begins; errors come from the loop.
    public func stream(_ query: SQLQuery, options: SQLCallOptions = .standard) -> SQLRowSequence {
        SQLRowSequence(origin: .pool(source), query: query, options: options)
    }
}

extension SQLServerConnection {
    /// The rows of a query, read while they come, on this connection.
    ///
    /// Until the last row is read or the loop is left, no other statement can run on this connection.
    ///
    /// Nothing runs before the loop begins; errors come from the loop.
    ///
    /// ```swift
    /// for try await row in connection.stream("SELECT Id, Name FROM #found") { print(row.values) }
    /// ```
    public func stream(_ query: SQLQuery, options: SQLCallOptions = .standard) -> SQLRowSequence {
        SQLRowSequence(origin: .lease(self), query: query, options: options)
    }
}
