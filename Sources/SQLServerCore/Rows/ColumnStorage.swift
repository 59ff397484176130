package import SQLValues

/// How the cells of a column lie in memory.
package enum ColumnLayout: Sendable, Hashable {
    /// 8 bytes: bit and integers.
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
        case .bit, .tinyInt, .smallInt, .int, .bigInt: self = .integer
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
        case .integer, .double, .money, .date, .time, .dateTime: 8
        case .decimal, .dateTimeOffset, .uniqueIdentifier, .text, .bytes: 16
        }
    }
}

/// The memory of one column batch: a block of cells per column, a bitmap of NULLs per column, and one arena for
/// everything of variable length.
///
/// Written by one ``ColumnBatchBuilder`` and read-only from the moment that the builder gives it away.
@safe
package final class ColumnStorage: @unchecked Sendable {
    // Sendable: only the builder writes, and it drops its reference before any other thread can see this object;
    // afterwards nothing changes.
    let layouts: [ColumnLayout]
    let scales: [Int]
    let capacity: Int
    private let cells: UnsafeMutableRawPointer
    private let cellOffsets: [Int]
    private let nulls: UnsafeMutablePointer<UInt64>
    private let nullWords: Int
    private var arena: UnsafeMutableRawPointer
    private var arenaCapacity: Int
    private(set) var arenaCount = 0

    init(layouts: [ColumnLayout], scales: [Int], capacity: Int, arenaCapacity: Int) {
        self.layouts = layouts
        self.scales = scales
        self.capacity = capacity
        var size = 0
        var offsets: [Int] = []
        for layout in layouts {
            // 16-byte cells stay aligned, because every block is a multiple of 16 bytes.
            offsets.append(size)
            size += (layout.stride * capacity + 15) & ~15
        }
        cellOffsets = offsets
        unsafe cells = .allocate(byteCount: max(size, 16), alignment: 16)
        nullWords = (capacity + 63) / 64
        let words = max(nullWords * layouts.count, 1)
        unsafe nulls = .allocate(capacity: words)
        unsafe nulls.initialize(repeating: 0, count: words)
        self.arenaCapacity = max(arenaCapacity, 64)
        unsafe arena = .allocate(byteCount: self.arenaCapacity, alignment: 16)
    }

    deinit {
        unsafe cells.deallocate()
        unsafe nulls.deallocate()
        unsafe arena.deallocate()
    }

    // MARK: Writing (the builder only)

    func setNull(_ column: Int, _ row: Int) {
        unsafe nulls[column * nullWords + row >> 6] |= 1 << UInt64(row & 63)
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
            cells: UnsafeRawPointer(cells), cellOffsets: cellOffsets, strides: layouts.map(\.stride),
            nulls: UnsafePointer(nulls), nullWords: nullWords, arena: UnsafeRawPointer(arena))
    }

    @inline(__always)
    private func cell(_ column: Int, _ row: Int) -> UnsafeMutableRawPointer {
        unsafe cells + cellOffsets[column] + layouts[column].stride * row
    }

    @inline(__always)
    func isNull(_ column: Int, _ row: Int) -> Bool {
        unsafe nulls[column * nullWords + row >> 6] & (1 << UInt64(row & 63)) != 0
    }

    @inline(__always)
    func load<Value: BitwiseCopyable>(_ type: Value.Type, _ column: Int, _ row: Int) -> Value {
        unsafe cell(column, row).load(as: Value.self)
    }

    /// The text of a text cell.
    func text(_ column: Int, _ row: Int) -> String {
        unsafe String(decoding: buffer(column, row), as: UTF8.self)
    }

    /// The bytes of a text or bytes cell.
    func bytes(_ column: Int, _ row: Int) -> [UInt8] {
        unsafe Array(buffer(column, row))
    }

    @inline(__always)
    func buffer(_ column: Int, _ row: Int) -> UnsafeRawBufferPointer {
        let (start, count) = load((Int, Int).self, column, row)
        return unsafe UnsafeRawBufferPointer(start: arena + start, count: count)
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
