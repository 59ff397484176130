import CFreeTDS
import SQLServerCore
import SQLValues

/// The columns of a bulk load, bound to db-lib's bcp functions.
///
/// db-lib reads a value where `bcp_bind` or `bcp_colptr` said: values of fixed size are put into a row of this object,
/// texts and bytes are read from the block of rows.
@safe
struct BulkLoad: ~Copyable {
    /// How a value is put before db-lib.
    private enum Form: Sendable {
        case byte, int16, int32, int64, float, double, money, numeric
        case smallDateTime, dateTime, allDateTime, uniqueIdentifier
        /// Texts and bytes, read from the block.
        case bytes
    }

    private struct Binding {
        /// The column's number in the table, from 1.
        let number: Int32
        let form: Form
        let kind: SQLType.Kind
        let precision: Int
        let scale: Int
        /// Bytes of a numeric's magnitude.
        let magnitude: Int
        /// The length that db-lib was told last.
        var length: Int32
    }

    /// Room for a value of fixed size; DBNUMERIC has 35 bytes.
    private static let stride = 48

    private var bindings: [Binding] = []
    /// A place for each value; the first stays zero.
    private let values: UnsafeMutableRawPointer
    /// Whether a row was sent, so that the server waits for the end of the batch.
    private(set) var hasBegun = false

    /// Reads the table's columns from the server and binds them.
    ///
    /// - Throws: `unsupported` for a table or hints that bcp cannot serve; `connectionLost` when db-lib fails, with
    ///   nothing bound.
    init(_ target: BulkTarget, _ process: borrowing DatabaseProcess) throws(SQLServerError) {
        unsafe values = .allocate(byteCount: max(target.columns.count + 1, 1) * Self.stride, alignment: 16)
        unsafe values.initializeMemory(
            as: UInt8.self, repeating: 0, count: max(target.columns.count + 1, 1) * Self.stride)
        guard unsafe bcp_init(process.pointer, target.table, nil, nil, cfreetds_bcp_in) == SUCCEED else {
            throw SQLServerError(.connectionLost, "FreeTDS could not read the columns of \(target.table)")
        }
        try setOptions(target, process)
        try bind(target, process)
    }

    deinit { unsafe values.deallocate() }

    private func setOptions(_ target: BulkTarget, _ process: borrowing DatabaseProcess) throws(SQLServerError) {
        var isSet = true
        if target.hints.contains(.keepIdentity) {
            isSet = unsafe bcp_control(process.pointer, BCPKEEPIDENTITY, 1) == SUCCEED
        }
        if let hint = BulkLoadRules.hints(of: target).first {
            var bytes = Array(hint.sql.utf8)
            let count = Int32(bytes.count)
            isSet = unsafe isSet && bcp_options(process.pointer, BCPHINTS, &bytes, count) == SUCCEED
        }
        guard isSet else { throw SQLServerError(.connectionLost, "FreeTDS refused the options of the bulk load") }
    }

    // MARK: Binding

    private mutating func bind(_ target: BulkTarget, _ process: borrowing DatabaseProcess) throws(SQLServerError) {
        var numbers: [Int: Int32] = [:]
        for number in 1...max(Int32(process.columnCount), 1) {
            let described = process.bulkColumn(number)
            let position = target.columns.firstIndex { $0.name == described.name }
            guard let position else {
                throw SQLServerError(
                    .unsupported, "the table \(target.table) changed while its columns were read; try again")
            }
            numbers[position] = number
            guard !target.loaded.contains(position) else { continue }
            try BulkLoadRules.checkLeftOut(target.columns[position], described, target)
            // Never NULL for a column that db-lib may send after all: it would abort the process for a type of fixed
            // size (facts: data.c, tds_generic_put).
            if described.isFixed { unsafe try bindValue(number, values, 8, process) }
        }
        for position in target.loaded {
            let column = target.columns[position]
            guard let number = numbers[position], let type = column.type else {
                throw SQLServerError(
                    .unsupported, "column '\(column.name)' of \(target.table) is hidden from bulk copy")
            }
            try add(number, type, process)
        }
    }

    private mutating func add(
        _ number: Int32, _ type: SQLType, _ process: borrowing DatabaseProcess
    ) throws(SQLServerError) {
        let (form, size) = Self.form(type)
        let precision = type.precision ?? 18
        let binding = Binding(
            number: number, form: form, kind: type.kind, precision: precision, scale: type.scale ?? 0,
            magnitude: ParameterArena.magnitudeBytes(precision: precision), length: size)
        bindings.append(binding)
        let place = unsafe values + bindings.count * Self.stride
        unsafe try bindValue(number, place, size, process)
    }

    private func bindValue(
        _ number: Int32, _ place: UnsafeMutableRawPointer, _ size: Int32, _ process: borrowing DatabaseProcess
    ) throws(SQLServerError) {
        let bytes = unsafe place.assumingMemoryBound(to: UInt8.self)
        // Type 0: the value comes in the form that the column's type has in db-lib.
        guard unsafe bcp_bind(process.pointer, bytes, 0, size, nil, 0, 0, number) == SUCCEED else {
            throw SQLServerError(.connectionLost, "FreeTDS refused to bind a column of the bulk load")
        }
    }

    /// The form of a type, and its size in db-lib; -1 for texts and bytes.
    private static func form(_ type: SQLType) -> (Form, Int32) {
        switch type.kind {
        case .bit, .tinyInt: (.byte, 1)
        case .smallInt: (.int16, 2)
        case .int, .smallMoney: (.int32, 4)
        case .bigInt: (.int64, 8)
        case .real: (.float, 4)
        case .float: (.double, 8)
        case .money: (.money, 8)
        case .decimal, .numeric: (.numeric, Int32(MemoryLayout<DBNUMERIC>.size))
        case .smallDateTime: (.smallDateTime, 4)
        case .dateTime: (.dateTime, 8)
        case .date, .time, .dateTime2, .dateTimeOffset: (.allDateTime, 16)
        case .uniqueIdentifier: (.uniqueIdentifier, 16)
        default: (.bytes, -1)
        }
    }

    // MARK: Rows

    /// Puts rows before db-lib one by one and sends them; false when db-lib failed.
    mutating func send(_ rows: Range<Int>, _ memory: ColumnMemory, _ process: borrowing DatabaseProcess) -> Bool {
        let columns = unsafe (0..<bindings.count).map { index in
            unsafe Cells(
                cells: memory.cells + memory.cellOffsets[index], stride: memory.strides[index],
                nulls: memory.nulls + index * memory.nullWords)
        }
        for row in rows {
            for index in bindings.indices {
                guard unsafe prepare(index, row, columns[index], memory.arena, process.pointer) else { return false }
            }
            guard unsafe bcp_sendrow(process.pointer) == SUCCEED else { return false }
            hasBegun = true
        }
        return true
    }

    /// Where the values of one column lie.
    @unsafe
    private struct Cells: BitwiseCopyable {
        let cells: UnsafeRawPointer
        let stride: Int
        let nulls: UnsafePointer<UInt64>
    }

    @inline(__always)
    private mutating func prepare(
        _ index: Int, _ row: Int, _ column: Cells, _ arena: UnsafeRawPointer, _ process: OpaquePointer
    ) -> Bool {
        let binding = bindings[index]
        var length: Int32 = 0
        let isNull = unsafe column.nulls[row >> 6] & (1 << UInt64(row & 63)) != 0
        if !isNull {
            let cell = unsafe column.cells + column.stride * row
            if binding.form == .bytes {
                let (start, count) = unsafe cell.load(as: (Int, Int).self)
                // 0 would be NULL; -1 ends the value at a zero byte, so it is for the empty value only, read at one.
                length = count == 0 ? -1 : Int32(truncatingIfNeeded: count)
                let place = unsafe count == 0 ? UnsafeRawPointer(values) : arena + start
                let bytes = unsafe UnsafeMutablePointer(mutating: place.assumingMemoryBound(to: UInt8.self))
                guard unsafe bcp_colptr(process, bytes, binding.number) == SUCCEED else { return false }
            } else {
                let place = unsafe values + (index + 1) * Self.stride
                length = unsafe Self.store(cell, binding, place)
            }
        }
        guard length != binding.length else { return true }
        bindings[index].length = length
        return unsafe bcp_collen(process, length, binding.number) == SUCCEED
    }

    /// Stores a value of fixed size as db-lib wants it and returns its size.
    @inline(__always)
    private static func store(
        _ cell: UnsafeRawPointer, _ binding: Binding, _ place: UnsafeMutableRawPointer
    ) -> Int32 {
        let value = unsafe cell.load(as: Int64.self)
        switch binding.form {
        case .byte:
            unsafe place.storeBytes(of: UInt8(truncatingIfNeeded: value), as: UInt8.self)
            return 1
        case .int16:
            unsafe place.storeBytes(of: Int16(truncatingIfNeeded: value), as: Int16.self)
            return 2
        case .int32:
            unsafe place.storeBytes(of: Int32(truncatingIfNeeded: value), as: Int32.self)
            return 4
        case .int64:
            unsafe place.storeBytes(of: value, as: Int64.self)
            return 8
        case .float:
            unsafe place.storeBytes(of: Float(cell.load(as: Double.self)), as: Float.self)
            return 4
        case .double:
            unsafe place.storeBytes(of: cell.load(as: Double.self), as: Double.self)
            return 8
        case .money:
            // The high half first.
            unsafe place.storeBytes(of: Int32(truncatingIfNeeded: value >> 32), as: Int32.self)
            unsafe place.storeBytes(of: UInt32(truncatingIfNeeded: value), toByteOffset: 4, as: UInt32.self)
            return 8
        default: return unsafe storeWide(cell, binding, place)
        }
    }

    private static func storeWide(
        _ cell: UnsafeRawPointer, _ binding: Binding, _ place: UnsafeMutableRawPointer
    ) -> Int32 {
        switch binding.form {
        case .numeric:
            // DBNUMERIC: precision, scale, sign (1 is negative), the magnitude with its most significant byte first.
            let coefficient = unsafe cell.load(as: Int128.self)
            unsafe place.storeBytes(of: UInt8(binding.precision), as: UInt8.self)
            unsafe place.storeBytes(of: UInt8(binding.scale), toByteOffset: 1, as: UInt8.self)
            unsafe place.storeBytes(of: coefficient < 0 ? 1 : 0, toByteOffset: 2, as: UInt8.self)
            let bytes = (coefficient.magnitude << (8 * (16 - binding.magnitude))).bigEndian
            unsafe (place + 3).storeBytes(of: bytes, as: UInt128.self)
            return Int32(MemoryLayout<DBNUMERIC>.size)
        case .uniqueIdentifier:
            let (high, low) = unsafe cell.load(as: (UInt64, UInt64).self)
            // The first three groups have their bytes reversed (MS-TDS 2.2.5.5.1.9).
            unsafe place.storeBytes(of: UInt32(high >> 32).littleEndian, as: UInt32.self)
            let (second, third) = (UInt16(high >> 16 & 0xFFFF), UInt16(high & 0xFFFF))
            unsafe place.storeBytes(of: second.littleEndian, toByteOffset: 4, as: UInt16.self)
            unsafe place.storeBytes(of: third.littleEndian, toByteOffset: 6, as: UInt16.self)
            unsafe place.storeBytes(of: low.bigEndian, toByteOffset: 8, as: UInt64.self)
            return 16
        default: return unsafe storeMoment(cell, binding, place)
        }
    }

    private static func storeMoment(
        _ cell: UnsafeRawPointer, _ binding: Binding, _ place: UnsafeMutableRawPointer
    ) -> Int32 {
        let value = unsafe Int(cell.load(as: Int64.self))
        let (days, time) = value.quotientAndRemainder(dividingBy: SQLTime.ticksPerDay)
        let daysSince1900 = Int32(truncatingIfNeeded: days - SQLDate.daysTo1900)
        switch (binding.form, binding.kind) {
        case (.smallDateTime, _):
            let minutes = time / (60 * SQLTime.ticksPerSecond)
            unsafe place.storeBytes(of: UInt16(truncatingIfNeeded: daysSince1900), as: UInt16.self)
            unsafe place.storeBytes(of: UInt16(truncatingIfNeeded: minutes), toByteOffset: 2, as: UInt16.self)
            return 4
        case (.dateTime, _):
            let fields = SQLDateTime(ticksSinceYearOne: value)?.dateTimeFields
            unsafe place.storeBytes(of: Int32(fields?.daysSince1900 ?? 0), as: Int32.self)
            unsafe place.storeBytes(of: Int32(fields?.threeHundredths ?? 0), toByteOffset: 4, as: Int32.self)
            return 8
        case (_, .date):
            unsafe storeAll(place, days: Int32(truncatingIfNeeded: value - SQLDate.daysTo1900), time: 0)
        case (_, .time): unsafe storeAll(place, days: 0, time: value)
        case (_, .dateTimeOffset):
            let offset = unsafe cell.load(fromByteOffset: 8, as: Int64.self)
            unsafe storeAll(place, days: daysSince1900, time: time, offset: Int16(truncatingIfNeeded: offset))
        default: unsafe storeAll(place, days: daysSince1900, time: time)
        }
        return 16
    }

    /// A DBDATETIMEALL, which db-lib always sends with scale 7.
    private static func storeAll(_ place: UnsafeMutableRawPointer, days: Int32, time: Int, offset: Int16 = 0) {
        unsafe place.storeBytes(of: UInt64(time), as: UInt64.self)
        unsafe place.storeBytes(of: days, toByteOffset: 8, as: Int32.self)
        unsafe place.storeBytes(of: offset, toByteOffset: 12, as: Int16.self)
        // Bits 0 to 2 the precision, 13 has time, 14 has date, 15 has offset.
        unsafe place.storeBytes(of: 7 | 7 << 13, toByteOffset: 14, as: UInt16.self)
    }
}
