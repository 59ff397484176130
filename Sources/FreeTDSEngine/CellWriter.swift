import SQLServerCore
import SQLValues

/// Makes the cells of a column batch out of db-lib's values.
enum CellWriter {
    /// Marks a cell as NULL.
    @inline(__always)
    static func setNull(_ form: WireForm, _ place: ColumnPlace, _ row: Int) {
        unsafe place.nulls[row >> 6] |= 1 << UInt64(row & 63)
        let stride = form.stride
        unsafe (place.cells + stride * row).storeBytes(of: 0, as: UInt64.self)
        if stride == 16 { unsafe (place.cells + stride * row).storeBytes(of: 0, toByteOffset: 8, as: UInt64.self) }
    }

    /// Writes a value of fixed length; false when the bytes are not a value of the type.
    @inline(__always)
    static func write(
        _ bytes: UnsafeRawBufferPointer, _ form: WireForm, _ cells: UnsafeMutableRawPointer, _ row: Int
    ) -> Bool {
        switch form {
        case .int:
            guard let value = unsafe load(Int32.self, bytes) else { return false }
            unsafe store(Int64(value), cells, row)
        case .bigInt:
            guard let value = unsafe load(Int64.self, bytes) else { return false }
            unsafe store(value, cells, row)
        case .float:
            guard let value = unsafe load(Double.self, bytes) else { return false }
            unsafe store(value, cells, row)
        default: return unsafe writeOther(bytes, form, cells, row)
        }
        return true
    }

    private static func writeOther(
        _ bytes: UnsafeRawBufferPointer, _ form: WireForm, _ cells: UnsafeMutableRawPointer, _ row: Int
    ) -> Bool {
        switch form {
        case .uniqueIdentifier:
            guard let value = unsafe uniqueIdentifier(bytes) else { return false }
            unsafe store((value.high, value.low), cells, row)
        case .numeric:
            guard let value = unsafe coefficient(bytes) else { return false }
            unsafe store(value, cells, row)
        case .dateTimeOffset:
            guard let (ticks, offset) = unsafe dateTimeOffset(bytes) else { return false }
            unsafe store((ticks, offset), cells, row)
        case .real:
            guard let value = unsafe load(Float.self, bytes) else { return false }
            unsafe store(Double(value), cells, row)
        default:
            guard let value = unsafe integer(bytes, form) else { return false }
            unsafe store(value, cells, row)
        }
        return true
    }

    @inline(__always)
    private static func store<Value: BitwiseCopyable>(
        _ value: Value, _ cells: UnsafeMutableRawPointer, _ row: Int
    ) {
        unsafe cells.storeBytes(of: value, toByteOffset: MemoryLayout<Value>.stride * row, as: Value.self)
    }

    /// The cell of a type that is kept as one integer; nil when the bytes are no value of it.
    private static func integer(_ bytes: UnsafeRawBufferPointer, _ form: WireForm) -> Int64? {
        switch form {
        case .bit: return unsafe load(UInt8.self, bytes).map { $0 == 0 ? 0 : 1 }
        case .tinyInt: return unsafe load(UInt8.self, bytes).map(Int64.init)
        case .smallInt: return unsafe load(Int16.self, bytes).map(Int64.init)
        case .smallMoney: return unsafe load(Int32.self, bytes).map(Int64.init)
        case .money:
            guard let high = unsafe load(Int32.self, bytes), let low = unsafe load(UInt32.self, bytes, at: 4) else {
                return nil
            }
            return Int64(high) << 32 | Int64(low)
        case .smallDateTime:
            guard let days = unsafe load(UInt16.self, bytes), let minutes = unsafe load(UInt16.self, bytes, at: 2),
                let value = SQLDateTime(daysSince1900: Int(days), threeHundredths: Int(minutes) * 18_000)
            else { return nil }
            return Int64(value.ticksSinceYearOne)
        case .dateTime:
            guard let days = unsafe load(Int32.self, bytes), let units = unsafe load(Int32.self, bytes, at: 4),
                let value = SQLDateTime(daysSince1900: Int(days), threeHundredths: Int(units))
            else { return nil }
            return Int64(value.ticksSinceYearOne)
        default: return unsafe allDateTime(bytes, form)
        }
    }

    /// A date, time or datetime2 out of DBDATETIMEALL: 8 bytes 100 ns, 4 bytes days since 1900-01-01, 2 bytes minutes
    /// from UTC.
    private static func allDateTime(_ bytes: UnsafeRawBufferPointer, _ form: WireForm) -> Int64? {
        guard let time = unsafe load(UInt64.self, bytes), let days = unsafe load(Int32.self, bytes, at: 8) else {
            return nil
        }
        let day = SQLDate(daysSinceYearOne: Int(days) + SQLDate.daysTo1900)
        let clock = Int(exactly: time).flatMap { SQLTime(ticks: $0) }
        switch form {
        case .date: return day.map { Int64($0.daysSinceYearOne) }
        case .time: return clock.map { Int64($0.ticks) }
        default:
            guard let day, let clock else { return nil }
            return Int64(SQLDateTime(day, clock).ticksSinceYearOne)
        }
    }

    /// The UTC ticks and the offset out of DBDATETIMEALL.
    private static func dateTimeOffset(_ bytes: UnsafeRawBufferPointer) -> (Int64, Int64)? {
        guard let ticks = unsafe allDateTime(bytes, .dateTime2), let offset = unsafe load(Int16.self, bytes, at: 12),
            let utc = SQLDateTime(ticksSinceYearOne: Int(ticks)),
            SQLDateTimeOffset(utc: utc, offsetMinutes: Int(offset)) != nil
        else { return nil }
        return (ticks, Int64(offset))
    }

    /// Three little-endian groups and eight bytes (MS-TDS 2.2.5.5.1.9).
    private static func uniqueIdentifier(_ bytes: UnsafeRawBufferPointer) -> SQLUniqueIdentifier? {
        guard let first = unsafe load(UInt32.self, bytes), let second = unsafe load(UInt16.self, bytes, at: 4),
            let third = unsafe load(UInt16.self, bytes, at: 6), let rest = unsafe load(UInt64.self, bytes, at: 8)
        else { return nil }
        let high =
            UInt64(UInt32(littleEndian: first)) << 32 | UInt64(UInt16(littleEndian: second)) << 16
            | UInt64(UInt16(littleEndian: third))
        return SQLUniqueIdentifier(high: high, low: UInt64(bigEndian: rest))
    }

    /// DBNUMERIC: precision, scale, sign (1 is negative), then the magnitude with its most significant byte first.
    private static func coefficient(_ bytes: UnsafeRawBufferPointer) -> Int128? {
        guard bytes.count >= 3 else { return nil }
        let precision = Int(unsafe bytes[0])
        guard precision >= 1, precision <= SQLDecimal.maximumPrecision else { return nil }
        let count = ParameterArena.magnitudeBytes(precision: precision)
        guard bytes.count >= 3 + count else { return nil }
        var value: UInt128 = 0
        for index in 3..<3 + count { value = value << 8 | UInt128(unsafe bytes[index]) }
        guard value < UInt128(SQLDecimal.limit) else { return nil }
        return unsafe bytes[2] == 0 ? Int128(value) : -Int128(value)
    }
}

/// A value at an offset, or nil beyond the end.
@inline(__always)
private func load<Value: BitwiseCopyable>(
    _ type: Value.Type, _ bytes: UnsafeRawBufferPointer, at offset: Int = 0
) -> Value? {
    guard offset + MemoryLayout<Value>.size <= bytes.count else { return nil }
    return unsafe bytes.loadUnaligned(fromByteOffset: offset, as: Value.self)
}
