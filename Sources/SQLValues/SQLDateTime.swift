/// A date and time of day without a time zone, the values of T-SQL's `datetime2(7)`, `datetime` and `smalldatetime`.
///
/// ```swift
/// let placed = try row.decode(SQLDateTime.self, at: "PlacedAt")
/// print(placed.date, placed.time)    // 2026-03-31 17:30:00.0000000
/// ```
public struct SQLDateTime: Sendable, Hashable, Comparable {
    /// 100 ns ticks since 0001-01-01 00:00:00.
    public let ticksSinceYearOne: Int

    /// The number of ticks from 0001-01-01 to the end of 9999-12-31.
    package static let tickCount = SQLDate.dayCount * SQLTime.ticksPerDay

    /// The moment `ticks` x 100 ns after 0001-01-01, or nil if that is later than 9999-12-31 or negative.
    ///
    /// ```swift
    /// let secondDay = SQLDateTime(ticksSinceYearOne: 864_000_000_000)    // 0001-01-02 00:00:00.0000000
    /// ```
    public init?(ticksSinceYearOne ticks: Int) {
        guard ticks >= 0, ticks < Self.tickCount else { return nil }
        ticksSinceYearOne = ticks
    }

    /// A date at a time of day.
    ///
    /// ```swift
    /// let today = try await db.scalar("SELECT CAST(SYSUTCDATETIME() AS date)", as: SQLDate.self)
    /// let start = SQLDateTime(today)    // midnight
    /// ```
    public init(_ date: SQLDate, _ time: SQLTime = .midnight) {
        ticksSinceYearOne = date.daysSinceYearOne * SQLTime.ticksPerDay + time.ticks
    }

    /// The moment of the given fields, or nil if calendar or clock have no such moment.
    ///
    /// ```swift
    /// let due = SQLDateTime(year: 2026, month: 3, day: 31, hour: 17)    // 2026-03-31 17:00:00.0000000
    /// let never = SQLDateTime(year: 2026, month: 2, day: 29)    // nil
    /// ```
    public init?(
        year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0, ticks: Int = 0
    ) {
        guard let date = SQLDate(year: year, month: month, day: day),
            let time = SQLTime(hour: hour, minute: minute, second: second, ticks: ticks)
        else { return nil }
        self.init(date, time)
    }

    /// The calendar date.
    public var date: SQLDate {
        // In range by construction: the ticks are within 0..<tickCount.
        SQLDate(daysSinceYearOne: ticksSinceYearOne / SQLTime.ticksPerDay) ?? Self.firstDate
    }

    /// The time of day.
    public var time: SQLTime { SQLTime(ticks: ticksSinceYearOne % SQLTime.ticksPerDay) ?? .midnight }

    private static let firstDate = SQLDateTime.zeroDate()

    private static func zeroDate() -> SQLDate {
        guard let date = SQLDate(daysSinceYearOne: 0) else { preconditionFailure("day 0 is a date") }
        return date
    }

    /// Orders moments by the clock.
    public static func < (a: SQLDateTime, b: SQLDateTime) -> Bool { a.ticksSinceYearOne < b.ticksSinceYearOne }
}

extension SQLDateTime: LosslessStringConvertible {
    /// Reads `yyyy-MM-dd HH:mm:ss[.fffffff]`, with a blank or a `T` between date and time; nil for anything else.
    ///
    /// ```swift
    /// let placed = SQLDateTime("2026-03-31T17:30:00.5")    // 2026-03-31 17:30:00.5000000
    /// ```
    public init?(_ description: String) {
        var scanner = DigitScanner(description)
        guard let value = Self.read(from: &scanner), scanner.isAtEnd else { return nil }
        self = value
    }

    static func read(from scanner: inout DigitScanner) -> SQLDateTime? {
        guard let year = scanner.digits(4), scanner.skip("-"), let month = scanner.digits(2), scanner.skip("-"),
            let day = scanner.digits(2), let date = SQLDate(year: year, month: month, day: day)
        else { return nil }
        guard scanner.skip(" ") || scanner.skip("T"), let time = SQLTime.read(from: &scanner) else { return nil }
        return SQLDateTime(date, time)
    }

    /// The moment as `yyyy-MM-dd HH:mm:ss.fffffff`.
    public var description: String { "\(date) \(time)" }

    /// The moment with `scale` digits after the seconds (0 to 7), cut, not rounded.
    package func text(scale: Int) -> String { "\(date) \(time.text(scale: scale))" }
}

extension SQLDateTime {
    /// The moment of a T-SQL `datetime`: days since 1900-01-01 and 1/300 s since midnight, shown as SQL Server shows
    /// it, in milliseconds that end in 0, 3 or 7.
    ///
    /// Nil when out of range: before 1753, after 9999, or not within a day.
    package init?(daysSince1900 days: Int, threeHundredths: Int) {
        guard threeHundredths >= 0, threeHundredths < 300 * 86_400 else { return nil }
        guard Self.datetimeDays.contains(days) else { return nil }
        guard let date = SQLDate(daysSinceYearOne: SQLDate.daysTo1900 + days) else { return nil }
        // 1/300 s is 3 1/3 ms, rounded to the nearest millisecond.
        let milliseconds = (threeHundredths * 10 + 1) / 3
        guard let time = SQLTime(ticks: milliseconds * 10_000) else { return nil }
        self.init(date, time)
    }

    /// The days of a `datetime` since 1900-01-01: from 1753-01-01, 53,690 days before, to 9999-12-31.
    private static let datetimeDays = -53_690..<SQLDate.dayCount - SQLDate.daysTo1900

    /// This moment as a T-SQL `datetime`, rounded to 1/300 s as SQL Server rounds; nil before 1753 or when rounding
    /// leaves year 9999.
    package var dateTimeFields: (daysSince1900: Int, threeHundredths: Int)? {
        var days = date.daysSinceYearOne - SQLDate.daysTo1900
        // Round to nearest 1/300 s: ticks x 300 / 10^7.
        var units = (time.ticks * 3 + 50_000) / 100_000
        if units == 300 * 86_400 {
            units = 0
            days += 1
        }
        guard Self.datetimeDays.contains(days) else { return nil }
        return (days, units)
    }
}
