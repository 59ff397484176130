public import Foundation
public import SQLValues

extension UUID: SQLEncodable {
    /// `uniqueidentifier`.
    public static var sqlType: SQLType { .uniqueIdentifier }
    /// A `uniqueidentifier`.
    public func encode() throws(SQLServerError) -> SQLTypedValue {
        let u = uuid
        let bytes = [
            u.0, u.1, u.2, u.3, u.4, u.5, u.6, u.7, u.8, u.9, u.10, u.11, u.12, u.13, u.14, u.15,
        ]
        guard let value = SQLUniqueIdentifier(bytes: bytes) else {
            throw SQLServerError(.encoding, "a UUID has 16 bytes")
        }
        return SQLTypedValue(.uniqueIdentifier(value), as: .uniqueIdentifier)
    }
}

extension Data: SQLEncodable {
    /// `varbinary(8000)`.
    public static var sqlType: SQLType { .varBinary(8_000) }
    /// `varbinary(8000)`, or `varbinary(max)` above 8,000 bytes.
    public func encode() throws(SQLServerError) -> SQLTypedValue { try [UInt8](self).encode() }
}

extension Decimal: SQLEncodable {
    /// `decimal(38,10)`.
    public static var sqlType: SQLType { SQLDecimal.sqlType }
    /// The number exactly; NaN and numbers of more than 38 digits are refused.
    public func encode() throws(SQLServerError) -> SQLTypedValue {
        guard let value = SQLDecimal(description) else {
            throw SQLServerError(.encoding, "a Decimal cannot be sent: it has more than 38 digits or is no number")
        }
        return try value.encode()
    }
}

extension Date: SQLEncodable {
    /// `datetime2(7)`.
    public static var sqlType: SQLType { .dateTime2(7) }

    /// The moment in UTC as a `datetime2(7)`, rounded to 100 ns.
    public func encode() throws(SQLServerError) -> SQLTypedValue {
        let seconds = timeIntervalSinceReferenceDate
        // Years 1 to 9999, with room for the conversion to Int below.
        guard abs(seconds) < 3e11 else { throw Self.outsideTheCalendar }
        let whole = seconds.rounded(.down)
        let rest = ((seconds - whole) * Double(SQLTime.ticksPerSecond)).rounded()
        let ticks =
            (Int(whole) + Self.secondsToReferenceDate) * SQLTime.ticksPerSecond + Int(rest)
        guard let value = SQLDateTime(ticksSinceYearOne: ticks) else {
            throw Self.outsideTheCalendar
        }
        return try value.encode()
    }

    private static var outsideTheCalendar: SQLServerError {
        SQLServerError(.encoding, "a Date cannot be sent: it is outside the years 1 to 9999")
    }

    /// Seconds from 0001-01-01 to 2001-01-01, the reference date of Foundation.
    private static let secondsToReferenceDate = 730_485 * 86_400
}
