package import SQLValues

/// Fills one column batch, row by row and within a row column by column.
///
/// Used by the engines.
///
/// ```swift
/// builder.beginRow()
/// builder.append(integer: 42)          // column 0
/// builder.appendNull()                 // column 1
/// builder.endRow()
/// ```
package struct ColumnBatchBuilder: ~Copyable {
    /// Rows that a batch holds at most.
    package static let maximumRows = 1_024
    /// Bytes of variable length after which a batch is full.
    package static let maximumBytes = 256 * 1_024

    private let list: ColumnList
    private let layouts: [ColumnLayout]
    private var storage: ColumnStorage
    private var row = 0
    private var column = 0
    /// Bytes of variable length after which the batch at hand is full.
    private var byteLimit: Int

    /// A builder of batches with these columns.
    ///
    /// - Parameters:
    ///   - list: The columns.
    ///   - firstRows: Rows that the first batch holds at most, and in proportion its bytes; a small number spares small
    ///     results the memory of a whole batch, and shows the first rows of a large one sooner.
    package init(_ list: ColumnList, firstRows: Int = maximumRows) {
        self.list = list
        layouts = list.columns.map { ColumnLayout($0.type) }
        let rows = min(max(firstRows, 1), Self.maximumRows)
        byteLimit = Self.maximumBytes / Self.maximumRows * rows
        storage = Self.makeStorage(list, layouts, rows: rows, bytes: byteLimit)
    }

    private static func makeStorage(
        _ list: ColumnList, _ layouts: [ColumnLayout], rows: Int, bytes: Int
    ) -> ColumnStorage {
        let isVariable = layouts.contains { $0 == .text || $0 == .bytes }
        return ColumnStorage(list: list, layouts: layouts, capacity: rows, arenaCapacity: isVariable ? bytes : 0)
    }

    /// The rows so far.
    package var rowCount: Int { row }
    /// Whether the batch should be handed over before another row is added.
    package var isFull: Bool { row == storage.capacity || storage.arenaCount >= byteLimit }

    /// Begins a row.
    ///
    /// A full batch must have been finished first.
    package mutating func beginRow() {
        precondition(row < storage.capacity, "the batch has \(storage.capacity) rows at most")
        column = 0
    }

    /// Ends the row.
    ///
    /// Every column must have been appended.
    package mutating func endRow() {
        precondition(column == layouts.count, "a row has \(column) of \(layouts.count) columns")
        row += 1
        column = 0
    }

    // MARK: For an engine that writes whole rows itself

    /// Where the cells of a column are written, until ``finish()``.
    package func place(_ column: Int) -> ColumnPlace {
        precondition(column >= 0 && column < layouts.count, "column \(column) of \(layouts.count)")
        return unsafe storage.place(column)
    }

    /// Copies the bytes of a text (valid UTF-8) or bytes cell.
    ///
    /// - Parameters:
    ///   - bytes: The value.
    ///   - cell: The cell, in a ``place(_:)`` of this builder.
    package mutating func store(_ bytes: UnsafeRawBufferPointer, inCell cell: UnsafeMutableRawPointer) {
        unsafe storage.storeBytes(bytes, inCell: cell)
    }

    /// All cells of row ``rowCount`` are written, NULLs included.
    package mutating func addWrittenRow() {
        precondition(row < storage.capacity, "the batch has \(storage.capacity) rows at most")
        row += 1
    }

    /// The batch of all rows so far; the builder goes on with an empty one, which after the last batch takes no rows.
    package mutating func finish(isLast: Bool = false) -> SQLColumnBatch {
        let batch = SQLColumnBatch(storage: storage, rowCount: row)
        byteLimit = Self.maximumBytes
        storage = Self.makeStorage(list, layouts, rows: isLast ? 0 : Self.maximumRows, bytes: isLast ? 0 : byteLimit)
        row = 0
        column = 0
        return batch
    }

    /// NULL for a column of any layout.
    package mutating func appendNull() {
        unsafe storage.place(column).setNull(row)
        column += 1
    }

    /// A cell of layout `bit`, `integer`, `money`, `date`, `time` or `dateTime`.
    package mutating func append(integer value: Int64) {
        storage.store(value, column, row)
        column += 1
    }

    /// A cell of layout `double`.
    package mutating func append(double value: Double) {
        storage.store(value, column, row)
        column += 1
    }

    /// A cell of layout `decimal`: the coefficient at the column's scale.
    package mutating func append(coefficient value: Int128) {
        storage.store(value, column, row)
        column += 1
    }

    /// A cell of layout `dateTimeOffset`.
    package mutating func append(utcTicks: Int64, offsetMinutes: Int64) {
        storage.store((utcTicks, offsetMinutes), column, row)
        column += 1
    }

    /// A cell of layout `uniqueIdentifier`: the 16 bytes in the order of the text, as two big-endian words.
    package mutating func append(uniqueIdentifier value: SQLUniqueIdentifier) {
        storage.store((value.high, value.low), column, row)
        column += 1
    }

    /// A cell of layout `text` (valid UTF-8) or `bytes`: copies the bytes.
    package mutating func append(bytes: UnsafeRawBufferPointer) {
        unsafe storage.storeBytes(bytes, inCell: storage.cell(column, row))
        column += 1
    }

    /// A cell of layout `text` or `bytes`, written in place.
    ///
    /// - Parameters:
    ///   - limit: How many bytes are written at most.
    ///   - write: Writes them and returns their number.
    @inline(__always)
    package mutating func append(bytesAtMost limit: Int, _ write: (UnsafeMutableRawPointer) -> Int) {
        let place = unsafe storage.storeBytes(count: limit, column, row)
        storage.shrinkLast(by: unsafe limit - write(place), column, row)
        column += 1
    }
}
