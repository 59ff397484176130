public import SQLValues

/// One row of a result set: a view into its column batch.
///
/// ```swift
/// let (id, name) = try row.decode((Int, String?).self)
/// let price = try row.decode(SQLDecimal.self, at: "Price")
/// ```
public struct SQLRow: Sendable {
    let list: ColumnList
    let storage: ColumnStorage
    let index: Int

    /// The columns, in order.
    public var columns: [SQLColumn] { list.columns }

    /// The number of columns.
    public var count: Int { list.columns.count }

    /// The cell at a position from 0.
    ///
    /// ```swift
    /// let isEmpty = try row.cell(at: 0).isNull
    /// ```
    ///
    /// - Throws: `decoding` when there is no such column.
    public func cell(at position: Int) throws(SQLServerError) -> SQLCell {
        guard position >= 0, position < count else {
            throw SQLServerError(.decoding, "there is no column \(position): the row has \(count), counted from 0")
        }
        return SQLCell(list: list, storage: storage, columnIndex: position, rowIndex: index)
    }

    /// The cell of the first column with this name, looked up as written and then without regard to case.
    ///
    /// ```swift
    /// let type = try row.cell(at: "Price").column.type    // decimal(19,4)
    /// ```
    ///
    /// - Throws: `decoding` when there is no such column; the message lists the names that exist.
    public func cell(at name: String) throws(SQLServerError) -> SQLCell {
        guard let position = list.position(of: name) else {
            let names = columns.map { "'\($0.name)'" }.joined(separator: ", ")
            throw SQLServerError(.decoding, "there is no column '\(name)': the row has \(names)")
        }
        return try cell(at: position)
    }

    /// All values in order, for code that does not know the columns.
    public var values: [SQLValue] {
        (0..<count).map { SQLCell(list: list, storage: storage, columnIndex: $0, rowIndex: index).value }
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
    public func decode<each Value: SQLDecodable>(
        _ types: (repeat each Value).Type
    ) throws(SQLServerError) -> (repeat each Value) {
        var position = 0
        func next<Next: SQLDecodable>(_ type: Next.Type) throws(SQLServerError) -> Next {
            defer { position += 1 }
            return try Next.decode(cell(at: position))
        }
        return (repeat try next((each Value).self))
    }

    /// The row as a `Decodable` value: properties are matched to columns by name, exactly first and then without
    /// regard to case.
    ///
    /// An optional property is nil for NULL, and also when there is no such column, as with any decoder.
    ///
    /// ```swift
    /// struct User: Decodable { let id: Int; let name: String? }
    /// let user = try row.decode(as: User.self)
    /// ```
    ///
    /// - Throws: `decoding` with column, SQL type and Swift type when a value does not fit, or when there is no column
    ///   for a property that is not optional.
    public func decode<Value: Decodable>(as type: Value.Type) throws(SQLServerError) -> Value {
        do {
            // A type that is read from one column, such as Date, would otherwise decode itself as another.
            if let known = type as? any SQLDecodable.Type, let value = try known.decode(cell(at: 0)) as? Value {
                return value
            }
            return try Value(from: RowDecoder(row: self))
        } catch let error as SQLServerError {
            throw error
        } catch {
            throw SQLServerError(.decoding, "cannot make \(type) of the row: \(error)")
        }
    }
}
