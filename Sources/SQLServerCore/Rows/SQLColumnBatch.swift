public import SQLValues

/// Up to 1,024 rows of a result set (or about 256 KB), stored column by column.
///
/// What the engines hand over; ``SQLRow`` is a view into it. A value is made only when it is asked for. Whole columns
/// come as arrays with ``column(_:as:)-(Int,_)`` and, without a copy, with ``withIntegers(at:_:)``.
///
/// ```swift
/// for try await batch in db.stream("SELECT Price FROM dbo.Items").batches {
///     let prices = try batch.column(0, as: SQLDecimal?.self)
/// }
/// ```
public struct SQLColumnBatch: Sendable {
    @usableFromInline let storage: ColumnStorage
    /// The number of rows.
    public let rowCount: Int

    init(storage: ColumnStorage, rowCount: Int) {
        self.storage = storage
        self.rowCount = rowCount
    }

    /// Lends the memory of the cells.
    package func withMemory<Result, Failure: Error>(
        _ body: (ColumnMemory) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try withExtendedLifetime(storage) { () throws(Failure) in unsafe try body(storage.memory) }
    }

    /// The columns, in order.
    public var columns: [SQLColumn] { storage.list.columns }

    /// The row at an index from 0; the index must be less than ``rowCount``.
    ///
    /// ```swift
    /// let last = batch[row: batch.rowCount - 1]
    /// ```
    @inlinable
    public subscript(row index: Int) -> SQLRow {
        precondition(index >= 0 && index < rowCount, "row \(index) of \(rowCount)")
        return SQLRow(storage: storage, index: index)
    }

    /// The same rows without their last column.
    package func droppingLastColumn() -> SQLColumnBatch {
        SQLColumnBatch(storage: ColumnStorage(droppingLastColumnOf: storage), rowCount: rowCount)
    }

    /// All rows as views.
    public var rows: [SQLRow] {
        (0..<rowCount).map { SQLRow(storage: storage, index: $0) }
    }
}

/// One cell of a row: a view that reads the value when asked.
///
/// ```swift
/// let cell = try row.cell(at: "Price")
/// print(cell.column.type, cell.isNull ? "no price" : cell.value.description)
/// ```
public struct SQLCell: Sendable {
    @usableFromInline let storage: ColumnStorage
    @usableFromInline let columnIndex: Int
    @usableFromInline let rowIndex: Int

    @inlinable @inline(__always)
    init(storage: ColumnStorage, columnIndex: Int, rowIndex: Int) {
        self.storage = storage
        self.columnIndex = columnIndex
        self.rowIndex = rowIndex
    }

    /// The description of the cell's column.
    public var column: SQLColumn { storage.list.columns[columnIndex] }

    /// Whether the value is NULL.
    public var isNull: Bool { storage.isNull(columnIndex, rowIndex) }

    var layout: ColumnLayout { storage.layout(columnIndex) }

    func load<Value: BitwiseCopyable>(_ type: Value.Type) -> Value { storage.load(type, columnIndex, rowIndex) }

    /// The value as an enumeration, for code that does not know the column's type.
    ///
    /// Engines check ranges when they fill a batch, so that the initialisers here do not fail.
    public var value: SQLValue {
        if isNull { return .null }
        switch layout {
        case .bit: return .bit(load(Int64.self) != 0)
        case .integer: return .int(load(Int64.self))
        case .double: return .double(load(Double.self))
        case .money, .decimal: return decimal.map(SQLValue.decimal) ?? .null
        case .date: return SQLDate(daysSinceYearOne: load(Int.self)).map(SQLValue.date) ?? .null
        case .time: return SQLTime(ticks: load(Int.self)).map(SQLValue.time) ?? .null
        case .dateTime: return SQLDateTime(ticksSinceYearOne: load(Int.self)).map(SQLValue.dateTime) ?? .null
        case .dateTimeOffset: return dateTimeOffset.map(SQLValue.dateTimeOffset) ?? .null
        case .uniqueIdentifier: return .uniqueIdentifier(uniqueIdentifier)
        case .text: return .string(storage.text(place))
        case .bytes: return .bytes(storage.bytes(place))
        }
    }

    /// The number of a decimal, money or integer cell.
    var decimal: SQLDecimal? {
        switch layout {
        case .decimal: SQLDecimal(coefficient: load(Int128.self), scale: storage.scale(columnIndex))
        case .money: SQLDecimal(coefficient: Int128(load(Int64.self)), scale: 4)
        case .integer: SQLDecimal(load(Int.self))
        default: nil
        }
    }

    private var dateTimeOffset: SQLDateTimeOffset? { SQLDateTimeOffset(load((Int, Int).self)) }

    private var uniqueIdentifier: SQLUniqueIdentifier { SQLUniqueIdentifier(load((UInt64, UInt64).self)) }

    /// Lends the UTF-8 of a text cell, or the bytes of a bytes cell.
    func withBytes<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        unsafe try body(storage.buffer(place))
    }

    /// Where the bytes of a text or bytes cell lie.
    private var place: (start: Int, count: Int) { load((Int, Int).self) }
}

extension SQLDateTimeOffset {
    /// What a cell holds: UTC ticks and minutes.
    init?(_ cell: (ticks: Int, offset: Int)) {
        guard let utc = SQLDateTime(ticksSinceYearOne: cell.ticks) else { return nil }
        self.init(utc: utc, offsetMinutes: cell.offset)
    }
}

extension SQLUniqueIdentifier {
    /// What a cell holds: two words.
    init(_ cell: (high: UInt64, low: UInt64)) { self.init(high: cell.high, low: cell.low) }
}
