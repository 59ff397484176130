import EmbeddedSQLServer
import SQLServer
import TestSupport
import Testing

/// Time limits and cancellation: the statement stops at the server, and the connection stays usable.
@Suite struct StoppingTests {
    /// A statement that keeps any server busy for minutes without returning a row.
    private static let endless: SQLQuery = """
        DECLARE @n bigint = 0; WHILE @n < 4000000000 SET @n = @n + 1; SELECT @n;
        """

    @Test(.timeLimit(.minutes(1)), arguments: Engine.all) func aStatementEndsAtTheCommandTimeout(engine: Engine)
        async throws
    {
        try await withTestServer(engine) { server in
            var configuration = server.configuration
            configuration.commandTimeout = .milliseconds(1_500)
            configuration.maximumPoolSize = 1
            try await withSQLServer(configuration) { db in
                let before = try await db.scalar("SELECT @@SPID", as: Int.self)
                let error = await serverError(db, Self.endless)
                #expect(error?.code == .timeout)
                #expect(error?.message.contains("1.5 seconds") == true)
                // The same connection: the attention was acknowledged, so it was not closed.
                let after = try await db.scalar("SELECT @@SPID", as: Int.self)
                #expect(after == before)
            }
        }
    }

    @Test(.timeLimit(.minutes(1)), arguments: Engine.all) func cancellingATaskStopsItsStatement(engine: Engine)
        async throws
    {
        try await withTestServer(engine) { server in
            var configuration = server.configuration
            configuration.commandTimeout = nil
            configuration.maximumPoolSize = 1
            try await withSQLServer(configuration) { db in
                try await db.execute("SELECT 1")
                let task = Task { await serverError(db, Self.endless) }
                // The statement is under way when the pool's only connection is lent.
                while db.poolStatistics.inUse == 0 { await Task.yield() }
                task.cancel()
                #expect(await task.value?.code == .cancelled)
                let one = try await db.scalar("SELECT 1", as: Int.self)
                #expect(one == 1)
                #expect(db.poolStatistics.open == 1)
            }
        }
    }

    @Test(.timeLimit(.minutes(2)), arguments: Engine.all) func manyCancellationsLeaveNoWrongAnswer(engine: Engine)
        async throws
    {
        try await withTestServer(engine) { server in
            var configuration = server.configuration
            configuration.maximumPoolSize = 4
            try await withSQLServer(configuration) { db in
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for number in 0..<200 {
                        group.addTask {
                            let task = Task { () async throws -> Int in
                                try await db.scalar(
                                    "DECLARE @i int = 0; WHILE @i < \(number * 20) SET @i = @i + 1; SELECT \(number)",
                                    as: Int.self)
                            }
                            if number % 2 == 0 { task.cancel() } else { await Task.yield() }
                            if number % 3 == 0 { task.cancel() }
                            do {
                                let value = try await task.value
                                #expect(value == number)
                            } catch let error as SQLServerError {
                                #expect(error.code == .cancelled, "\(error)")
                            }
                        }
                    }
                    try await group.waitForAll()
                }
                let sum = try await db.scalar("SELECT 40 + 2", as: Int.self)
                #expect(sum == 42)
                #expect(db.poolStatistics.inUse == 0)
                #expect(db.poolStatistics.open <= 4)
            }
        }
    }

    @Test(.timeLimit(.minutes(1)), arguments: Engine.all) func aTransactionOfACancelledTaskIsRolledBack(engine: Engine)
        async throws
    {
        try await withTestServer(engine) { server in
            var configuration = server.configuration
            configuration.maximumPoolSize = 1
            try await withSQLServer(configuration) { db in
                try await db.execute("CREATE TABLE dbo.T (Id int NOT NULL)")
                let task = Task {
                    try await db.withTransaction { transaction in
                        try await transaction.execute("INSERT dbo.T (Id) VALUES (1)")
                        unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
                    }
                }
                let error = await #expect(throws: SQLServerError.self) { try await task.value }
                #expect(error?.code == .cancelled)
                let count = try await db.scalar("SELECT COUNT(*) FROM dbo.T", as: Int.self)
                #expect(count == 0)
            }
        }
    }

    @Test(.timeLimit(.minutes(1)), arguments: Engine.all) func aConnectThatTimedOutKeepsItsPlaceUntilItIsOver(
        engine: Engine
    ) async throws {
        let server = try ScriptedTCPServer(.silence)
        var configuration = engine.configuration(port: server.port)
        configuration.connectTimeout = .milliseconds(200)
        configuration.maximumPoolSize = 1
        let client = try SQLServerClient(configuration)
        #expect(await serverError(client, "SELECT 1")?.code == .timeout)
        if engine.has(.interruptibleConnects) {
            #expect(await serverError(client, "SELECT 1")?.code == .timeout)
        } else {
            // The attempt cannot be interrupted, so it counts until it is over.
            #expect(client.poolStatistics.open == 1)
            #expect(await serverError(client, "SELECT 1")?.code == .poolTimeout)
        }
        // The server hangs up, the attempt is over, and its place is free.
        server.stop()
        while client.poolStatistics.open > 0 { await Task.yield() }
        await client.shutDown()
    }
}
