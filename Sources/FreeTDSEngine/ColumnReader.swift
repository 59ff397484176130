import CFreeTDS
import SQLServerCore
import SQLValues

/// How a column's cells lie in db-lib's row buffer.
enum WireForm: Sendable {
    case bit, tinyInt, smallInt, int, bigInt, real, float, smallMoney, money
    case numeric, smallDateTime, dateTime, date, time, dateTime2, dateTimeOffset, uniqueIdentifier, text, bytes
}

/// A column with the form in which its cells come.
struct DescribedColumn: Sendable {
    let column: SQLColumn
    let form: WireForm
}

/// Copies the rows of the current result set into column batches.
///
/// The form of each column is chosen once per result set.
struct ColumnReader: ~Copyable {
    private let forms: [WireForm]
    private let list: ColumnList
    private var builder: ColumnBatchBuilder

    /// A reader of rows with the described columns.
    init(_ columns: [DescribedColumn]) {
        forms = columns.map(\.form)
        list = ColumnList(columns.map(\.column))
        builder = ColumnBatchBuilder(list)
    }

    /// The columns as the result set shows them.
    var columnList: ColumnList { list }
    var rowCount: Int { builder.rowCount }
    var isFull: Bool { builder.isFull }

    /// The batch of the rows so far.
    mutating func finish() -> SQLColumnBatch { builder.finish() }

    /// Copies the current row of db-lib.
    ///
    /// - Throws: `protocolViolation` for a value outside its type's range.
    mutating func readRow(_ process: borrowing DatabaseProcess) throws(SQLServerError) {
        builder.beginRow()
        for index in forms.indices {
            let number = Int32(truncatingIfNeeded: index + 1)
            guard let data = unsafe dbdata(process.pointer, number) else {
                builder.appendNull()
                continue
            }
            let length = Int(unsafe dbdatlen(process.pointer, number))
            let bytes = unsafe UnsafeRawBufferPointer(start: data, count: length)
            guard unsafe append(bytes, forms[index]) else { throw invalid(list.columns[index]) }
        }
        builder.endRow()
    }

    private func invalid(_ column: SQLColumn) -> SQLServerError {
        SQLServerError(.protocolViolation, "column '\(column.name)' (\(column.type)) has an invalid value")
    }

    /// Appends one cell; false when the bytes are not a value of the type.
    private mutating func append(_ bytes: UnsafeRawBufferPointer, _ form: WireForm) -> Bool {
        switch form {
        case .text, .bytes:
            unsafe builder.append(bytes: bytes)
        case .int:
            guard let value = unsafe load(Int32.self, bytes) else { return false }
            builder.append(integer: Int64(value))
        case .bigInt:
            guard let value = unsafe load(Int64.self, bytes) else { return false }
            builder.append(integer: value)
        case .bit, .tinyInt:
            guard let value = unsafe load(UInt8.self, bytes) else { return false }
            builder.append(integer: form == .bit && value != 0 ? 1 : Int64(value))
        case .smallInt:
            guard let value = unsafe load(Int16.self, bytes) else { return false }
            builder.append(integer: Int64(value))
        case .real:
            guard let value = unsafe load(Float.self, bytes) else { return false }
            builder.append(double: Double(value))
        case .float:
            guard let value = unsafe load(Double.self, bytes) else { return false }
            builder.append(double: value)
        default:
            return unsafe appendOther(bytes, form)
        }
        return true
    }

    private mutating func appendOther(_ bytes: UnsafeRawBufferPointer, _ form: WireForm) -> Bool {
        switch form {
        case .smallMoney:
            guard let value = unsafe load(Int32.self, bytes) else { return false }
            builder.append(integer: Int64(value))
        case .money:
            guard let high = unsafe load(Int32.self, bytes), let low = unsafe load(UInt32.self, bytes, at: 4) else {
                return false
            }
            builder.append(integer: Int64(high) << 32 | Int64(low))
        case .numeric:
            guard let value = unsafe coefficient(bytes) else { return false }
            builder.append(coefficient: value)
        case .uniqueIdentifier:
            // Three little-endian groups and eight bytes (MS-TDS 2.2.5.5.1.9).
            guard let first = unsafe load(UInt32.self, bytes), let second = unsafe load(UInt16.self, bytes, at: 4),
                let third = unsafe load(UInt16.self, bytes, at: 6), let rest = unsafe load(UInt64.self, bytes, at: 8)
            else { return false }
            let high =
                UInt64(UInt32(littleEndian: first)) << 32 | UInt64(UInt16(littleEndian: second)) << 16
                | UInt64(UInt16(littleEndian: third))
            builder.append(uniqueIdentifier: SQLUniqueIdentifier(high: high, low: UInt64(bigEndian: rest)))
        case .smallDateTime:
            guard let days = unsafe load(UInt16.self, bytes), let minutes = unsafe load(UInt16.self, bytes, at: 2),
                let value = SQLDateTime(daysSince1900: Int(days), threeHundredths: Int(minutes) * 18_000)
            else { return false }
            builder.append(integer: Int64(value.ticksSinceYearOne))
        case .dateTime:
            guard let days = unsafe load(Int32.self, bytes), let units = unsafe load(Int32.self, bytes, at: 4),
                let value = SQLDateTime(daysSince1900: Int(days), threeHundredths: Int(units))
            else { return false }
            builder.append(integer: Int64(value.ticksSinceYearOne))
        default:
            return unsafe appendAllDateTime(bytes, form)
        }
        return true
    }

    /// DBDATETIMEALL: 8 bytes 100 ns, 4 bytes days since 1900-01-01, 2 bytes minutes from UTC; in UTC.
    private mutating func appendAllDateTime(_ bytes: UnsafeRawBufferPointer, _ form: WireForm) -> Bool {
        guard let time = unsafe load(UInt64.self, bytes), let days = unsafe load(Int32.self, bytes, at: 8),
            let offset = unsafe load(Int16.self, bytes, at: 12)
        else { return false }
        let day = SQLDate(daysSinceYearOne: Int(days) + SQLDate.daysTo1900)
        let clock = Int(exactly: time).flatMap { SQLTime(ticks: $0) }
        switch form {
        case .date:
            guard let day else { return false }
            builder.append(integer: Int64(day.daysSinceYearOne))
        case .time:
            guard let clock else { return false }
            builder.append(integer: Int64(clock.ticks))
        default:
            guard let day, let clock else { return false }
            let utc = SQLDateTime(day, clock)
            guard form == .dateTimeOffset else {
                builder.append(integer: Int64(utc.ticksSinceYearOne))
                return true
            }
            guard SQLDateTimeOffset(utc: utc, offsetMinutes: Int(offset)) != nil else { return false }
            builder.append(utcTicks: Int64(utc.ticksSinceYearOne), offsetMinutes: Int64(offset))
        }
        return true
    }

    /// DBNUMERIC: precision, scale, sign (1 is negative), then the magnitude with its most significant byte first.
    private func coefficient(_ bytes: UnsafeRawBufferPointer) -> Int128? {
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
