import EmbeddedSQLServer
import SQLServer
import TestSupport
import Testing

/// The examples of docs/querying.md, compiled and run.
///
/// PackageTests compares them with the page letter by letter.
@Suite(.embeddedOnly) struct QueryingExamples {
    private func withTables(_ body: (SQLServerClient) async throws -> Void) async throws {
        try await withTestClient { db in
            try await db.execute(
                """
                CREATE TABLE dbo.Users (Id int NOT NULL, Name nvarchar(50) NOT NULL, Email nvarchar(100) NOT NULL, Age int NOT NULL);
                INSERT dbo.Users VALUES (1, N'Ada', N'ada@example.com', 36), (2, N'Grace', N'grace@example.com', 45);
                CREATE TABLE dbo.Products (Code varchar(10) NOT NULL, Name nvarchar(50) NOT NULL, Since datetime NOT NULL);
                INSERT dbo.Products VALUES ('A1', N'Pen', '2024-02-29T12:34:56.003'), ('B2', N'Ink', '2024-03-01T00:00:00');
                CREATE TABLE dbo.Towns (Id int NOT NULL, Name varchar(40) NOT NULL);
                CREATE TABLE dbo.People (Name nvarchar(50) NOT NULL, City nvarchar(50) NULL, Tenant int NOT NULL);
                INSERT dbo.People VALUES (N'Ada', N'London', 7), (N'Grace', N'Arlington', 7), (N'Alan', N'London', 8);
                CREATE TABLE dbo.Guests (Name nvarchar(50) NOT NULL, Tenant int NOT NULL);
                CREATE TABLE dbo.Orders (Id bigint NOT NULL, Customer nvarchar(100) NOT NULL, PlacedAt datetime2(7) NOT NULL,
                    Total decimal(19, 4) NULL);
                INSERT dbo.Orders VALUES (1, N'Ada', '2024-01-01', 150), (2, N'Alan', '2024-01-02', 120), (3, N'Grace', '2024-01-03', 200),
                    (4, N'Ada', '2024-01-04', NULL);
                """)
            try await body(db)
        }
    }

    @Test func parameters() async throws {
        try await withTables { db in
            let (email, code) = ("ada@example.com", "A1")
            let since = try #require(SQLDateTime("2024-02-29 12:34:56.003"))
            // README
            let users = try await db.query(
                "SELECT Id, Name FROM dbo.Users WHERE Email = \(email) AND Age >= \(18)", as: (Int, String).self)
            // README
            // README
            let product = try await db.query(
                "SELECT Name FROM dbo.Products WHERE Code = \(code, as: .varChar(10)) AND Since = \(since, as: .dateTime)",
                as: (String).self)
            // README
            // README
            let town = try await db.query(
                "SELECT Id FROM dbo.Towns WHERE Name = \("Zürich", as: .varChar(40))", as: (Int).self)
            // README
            #expect(users.map(\.1) == ["Ada"] && product == ["Pen"] && town.isEmpty)
        }
    }

    @Test func lists() async throws {
        try await withTables { db in
            let (ids, codes) = ([1, 5, 9], ["B2"])
            // README
            let chosen = try await db.query("SELECT Name FROM dbo.Users WHERE Id IN (\(ids))", as: (String).self)
            let others = try await db.query(
                "SELECT Name FROM dbo.Products WHERE Code NOT IN (\(codes, as: .varChar(10)))", as: (String).self)
            // README
            #expect(chosen == ["Ada"] && others == ["Pen"])
        }
    }

    @Test func names() async throws {
        try await withTables { db in
            let (schema, table) = ("dbo", "Users")
            // README
            let count = try await db.scalar("SELECT COUNT(*) FROM \(identifier: schema, table)", as: Int.self)
            let hinted = try await db.query("SELECT Id FROM dbo.Users \(unsafe: "OPTION (MAXDOP 1)")", as: (Int).self)
            // README
            #expect(count == 2 && hinted.count == 2)
        }
    }

    @Test func fragments() async throws {
        try await withTables { db in
            let (tenant, city): (Int, String?) = (7, "London")
            // README
            var conditions: [SQLQuery] = ["Tenant = \(tenant)"]
            if let city { conditions.append("City = \(city) OR City IS NULL") }
            let filter = conditions.joined(operator: .and)
            let people = try await db.query("SELECT Name FROM dbo.People WHERE \(filter)", as: (String).self)

            let values: [SQLQuery] = people.map { "(\($0), \(tenant))" }
            try await db.execute("INSERT dbo.Guests (Name, Tenant) VALUES \(values.joined(separator: ", "))")
            // README
            let guests = try await db.query("SELECT Name FROM dbo.Guests", as: (String).self)
            #expect(people == ["Ada"] && guests == ["Ada"])
        }
    }

    @Test func filtersAndPages() async throws {
        try await withTables { db in
            // README
            let orders = SQLAllowList(
                [
                    .column("id", "o.Id", .bigInt, filter: .equality, isNullable: false),
                    .column("customer", "o.Customer", .nVarChar(100), filter: .text, isSortable: true),
                    .column(
                        "placed", "o.PlacedAt", .dateTime2(7), filter: .comparison, isSortable: true, isNullable: false),
                    .column(
                        "total", "o.Total", .decimal(19, 4), filter: .comparison.union([.isNull]), isSortable: true),
                ],
                uniqueKey: ["id"], defaultOrder: "-placed")
            // README
            try await offsetPage(db, orders)
            var (cursor, read): (String?, [String]) = (nil, [])
            repeat {
                let (names, next) = try await keysetPage(
                    db, orders, cursor: cursor, secret: Array(repeating: 7, count: 32), sort: "-total",
                    query: "customer[contains]=a")
                read += names
                cursor = next
            } while cursor != nil && read.count < 10
            #expect(read == ["Grace", "Ada", "Alan", "Ada"])
        }
    }

    private func offsetPage(_ db: SQLServerClient, _ orders: SQLAllowList) async throws {
        // README
        // GET /orders?customer[startsWith]=A&total[ge]=100&sort=-total&page=2
        let condition = try orders.filter(query: "customer[startsWith]=A&total[ge]=100&sort=-total&page=2")
        let order = try orders.order(by: "-total")
        let page = try SQLOffsetPage(number: "2", size: nil, defaultSize: 1, maximumSize: 100)
        let second = try await db.query(
            "SELECT o.Id FROM dbo.Orders AS o WHERE \(condition) ORDER BY \(order) \(page)", as: (Int).self)
        // README
        #expect(second == [2])
    }

    private func keysetPage(
        _ db: SQLServerClient, _ orders: SQLAllowList, cursor: String?, secret: [UInt8], sort: String, query: String
    ) async throws -> ([String], String?) {
        // README
        let key = try SQLCursorKey(secret)  // 32 random bytes that all instances of the service share
        let page = try SQLKeysetPage(
            order: orders.order(by: sort), filter: orders.filter(query: query), size: 2, after: cursor, signer: key,
            lifetime: .seconds(86_400))
        let rows = try await db.query(
            """
            SELECT TOP (\(page.limit)) o.Id AS id, o.Customer AS customer, o.Total AS total
            FROM dbo.Orders AS o WHERE \(page.condition) ORDER BY \(page.order)
            """)
        let result = try page.result(of: rows)
        let shown = try result.rows.map { try $0.decode((Int, String).self) }
        let next = result.nextCursor  // nil on the last page
        // README
        return (shown.map(\.1), next)
    }
}
