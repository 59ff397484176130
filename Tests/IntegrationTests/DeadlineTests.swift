import EmbeddedSQLServer
import SQLServer
import SeededRandom
import TestSupport
import Testing

/// Callers go on at their deadline, whatever the server does, and connections never carry a wrong answer.
@Suite(.serialized, .timeLimit(.minutes(3))) struct DeadlineTests {
    /// A server that stalls: it reads and never answers, not even an attention.
    private func withStallingServer(
        _ engine: Engine, on moment: EmbeddedServerFault.Moment, _ body: (SQLServerClient) async throws -> Void
    ) async throws {
        try await withEmbeddedSQLServer { server in
            var configuration = try engine.configuration(of: server)
            configuration.commandTimeout = nil
            // Nothing waits so long; a slow machine may, between two lines of a test.
            configuration.cancelTimeout = .seconds(150)
            configuration.connectTimeout = .seconds(60)
            configuration.maximumPoolSize = 2
            try await withSQLServer(configuration) { db in
                try await db.execute("SELECT 1")
                server.faults.inject(.hang, on: moment)
                try await body(db)
                // What drains is closed with its server.
                server.stop()
            }
        }
    }

    @Test(arguments: Engine.all) func theCallerGoesOnAtItsDeadlineWhileTheConnectionDrains(engine: Engine) async throws
    {
        try await withStallingServer(engine, on: .request(containing: "hold")) { db in
            let error = await #expect(throws: SQLServerError.self) {
                try await db.execute("SELECT N'hold'", options: .timeout(.milliseconds(200)))
            }
            #expect(error?.code == .timeout)
            #expect(error?.query == "SELECT N'hold'")
            // The server has not acknowledged, so the connection is not lent: the next call opens another one.
            #expect(db.poolStatistics.inUse == 1)
            let one = try await db.scalar("SELECT 1", as: Int.self)
            #expect(one == 1)
            #expect(db.poolStatistics.open == 2)
        }
    }

    @Test(arguments: Engine.all) func aCancelledCallerGoesOnAtOnce(engine: Engine) async throws {
        try await withStallingServer(engine, on: .request(containing: "hold")) { db in
            let task = Task { await serverError(db, "SELECT N'hold'") }
            while db.poolStatistics.inUse == 0 { await Task.yield() }
            task.cancel()
            #expect(await task.value?.code == .cancelled)
        }
    }

    @Test(arguments: Engine.all) func theBodyOfALeaseGoesOnToo(engine: Engine) async throws {
        try await withStallingServer(engine, on: .request(containing: "hold")) { db in
            let code = try await db.withConnection { connection in
                await serverError(connection, "SELECT N'hold'", options: .timeout(.milliseconds(200)))?.code
            }
            #expect(code == .timeout)
            #expect(db.poolStatistics.inUse == 1)
        }
    }

    @Test(arguments: Engine.all) func aTransactionEndsAtTheDeadlineOfItsStatement(engine: Engine) async throws {
        try await withStallingServer(engine, on: .request(containing: "hold")) { db in
            let error = await #expect(throws: SQLServerError.self) {
                try await db.withTransaction { transaction in
                    try await transaction.execute("SELECT N'hold'", options: .timeout(.milliseconds(200)))
                }
            }
            #expect(error?.code == .timeout)
            #expect(db.poolStatistics.inUse == 1)
        }
    }

    @Test(arguments: Engine.all) func aConnectionThatIsNotAcknowledgedInTimeIsClosed(engine: Engine) async throws {
        try await withEmbeddedSQLServer { server in
            var configuration = try engine.configuration(of: server)
            configuration.cancelTimeout = .milliseconds(300)
            configuration.connectTimeout = .seconds(60)
            configuration.maximumPoolSize = 1
            try await withSQLServer(configuration) { db in
                server.faults.inject(.hang, on: .request(containing: "hold"))
                let error = await #expect(throws: SQLServerError.self) {
                    try await db.execute("SELECT N'hold'", options: .timeout(.milliseconds(100)))
                }
                #expect(error?.code == .timeout)
                // The only place of the pool comes free when the grace is over.
                let one = try await db.scalar("SELECT 1", as: Int.self)
                #expect(one == 1)
                #expect(db.poolStatistics.open == 1)
            }
        }
    }

    @Test(arguments: Engine.all) func aRolledBackTransactionLeavesNothingWhenItsStatementWasStopped(engine: Engine)
        async throws
    {
        try await withTestServer(engine) { server in
            var configuration = server.configuration
            configuration.cancelTimeout = .seconds(60)
            configuration.maximumPoolSize = 1
            try await withSQLServer(configuration) { db in
                try await db.execute("CREATE TABLE dbo.T (Id int NOT NULL)")
                try await db.withConnection { connection in
                    let error = await #expect(throws: SQLServerError.self) {
                        try await connection.withTransaction { transaction in
                            try await transaction.execute("INSERT dbo.T (Id) VALUES (1)")
                            try await transaction.execute(
                                "WAITFOR DELAY '00:01:00'", options: .timeout(.milliseconds(100)))
                        }
                    }
                    #expect(error?.code == .timeout)
                    let (count, depth) = try await connection.query(
                        "SELECT COUNT(*), @@TRANCOUNT FROM dbo.T", as: (Int, Int).self)[0]
                    #expect(count == 0)
                    #expect(depth == 0)
                }
            }
        }
    }

    /// What one of many tasks does with the client; its number must come back.
    private static func run(_ number: Int, on db: SQLServerClient) async throws -> Int {
        switch number % 5 {
        case 0: return try await db.scalar("SELECT \(number)", as: Int.self)
        case 1:
            let text: SQLQuery = "DECLARE @i int = 0; WHILE @i < 300 SET @i += 1; SELECT \(number)"
            return try await db.scalar(text, as: Int.self)
        case 2:
            let text: SQLQuery = """
                WITH n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE i < 90)
                SELECT \(number) AS V FROM n
                """
            var seen = 0
            for try await value in db.stream(text).decode((Int).self) {
                try #require(value == number)
                seen += 1
                if seen == number % 90 { break }
            }
            return number
        case 3:
            return try await db.withTransaction { transaction in
                try await transaction.execute("INSERT dbo.T (Id) VALUES (\(number))")
                return try await transaction.scalar("SELECT MAX(Id) FROM dbo.T WHERE Id = \(number)", as: Int.self)
            }
        default:
            return try await db.withConnection { connection in
                try await connection.execute("SET CONTEXT_INFO 0x01")
                return try await connection.scalar("SELECT \(number)", as: Int.self)
            }
        }
    }

    @Test(arguments: Engine.all) func fiveThousandRandomCancellationsLeaveNoWrongAnswer(engine: Engine) async throws {
        try await withTestServer(engine) { server in
            var configuration = server.configuration
            configuration.maximumPoolSize = 8
            try await withSQLServer(configuration) { db in
                try await db.execute("CREATE TABLE dbo.T (Id int NOT NULL)")
                var completed = 0
                try await withThrowingTaskGroup(of: Int.self) { group in
                    for worker in 0..<16 {
                        group.addTask {
                            var generator = SeededGenerator(seed: UInt64(worker))
                            var completed = 0
                            for round in 0..<366 {
                                let number = worker * 1_000 + round
                                let task = Task { try await Self.run(number, on: db) }
                                let pause = Int.random(in: 0..<3_000, using: &generator)
                                if pause > 500 { try await Task.sleep(for: .microseconds(pause)) }
                                // One of seven runs to its end, so that right answers are seen too.
                                if round % 7 > 0 { task.cancel() }
                                do {
                                    let value = try await task.value
                                    try #require(value == number)
                                    completed += 1
                                } catch let error as SQLServerError {
                                    try #require(error.code == .cancelled && round % 7 > 0, "\(error)")
                                }
                            }
                            return completed
                        }
                    }
                    for try await count in group { completed += count }
                }
                // Not all of the 5,008 cancellations came too late.
                #expect(completed < 16 * 366)
                while db.poolStatistics.inUse > 0 { try await Task.sleep(for: .milliseconds(5)) }
                #expect(db.poolStatistics.open <= 8)
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for number in 0..<32 {
                        group.addTask {
                            let (value, depth, info) = try await db.query(
                                "SELECT \(number), @@TRANCOUNT, CONTEXT_INFO()", as: (Int, Int, [UInt8]?).self)[0]
                            #expect(value == number)
                            #expect(depth == 0)
                            #expect(info == nil)
                        }
                    }
                    try await group.waitForAll()
                }
            }
        }
    }
}
