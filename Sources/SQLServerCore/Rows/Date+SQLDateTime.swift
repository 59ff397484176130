public import Foundation
public import SQLValues

// SQL Server's date and time types, but for datetimeoffset, know no time zone: whoever writes and reads them must agree
// on one. These conversions name it, UTC where nothing else is said.

extension Date {
    /// Days from 0001-01-01 to 2001-01-01, the reference date of Foundation.
    private static let daysToReferenceDate = 730_485

    /// The moment of a date and time taken as UTC, to the nearest step of `Date`'s floating point.
    ///
    /// ```swift
    /// let moment = SQLDateTime(year: 2024, month: 2, day: 29, hour: 12).map { Date($0) }
    /// ```
    public init(_ value: SQLDateTime) {
        let ticks = value.ticksSinceYearOne - Self.daysToReferenceDate * SQLTime.ticksPerDay
        let (seconds, rest) = ticks.quotientAndRemainder(dividingBy: SQLTime.ticksPerSecond)
        self.init(timeIntervalSinceReferenceDate: Double(seconds) + Double(rest) / Double(SQLTime.ticksPerSecond))
    }

    /// The moment at which clocks in a time zone show a date and time.
    ///
    /// ```swift
    /// let opened = Date(try row.decode(SQLDateTime.self, at: "OpenedAt"), in: warehouse.timeZone)
    /// ```
    ///
    /// A time that the zone shows twice, when its clocks go back, is the first of the two; one that it skips is as
    /// long after the change as it pretends to be.
    ///
    /// - Parameters:
    ///   - value: What the clock shows.
    ///   - timeZone: Where the clock hangs.
    public init(_ value: SQLDateTime, in timeZone: TimeZone) {
        let clock = Date(value)
        // The offset before a change that is near, and after it: of two moments that fit the earlier has the larger.
        let before = timeZone.secondsFromGMT(for: clock.addingTimeInterval(-86_400))
        let after = timeZone.secondsFromGMT(for: clock.addingTimeInterval(86_400))
        let candidates = [before, after].map { clock.addingTimeInterval(-TimeInterval($0)) }
        let fitting = candidates.filter { timeZone.secondsFromGMT(for: $0) == Int(clock.timeIntervalSince($0)) }
        self = fitting.min() ?? candidates[0]
    }

    /// The moment of a `datetimeoffset`, to the nearest step of `Date`'s floating point.
    ///
    /// ```swift
    /// let moment = SQLDateTimeOffset("2024-02-29 12:00:00 +01:00").map { Date($0) }    // 11:00 UTC
    /// ```
    public init(_ value: SQLDateTimeOffset) { self.init(value.utc) }
}

extension SQLDateTime {
    /// Seconds from 0001-01-01 to 2001-01-01, the reference date of Foundation.
    private static let secondsToReferenceDate = 730_485 * 86_400

    /// What clocks in a time zone show at a moment, rounded to 100 ns; nil outside the years 1 to 9999.
    ///
    /// ```swift
    /// let local = SQLDateTime(Date(), in: .current)
    /// ```
    public init?(_ moment: Date, in timeZone: TimeZone = .gmt) {
        let seconds = moment.timeIntervalSinceReferenceDate
        // Years 1 to 9999, with room for the conversion to Int below; false for NaN too.
        guard abs(seconds) < 3e11 else { return nil }
        let whole = seconds.rounded(.down)
        let rest = ((seconds - whole) * Double(SQLTime.ticksPerSecond)).rounded()
        let local = Int(whole) + Self.secondsToReferenceDate + timeZone.secondsFromGMT(for: moment)
        self.init(ticksSinceYearOne: local * SQLTime.ticksPerSecond + Int(rest))
    }
}

extension SQLDateTimeOffset {
    /// A moment with the offset of a time zone at that moment, rounded to 100 ns.
    ///
    /// Nil outside the years 1 to 9999, and for the few zones of history whose offset is no whole number of minutes.
    ///
    /// ```swift
    /// try await db.execute("INSERT dbo.Log (At) VALUES (\(SQLDateTimeOffset(Date(), in: .current)))")
    /// ```
    public init?(_ moment: Date, in timeZone: TimeZone = .gmt) {
        let offset = timeZone.secondsFromGMT(for: moment)
        guard let utc = SQLDateTime(moment), offset % 60 == 0 else { return nil }
        self.init(utc: utc, offsetMinutes: offset / 60)
    }
}

extension SQLDate {
    /// The date that calendars in a time zone show at a moment; nil outside the years 1 to 9999.
    ///
    /// ```swift
    /// let today = SQLDate(Date(), in: .current)
    /// ```
    public init?(_ moment: Date, in timeZone: TimeZone = .gmt) {
        guard let clock = SQLDateTime(moment, in: timeZone) else { return nil }
        self = clock.date
    }
}
