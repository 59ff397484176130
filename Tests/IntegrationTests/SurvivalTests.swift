import EmbeddedSQLServer
import SQLServer
import TestSupport
import Testing

/// Faults of servers and callers that a client gets over: one error for whom it concerns, and the next call works.
@Suite(.embeddedOnly, .timeLimit(.minutes(1))) struct SurvivalTests {
    /// Runs a body with a pool of one connection, and checks afterwards that it works and is whole.
    private func withOneConnection(
        _ engine: Engine, _ body: (EmbeddedServer, SQLServerClient) async throws -> Void
    ) async throws {
        try await withTestServer(engine) { server in
            let embedded = try #require(server.embedded)
            var configuration = server.configuration
            configuration.maximumPoolSize = 1
            try await withSQLServer(configuration) { db in
                try await db.execute("CREATE TABLE dbo.T (Id int NOT NULL PRIMARY KEY)")
                try await body(embedded, db)
                let one = try await db.scalar("SELECT 1", as: Int.self)
                #expect(one == 1)
                #expect(db.poolStatistics.open == 1)
                #expect(db.poolStatistics.inUse == 0)
                #expect(db.poolStatistics.waiting == 0)
            }
        }
    }

    @Test(arguments: Engine.all) func aConnectionThatDiedWhileItLayIdleIsReplaced(engine: Engine) async throws {
        try await withOneConnection(engine) { server, db in
            let connections = server.activeConnections
            for _ in 0..<3 {
                server.faults.inject(.dropAfterResponse, on: .request(containing: "SELECT 11"))
                let value = try await db.scalar("SELECT 11", as: Int.self)
                #expect(value == 11)
                // What is sent before the end of the connection has come is lost with it.
                while server.activeConnections >= connections { try await Task.sleep(for: .milliseconds(1)) }
                let next = try await db.scalar("SELECT 12", as: Int.self)
                #expect(next == 12)
            }
        }
    }

    /// What a KILL does: an error of severity 20 or more, after which the server closes the connection.
    @Test(arguments: Engine.all, [596, 40_197]) func aConnectionThatTheServerEndsIsReplaced(
        engine: Engine, number: Int
    ) async throws {
        try await withOneConnection(engine) { server, db in
            server.faults.inject(.error(Int32(number), severity: 21), on: .request(containing: "SELECT 11"))
            let error = await serverError(db, "SELECT 11")
            #expect(error?.number == number)
            #expect(error?.severity == 21)
        }
    }

    @Test(arguments: Engine.all) func aConnectionThatDiesInATransactionRollsItBackAndIsReplaced(
        engine: Engine
    ) async throws {
        try await withOneConnection(engine) { server, db in
            server.faults.inject(.dropRequest, on: .request(containing: "VALUES (2)"))
            let error = await #expect(throws: SQLServerError.self) {
                try await db.withTransaction { transaction in
                    try await transaction.execute("INSERT dbo.T (Id) VALUES (1)")
                    try await transaction.execute("INSERT dbo.T (Id) VALUES (2)")
                }
            }
            #expect(error?.code == .connectionLost)
            let count = try await db.scalar("SELECT COUNT(*) FROM dbo.T", as: Int.self)
            #expect(count == 0)
        }
    }

    @Test(arguments: Engine.all) func bytesThatAreNoTDSEndTheConnectionAndNothingElse(engine: Engine) async throws {
        try await withOneConnection(engine) { server, db in
            server.faults.inject(.garbage, on: .request(containing: "SELECT 11"))
            let error = await serverError(db, "SELECT 11")
            #expect([.connectionLost, .protocolViolation].contains(error?.code))
        }
    }

    @Test(arguments: Engine.all) func aWaiterThatIsCancelledLeavesTheQueue(engine: Engine) async throws {
        try await withOneConnection(engine) { _, db in
            try await db.withConnection { _ in
                let waiters = (0..<3).map { number in Task { await serverError(db, "SELECT \(number)") } }
                while db.poolStatistics.waiting < 3 { await Task.yield() }
                for waiter in waiters { waiter.cancel() }
                for waiter in waiters { #expect(await waiter.value?.code == .cancelled) }
                #expect(db.poolStatistics.waiting == 0)
            }
        }
    }

    /// A call carries the descriptor of its transaction, without which the server refuses it (Msg 3989).
    @Test(arguments: Engine.all) func callsInATransactionBelongToIt(engine: Engine) async throws {
        struct Stop: Error {}
        try await withOneConnection(engine) { server, db in
            server.recorder.removeAll()
            await #expect(throws: Stop.self) {
                try await db.withTransaction { transaction in
                    for id in 1...4 { try await transaction.execute("INSERT dbo.T (Id) VALUES (\(id))") }
                    let seen = try await transaction.scalar("SELECT COUNT(*) FROM dbo.T WHERE Id > \(0)", as: Int.self)
                    #expect(seen == 4)
                    throw Stop()
                }
            }
            let calls = server.recorder.requests.filter { if case .procedure = $0.kind { true } else { false } }
            #expect(calls.count >= 5)
            let count = try await db.scalar("SELECT COUNT(*) FROM dbo.T", as: Int.self)
            #expect(count == 0)
        }
    }
}
