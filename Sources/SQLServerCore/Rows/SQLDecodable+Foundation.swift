public import Foundation
public import SQLValues

extension UUID: SQLDecodable {
    /// A `uniqueidentifier`.
    public static func decode(_ cell: SQLCell) throws(SQLServerError) -> UUID {
        let (high, low) = try cell.stored((UInt64, UInt64).self, .uniqueIdentifier, for: UUID.self)
        return UUID(uuid: unsafe unsafeBitCast((high.bigEndian, low.bigEndian), to: uuid_t.self))
    }
}

extension Data: SQLDecodable {
    /// A binary type.
    public static func decode(_ cell: SQLCell) throws(SQLServerError) -> Data {
        let place = try cell.stored((Int, Int).self, .bytes, for: Data.self)
        return unsafe Data(cell.storage.buffer(place))
    }
}

extension Decimal: SQLDecodable {
    /// A `decimal`, `money` or integer type, exactly; `Decimal` holds every number of 38 digits.
    public static func decode(_ cell: SQLCell) throws(SQLServerError) -> Decimal {
        guard !cell.isNull, let number = cell.decimal else { throw cell.refusal(Decimal.self) }
        return try cell.inRange(Decimal(exactly: number))
    }

    /// The same number; nil when `Decimal` does not hold it.
    ///
    /// ```swift
    /// let price = Decimal(exactly: SQLDecimal("19.99") ?? 0)
    /// ```
    public init?(exactly number: SQLDecimal) {
        if let small = Int64(exactly: number.coefficient) {
            self = Decimal(sign: .plus, exponent: -number.scale, significand: Decimal(small))
            return
        }
        guard let value = Decimal(string: number.description, locale: Locale(identifier: "en_US_POSIX")),
            SQLDecimal(exactly: value) == number
        else { return nil }
        self = value
    }
}

extension SQLDecimal {
    /// The same number; nil for NaN, or when it needs more than 38 digits or 38 decimal places.
    ///
    /// ```swift
    /// SQLDecimal(exactly: Decimal(string: "0.1") ?? 0)?.description    // 0.1
    /// SQLDecimal(exactly: Decimal(sign: .plus, exponent: 50, significand: 1))    // nil
    /// ```
    public init?(exactly number: Decimal) { self.init(number.description) }
}

extension Date: SQLDecodable {
    /// A `datetimeoffset`, or a `datetime2`, `datetime` or `smalldatetime` taken as UTC.
    ///
    /// `Date` counts seconds in floating point, so 100 ns steps may be rounded; ``SQLDateTime`` is exact. For a column
    /// that holds the clock of another time zone, read ``SQLDateTime`` and use ``init(_:in:)``. A `date` is no moment
    /// and is refused: read ``SQLDate``.
    public static func decode(_ cell: SQLCell) throws(SQLServerError) -> Date {
        switch cell.layout {
        case .dateTime where !cell.isNull: return Date(try SQLDateTime.decode(cell))
        case .dateTimeOffset where !cell.isNull: return Date(try SQLDateTimeOffset.decode(cell).utc)
        default: throw cell.refusal(Date.self)
        }
    }
}
