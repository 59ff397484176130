import EmbeddedSQLServer
import SQLServer
import TestSupport
import Testing

/// Connecting is repeated within its time limit when the error passes: nothing was sent that could be done twice.
@Suite(.embeddedOnly, .timeLimit(.minutes(2))) struct ConnectRetryTests {
    @Test(arguments: Engine.all, [40_613, 4_060, 40_197, 10_928, 18_401, 49_918])
    func aLoginThatIsRefusedForAWhileIsRepeated(engine: Engine, number: Int) async throws {
        try await withRepeating(engine) { server, db in
            server.faults.inject(.error(Int32(number)), on: .nextLogin)
            let one = try await db.scalar("SELECT 1", as: Int.self)
            #expect(one == 1)
            #expect(db.resilienceStatistics.retriedConnects == 1)
        }
    }

    @Test(arguments: Engine.all) func aConnectionThatIsClosedBeforeItsLoginIsRepeated(engine: Engine) async throws {
        try await withRepeating(engine) { server, db in
            server.faults.inject(.refuseConnection)
            let one = try await db.scalar("SELECT 1", as: Int.self)
            #expect(one == 1)
            #expect(db.resilienceStatistics.retriedConnects == 1)
        }
    }

    @Test(arguments: Engine.all) func aLoginThatIsWrongIsNotRepeated(engine: Engine) async throws {
        try await withRepeating(engine, { $0.password = "not the password" }) { _, db in
            #expect(await serverError(db, "SELECT 1")?.number == 18_456)
            #expect(db.resilienceStatistics.retriedConnects == 0)
        }
    }

    @Test(arguments: Engine.all) func aDatabaseThatMayBeMissingIsTriedOnceMore(engine: Engine) async throws {
        try await withRepeating(engine, { $0.database = "no_such_database" }) { _, db in
            #expect(await serverError(db, "SELECT 1")?.number == 4_060)
            #expect(db.resilienceStatistics.retriedConnects == 1)
        }
    }

    @Test(arguments: Engine.all) func aServerThatIsAwayIsTriedAsOftenAsThePolicySays(engine: Engine) async throws {
        let away = try ScriptedTCPServer(.hangUp)
        away.stop()
        for (attempts, retries) in [(1, 0), (4, 3)] {
            var configuration = engine.configuration(port: away.port)
            configuration.retryPolicy = .hasty
            configuration.retryPolicy.maximumAttempts = attempts
            configuration.resilience.retryBudget = nil
            try await withSQLServer(configuration) { db in
                #expect(await serverError(db, "SELECT 1")?.code == .connectionFailed)
                #expect(db.resilienceStatistics.retriedConnects == retries)
            }
        }
    }

    @Test(arguments: Engine.all) func noAttemptBeginsAfterTheTimeForConnecting(engine: Engine) async throws {
        try await withRepeating(engine, { $0.retryPolicy = .waiting }) { server, db in
            // The wait would be longer than the connect timeout, so the error comes at once.
            server.faults.inject(.error(40_501), on: .nextLogin)
            #expect(await serverError(db, "SELECT 1")?.number == 40_501)
            #expect(db.resilienceStatistics.retriedConnects == 0)
        }
    }

    @Test(arguments: Engine.all) func aFailureGivesItsPlaceInThePoolBack(engine: Engine) async throws {
        try await withRepeating(engine, { $0.maximumPoolSize = 1 }) { server, db in
            server.faults.inject(.error(40_197), on: .nextLogin, times: 5)
            #expect(await serverError(db, "SELECT 1")?.number == 40_197)
            #expect(db.resilienceStatistics.retriedConnects == 4)
            let one = try await db.scalar("SELECT 1", as: Int.self)
            #expect(one == 1)
        }
    }
}
