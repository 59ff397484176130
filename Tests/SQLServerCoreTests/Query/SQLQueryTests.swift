import Foundation
import SQLServerCore
import SQLValues
import Testing

@Suite("A query")
struct SQLQueryTests {
    private func failure(_ query: SQLQuery) -> SQLServerError? {
        do throws(SQLServerError) {
            _ = try query.rendered()
            return nil
        } catch {
            return error
        }
    }

    @Test func isItsTextWhenItHasNoValues() throws {
        let request = try ("SELECT 1 AS [Größe 🙂];" as SQLQuery).rendered()
        #expect(request.text == "SELECT 1 AS [Größe 🙂];")
        #expect(request.parameters.isEmpty)
        #expect(request.declarations == "")
        #expect(try (";" as SQLQuery).rendered().text == ";")
        #expect(try ("" as SQLQuery).rendered().text == "")
    }

    @Test func namesItsValuesInOrder() throws {
        let (email, age) = ("a@b.c", 18)
        let query: SQLQuery = "SELECT Name FROM dbo.Users WHERE Email = \(email) AND Age > \(age) OR Email = \(email)"
        let request = try query.rendered()
        #expect(request.text == "SELECT Name FROM dbo.Users WHERE Email = @p1 AND Age > @p2 OR Email = @p3")
        #expect(request.parameters.map(\.name) == ["@p1", "@p2", "@p3"])
        #expect(request.parameters.map(\.value) == [.string("a@b.c"), .int(18), .string("a@b.c")])
        #expect(request.declarations == "@p1 nvarchar(4000), @p2 bigint, @p3 nvarchar(4000)")
        #expect(query.text == request.text)
    }

    @Test func mayBeginAndEndWithAValue() throws {
        #expect(try ("\(1)" as SQLQuery).rendered().text == "@p1")
        #expect(try ("\(1)\(2)" as SQLQuery).rendered().text == "@p1@p2")
    }

    @Test func declaresANilWithItsType() throws {
        let nothing: (Int?, String?, UUID?, SQLDate?, Decimal?) = (nil, nil, nil, nil, nil)
        let query: SQLQuery = "\(nothing.0),\(nothing.1),\(nothing.2),\(nothing.3),\(nothing.4),\([UInt8]?.none)"
        let request = try query.rendered()
        #expect(request.parameters.allSatisfy { $0.value == .null })
        #expect(
            request.declarations == "@p1 bigint, @p2 nvarchar(4000), @p3 uniqueidentifier, @p4 date, "
                + "@p5 decimal(38,10), @p6 varbinary(8000)")
    }

    @Test func takesTheValueOutOfAnOptional() throws {
        let request = try ("\(Int?.some(5)) \(String??.some("x"))" as SQLQuery).rendered()
        #expect(request.parameters.map(\.value) == [.int(5), .string("x")])
    }

    @Test func declaresAValueAsAsked() throws {
        let query: SQLQuery = "\(5, as: .smallInt) \("abc", as: .varChar(3)) \(String?.none, as: .xml)"
        let request = try query.rendered()
        #expect(request.declarations == "@p1 smallint, @p2 varchar(3), @p3 xml")
        #expect(request.parameters.map(\.value) == [.int(5), .string("abc"), .null])
    }

    @Test(arguments: [
        ("Users", "[Users]"), ("Order Details", "[Order Details]"), ("]", "[]]]"), ("a]b]]c", "[a]]b]]]]c]"),
        ("[x]", "[[x]]]"), ("'; DROP TABLE t; --", "['; DROP TABLE t; --]"), (" ", "[ ]"), ("dbo.Users", "[dbo.Users]"),
        ("Größe🙂", "[Größe🙂]"), ("\r\n]", "[\r\n]]]"),
    ])
    func quotesNames(name: String, quoted: String) throws {
        #expect(try ("SELECT * FROM \(identifier: name)" as SQLQuery).rendered().text == "SELECT * FROM \(quoted)")
    }

    @Test(arguments: ["", String(repeating: "x", count: 129), String(repeating: "🙂", count: 65), "a\u{0}b"])
    func refusesNamesThatSQLServerHasNot(name: String) throws {
        let error = try #require(failure("SELECT * FROM \(identifier: name)"))
        #expect(error.code == .encoding)
        #expect(error.message.contains("identifier"))
    }

    @Test(arguments: [
        String(repeating: "x", count: 128), String(repeating: "🙂", count: 64), String(repeating: "]", count: 128),
    ])
    func takesNamesOf128Characters(name: String) {
        #expect(failure("SELECT * FROM \(identifier: name)") == nil)
    }

    @Test func takesTrustedTextAsItIs() throws {
        let order = "Name DESC"
        let request = try ("SELECT * FROM t WHERE a = \(1) ORDER BY \(unsafe: order)" as SQLQuery).rendered()
        #expect(request.text == "SELECT * FROM t WHERE a = @p1 ORDER BY Name DESC")
        #expect(request.parameters.count == 1)
        #expect(SQLQuery(unsafe: "SELECT 1\nGO").text == "SELECT 1\nGO")
    }

    @Test func renumbersFragments() throws {
        let inner: SQLQuery = "b = \(2) OR c = \("three")"
        let middle: SQLQuery = "(\(inner)) AND d = \(4.5)"
        let request = try ("SELECT * FROM t WHERE a = \(1) AND \(middle) AND e = \(true) OR \(inner)" as SQLQuery)
            .rendered()
        #expect(
            request.text == "SELECT * FROM t WHERE a = @p1 AND (b = @p2 OR c = @p3) AND d = @p4 AND e = @p5 "
                + "OR b = @p6 OR c = @p7")
        #expect(
            request.parameters.map(\.value)
                == [.int(1), .int(2), .string("three"), .double(4.5), .bit(true), .int(2), .string("three")])
    }

    @Test func failsWithItsFragment() throws {
        let inner: SQLQuery = "b = \(Double.nan)"
        let error = try #require(failure("SELECT * FROM t WHERE \(inner) AND c = \(1)"))
        #expect(error.code == .encoding)
        #expect(error.query == "SELECT * FROM t WHERE b = @p1 AND c = @p2")
    }

    @Test(arguments: [Double.nan, .signalingNaN, .infinity, -.infinity]) func refusesWhatIsNoNumber(value: Double) {
        #expect(failure("SELECT \(value)")?.code == .encoding)
        #expect(failure("SELECT \(Float(value))")?.code == .encoding)
        #expect(failure("SELECT \(Optional(value))")?.code == .encoding)
    }

    @Test func saysWhyTheFirstValueFailed() throws {
        let error = try #require(failure("SELECT \(300, as: .tinyInt), \(Double.nan)"))
        #expect(error.message.contains("tinyint"))
    }

    @Test func showsNoValues() throws {
        let secret = "s3cr3t"
        let query: SQLQuery =
            "SELECT * FROM t WHERE a = \(secret) AND b = \(secret, as: .varChar(50)) AND c = \([UInt8](secret.utf8))"
        var dumped = ""
        dump(query, to: &dumped)
        dump(try query.rendered(), to: &dumped)
        let mirrored = Mirror(reflecting: query).children.map { "\($0.value)" }.joined()
        let shown = [
            "\(query)", String(reflecting: query), query.text, "\([query])", "\(Optional(query) as Any)", dumped,
            mirrored,
            "\(try query.rendered())", "\(try query.rendered().parameters)",
        ]
        for text in shown { #expect(!text.contains(secret) && !text.contains("115, 51"), "\(text)") }
    }

    @Test func mayNameItsParametersItself() throws {
        let city = SQLParameter(name: "@city", value: .string("s3cr3t"), type: .nVarChar(4_000))
        let query = SQLQuery(unsafe: "SELECT * FROM t WHERE City = @city", parameters: [city])
        let request = try query.rendered()
        #expect(request.text == "SELECT * FROM t WHERE City = @city")
        #expect(request.parameters == [city])
        var dumped = ""
        dump(query, to: &dumped)
        #expect(!"\(query)\(dumped)".contains("s3cr3t"))
        let error = try #require(failure("SELECT \(1), (\(query))"))
        #expect(error.code == .encoding)
        #expect(error.message.contains("part of another query"))
    }

    @Test func equalsAQueryOfTheSamePartsAndValues() {
        let make = { (value: Int) -> SQLQuery in "SELECT \(value)" }
        #expect(make(1) == make(1))
        #expect(make(1) != make(2))
    }
}
