import Foundation
import SQLServer
import TestSupport
import Testing

/// FOR JSON documents, which the server cuts into rows of about 2,033 characters.
@Suite struct JSONTests {
    private struct Item: Codable, Equatable, Sendable {
        let id: Int
        let name: String?
        let tags: [String]?
    }

    /// Numbered items whose names have characters beyond the first plane, so that a cut falls inside one now and then.
    private static let items: SQLQuery = """
        WITH n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE i < 900)
        SELECT i AS id, REPLICATE(N'🐘', i % 7) + N'name' AS name FROM n FOR JSON PATH
        OPTION (MAXRECURSION 0)
        """

    @Test(arguments: Engine.all) func aLongDocumentIsReadWhole(engine: Engine) async throws {
        try await withTestClient(engine) { db in
            let rows = try await db.query(Self.items)
            #expect(rows.count > 10)
            let items = try #require(try await db.json(Self.items, as: [Item].self))
            #expect(items.count == 900)
            for item in items {
                #expect(item.name == String(repeating: "🐘", count: item.id % 7) + "name")
            }
        }
    }

    @Test(arguments: Engine.all) func theStreamedPartsAreTheDocument(engine: Engine) async throws {
        try await withTestClient(engine) { db in
            var document = ""
            var count = 0
            for try await part in db.stream(Self.items).jsonParts {
                document += part
                count += 1
            }
            let whole = try await db.json(Self.items)
            #expect(document == whole && count > 10)
        }
    }

    @Test(arguments: Engine.all) func rowsThatAreNoDocumentAreNotStreamedAsOne(engine: Engine) async throws {
        try await withTestClient(engine) { db in
            let error = await #expect(throws: SQLServerError.self) {
                for try await _ in db.stream("SELECT N'a' AS x UNION ALL SELECT N'b'").jsonParts {}
            }
            #expect(error?.code == .decoding)
        }
    }

    @Test(arguments: Engine.all) func noRowsAreNoDocument(engine: Engine) async throws {
        try await withTestClient(engine) { db in
            let document = try await db.json("SELECT 1 AS a WHERE 1 = 0 FOR JSON PATH")
            #expect(document == nil)
        }
    }

    @Test(arguments: Engine.all) func aValueGoesAndComesAsJSON(engine: Engine) async throws {
        try await withTestClient(engine) { db in
            try await db.execute("CREATE TABLE dbo.T (Id int NOT NULL, Item nvarchar(max) NULL)")
            let item = Item(id: 7, name: "O'Neil 🐘 \"x\"", tags: ["a", "b/c"])
            try await db.execute("INSERT dbo.T VALUES (1, \(SQLJSON(item))), (2, \(SQLJSON<Item>?.none))")
            let rows = try await db.query("SELECT Id, Item FROM dbo.T ORDER BY Id", as: (Int, SQLJSON<Item>?).self)
            #expect(rows[0].1?.value == item && rows[1].1 == nil)
            let name = try await db.scalar("SELECT JSON_VALUE(Item, '$.name') FROM dbo.T WHERE Id = 1", as: String.self)
            #expect(name == item.name)
        }
    }
}
