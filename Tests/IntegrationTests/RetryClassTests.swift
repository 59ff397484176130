import EmbeddedSQLServer
import SQLServer
import SQLServerCore
import TestSupport
import Testing

/// Whatever door a failure comes through, its error says whether another attempt can help and whether the work may have
/// been done.
@Suite(.embeddedOnly, .timeLimit(.minutes(2))) struct RetryClassTests {
    /// A way to send a statement that holds the text `mark`.
    struct Door: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let send: @Sendable (SQLServerClient, SQLCallOptions) async throws -> Void

        init(_ name: String, _ send: @escaping @Sendable (SQLServerClient, SQLCallOptions) async throws -> Void) {
            testDescription = name
            self.send = send
        }
    }

    static let doors = [
        Door("batch without parameters") { db, options in try await db.execute("SELECT N'mark'", options: options) },
        Door("statement with parameters") { db, options in
            _ = try await db.query("SELECT N'mark', \(1)", options: options)
        },
        Door("stream") { db, options in for try await _ in db.stream("SELECT N'mark'", options: options) {} },
        Door("several statements") { db, options in
            for outcome in try await db.batch(["SELECT N'mark'", "SELECT 2"], options: options) {
                _ = try outcome.get()
            }
        },
        Door("procedure") { db, options in _ = try await db.call("dbo.mark", options: options) },
        Door("lease") { db, options in
            try await db.withConnection { (connection) async throws -> Void in
                try await connection.execute("SELECT N'mark'", options: options)
            }
        },
        Door("transaction") { db, options in
            try await db.withTransaction { (transaction) async throws -> Void in
                try await transaction.execute("SELECT N'mark'", options: options)
            }
        },
    ]

    /// The errors of a door whose statement meets one fault after the other.
    private func failures(
        _ engine: Engine, _ door: Door, _ faults: [EmbeddedServerFault], _ options: SQLCallOptions = .standard
    ) async throws -> [SQLServerError] {
        var errors: [SQLServerError] = []
        try await withEmbedded(engine) { server, db in
            try await db.execute("CREATE PROCEDURE dbo.mark AS SELECT 1")
            for fault in faults {
                server.faults.inject(fault, on: .request(containing: "mark"))
                let error = await #expect(throws: SQLServerError.self) { try await door.send(db, options) }
                errors.append(try #require(error))
            }
        }
        return errors
    }

    @Test(arguments: Engine.all, doors) func aStatementThatWasStoppedMayHaveBeenDone(
        engine: Engine, door: Door
    ) async throws {
        let errors = try await failures(engine, door, [.stall], .timeout(.milliseconds(100)))
        #expect(errors.map(\.code) == [.timeout])
        #expect(errors.allSatisfy { $0.isOutcomeUnknown && $0.retryClass == .never })
    }

    @Test(arguments: Engine.all, doors) func aStatementWhoseConnectionBrokeMayHaveBeenDone(
        engine: Engine, door: Door
    ) async throws {
        let errors = try await failures(engine, door, [.dropRequest, .dropResponse])
        #expect(errors.map(\.code) == [.connectionLost, .connectionLost])
        #expect(errors.allSatisfy { $0.isOutcomeUnknown && $0.retryClass == .connection })
    }

    @Test(arguments: Engine.all, doors) func anErrorOfTheServerIsKnownToHaveFailed(
        engine: Engine, door: Door
    ) async throws {
        let numbers = [1_205, 40_501, 547]
        let errors = try await failures(engine, door, numbers.map { .error(Int32($0), severity: 16) })
        #expect(errors.map(\.number) == numbers)
        #expect(errors.map(\.retryClass) == [.transaction, .throttled, .never])
        #expect(errors.map(\.isOutcomeUnknown) == [false, false, false])
    }

    @Test(arguments: Engine.all, [EmbeddedServerFault.dropRequest, .dropResponse])
    func aCommitWithoutAnAnswerIsNeverRepeated(engine: Engine, fault: EmbeddedServerFault) async throws {
        try await withEmbedded(engine) { server, db in
            server.faults.inject(fault, on: .nextCommit)
            let error = await #expect(throws: SQLServerError.self) {
                try await db.withTransaction { try await $0.execute("CREATE TABLE dbo.T (Id int)") }
            }
            #expect(error?.code == .commitOutcomeUnknown)
            #expect(error?.isOutcomeUnknown == true)
            #expect(error?.retryClass == .never)
        }
    }

    /// Every number of the table, as the server's error: nothing on the way changes or hides it.
    @Test(arguments: Engine.all) func everyNumberKeepsItsClassOnItsWay(engine: Engine) async throws {
        try await withEmbedded(engine) { server, db in
            for fact in SQLErrorTable.facts {
                server.faults.inject(.error(Int32(fact.number), severity: 16), on: .request(containing: "mark"))
                let error = await serverError(db, "SELECT N'mark'")
                #expect(error?.number == fact.number)
                #expect(error?.retryClass == fact.retryClass, "\(fact.number)")
            }
        }
    }

    /// Errors with which the server also closes the connection: the number is not lost with it.
    @Test(arguments: Engine.all, [40_197, 40_613, 17_065]) func anErrorThatClosesTheConnectionKeepsItsClass(
        engine: Engine, number: Int
    ) async throws {
        let door = try #require(Self.doors.first)
        let errors = try await failures(engine, door, [.error(Int32(number), severity: 20)])
        #expect(errors.map(\.number) == [number])
        #expect(errors.map(\.retryClass) == [SQLRetryRules.standard[number]])
    }

    static let logins: [(number: Int, retryClass: SQLRetryClass)] = [
        (4_060, .doubtful), (18_456, .never), (40_613, .throttled), (40_197, .connection), (18_401, .connection),
        (10_928, .connection), (49_918, .throttled), (4_221, .connection),
    ]

    @Test(arguments: Engine.all, logins) func aRefusedLoginHasTheClassOfItsNumber(
        engine: Engine, login: (number: Int, retryClass: SQLRetryClass)
    ) async throws {
        try await withEmbeddedSQLServer { server in
            server.faults.inject(.error(Int32(login.number)), on: .nextLogin)
            let error = await connectError(try engine.configuration(of: server))
            #expect(error?.number == login.number)
            #expect(error?.retryClass == login.retryClass)
            #expect(error?.isOutcomeUnknown == false)
        }
    }

    @Test(arguments: Engine.all) func connectingIsWorthAnotherAttemptAndLeavesNothingBehind(engine: Engine) async throws
    {
        let closed = try ScriptedTCPServer(.hangUp)
        closed.stop()
        let refused = await connectError(engine.configuration(port: closed.port))
        #expect(refused?.retryClass == .connection && refused?.isOutcomeUnknown == false)
        let silent = try ScriptedTCPServer(.silence)
        defer { silent.stop() }
        var configuration = engine.configuration(port: silent.port)
        configuration.connectTimeout = .milliseconds(200)
        configuration.maximumPoolSize = 2
        let late = await connectError(configuration)
        #expect(late?.code == .timeout)
        #expect(late?.retryClass == .connection && late?.isOutcomeUnknown == false)
        try await withEmbeddedSQLServer { server in
            server.faults.inject(.refuseConnection)
            let hungUp = await connectError(try engine.configuration(of: server))
            #expect(hungUp?.retryClass.isTransient == true && hungUp?.isOutcomeUnknown == false)
        }
    }
}
