import SQLValues
import SeededRandom
import Testing

@Suite("A date and time")
struct SQLDateTimeTests {
    @Test(arguments: [
        ("0001-01-01 00:00:00", 0), ("0001-01-02 00:00:00.0000001", 864_000_000_001),
        ("9999-12-31 23:59:59.9999999", 3_155_378_975_999_999_999), ("2000-02-29T12:00:00", 630_874_224_000_000_000),
    ])
    func hasItsTicks(text: String, ticks: Int) throws {
        let moment = try #require(SQLDateTime(text))
        #expect(moment.ticksSinceYearOne == ticks)
        #expect(SQLDateTime(ticksSinceYearOne: ticks) == moment)
    }

    @Test(arguments: [
        "", "2024-01-01", "2024-01-01 ", "2024-01-01  00:00:00", "2024-01-01 24:00:00", "2023-02-29 00:00:00",
        "2024-01-01t00:00:00", "2024-01-01 00:00:00.00000000", "2024-01-01 00:00:00Z", "0000-01-01 00:00:00",
    ])
    func isNotReadFromAnythingElse(text: String) {
        #expect(SQLDateTime(text) == nil)
    }

    @Test(arguments: [-1, SQLDateTime.tickCount, .max, .min]) func isNoneOutsideTheYears1To9999(ticks: Int) {
        #expect(SQLDateTime(ticksSinceYearOne: ticks) == nil)
    }

    @Test func consistsOfADateAndATime() throws {
        var generator = SeededGenerator(seed: 12)
        for _ in 0..<2_000 {
            let ticks = Int.random(in: 0..<SQLDateTime.tickCount, using: &generator)
            let moment = try #require(SQLDateTime(ticksSinceYearOne: ticks))
            #expect(SQLDateTime(moment.date, moment.time) == moment)
            #expect(moment.description == "\(moment.date) \(moment.time)")
            #expect(SQLDateTime(moment.description) == moment)
        }
    }

    @Test func isMadeOfFields() throws {
        let moment = try #require(SQLDateTime(year: 2024, month: 2, day: 29, hour: 1, minute: 2, second: 3, ticks: 4))
        #expect(moment.description == "2024-02-29 01:02:03.0000004")
        #expect(moment.text(scale: 0) == "2024-02-29 01:02:03")
        #expect(SQLDateTime(year: 2023, month: 2, day: 29) == nil)
        #expect(SQLDateTime(year: 2023, month: 2, day: 28, hour: 24) == nil)
        #expect(try #require(SQLDateTime(year: 2023, month: 2, day: 28)).time == .midnight)
    }

    // "datetime (Transact-SQL)", Rounding of datetime fractional second precision.
    @Test(arguments: [
        ("1998-01-01 23:59:59.999", "1998-01-02 00:00:00.000"), ("1998-01-01 23:59:59.998", "1998-01-01 23:59:59.997"),
        ("1998-01-01 23:59:59.997", "1998-01-01 23:59:59.997"), ("1998-01-01 23:59:59.996", "1998-01-01 23:59:59.997"),
        ("1998-01-01 23:59:59.995", "1998-01-01 23:59:59.997"), ("1998-01-01 23:59:59.994", "1998-01-01 23:59:59.993"),
        ("1998-01-01 23:59:59.993", "1998-01-01 23:59:59.993"), ("1998-01-01 23:59:59.992", "1998-01-01 23:59:59.993"),
        ("1998-01-01 23:59:59.991", "1998-01-01 23:59:59.990"), ("1998-01-01 23:59:59.990", "1998-01-01 23:59:59.990"),
        ("1753-01-01 00:00:00.000", "1753-01-01 00:00:00.000"), ("1899-12-31 23:59:59.997", "1899-12-31 23:59:59.997"),
        ("9999-12-31 23:59:59.997", "9999-12-31 23:59:59.997"),
    ])
    func isRoundedToDatetimeAsDocumented(text: String, stored: String) throws {
        let moment = try #require(SQLDateTime(text))
        let fields = try #require(moment.dateTimeFields)
        let back = SQLDateTime(daysSince1900: fields.daysSince1900, threeHundredths: fields.threeHundredths)
        #expect(back?.text(scale: 3) == stored)
    }

    @Test(arguments: [
        "1752-12-31 23:59:59.998", "1752-12-31 23:59:59.997", "0001-01-01 00:00:00", "9999-12-31 23:59:59.999",
    ])
    func isNoDatetimeOutsideItsRange(text: String) throws {
        #expect(try #require(SQLDateTime(text)).dateTimeFields == nil)
    }

    @Test func isADatetimeWhenRoundingReaches1753() throws {
        let moment = try #require(SQLDateTime("1752-12-31 23:59:59.9999999"))
        let fields = try #require(moment.dateTimeFields)
        #expect(fields.daysSince1900 == -53_690 && fields.threeHundredths == 0)
    }

    // MS-TDS 2.2.5.5.1.8: days since 1900-01-01, down to 1753-01-01, and 1/300 s since midnight.
    @Test(arguments: [
        (0, 0, "1900-01-01 00:00:00.0000000"), (0, 1, "1900-01-01 00:00:00.0030000"),
        (0, 2, "1900-01-01 00:00:00.0070000"), (0, 3, "1900-01-01 00:00:00.0100000"),
        (-53_690, 0, "1753-01-01 00:00:00.0000000"), (2_958_463, 25_919_999, "9999-12-31 23:59:59.9970000"),
        (-1, 25_919_998, "1899-12-31 23:59:59.9930000"),
    ])
    func isReadFromDatetimeFields(days: Int, units: Int, text: String) {
        #expect(SQLDateTime(daysSince1900: days, threeHundredths: units)?.description == text)
    }

    @Test(arguments: [
        (0, -1), (0, 25_920_000), (2_958_464, 0), (-53_691, 0), (-693_596, 0), (Int.max, 0), (Int.min, 0), (0, Int.max),
    ])
    func isNotReadFromFieldsThatNoDatetimeHas(days: Int, units: Int) {
        #expect(SQLDateTime(daysSince1900: days, threeHundredths: units) == nil)
    }

    @Test func comesBackAsTheSameDatetimeFromEveryThreeHundredth() throws {
        for units in stride(from: 0, to: 25_920_000, by: 37) {
            let moment = try #require(SQLDateTime(daysSince1900: 45_000, threeHundredths: units))
            let fields = try #require(moment.dateTimeFields)
            guard fields.daysSince1900 == 45_000, fields.threeHundredths == units else {
                Issue.record("\(units)/300 s came back as \(fields)")
                return
            }
            let last = moment.time.fraction / 10_000 % 10
            guard [0, 3, 7].contains(last) else {
                Issue.record("\(units)/300 s is shown with \(last) at the end")
                return
            }
        }
    }
}
