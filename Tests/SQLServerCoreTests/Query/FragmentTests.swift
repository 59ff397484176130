import SQLServerCore
import SQLValues
import Testing

@Suite("Fragments of queries")
struct FragmentTests {
    private func text(_ query: SQLQuery) throws -> String { try query.rendered().text }

    @Test func joinConditionsInParentheses() throws {
        let parts: [SQLQuery] = ["a = \(1) OR b = \(2)", "c = \(3)"]
        #expect(try text(parts.joined(operator: .and)) == "(a = @p1 OR b = @p2) AND (c = @p3)")
        #expect(try text(parts.joined(operator: .or)) == "(a = @p1 OR b = @p2) OR (c = @p3)")
        #expect(try text(parts[0].and(parts[1])) == "(a = @p1 OR b = @p2) AND (c = @p3)")
        #expect(try text(parts[1].or("d = \(4)")) == "(c = @p1) OR (d = @p2)")
    }

    @Test func leaveOutEmptyConditions() throws {
        let nothing: SQLQuery = " \n"
        #expect(try text(["", "a = \(1)", nothing].joined(operator: .and)) == "a = @p1")
        #expect(try text(nothing.or("a = 1")) == "a = 1")
        #expect(try text([SQLQuery]().joined(operator: .and)) == "1 = 1")
        #expect(try text([nothing].joined(operator: .or)) == "1 = 0")
    }

    @Test func joinWithASeparator() throws {
        let parts: [SQLQuery] = ["(\(1), \("a"))", "", "(\(2), \("b"))"]
        let query: SQLQuery = "INSERT t VALUES \(parts.joined(separator: ", "))"
        #expect(try text(query) == "INSERT t VALUES (@p1, @p2), (@p3, @p4)")
        #expect(try query.rendered().parameters.map(\.value) == [.int(1), .string("a"), .int(2), .string("b")])
        #expect([SQLQuery]().joined(separator: ", ").isEmpty)
    }

    @Test func areEmptyWithoutTextAndParameters() {
        let (empty, blank, value, failed): (SQLQuery, SQLQuery, SQLQuery, SQLQuery) = (
            "", "\n\t ", "\(1)", "\(Double.nan)"
        )
        #expect(empty.isEmpty && blank.isEmpty)
        #expect(!value.isEmpty && !failed.isEmpty)
        #expect(!SQLQuery(unsafe: "x").isEmpty)
    }

    @Test func appendWithTheirParameters() throws {
        var query: SQLQuery = "SELECT a FROM t WHERE b = \(1)"
        query.append(" AND c = \("x")")
        #expect(try text(query) == "SELECT a FROM t WHERE b = @p1 AND c = @p2")
    }

    @Test func passTheirFailureOn() {
        let failed: SQLQuery = "a = \(Double.nan)"
        for query in [failed.and("b = 1"), [failed, "c"].joined(separator: ", "), [failed].joined(operator: .or)] {
            #expect(throws: SQLServerError.self) { try query.rendered() }
        }
        var appended: SQLQuery = "x"
        appended.append(failed)
        let whole = appended
        #expect(throws: SQLServerError.self) { try whole.rendered() }
    }

    @Test func nameAnObjectByItsParts() throws {
        #expect(try text("\(identifier: "dbo", "Order Details")") == "[dbo].[Order Details]")
        #expect(try text("\(identifier: "s", "d", "o", "t]; --")") == "[s].[d].[o].[t]]; --]")
        #expect(try text("\(identifier: "a.b", "c")") == "[a.b].[c]")
    }

    @Test func refuseNamesOfMorePartsOrWithBadOnes() {
        let long = String(repeating: "x", count: 129)
        let queries: [SQLQuery] = [
            "\(identifier: "a", "b", "c", "d", "e")", "\(identifier: "a", "")", "\(identifier: "", "b")",
            "\(identifier: "a", long)", "\(identifier: "a", "b\u{0}")",
        ]
        for query in queries {
            let error = #expect(throws: SQLServerError.self) { try query.rendered() }
            #expect(error?.code == .encoding)
        }
    }
}
