import SQLServerCore
import SQLValues

/// Makes the cells of a column batch out of db-lib's values.
///
/// A value of a fixed form lies in a buffer of the form's size (`DescribedColumn` has checked the column's length).
enum CellWriter {
    /// Writes a value of a fixed form; false when it is not one of the type.
    @inline(__always)
    static func write(
        _ bytes: UnsafeRawPointer, _ form: WireForm, _ cells: UnsafeMutableRawPointer, _ row: Int
    ) -> Bool {
        switch form {
        case .int:
            unsafe store(Int64(load(Int32.self, bytes)), cells, row)
        case .bigInt:
            unsafe store(load(Int64.self, bytes), cells, row)
        case .float:
            unsafe store(load(Double.self, bytes), cells, row)
        default: return unsafe writeOther(bytes, form, cells, row)
        }
        return true
    }

    private static func writeOther(
        _ bytes: UnsafeRawPointer, _ form: WireForm, _ cells: UnsafeMutableRawPointer, _ row: Int
    ) -> Bool {
        switch form {
        case .uniqueIdentifier:
            let value = unsafe uniqueIdentifier(bytes)
            unsafe store((value.high, value.low), cells, row)
        case .numeric:
            guard let value = unsafe coefficient(bytes) else { return false }
            unsafe store(value, cells, row)
        case .dateTimeOffset:
            guard let (ticks, offset) = unsafe dateTimeOffset(bytes) else { return false }
            unsafe store((ticks, offset), cells, row)
        case .real:
            unsafe store(Double(load(Float.self, bytes)), cells, row)
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
    private static func integer(_ bytes: UnsafeRawPointer, _ form: WireForm) -> Int64? {
        switch form {
        case .bit: return unsafe load(UInt8.self, bytes) == 0 ? 0 : 1
        case .tinyInt: return Int64(unsafe load(UInt8.self, bytes))
        case .smallInt: return Int64(unsafe load(Int16.self, bytes))
        case .smallMoney: return Int64(unsafe load(Int32.self, bytes))
        case .money:
            let (high, low) = unsafe (load(Int32.self, bytes), load(UInt32.self, bytes, at: 4))
            return Int64(high) << 32 | Int64(low)
        case .smallDateTime:
            let (days, minutes) = unsafe (load(UInt16.self, bytes), load(UInt16.self, bytes, at: 2))
            return SQLDateTime(daysSince1900: Int(days), threeHundredths: Int(minutes) * 18_000)
                .map { Int64($0.ticksSinceYearOne) }
        case .dateTime:
            let (days, units) = unsafe (load(Int32.self, bytes), load(Int32.self, bytes, at: 4))
            return SQLDateTime(daysSince1900: Int(days), threeHundredths: Int(units))
                .map { Int64($0.ticksSinceYearOne) }
        default: return unsafe allDateTime(bytes, form)
        }
    }

    /// A date, time or datetime2 out of DBDATETIMEALL: 8 bytes 100 ns, 4 bytes days since 1900-01-01, 2 bytes minutes
    /// from UTC.
    private static func allDateTime(_ bytes: UnsafeRawPointer, _ form: WireForm) -> Int64? {
        let (time, days) = unsafe (load(UInt64.self, bytes), load(Int32.self, bytes, at: 8))
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
    private static func dateTimeOffset(_ bytes: UnsafeRawPointer) -> (Int64, Int64)? {
        let offset = unsafe load(Int16.self, bytes, at: 12)
        guard let ticks = unsafe allDateTime(bytes, .dateTime2), let utc = SQLDateTime(ticksSinceYearOne: Int(ticks)),
            SQLDateTimeOffset(utc: utc, offsetMinutes: Int(offset)) != nil
        else { return nil }
        return (ticks, Int64(offset))
    }

    /// Three little-endian groups and eight bytes (MS-TDS 2.2.5.5.1.9).
    private static func uniqueIdentifier(_ bytes: UnsafeRawPointer) -> SQLUniqueIdentifier {
        let first = UInt32(littleEndian: unsafe load(UInt32.self, bytes))
        let second = UInt16(littleEndian: unsafe load(UInt16.self, bytes, at: 4))
        let third = UInt16(littleEndian: unsafe load(UInt16.self, bytes, at: 6))
        let rest = UInt64(bigEndian: unsafe load(UInt64.self, bytes, at: 8))
        return SQLUniqueIdentifier(high: UInt64(first) << 32 | UInt64(second) << 16 | UInt64(third), low: rest)
    }

    /// DBNUMERIC: precision, scale, sign (1 is negative), then the magnitude with its most significant byte first.
    private static func coefficient(_ bytes: UnsafeRawPointer) -> Int128? {
        let precision = Int(unsafe load(UInt8.self, bytes))
        guard precision >= 1, precision <= SQLDecimal.maximumPrecision else { return nil }
        // At most 16 of the 33 bytes that DBNUMERIC has.
        let count = ParameterArena.magnitudeBytes(precision: precision)
        var (high, low) = (UInt64(0), UInt64(0))
        for index in 3..<3 + count {
            high = high << 8 | low >> 56
            low = low << 8 | UInt64(unsafe load(UInt8.self, bytes, at: index))
        }
        let value = UInt128(high) << 64 | UInt128(low)
        guard value < UInt128(SQLDecimal.limit) else { return nil }
        return unsafe load(UInt8.self, bytes, at: 2) == 0 ? Int128(value) : -Int128(value)
    }
}

/// A value at an offset.
@inline(__always)
private func load<Value: BitwiseCopyable>(
    _ type: Value.Type, _ bytes: UnsafeRawPointer, at offset: Int = 0
) -> Value {
    unsafe bytes.loadUnaligned(fromByteOffset: offset, as: Value.self)
}
