import SQLValues
import Testing

@Suite("A date and time with an offset")
struct SQLDateTimeOffsetTests {
    @Test(arguments: [
        ("2024-05-06 12:00:00.0000000 +00:00", "2024-05-06 12:00:00.0000000", 0),
        ("2024-05-06 12:00:00.0000000 +14:00", "2024-05-05 22:00:00.0000000", 840),
        ("2024-05-06 12:00:00.0000000 -14:00", "2024-05-07 02:00:00.0000000", -840),
        ("2024-05-06 12:00:00.1234567 +05:30", "2024-05-06 06:30:00.1234567", 330),
        ("2024-05-06 12:00:00.1234567 -00:30", "2024-05-06 12:30:00.1234567", -30),
        ("0001-01-01 00:00:00.0000000 -14:00", "0001-01-01 14:00:00.0000000", -840),
        ("9999-12-31 23:59:59.9999999 +14:00", "9999-12-31 09:59:59.9999999", 840),
    ])
    func keepsTheMomentAndTheOffset(text: String, utc: String, minutes: Int) throws {
        let value = try #require(SQLDateTimeOffset(text))
        #expect(value.utc.description == utc)
        #expect(value.offsetMinutes == minutes)
        #expect(value.description == text)
        #expect(SQLDateTimeOffset(utc: value.utc, offsetMinutes: minutes)?.local == value.local)
    }

    @Test(arguments: [
        ("2024-05-06 12:00:00Z", "2024-05-06 12:00:00.0000000 +00:00"),
        ("2024-05-06T12:00:00.5+02:00", "2024-05-06 12:00:00.5000000 +02:00"),
        ("2024-05-06 12:00:00 -02:00", "2024-05-06 12:00:00.0000000 -02:00"),
    ])
    func isReadInTheFormsOfISO8601(text: String, printed: String) throws {
        #expect(try #require(SQLDateTimeOffset(text)).description == printed)
    }

    @Test(arguments: [
        "", "2024-05-06 12:00:00", "2024-05-06 12:00:00 +14:01", "2024-05-06 12:00:00 -14:01",
        "2024-05-06 12:00:00 +15:00", "2024-05-06 12:00:00 +05:60", "2024-05-06 12:00:00 +5:30",
        "2024-05-06 12:00:00 +0530", "2024-05-06 12:00:00 Z ", "2024-05-06 12:00:00  +00:00",
        "2024-05-06 12:00:00 UTC", "0001-01-01 00:00:00 +00:01", "9999-12-31 23:59:59 -00:01",
    ])
    func isNotReadFromAnythingElse(text: String) {
        #expect(SQLDateTimeOffset(text) == nil)
    }

    @Test(arguments: [841, -841, .max, .min]) func isNoneBeyond14Hours(minutes: Int) throws {
        let noon = try #require(SQLDateTime("2024-05-06 12:00:00"))
        #expect(SQLDateTimeOffset(utc: noon, offsetMinutes: minutes) == nil)
        #expect(SQLDateTimeOffset(local: noon, offsetMinutes: minutes) == nil)
    }

    @Test func isNoneWhenTheClockLeavesTheCalendar() throws {
        let first = try #require(SQLDateTime("0001-01-01 00:00:00"))
        let last = try #require(SQLDateTime("9999-12-31 23:59:59.9999999"))
        #expect(SQLDateTimeOffset(utc: first, offsetMinutes: -1) == nil)
        #expect(SQLDateTimeOffset(local: first, offsetMinutes: 1) == nil)
        #expect(SQLDateTimeOffset(utc: last, offsetMinutes: 1) == nil)
        #expect(SQLDateTimeOffset(local: last, offsetMinutes: -1) == nil)
        #expect(SQLDateTimeOffset(utc: last, offsetMinutes: -840)?.local.description == "9999-12-31 09:59:59.9999999")
    }

    @Test func equalsTheSameMomentElsewhere() throws {
        let berlin = try #require(SQLDateTimeOffset("2024-05-06 14:00:00 +02:00"))
        let london = try #require(SQLDateTimeOffset("2024-05-06 13:00:00 +01:00"))
        let later = try #require(SQLDateTimeOffset("2024-05-06 13:00:00.0000001 +01:00"))
        #expect(berlin == london)
        #expect(berlin.hashValue == london.hashValue)
        #expect(berlin.description != london.description)
        #expect(berlin < later && !(berlin < london) && !(later < berlin))
    }

    @Test(arguments: zip([0, 3, 7], ["+05:30", "+05:30", "+05:30"]))
    func isCutToAScale(scale: Int, offset: String) throws {
        let value = try #require(SQLDateTimeOffset("2024-05-06 12:00:00.9999999 \(offset)"))
        let fraction = scale == 0 ? "" : "." + String(repeating: "9", count: scale)
        #expect(value.text(scale: scale) == "2024-05-06 12:00:00\(fraction) \(offset)")
    }
}
