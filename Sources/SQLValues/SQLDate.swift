/// A calendar date from 0001-01-01 to 9999-12-31, the values of T-SQL's `date`.
///
/// Proleptic Gregorian calendar, as SQL Server counts. A time zone is not part of it.
///
/// ```swift
/// let born = try row.decode(SQLDate.self, at: "Born")
/// print(born, born.components.year)    // 1987-05-04 1987
/// ```
public struct SQLDate: Sendable, Hashable, Comparable {
    /// Days since 0001-01-01, from 0 to 3,652,058.
    public let daysSinceYearOne: Int

    /// The number of days that a date can have: 0001-01-01 to 9999-12-31.
    package static let dayCount = 3_652_059
    /// Days from 0001-01-01 to 1900-01-01, `datetime`'s day zero.
    package static let daysTo1900 = 693_595

    /// The date `days` days after 0001-01-01, or nil if that is later than 9999-12-31 or negative.
    ///
    /// ```swift
    /// let dayZero = SQLDate(daysSinceYearOne: 693_595)    // 1900-01-01
    /// ```
    public init?(daysSinceYearOne days: Int) {
        guard days >= 0, days < Self.dayCount else { return nil }
        daysSinceYearOne = days
    }

    /// The date of a year (1 to 9999), month (1 to 12) and day, or nil if the calendar has no such day.
    ///
    /// ```swift
    /// let leapDay = SQLDate(year: 2024, month: 2, day: 29)    // 2024-02-29
    /// let noDay = SQLDate(year: 2026, month: 2, day: 29)    // nil
    /// ```
    public init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month) else { return nil }
        guard day >= 1, day <= Self.days(inMonth: month, of: year) else { return nil }
        let y = year - 1
        let before = y * 365 + y / 4 - y / 100 + y / 400
        daysSinceYearOne = before + Self.daysBefore(month: month, of: year) + day - 1
    }

    /// Whether `year` has a 29 February.
    package static func isLeap(_ year: Int) -> Bool {
        year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    }

    /// Days in a month (1 to 12) of a year.
    package static func days(inMonth month: Int, of year: Int) -> Int {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    private static func daysBefore(month: Int, of year: Int) -> Int {
        (1..<month).reduce(0) { $0 + days(inMonth: $1, of: year) }
    }

    /// Year (1 to 9999), month (1 to 12) and day (1 to 31).
    public var components: (year: Int, month: Int, day: Int) {
        // Civil-from-days with the year beginning in March, so that the leap day comes last.
        let z = daysSinceYearOne + 306
        let era = z / 146_097
        let dayOfEra = z - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shifted + 2) / 5 + 1
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }

    /// Orders dates by the calendar.
    public static func < (a: SQLDate, b: SQLDate) -> Bool { a.daysSinceYearOne < b.daysSinceYearOne }
}

extension SQLDate: LosslessStringConvertible {
    /// Reads `yyyy-MM-dd`; nil for anything else.
    ///
    /// ```swift
    /// let born = SQLDate("1987-05-04")
    /// let ambiguous = SQLDate("04.05.1987")    // nil
    /// ```
    public init?(_ description: String) {
        var scanner = DigitScanner(description)
        guard let year = scanner.digits(4), scanner.skip("-"), let month = scanner.digits(2), scanner.skip("-"),
            let day = scanner.digits(2), scanner.isAtEnd
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// The date as `yyyy-MM-dd`.
    public var description: String {
        let (year, month, day) = components
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
    }
}
