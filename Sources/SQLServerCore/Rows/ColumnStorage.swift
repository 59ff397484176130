package import SQLValues

/// How the cells of a column lie in memory.
package enum ColumnLayout: Sendable, Hashable {
    /// 8 bytes: bit, 0 or 1.
    case bit
    /// 8 bytes: integers.
    case integer
    /// 8 bytes: real and float.
    case double
    /// 8 bytes: money and smallmoney in 1/10,000.
    case money
    /// 16 bytes: the coefficient of a decimal; the scale is the column's.
    case decimal
    /// 8 bytes: days since 0001-01-01.
    case date
    /// 8 bytes: 100 ns ticks since midnight.
    case time
    /// 8 bytes: 100 ns ticks since 0001-01-01.
    case dateTime
    /// 16 bytes: UTC ticks and the offset in minutes.
    case dateTimeOffset
    /// 16 bytes in the order of the text.
    case uniqueIdentifier
    /// 16 bytes: offset and length of UTF-8 in the arena.
    case text
    /// 16 bytes: offset and length of bytes in the arena.
    case bytes

    /// The layout for a SQL type.
    package init(_ type: SQLType) {
        switch type.kind {
        case .bit: self = .bit
        case .tinyInt, .smallInt, .int, .bigInt: self = .integer
        case .real, .float: self = .double
        case .smallMoney, .money: self = .money
        case .decimal, .numeric: self = .decimal
        case .date: self = .date
        case .time: self = .time
        case .smallDateTime, .dateTime, .dateTime2: self = .dateTime
        case .dateTimeOffset: self = .dateTimeOffset
        case .uniqueIdentifier: self = .uniqueIdentifier
        case .char, .varChar, .text, .nChar, .nVarChar, .nText, .xml: self = .text
        case .binary, .varBinary, .image, .rowVersion, .variant, .udt: self = .bytes
        }
    }

    /// Bytes of one cell.
    var stride: Int {
        switch self {
        case .bit, .integer, .double, .money, .date, .time, .dateTime: 8
        case .decimal, .dateTimeOffset, .uniqueIdentifier, .text, .bytes: 16
        }
    }
}

/// The memory of one column batch: a block of cells per column, a bitmap of NULLs per column, and one arena for
/// everything of variable length.
///
/// Written by one ``ColumnBatchBuilder`` and read-only from the moment that the builder gives it away.
@safe
@usableFromInline
package final class ColumnStorage: @unchecked Sendable {
    // Sendable: only the builder writes, and it drops its reference before any other thread can see this object;
    // afterwards nothing changes.

    /// Where the cells of one column lie.
    @safe
    private struct Slot {
        let layout: ColumnLayout
        let scale: Int
        let stride: Int
        let cells: UnsafeMutableRawPointer
        let nulls: UnsafeMutablePointer<UInt64>
    }

    let list: ColumnList
    let capacity: Int
    /// The number of columns.
    @usableFromInline let columnCount: Int
    private let block: UnsafeMutableRawPointer
    private let bitmap: UnsafeMutablePointer<UInt64>
    private let slots: UnsafeMutablePointer<Slot>
    private var arena: UnsafeMutableRawPointer
    private var arenaCapacity: Int
    private(set) var arenaCount = 0

    init(list: ColumnList, layouts: [ColumnLayout], capacity: Int, arenaCapacity: Int) {
        self.list = list
        self.capacity = capacity
        columnCount = layouts.count
        // 16-byte cells stay aligned, because every column's part is a multiple of 16 bytes.
        let sizes = layouts.map { ($0.stride * capacity + 15) & ~15 }
        unsafe block = .allocate(byteCount: max(sizes.reduce(0, +), 16), alignment: 16)
        let words = (capacity + 63) / 64
        unsafe bitmap = .allocate(capacity: max(words * layouts.count, 1))
        unsafe bitmap.initialize(repeating: 0, count: max(words * layouts.count, 1))
        unsafe slots = .allocate(capacity: max(layouts.count, 1))
        var offset = 0
        for (index, layout) in layouts.enumerated() {
            let slot = unsafe Slot(
                layout: layout, scale: list.columns[index].type.scale ?? 0, stride: layout.stride,
                cells: block + offset, nulls: bitmap + index * words)
            unsafe (slots + index).initialize(to: slot)
            offset += sizes[index]
        }
        self.arenaCapacity = max(arenaCapacity, 64)
        unsafe arena = .allocate(byteCount: self.arenaCapacity, alignment: 16)
    }

    /// A copy without the last column; there must be one.
    convenience init(droppingLastColumnOf other: ColumnStorage) {
        let count = other.columnCount - 1
        self.init(
            list: ColumnList(Array(other.list.columns.prefix(count))), layouts: (0..<count).map(other.layout),
            capacity: other.capacity, arenaCapacity: other.arenaCount)
        for column in 0..<count {
            let (slot, source) = unsafe (slots[column], other.slots[column])
            unsafe slot.cells.copyMemory(from: source.cells, byteCount: slot.stride * capacity)
            unsafe slot.nulls.update(from: source.nulls, count: (capacity + 63) / 64)
        }
        unsafe arena.copyMemory(from: other.arena, byteCount: other.arenaCount)
        arenaCount = other.arenaCount
    }

    deinit {
        unsafe block.deallocate()
        unsafe bitmap.deallocate()
        unsafe slots.deallocate()
        unsafe arena.deallocate()
    }

    // MARK: Writing (the builder only)

    /// Where the cells of a column are written.
    func place(_ column: Int) -> ColumnPlace {
        let slot = unsafe slots[column]
        return unsafe ColumnPlace(cells: slot.cells, nulls: slot.nulls, stride: slot.stride)
    }

    /// Copies bytes to the end of the arena and records them in a text or bytes cell.
    @inline(__always)
    func storeBytes(_ bytes: UnsafeRawBufferPointer, inCell cell: UnsafeMutableRawPointer) {
        let count = bytes.count
        if arenaCount + count > arenaCapacity { growArena(toHold: arenaCount + count) }
        unsafe cell.storeBytes(of: arenaCount, as: Int.self)
        unsafe cell.storeBytes(of: count, toByteOffset: 8, as: Int.self)
        if count > 0, let start = bytes.baseAddress {
            unsafe (arena + arenaCount).copyMemory(from: start, byteCount: count)
        }
        arenaCount += count
    }

    func store<Value: BitwiseCopyable>(_ value: Value, _ column: Int, _ row: Int) {
        unsafe cell(column, row).storeBytes(of: value, as: Value.self)
    }

    /// Reserves `count` bytes at the end of the arena, records them as the cell's value and lends them for writing.
    func storeBytes(count: Int, _ column: Int, _ row: Int) -> UnsafeMutableRawPointer {
        if arenaCount + count > arenaCapacity { growArena(toHold: arenaCount + count) }
        store((arenaCount, count), column, row)
        let place = unsafe arena + arenaCount
        arenaCount += count
        return unsafe place
    }

    /// Gives back bytes at the end of the cell that was stored last.
    func shrinkLast(by count: Int, _ column: Int, _ row: Int) {
        let (start, size) = load((Int, Int).self, column, row)
        store((start, size - count), column, row)
        arenaCount -= count
    }

    private func growArena(toHold count: Int) {
        let newCapacity = max(count, arenaCapacity * 2)
        let newArena = UnsafeMutableRawPointer.allocate(byteCount: newCapacity, alignment: 16)
        unsafe newArena.copyMemory(from: arena, byteCount: arenaCount)
        unsafe arena.deallocate()
        unsafe arena = newArena
        arenaCapacity = newCapacity
    }

    // MARK: Reading. Callers have checked column and row.

    /// The memory of all cells, for an engine that sends rows; valid as long as this object lives.
    package var memory: ColumnMemory {
        unsafe ColumnMemory(
            cells: UnsafeRawPointer(block), cellOffsets: (0..<columnCount).map { unsafe slots[$0].cells - block },
            strides: (0..<columnCount).map { unsafe slots[$0].stride }, nulls: UnsafePointer(bitmap),
            nullWords: (capacity + 63) / 64, arena: UnsafeRawPointer(arena))
    }

    @inline(__always)
    func cell(_ column: Int, _ row: Int) -> UnsafeMutableRawPointer {
        unsafe slots[column].cells + slots[column].stride * row
    }

    @inline(__always)
    func layout(_ column: Int) -> ColumnLayout { unsafe slots[column].layout }

    /// The scale of a decimal column.
    @inline(__always)
    func scale(_ column: Int) -> Int { unsafe slots[column].scale }

    @inline(__always)
    func isNull(_ column: Int, _ row: Int) -> Bool {
        unsafe slots[column].nulls[row >> 6] & (1 << UInt64(row & 63)) != 0
    }

    /// What a cell holds, as it is stored; nil when the column has another layout or the cell is NULL.
    @inline(__always)
    func load<Value: BitwiseCopyable>(
        _ type: Value.Type, ofLayout layout: ColumnLayout, _ column: Int, _ row: Int
    ) -> Value? {
        let slot = unsafe slots + column
        guard unsafe slot.pointee.layout == layout,
            unsafe slot.pointee.nulls[row >> 6] & (1 << UInt64(row & 63)) == 0
        else { return nil }
        return unsafe slot.pointee.cells.load(fromByteOffset: layout.stride * row, as: type)
    }

    @inline(__always)
    func load<Value: BitwiseCopyable>(_ type: Value.Type, _ column: Int, _ row: Int) -> Value {
        unsafe cell(column, row).load(as: Value.self)
    }

    /// The first `count` cells of a column; `Value` has the stride of its layout.
    func withCells<Value: BitwiseCopyable, Result, Failure: Error>(
        _ type: Value.Type, _ column: Int, count: Int, _ body: (Span<Value>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let start = unsafe UnsafePointer(slots[column].cells.assumingMemoryBound(to: Value.self))
        return try body(unsafe Span(_unsafeStart: start, count: count))
    }

    /// The words of a column's bitmap of NULLs for `count` rows.
    func nullWords(_ column: Int, count: Int) -> [UInt64] {
        unsafe Array(UnsafeBufferPointer(start: slots[column].nulls, count: (count + 63) / 64))
    }

    /// The text at a place that a text cell holds.
    func text(_ place: (start: Int, count: Int)) -> String {
        unsafe String(decoding: buffer(place), as: UTF8.self)
    }

    /// The bytes at a place that a text or bytes cell holds.
    func bytes(_ place: (start: Int, count: Int)) -> [UInt8] {
        unsafe Array(buffer(place))
    }

    @inline(__always)
    func buffer(_ place: (start: Int, count: Int)) -> UnsafeRawBufferPointer {
        unsafe UnsafeRawBufferPointer(start: arena + place.start, count: place.count)
    }
}

/// Where the cells of one column of a batch that is being filled lie, for an engine that writes them in a tight loop.
///
/// Cells have the size that their ``ColumnLayout`` says, one after another from row 0.
@unsafe
package struct ColumnPlace {
    /// The cell of row 0.
    package let cells: UnsafeMutableRawPointer
    /// One bit per row.
    private let nulls: UnsafeMutablePointer<UInt64>
    /// Bytes of a cell: 8 or 16.
    private let stride: Int

    init(cells: UnsafeMutableRawPointer, nulls: UnsafeMutablePointer<UInt64>, stride: Int) {
        unsafe self.cells = cells
        unsafe self.nulls = nulls
        unsafe self.stride = stride
    }

    /// Marks a cell as NULL, and zeroes it, because spans show it.
    package func setNull(_ row: Int) {
        unsafe nulls[row >> 6] |= 1 << UInt64(row & 63)
        let cell = unsafe cells + stride * row
        unsafe cell.storeBytes(of: 0, as: UInt64.self)
        if unsafe stride == 16 { unsafe cell.storeBytes(of: 0, toByteOffset: 8, as: UInt64.self) }
    }
}

/// Where the cells of a column batch lie, for code that reads them in a tight loop.
@unsafe
package struct ColumnMemory {
    package let cells: UnsafeRawPointer
    /// Where the block of each column begins.
    package let cellOffsets: [Int]
    /// Bytes of one cell of each column.
    package let strides: [Int]
    /// A bit per row, `nullWords` words per column.
    package let nulls: UnsafePointer<UInt64>
    package let nullWords: Int
    /// What the offsets of text and bytes cells count from.
    package let arena: UnsafeRawPointer
}
