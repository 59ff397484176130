import EmbeddedSQLServer
import SQLValues
import TDSProtocol
import Testing

/// Bulk loads over the wire (INSERT BULK and MS-TDS 2.2.6.1).
@Suite struct ServerBulkLoadTests {
    private static let table = """
        CREATE TABLE dbo.b (id int IDENTITY(10, 1) NOT NULL PRIMARY KEY, name nvarchar(5) NOT NULL, n int NULL DEFAULT 7,
            price decimal(9,2) NULL CHECK (price >= 0))
        """

    private static func with(_ body: (WireClient) throws -> Void) throws {
        let server = try EmbeddedServer.start()
        defer { server.stop() }
        let client = try WireClient.loggedIn(server)
        #expect(try client.batch(table).messages.isEmpty)
        try body(client)
    }

    private static func column(_ name: String, _ type: SQLType) -> ColumnDescription {
        ColumnDescription(name: name, type: TypeInfo(type))
    }

    private static let named = [column("name", .nVarChar(5)), column("n", .int)]

    private static func load(
        _ client: WireClient, _ columns: [ColumnDescription] = named, rows: [[SQLValue]]
    ) throws -> [ServerToken] {
        try client.request(.bulkLoad, try BulkLoad(columns: columns, rows: rows).encoded())
    }

    private static func rows(_ client: WireClient) throws -> [[SQLValue]] {
        try client.batch("SELECT id, name, n FROM b ORDER BY id").rows
    }

    @Test func rowsAreInsertedWithIdentitiesAndDefaults() throws {
        try Self.with { client in
            #expect(try client.batch("INSERT BULK dbo.b (name nvarchar(5), n int)").dones.map(\.status) == [[]])
            let tokens = try Self.load(client, rows: [[.string("a"), .int(1)], [.string("b"), .null]])
            #expect(tokens == [.done(Done(.statement, status: .count, command: 240, rowCount: 2))])
            #expect(try Self.rows(client) == [[.int(10), .string("a"), .int(1)], [.int(11), .string("b"), .int(7)]])
        }
    }

    @Test func nullsStayWhenTheyAreToBeKept() throws {
        try Self.with { client in
            _ = try client.batch(
                "INSERT BULK b (name nvarchar(5), n int) WITH (KEEP_NULLS, TABLOCK, ROWS_PER_BATCH = 9)")
            _ = try Self.load(client, rows: [[.string("a"), .null]])
            #expect(try Self.rows(client) == [[.int(10), .string("a"), .null]])
        }
    }

    @Test func valuesOfTheIdentityColumnAreKeptWhenTheyAreSent() throws {
        try Self.with { client in
            _ = try client.batch("INSERT BULK b (id int, name nvarchar(5))")
            let columns = [Self.column("id", .int), Self.column("name", .nVarChar(5))]
            _ = try Self.load(client, columns, rows: [[.int(100), .string("a")]])
            _ = try client.batch("INSERT b (name) VALUES (N'z')")
            #expect(try Self.rows(client).map(\.first) == [.int(100), .int(101)])
        }
    }

    /// A row that cannot be loaded, and the number of its error.
    private static let badRows: [(row: [SQLValue], number: Int32)] = [
        ([.null, .int(1)], 515), ([.string("toolong"), .int(1)], 4815),
    ]

    @Test(arguments: badRows) func aBadRowEndsTheWholeLoad(row: [SQLValue], number: Int32) throws {
        try Self.with { client in
            _ = try client.batch("INSERT BULK b (name nvarchar(5), n int)")
            let columns = [Self.column("name", .nVarChar(50)), Self.column("n", .int)]
            let tokens = try Self.load(client, columns, rows: [[.string("a"), .int(1)], row])
            #expect(tokens.messages.map(\.number) == [number, 3621])
            #expect(tokens.dones.last?.status.contains(.error) == true)
            #expect(try Self.rows(client).isEmpty)
        }
    }

    @Test func keysAndChecksAreChecked() throws {
        try Self.with { client in
            let statement = "INSERT BULK b (id int, name nvarchar(5), price decimal(9,2)) WITH (CHECK_CONSTRAINTS)"
            let columns = [
                Self.column("id", .int), Self.column("name", .nVarChar(5)), Self.column("price", .decimal(9, 2)),
            ]
            let price = SQLDecimal("1.50").map { SQLValue.decimal($0) } ?? .null
            _ = try client.batch(statement)
            let row: [SQLValue] = [.int(1), .string("a"), price]
            #expect(try Self.load(client, columns, rows: [row, row]).messages.map(\.number) == [2627, 3621])
            _ = try client.batch(statement)
            let negative = SQLDecimal("-1.50").map { SQLValue.decimal($0) } ?? .null
            let bad: [SQLValue] = [.int(1), .string("a"), negative]
            #expect(try Self.load(client, columns, rows: [bad]).messages.map(\.number) == [547, 3621])
        }
    }

    @Test func textIsConvertedToTheColumnsTypes() throws {
        try Self.with { client in
            _ = try client.batch("INSERT BULK b (name nvarchar(4000), n nvarchar(4000), price nvarchar(4000))")
            let columns = ["name", "n", "price"].map { Self.column($0, .nVarChar(4_000)) }
            _ = try Self.load(client, columns, rows: [[.string("a"), .string("42"), .string("3.25")]])
            #expect(
                try client.batch("SELECT n, CAST(price AS varchar(9)) FROM b").rows == [[.int(42), .string("3.25")]])
        }
    }

    private static let refused: [(text: String, number: Int32)] = [
        ("INSERT BULK b (name nvarchar(5)) WITH (ORDER (name ASC))", 40_517), ("INSERT BULK b", 40_517),
        ("INSERT BULK nowhere (a int)", 208), ("INSERT BULK b (nothing int)", 207), ("INSERT BULK b (name)", 102),
        ("INSERT BULK b (n int, N int)", 264), ("INSERT BULK b (n int); SELECT 1", 40_517),
    ]

    @Test(arguments: refused)
    func anAnnouncementThatCannotBeFulfilledIsAnError(text: String, number: Int32) throws {
        try Self.with { client in
            let tokens = try client.batch(text)
            #expect(tokens.messages.map(\.number).first == number)
            #expect(try client.batch("SELECT 1").dones.map(\.status) == [.count])
        }
    }

    @Test func rowsOfOtherColumnsAreRefused() throws {
        try Self.with { client in
            _ = try client.batch("INSERT BULK b (name nvarchar(5), n int)")
            let tokens = try Self.load(client, [Self.column("name", .nVarChar(5))], rows: [[.string("a")]])
            #expect(tokens.messages.first?.number == 4816)
        }
    }

    @Test func anotherRequestInThePlaceOfTheRowsIsAnError() throws {
        try Self.with { client in
            _ = try client.batch("INSERT BULK b (name nvarchar(5), n int)")
            #expect(try client.batch("SELECT 1").messages.map(\.number) == [4022])
            #expect(try client.batch("SELECT 1").messages.isEmpty)
            _ = try client.batch("INSERT BULK b (name nvarchar(5), n int)")
            #expect(try client.request(.attention, []).dones == [Done(.statement, status: .attention)])
            #expect(try client.batch("SELECT 1").messages.isEmpty)
        }
    }

    @Test func rowsThatNobodyAnnouncedEndTheConnection() throws {
        try Self.with { client in
            let tokens = try Self.load(client, rows: [[.string("a"), .int(1)]])
            #expect(tokens.messages.map(\.number) == [4002])
            #expect(client.isHungUp())
        }
    }

    @Test func aLoadIsPartOfTheOpenTransaction() throws {
        try Self.with { client in
            _ = try client.batch("BEGIN TRAN")
            _ = try client.batch("INSERT BULK b (name nvarchar(5), n int)")
            _ = try Self.load(client, rows: [[.string("a"), .int(1)]])
            #expect(try Self.rows(client).count == 1)
            _ = try client.batch("ROLLBACK")
            #expect(try Self.rows(client).isEmpty)
        }
    }

    @Test func queriesAreDescribedWithoutBeingRun() throws {
        try Self.with { client in
            let tokens = try client.batch("SET FMTONLY ON SELECT * FROM b SET FMTONLY OFF")
            guard case .columns(let columns)? = tokens.first(where: { if case .columns = $0 { true } else { false } })
            else {
                Issue.record("no columns")
                return
            }
            #expect(columns.map(\.name) == ["id", "name", "n", "price"])
            #expect(
                columns.map(\.flags) == [
                    .identity, .updatableUnknown, [.nullable, .updatableUnknown], [.nullable, .updatableUnknown],
                ])
            #expect(tokens.rows.isEmpty)
            #expect(try client.batch("SET FMTONLY ON; DELETE b; SET FMTONLY OFF").messages.map(\.number) == [40_517])
        }
    }

    @Test func orderedRowsSayByWhichColumns() throws {
        try Self.with { client in
            let tokens = try client.batch("SELECT n, name, id + 1 AS next FROM b ORDER BY name, 1 DESC")
            #expect(tokens.contains(.order([2, 1])))
            guard case .columns(let columns)? = tokens.first else { return }
            #expect(columns.last?.flags.contains(.computed) == true)
            let unordered = try client.batch("SELECT n FROM b")
            #expect(!unordered.contains { if case .order = $0 { true } else { false } })
        }
    }
}
