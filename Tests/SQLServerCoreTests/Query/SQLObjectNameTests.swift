import SQLServerCore
import Testing

@Suite("The name of an object") struct SQLObjectNameTests {
    @Test(arguments: [
        ("Users", ["Users"]), ("dbo.Users", ["dbo", "Users"]), ("[Order Details]", ["Order Details"]),
        ("shop.dbo.\"Order Details\"", ["shop", "dbo", "Order Details"]), ("shop..Users", ["shop", "", "Users"]),
        ("[a.b].[c]]d]", ["a.b", "c]d"]), ("\"a\"\"b\"", ["a\"b"]), ("#ids", ["#ids"]),
        ("here.shop.dbo.P", ["here", "shop", "dbo", "P"]), ("Order Details", ["Order Details"]),
    ])
    func isReadAsTSQLReadsIt(text: String, parts: [String]) throws {
        let name = try SQLObjectName(text)
        #expect(name.parts == parts && "\(name)" == text)
    }

    @Test(arguments: [
        "", ".", "dbo.", ".Users", "a.b.c.d.e", "[Users", "Users]", "[a]b", "[a] ", "\"a", "a\"b", "[]", "a.[]", "a\0b",
        String(repeating: "x", count: 129),
    ])
    func isNotReadFromAnythingElse(text: String) {
        let error = #expect(throws: SQLServerError.self) { try SQLObjectName(text) }
        #expect(error?.code == .encoding)
    }

    @Test func isMadeOfPartsWithAnyCharacter() throws {
        let name = try SQLObjectName(parts: ["sales.eu", "a]b\"c"])
        #expect(name.parts == ["sales.eu", "a]b\"c"])
        #expect(
            try ("SELECT * FROM \(identifier: name)" as SQLQuery).rendered().text
                == "SELECT * FROM [sales.eu].[a]]b\"c]")
        #expect(throws: SQLServerError.self) { try SQLObjectName(parts: []) }
        #expect(throws: SQLServerError.self) { try SQLObjectName(parts: ["a", "b", "c", "d", "e"]) }
        #expect(throws: SQLServerError.self) { try SQLObjectName(parts: ["a", ""]) }
        // A bracket with a combining mark is a bracket to the server.
        let marked = try SQLObjectName(parts: ["a]\u{301}; DROP"])
        #expect(
            Array(("\(identifier: marked)" as SQLQuery).text.unicodeScalars)
                == Array("[a]]\u{301}; DROP]".unicodeScalars))
    }

    @Test func isALiteralWhoseMistakeIsToldByItsUse() {
        let wrong: SQLObjectName = "dbo.Users]"
        let query = #expect(throws: SQLServerError.self) { try ("\(identifier: wrong)" as SQLQuery).rendered() }
        #expect(query?.code == .encoding)
        let call = #expect(throws: SQLServerError.self) { try SQLRequest(calling: wrong, []) }
        #expect(call?.code == .encoding && call?.message.contains("dbo.Users]") == true)
    }
}
