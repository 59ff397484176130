import EmbeddedSQLServer
import SQLServer
import TestSupport
import Testing

extension SQLRetryPolicy {
    /// The standard policy with waits as short as a test likes them.
    static let hasty = SQLRetryPolicy(
        firstDelay: .milliseconds(1), throttledDelay: .milliseconds(1), conflictDelay: .milliseconds(1))
    /// Waits for hours after an error of an overloaded server.
    static let waiting = SQLRetryPolicy(maximumElapsed: nil, throttledDelay: .seconds(36_000))
}

/// Runs a test with a client that repeats without long waits and has a budget of its own.
func withRepeating(
    _ engine: Engine, _ change: (inout SQLServerConfiguration) -> Void = { _ in },
    _ body: (EmbeddedServer, SQLServerClient) async throws -> Void
) async throws {
    try await withTestServer(engine) { server in
        let embedded = try #require(server.embedded)
        var configuration = server.configuration
        configuration.retryPolicy = .hasty
        configuration.resilience.retryBudget = SQLRetryBudget()
        change(&configuration)
        try await withSQLServer(configuration) { try await body(embedded, $0) }
    }
}

extension EmbeddedServer {
    /// How many requests that named `mark` were run; the recorder does not see those that a failure kept from it.
    var marks: Int { recorder.requests.count { "\($0.kind) \($0.text)".contains("mark") } }

    /// How many requests that named `mark` came, when so many failures that keep requests from running were ordered.
    func attempts(ordered: Int) -> Int { ordered - faults.count + marks }

    /// Waits until all failures that were ordered have happened.
    func waitForFault() async throws {
        while faults.count > 0 { try await Task.sleep(for: .milliseconds(1)) }
    }
}

/// A statement is repeated when whoever wrote it says that it may be, and an error says that it can help.
@Suite(.embeddedOnly, .timeLimit(.minutes(2))) struct StatementRetryTests {
    static let doors = [
        RetryClassTests.Door("batch without parameters") { db, options in
            try await db.execute("SELECT N'mark'", options: options)
        },
        RetryClassTests.Door("statement with parameters") { db, options in
            _ = try await db.query("SELECT N'mark', \(1)", options: options)
        },
        RetryClassTests.Door("results and errors") { db, options in
            let results = try await db.resultsAndErrors(of: "SELECT N'mark'", options: options)
            if let error = results.messages.first(where: \.isError) {
                throw SQLServerError(.server, error.text, messages: results.messages)
            }
        },
        RetryClassTests.Door("several statements") { db, options in
            for outcome in try await db.batch(["SELECT N'mark'", "SELECT 2"], options: options) {
                _ = try outcome.get()
            }
        },
        RetryClassTests.Door("procedure") { db, options in _ = try await db.call("dbo.mark", options: options) },
    ]

    @Test(arguments: Engine.all, doors) func nothingIsRepeatedThatDoesNotSayThatItMayBe(
        engine: Engine, door: RetryClassTests.Door
    ) async throws {
        for fault in [EmbeddedServerFault.error(1_205), .error(40_613, severity: 16), .dropRequest, .dropResponse] {
            try await withRepeating(engine) { server, db in
                server.faults.inject(fault, on: .request(containing: "mark"))
                await #expect(throws: SQLServerError.self) { try await door.send(db, .standard) }
                #expect(server.faults.count == 0)
                #expect(server.marks == (fault == .dropResponse ? 1 : 0))
                #expect(db.resilienceStatistics.retriedStatements == 0)
            }
        }
    }

    @Test(arguments: Engine.all, doors) func anIdempotentStatementIsRepeatedWhenItsConnectionBreaks(
        engine: Engine, door: RetryClassTests.Door
    ) async throws {
        for fault in [EmbeddedServerFault.dropRequest, .dropResponse] {
            try await withRepeating(engine) { server, db in
                try await db.execute("CREATE PROCEDURE dbo.mark AS SELECT 1")
                server.recorder.removeAll()
                server.faults.inject(fault, on: .request(containing: "mark"))
                try await door.send(db, .retry(.idempotent))
                #expect(server.marks == (fault == .dropResponse ? 2 : 1))
                #expect(db.resilienceStatistics.retriedStatements == 1)
            }
        }
    }

    @Test(arguments: Engine.all, [1_205, 1_222, 40_613, 40_501, 41_302, 8_645])
    func anIdempotentStatementIsRepeatedAfterErrorsThatPass(engine: Engine, number: Int) async throws {
        try await withRepeating(engine) { server, db in
            server.faults.inject(.error(Int32(number), severity: 16), on: .request(containing: "mark"), times: 2)
            let value = try await db.scalar("SELECT N'mark'", as: String.self, options: .retry(.idempotent))
            #expect(value == "mark")
            #expect(server.attempts(ordered: 2) == 3)
        }
    }

    @Test(arguments: Engine.all, [547, 2_627, 40_549]) func anErrorThatDoesNotPassIsNotRepeated(
        engine: Engine, number: Int
    ) async throws {
        try await withRepeating(engine) { server, db in
            server.faults.inject(.error(Int32(number), severity: 16), on: .request(containing: "mark"))
            let error = await serverError(db, "SELECT N'mark'", options: .retry(.idempotent))
            #expect(error?.number == number)
            #expect(server.attempts(ordered: 1) == 1)
        }
    }

    @Test(arguments: Engine.all) func theCallersTimeLimitIsNotRepeated(engine: Engine) async throws {
        try await withRepeating(engine) { server, db in
            server.faults.inject(.stall, on: .request(containing: "mark"))
            let options = SQLCallOptions(timeout: .milliseconds(100), retry: .idempotent)
            #expect(await serverError(db, "SELECT N'mark'", options: options)?.code == .timeout)
            #expect(server.attempts(ordered: 1) == 1)
        }
    }

    @Test(arguments: Engine.all) func attemptsAndTimeAreThoseOfThePolicy(engine: Engine) async throws {
        try await withRepeating(engine) { server, db in
            server.faults.inject(.error(1_222), on: .request(containing: "mark"), times: 100)
            var policy = SQLRetryPolicy.hasty
            policy.maximumAttempts = 3
            let error = await serverError(db, "SELECT N'mark'", options: .retry(.idempotent(policy)))
            #expect(error?.number == 1_222)
            #expect(server.attempts(ordered: 100) == 3)
            // The wait would be longer than all the time that there is.
            var short = SQLRetryPolicy.waiting
            short.maximumElapsed = .seconds(60)
            server.faults.removeAll()
            server.faults.inject(.error(40_501, severity: 16), on: .request(containing: "mark"))
            let second = await serverError(db, "SELECT N'mark'", options: .retry(.idempotent(short)))
            #expect(second?.number == 40_501)
            #expect(server.attempts(ordered: 1) == 1)
        }
    }

    @Test(arguments: Engine.all) func anotherConnectionIsTakenOnlyWhenTheErrorAsksForOne(engine: Engine) async throws {
        try await withRepeating(engine) { server, db in
            let session = try await db.scalar("SELECT @@SPID", as: Int.self)
            for (number, isSame) in [(1_222, true), (1_205, true), (40_613, false)] {
                server.faults.inject(.error(Int32(number), severity: 16), on: .request(containing: "mark"))
                let other = try await db.scalar("SELECT @@SPID AS mark", as: Int.self, options: .retry(.idempotent))
                #expect((other == session) == isSame, "\(number)")
            }
        }
    }

    @Test(arguments: Engine.all) func cancellingTheTaskEndsTheWait(engine: Engine) async throws {
        try await withRepeating(engine, { $0.retryPolicy = .waiting }) { server, db in
            server.faults.inject(.error(40_501, severity: 16), on: .request(containing: "mark"))
            let task = Task { await serverError(db, "SELECT N'mark'", options: .retry(.idempotent)) }
            try await server.waitForFault()
            // Whether it comes before the answer or during the wait, the task is not repeated.
            task.cancel()
            let error = await task.value
            #expect(error?.code == .cancelled || error?.number == 40_501)
            #expect(server.marks == 0)
        }
    }

    @Test(arguments: Engine.all) func aStreamCannotBeRepeated(engine: Engine) async throws {
        try await withRepeating(engine) { server, db in
            let error = await #expect(throws: SQLServerError.self) {
                for try await _ in db.stream("SELECT N'mark'", options: .retry(.idempotent)) {}
            }
            #expect(error?.code == .misuse)
            #expect(server.marks == 0)
        }
    }

    // MARK: On a connection that is lent

    @Test(arguments: Engine.all) func aLentConnectionRepeatsWhatNeedsNoOther(engine: Engine) async throws {
        try await withRepeating(engine) { server, db in
            try await db.withConnection { connection in
                // Something may be left in the session: the server is asked whether that is a transaction.
                try await connection.execute("CREATE TABLE #kept (Id int)")
                server.faults.inject(.error(1_222), on: .request(containing: "mark"))
                let value = try await connection.scalar(
                    "SELECT N'mark' FROM (SELECT COUNT(*) AS N FROM #kept) AS k", as: String.self,
                    options: .retry(.idempotent))
                #expect(value == "mark")
                #expect(server.attempts(ordered: 1) == 2)
                for fault in [EmbeddedServerFault.error(40_613, severity: 16), .dropRequest] {
                    server.recorder.removeAll()
                    server.faults.inject(fault, on: .request(containing: "mark"))
                    #expect(await serverError(connection, "SELECT N'mark'", options: .retry(.idempotent)) != nil)
                    #expect(server.attempts(ordered: 1) == 1)
                }
            }
        }
    }

    @Test(arguments: Engine.all) func insideATransactionNothingIsRepeatedAlone(engine: Engine) async throws {
        try await withRepeating(engine) { server, db in
            for number in [1_205, 1_222] {
                server.recorder.removeAll()
                server.faults.inject(.error(Int32(number)), on: .request(containing: "mark"))
                let error = await #expect(throws: SQLServerError.self) {
                    try await db.withTransaction { transaction in
                        try await transaction.execute("SELECT N'mark'", options: .retry(.idempotent))
                    }
                }
                #expect(error?.number == number)
                #expect(server.attempts(ordered: 1) == 1)
            }
            server.recorder.removeAll()
            try await db.withConnection { connection in
                try await connection.execute("BEGIN TRANSACTION")
                server.faults.inject(.error(1_205), on: .request(containing: "mark"))
                let error = await serverError(connection, "SELECT N'mark'", options: .retry(.idempotent))
                #expect(error?.number == 1_205)
                #expect(server.attempts(ordered: 1) == 1)
            }
        }
    }
}
