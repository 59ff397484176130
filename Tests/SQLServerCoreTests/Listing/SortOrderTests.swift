import SQLServerCore
import SQLValues
import Testing

@Suite("An order from a query string")
struct SortOrderTests {
    @Test(arguments: [
        (String?.none, "o.PlacedAt DESC, o.Id DESC"), ("", "o.PlacedAt DESC, o.Id DESC"),
        ("total", "o.Total ASC, o.Id ASC"),
        ("-total", "o.Total DESC, o.Id DESC"), ("-placed,customer", "o.PlacedAt DESC, c.Name ASC, o.Id ASC"),
        ("customer,-placed,total", "c.Name ASC, o.PlacedAt DESC, o.Total ASC, o.Id ASC"),
    ])
    func endsWithTheUniqueKey(text: String?, sql: String) throws {
        let order = try Orders.list.order(by: text)
        #expect(order.sql.text == sql)
        #expect(("SELECT 1 ORDER BY \(order)" as SQLQuery).text == "SELECT 1 ORDER BY \(sql)")
    }

    @Test func namesItsColumns() throws {
        #expect(try Orders.list.order(by: "-placed,total").names == ["-placed", "total", "id"])
    }

    @Test(arguments: [
        ("totl", ["'totl'", "did you mean 'total'"]), ("code", ["'code'", "'customer', 'placed', 'total'"]),
        ("id", ["'id'"]), ("secret", ["'secret'"]), ("total,-total", ["'total' twice"]), ("total,", ["''"]),
        (",", ["''"]), ("--total", ["'-total'"]), ("-", ["''"]), ("total DESC", ["'total DESC'"]),
        ("total;DROP TABLE x", ["'total;DROP TABLE x'"]), ("(SELECT 1)", ["'(SELECT 1)'"]), ("1", ["'1'"]),
        (" total", ["' total'"]),
        ("+total", ["'+total'"]),
    ])
    func refusesWhatIsNotAllowed(text: String, words: [String]) throws {
        let error = try #require(failure { () throws(SQLServerError) in try Orders.list.order(by: text) })
        #expect(error.code == .invalidRequest)
        for word in words { #expect(error.message.contains(word), "\(error.message)") }
    }

    @Test func needsAUniqueKey() throws {
        let list = SQLAllowList([.column("a", "A", .int, isSortable: true)])
        let error = try #require(failure { () throws(SQLServerError) in try list.order(by: "a") })
        #expect(error.code == .misuse)
    }

    @Test func mayNameAnyColumnByDefault() throws {
        let list = SQLAllowList(
            [.column("a", "A", .int), .column("b", "B", .int)], uniqueKey: ["b"], defaultOrder: "a,-b")
        #expect(try list.order(by: nil).sql.text == "A ASC, B DESC")
        #expect(failure { () throws(SQLServerError) in try list.order(by: "a") }?.message.contains("none") == true)
    }

    @Test func hasPagesByNumber() throws {
        let page = try SQLOffsetPage(number: 3, size: 20)
        let request = try ("SELECT 1 ORDER BY a \(page)" as SQLQuery).rendered()
        #expect(request.text == "SELECT 1 ORDER BY a OFFSET @p1 ROWS FETCH NEXT @p2 ROWS ONLY")
        #expect(request.parameters.map(\.value) == [.int(40), .int(20)])
        #expect(try SQLOffsetPage(number: nil, size: nil, defaultSize: 7) == SQLOffsetPage(number: 1, size: 7))
        #expect(try SQLOffsetPage(number: "2", size: "10").offset == 10)
    }

    @Test(arguments: [
        ("0", "10"), ("-1", "10"), ("x", "10"), ("", "10"), ("1", "0"), ("1", "201"), ("1", "-5"), ("1", "1e2"),
        ("1 ", "5"),
        ("9223372036854775807", "200"), ("1;--", "5"), ("99999999999999999999", "5"),
    ])
    func refusesPagesThatAreNone(number: String, size: String) throws {
        let error = try #require(
            failure { () throws(SQLServerError) in try SQLOffsetPage(number: number, size: size) })
        #expect(error.code == .invalidRequest)
    }
}
