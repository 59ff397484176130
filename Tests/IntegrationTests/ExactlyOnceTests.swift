import EmbeddedSQLServer
import Foundation
import SQLServer
import TestSupport
import Testing

/// A transaction with `.exactlyOnce` is applied once, whatever becomes of the answer to its COMMIT.
@Suite(.embeddedOnly, .timeLimit(.minutes(2))) struct ExactlyOnceTests {
    static let lost: [EmbeddedServerFault] = [.dropRequest, .dropResponse]

    private func withAccounts(
        _ engine: Engine, _ change: (inout SQLServerConfiguration) -> Void = { _ in },
        _ body: (EmbeddedServer, SQLServerClient) async throws -> Void
    ) async throws {
        try await withRepeating(engine, change) { server, db in
            try await db.execute("CREATE TABLE dbo.Accounts (Id int NOT NULL PRIMARY KEY, Balance int NOT NULL)")
            try await db.execute("INSERT dbo.Accounts (Id, Balance) VALUES (1, 100), (2, 0)")
            try await db.prepareExactlyOnce()
            try await body(server, db)
        }
    }

    private func transfer(_ transaction: SQLServerConnection) async throws {
        try await transaction.execute("UPDATE dbo.Accounts SET Balance -= 10 WHERE Id = 1")
        try await transaction.execute("UPDATE dbo.Accounts SET Balance += 10 WHERE Id = 2")
    }

    private func balances(_ db: SQLServerClient) async throws -> [Int] {
        try await db.query("SELECT Balance FROM dbo.Accounts ORDER BY Id").decode(Int.self)
    }

    @Test(arguments: Engine.all, lost) func aTransferWhoseCommitGotNoAnswerIsAppliedOnce(
        engine: Engine, fault: EmbeddedServerFault
    ) async throws {
        try await withAccounts(engine) { server, db in
            var runs = 0
            server.faults.inject(fault, on: .nextCommit)
            let value = try await db.withTransaction(retry: .exactlyOnce) { transaction in
                runs += 1
                try await transfer(transaction)
                return "done"
            }
            #expect(value == "done")
            #expect(server.faults.count == 0)
            #expect(runs == (fault == .dropResponse ? 1 : 2))
            let now = try await balances(db)
            #expect(now == [90, 10])
            #expect(db.resilienceStatistics.resolvedCommits == 1)
        }
    }

    /// The proof that the test above can fail: whoever repeats blindly applies a committed transfer twice.
    @Test(arguments: Engine.all, lost) func blindRepetitionAppliesATransferTwice(
        engine: Engine, fault: EmbeddedServerFault
    ) async throws {
        try await withAccounts(engine) { server, db in
            server.faults.inject(fault, on: .nextCommit)
            do {
                try await db.withTransaction(retry: .standard) { try await transfer($0) }
                Issue.record("the COMMIT got an answer")
            } catch let error as SQLServerError where error.code == .commitOutcomeUnknown {
                try await db.withTransaction(retry: .standard) { try await transfer($0) }
            }
            let now = try await balances(db)
            #expect(now == (fault == .dropResponse ? [80, 20] : [90, 10]))
        }
    }

    @Test(arguments: Engine.all) func aCommitThatHangsIsResolvedWhenItsSessionIsGone(engine: Engine) async throws {
        let change: (inout SQLServerConfiguration) -> Void = {
            $0.commandTimeout = .seconds(3)
            $0.cancelTimeout = .milliseconds(100)
        }
        try await withAccounts(engine, change) { server, db in
            server.faults.inject(.hang, on: .nextCommit)
            try await db.withTransaction(retry: .exactlyOnce) { try await transfer($0) }
            let now = try await balances(db)
            #expect(now == [90, 10])
            #expect(db.resilienceStatistics.resolvedCommits == 1)
        }
    }

    @Test(arguments: Engine.all, lost) func aLookUpThatBreaksIsRepeated(
        engine: Engine, fault: EmbeddedServerFault
    ) async throws {
        try await withAccounts(engine) { server, db in
            server.faults.inject(fault, on: .nextCommit)
            server.faults.inject(.dropRequest, on: .request(containing: "swift_sqlserver_markers", 2))
            try await db.withTransaction(retry: .exactlyOnce) { try await transfer($0) }
            #expect(server.faults.count == 0)
            let now = try await balances(db)
            #expect(now == [90, 10])
        }
    }

    @Test(arguments: Engine.all) func withoutALookUpTheOutcomeStaysUnknown(engine: Engine) async throws {
        try await withAccounts(engine) { server, db in
            server.faults.inject(.dropResponse, on: .nextCommit)
            server.faults.inject(.error(229), on: .request(containing: "swift_sqlserver_markers", 2))
            let error = await #expect(throws: SQLServerError.self) {
                try await db.withTransaction(retry: .exactlyOnce) { try await transfer($0) }
            }
            #expect(error?.code == .commitOutcomeUnknown)
            #expect(db.resilienceStatistics.resolvedCommits == 0)
        }
    }

    @Test(arguments: Engine.all) func aTransactionThatWasNotCommittedAndMayNotRunAgainSaysSo(
        engine: Engine
    ) async throws {
        try await withAccounts(engine) { server, db in
            server.faults.inject(.dropRequest, on: .nextCommit)
            let error = await #expect(throws: SQLServerError.self) {
                try await db.withTransaction(retry: .exactlyOnce(.none)) { try await transfer($0) }
            }
            #expect(error?.isOutcomeUnknown == false)
            #expect(error?.message.contains("was not committed") == true)
            let now = try await balances(db)
            #expect(now == [100, 0])
        }
    }

    @Test(arguments: Engine.all) func otherErrorsThatPassRepeatItToo(engine: Engine) async throws {
        try await withAccounts(engine) { server, db in
            server.faults.inject(.error(1_205), on: .request(containing: "Balance += 10"))
            server.faults.inject(.dropRequest, on: .request(containing: "Balance += 10", 2))
            try await db.withTransaction(retry: .exactlyOnce) { try await transfer($0) }
            #expect(server.faults.count == 0)
            let now = try await balances(db)
            #expect(now == [90, 10])
        }
    }

    @Test(arguments: Engine.all) func withoutItsTableItSaysWhatToDo(engine: Engine) async throws {
        try await withRepeating(engine) { _, db in
            let error = await #expect(throws: SQLServerError.self) {
                try await db.withTransaction(retry: .exactlyOnce) { _ in }
            }
            #expect(error?.number == 208)
            #expect(error?.message.contains("prepareExactlyOnce") == true)
            let misuse = await #expect(throws: SQLServerError.self) {
                try await db.withTransaction(retry: .exactlyOnce, access: .readOnly) { _ in }
            }
            #expect(misuse?.code == .misuse)
        }
    }

    @Test(arguments: Engine.all) func markersAreRemovedByAge(engine: Engine) async throws {
        try await withAccounts(engine) { _, db in
            try await db.prepareExactlyOnce()
            for _ in 0..<3 { try await db.withTransaction(retry: .exactlyOnce) { try await transfer($0) } }
            let young = try await db.removeExactlyOnceMarkers()
            #expect(young == 0)
            let old = try await db.removeExactlyOnceMarkers(olderThan: .zero)
            #expect(old == 3)
        }
    }

    @Test(arguments: Engine.all) func theShippedScriptMakesTheTable(engine: Engine) async throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let script = try String(contentsOf: root.appending(path: "sql/resilience/exactly-once.sql"), encoding: .utf8)
        try await withRepeating(engine) { server, db in
            try await db.execute(SQLQuery(unsafe: script))
            try await db.execute(SQLQuery(unsafe: script))
            server.recorder.removeAll()
            try await db.prepareExactlyOnce()
            // What the client runs is the script, but for its comment.
            let sent = try #require(server.recorder.batches.last)
            #expect(script.split(separator: "\n").dropFirst(2) == sent.split(separator: "\n")[...])
            try await db.withTransaction(retry: .exactlyOnce) { _ in }
        }
    }
}
