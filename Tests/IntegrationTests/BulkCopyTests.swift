import EmbeddedSQLServer
import SQLServer
import TestSupport
import Testing

/// Copying rows into tables (INSERT BULK: "Bulk Copy" of bcp and SqlBulkCopy; MS-TDS 2.2.6.1).
@Suite(.timeLimit(.minutes(2))) struct BulkCopyTests {
    private static let users = """
        CREATE TABLE dbo.Users (Id int NOT NULL PRIMARY KEY, Name nvarchar(20) NULL, Age tinyint NULL)
        """

    @Test(arguments: Engine.all) func tuplesAreCopied(engine: Engine) async throws {
        try await withTestClient(engine) { db in
            try await db.execute(SQLQuery(unsafe: Self.users))
            let rows: [(Int, String?, Int?)] = [(1, "Ada", 36), (2, nil, nil), (3, "", 0), (4, "😀 Zoë", 255)]
            let copied = try await db.bulkCopy(into: "dbo.Users", columns: ["id", "NAME", "Age"], rows: rows)
            #expect(copied.rowsCommitted == 4)
            #expect(copied.batchCount == 1)
            let back = try await db.query(
                "SELECT Id, Name, Age FROM dbo.Users ORDER BY Id", as: (Int, String?, Int?).self)
            #expect(back.map(\.0) == [1, 2, 3, 4])
            #expect(back.map(\.1) == ["Ada", nil, "", "😀 Zoë"])
            #expect(back.map(\.2) == [36, nil, 0, 255])
        }
    }

    @Test(arguments: Engine.all) func aHundredThousandRowsAreCopiedInOrder(engine: Engine) async throws {
        try await withTestClient(engine) { db in
            try await db.execute(
                "CREATE TABLE dbo.Numbers (Id bigint NOT NULL, Text nvarchar(40) NULL, Half float NULL)")
            let rows = (0..<100_000).lazy.map { ($0, "row \($0)", Double($0) / 2) }
            let copied = try await db.bulkCopy(
                into: "dbo.Numbers", columns: ["Id", "Text", "Half"], options: .init(batchSize: 30_000), rows: rows)
            #expect(copied.rowsCommitted == 100_000)
            #expect(copied.batchCount == 4)
            let sums = try await db.query(
                "SELECT COUNT(*), SUM(Id), SUM(Half), SUM(LEN(Text)) FROM dbo.Numbers", as: (Int, Int, Double, Int).self
            )
            #expect(sums.first?.0 == 100_000)
            #expect(sums.first?.1 == 4_999_950_000)
            #expect(sums.first?.2 == 2_499_975_000)
            #expect(sums.first?.3 == (0..<100_000).reduce(0) { $0 + 4 + String($1).count })
        }
    }

    @Test(arguments: Engine.all) func encodableValuesAreMatchedByName(engine: Engine) async throws {
        enum Kind: String, Encodable { case new, old }
        struct User: Encodable {
            let name: String?
            let id: Int
            let kind: Kind
        }
        try await withTestClient(engine) { db in
            try await db.execute(
                "CREATE TABLE dbo.People (Id int NOT NULL, Name nvarchar(20) NULL, Kind varchar(5) NULL)")
            try await db.bulkCopy(
                into: "dbo.People",
                rows: [User(name: nil, id: 1, kind: .new), User(name: "Ada", id: 2, kind: .old)])
            let back = try await db.query(
                "SELECT Id, Name, Kind FROM dbo.People ORDER BY Id", as: (Int, String?, String).self)
            #expect(back.map(\.1) == [nil, "Ada"])
            #expect(back.map(\.2) == ["new", "old"])
        }
    }

    @Test(arguments: Engine.all) func theRowsOfAQueryAreCopiedWhileTheyCome(engine: Engine) async throws {
        try await withTestClient(engine) { db in
            try await db.execute(
                "CREATE TABLE dbo.Source (Id int, Name nvarchar(30), Bin varbinary(9), Price decimal(9,2))")
            try await db.execute("SELECT * INTO dbo.Target FROM dbo.Source")
            let rows = (0..<3_000).lazy.map { i -> (Int, String?, [UInt8], SQLDecimal?) in
                (i, i % 7 == 0 ? nil : "naïve \(i)", [UInt8(i % 256)], SQLDecimal("\(i).25"))
            }
            try await db.bulkCopy(into: "dbo.Source", columns: ["Id", "Name", "Bin", "Price"], rows: rows)
            let copied = try await db.bulkCopy(
                into: "dbo.Target", rows: db.stream("SELECT Price, Name, Id, Bin FROM dbo.Source"))
            #expect(copied.rowsCommitted == 3_000)
            let difference = try await db.scalar(
                "SELECT COUNT(*) FROM (SELECT * FROM dbo.Source EXCEPT SELECT * FROM dbo.Target) AS d", as: Int.self)
            #expect(difference == 0)
        }
    }

    @Test(arguments: Engine.all) func aTemporaryTableOfALeaseTakesRows(engine: Engine) async throws {
        try await withTestClient(engine) { db in
            let count = try await db.withConnection { connection in
                try await connection.execute("CREATE TABLE #ids (Id int NOT NULL)")
                try await connection.bulkCopy(into: "#ids", columns: ["Id"], rows: 1...2_500)
                return try await connection.scalar("SELECT COUNT(DISTINCT Id) FROM #ids", as: Int.self)
            }
            #expect(count == 2_500)
        }
    }

    @Test(arguments: Engine.all) func namesAreQuoted(engine: Engine) async throws {
        try await withTestClient(engine) { db in
            try await db.execute("CREATE TABLE dbo.[Order ]] Details] ([a.b] int, [c]]d] nvarchar(9))")
            try await db.bulkCopy(
                into: "dbo.[Order ]] Details]", columns: ["a.b", "c]d"], rows: [(1, "x")] as [(Int, String)])
            let text = try await db.scalar("SELECT [c]]d] FROM dbo.[Order ]] Details]", as: String.self)
            #expect(text == "x")
        }
    }
}
