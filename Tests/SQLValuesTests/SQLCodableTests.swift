import Foundation
import SQLValues
import Testing

/// The values go through any coder as text, digit by digit.
@Suite struct SQLCodableTests {
    private struct Everything: Codable, Equatable {
        var price: SQLDecimal
        var day: SQLDate
        var time: SQLTime
        var moment: SQLDateTime
        var place: SQLDateTimeOffset
        var id: SQLUniqueIdentifier
    }

    @Test func jsonKeepsEveryDigit() throws {
        let json = """
            {"day":"9999-12-31","id":"6F9619FF-8B86-D011-B42D-00C04FC964FF","moment":"2024-02-29 23:59:59.9999999",\
            "place":"2024-02-29 12:00:00.1234567 -03:30","price":"-99999999999999999999999999999999999.999",\
            "time":"12:34:56.1234567"}
            """
        let value = try JSONDecoder().decode(Everything.self, from: Data(json.utf8))
        #expect(value.price.description == "-99999999999999999999999999999999999.999")
        #expect(value.place.offsetMinutes == -210)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        #expect(String(decoding: try encoder.encode(value), as: UTF8.self) == json)
    }

    @Test(arguments: ["\"12a\"", "\"\"", "1.5", "null"])
    func whatIsNoDecimalIsAnError(json: String) {
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(SQLDecimal.self, from: Data(json.utf8)) }
    }
}
