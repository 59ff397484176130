import Foundation
import SQLServerCore
import SQLValues
import Testing

/// A value with the type it is asked to be declared as.
struct Conversion: Sendable, CustomTestStringConvertible {
    let value: any SQLEncodable
    let type: SQLType

    init(_ value: any SQLEncodable, _ type: SQLType) {
        self.value = value
        self.type = type
    }

    var testDescription: String { "\(value) as \(type)" }

    static func moment(_ text: String) -> SQLDateTime { SQLDateTime(text) ?? SQLDateTime(day("0001-01-01")) }
    static func day(_ text: String) -> SQLDate { SQLDate(text) ?? SQLDate(daysSinceYearOne: 0) ?? day("0001-01-01") }
    static func number(_ text: String) -> SQLDecimal { SQLDecimal(text) ?? 0 }
    static func time(_ text: String) -> SQLTime { SQLTime(text) ?? .midnight }
}

@Suite("A value declared with another type")
struct ConversionTests {
    typealias C = Conversion
    static let fitting: [C] = [
        C(true, .bit), C(0, .bit), C(1, .bit), C(0, .tinyInt), C(255, .tinyInt), C(-32_768, .smallInt),
        C(32_767, .smallInt), C(-2_147_483_648, .int), C(2_147_483_647, .int), C(Int.max, .bigInt),
        C(UInt64(5), .bigInt), C(UInt(200), .tinyInt), C(C.number("7.00"), .int), C(16_777_216, .real),
        C(9_007_199_254_740_992, .float), C(5, .decimal(9, 2)), C(922_337_203_685_477, .money),
        C(-214_748, .smallMoney),
        C(C.number("1.50"), .decimal(2, 1)), C(C.number("-922337203685477.5808"), .money),
        C(C.number("214748.3647"), .smallMoney), C(C.number("0.05"), .numeric(2, 2)), C(0.5, .real), C(0.1, .float),
        C(Float(0.1), .float), C("", .varChar(1)), C("abc", .char(3)), C("abc", .nChar(3)), C("🙂", .nVarChar(2)),
        C("abc", .varCharMax), C("abc", .nVarCharMax), C("<a/>", .xml), C("abc", .text), C("abc", .nText),
        C([1, 2] as [UInt8], .varBinary(2)), C([1, 2] as [UInt8], .binary(2)), C([1] as [UInt8], .varBinaryMax),
        C([1] as [UInt8], .image), C(C.day("2024-02-29"), .date), C(C.day("0001-01-01"), .dateTime2(0)),
        C(C.day("1753-01-01"), .dateTime), C(C.day("2079-06-06"), .smallDateTime),
        C(C.time("12:34:56"), .time(0)), C(C.time("12:34:56.789"), .time(3)),
        C(C.moment("2024-02-29 12:34:56.7890000"), .dateTime2(3)),
        C(C.moment("2024-02-29 12:34:56.7970000"), .dateTime),
        C(C.moment("1753-01-01 00:00:00"), .dateTime), C(C.moment("9999-12-31 23:59:59.997"), .dateTime),
        C(C.moment("1900-01-01 00:00:00"), .smallDateTime), C(C.moment("2079-06-06 23:59:00"), .smallDateTime),
        C(C.moment("2024-02-29 00:00:00"), .date), C(C.moment("2024-02-29 12:34:56.7"), .dateTimeOffset(1)),
        C(Int?.none, .uniqueIdentifier), C(UUID(), .uniqueIdentifier), C("é€", .varChar(2)), C("ž", .char(1)),
        C(String(repeating: "x", count: 8_000), .varChar(8_000)), C(String(repeating: "x", count: 8_001), .varCharMax),
        C(String(repeating: "x", count: 4_000), .nVarChar(4_000)), C("é", .text),
    ]

    @Test(arguments: fitting) func isDeclaredSoWhenItFits(conversion: Conversion) throws {
        let encoded = try conversion.value.encode()
        let converted = try encoded.converted(to: conversion.type)
        #expect(converted.type == conversion.type)
        // The same value, whatever its Swift form: text of both without zeros at the end of a fraction.
        #expect(Self.plain(converted.value) == Self.plain(encoded.value))
    }

    private static func plain(_ value: SQLValue) -> String {
        switch value {
        case .int(let number): "\(number)"
        case .bit(let bit): bit ? "1" : "0"
        case .double(let number): number == number.rounded() ? "\(Int64(number))" : "\(number)"
        case .decimal(let number): plain(number)
        case .date(let date): SQLDateTime(date).description
        case .dateTimeOffset(let moment): moment.utc.description
        default: value.description
        }
    }

    private static func plain(_ number: SQLDecimal) -> String {
        var text = number.description
        while text.contains("."), text.hasSuffix("0") || text.hasSuffix(".") { text.removeLast() }
        return text
    }

    static let unfitting: [C] = [
        C(2, .bit), C(-1, .tinyInt), C(256, .tinyInt), C(32_768, .smallInt), C(2_147_483_648, .int),
        C(UInt64.max, .bigInt),
        C(UInt(256), .tinyInt), C(C.number("7.5"), .int), C(16_777_217, .real), C(9_007_199_254_740_993, .float),
        C(Int.max, .float), C(Int.max, .real), C(1_000, .decimal(5, 2)), C(922_337_203_685_478, .money),
        C(214_749, .smallMoney), C(C.number("1.55"), .decimal(3, 1)), C(C.number("10"), .decimal(1, 0)),
        C(C.number("0.00001"), .money), C(C.number("-922337203685477.5809"), .money),
        C(C.number("214748.3648"), .smallMoney), C(C.number("1"), .numeric(2, 2)), C(0.1, .real), C(1e300, .real),
        C("abcd", .char(3)), C("abcd", .varChar(3)), C("abcd", .nVarChar(3)), C("🙂", .nVarChar(1)), C("abc", .int),
        C("2024-01-01", .date), C("abc", .varBinaryMax), C([1, 2, 3] as [UInt8], .varBinary(2)),
        C([1] as [UInt8], .nVarCharMax), C(C.day("1752-12-31"), .dateTime), C(C.day("1899-12-31"), .smallDateTime),
        C(C.day("2079-06-07"), .smallDateTime), C(C.day("2024-01-01"), .int), C(C.time("12:34:56.1"), .time(0)),
        C(C.time("12:34:56.7891"), .time(3)), C(C.moment("2024-02-29 12:34:56.7891"), .dateTime2(3)),
        C(C.moment("2024-02-29 12:34:56.798"), .dateTime), C(C.moment("2024-02-29 12:34:56.7966667"), .dateTime),
        C(C.moment("1752-12-31 00:00:00"), .dateTime), C(C.moment("1899-12-31 23:59:00"), .smallDateTime),
        C(C.moment("2079-06-07 00:00:00"), .smallDateTime), C(C.moment("2024-02-29 12:34:56"), .smallDateTime),
        C(C.moment("2024-02-29 12:34:56"), .date), C(C.moment("2024-02-29 12:34:56.7891"), .dateTimeOffset(3)),
        C("Łódź", .varChar(3)), C("🙂", .char(1)), C("é", .varChar(0)),
        C("x", .varChar(8_001)), C("x", .nVarChar(4_001)), C([1] as [UInt8], .binary(8_001)), C("x", .nVarChar(-1)),
        C(5, .decimal(39, 0)), C(5, .decimal(5, 6)), C(C.time("12:34:56"), .time(8)), C(5, .decimal(0, 0)),
        C(true, .int), C(1.0, .int), C(1.5, .decimal(9, 2)), C(UUID(), .nVarChar(36)), C(5, .date), C(5, .nVarChar(10)),
    ]

    @Test(arguments: unfitting) func isRefusedWhenItDoesNotFit(conversion: Conversion) throws {
        #expect {
            try conversion.value.encode().converted(to: conversion.type)
        } throws: { error in
            guard let error = error as? SQLServerError else { return false }
            return error.code == .encoding && error.message.contains(conversion.type.description)
        }
    }

    @Test func isRefusedWithTheReason() {
        let moment = Conversion.moment("2024-02-29 12:34:56.7891")
        let queries: [(SQLQuery, String)] = [
            ("\("abcd", as: .varChar(3))", "too long"), ("\("abcd", as: .nVarChar(3))", "too long"),
            ("\("Łódź", as: .varChar(3))", "too long"), ("\("x", as: .varChar(9_000))", "does not exist"),
            ("\(300, as: .tinyInt)", "out of range"),
            ("\(Conversion.number("1.55"), as: .decimal(9, 1))", "decimal places"),
            ("\(0.1, as: .real)", "digits"), ("\(moment, as: .dateTime2(3))", "finer"),
            ("\(moment, as: .int)", "not converted"), ("\([1, 2, 3] as [UInt8], as: .binary(2))", "too long"),
        ]
        for (query, reason) in queries {
            let error = #expect(throws: SQLServerError.self) { try query.rendered() }
            #expect(error?.message.contains(reason) == true, "\(error?.message ?? "")")
        }
    }

    /// What a code page says of a text in a type: nil when it fits.
    static let codePages: [(SQLCodePage, String, SQLType, String?)] = [
        (.windows1252, "Ł", .varChar(3), "code page 1252"), (.windows1250, "ñ", .varChar(3), "code page 1250"),
        (.windows1252, "🙂", .varCharMax, "code page 1252"), (.windows1252, "\u{FF07}", .text, "code page 1252"),
        (.utf8, "Łódź", .varChar(6), "too long"), (.utf8, "Łódź", .varChar(7), nil),
        (.windows1250, "Łódź", .varChar(4), nil), (.windows1250, "Łódź", .char(4), nil),
        (.windows1250, "Łódź", .char(3), "too long"), (.ascii, "plain", .varChar(5), nil),
    ]

    @Test(arguments: codePages.indices) func takesBytesAsTheCodePageHasThem(index: Int) throws {
        let (codePage, text, type, reason) = Self.codePages[index]
        do {
            let value = try text.encode().converted(to: type, codePage: codePage)
            #expect(reason == nil && value == SQLTypedValue(.string(text), as: type))
        } catch {
            #expect(error.code == .encoding && reason.map(error.message.contains) == true, "\(error.message)")
        }
    }

    @Test func leavesCharactersToTheConnectionThatKnowsTheCodePage() throws {
        let query: SQLQuery = "\("Łódź", as: .varChar(4)), \("plain", as: .varChar(5)), \("Łódź", as: .nVarChar(4))"
        #expect(try query.rendered().parameters.count == 3)
    }

    @Test func isSentWithATypeThatIsKnownAtRunTime() throws {
        let values = [
            SQLTypedValue(.int(5), as: .smallInt), SQLTypedValue(.null, as: .varBinaryMax),
            SQLTypedValue(.string("abc"), as: .varChar(3)),
        ]
        let list = values.map { "\($0)" as SQLQuery }.joined(separator: ", ")
        let request = try ("VALUES (\(list))" as SQLQuery).rendered()
        #expect(request.text == "VALUES (@p1, @p2, @p3)")
        #expect(request.declarations == "@p1 smallint, @p2 varbinary(max), @p3 varchar(3)")
        #expect(request.parameters.map(\.value) == values.map(\.value))
        for value in [
            SQLTypedValue(.int(300), as: .tinyInt), SQLTypedValue(.string("abcd"), as: .varChar(3)),
            SQLTypedValue(.int(1), as: .date), SQLTypedValue(.null, as: .varChar(0)),
        ] {
            let error = #expect(throws: SQLServerError.self) { try ("SELECT \(value)" as SQLQuery).rendered() }
            #expect(error?.code == .encoding)
            let call = #expect(throws: SQLServerError.self) { try SQLRequest(calling: "p", [.input("@a", value)]) }
            #expect(call?.code == .encoding)
        }
        let call = try SQLRequest(calling: "dbo.p", [.input("@a", values[0]), .input("b", values[1])])
        #expect(call.text == "[dbo].[p]" && call.declarations == "@a smallint, @b varbinary(max)")
    }

    @Test func isRefusedWithoutBeingShown() throws {
        let (secret, number, date) = ("geheim-4711", 987_654, Conversion.day("1492-10-12"))
        let queries: [SQLQuery] = [
            "SELECT \(secret, as: .varChar(3))", "SELECT \(number, as: .tinyInt)", "SELECT \(date, as: .dateTime)",
            "SELECT \([UInt8](secret.utf8), as: .varBinary(3))", "SELECT \(Double(number) + 0.1, as: .real)",
        ]
        for query in queries {
            #expect {
                try query.rendered()
            } throws: { error in
                let text = "\(error)"
                return !["geheim", "4711", "987654", "1492", "103, 101"].contains { text.contains($0) }
            }
        }
    }
}
