import SQLServer
import TestSupport
import Testing

/// Code that takes `some SQLExecutor` does the same on a client, a connection and a transaction.
@Suite struct ExecutorTests {
    private func doEverything(on db: some SQLExecutor, from first: Int) async throws {
        let names = ["Ada", "Zoë"]
        let inserted = try await db.batch([
            "INSERT dbo.T (Id, Name) VALUES (\(first), \(names[0]))",
            "INSERT dbo.T (Id, Name) VALUES (\(first + 1), \(names[1]))",
        ])
        #expect(try inserted.map { try $0.get().rowCount } == [1, 1])
        var read: [String] = []
        let query: SQLQuery = "SELECT Name FROM dbo.T WHERE Id >= \(first) ORDER BY Id"
        for try await name in db.stream(query).decode(String.self) { read.append(name) }
        #expect(read == names)
        let called = try await db.call("dbo.NameOf", .input("@id", first + 1), .output("@name", as: .nVarChar(20)))
        #expect(try called.output("@name", as: String.self) == "Zoë" && called.returnStatus == 3)
        let both = try await db.resultsAndErrors(of: "SELECT N'before'; RAISERROR(N'no', 16, 1); SELECT N'after'")
        #expect(try both.resultSets.flatMap { try $0.decode(String.self) } == ["before", "after"])
        #expect(both.messages.filter(\.isError).map(\.text) == ["no"])
    }

    @Test(arguments: Engine.all) func aClientAConnectionAndATransactionDoTheSame(engine: Engine) async throws {
        try await withTestClient(engine) { db in
            try await db.execute("CREATE TABLE dbo.T (Id int NOT NULL PRIMARY KEY, Name nvarchar(20) NOT NULL)")
            try await db.execute(
                """
                CREATE PROCEDURE dbo.NameOf @id int, @name nvarchar(20) OUTPUT AS
                BEGIN SELECT @name = Name FROM dbo.T WHERE Id = @id; RETURN 3; END
                """)
            try await doEverything(on: db, from: 1)
            try await db.withConnection { try await doEverything(on: $0, from: 11) }
            // RAISERROR ignores XACT_ABORT, so the transaction goes on.
            try await db.withTransaction { try await doEverything(on: $0, from: 21) }
            let count = try await db.scalar("SELECT COUNT(*) FROM dbo.T", as: Int.self)
            #expect(count == 6)
        }
    }
}
