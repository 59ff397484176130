import Foundation
import SQLServerCore
import SQLValues
import SeededRandom
import Testing

@Suite("A Foundation value") struct FoundationBridgeTests {
    @Test func ofDecimalIsExactOrRefused() throws {
        for text in ["0", "-0.1", "19.99", "99999999999999999999999999999999999999", "-0.00000000000000000001"] {
            let number = try #require(SQLDecimal(text))
            let decimal = try #require(Decimal(exactly: number))
            #expect(SQLDecimal(exactly: decimal) == number)
        }
        #expect(SQLDecimal(exactly: .nan) == nil)
        #expect(SQLDecimal(exactly: Decimal(sign: .plus, exponent: 38, significand: 1)) == nil)
        #expect(SQLDecimal(exactly: Decimal(sign: .plus, exponent: -39, significand: 1)) == nil)
        #expect(throws: SQLServerError.self) { try Decimal.nan.encode() }
        #expect(throws: SQLServerError.self) { try Decimal(sign: .plus, exponent: 38, significand: 1).encode() }
    }

    @Test func ofDecimalKeepsRandomNumbers() throws {
        var generator = SeededGenerator(seed: 4)
        for _ in 0..<2_000 {
            let digits = Int.random(in: 1...38, using: &generator)
            let limit = SQLDecimal.power(digits) - 1
            let scale = Int.random(in: 0...38, using: &generator)
            let number = try #require(
                SQLDecimal(coefficient: .random(in: -limit...limit, using: &generator), scale: scale))
            let decimal = try #require(Decimal(exactly: number), "\(number)")
            #expect(SQLDecimal(exactly: decimal) == number)
        }
    }

    @Test func ofUUIDKeepsItsBytes() throws {
        let uuid = try #require(UUID(uuidString: "00112233-4455-6677-8899-AABBCCDDEEFF"))
        let encoded = try uuid.encode()
        #expect(encoded.value == Sample.guid(uuid.uuidString))
        #expect(try Fixture.row(encoded.value, .uniqueIdentifier).decode(UUID.self, at: 0) == uuid)
    }

    private static let newYork = TimeZone(identifier: "America/New_York") ?? .gmt
    private static let kathmandu = TimeZone(identifier: "Asia/Kathmandu") ?? .gmt

    @Test(arguments: [
        // UTC, clock in New York: standard time, summer time, both sides of both changes of 2024.
        ("2024-01-15 17:00:00", "2024-01-15 12:00:00"), ("2024-07-15 16:00:00", "2024-07-15 12:00:00"),
        ("2024-03-10 06:59:59", "2024-03-10 01:59:59"), ("2024-03-10 07:00:00", "2024-03-10 03:00:00"),
        ("2024-11-03 05:30:00", "2024-11-03 01:30:00"), ("2024-11-03 07:00:00", "2024-11-03 02:00:00"),
    ])
    func ofDateIsWhatAClockShows(utc: String, local: String) throws {
        let (moment, clock) = (try #require(SQLDateTime(utc)), try #require(SQLDateTime(local)))
        #expect(SQLDateTime(Date(moment), in: Self.newYork) == clock)
        #expect(Date(clock, in: Self.newYork) == Date(moment))
        #expect(SQLDate(Date(moment), in: Self.newYork) == clock.date)
    }

    @Test func ofDateHasAMomentForEveryClock() throws {
        // 02:30 does not exist on this day; 01:30 exists twice on the other and is the first of the two.
        let skipped = try #require(SQLDateTime("2024-03-10 02:30:00"))
        #expect(SQLDateTime(Date(skipped, in: Self.newYork)) == SQLDateTime("2024-03-10 07:30:00"))
        let twice = try #require(SQLDateTime("2024-11-03 01:30:00"))
        #expect(SQLDateTime(Date(twice, in: Self.newYork)) == SQLDateTime("2024-11-03 05:30:00"))
    }

    @Test func ofDateHasTheOffsetOfAZone() throws {
        let moment = Date(try #require(SQLDateTime("2024-01-15 12:00:00")))
        let value = try #require(SQLDateTimeOffset(moment, in: Self.kathmandu))
        #expect(value.description == "2024-01-15 17:45:00.0000000 +05:45")
        #expect(Date(value) == moment)
        #expect(SQLDateTimeOffset(moment)?.offsetMinutes == 0)
    }

    @Test func ofDateOutsideTheCalendarIsRefused() throws {
        for date in [Date.distantPast.addingTimeInterval(-1e9), Date(timeIntervalSinceReferenceDate: 252_423_993_600)] {
            #expect(SQLDateTime(date) == nil && SQLDate(date) == nil && SQLDateTimeOffset(date) == nil)
            #expect(throws: SQLServerError.self) { try date.encode() }
        }
        for seconds in [Double.nan, .infinity, -.infinity, 1e300] {
            #expect(SQLDateTime(Date(timeIntervalSinceReferenceDate: seconds)) == nil)
        }
    }

    @Test func ofMoreThanTwoGigabytesIsRefusedBeforeItIsCopied() throws {
        let tooMany = Int(Int32.max) + 1
        // Memory that is asked for and never touched.
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: tooMany) { _, count in count = tooMany }
        let error = #expect(throws: SQLServerError.self) { try bytes.encode() }
        #expect(error?.code == .encoding && error?.message.contains("2147483648 bytes") == true)
        let data = try #require(mapped(tooMany))
        #expect(throws: SQLServerError.self) { try data.encode() }
    }

    private func mapped(_ count: Int) -> Data? {
        guard let memory = unsafe malloc(count) else { return nil }
        return unsafe Data(bytesNoCopy: memory, count: count, deallocator: .free)
    }
}
