import SQLValues
import SeededRandom
import Testing

@Suite("A uniqueidentifier")
struct SQLUniqueIdentifierTests {
    private static let example = "6F9619FF-8B86-D011-B42D-00C04FC964FF"

    @Test(arguments: [example, example.lowercased(), "{\(example)}"]) func isReadAndPrintedInUpperCase(text: String) {
        #expect(SQLUniqueIdentifier(text)?.description == Self.example)
    }

    @Test(arguments: [
        "", "{}", "{" + example, example + "}", String(example.dropLast()), example + "0",
        example.filter { $0 != "-" }, "6F9619FF-8B86-D011-B42D00C0-4FC964FF", "6F9619FG-8B86-D011-B42D-00C04FC964FF",
        " " + example, "6F9619FF-8B86-D011-B42D-00C04FC964F\u{E9}", "(\(example))",
    ])
    func isNotReadFromAnythingElse(text: String) {
        #expect(SQLUniqueIdentifier(text) == nil)
    }

    // The first three groups travel little-endian, the rest as written.
    @Test func hasItsFirstThreeGroupsReversedOnTheWire() throws {
        let value = try #require(SQLUniqueIdentifier("00112233-4455-6677-8899-AABBCCDDEEFF"))
        #expect(value.bytes == (0...15).map { UInt8($0 * 0x11) })
        #expect(
            value.wireBytes == [
                0x33, 0x22, 0x11, 0x00, 0x55, 0x44, 0x77, 0x66, 0x88, 0x99, 0xAA, 0xBB, 0xCC, 0xDD, 0xEE, 0xFF,
            ])
        #expect(SQLUniqueIdentifier(wireBytes: value.wireBytes) == value)
        #expect(SQLUniqueIdentifier(bytes: value.bytes) == value)
    }

    @Test(arguments: [0, 15, 17]) func has16Bytes(count: Int) {
        #expect(SQLUniqueIdentifier(bytes: Array(repeating: 1, count: count)) == nil)
        #expect(SQLUniqueIdentifier(wireBytes: Array(repeating: 1, count: count)) == nil)
    }

    /// Observed on SQL Server with ORDER BY, from least to greatest: one bit in each byte of the text.
    private static let ordered = [
        "01000000-0000-0000-0000-000000000000", "00010000-0000-0000-0000-000000000000",
        "00000100-0000-0000-0000-000000000000", "00000001-0000-0000-0000-000000000000",
        "00000000-0100-0000-0000-000000000000", "00000000-0001-0000-0000-000000000000",
        "00000000-0000-0100-0000-000000000000", "00000000-0000-0001-0000-000000000000",
        "00000000-0000-0000-0001-000000000000", "00000000-0000-0000-0100-000000000000",
        "00000000-0000-0000-0000-000000000001", "00000000-0000-0000-0000-000000000100",
        "00000000-0000-0000-0000-000000010000", "00000000-0000-0000-0000-000001000000",
        "00000000-0000-0000-0000-000100000000", "00000000-0000-0000-0000-010000000000",
    ]

    @Test func isOrderedAsSQLServerOrders() throws {
        let values = try Self.ordered.map { try #require(SQLUniqueIdentifier($0)) }
        #expect(values.reversed().sorted().map(\.description) == Self.ordered)
        for (a, b) in zip(values, values.dropFirst()) { #expect(a < b && !(b < a)) }
    }

    // "Comparing GUID and uniqueidentifier values" (ADO.NET): the order of SqlGuid, not of Guid.
    @Test func isOrderedAsTheDocumentationShows() throws {
        let texts = [
            "3AAAAAAA-BBBB-CCCC-DDDD-2EEEEEEEEEEE", "2AAAAAAA-BBBB-CCCC-DDDD-1EEEEEEEEEEE",
            "1AAAAAAA-BBBB-CCCC-DDDD-3EEEEEEEEEEE",
        ]
        let sorted = try texts.map { try #require(SQLUniqueIdentifier($0)) }.sorted().map(\.description)
        #expect(sorted == [texts[1], texts[0], texts[2]])
    }

    @Test func isReadAsItWasPrinted() throws {
        var generator = SeededGenerator(seed: 13)
        for _ in 0..<1_000 {
            let bytes = (0..<16).map { _ in UInt8.random(in: 0...255, using: &generator) }
            let value = try #require(SQLUniqueIdentifier(bytes: bytes))
            #expect(SQLUniqueIdentifier(value.description) == value)
            #expect(value.bytes == bytes)
        }
    }
}
