import Foundation
import SQLServerCore
import SQLValues
import Testing

/// Lists in `IN (…)`.
///
/// OPENJSON with an explicit schema: "OPENJSON (Transact-SQL)"; 2,100 parameters: "Maximum capacity specifications for
/// SQL Server"; base64 for binary: "How FOR JSON converts SQL Server data types to JSON data types".
@Suite("A list of values")
struct ListTests {
    private func request(_ query: SQLQuery) throws -> SQLRequest { try query.rendered() }

    private func failure(_ query: SQLQuery) -> SQLServerError? {
        do throws(SQLServerError) {
            _ = try query.rendered()
            return nil
        } catch {
            return error
        }
    }

    @Test(arguments: [
        (1, 1), (2, 2), (3, 4), (4, 4), (5, 8), (9, 16), (17, 32), (33, 64), (64, 64), (65, 128), (127, 128),
        (128, 128),
    ])
    func isPaddedToAPowerOfTwoWithItsLastValue(count: Int, padded: Int) throws {
        let request = try request("SELECT a FROM t WHERE b IN (\(Array(1...count)))")
        let names = (1...padded).map { "@p\($0)" }
        #expect(request.text == "SELECT a FROM t WHERE b IN (\(names.joined(separator: ", ")))")
        #expect(request.parameters.map(\.name) == names)
        #expect(request.parameters.map(\.value) == (1...padded).map { .int(Int64(min($0, count))) })
        #expect(request.parameters.allSatisfy { $0.type == .bigInt })
    }

    @Test func isOneParameterOfJSONAboveTheLimit() throws {
        let request = try request("SELECT a FROM t WHERE b IN (\(Array(1...129))) AND c = \("x")")
        #expect(
            request.text == "SELECT a FROM t WHERE b IN (SELECT [value] FROM OPENJSON(@p1) WITH ([value] bigint '$')) "
                + "AND c = @p2")
        #expect(request.parameters.map(\.type) == [.nVarCharMax, .nVarChar(4_000)])
        #expect(request.parameters[0].value == .string("[\((1...129).map(String.init).joined(separator: ","))]"))
    }

    @Test func hasFewShapesWhateverItsLength() throws {
        let texts = Set(try (0...1_000).map { try request("… IN (\(Array(repeating: 7, count: $0)))").text })
        #expect(texts.count == 10)
    }

    @Test func isARowlessQueryOfItsTypeWhenEmpty() throws {
        #expect(try request("b IN (\([Int]()))").text == "b IN (SELECT CAST(NULL AS bigint) WHERE 1 = 0)")
        #expect(try request("b IN (\([SQLDate]()))").text == "b IN (SELECT CAST(NULL AS date) WHERE 1 = 0)")
        let asked = try request("b IN (\([String](), as: .varChar(10)))")
        #expect(asked.text == "b IN (SELECT CAST(NULL AS varchar(10)) WHERE 1 = 0)")
        #expect(asked.parameters.isEmpty)
    }

    @Test func numbersItsParametersAmongOthers() throws {
        let list: SQLQuery = "b IN (\([1, 2, 3]))"
        let request = try request("SELECT a FROM t WHERE c = \("x") AND \(list) AND d NOT IN (\(["y"])) AND e = \(4)")
        #expect(
            request.text
                == "SELECT a FROM t WHERE c = @p1 AND b IN (@p2, @p3, @p4, @p5) AND d NOT IN (@p6) AND e = @p7")
        #expect(
            request.parameters.map(\.value)
                == [.string("x"), .int(1), .int(2), .int(3), .int(3), .string("y"), .int(4)])
    }

    @Test func hasOneTypeForAllItsValues() throws {
        let long = String(repeating: "x", count: 4_001)
        #expect(try request("IN (\(["a", long]))").declarations == "@p1 nvarchar(max), @p2 nvarchar(max)")
        let numbers = try ["1.5", "12345678901", "0.123"].map { try #require(SQLDecimal($0)) }
        let request = try request("IN (\(numbers))")
        #expect(request.declarations == (1...4).map { "@p\($0) decimal(19,4)" }.joined(separator: ", "))
        #expect(request.parameters.map(\.value) == (numbers + [numbers[2]]).map(SQLValue.decimal))
        let bytes: [[UInt8]] = [[1], Array(repeating: 2, count: 8_001)]
        #expect(
            try self.request("IN (\(bytes.map { Data($0) }))").declarations == "@p1 varbinary(max), @p2 varbinary(max)")
    }

    @Test func isDeclaredAsAsked() throws {
        let request = try request("IN (\(["a", "b"], as: .varChar(5)))")
        #expect(request.declarations == "@p1 varchar(5), @p2 varchar(5)")
        #expect(failure("IN (\(["abcdef"], as: .varChar(5)))")?.message.contains("too long") == true)
        #expect(failure("IN (\(["Łódź"], as: .varChar(5)))") == nil)
    }

    @Test func refusesDecimalsThatNoOneTypeHolds() throws {
        let whole = try #require(SQLDecimal(String(repeating: "9", count: 38)))
        let small = try #require(SQLDecimal("0.5"))
        #expect(failure("IN (\([whole, small]))")?.code == .encoding)
        #expect(failure("IN (\([whole, whole]))") == nil)
    }

    @Test func refusesNULL() throws {
        let error = try #require(failure("IN (\([1, nil, 3]))"))
        #expect(error.code == .encoding)
        #expect(error.message.contains("NULL"))
        #expect(failure("IN (\([Int?.some(1)]))") == nil)
    }

    @Test(arguments: [SQLType.text, .nText, .xml]) func refusesTypesThatCannotBeCompared(type: SQLType) {
        #expect(failure("IN (\(["a"], as: type))")?.message.contains("compared") == true)
    }

    @Test func isNoListWhenItIsBytes() throws {
        let bytes: [UInt8] = [1, 2, 3]
        let request = try request("SELECT \(bytes), \(bytes, as: .binary(3)), \(Optional(bytes)), \(Data(bytes))")
        #expect(
            request.declarations
                == "@p1 varbinary(8000), @p2 binary(3), @p3 varbinary(8000), @p4 varbinary(8000)")
        #expect(request.parameters.allSatisfy { $0.value == .bytes(bytes) })
        #expect(try self.request("IN (\([bytes, bytes]))").parameters.count == 2)
    }

    @Test func standsAloneInTheParenthesesOfINOnly() {
        let ids = [1, 2]
        let misplaced: [SQLQuery] = [
            "SELECT \(ids)", "INSERT t VALUES (\(ids))", "a IN (0, \(ids))", "a IN (\(ids), 3)", "a IN \(ids)",
            "f(\(ids))", "MIN (\(ids))", "x_in (\(ids))", "@in(\(ids))", "7in(\(ids))", "éIN (\(ids))", "a IN (\(ids)",
            "\(ids)", "a IN (\(ids)\(ids))",
        ]
        for query in misplaced { #expect(failure(query)?.message.contains("IN (…)") == true, "\(query)") }
        let inner: SQLQuery = "\(ids)"
        let placed: [SQLQuery] = [
            "a IN (\(ids))", "a NOT IN(\n  \(ids)\n)", "a in\t( \(ids) )", "[a]IN(\(ids))", "a IN (\(inner))",
        ]
        for query in placed { #expect(failure(query) == nil, "\(query)") }
    }

    @Test func givesWayWhenTheStatementHasTooManyParameters() throws {
        let lists: [SQLQuery] = (0..<20).map { _ in "a IN (\(Array(1...100)))" }
        let request = try request("SELECT 1 WHERE \(lists.joined(operator: .or))")
        #expect(request.parameters.count <= 2_098)
        // Twenty lists of 128 are 2,560 parameters; four of them as JSON leave 2,052.
        #expect(request.parameters.count == 16 * 128 + 4)
        #expect(request.text.components(separatedBy: "OPENJSON").count - 1 == 4)
    }

    @Test func cannotHelpWhenValuesAloneAreTooMany() throws {
        let values: [SQLQuery] = (0..<2_099).map { "\($0)" }
        let error = try #require(failure("SELECT * FROM (VALUES \(values.joined(separator: ", ")))"))
        #expect(error.code == .encoding)
        #expect(error.message.contains("2099") && error.message.contains("2098"))
        let fewer = values.dropLast()
        #expect(failure("SELECT * FROM (VALUES \(fewer.joined(separator: ", ")))") == nil)
    }

    static let asJSON: [(any SQLEncodable, String, String)] = [
        (true, "bit", "true"), (Int.min, "bigint", "-9223372036854775808"), (UInt8(255), "tinyint", "255"),
        (0.1, "float", "\"0.1\""), (1e300, "float", "\"1e+300\""), (Float(0.1), "real", "\"0.1\""),
        (Conversion.number("-12.50"), "decimal(9,2)", "\"-12.50\""),
        ("a\"\\\u{0}\u{1F}\n/é🙂\u{2028}", "nvarchar(4000)", "\"a\\\"\\\\\\u0000\\u001f\\u000a/é🙂\u{2028}\""),
        (Data([0, 255, 254]), "varbinary(8000)", "\"AP/+\""),
        (Conversion.day("2024-02-29"), "date", "\"2024-02-29\""),
        (Conversion.time("12:34:56.7"), "time(7)", "\"12:34:56.7000000\""),
        (Conversion.moment("2024-02-29 12:34:56.7654321"), "datetime2(7)", "\"2024-02-29T12:34:56.7654321\""),
        (
            UUID(uuidString: "6F9619FF-8B86-D011-B42D-00C04FC964FF"), "uniqueidentifier",
            "\"6F9619FF-8B86-D011-B42D-00C04FC964FF\""
        ),
    ]

    @Test(arguments: asJSON.indices) func writesEachValueExactly(index: Int) throws {
        let (value, type, json) = Self.asJSON[index]
        let request = try Self.many(value).rendered()
        #expect(request.text == "IN (SELECT [value] FROM OPENJSON(@p1) WITH ([value] \(type) '$'))")
        let all = Array(repeating: json, count: 129).joined(separator: ",")
        #expect(request.parameters[0].value == .string("[\(all)]"))
    }

    private static func many(_ value: some SQLEncodable) -> SQLQuery {
        "IN (\(Array(repeating: value, count: 129)))"
    }

    @Test func writesMomentsAsTheAskedTypeTakesThem() throws {
        let moment = Array(repeating: Conversion.moment("2024-02-29 12:34:00"), count: 129)
        for (type, text) in [
            (SQLType.dateTime, "2024-02-29T12:34:00.000"), (.smallDateTime, "2024-02-29T12:34:00"),
            (.dateTime2(0), "2024-02-29T12:34:00"), (.date, ""),
        ] where type != .date {
            let value = try request("IN (\(moment, as: type))").parameters[0].value
            guard case .string(let json) = value else {
                Issue.record("no text")
                continue
            }
            #expect(json.hasPrefix("[\"\(text)\","))
        }
        let offset = try #require(SQLDateTimeOffset("2024-02-29 12:00:00.5 -03:30"))
        let value = try request("IN (\(Array(repeating: offset, count: 129)))").parameters[0].value
        #expect("\(value)".hasPrefix("[\"2024-02-29T12:00:00.5000000-03:30\","))
    }
}
