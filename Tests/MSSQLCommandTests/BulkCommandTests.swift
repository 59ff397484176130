import CommandLineTools
import EmbeddedSQLServer
import MSSQLCommand
import Synchronization
import Testing

/// `mssql query --bulk` against the embedded server.
@Suite struct BulkCommandTests {
    private static let table = """
        CREATE TABLE dbo.Items (Id int NOT NULL PRIMARY KEY, Name nvarchar(10) NULL, Price decimal(9,2) NULL,
            Born date NULL, Picture varbinary(4) NULL, IsOld bit NOT NULL)
        """

    private func withRun(_ table: String = table, _ body: (CommandRun) async throws -> Void) async throws {
        try await withEmbeddedSQLServer { server in
            let run = CommandRun(environment: ["MSSQL_URL": server.url])
            #expect(await run.run("query", table) == .success, "\(run.talk.text)")
            try await body(CommandRun(environment: ["MSSQL_URL": server.url]))
        }
    }

    private static func rows(_ run: CommandRun) async -> String {
        var run = run
        run.output = .init()
        _ = await run.run("query", "SELECT * FROM dbo.Items ORDER BY Id", "--format", "csv")
        return run.output.text
    }

    @Test func aFileIsCopiedByTheNamesOfItsHeader() async throws {
        try await withRun { run in
            var run = run
            run.files["a.csv"] = Array(
                "\u{FEFF}price,ID,name,isold,Picture,Born\r\n12.5,1,\"Zoë, \"\"Z\"\"\",1,0xFF00,2024-02-29\r\n,2,\"\",0,,\r\n"
                    .utf8)
            #expect(await run.run("query", "--bulk", "a.csv", "--into", "dbo.Items") == .success, "\(run.talk.text)")
            #expect(run.talk.text == "(2 rows copied into dbo.Items)\n")
            #expect(run.output.text.isEmpty)
            #expect(
                await Self.rows(run) == """
                    Id,Name,Price,Born,Picture,IsOld\r
                    1,"Zoë, ""Z""\",12.50,2024-02-29,0xFF00,1\r
                    2,"",,,,0\r

                    """)
        }
    }

    @Test func withoutAHeaderFieldsGoByPosition() async throws {
        try await withRun { run in
            var run = run
            run.stdin = "1;a;0.50;;;0\n2;b;1.00;;;1"
            let code = await run.run(
                "query", "--bulk", "-", "--into", "Items", "--no-header", "--delimiter", ";", "--format", "json")
            #expect(code == .success, "\(run.talk.text)")
            #expect(
                run.output.text == """
                    {"schema":"mssql.bulk/1","succeeded":true,"table":"Items","rowsCommitted":2,"batchesCommitted":1,\
                    "outcomeUnknown":false,"line":null,"column":null,"failure":null}

                    """)
        }
    }

    /// A file's third line, and what is said about it.
    private static let badLines = [
        ("2,b,1.005,0", "column 'Price' (decimal(9,2))"), ("2,b,abc,0", "column 'Price' (decimal(9,2))"),
        ("2,a name that is too long,1,0", "column 'Name' (nvarchar(10)): the value has 23 characters"),
        ("2,b,1", "3 fields for 4 columns"), (",b,1,0", "column 'Id' (int): NULL"), ("2,b\"c,1,0", "quotation mark"),
        ("3000000000,b,1,0", "column 'Id' (int)"),
    ]

    @Test(arguments: badLines) func aBadLineIsOneAndNothingIsCommitted(line: String, reason: String) async throws {
        try await withRun { run in
            var run = run
            run.files["a.csv"] = Array("Id,Name,Price,IsOld\r\n1,a,1,0\r\n\(line)\r\n".utf8)
            #expect(await run.run("query", "--bulk", "a.csv", "--into", "dbo.Items") == .failure)
            #expect(run.talk.text.contains("'a.csv', line 3"), "\(run.talk.text)")
            #expect(run.talk.text.contains(reason), "\(run.talk.text)")
            #expect(run.talk.text.contains("no row was committed"))
            #expect(!run.talk.text.contains("name that"))
            #expect(await Self.rows(run) == "Id,Name,Price,Born,Picture,IsOld\r\n")
        }
    }

    @Test func batchesBeforeAnErrorStay() async throws {
        try await withRun { run in
            var run = run
            run.files["a.csv"] = Array("Id,IsOld\n1,0\n2,0\n3,0\n4,0\n4,0\n".utf8)
            let code = await run.run(
                "query", "--bulk", "a.csv", "--into", "dbo.Items", "--batch-size", "2", "--format", "json")
            // Row 5 repeats a key, which is in a batch of its own.
            #expect(code == .failure)
            #expect(run.output.text.contains(#""rowsCommitted":4,"batchesCommitted":2,"outcomeUnknown":false"#))
            #expect(run.talk.text.contains("2627"))
        }
    }

    @Test func mistakesOfTheCommandLineAreTwo() async throws {
        var run = CommandRun(environment: ["MSSQL_URL": "mssql://sa@127.0.0.1:1/?encrypt=off", "MSSQL_PASSWORD": "x"])
        run.files["a.csv"] = []
        #expect(await run.run("query", "--bulk", "a.csv") == .usage)
        #expect(await run.run("query", "SELECT 1", "--bulk", "a.csv", "--into", "t") == .usage)
        #expect(await run.run("query", "SELECT 1", "--into", "t") == .usage)
        #expect(await run.run("query", "--bulk", "a.csv", "--into", "t", "--delimiter", "ab") == .usage)
        #expect(await run.run("query", "--bulk", "b.csv", "--into", "t") == .failure)
        #expect(await run.run("query", "--bulk", "a.csv", "--into", "t") == .connection)
    }

    @Test func aTableOrColumnThatIsMissingIsOne() async throws {
        try await withRun { run in
            var run = run
            run.files["a.csv"] = Array("Id,Colour\n1,red\n".utf8)
            #expect(await run.run("query", "--bulk", "a.csv", "--into", "dbo.Nothing") == .failure)
            #expect(run.talk.text.contains("208"))
            #expect(await run.run("query", "--bulk", "a.csv", "--into", "dbo.Items") == .failure)
            #expect(run.talk.text.contains("no column 'Colour'"), "\(run.talk.text)")
        }
    }

    /// A clock that is a second further each time it is looked at.
    private final class Seconds: Sendable {
        private let count = Atomic(0)
        func next() -> Duration { .seconds(count.wrappingAdd(1, ordering: .relaxed).newValue) }
    }

    /// 2,500 rows of 10 bytes after a header of 9, read in pieces of 1,000 bytes and sent in blocks of 1,024: after the
    /// first block 11,000 of 25,009 bytes are read, after the second 21,000.
    @Test func aBarTellsHowFarTheFileIsAndGoesWhenItIsThere() async throws {
        try await withRun { run in
            var run = run
            let lines = (1...2_500).map { "00\(10_000 + $0),0\n" }
            run.files["a.csv"] = Array(("Id,IsOld\n" + lines.joined()).utf8)
            #expect(run.files["a.csv"]?.count == 25_009)
            run.talksToTerminal = true
            run.pieceSize = 1_000
            let clock = Seconds()
            run.uptime = { clock.next() }
            #expect(await run.run("query", "--bulk", "a.csv", "--into", "dbo.Items") == .success, "\(run.talk.text)")
            try expectGolden(run.talk.text, "bulk-progress.txt")
        }
    }
}
