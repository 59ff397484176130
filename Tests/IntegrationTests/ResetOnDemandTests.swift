import EmbeddedSQLServer
import SQLServer
import TestSupport
import Testing

/// A connection is reset before it is lent again when its borrower may have left something, and only then.
@Suite(.timeLimit(.minutes(2))) struct ResetOnDemandTests {
    /// How often the server was asked to reset a session.
    private func resets(_ server: EmbeddedServer) -> Int {
        server.recorder.requests.filter { $0.kind == .procedure("sp_reset_connection") }.count
    }

    @Test(.embeddedOnly, arguments: Engine.all)
    func whatLeavesNothingCostsNoRoundTrip(engine: Engine) async throws {
        try await withEmbedded(engine) { server, db in
            try await db.execute("CREATE TABLE dbo.T (Id int NOT NULL)")
            let session = try await db.scalar("SELECT @@SPID", as: Int.self)
            let before = resets(server)
            try await db.execute("INSERT dbo.T (Id) VALUES (\(1))")
            try await db.execute("UPDATE dbo.T SET Id = 2")
            let names = try await db.batch(["SELECT Id FROM dbo.T", "SELECT COUNT(*) FROM dbo.T WHERE Id = \(2)"])
            for try await _ in db.stream("SELECT Id FROM dbo.T") {}
            try await db.withTransaction { transaction in
                try await transaction.execute("DELETE dbo.T WHERE Id = \(2)")
            }
            let count = try await db.scalar("SELECT COUNT(*) FROM dbo.T", as: Int.self)
            #expect(names.count == 2 && count == 0)
            let later = try await db.scalar("SELECT @@SPID", as: Int.self)
            #expect(resets(server) == before && later == session)
        }
    }

    static let leaving: [SQLQuery] = [
        "SET LOCK_TIMEOUT 100", "CREATE TABLE #left (Id int)", "EXEC sp_executesql N'SELECT 1'",
        "SELECT \(1) SET CONTEXT_INFO 0x01", "BEGIN TRANSACTION", "DECLARE c CURSOR GLOBAL FOR SELECT 1",
    ]

    @Test(.embeddedOnly, arguments: Engine.all, leaving)
    func whatMayLeaveSomethingIsFollowedByAReset(engine: Engine, query: SQLQuery) async throws {
        try await withEmbedded(engine) { server, db in
            _ = try await db.scalar("SELECT 1", as: Int.self)
            try await db.execute(query)
            let before = resets(server)
            let value = try await db.scalar("SELECT @@TRANCOUNT", as: Int.self)
            #expect(value == 0)
            #expect(resets(server) == before + 1)
            _ = try await db.scalar("SELECT 1", as: Int.self)
            #expect(resets(server) == before + 1)
        }
    }

    @Test(.embeddedOnly, arguments: Engine.all)
    func aTransactionOfAnotherLevelThatFailedIsFollowedByAReset(engine: Engine) async throws {
        try await withEmbedded(engine) { server, db in
            await #expect(throws: SQLServerError.self) {
                try await db.withTransaction(isolation: .serializable) { transaction in
                    try await transaction.execute("SELECT 1 / 0")
                }
            }
            let before = resets(server)
            _ = try await db.scalar("SELECT 1", as: Int.self)
            #expect(resets(server) == before + 1)
        }
    }

    /// No request fails because the server has closed a connection that lay idle.
    @Test(.embeddedOnly, arguments: Engine.all)
    func aConnectionThatTheServerClosedIsNotLent(engine: Engine) async throws {
        try await withEmbedded(engine) { server, db in
            var sessions: Set<Int> = []
            let others = server.activeConnections
            for _ in 1...5 {
                server.faults.inject(.dropAfterResponse, on: .request(containing: "@@SPID"))
                sessions.insert(try await db.scalar("SELECT @@SPID", as: Int.self))
                while server.activeConnections > others { try await Task.sleep(for: .milliseconds(1)) }
            }
            #expect(sessions.count == 5)
        }
    }
}
