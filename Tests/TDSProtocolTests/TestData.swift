import SQLValues
import SeededRandom
import TDSProtocol

/// The bytes of hexadecimal digits; blanks and line ends do not count.
func hex(_ text: String) -> [UInt8] {
    let digits = text.filter { !$0.isWhitespace }.map { UInt8($0.hexDigitValue ?? 0) }
    return stride(from: 0, to: digits.count - 1, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
}

/// Every type that a column can have, with lengths and scales at their limits.
let allTypes: [SQLType] =
    [
        .bit, .tinyInt, .smallInt, .int, .bigInt, .real, .float, .smallMoney, .money, .decimal(1, 0), .decimal(9, 4),
        .decimal(19, 19), .numeric(28, 10), .decimal(38, 0), .numeric(38, 38), .date, .smallDateTime, .dateTime,
        .char(10), .varChar(1), .varChar(8000), .varCharMax, .nChar(5), .nVarChar(1), .nVarChar(4000), .nVarCharMax,
        .binary(3), .varBinary(8000), .varBinaryMax, .text, .nText, .image, .uniqueIdentifier, .rowVersion, .xml,
    ] + (0...7).flatMap { [SQLType.time($0), .dateTime2($0), .dateTimeOffset($0)] }

/// A random value that a type can hold exactly, so that it comes back as it was.
func randomValue(of type: SQLType, using random: inout SeededGenerator) -> SQLValue {
    switch type.kind {
    case .bit: return .bit(Bool.random(using: &random))
    case .tinyInt: return .int(Int64(UInt8.random(in: .min ... .max, using: &random)))
    case .smallInt: return .int(Int64(Int16.random(in: .min ... .max, using: &random)))
    case .int: return .int(Int64(Int32.random(in: .min ... .max, using: &random)))
    case .bigInt: return .int(Int64.random(in: .min ... .max, using: &random))
    case .real: return .double(Double(Float.random(in: -1e30...1e30, using: &random)))
    case .float: return .double(Double.random(in: -1e300...1e300, using: &random))
    case .smallMoney: return decimal(Int128(Int32.random(in: .min ... .max, using: &random)), 4)
    case .money: return decimal(Int128(Int64.random(in: .min ... .max, using: &random)), 4)
    case .decimal, .numeric:
        let limit = SQLDecimal.power(type.precision ?? 18)
        return decimal(Int128.random(in: -limit + 1..<limit, using: &random), type.scale ?? 0)
    case .char, .varChar, .text:
        return .string(
            String(
                (0..<Int.random(in: 0...(type.length ?? 300), using: &random)).map { _ in
                    "aZ é€ß9'".randomElement(using: &random) ?? "x"
                }))
    case .nChar, .nVarChar, .nText, .xml:
        return .string(
            String(
                (0..<Int.random(in: 0...(type.length ?? 300), using: &random)).map { _ in
                    "aZ é€日Ω'".randomElement(using: &random) ?? "x"
                }))
    case .binary, .varBinary, .image, .rowVersion:
        return .bytes(
            (0..<Int.random(in: 0...(type.length ?? 300), using: &random)).map { _ in
                UInt8.random(in: .min ... .max, using: &random)
            })
    case .uniqueIdentifier: return .uniqueIdentifier(SQLUniqueIdentifier(high: random.next(), low: random.next()))
    default: return randomMoment(of: type, using: &random)
    }
}

private func decimal(_ coefficient: Int128, _ scale: Int) -> SQLValue {
    SQLDecimal(coefficient: coefficient, scale: scale).map { .decimal($0) } ?? .null
}

private func randomMoment(of type: SQLType, using random: inout SeededGenerator) -> SQLValue {
    let step = SQLTime.ticksPerStep(scale: type.scale ?? 7)
    let ticks = Int.random(in: 0..<SQLTime.ticksPerDay / step, using: &random) * step
    let time = SQLTime(ticks: ticks) ?? .midnight
    // Away from year 1 and 9999, so that any offset is allowed.
    let date = SQLDate(daysSinceYearOne: Int.random(in: 1..<3_652_000, using: &random))
    guard let date else { return .null }
    switch type.kind {
    case .date: return .date(date)
    case .time: return .time(time)
    case .dateTime2: return .dateTime(SQLDateTime(date, time))
    case .dateTimeOffset:
        let minutes = Int.random(in: -840...840, using: &random)
        return SQLDateTimeOffset(utc: SQLDateTime(date, time), offsetMinutes: minutes).map { .dateTimeOffset($0) }
            ?? .null
    case .dateTime:
        let days = Int.random(in: -53_690..<2_958_463, using: &random)
        let units = Int.random(in: 0..<25_920_000, using: &random)
        return SQLDateTime(daysSince1900: days, threeHundredths: units).map { .dateTime($0) } ?? .null
    default:
        let days = 693_595 + Int.random(in: 0...65_535, using: &random)
        let minutes = Int.random(in: 0..<1_440, using: &random)
        guard let day = SQLDate(daysSinceYearOne: days), let time = SQLTime(ticks: minutes * 600_000_000) else {
            return .null
        }
        return .dateTime(SQLDateTime(day, time))
    }
}
