import Foundation
import SQLServer
import TestSupport
import Testing

/// Filters, orders and pages of an API's list, against a server.
@Suite struct ListingTests {
    private static let columns = SQLAllowList(
        [
            .column("id", "Id", .int, filter: .comparison, isNullable: false),
            .column("name", "Name", .nVarChar(50), filter: .text.union([.isNull]), isSortable: true),
            .column("at", "At", .dateTime2(7), filter: .comparison, isSortable: true),
            .column("total", "Total", .decimal(19, 4), filter: .comparison, isSortable: true),
            .column("key", "[Key]", .uniqueIdentifier, filter: .equality, isSortable: true),
        ],
        uniqueKey: ["id"])

    private static let names = ["Ada", "ada", "Ąda", "🙂🙂", "100%", "a_b", "[x]", "O'Neil", "", "back\\slash", "~"]

    private static func withTable(
        _ engine: Engine, names: [String] = names, _ body: (SQLServerClient) async throws -> Void
    ) async throws {
        try await withTestClient(engine) { db in
            try await db.execute(
                """
                CREATE TABLE dbo.Items (Id int NOT NULL PRIMARY KEY, Name nvarchar(50) NULL, At datetime2(7) NULL,
                    Total decimal(19, 4) NULL, [Key] uniqueidentifier NULL)
                """)
            var rows: [SQLQuery] = []
            for id in 1...90 {
                // Few different values, so that every key has many rows and NULLs.
                let name = id % 4 == 0 ? nil : names[id % names.count]
                let at = id % 5 == 0 ? nil : SQLDateTime("2024-02-29 12:34:56.765432\(id % 3)")
                let total = id % 3 == 0 ? nil : SQLDecimal("123456789012.000\(id % 4)")
                let key =
                    id % 7 == 0 ? nil : SQLUniqueIdentifier("0000000\(id % 3)-0000-0000-0000-00000000000\(id % 4)")
                rows.append("(\(id), \(name, as: .nVarChar(50)), \(at), \(total, as: .decimal(19, 4)), \(key))")
            }
            try await db.execute("INSERT dbo.Items VALUES \(rows.joined(separator: ", "))")
            try await body(db)
        }
    }

    private static func key() throws -> SQLCursorKey { try SQLCursorKey(Array(repeating: 7, count: 32)) }

    static let sorts = [
        "", "name", "-name", "at", "-at", "total,-at", "-total,at", "name,-total,at", "-key", "key,-name",
        "-at,-total,-name",
        "-name,key,-at,total",
    ]

    @Test(arguments: Engine.all, sorts)
    func keysetPagesGiveEachRowOnceInOrder(engine: Engine, sort: String) async throws {
        try await Self.withTable(engine) { db in
            let order = try Self.columns.order(by: sort)
            let filter = try Self.columns.filter(query: "id[ge]=3")
            let all = try await db.query("SELECT Id FROM dbo.Items WHERE \(filter) ORDER BY \(order)", as: (Int).self)
            var (read, cursor, pages): ([Int], String?, Int) = ([], nil, 0)
            repeat {
                let page = try SQLKeysetPage(
                    order: order, filter: filter, size: 7, after: cursor, signer: Self.key())
                let rows = try await db.query(
                    """
                    SELECT TOP (\(page.limit)) Id AS id, Name AS name, At AS at, Total AS total, [Key] AS [key]
                    FROM dbo.Items WHERE \(page.condition) ORDER BY \(page.order)
                    """)
                let result = try page.result(of: rows)
                read += try result.rows.map { try $0.decode(Int.self, at: "id") }
                cursor = result.nextCursor
                pages += 1
            } while cursor != nil && pages < 100
            #expect(read == all)
            #expect(read.count == 88 && pages == 13)
        }
    }

    @Test(arguments: Engine.all) func aKeysetPageIsSteadyWhenRowsComeAndGo(engine: Engine) async throws {
        try await Self.withTable(engine) { db in
            let order = try Self.columns.order(by: "-total")
            func next(_ cursor: String?) async throws -> ([Int], String?) {
                let page = try SQLKeysetPage(order: order, size: 10, after: cursor, signer: Self.key())
                let rows = try await db.query(
                    """
                    SELECT TOP (\(page.limit)) Id AS id, Total AS total FROM dbo.Items
                    WHERE \(page.condition) ORDER BY \(page.order)
                    """)
                let result = try page.result(of: rows)
                return (try result.rows.map { try $0.decode(Int.self, at: "id") }, result.nextCursor)
            }
            let (first, cursor) = try await next(nil)
            let (second, _) = try await next(cursor)
            // The row of the cursor itself and all before it go, and others come in front.
            try await db.execute("DELETE dbo.Items WHERE Id IN (\(first))")
            try await db.execute("INSERT dbo.Items (Id, Total) VALUES (1001, 999999999999), (1002, 999999999999)")
            let (again, _) = try await next(cursor)
            #expect(again == second && !second.isEmpty)
        }
    }

    @Test(arguments: Engine.all) func offsetPagesGiveEachRowOnceInOrder(engine: Engine) async throws {
        try await Self.withTable(engine) { db in
            let order = try Self.columns.order(by: "-name,at")
            let all = try await db.query("SELECT Id FROM dbo.Items ORDER BY \(order)", as: (Int).self)
            var read: [Int] = []
            for number in 1...10 {
                let page = try SQLOffsetPage(number: "\(number)", size: "10")
                read += try await db.query("SELECT Id FROM dbo.Items ORDER BY \(order) \(page)", as: (Int).self)
            }
            #expect(read == all && read.count == 90)
        }
    }

    static let filters: [(String, Int)] = [
        ("id=5", 1), ("id[ne]=5", 89), ("id[in]=1,2,3,500", 3), ("id[between]=5,9", 5), ("id[ge]=5&id[lt]=8", 3),
        ("name[isNull]=true", 22), ("name[isNull]=false", 68), ("id[in]=", 0), ("name=O'Neil", 6),
        ("name[contains]=%25", 6), ("name[contains]=_", 6), ("name[contains]=[", 6), ("name[endsWith]=\\slash", 6),
        ("name[startsWith]=%E2%82%AC", 6), ("name[contains]='; DROP TABLE dbo.Items; --", 0),
        ("total=123456789012.0001", 16), ("at=2024-02-29T12:34:56.7654321", 24),
    ]

    @Test(arguments: Engine.all) func filtersFindWhatTheySay(engine: Engine) async throws {
        // The embedded server refuses LIKE over emoji.
        try await Self.withTable(engine, names: Self.names.map { $0 == "🙂🙂" ? "€€" : $0 }) { db in
            for (query, expected) in Self.filters {
                let filter = try Self.columns.filter(query: query)
                let ids = try await db.query("SELECT Id FROM dbo.Items WHERE \(filter)", as: (Int).self)
                #expect(ids.count == expected, "\(query)")
            }
        }
    }

    @Test func cursorsAreBoundToTheirKey() throws {
        let old = Array(repeating: 1, count: 32) as [UInt8]
        let new = Array(repeating: 2, count: 40) as [UInt8]
        let message = Array("message".utf8)
        let code = try SQLCursorKey(old).authenticationCode(for: message)
        #expect(code.count == 32)
        #expect(try SQLCursorKey(old).isAuthentic(code, for: message))
        #expect(try !SQLCursorKey(old).isAuthentic(code, for: message + [0]))
        #expect(try !SQLCursorKey(new).isAuthentic(code, for: message))
        // While a new key is rolled out, cursors of the old one still count.
        #expect(try SQLCursorKey(new, previous: [old]).isAuthentic(code, for: message))
        #expect(try SQLCursorKey(new, previous: [old]).authenticationCode(for: message) != code)
    }

    @Test func shortKeysAreRefusedAndNoKeyIsShown() throws {
        for keys in [[], [1, 2, 3], Array(repeating: 7, count: 31)] as [[UInt8]] {
            let error = #expect(throws: SQLServerError.self) { try SQLCursorKey(keys) }
            #expect(error?.code == .configuration)
            #expect(throws: SQLServerError.self) { try SQLCursorKey(Array(repeating: 7, count: 32), previous: [keys]) }
        }
        let key = try SQLCursorKey(Array(repeating: 123, count: 32))
        var dumped = ""
        dump(key, to: &dumped)
        #expect(!"\(key) \(String(reflecting: key)) \(dumped)".contains("123"))
    }
}
