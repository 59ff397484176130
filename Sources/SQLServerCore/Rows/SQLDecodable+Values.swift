public import SQLValues

extension SQLDecimal: SQLDecodable {
    /// A `decimal`, `money` or integer type.
    public static func decode(_ cell: SQLCell) throws(SQLServerError) -> SQLDecimal {
        guard !cell.isNull, let value = cell.decimal else { throw cell.refusal(SQLDecimal.self) }
        return value
    }
}

extension SQLDate: SQLDecodable {
    /// A `date`.
    public static func decode(_ cell: SQLCell) throws(SQLServerError) -> SQLDate {
        try cell.require(.date, for: SQLDate.self)
        return try cell.inRange(SQLDate(daysSinceYearOne: cell.load(Int.self)))
    }
}

extension SQLTime: SQLDecodable {
    /// A `time`.
    public static func decode(_ cell: SQLCell) throws(SQLServerError) -> SQLTime {
        try cell.require(.time, for: SQLTime.self)
        return try cell.inRange(SQLTime(ticks: cell.load(Int.self)))
    }
}

extension SQLDateTime: SQLDecodable {
    /// A `datetime2`, `datetime` or `smalldatetime`.
    public static func decode(_ cell: SQLCell) throws(SQLServerError) -> SQLDateTime {
        try cell.require(.dateTime, for: SQLDateTime.self)
        return try cell.inRange(SQLDateTime(ticksSinceYearOne: cell.load(Int.self)))
    }
}

extension SQLDateTimeOffset: SQLDecodable {
    /// A `datetimeoffset`.
    public static func decode(_ cell: SQLCell) throws(SQLServerError) -> SQLDateTimeOffset {
        try cell.require(.dateTimeOffset, for: SQLDateTimeOffset.self)
        return try cell.inRange(cell.dateTimeOffset)
    }
}

extension SQLUniqueIdentifier: SQLDecodable {
    /// A `uniqueidentifier`.
    public static func decode(_ cell: SQLCell) throws(SQLServerError) -> SQLUniqueIdentifier {
        try cell.require(.uniqueIdentifier, for: SQLUniqueIdentifier.self)
        return cell.uniqueIdentifier
    }
}

extension SQLCell {
    /// A value that engines have checked, so that it is never nil.
    @inline(__always)
    func inRange<Value>(_ value: Value?) throws(SQLServerError) -> Value {
        guard let value else { throw mismatch(Value.self, "the value is out of range") }
        return value
    }
}
