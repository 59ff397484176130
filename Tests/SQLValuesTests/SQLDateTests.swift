import SQLValues
import Testing

@Suite("A date")
struct SQLDateTests {
    // Day numbers: 1900-01-01 is 693,595 (System.DateTime counts the same way), the rest follows from the calendar.
    @Test(arguments: [
        ("0001-01-01", 0), ("0001-12-31", 364), ("0004-02-29", 1_154), ("1582-10-04", 577_724),
        ("1582-10-05", 577_725), ("1582-10-15", 577_735), ("1753-01-01", 639_905), ("1899-12-31", 693_594),
        ("1900-01-01", 693_595), ("1900-02-28", 693_653), ("1900-03-01", 693_654), ("1970-01-01", 719_162),
        ("2000-02-29", 730_178), ("2001-01-01", 730_485), ("9999-12-31", 3_652_058),
    ])
    func hasItsDayNumber(text: String, days: Int) throws {
        let date = try #require(SQLDate(text))
        #expect(date.daysSinceYearOne == days)
        #expect(SQLDate(daysSinceYearOne: days) == date)
        #expect(date.description == text)
    }

    @Test(arguments: [
        (0, 1, 1), (-1, 1, 1), (10_000, 1, 1), (2024, 0, 1), (2024, 13, 1), (2024, 1, 0), (2024, 1, 32), (2024, 4, 31),
        (1900, 2, 29), (2100, 2, 29), (2023, 2, 29), (2000, 2, 30), (2024, 6, 31), (.max, 1, 1), (2024, .min, 1),
        (2024, 1, .max),
    ])
    func isNoneWithoutSuchADay(year: Int, month: Int, day: Int) {
        #expect(SQLDate(year: year, month: month, day: day) == nil)
    }

    @Test(arguments: [-1, 3_652_059, .max, .min]) func isNoneOutsideTheYears1To9999(days: Int) {
        #expect(SQLDate(daysSinceYearOne: days) == nil)
    }

    @Test(arguments: [
        "", "2024", "2024-1-1", "24-01-01", "2024/01/01", "2024-02-30", "20240101", "2024-01-01 ", " 2024-01-01",
        "2024-01-01T00:00:00", "-001-01-01", "10000-01-01", "2024-01-0x", "٢٠٢٤-٠١-٠١",
    ])
    func isNotReadFromAnythingElse(text: String) {
        #expect(SQLDate(text) == nil)
    }

    /// Walks the calendar by its rules only: 30 days hath September.
    @Test(arguments: [(1, 0), (1401, 511_339), (1801, 657_436), (9601, 3_506_328)])
    func followsTheCalendarForFourCenturies(firstYear: Int, firstDay: Int) throws {
        var days = firstDay
        for year in firstYear..<min(firstYear + 400, 10_000) {
            let isLeap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0)
            let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
            for (month, length) in zip(1...12, lengths) {
                for day in 1...length {
                    let date = SQLDate(daysSinceYearOne: days)
                    let (y, m, d) = try #require(date).components
                    // Plain comparisons: an expectation for each of 584,000 days is slow.
                    if (y, m, d) != (year, month, day) || SQLDate(year: year, month: month, day: day) != date {
                        Issue.record("day \(days) is \(year)-\(month)-\(day), not \(y)-\(m)-\(d)")
                        return
                    }
                    days += 1
                }
                #expect(SQLDate(year: year, month: month, day: length + 1) == nil)
            }
        }
    }

    @Test func isOrderedByTheCalendar() throws {
        let texts = ["0001-01-01", "1582-10-15", "1999-12-31", "2000-01-01", "2000-02-29", "9999-12-31"]
        let dates = try texts.map { try #require(SQLDate($0)) }
        #expect(dates.reversed().sorted() == dates)
    }
}
