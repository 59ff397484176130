import SQLValues

/// The forms in which values stand in SQLite, where order and equality of the form are those of the value.
///
/// Integers and `bit` are INTEGER; `decimal` up to 18 digits and `money` are INTEGER at the type's scale, wider ones
/// 16-byte BLOBs; `date` is INTEGER days, `time`, `datetime2` and `smalldatetime` INTEGER ticks of 100 ns, `datetime`
/// INTEGER 1/300 s since 1900; `datetimeoffset` is TEXT of 16 hexadecimal digits of UTC ticks and the offset, compared
/// by its moment; `sql_variant` is the text of a ``VariantValue``; `real` and `float` are 8-byte BLOBs; `uniqueidentifier` is 16 bytes in SQL Server's order.
enum StoredForm {
    private static let unitsPerDay: Int64 = 300 * 86_400

    /// A value of a type as it is stored.
    static func encode(_ value: SQLValue, as type: SQLType) -> StoredValue {
        switch value {
        case .null: .null
        case .bit(let flag): .integer(flag ? 1 : 0)
        case .int(let number): .integer(number)
        case .double(let number): .blob(bytes(of: number))
        case .decimal(let number): encode(number, as: type)
        case .string(let text): .text(text)
        case .bytes(let bytes): .blob(bytes)
        case .uniqueIdentifier(let id): .blob(id.sortKey)
        case .date(let date): .integer(Int64(date.daysSinceYearOne))
        case .time(let time): .integer(Int64(time.ticks))
        case .dateTime(let moment): encode(moment, as: type)
        case .dateTimeOffset(let moment): .text(text(of: moment))
        }
    }

    /// The value of a type that a cell holds.
    static func decode(_ cell: some SQLiteCell, as type: SQLType) -> SQLValue {
        guard !cell.isNull else { return .null }
        switch type.kind {
        case .bit: return .bit(cell.integer != 0)
        case .tinyInt, .smallInt, .int, .bigInt: return .int(cell.integer)
        case .real, .float: return .double(double(of: cell.bytes))
        case .smallMoney, .money: return decimal(Int128(cell.integer), 4)
        case .decimal, .numeric:
            let wide = (type.precision ?? 18) > 18
            return decimal(wide ? int128(of: cell.bytes) : Int128(cell.integer), type.scale ?? 0)
        case .date: return SQLDate(daysSinceYearOne: Int(cell.integer)).map { .date($0) } ?? .null
        case .time: return SQLTime(ticks: Int(cell.integer)).map { .time($0) } ?? .null
        case .smallDateTime, .dateTime2:
            return SQLDateTime(ticksSinceYearOne: Int(cell.integer)).map { .dateTime($0) } ?? .null
        case .dateTime: return dateTime(units: cell.integer)
        case .dateTimeOffset: return moment(of: cell.text)
        case .char, .varChar, .text, .nChar, .nVarChar, .nText, .xml, .variant: return .string(cell.text)
        case .binary, .varBinary, .image, .rowVersion, .udt: return .bytes(cell.bytes)
        case .uniqueIdentifier: return SQLUniqueIdentifier(sortKey: cell.bytes).map { .uniqueIdentifier($0) } ?? .null
        }
    }

    /// The collation in which a stored form is compared, if it needs one.
    static func collation(of type: SQLType) -> String? {
        if type.isCharacter { return type.kind.isNational ? "TSQL_N" : "TSQL" }
        switch type.kind {
        case .dateTimeOffset: return "TSQL_OFFSET"
        case .variant: return "TSQL_VARIANT"
        default: return nil
        }
    }

    /// Whether values are compared without the zero bytes at their end.
    static func ignoresZeros(_ type: SQLType) -> Bool { type.kind == .varBinary || type.kind == .image }

    private static func encode(_ number: SQLDecimal, as type: SQLType) -> StoredValue {
        let isMoney = type.kind == .money || type.kind == .smallMoney
        let scale = isMoney ? 4 : (type.scale ?? number.scale)
        let coefficient = number.rescaled(to: scale)?.coefficient ?? number.coefficient
        if isMoney || (type.precision ?? 18) <= 18 { return .integer(Int64(truncatingIfNeeded: coefficient)) }
        let bits = UInt128(bitPattern: coefficient) ^ (UInt128(1) << 127)
        return .blob((0..<16).map { UInt8(truncatingIfNeeded: bits >> (120 - 8 * $0)) })
    }

    private static func decimal(_ coefficient: Int128, _ scale: Int) -> SQLValue {
        SQLDecimal(coefficient: coefficient, scale: scale).map { .decimal($0) } ?? .null
    }

    private static func int128(of bytes: [UInt8]) -> Int128 {
        let bits = bytes.prefix(16).reduce(UInt128(0)) { $0 << 8 | UInt128($1) }
        return Int128(bitPattern: bits ^ (UInt128(1) << 127))
    }

    private static func bytes(of number: Double) -> [UInt8] {
        // Negative zero is zero, also where keys are compared.
        let bits = (number == 0 ? 0 : number).bitPattern
        let sortable = bits >> 63 == 1 ? ~bits : bits | 1 << 63
        return (0..<8).map { UInt8(truncatingIfNeeded: sortable >> (56 - 8 * UInt64($0))) }
    }

    private static func double(of bytes: [UInt8]) -> Double {
        let sortable = bytes.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return Double(bitPattern: sortable >> 63 == 1 ? sortable & ~(1 << 63) : ~sortable)
    }

    private static func encode(_ moment: SQLDateTime, as type: SQLType) -> StoredValue {
        guard type.kind == .dateTime else { return .integer(Int64(moment.ticksSinceYearOne)) }
        guard let fields = moment.dateTimeFields else { return .null }
        return .integer(Int64(fields.daysSince1900) * unitsPerDay + Int64(fields.threeHundredths))
    }

    private static func dateTime(units: Int64) -> SQLValue {
        var days = units / unitsPerDay
        var rest = units % unitsPerDay
        if rest < 0 {
            rest += unitsPerDay
            days -= 1
        }
        return SQLDateTime(daysSince1900: Int(days), threeHundredths: Int(rest)).map { .dateTime($0) } ?? .null
    }

    private static func text(of moment: SQLDateTimeOffset) -> String {
        let digits = String(moment.utc.ticksSinceYearOne, radix: 16)
        return String(repeating: "0", count: max(0, 16 - digits.count)) + digits + String(moment.offsetMinutes)
    }

    private static func moment(of text: String) -> SQLValue {
        guard let ticks = Int(text.prefix(16), radix: 16), let offset = Int(text.dropFirst(16)),
            let utc = SQLDateTime(ticksSinceYearOne: ticks)
        else { return .null }
        return SQLDateTimeOffset(utc: utc, offsetMinutes: offset).map { .dateTimeOffset($0) } ?? .null
    }
}

extension SQLUniqueIdentifier {
    /// The value of 16 bytes in SQL Server's order of comparison.
    init?(sortKey bytes: [UInt8]) {
        guard bytes.count == 16 else { return nil }
        var wire = [UInt8](repeating: 0, count: 16)
        for (index, place) in [10, 11, 12, 13, 14, 15, 8, 9, 6, 7, 4, 5, 0, 1, 2, 3].enumerated() {
            wire[place] = bytes[index]
        }
        self.init(wireBytes: wire)
    }
}

extension SQLType {
    /// The type as one number, to be handed to functions in SQLite.
    var code: Int64 {
        let hasScale = scale.map { Int64($0) + 1 } ?? 0
        let length = self.length.map { Int64($0) + 1 } ?? 0
        return Int64(kind.rawValue) | Int64(precision ?? 0) << 8 | hasScale << 16 | length << 24
    }

    /// The type of a number made by ``code``.
    init?(code: Int64) {
        guard let kind = Kind(rawValue: UInt8(truncatingIfNeeded: code)) else { return nil }
        let precision = Int(code >> 8 & 0xFF)
        let scale = Int(code >> 16 & 0xFF)
        let length = Int(code >> 24)
        self.init(
            kind: kind, length: length == 0 ? nil : length - 1, precision: precision == 0 ? nil : precision,
            scale: scale == 0 ? nil : scale - 1)
    }
}
