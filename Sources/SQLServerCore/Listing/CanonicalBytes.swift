import SQLValues

/// Writes values so that different ones never have the same bytes, and reads them back bit by bit.
struct CanonicalBytes {
    private(set) var bytes: [UInt8] = []

    mutating func add(_ byte: UInt8) { bytes.append(byte) }

    mutating func add<Integer: FixedWidthInteger>(_ number: Integer) {
        for shift in stride(from: Integer.bitWidth - 8, through: 0, by: -8) {
            bytes.append(UInt8(truncatingIfNeeded: number >> Integer(shift)))
        }
    }

    mutating func add(_ text: String) {
        add(UInt32(truncatingIfNeeded: text.utf8.count))
        bytes += text.utf8
    }

    mutating func add(_ value: SQLValue) {
        switch value {
        case .null: add(0 as UInt8)
        case .bit(let bit): bytes += [1, bit ? 1 : 0]
        case .int(let number):
            add(2 as UInt8)
            add(number)
        case .double(let number):
            add(3 as UInt8)
            add(number.bitPattern)
        case .decimal(let number):
            bytes += [4, UInt8(number.scale)]
            add(number.coefficient)
        case .string(let text):
            add(5 as UInt8)
            add(text)
        case .bytes(let binary):
            add(6 as UInt8)
            add(UInt32(truncatingIfNeeded: binary.count))
            bytes += binary
        case .uniqueIdentifier(let identifier): bytes += [7] + identifier.bytes
        case .date(let date):
            add(8 as UInt8)
            add(Int32(date.daysSinceYearOne))
        case .time(let time):
            add(9 as UInt8)
            add(Int64(time.ticks))
        case .dateTime(let moment):
            add(10 as UInt8)
            add(Int64(moment.ticksSinceYearOne))
        case .dateTimeOffset(let moment):
            add(11 as UInt8)
            add(Int64(moment.utc.ticksSinceYearOne))
            add(Int16(moment.offsetMinutes))
        }
    }

    /// A query: its text, the values of its parameters, and their types.
    mutating func add(_ query: SQLQuery) {
        add(UInt32(query.segments.count))
        for segment in query.segments {
            switch segment {
            case .text(let text):
                add(0 as UInt8)
                add(text)
            case .parameter(let value):
                add(1 as UInt8)
                add(value.type.description)
                add(value.value)
            case .list(let list):
                add(2 as UInt8)
                add(list.type.description)
                add(UInt32(truncatingIfNeeded: list.values.count))
                for value in list.values { add(value) }
            }
        }
    }
}

/// Reads what ``CanonicalBytes`` wrote; each method gives nil at bytes that it cannot have written.
struct CanonicalReader {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
        guard count >= 0, rest.count >= count else { return nil }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count)
    }

    mutating func byte() -> UInt8? { take(1)?.first }

    mutating func integer<Integer: FixedWidthInteger>(_ type: Integer.Type) -> Integer? {
        take(Integer.bitWidth / 8)?.reduce(0) { $0 << 8 | Integer(truncatingIfNeeded: $1) }
    }

    private mutating func counted() -> ArraySlice<UInt8>? {
        integer(UInt32.self).flatMap { take(Int($0)) }
    }

    mutating func value() -> SQLValue? {
        switch byte() {
        case 0: .null
        case 1: byte().map { .bit($0 != 0) }
        case 2: integer(Int64.self).map(SQLValue.int)
        case 3: integer(UInt64.self).map { .double(Double(bitPattern: $0)) }
        case 4: decimal()
        case 5: counted().flatMap { String(validating: $0, as: UTF8.self) }.map(SQLValue.string)
        case 6: counted().map { .bytes(Array($0)) }
        case 7: take(16).flatMap { SQLUniqueIdentifier(bytes: $0) }.map(SQLValue.uniqueIdentifier)
        case 8: integer(Int32.self).flatMap { SQLDate(daysSinceYearOne: Int($0)) }.map(SQLValue.date)
        case 9: integer(Int64.self).flatMap { SQLTime(ticks: Int($0)) }.map(SQLValue.time)
        case 10: moment().map(SQLValue.dateTime)
        case 11: offsetMoment()
        default: nil
        }
    }

    private mutating func decimal() -> SQLValue? {
        guard let scale = byte(), let coefficient = integer(Int128.self) else { return nil }
        return SQLDecimal(coefficient: coefficient, scale: Int(scale)).map(SQLValue.decimal)
    }

    private mutating func moment() -> SQLDateTime? {
        integer(Int64.self).flatMap { SQLDateTime(ticksSinceYearOne: Int($0)) }
    }

    private mutating func offsetMoment() -> SQLValue? {
        guard let utc = moment(), let offset = integer(Int16.self) else { return nil }
        return SQLDateTimeOffset(utc: utc, offsetMinutes: Int(offset)).map(SQLValue.dateTimeOffset)
    }
}
