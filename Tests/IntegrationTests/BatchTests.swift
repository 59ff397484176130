import EmbeddedSQLServer
import SQLServer
import TestSupport
import Testing

/// Independent statements in one round trip.
@Suite(.timeLimit(.minutes(1))) struct BatchTests {
    @Test(arguments: Engine.all) func eachStatementHasItsOwnParametersAndOutcome(engine: Engine) async throws {
        try await withTestServer(engine) { server in
            try await withSQLServer(server.configuration) { db in
                try await db.execute("CREATE TABLE dbo.T (Id int NOT NULL, Name nvarchar(20) NULL)")
                let name = "O'Neil"
                let outcomes = try await db.withConnection { connection in
                    let before = server.embedded?.recorder.requests.count
                    let outcomes = try await connection.batch([
                        "INSERT dbo.T (Id, Name) VALUES (\(1), \(name)), (\(2), \("")), (\(3), NULL)",
                        "DECLARE @x int = \(2); UPDATE dbo.T SET Name = N'x''y' WHERE Id >= @x",
                        "DECLARE @x int = \(1); SELECT Name FROM dbo.T WHERE Id = @x; SELECT N'second'",
                        "DELETE dbo.T WHERE Id > 100",
                    ])
                    if let before { #expect(server.embedded?.recorder.requests.count == before + 1) }
                    return outcomes
                }
                let results = try outcomes.map { try $0.get() }
                #expect(results.map(\.rowCount) == [3, 2, 1, 0])
                #expect(results.map(\.resultSets.count) == [0, 0, 2, 0])
                #expect(try results[2].resultSets[0].first?.decode(String.self, at: 0) == name)
            }
        }
    }

    @Test(arguments: Engine.all) func aFailureIsThatOfItsStatement(engine: Engine) async throws {
        try await withTestClient(engine) { db in
            let outcomes = try await db.batch([
                "PRINT 'first'; SELECT 1", "SELECT 1 / 0", "SELECT N'after'", "SELECT Nope FROM dbo.Missing",
            ])
            #expect(try outcomes[0].get().messages.map(\.text) == ["first"])
            #expect(throws: SQLServerError.self) { try outcomes[1].get() }
            guard case .failure(let division) = outcomes[1], case .failure(let missing) = outcomes[3] else {
                Issue.record("two statements had to fail")
                return
            }
            #expect(division.number == 8_134)
            #expect(division.query == "SELECT 1 / 0")
            #expect(missing.number == 208)
            #expect(try outcomes[2].get().resultSets.first?.first?.decode(String.self, at: 0) == "after")
        }
    }

    @Test(arguments: Engine.all) func whatComesAfterTheEndOfTheBatchHasNotRun(engine: Engine) async throws {
        try await withTestClient(engine) { db in
            let outcomes = try await db.withConnection { connection in
                try await connection.execute("SET XACT_ABORT ON")
                return try await connection.batch(["SELECT 1", "SELECT 1 / 0", "SELECT 2"])
            }
            #expect(try outcomes[0].get().rowCount == 1)
            guard case .failure(let division) = outcomes[1], case .failure(let after) = outcomes[2] else {
                Issue.record("two statements had to fail")
                return
            }
            #expect(division.number == 8_134)
            #expect(after.message.contains("did not run"))
        }
    }

    @Test(arguments: Engine.all) func nothingToRunIsNoRoundTrip(engine: Engine) async throws {
        try await withTestClient(engine) { db in
            let outcomes = try await db.batch([])
            #expect(outcomes.isEmpty)
            #expect(db.poolStatistics.open == 0)
        }
    }

    @Test(arguments: Engine.all) func tooManyParametersAreRefusedBeforeAnythingIsSent(engine: Engine) async throws {
        try await withTestClient(engine) { db in
            let one: SQLQuery = "SELECT \(1)"
            let error = await #expect(throws: SQLServerError.self) {
                _ = try await db.batch(Array(repeating: one, count: 2_099))
            }
            #expect(error?.code == .encoding)
        }
    }
}
