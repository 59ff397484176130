public import Foundation
public import SQLValues

extension UUID: SQLEncodable {
    /// `uniqueidentifier`.
    public static var sqlType: SQLType { .uniqueIdentifier }
    /// A `uniqueidentifier`.
    public func encode() throws(SQLServerError) -> SQLTypedValue {
        let (high, low) = unsafe unsafeBitCast(uuid, to: (UInt64, UInt64).self)
        let value = SQLUniqueIdentifier(high: high.bigEndian, low: low.bigEndian)
        return SQLTypedValue(.uniqueIdentifier(value), as: .uniqueIdentifier)
    }
}

extension Data: SQLEncodable {
    /// `varbinary(8000)`.
    public static var sqlType: SQLType { .varBinary(8_000) }
    /// `varbinary(8000)`, or `varbinary(max)` above 8,000 bytes.
    public func encode() throws(SQLServerError) -> SQLTypedValue {
        try SQLTypedValue.checkSize(count)
        return try [UInt8](self).encode()
    }
}

extension Decimal: SQLEncodable {
    /// `decimal(38,10)`.
    public static var sqlType: SQLType { SQLDecimal.sqlType }
    /// The number exactly; NaN and numbers of more than 38 digits are refused.
    public func encode() throws(SQLServerError) -> SQLTypedValue {
        guard let value = SQLDecimal(exactly: self) else {
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
        guard let value = SQLDateTime(self) else {
            throw SQLServerError(.encoding, "a Date cannot be sent: it is outside the years 1 to 9999")
        }
        return try value.encode()
    }
}
