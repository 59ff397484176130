import Foundation
import SQLServerCore
import SQLValues
import Testing

@Suite("A Swift value as a parameter")
struct SQLEncodableTests {
    @Test func hasTheTypeOfItsSwiftType() throws {
        let moment = try #require(SQLDateTime("2024-02-29 12:34:56.7654321"))
        let offset = try #require(SQLDateTimeOffset(utc: moment, offsetMinutes: -90))
        let guid = try #require(SQLUniqueIdentifier("6F9619FF-8B86-D011-B42D-00C04FC964FF"))
        let cases: [(any SQLEncodable, String, SQLValue)] = [
            (true, "bit", .bit(true)), (false, "bit", .bit(false)),
            (Int.min, "bigint", .int(.min)), (Int.max, "bigint", .int(.max)), (Int64(-1), "bigint", .int(-1)),
            (Int32.min, "int", .int(-2_147_483_648)), (Int16.min, "smallint", .int(-32_768)),
            (Int8(-5), "smallint", .int(-5)), (UInt8.max, "tinyint", .int(255)), (UInt16.max, "int", .int(65_535)),
            (UInt32.max, "bigint", .int(4_294_967_295)),
            (UInt64.max, "decimal(20,0)", .decimal(try #require(SQLDecimal("18446744073709551615")))),
            (UInt(7), "decimal(20,0)", .decimal(7)),
            (1.5, "float", .double(1.5)), (-0.0, "float", .double(-0.0)),
            (Double.greatestFiniteMagnitude, "float", .double(.greatestFiniteMagnitude)),
            (Float(0.1), "real", .double(Double(Float(0.1)))),
            ("", "nvarchar(4000)", .string("")), ("Größe 🙂", "nvarchar(4000)", .string("Größe 🙂")),
            ([UInt8](), "varbinary(8000)", .bytes([])), (Data([0, 255]), "varbinary(8000)", .bytes([0, 255])),
            (moment.date, "date", .date(moment.date)), (moment.time, "time(7)", .time(moment.time)),
            (moment, "datetime2(7)", .dateTime(moment)), (offset, "datetimeoffset(7)", .dateTimeOffset(offset)),
            (guid, "uniqueidentifier", .uniqueIdentifier(guid)),
            (try #require(UUID(uuidString: guid.description)), "uniqueidentifier", .uniqueIdentifier(guid)),
        ]
        for (value, type, sent) in cases {
            let encoded = try value.encode()
            #expect(encoded.type.description == type, "\(value)")
            #expect(encoded.value == sent, "\(value)")
        }
    }

    @Test(arguments: [
        ("x", 4_000, "nvarchar(4000)"), ("x", 4_001, "nvarchar(max)"), ("é", 4_000, "nvarchar(4000)"),
        ("é", 4_001, "nvarchar(max)"), ("🙂", 2_000, "nvarchar(4000)"), ("🙂", 2_001, "nvarchar(max)"),
        ("中", 4_000, "nvarchar(4000)"), ("x", 100_000, "nvarchar(max)"),
    ])
    func declaresTextByItsUTF16Length(character: String, count: Int, type: String) throws {
        #expect(try String(repeating: character, count: count).encode().type.description == type)
    }

    @Test(arguments: [(0, "varbinary(8000)"), (8_000, "varbinary(8000)"), (8_001, "varbinary(max)")])
    func declaresBytesByTheirCount(count: Int, type: String) throws {
        #expect(try [UInt8](repeating: 1, count: count).encode().type.description == type)
        #expect(try Data(count: count).encode().type.description == type)
    }

    @Test(arguments: [
        ("0", "decimal(9,0)"), ("-123456789", "decimal(9,0)"), ("1234567890", "decimal(19,0)"), ("0.5", "decimal(9,2)"),
        ("19.99", "decimal(9,2)"), ("12345678.9", "decimal(19,2)"), ("0.123", "decimal(9,4)"),
        ("0.12345", "decimal(9,6)"), ("0.1234567", "decimal(19,10)"), ("0.12345678901", "decimal(19,19)"),
        ("1.12345678901", "decimal(28,19)"), ("0.12345678901234567890", "decimal(28,28)"),
        ("1.12345678901234567890123456789", "decimal(38,29)"),
        ("99999999999999999999999999999999999999", "decimal(38,0)"),
        ("0.00000000000000000000000000000000000001", "decimal(38,38)"),
        ("922337203685477.5807", "decimal(19,4)"),
    ])
    func declaresADecimalWithOneOfAFewTypes(text: String, type: String) throws {
        let encoded = try #require(SQLDecimal(text)).encode()
        #expect(encoded.type.description == type)
        #expect(encoded.value == .decimal(try #require(SQLDecimal(text))))
    }

    @Test func sendsEveryDecimalExactly() throws {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<2_000 {
            let digits = Int.random(in: 0...38, using: &generator)
            let limit = SQLDecimal.power(digits)
            let coefficient = Int128.random(in: (1 - limit)...(limit - 1), using: &generator)
            let number = try #require(SQLDecimal(coefficient: coefficient, scale: Int.random(in: 0...38)))
            let encoded = try number.encode()
            guard case .decimal(let sent) = encoded.value, let precision = encoded.type.precision else {
                Issue.record("\(number) became \(encoded)")
                return
            }
            #expect(sent == number)
            #expect(sent.scale == encoded.type.scale)
            #expect(sent.precision <= precision)
            #expect([9, 19, 28, 38].contains(precision))
        }
    }

    @Test(arguments: [
        "0", "-1", "3.1415926535897932384626433832795028841", "123456789012345678901234567890.12345678",
        "99999999999999999999999999999999999999", "-0.00000000000000000001",
    ])
    func sendsAFoundationDecimalExactly(text: String) throws {
        let value = try #require(Decimal(string: text, locale: Locale(identifier: "en_US_POSIX")))
        #expect(try value.encode().value == .decimal(try #require(SQLDecimal(text))))
    }

    @Test func refusesADecimalThatSQLServerCannotHold() throws {
        let large = try #require(Decimal(string: "1e40", locale: Locale(identifier: "en_US_POSIX")))
        let small = try #require(Decimal(string: "1e-40", locale: Locale(identifier: "en_US_POSIX")))
        for value in [large, small, Decimal.nan] {
            #expect { try value.encode() } throws: { ($0 as? SQLServerError)?.code == .encoding }
        }
    }

    @Test(arguments: [
        (0.0, "2001-01-01 00:00:00.0000000"), (-978_307_200.0, "1970-01-01 00:00:00.0000000"),
        (0.5, "2001-01-01 00:00:00.5000000"), (-0.25, "2000-12-31 23:59:59.7500000"),
        (0.99999999, "2001-01-01 00:00:01.0000000"), (-63_113_904_000.0, "0001-01-01 00:00:00.0000000"),
        (252_423_993_599.0, "9999-12-31 23:59:59.0000000"),
    ])
    func sendsADateInUTC(seconds: Double, text: String) throws {
        let encoded = try Date(timeIntervalSinceReferenceDate: seconds).encode()
        #expect(encoded.type == .dateTime2(7))
        #expect(encoded.value.description == text)
    }

    @Test(arguments: [-63_113_904_001.0, 252_423_993_600.0, 1e300, -1e300, .infinity, .nan])
    func refusesADateOutsideTheYears1To9999(seconds: Double) {
        let date = Date(timeIntervalSinceReferenceDate: seconds)
        #expect { try date.encode() } throws: { ($0 as? SQLServerError)?.code == .encoding }
    }

    @Test func showsNoValueInItsErrors() throws {
        let large = try #require(Decimal(string: "1234567e40", locale: Locale(identifier: "en_US_POSIX")))
        let late = Date(timeIntervalSinceReferenceDate: 252_423_993_600.0)
        for value in [large, late] as [any SQLEncodable] {
            #expect {
                try value.encode()
            } throws: { error in
                let text = "\(error)"
                return !text.contains("1234567") && !text.contains("10000-")
            }
        }
    }
}
