import EmbeddedSQLServer
import SQLServer
import TestSupport
import Testing

/// A transaction goes again as a whole, and never when it may have been committed.
@Suite(.embeddedOnly, .timeLimit(.minutes(2))) struct TransactionRetryTests {
    private struct Stop: Error {}

    /// A client and a table with one counter.
    private func withCounter(
        _ engine: Engine, _ policy: SQLRetryPolicy = .hasty,
        _ body: (EmbeddedServer, SQLServerClient) async throws -> Void
    ) async throws {
        try await withRepeating(engine, { $0.retryPolicy = policy }) { server, db in
            try await db.execute("CREATE TABLE dbo.Counter (N int NOT NULL); INSERT dbo.Counter (N) VALUES (0);")
            try await body(server, db)
        }
    }

    private func count(_ db: SQLServerClient) async throws -> Int {
        try await db.scalar("SELECT N FROM dbo.Counter", as: Int.self)
    }

    static let passing: [EmbeddedServerFault] =
        [1_205, 3_960, 41_302, 1_222, 40_613, 40_501, 40_197].map { .error($0, severity: 16) }
        + [.error(40_197, severity: 20), .dropRequest, .dropResponse]

    @Test(arguments: Engine.all, passing) func theWholeBodyRunsAgain(
        engine: Engine, fault: EmbeddedServerFault
    ) async throws {
        try await withCounter(engine) { server, db in
            var runs = 0
            server.faults.inject(fault, on: .request(containing: "mark"))
            let value = try await db.withTransaction(retry: .standard) { transaction in
                runs += 1
                try await transaction.execute("UPDATE dbo.Counter SET N = N + 1")
                try await transaction.execute("UPDATE dbo.Counter SET N = N + 10 /* mark */")
                return runs
            }
            #expect(value == 2 && runs == 2)
            let now = try await count(db)
            #expect(now == 11)
            #expect(db.resilienceStatistics.retriedTransactions == 1)
        }
    }

    @Test(arguments: Engine.all) func aTransactionThatCannotBeginBeginsAgain(engine: Engine) async throws {
        try await withCounter(engine) { server, db in
            server.faults.inject(.dropRequest, on: .request(containing: "BEGIN TRANSACTION"))
            try await db.withTransaction(retry: .standard) { try await $0.execute("UPDATE dbo.Counter SET N += 1") }
            let now = try await count(db)
            #expect(now == 1)
        }
    }

    @Test(arguments: Engine.all, [3_960, 41_325]) func aCommitThatTheServerRefusesIsRepeated(
        engine: Engine, number: Int
    ) async throws {
        try await withCounter(engine) { server, db in
            server.faults.inject(.error(Int32(number), severity: 16), on: .nextCommit)
            try await db.withTransaction(retry: .standard) { try await $0.execute("UPDATE dbo.Counter SET N += 1") }
            let now = try await count(db)
            #expect(now == 1)
        }
    }

    @Test(arguments: Engine.all, [EmbeddedServerFault.dropRequest, .dropResponse])
    func aCommitWithoutAnAnswerIsNot(engine: Engine, fault: EmbeddedServerFault) async throws {
        try await withCounter(engine) { server, db in
            var runs = 0
            server.faults.inject(fault, on: .nextCommit)
            let error = await #expect(throws: SQLServerError.self) {
                try await db.withTransaction(retry: .standard) { transaction in
                    runs += 1
                    try await transaction.execute("UPDATE dbo.Counter SET N = N + 1")
                }
            }
            #expect(error?.code == .commitOutcomeUnknown)
            #expect(runs == 1)
            let now = try await count(db)
            #expect(now == (fault == .dropResponse ? 1 : 0))
        }
    }

    @Test(arguments: Engine.all) func errorsOfTheBodyItselfAreNoReason(engine: Engine) async throws {
        try await withCounter(engine) { server, db in
            var runs = 0
            server.faults.inject(.error(1_205), on: .request(containing: "mark"))
            await #expect(throws: Stop.self) {
                try await db.withTransaction(retry: .standard) { transaction in
                    runs += 1
                    do { try await transaction.execute("SELECT N'mark'") } catch { throw Stop() }
                }
            }
            let error = await #expect(throws: SQLServerError.self) {
                try await db.withTransaction(retry: .standard) { transaction in
                    runs += 1
                    try await transaction.execute("INSERT dbo.Counter (N) VALUES (NULL)")
                }
            }
            #expect(error?.number == 515)
            #expect(runs == 2)
        }
    }

    @Test(arguments: Engine.all) func aSwallowedDeadlockStillRepeatsTheTransaction(engine: Engine) async throws {
        try await withCounter(engine) { server, db in
            var runs = 0
            server.faults.inject(.error(1_205), on: .request(containing: "mark"))
            try await db.withTransaction(retry: .standard) { transaction in
                runs += 1
                do { try await transaction.execute("SELECT N'mark'") } catch let error as SQLServerError {
                    #expect(error.number == 1_205)
                }
                try await transaction.execute("UPDATE dbo.Counter SET N = N + 1")
            }
            #expect(runs == 2)
            let now = try await count(db)
            #expect(now == 1)
        }
    }

    @Test(arguments: Engine.all) func attemptsAndTimeAreThoseOfThePolicy(engine: Engine) async throws {
        try await withCounter(engine) { server, db in
            server.faults.inject(.error(1_205), on: .request(containing: "mark"), times: 100)
            for (policy, expected) in [(SQLRetryPolicy.none, 1), (SQLRetryPolicy.hasty, 5)] {
                var runs = 0
                let error = await #expect(throws: SQLServerError.self) {
                    try await db.withTransaction(retry: .policy(policy)) { transaction in
                        runs += 1
                        try await transaction.execute("SELECT N'mark'")
                    }
                }
                #expect(error?.number == 1_205)
                #expect(runs == expected)
            }
            server.faults.removeAll()
            var short = SQLRetryPolicy.waiting
            short.maximumElapsed = .seconds(60)
            var runs = 0
            server.faults.inject(.error(40_501, severity: 16), on: .request(containing: "mark"))
            let error = await #expect(throws: SQLServerError.self) {
                try await db.withTransaction(retry: .policy(short)) { transaction in
                    runs += 1
                    try await transaction.execute("SELECT N'mark'")
                }
            }
            #expect(error?.number == 40_501)
            #expect(runs == 1)
        }
    }

    @Test(arguments: Engine.all) func cancellingTheTaskEndsTheWait(engine: Engine) async throws {
        try await withCounter(engine, .waiting) { server, db in
            server.faults.inject(.error(40_501, severity: 16), on: .request(containing: "mark"))
            let task = Task {
                await #expect(throws: SQLServerError.self) {
                    try await db.withTransaction(retry: .standard) { try await $0.execute("SELECT N'mark'") }
                }
            }
            try await server.waitForFault()
            task.cancel()
            let error = await task.value
            #expect(error?.code == .cancelled || error?.number == 40_501)
            #expect(server.marks == 0)
            // A connection whose statement was stopped comes back when the server has acknowledged that.
            while db.poolStatistics.inUse > 0 { try await Task.sleep(for: .milliseconds(1)) }
        }
    }

    @Test(arguments: Engine.all) func noConnectionIsHeldDuringTheWait(engine: Engine) async throws {
        try await withRepeating(
            engine,
            {
                $0.retryPolicy = .waiting
                $0.maximumPoolSize = 1
            }
        ) { server, db in
            server.faults.inject(.error(40_501, severity: 16), on: .request(containing: "mark"))
            let task = Task {
                try await db.withTransaction(retry: .standard) { try await $0.execute("SELECT N'mark'") }
            }
            try await server.waitForFault()
            let one = try await db.scalar("SELECT 1", as: Int.self)
            #expect(one == 1)
            task.cancel()
            await #expect(throws: SQLServerError.self) { try await task.value }
        }
    }
}
