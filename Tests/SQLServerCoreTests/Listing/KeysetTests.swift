import Foundation
import SQLServerCore
import SQLValues
import Testing

@Suite("A keyset page")
struct KeysetTests {
    private let signer = TestSigner()

    private static let columns = [
        SQLColumn(name: "id", type: .bigInt), SQLColumn(name: "placed", type: .dateTime2(7)),
        SQLColumn(name: "total", type: .decimal(19, 4)), SQLColumn(name: "customer", type: .nVarChar(100)),
    ]

    private static let placed = Sample.moment("2024-02-29 12:34:56.7654321")
    private static let row: [SQLValue] = [.int(7), placed, Sample.decimal("12.5000"), .string("Zoë 🙂")]

    private func rows(_ rows: [SQLValue]...) async throws -> SQLResultSet {
        try await Fixture.resultSet(Self.columns, rows)
    }

    private func page(
        _ order: String?, after cursor: String? = nil, filter: SQLQuery = "", signer: TestSigner = TestSigner(),
        lifetime: Duration? = nil, now: Date = Date(timeIntervalSince1970: 1_000)
    ) throws(SQLServerError) -> SQLKeysetPage {
        try SQLKeysetPage(
            order: Orders.list.order(by: order), filter: filter, size: 2, after: cursor, signer: signer,
            lifetime: lifetime, now: now)
    }

    /// The condition of the page behind a row.
    private func condition(_ order: String, after row: [SQLValue]) async throws -> SQLRequest {
        let last = try #require(try await rows(row).first)
        let cursor = try page(order).cursor(after: last)
        return try page(order, after: cursor).condition.rendered()
    }

    @Test func isTheFilterAloneAtTheStart() throws {
        #expect(try page("total").condition.text == "1 = 1")
        #expect(try page("total", filter: "o.Tenant = \(5)").condition.text == "o.Tenant = @p1")
        #expect(try page("total", after: "").condition.text == "1 = 1")
        #expect(try page("total").limit == 3)
    }

    @Test func comesAfterItsKeysInMixedDirections() async throws {
        let request = try await condition("-placed,total", after: Self.row)
        #expect(
            request.text == "(o.PlacedAt <= @p1) AND ((o.PlacedAt < @p2) OR "
                + "((o.PlacedAt = @p3) AND (o.Total > @p4)) OR ((o.PlacedAt = @p5) AND (o.Total = @p6) AND (o.Id > @p7)))"
        )
        #expect(
            request.declarations == "@p1 datetime2(7), @p2 datetime2(7), @p3 datetime2(7), @p4 decimal(19,4), "
                + "@p5 datetime2(7), @p6 decimal(19,4), @p7 bigint")
        #expect(request.parameters.map(\.value)[3...] == [Self.row[2], Self.placed, Self.row[2], .int(7)])
    }

    @Test func sortsNULLLowest() async throws {
        var row = Self.row
        row[2] = .null
        // Ascending, everything that is not NULL comes later.
        #expect(
            try await condition("total", after: row).text
                == "(o.Total IS NOT NULL) OR ((o.Total IS NULL) AND (o.Id > @p1))")
        // Descending, only other NULLs do.
        #expect(try await condition("-total", after: row).text == "(o.Total IS NULL) AND (o.Id < @p1)")
        // Descending, NULLs follow a value.
        #expect(
            try await condition("-total", after: Self.row).text
                == "((o.Total < @p1) OR (o.Total IS NULL)) OR ((o.Total = @p2) AND (o.Id < @p3))")
        #expect(
            try await condition("total", after: Self.row).text
                == "(o.Total >= @p1) AND ((o.Total > @p2) OR ((o.Total = @p3) AND (o.Id > @p4)))")
    }

    @Test func keepsTheFilterInFront() async throws {
        let last = try #require(try await rows(Self.row).first)
        let filter: SQLQuery = "a = \(1) OR b = \(2)"
        let cursor = try page("total", filter: filter).cursor(after: last)
        #expect(
            try page("total", after: cursor, filter: filter).condition.text.hasPrefix(
                "(a = @p1 OR b = @p2) AND ((o.Total >= @p3)"))
    }

    @Test func hasACursorOnlyWhenThereIsMore() async throws {
        let page = try page("customer")
        let full = try page.result(of: try await rows(Self.row, Self.row, Self.row))
        #expect(full.rows.count == 2 && full.nextCursor != nil)
        let last = try page.result(of: try await rows(Self.row, Self.row))
        #expect(last.rows.count == 2 && last.nextCursor == nil)
        #expect(try page.result(of: try await rows()).rows.isEmpty)
    }

    @Test func refusesRowsThatDoNotFitTheList() async throws {
        func misuse(_ order: String, _ columns: [SQLColumn], _ row: [SQLValue]) async throws -> SQLServerError? {
            let last = try #require(try await Fixture.resultSet(columns, [row]).first)
            return failure { () throws(SQLServerError) in try page(order).cursor(after: last) }
        }
        let missing = try await misuse("total", [Self.columns[0]], [.int(1)])
        #expect(missing?.code == .misuse && missing?.message.contains("'total'") == true)
        let dated = [Self.columns[0], SQLColumn(name: "placed", type: .dateTime)]
        let datetime = try await misuse("placed", dated, [.int(1), Sample.moment("2024-02-29 12:34:56.003")])
        #expect(datetime?.code == .misuse && datetime?.message.contains("datetime") == true)
        let null = try await misuse("placed", Self.columns, [.int(1), .null, .null, .null])
        #expect(null?.code == .misuse && null?.message.contains("NULL") == true)
        let text = [Self.columns[0], SQLColumn(name: "total", type: .nVarChar(10))]
        let wrong = try await misuse("total", text, [.int(1), .string("5")])
        #expect(wrong?.code == .misuse && wrong?.message.contains("decimal(19,4)") == true)
    }

    @Test func needsASize() {
        for size in [0, -1, Int.max] {
            let error = failure { () throws(SQLServerError) in
                try SQLKeysetPage(order: try Orders.list.order(by: nil), size: size, signer: signer)
            }
            #expect(error?.code == .invalidRequest)
        }
    }

    private func cursor(_ page: SQLKeysetPage) async throws -> String {
        try page.cursor(after: try #require(try await rows(Self.row).first))
    }

    private func code(_ make: () throws(SQLServerError) -> SQLKeysetPage) -> SQLServerError.Code? {
        failure(make)?.code
    }

    @Test func takesItsCursorOnlyWithTheSameOrderAndFilter() async throws {
        let filter: SQLQuery = "o.Tenant = \(5)"
        let cursor = try await cursor(page("-total", filter: filter))
        #expect(code { () throws(SQLServerError) in try page("-total", after: cursor, filter: filter) } == nil)
        for order in ["total", "-total,customer", "customer", nil] {
            #expect(
                code { () throws(SQLServerError) in try page(order, after: cursor, filter: filter) } == .invalidCursor)
        }
        for other: SQLQuery in [
            "", "o.Tenant = \(6)", "o.Tenant = \(5, as: .int)", "o.Tenant = \("5")", "o.Tenant  = \(5)",
        ] {
            let error = failure { () throws(SQLServerError) in try page("-total", after: cursor, filter: other) }
            #expect(error?.code == .invalidCursor)
            #expect(error?.message.contains("another list") == true)
        }
    }

    @Test func takesItsCursorOnlyForTheSameList() async throws {
        func page(_ name: String, after cursor: String?) throws(SQLServerError) -> SQLKeysetPage {
            let list = SQLAllowList(name: name, [.column("id", "Id", .bigInt)], uniqueKey: ["id"])
            return try SQLKeysetPage(order: list.order(by: nil), size: 1, after: cursor, signer: signer)
        }
        let cursor = try await cursor(page("orders", after: nil))
        #expect(code { () throws(SQLServerError) in try page("orders", after: cursor) } == nil)
        #expect(code { () throws(SQLServerError) in try page("invoices", after: cursor) } == .invalidCursor)
    }

    @Test(arguments: [.zero, .seconds(-1), .milliseconds(500), .seconds(1e11)] as [Duration])
    func needsALifetimeOfSeconds(lifetime: Duration) {
        #expect(code { () throws(SQLServerError) in try page("total", lifetime: lifetime) } == .misuse)
    }

    @Test func noticesEveryChangedCharacter() async throws {
        let cursor = Array(try await cursor(page("total")).utf8)
        for index in cursor.indices {
            for other in [UInt8(ascii: "A"), UInt8(ascii: "_"), UInt8(ascii: "7"), UInt8(ascii: "=")]
            where other != cursor[index] {
                var damaged = cursor
                damaged[index] = other
                let text = String(decoding: damaged, as: UTF8.self)
                #expect(code { () throws(SQLServerError) in try page("total", after: text) } == .invalidCursor)
            }
        }
    }

    @Test(arguments: [
        "x", "AAAA", "====", "not a cursor", "'; DROP TABLE t; --", "\u{0}", "🙂", String(repeating: "A", count: 200),
        String(repeating: "A", count: 100_000), String(repeating: "-", count: 72),
    ])
    func refusesWhatIsNoCursor(text: String) {
        let error = failure { () throws(SQLServerError) in try page("total", after: text) }
        #expect(error?.code == .invalidCursor)
        #expect(error?.message.contains("damaged") == true)
    }

    @Test func refusesCutAndLengthenedCursors() async throws {
        let cursor = try await cursor(page("total"))
        for text in [
            String(cursor.dropLast()), String(cursor.dropFirst()), cursor + "A", cursor + "AAAA", cursor + cursor,
        ] {
            #expect(code { () throws(SQLServerError) in try page("total", after: text) } == .invalidCursor)
        }
    }

    @Test func refusesCursorsOfAnotherKey() async throws {
        let cursor = try await cursor(page("total", signer: TestSigner(key: 2)))
        #expect(code { () throws(SQLServerError) in try page("total", after: cursor) } == .invalidCursor)
    }

    @Test func expiresAfterItsLifetime() async throws {
        let cursor = try await cursor(page("total", lifetime: .seconds(60)))
        let at = { (seconds: Double) in Date(timeIntervalSince1970: seconds) }
        #expect(code { () throws(SQLServerError) in try page("total", after: cursor, now: at(1_060)) } == nil)
        #expect(
            code { () throws(SQLServerError) in try page("total", after: cursor, now: at(1_061)) } == .expiredCursor)
        let forever = try await self.cursor(page("total"))
        #expect(code { () throws(SQLServerError) in try page("total", after: forever, now: at(4e9)) } == nil)
    }

    @Test func refusesCursorsOfAnotherVersion() async throws {
        // The same bytes with another version and a right seal, as a later version of the library could make them.
        let cursor = try await cursor(page("total"))
        let plain = cursor.replacing("-", with: "+").replacing("_", with: "/")
        let padded = plain + String(repeating: "=", count: (4 - plain.utf8.count % 4) % 4)
        var bytes = Array(try #require(Data(base64Encoded: padded)).dropLast(32))
        bytes[0] = 2
        let seal = try signer.authenticationCode(for: Array("swift-sqlserver cursor".utf8) + bytes)
        let text = Data(bytes + seal).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
            .replacing("=", with: "")
        #expect(code { () throws(SQLServerError) in try page("total", after: text) } == .expiredCursor)
    }

    @Test func needsASignerOf32Bytes() async throws {
        let short = try page("total", signer: TestSigner(length: 16))
        let last = try #require(try await rows(Self.row).first)
        #expect(failure { () throws(SQLServerError) in try short.cursor(after: last) }?.code == .misuse)
    }

    @Test func keepsValuesOfEveryTypeBitByBit() async throws {
        for (type, values) in Sample.all where ![.xml, .text, .nText, .image].contains(type) {
            let list = SQLAllowList([.column("k", "K", type, isSortable: true)], uniqueKey: ["k"])
            let order = try list.order(by: "k")
            for value in values + [.null] {
                let row = Fixture.row(value, type, name: "k")
                let cursor = try SQLKeysetPage(order: order, size: 1, signer: signer).cursor(after: row)
                #expect(
                    cursor.utf8.allSatisfy {
                        Set("-_".utf8).contains($0) || Character(Unicode.Scalar($0)).isLetter
                            || Character(Unicode.Scalar($0)).isNumber
                    })
                guard cursor.utf8.count <= 64 << 10 else { continue }
                let request = try SQLKeysetPage(order: order, size: 1, after: cursor, signer: signer).condition
                    .rendered()
                guard value != .null else {
                    #expect(request.text == "K IS NOT NULL")
                    continue
                }
                #expect(request.text == "K > @p1")
                #expect(request.parameters[0].type == type)
                #expect("\(request.parameters[0].value)" == "\(value)", "\(type)")
                if case .double(let sent) = request.parameters[0].value, case .double(let read) = value {
                    #expect(sent.bitPattern == read.bitPattern)
                }
            }
        }
    }
}
