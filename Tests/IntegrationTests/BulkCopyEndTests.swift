import EmbeddedSQLServer
import SQLServer
import TestSupport
import Testing

/// A server that fails at the end of a batch: what the error says of the rows, and what is in the table.
@Suite(.timeLimit(.minutes(2))) struct BulkCopyEndTests {
    /// Copies 2,000 rows in batches of 1,200 and lets the server fail at the end of one of them.
    private static func copy(
        _ engine: Engine, _ fault: EmbeddedServerFault, atTheEndOf batch: Int, timeout: Duration? = nil,
        _ check: (SQLBulkCopyError, SQLServerClient) async throws -> Void
    ) async throws {
        try await withEmbeddedSQLServer { server in
            var configuration = try engine.configuration(of: server)
            configuration.cancelTimeout = .seconds(20)
            try await withSQLServer(configuration) { db in
                try await db.execute("CREATE TABLE dbo.T (Id int NOT NULL)")
                var options = SQLBulkCopyOptions(batchSize: 1_200, timeout: timeout)
                options.onProgress = { progress in
                    // All rows of the batch are sent, and the next request is its end.
                    guard progress.batchCount == batch - 1, progress.rowsSent == min(batch * 1_200, 2_000) else {
                        return
                    }
                    server.faults.inject(fault, on: .nextRequest)
                }
                do throws(SQLBulkCopyError) {
                    try await db.bulkCopy(into: "dbo.T", columns: ["Id"], options: options, rows: 1...2_000)
                } catch {
                    #expect(server.faults.count == 0)
                    return try await check(error, db)
                }
                Issue.record("the copy did not fail")
            }
        }
    }

    private static func count(_ db: SQLServerClient) async throws -> Int {
        try await db.scalar("SELECT COUNT(*) FROM dbo.T", as: Int.self)
    }

    @Test(arguments: Engine.all) func aServerThatVanishesAfterTheCommitLeavesTheOutcomeUnknown(engine: Engine)
        async throws
    {
        try await Self.copy(engine, .dropResponse, atTheEndOf: 1) { error, db in
            #expect(error.error?.code == .connectionLost)
            #expect(error.isOutcomeUnknown)
            #expect(error.rowsCommitted == 0)
            #expect("\(error)".contains("unknown"))
            // Nobody was told, but the batch is there.
            let count = try await Self.count(db)
            #expect(count == 1_200)
        }
    }

    @Test(arguments: Engine.all) func aServerThatVanishesBeforeTheCommitLooksTheSame(engine: Engine) async throws {
        try await Self.copy(engine, .dropRequest, atTheEndOf: 1) { error, db in
            #expect(error.error?.code == .connectionLost)
            #expect(error.isOutcomeUnknown)
            #expect(error.rowsCommitted == 0)
            let count = try await Self.count(db)
            #expect(count == 0)
        }
    }

    @Test(arguments: Engine.all) func theBatchesBeforeAreKnown(engine: Engine) async throws {
        try await Self.copy(engine, .dropResponse, atTheEndOf: 2) { error, db in
            #expect(error.isOutcomeUnknown)
            #expect(error.rowsCommitted == 1_200)
            #expect(error.batchesCommitted == 1)
            let count = try await Self.count(db)
            #expect(count == 2_000)
        }
    }

    @Test(arguments: Engine.all) func anErrorOfTheServerAtTheEndIsNoUnknownOutcome(engine: Engine) async throws {
        try await Self.copy(engine, .error(1205), atTheEndOf: 2) { error, db in
            #expect(error.error?.number == 1205)
            #expect(!error.isOutcomeUnknown)
            #expect(error.rowsCommitted == 1_200)
            let count = try await Self.count(db)
            #expect(count == 1_200)
        }
    }

    /// Servers that do not answer the end of the rows: one acknowledges an attention, one does not even that.
    @Test(arguments: Engine.all, [EmbeddedServerFault.stall, .hang])
    func theTimeLimitAtTheEndLeavesTheOutcomeUnknown(engine: Engine, fault: EmbeddedServerFault) async throws {
        try await Self.copy(engine, fault, atTheEndOf: 1, timeout: .milliseconds(300)) { error, db in
            #expect(error.error?.code == .timeout)
            #expect(error.isOutcomeUnknown)
            #expect(error.rowsCommitted == 0)
            // The caller goes on at its limit, on another connection if need be.
            let count = try await Self.count(db)
            #expect(count == 0)
        }
    }

    @Test(arguments: Engine.all) func insideATransactionTheOutcomeIsKnown(engine: Engine) async throws {
        try await withEmbeddedSQLServer { server in
            try await withSQLServer(engine.configuration(of: server)) { db in
                try await db.execute("CREATE TABLE dbo.T (Id int NOT NULL)")
                let (outcomes, tell) = AsyncStream.makeStream(of: SQLBulkCopyError.self)
                await #expect(throws: (any Error).self) {
                    try await db.withTransaction { transaction in
                        var options = SQLBulkCopyOptions()
                        options.onProgress = { _ in server.faults.inject(.dropResponse, on: .nextRequest) }
                        do throws(SQLBulkCopyError) {
                            try await transaction.bulkCopy(
                                into: "dbo.T", columns: ["Id"], options: options, rows: 1...10)
                        } catch {
                            tell.yield(error)
                            throw error
                        }
                    }
                }
                tell.finish()
                for await error in outcomes {
                    // The transaction went with its connection, and the rows with it.
                    #expect(error.error?.code == .connectionLost)
                    #expect(!error.isOutcomeUnknown)
                }
                let count = try await Self.count(db)
                #expect(count == 0)
            }
        }
    }

    /// A server that reads nothing more in the middle of a batch, so that the rows fill all buffers on the way.
    @Test(arguments: Engine.all) func theTimeLimitInTheMiddleOfABatchRollsItBack(engine: Engine) async throws {
        try await withEmbeddedSQLServer { server in
            let relay = try PausableRelay(to: server.port)
            defer { relay.stop() }
            let direct = try engine.configuration(of: server)
            var configuration = direct
            configuration.port = relay.port
            configuration.cancelTimeout = .milliseconds(500)
            try await withSQLServer(direct) { db in
                try await db.execute("CREATE TABLE dbo.T (Id int NOT NULL, Text nvarchar(max) NOT NULL)")
                let text = String(repeating: "x", count: 10_000)
                try await withSQLServer(configuration) { slow in
                    var options = SQLBulkCopyOptions(timeout: .milliseconds(300))
                    options.onProgress = { _ in relay.pause() }
                    do throws(SQLBulkCopyError) {
                        try await slow.bulkCopy(
                            into: "dbo.T", columns: ["Id", "Text"], options: options,
                            rows: (1...100_000).lazy.map { ($0, text) })
                        Issue.record("the copy did not fail")
                    } catch {
                        #expect(error.error?.code == .timeout, "\(error)")
                        // Its end was never sent.
                        #expect(!error.isOutcomeUnknown)
                        #expect(error.rowsCommitted == 0)
                    }
                }
                let count = try await Self.count(db)
                #expect(count == 0)
            }
        }
    }
}
