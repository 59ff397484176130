import Foundation
import SQLServer
import TestSupport
import Testing

/// The examples of docs/reading-results.md, compiled and run.
///
/// PackageTests compares them with the page letter by letter.
@Suite struct ReadingResultsExamples {
    private func withUsers(_ body: (SQLServerClient) async throws -> Void) async throws {
        try await withTestClient { db in
            try await db.execute(
                """
                CREATE TABLE dbo.Users
                    (Id int NOT NULL, Name nvarchar(50) NULL, Balance decimal(9, 2) NOT NULL, Born date NOT NULL)
                """)
            try await db.execute(
                "INSERT dbo.Users VALUES (1, N'Ada', 10.50, '1815-12-10'), (2, NULL, 7, '1906-12-09')")
            try await body(db)
        }
    }

    @Test func oneRowSeveralOrOneValue() async throws {
        try await withUsers { db in
            // README
            let users = try await db.query("SELECT Id, Name FROM dbo.Users ORDER BY Id", as: (Int, String?).self)
            let ids = try await db.query("SELECT Id FROM dbo.Users ORDER BY Id", as: Int.self)
            let ada = try await db.single(
                "SELECT Name, Balance FROM dbo.Users WHERE Id = \(1)", as: (String, SQLDecimal).self)
            let poorest = try await db.first(
                "SELECT TOP (1) Id, Name FROM dbo.Users ORDER BY Balance", as: (Int, String?).self)
            let count = try await db.scalar("SELECT COUNT(*) FROM dbo.Users", as: Int.self)
            let youngest = try await db.firstScalar(
                "SELECT TOP (1) Id FROM dbo.Users ORDER BY Born DESC", as: Int.self)
            // README
            #expect(users.map(\.0) == [1, 2] && users.map(\.1) == ["Ada", nil] && ids == [1, 2])
            #expect(ada == ("Ada", SQLDecimal("10.5") ?? 0) && poorest?.0 == 2 && count == 2 && youngest == 2)
        }
    }

    @Test func decodableTypes() async throws {
        try await withTestClient { db in
            try await db.execute(
                """
                CREATE TABLE dbo.People
                    (id int NOT NULL, name nvarchar(20) NULL, level tinyint NOT NULL, created_at datetime2(3) NOT NULL);
                CREATE TABLE dbo.Addresses
                    (person_id int NOT NULL, street nvarchar(20) NOT NULL, city nvarchar(20) NOT NULL);
                INSERT dbo.People VALUES (1, N'Ada', 2, '2024-02-29T12:00:00.125'), (2, NULL, 1, '2024-03-01');
                INSERT dbo.Addresses VALUES (1, N'St James''s Square', N'London');
                """)
            // README
            struct Address: Decodable {
                let street: String
                let city: String
            }
            enum Level: Int, Decodable { case basic = 1, gold = 2 }
            struct User: Decodable {
                let id: Int
                let name: String?
                let level: Level
                let createdAt: SQLDateTime
                let address: Address?
            }
            let found = try await db.query(
                """
                SELECT u.id, u.name, u.level, u.created_at, a.street AS [address.street], a.city AS [address.city]
                FROM dbo.People u LEFT JOIN dbo.Addresses a ON a.person_id = u.id ORDER BY u.id
                """, as: User.self, matching: .snakeCase)
            // README
            #expect(found.map(\.id) == [1, 2] && found.map(\.name) == ["Ada", nil])
            #expect(found.map(\.level) == [.gold, .basic])
            #expect(found[0].address?.city == "London" && found[0].address?.street == "St James's Square")
            #expect(found[1].address == nil && found[0].createdAt == SQLDateTime("2024-02-29 12:00:00.125"))
        }
    }

    @Test func enumerationsInTuples() async throws {
        try await withTestClient { db in
            try await db.execute("CREATE TABLE dbo.Things (Id int NOT NULL, Colour varchar(10) NULL)")
            try await db.execute("INSERT dbo.Things VALUES (1, 'green'), (2, NULL)")
            // README
            enum Colour: String, SQLDecodable { case red, green }
            let colours = try await db.query("SELECT Id, Colour FROM dbo.Things ORDER BY Id", as: (Int, Colour?).self)
            // README
            #expect(colours.map(\.1) == [.green, nil])
        }
    }

    @Test func datesAndTimeZones() async throws {
        try await withTestClient { db in
            try await db.execute("CREATE TABLE dbo.Shops (Id int NOT NULL, OpenedAt datetime2(0) NOT NULL)")
            try await db.execute("INSERT dbo.Shops VALUES (1, '2024-07-01T09:00:00')")
            // README
            let opened = try await db.scalar("SELECT OpenedAt FROM dbo.Shops WHERE Id = 1", as: SQLDateTime.self)
            let zone = TimeZone(identifier: "Europe/Berlin") ?? .gmt
            let moment = Date(opened, in: zone)
            let clock = SQLDateTime(moment, in: zone)
            let stamped = SQLDateTimeOffset(moment, in: zone)
            // README
            #expect(SQLDateTime(moment) == SQLDateTime("2024-07-01 07:00:00") && clock == opened)
            #expect(stamped?.description == "2024-07-01 09:00:00.0000000 +02:00")
        }
    }

    @Test func decimals() async throws {
        try await withTestClient { db in
            try await db.execute(
                "CREATE TABLE dbo.Lines (Id int NOT NULL, Price decimal(9, 2) NOT NULL, Amount int NOT NULL)")
            try await db.execute("INSERT dbo.Lines VALUES (1, 19.90, 3)")
            // README
            let (price, count) = try await db.single(
                "SELECT Price, Amount FROM dbo.Lines WHERE Id = 1", as: (SQLDecimal, Int).self)
            let rate = SQLDecimal("0.19") ?? 0
            let net = try price * SQLDecimal(count)
            let tax = try net.multiplied(by: rate, scale: 2, rounding: .toNearestOrEven)
            let gross = try (net + tax).rounded(to: 2)
            let share = try gross / 3
            let shown = Decimal(exactly: gross)
            // README
            // 59.70 x 0.19 = 11.343, and 71.04 / 3 = 23.68.
            #expect(net.description == "59.70" && tax.description == "11.34" && gross.description == "71.04")
            #expect(share.description == "23.680000" && shown == Decimal(string: "71.04"))
        }
    }

    @Test func json() async throws {
        try await withUsers { db in
            try await db.execute("CREATE TABLE dbo.Orders (Id int NOT NULL, Document nvarchar(max) NOT NULL)")
            try await db.execute(#"INSERT dbo.Orders VALUES (7, N'{"id":7,"lines":["pens"]}')"#)
            // README
            struct Order: Codable, Sendable, Equatable {
                let id: Int
                let lines: [String]
            }
            let document = try await db.json("SELECT Id AS id, Name AS name FROM dbo.Users FOR JSON PATH")
            let order = try await db.scalar(
                "SELECT Document FROM dbo.Orders WHERE Id = 7", as: SQLJSON<Order>.self
            ).value
            try await db.execute("INSERT dbo.Orders (Id, Document) VALUES (8, \(SQLJSON(order)))")
            // README
            #expect(document == #"[{"id":1,"name":"Ada"},{"id":2}]"#)
            let copy = try await db.scalar("SELECT Document FROM dbo.Orders WHERE Id = 8", as: SQLJSON<Order>.self)
            #expect(copy.value == Order(id: 7, lines: ["pens"]) && order == copy.value)
        }
    }

    @Test func streamsAndColumns() async throws {
        try await withUsers { db in
            // README
            var total = SQLDecimal.zero
            for try await (id, balance) in db.stream("SELECT Id, Balance FROM dbo.Users").decode((Int, SQLDecimal).self)
            {
                if id > 0 { try total += balance }
            }
            // README
            #expect(total == SQLDecimal("17.5"))
            // README
            var sum: Int64 = 0
            for try await batch in db.stream("SELECT Id, Name FROM dbo.Users").batches {
                let names = try batch.column("Name", as: String?.self)
                let unnamed = try batch.nulls(at: 1).count
                sum += try batch.withIntegers(at: 0) { ids in ids.indices.reduce(0) { $0 + ids[$1] } }
                print(names.count, unnamed)
            }
            // README
            #expect(sum == 3)
        }
    }
}
