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
        try cell.inRange(SQLDate(daysSinceYearOne: cell.stored(Int.self, .date, for: SQLDate.self)))
    }
}

extension SQLTime: SQLDecodable {
    /// A `time`.
    public static func decode(_ cell: SQLCell) throws(SQLServerError) -> SQLTime {
        try cell.inRange(SQLTime(ticks: cell.stored(Int.self, .time, for: SQLTime.self)))
    }
}

extension SQLDateTime: SQLDecodable {
    /// A `datetime2`, `datetime` or `smalldatetime`.
    public static func decode(_ cell: SQLCell) throws(SQLServerError) -> SQLDateTime {
        try cell.inRange(
            SQLDateTime(ticksSinceYearOne: cell.stored(Int.self, .dateTime, for: SQLDateTime.self)))
    }
}

extension SQLDateTimeOffset: SQLDecodable {
    /// A `datetimeoffset`.
    public static func decode(_ cell: SQLCell) throws(SQLServerError) -> SQLDateTimeOffset {
        try cell.inRange(
            SQLDateTimeOffset(cell.stored((Int, Int).self, .dateTimeOffset, for: SQLDateTimeOffset.self)))
    }
}

extension SQLUniqueIdentifier: SQLDecodable {
    /// A `uniqueidentifier`.
    public static func decode(_ cell: SQLCell) throws(SQLServerError) -> SQLUniqueIdentifier {
        SQLUniqueIdentifier(
            try cell.stored((UInt64, UInt64).self, .uniqueIdentifier, for: SQLUniqueIdentifier.self))
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
