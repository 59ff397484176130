import SQLServer
import Synchronization
import TestSupport
import Testing

/// What a client tells its observer.
@Suite(.timeLimit(.minutes(1))) struct TelemetryTests {
    /// Keeps what was recorded.
    private final class Recorder: SQLTelemetrySink {
        struct Entry: Sendable {
            let operation: SQLOperation
            let outcome: SQLOperationOutcome
            let token: Int?
        }
        private let state = Mutex((begun: 0, entries: [Entry]()))

        func begin(_ operation: SQLOperation) -> (any Sendable)? {
            state.withLock { state in
                state.begun += 1
                return state.begun
            }
        }

        func end(_ operation: SQLOperation, _ outcome: SQLOperationOutcome, token: (any Sendable)?) {
            state.withLock { state in
                state.entries.append(Entry(operation: operation, outcome: outcome, token: token as? Int))
            }
        }

        var begun: Int { state.withLock { $0.begun } }
        var entries: [Entry] { state.withLock { $0.entries } }
        var kinds: [SQLOperation.Kind] { entries.map(\.operation.kind) }
    }

    private func record(
        _ engine: Engine, _ body: (SQLServerClient) async throws -> Void
    ) async throws -> [Recorder.Entry] {
        let recorder = Recorder()
        try await withTestServer(engine) { server in
            try await withSQLServer(server.configuration, telemetry: recorder, body)
        }
        #expect(recorder.begun == recorder.entries.count)
        // Each end got back the token of a begin, each once.
        #expect(Set(recorder.entries.compactMap(\.token)).count == recorder.begun)
        return recorder.entries
    }

    @Test(arguments: Engine.all) func aStatementIsRecordedWithoutItsValues(engine: Engine) async throws {
        let entries = try await record(engine) { db in
            _ = try await db.query("SELECT N FROM (VALUES (1), (2)) AS T (N) WHERE N < \(1_234)")
        }
        #expect(entries.map(\.operation.kind) == [.connect, .statement])
        let statement = try #require(entries.last)
        #expect(statement.operation.text == "SELECT N FROM (VALUES (1), (2)) AS T (N) WHERE N < @p1")
        #expect(statement.outcome.returnedRows == 2)
        #expect(!statement.outcome.isFailure)
        #expect(statement.outcome.duration > .zero)
    }

    @Test(arguments: Engine.all) func anErrorOfTheServerIsTheOutcome(engine: Engine) async throws {
        let entries = try await record(engine) { db in _ = await serverError(db, "SELECT 1 / 0") }
        #expect(entries.last?.outcome.isFailure == true)
        #expect(entries.last?.outcome.error?.number == 8_134)
    }

    @Test(arguments: Engine.all) func aConnectThatFailsIsRecorded(engine: Engine) async throws {
        let recorder = Recorder()
        try await withTestServer(engine) { server in
            var configuration = server.configuration
            configuration.database = "does_not_exist"
            try await withSQLServer(configuration, telemetry: recorder) { db in _ = await serverError(db, "SELECT 1") }
        }
        #expect(recorder.kinds == [.connect])
        #expect(recorder.entries.first?.outcome.error?.code == .loginFailed)
    }

    @Test(arguments: Engine.all) func aTransactionEndsAfterItsStatements(engine: Engine) async throws {
        let entries = try await record(engine) { db in
            try await db.withTransaction { (transaction) async throws -> Void in
                try await transaction.execute("DECLARE @i int = 1")
            }
        }
        let kinds = entries.map(\.operation.kind)
        #expect(kinds.first == .connect)
        #expect(kinds.last == .transaction)
        #expect(kinds.contains(.statement))
    }

    @Test(arguments: Engine.all) func aTransactionWhoseBodyThrowsHasFailed(engine: Engine) async throws {
        struct Mine: Error {}
        let entries = try await record(engine) { db in
            await #expect(throws: Mine.self) { try await db.withTransaction { _ in throw Mine() } }
        }
        #expect(entries.last?.operation.kind == .transaction)
        #expect(entries.last?.outcome.isFailure == true)
    }

    @Test(arguments: Engine.all, [false, true]) func aStreamTellsItsRows(engine: Engine, leavesEarly: Bool) async throws
    {
        let entries = try await record(engine) { db in
            for try await _ in db.stream("SELECT N FROM (VALUES (1), (2), (3)) AS T (N)") {
                if leavesEarly { break }
            }
        }
        let stream = try #require(entries.last { $0.operation.kind == .stream })
        #expect(stream.outcome.returnedRows == 3)
        #expect(stream.outcome.wasLeftEarly == leavesEarly)
        #expect(!stream.outcome.isFailure)
    }
}
