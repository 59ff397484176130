public import Foundation
public import SQLValues

extension UUID: SQLDecodable {
    /// A `uniqueidentifier`.
    public static func decode(_ cell: SQLCell) throws(SQLServerError) -> UUID {
        try cell.require(.uniqueIdentifier, for: UUID.self)
        let b = cell.uniqueIdentifier.bytes
        return UUID(
            uuid: (
                b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7], b[8], b[9], b[10], b[11], b[12], b[13], b[14], b[15]
            ))
    }
}

extension Data: SQLDecodable {
    /// A binary type.
    public static func decode(_ cell: SQLCell) throws(SQLServerError) -> Data {
        try cell.require(.bytes, for: Data.self)
        return Data(cell.bytes)
    }
}

extension Decimal: SQLDecodable {
    /// A `decimal`, `money` or integer type, exactly; `Decimal` holds every number of 38 digits.
    public static func decode(_ cell: SQLCell) throws(SQLServerError) -> Decimal {
        try cell.require(.decimal, .money, .integer, for: Decimal.self)
        guard cell.column.type != .bit else { throw cell.mismatch(Decimal.self, "the types do not match") }
        let number = try SQLDecimal.decode(cell)
        guard let value = Decimal(string: number.description, locale: Locale(identifier: "en_US_POSIX")),
            SQLDecimal(value.description) == number
        else { throw cell.mismatch(Decimal.self, "the number does not fit; read it as SQLDecimal") }
        return value
    }
}

extension Date: SQLDecodable {
    /// A `datetimeoffset`, or a `datetime2`, `datetime` or `smalldatetime` taken as UTC.
    ///
    /// `Date` counts seconds in floating point, so 100 ns steps may be rounded; ``SQLDateTime`` is exact.
    public static func decode(_ cell: SQLCell) throws(SQLServerError) -> Date {
        try cell.require(.dateTime, .dateTimeOffset, for: Date.self)
        switch cell.value {
        case .dateTime(let value): return Date(value)
        case .dateTimeOffset(let value): return Date(value.utc)
        default: throw cell.mismatch(Date.self, "the value is out of range")
        }
    }

    /// Days from 0001-01-01 to 2001-01-01, the reference date of Foundation.
    private static let daysToReferenceDate = 730_485

    /// The moment of a date and time taken as UTC.
    ///
    /// ```swift
    /// let moment = SQLDateTime(year: 2024, month: 2, day: 29, hour: 12).map { Date($0) }
    /// ```
    public init(_ value: SQLDateTime) {
        let ticks = value.ticksSinceYearOne - Self.daysToReferenceDate * SQLTime.ticksPerDay
        let (seconds, rest) = ticks.quotientAndRemainder(dividingBy: SQLTime.ticksPerSecond)
        self.init(timeIntervalSinceReferenceDate: Double(seconds) + Double(rest) / Double(SQLTime.ticksPerSecond))
    }
}
