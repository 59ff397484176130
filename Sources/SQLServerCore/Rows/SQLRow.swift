public import SQLValues

/// One row of a result set: a view into its column batch.
///
/// ```swift
/// let (id, name) = try row.decode((Int, String?).self)
/// let price = try row.decode(SQLDecimal.self, at: "Price")
/// ```
public struct SQLRow: Sendable {
    @usableFromInline let storage: ColumnStorage
    @usableFromInline let index: Int

    @inlinable @inline(__always)
    init(storage: ColumnStorage, index: Int) {
        self.storage = storage
        self.index = index
    }

    /// The columns, in order.
    public var columns: [SQLColumn] { storage.list.columns }

    /// The number of columns.
    public var count: Int { storage.columnCount }

    /// The cell at a position from 0.
    ///
    /// ```swift
    /// let isEmpty = try row.cell(at: 0).isNull
    /// ```
    ///
    /// - Throws: `decoding` when there is no such column.
    public func cell(at position: Int) throws(SQLServerError) -> SQLCell {
        guard position >= 0, position < count else {
            throw missing(position)
        }
        return SQLCell(storage: storage, columnIndex: position, rowIndex: index)
    }

    /// The cell of the first column with this name, looked up as written and then without regard to case.
    ///
    /// ```swift
    /// let type = try row.cell(at: "Price").column.type    // decimal(19,4)
    /// ```
    ///
    /// - Throws: `decoding` when there is no such column; the message lists the names that exist.
    public func cell(at name: String) throws(SQLServerError) -> SQLCell {
        try cell(at: storage.list.existingPosition(of: name))
    }

    /// All values in order, for code that does not know the columns.
    public var values: [SQLValue] {
        (0..<count).map { SQLCell(storage: storage, columnIndex: $0, rowIndex: index).value }
    }

    /// The value of one column by position.
    ///
    /// ```swift
    /// let id = try row.decode(Int.self, at: 0)
    /// ```
    ///
    /// - Throws: `decoding` with column, SQL type and Swift type when the value does not fit.
    public func decode<Value: SQLDecodable>(_ type: Value.Type, at position: Int) throws(SQLServerError) -> Value {
        try Value.decode(cell(at: position))
    }

    /// The value of one column by name.
    ///
    /// ```swift
    /// let name = try row.decode(String?.self, at: "Name")    // nil for NULL
    /// ```
    ///
    /// - Throws: `decoding` with column, SQL type and Swift type when the value does not fit.
    public func decode<Value: SQLDecodable>(_ type: Value.Type, at name: String) throws(SQLServerError) -> Value {
        try Value.decode(cell(at: name))
    }

    /// The first columns as a tuple, one value for each type.
    ///
    /// ```swift
    /// let (id, name, price) = try row.decode((Int, String?, SQLDecimal).self)
    /// ```
    ///
    /// - Throws: `decoding` when a value does not fit, or when the row has fewer columns than the tuple has values.
    @inlinable
    public func decode<each Value: SQLDecodable>(
        _ types: (repeat each Value).Type
    ) throws(SQLServerError) -> (repeat each Value) {
        var column = 0
        return (repeat try next(&column, as: (each Value).self))
    }

    /// The value of the next column; counts the columns in `column`.
    @inlinable @inline(__always)
    func next<Value: SQLDecodable>(_ column: inout Int, as type: Value.Type) throws(SQLServerError) -> Value {
        guard column < storage.columnCount else { throw missing(column) }
        defer { column += 1 }
        return try Value.decode(SQLCell(storage: storage, columnIndex: column, rowIndex: index))
    }

    @usableFromInline
    func missing(_ column: Int) -> SQLServerError {
        SQLServerError(.decoding, "there is no column \(column): the row has \(count), counted from 0")
    }
}
