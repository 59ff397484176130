import EmbeddedSQLServer
import SQLServer
import TestSupport
import Testing

/// What keeps many callers from becoming a storm: the budget, the circuit breaker, the adaptive limit.
@Suite(.embeddedOnly, .timeLimit(.minutes(2))) struct OverloadTests {
    // MARK: Budget

    @Test(arguments: Engine.all) func clientsThatShareABudgetRepeatNoMoreThanItAllows(engine: Engine) async throws {
        let budget = SQLRetryBudget(capacity: 3, successesPerRetry: 1_000)
        try await withRepeating(engine, { $0.resilience.retryBudget = budget }) { server, one in
            try await withSQLServer(one.configuration) { two in
                server.faults.inject(.error(1_222), on: .request(containing: "mark"), times: 100)
                for db in [one, two, one] {
                    #expect(await serverError(db, "SELECT N'mark'", options: .retry(.idempotent))?.number == 1_222)
                }
                // Three first attempts, and three retries in all.
                #expect(server.attempts(ordered: 100) == 6)
                #expect(budget.tokens == 0 && budget.refusedRetries == 3)
                #expect(one.resilienceStatistics.refusedRetries + two.resilienceStatistics.refusedRetries == 3)
                #expect(one.resilienceStatistics.retryTokens == 0)
            }
        }
    }

    @Test(arguments: Engine.all) func successesEarnRetries(engine: Engine) async throws {
        let budget = SQLRetryBudget(capacity: 1, successesPerRetry: 2)
        try await withRepeating(engine, { $0.resilience.retryBudget = budget }) { server, db in
            for _ in 0..<2 {
                server.faults.inject(.error(1_222), on: .request(containing: "mark"))
                try await db.execute("SELECT N'mark'", options: .retry(.idempotent))
                #expect(budget.tokens == 0)
                try await db.execute("SELECT 1")
                #expect(budget.tokens == 1)
            }
        }
    }

    @Test(arguments: Engine.all) func withoutABudgetOnlyThePolicyLimits(engine: Engine) async throws {
        try await withRepeating(engine, { $0.resilience.retryBudget = nil }) { server, db in
            var policy = SQLRetryPolicy.hasty
            policy.maximumAttempts = 150
            policy.maximumDelay = .microseconds(1)
            server.faults.inject(.error(1_222), on: .request(containing: "mark"), times: 149)
            try await db.execute("SELECT N'mark'", options: .retry(.idempotent(policy)))
            #expect(server.attempts(ordered: 149) == 150)
            #expect(db.resilienceStatistics.retryTokens == nil)
        }
    }

    // MARK: Full pools

    /// The limit holds callers back for an overloaded server's sake; a pool that is full speaks for itself.
    @Test(arguments: Engine.all) func aFullPoolIsNotTakenForAnOverloadedServer(engine: Engine) async throws {
        try await withTestServer(engine) { server in
            var configuration = server.configuration
            configuration.maximumPoolSize = 1
            try await withGrowingLimits { limit in
                configuration.connectTimeout = limit
                try await withSQLServer(configuration) { db in
                    let (held, tell) = AsyncStream<Void>.makeStream()
                    let (released, release) = AsyncStream<Void>.makeStream()
                    let holder = Task {
                        defer { tell.finish() }
                        try await db.withConnection { _ in
                            tell.finish()
                            for await _ in released {}
                        }
                    }
                    for await _ in held {}
                    let error = await serverError(db, "SELECT 1")
                    release.finish()
                    try await holder.value
                    #expect(error?.code == .poolTimeout)
                    #expect(error?.message.contains("1 of 1 are in use") == true, "\(error?.message ?? "")")
                }
            }
        }
    }

    // MARK: Circuit breaker

    private func breaker(_ failures: Int, _ pause: Duration) -> (inout SQLServerConfiguration) -> Void {
        {
            $0.resilience.circuitBreaker = SQLResilienceOptions.CircuitBreaker(
                failures: failures, pause: pause, maximumPause: pause)
        }
    }

    @Test(arguments: Engine.all) func afterFailuresInARowCallsAreRefusedWithoutAskingTheServer(
        engine: Engine
    ) async throws {
        try await withRepeating(engine, breaker(3, .seconds(36_000))) { server, db in
            server.faults.inject(.dropRequest, on: .request(containing: "mark"), times: 2)
            server.faults.inject(.error(40_501, severity: 16), on: .request(containing: "mark"))
            for _ in 0..<3 {
                #expect(!db.resilienceStatistics.isRefusing)
                _ = await serverError(db, "SELECT N'mark'")
            }
            let error = await serverError(db, "SELECT N'mark'", options: .retry(.idempotent))
            #expect(error?.code == .serverUnavailable)
            #expect(error?.isOutcomeUnknown == false)
            let refused = await #expect(throws: SQLServerError.self) { try await db.withTransaction { _ in } }
            #expect(refused?.code == .serverUnavailable)
            #expect(server.attempts(ordered: 3) == 3)
            let now = db.resilienceStatistics
            #expect(now.isRefusing && now.breakerOpenings == 1 && now.refusedCalls == 2)
        }
    }

    @Test(arguments: Engine.all) func aProbeThatSucceedsLetsCallsThroughAgain(engine: Engine) async throws {
        try await withRepeating(engine, breaker(1, .milliseconds(1))) { server, db in
            server.faults.inject(.dropRequest, on: .request(containing: "mark"))
            _ = await serverError(db, "SELECT N'mark'")
            #expect(db.resilienceStatistics.breakerOpenings == 1)
            // The pause is over some time; until then a call is refused.
            while true {
                do throws(SQLServerError) {
                    try await db.execute("SELECT 1")
                    break
                } catch {
                    #expect(error.code == .serverUnavailable)
                }
            }
            #expect(!db.resilienceStatistics.isRefusing)
        }
    }

    @Test(arguments: Engine.all) func errorsOfStatementsAreAnswersOfTheServer(engine: Engine) async throws {
        try await withRepeating(engine, breaker(2, .seconds(36_000))) { server, db in
            for _ in 0..<5 { #expect(await serverError(db, "SELECT 1 / 0")?.number == 8_134) }
            struct Stop: Error {}
            for _ in 0..<5 {
                await #expect(throws: Stop.self) { try await db.withConnection { _ in throw Stop() } }
            }
            try await db.execute("SELECT 1")
            #expect(db.resilienceStatistics.breakerOpenings == 0)
        }
    }

    @Test(arguments: Engine.all) func theBreakerCanBeTurnedOff(engine: Engine) async throws {
        try await withRepeating(engine, { $0.resilience.circuitBreaker = nil }) { server, db in
            server.faults.inject(.dropRequest, on: .request(containing: "mark"), times: 30)
            for _ in 0..<30 { #expect(await serverError(db, "SELECT N'mark'")?.code == .connectionLost) }
            try await db.execute("SELECT N'mark'")
            #expect(db.resilienceStatistics.breakerOpenings == 0)
        }
    }

    // MARK: Adaptive limit

    private func limit(_ decrease: Int) -> (inout SQLServerConfiguration) -> Void {
        {
            $0.maximumPoolSize = 8
            $0.resilience.concurrencyLimit = SQLResilienceOptions.ConcurrencyLimit(decrease: decrease)
        }
    }

    private func overload(_ server: EmbeddedServer, _ db: SQLServerClient, _ number: Int = 10_928) async {
        server.faults.inject(.error(Int32(number), severity: 16), on: .request(containing: "overload"))
        let error = await serverError(db, "SELECT N'overload'")
        #expect(error?.number == number, "\(String(describing: error))")
    }

    @Test(arguments: Engine.all, [10_928, 10_929, 40_501]) func anOverloadedServerIsGivenFewerCallsAtATime(
        engine: Engine, number: Int
    ) async throws {
        try await withRepeating(engine, limit(50)) { server, db in
            #expect(db.resilienceStatistics.callLimit == 8)
            await overload(server, db, number)
            #expect(db.resilienceStatistics.callLimit == 4)
            try await withThrowingTaskGroup(of: Void.self) { group in
                let gate = AsyncStream<Void>.makeStream()
                let opened = AsyncStream<Void>.makeStream()
                for _ in 0..<4 {
                    group.addTask {
                        try await db.withConnection { _ in
                            opened.continuation.yield()
                            for await _ in gate.stream {}
                        }
                    }
                }
                var count = 0
                for await _ in opened.stream {
                    count += 1
                    if count == 4 { break }
                }
                group.addTask { try await db.execute("SELECT N'mark'") }
                while db.resilienceStatistics.callsWaiting == 0 { try await Task.sleep(for: .milliseconds(1)) }
                #expect(db.resilienceStatistics.callsUnderWay == 4)
                #expect(server.marks == 0)
                gate.continuation.finish()
                try await group.waitForAll()
            }
            #expect(server.marks == 1)
            #expect(db.resilienceStatistics.callsUnderWay == 0)
        }
    }

    @Test(arguments: Engine.all) func callsInsideAScopeDoNotWaitForThemselves(engine: Engine) async throws {
        try await withRepeating(engine, limit(1)) { server, db in
            await overload(server, db)
            #expect(db.resilienceStatistics.callLimit == 1)
            let one = try await db.withConnection { _ in try await db.scalar("SELECT 1", as: Int.self) }
            #expect(one == 1)
        }
    }

    @Test(arguments: Engine.all) func whoWaitsForItsTurnCanBeCancelledAndTimesOut(engine: Engine) async throws {
        let change: (inout SQLServerConfiguration) -> Void = {
            limit(1)(&$0)
            $0.connectTimeout = .seconds(10)
        }
        try await withRepeating(engine, change) { server, db in
            await overload(server, db)
            try await db.withConnection { (_) async throws -> Void in
                // Detached, so that it is no call inside the scope.
                let late = Task.detached { await serverError(db, "SELECT N'mark'") }
                let cancelled = Task.detached { await serverError(db, "SELECT N'mark'") }
                cancelled.cancel()
                #expect(await cancelled.value?.code == .cancelled)
                #expect(await late.value?.code == .poolTimeout)
            }
            #expect(server.marks == 0)
            try await db.execute("SELECT 1")
        }
    }

    @Test(arguments: Engine.all) func theLimitCanBeTurnedOff(engine: Engine) async throws {
        try await withRepeating(engine, { $0.resilience = .off }) { server, db in
            await overload(server, db)
            #expect(db.resilienceStatistics.callLimit == nil)
            try await db.execute("SELECT 1")
        }
    }
}
