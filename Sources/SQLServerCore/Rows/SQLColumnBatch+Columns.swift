extension SQLColumnBatch {
    /// A whole column as an array.
    ///
    /// ```swift
    /// for try await batch in db.stream("SELECT Id, Price FROM dbo.Items").batches {
    ///     let ids = try batch.column(0, as: Int.self)
    ///     let prices = try batch.column(1, as: SQLDecimal?.self)
    /// }
    /// ```
    ///
    /// - Parameters:
    ///   - position: The column's position from 0.
    ///   - type: What its values are read as.
    /// - Returns: One value for each row, in order.
    /// - Throws: `decoding` for a value that does not fit, as ``SQLRow/decode(_:at:)`` does, or when there is no such
    ///   column.
    @inlinable
    public func column<Value: SQLDecodable>(
        _ position: Int, as type: Value.Type
    ) throws(SQLServerError) -> [Value] {
        try check(position)
        var values: [Value] = []
        values.reserveCapacity(rowCount)
        for row in 0..<rowCount {
            values.append(try Value.decode(SQLCell(storage: storage, columnIndex: position, rowIndex: row)))
        }
        return values
    }

    /// A whole column as an array, by name: as written, and then without regard to case.
    ///
    /// ```swift
    /// let names = try batch.column("Name", as: String?.self)
    /// ```
    ///
    /// - Throws: `decoding`, as ``column(_:as:)-(Int,_)`` does.
    public func column<Value: SQLDecodable>(
        _ name: String, as type: Value.Type
    ) throws(SQLServerError) -> [Value] {
        try column(storage.list.existingPosition(of: name), as: type)
    }

    /// Which rows of a column are NULL.
    ///
    /// ```swift
    /// let missing = try batch.nulls(at: 1).count
    /// ```
    ///
    /// - Throws: `decoding` when there is no such column.
    public func nulls(at position: Int) throws(SQLServerError) -> SQLNullRows {
        try check(position)
        return SQLNullRows(words: storage.nullWords(position, count: rowCount), rowCount: rowCount)
    }

    /// Lends the values of an integer column without a copy; 0 stands for NULL.
    ///
    /// ```swift
    /// let sum = try batch.withIntegers(at: 0) { values in
    ///     var sum: Int64 = 0
    ///     for index in values.indices { sum &+= values[index] }
    ///     return sum
    /// }
    /// ```
    ///
    /// - Parameters:
    ///   - position: The column's position from 0; a `tinyint`, `smallint`, `int` or `bigint`.
    ///   - body: Gets one value for each row; ``nulls(at:)`` says which of them are NULL.
    /// - Returns: What `body` returned.
    /// - Throws: `decoding` when the column has another type or does not exist.
    public func withIntegers<Result>(
        at position: Int, _ body: (Span<Int64>) -> Result
    ) throws(SQLServerError) -> Result {
        try check(position)
        guard storage.layout(position) == .integer else { throw mismatch([Int64].self, position) }
        return storage.withCells(Int64.self, position, count: rowCount, body)
    }

    /// Lends the values of a `real` or `float` column without a copy; 0 stands for NULL.
    ///
    /// ```swift
    /// let largest = try batch.withDoubles(at: 2) { values in
    ///     values.indices.reduce(-Double.infinity) { max($0, values[$1]) }
    /// }
    /// ```
    ///
    /// - Parameters:
    ///   - position: The column's position from 0.
    ///   - body: Gets one value for each row; ``nulls(at:)`` says which of them are NULL.
    /// - Returns: What `body` returned.
    /// - Throws: `decoding` when the column has another type or does not exist.
    public func withDoubles<Result>(
        at position: Int, _ body: (Span<Double>) -> Result
    ) throws(SQLServerError) -> Result {
        try check(position)
        guard storage.layout(position) == .double else { throw mismatch([Double].self, position) }
        return storage.withCells(Double.self, position, count: rowCount, body)
    }

    @usableFromInline
    func check(_ position: Int) throws(SQLServerError) {
        guard position >= 0, position < storage.columnCount else {
            throw SQLServerError(
                .decoding, "there is no column \(position): the batch has \(storage.columnCount), counted from 0")
        }
    }

    private func mismatch<Value>(_ type: Value.Type, _ position: Int) -> SQLServerError {
        SQLCell(storage: storage, columnIndex: position, rowIndex: 0).mismatch(type, "the types do not match")
    }
}

/// The rows of a batch in which one column is NULL, in order.
///
/// ```swift
/// let nulls = try batch.nulls(at: 0)
/// print(nulls.contains(5), nulls.count, Array(nulls))
/// ```
public struct SQLNullRows: Sendable, Sequence {
    private let words: [UInt64]
    private let rowCount: Int

    init(words: [UInt64], rowCount: Int) {
        self.words = words
        self.rowCount = rowCount
    }

    /// How many rows are NULL.
    public var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

    /// Whether no row is NULL.
    public var isEmpty: Bool { words.allSatisfy { $0 == 0 } }

    /// Whether a row is NULL; false for one that the batch does not have.
    ///
    /// ```swift
    /// let isFirstMissing = try batch.nulls(at: 0).contains(0)
    /// ```
    public func contains(_ row: Int) -> Bool {
        row >= 0 && row < rowCount && words[row >> 6] & (1 << UInt64(row & 63)) != 0
    }

    /// Reads the rows, from the first to the last.
    ///
    /// ```swift
    /// for row in try batch.nulls(at: 0) { print(row) }
    /// ```
    public func makeIterator() -> some IteratorProtocol<Int> {
        (0..<rowCount).lazy.filter { words[$0 >> 6] & (1 << UInt64($0 & 63)) != 0 }.makeIterator()
    }
}
