/// The rows of one result set, in memory.
///
/// A random-access collection of ``SQLRow``; the rows stay in columnar batches, and a value is made only when asked
/// for.
///
/// ```swift
/// let rows = try await db.query("SELECT Id, Name FROM dbo.Users")
/// for row in rows.prefix(10) { print(try row.decode(String?.self, at: "Name") ?? "-") }
/// ```
public struct SQLResultSet: Sendable, RandomAccessCollection {
    let list: ColumnList
    @usableFromInline private(set) var batches: [SQLColumnBatch] = []
    /// The index of each batch's first row.
    private var starts: [Int] = []
    /// The number of rows.
    public private(set) var count = 0

    init(list: ColumnList) { self.list = list }

    /// The columns, in order.
    public var columns: [SQLColumn] { list.columns }

    /// The first index: 0.
    public var startIndex: Int { 0 }
    /// The number of rows.
    public var endIndex: Int { count }

    mutating func append(_ batch: SQLColumnBatch) {
        starts.append(count)
        batches.append(batch)
        count += batch.rowCount
    }

    /// The rows in columnar batches, for code that works on whole columns.
    ///
    /// ```swift
    /// let prices = try rows.columnBatches.flatMap { try $0.column("Price", as: SQLDecimal.self) }
    /// ```
    public var columnBatches: [SQLColumnBatch] { batches }

    /// The row at an index from 0.
    ///
    /// ```swift
    /// let names = try [rows[0], rows[2]].map { try $0.decode(String.self, at: "Name") }
    /// ```
    public subscript(position: Int) -> SQLRow {
        precondition(position >= 0 && position < count, "row \(position) of \(count)")
        var (low, high) = (0, starts.count - 1)
        while low < high {
            let middle = (low + high + 1) / 2
            if starts[middle] <= position { low = middle } else { high = middle - 1 }
        }
        return batches[low][row: position - starts[low]]
    }

    /// All rows as tuples, one value for each of the first columns.
    ///
    /// ```swift
    /// for (id, name) in try rows.decode((Int, String).self) { print(id, name) }
    /// ```
    ///
    /// - Throws: `decoding` when a value does not fit its Swift type.
    @inlinable
    public func decode<each Value: SQLDecodable>(
        _ types: (repeat each Value).Type
    ) throws(SQLServerError) -> [(repeat each Value)] {
        var values: [(repeat each Value)] = []
        values.reserveCapacity(count)
        for batch in batches {
            for index in 0..<batch.rowCount { values.append(try batch[row: index].decode(types)) }
        }
        return values
    }

    /// All rows as `Decodable` values, properties matched to columns by name; see ``SQLRow/decode(as:matching:)``.
    ///
    /// ```swift
    /// struct User: Decodable { let id: Int; let name: String? }
    /// let users = try rows.decode(as: User.self)
    /// ```
    ///
    /// ```swift
    /// struct User: Decodable { let id: Int; let name: String? }
    /// let users = try rows.decode(as: User.self)
    /// ```
    ///
    /// - Throws: `decoding` when a value does not fit or a column is missing.
    public func decode<Value: Decodable>(
        as type: Value.Type, matching: SQLColumnMatching = .ignoringCase
    ) throws(SQLServerError) -> [Value] {
        let decoding = RowDecoding(type, matching: matching)
        var values: [Value] = []
        values.reserveCapacity(count)
        for batch in batches {
            for index in 0..<batch.rowCount { values.append(try decoding.decode(batch[row: index])) }
        }
        return values
    }
}

/// Everything that a batch of statements returned.
///
/// ```swift
/// let results = try await db.results(of: "SELECT Id FROM dbo.Users; DELETE dbo.Carts; PRINT 'swept'")
/// print(results.resultSets[0].count, results.rowCounts, results.messages.map(\.text))
/// ```
public struct SQLResults: Sendable {
    /// The result sets, in order.
    public package(set) var resultSets: [SQLResultSet] = []
    /// For each statement that counted, in order, the rows it returned or changed; nil for statements that the engine
    /// cannot tell from others.
    ///
    /// Statements that do not count, such as `SET`, and all statements under `SET NOCOUNT ON`, have no place here.
    public package(set) var rowCounts: [Int?] = []
    /// Every message of the server, in order: warnings, PRINT, RAISERROR.
    public package(set) var messages: [SQLServerMessage] = []

    /// The status that a procedure returned; nil when none was called or it did not come to its end.
    public package(set) var returnStatus: Int?
    /// The output parameters of a procedure as a row, with their names as columns, `@` included; nil when it has none.
    public package(set) var outputs: SQLRow?

    /// Messages of the response that belong to statements before.
    var earlierMessages = 0

    package init() {}

    /// The rows of the last statement that counted; nil when none did or when the engine cannot know.
    public var rowCount: Int? { rowCounts.last ?? nil }
}
