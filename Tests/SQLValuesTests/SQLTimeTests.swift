import SQLValues
import SeededRandom
import Testing

@Suite("A time of day")
struct SQLTimeTests {
    @Test(arguments: [
        ("00:00:00", 0), ("00:00:00.0000001", 1), ("00:00:01", 10_000_000), ("12:34:56.789", 452_967_890_000),
        ("23:59:59.9999999", 863_999_999_999), ("01:02:03.1", 37_231_000_000), ("01:02:03.0000010", 37_230_000_010),
    ])
    func hasItsTicks(text: String, ticks: Int) throws {
        #expect(try #require(SQLTime(text)).ticks == ticks)
        #expect(SQLTime(ticks: ticks) == SQLTime(text))
    }

    @Test(arguments: [
        "", "12", "12:34", "24:00:00", "12:60:00", "12:34:60", "1:02:03", "12:34:56.", "12:34:56.12345678",
        "12:34:56,5", "-1:00:00", "12:34:56Z", " 12:34:56", "12:34:56 ", "12:34:56.1 ",
    ])
    func isNotReadFromAnythingElse(text: String) {
        #expect(SQLTime(text) == nil)
    }

    @Test(arguments: [-1, 864_000_000_000, .max, .min]) func isNoneOutsideADay(ticks: Int) {
        #expect(SQLTime(ticks: ticks) == nil)
    }

    @Test func isMadeOfFieldsAndGivesThemBack() throws {
        let time = try #require(SQLTime(hour: 23, minute: 59, second: 58, ticks: 1_234_567))
        #expect(time.hour == 23 && time.minute == 59 && time.second == 58 && time.fraction == 1_234_567)
        #expect(time.description == "23:59:58.1234567")
        #expect(SQLTime(hour: 24, minute: 0, second: 0) == nil)
        #expect(SQLTime(hour: 0, minute: -1, second: 0) == nil)
        #expect(SQLTime(hour: 0, minute: 0, second: 60) == nil)
        #expect(SQLTime(hour: 0, minute: 0, second: 0, ticks: 10_000_000) == nil)
        #expect(SQLTime(hour: .max, minute: 0, second: 0) == nil)
    }

    @Test(arguments: zip(0...7, ["", ".9", ".99", ".999", ".9999", ".99999", ".999999", ".9999999"]))
    func isCutToAScale(scale: Int, fraction: String) throws {
        let time = try #require(SQLTime("23:59:59.9999999"))
        #expect(time.text(scale: scale) == "23:59:59" + fraction)
    }

    @Test(arguments: zip(0...7, [10_000_000, 1_000_000, 100_000, 10_000, 1_000, 100, 10, 1]))
    func hasStepsOfItsScale(scale: Int, ticks: Int) {
        #expect(SQLTime.ticksPerStep(scale: scale) == ticks)
    }

    @Test func isReadAsItWasPrinted() throws {
        var generator = SeededGenerator(seed: 11)
        for _ in 0..<2_000 {
            let time = try #require(SQLTime(ticks: Int.random(in: 0..<SQLTime.ticksPerDay, using: &generator)))
            #expect(SQLTime(time.description) == time)
        }
    }
}
