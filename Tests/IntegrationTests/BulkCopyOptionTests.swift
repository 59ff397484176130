import EmbeddedSQLServer
import SQLServer
import TestSupport
import Testing

/// The options of a bulk copy ("bcp utility", hints and -E, -k; SqlBulkCopyOptions).
@Suite(.timeLimit(.minutes(2))) struct BulkCopyOptionTests {
    private static let table = """
        CREATE TABLE dbo.T (Id int IDENTITY(10, 5) NOT NULL PRIMARY KEY, Name nvarchar(20) NULL DEFAULT N'none',
            N int NULL CHECK (N < 100))
        """

    private static func withTable(
        _ engine: Engine, _ body: (SQLServerClient) async throws -> Void
    ) async throws {
        try await withTestClient(engine) { db in
            try await db.execute(SQLQuery(unsafe: table))
            try await body(db)
        }
    }

    private static func names(_ db: SQLServerClient) async throws -> [String] {
        try await db.query("SELECT CONCAT(Id, ' ', ISNULL(Name, '-')) FROM dbo.T ORDER BY Id", as: (String).self)
    }

    @Test(arguments: Engine.all) func theServerGivesIdentitiesAndDefaults(engine: Engine) async throws {
        try await Self.withTable(engine) { db in
            try await db.bulkCopy(into: "dbo.T", columns: ["Name"], rows: ["a", nil, "c"])
            // "Keep nulls or default values during bulk import": without KEEPNULLS a NULL becomes the default.
            #expect(try await Self.names(db) == ["10 a", "15 none", "20 c"])
            try await db.bulkCopy(into: "dbo.T", columns: ["N"], rows: [1])
            #expect(try await Self.names(db).last == "25 none")
        }
    }

    @Test(arguments: Engine.all) func identitiesAreKeptWhenAskedFor(engine: Engine) async throws {
        try await Self.withTable(engine) { db in
            let rows = [(7, "a"), (3, "b")]
            try await db.bulkCopy(
                into: "dbo.T", columns: ["Id", "Name"], options: .init(keepIdentity: true), rows: rows)
            #expect(try await Self.names(db) == ["3 b", "7 a"])
            await #expect(throws: SQLBulkCopyError.self) {
                try await db.bulkCopy(into: "dbo.T", columns: ["Id", "Name"], rows: [(9, "c")])
            }
        }
    }

    @Test(arguments: Engine.all) func nullsAreKeptWhenAskedFor(engine: Engine) async throws {
        try await Self.withTable(engine) { db in
            try await db.bulkCopy(into: "dbo.T", columns: ["Name"], options: .init(keepNulls: true), rows: ["a", nil])
            #expect(try await Self.names(db) == ["10 a", "15 -"])
        }
    }

    @Test(arguments: Engine.all) func constraintsAreCheckedWhenAskedFor(engine: Engine) async throws {
        try await Self.withTable(engine) { (db: SQLServerClient) throws in
            do throws(SQLBulkCopyError) {
                try await db.bulkCopy(
                    into: "dbo.T", columns: ["N"], options: .init(checkConstraints: true), rows: [1, 100])
                Issue.record("the constraint was not checked")
            } catch {
                #expect(error.error?.number == 547)
                #expect(error.rowsCommitted == 0)
            }
            #expect(try await Self.names(db).isEmpty)
        }
    }

    @Test(arguments: Engine.all) func triggersRunOnceForEachBatchWhenAskedFor(engine: Engine) async throws {
        try await Self.withTable(engine) { db in
            try await db.execute("CREATE TABLE dbo.Log (Rows int NOT NULL)")
            try await db.execute(
                SQLQuery(
                    unsafe:
                        "CREATE TRIGGER dbo.T_insert ON dbo.T AFTER INSERT AS INSERT dbo.Log SELECT COUNT(*) FROM inserted"
                ))
            let options = SQLBulkCopyOptions(fireTriggers: true, batchSize: 2)
            let copied = try await db.bulkCopy(into: "dbo.T", columns: ["N"], options: options, rows: 1...5)
            #expect(copied.batchCount == 3)
            let counts = try await db.query("SELECT Rows FROM dbo.Log ORDER BY Rows DESC", as: (Int).self)
            #expect(counts == [2, 2, 1])
        }
    }

    @Test(arguments: Engine.all) func aBatchThatEndsWithTheRowsIsNotFollowedByAnEmptyOne(engine: Engine) async throws {
        try await Self.withTable(engine) { db in
            let copied = try await db.bulkCopy(
                into: "dbo.T", columns: ["N"], options: .init(tableLock: true, batchSize: 2), rows: 1...4)
            #expect(copied.batchCount == 2)
            #expect(copied.rowsCommitted == 4)
        }
    }

    @Test(arguments: Engine.all) func noRowsAreNoBatch(engine: Engine) async throws {
        try await Self.withTable(engine) { db in
            let copied = try await db.bulkCopy(into: "dbo.T", columns: ["N"], rows: [] as [Int])
            #expect(copied.rowsSent == 0)
            #expect(copied.batchCount == 0)
        }
    }

    @Test(arguments: Engine.all) func twoHintsArePassedOnOrRefusedByName(engine: Engine) async throws {
        try await Self.withTable(engine) { db in
            var refusal: SQLServerError?
            do throws(SQLBulkCopyError) {
                let options = SQLBulkCopyOptions(tableLock: true, keepNulls: true)
                try await db.bulkCopy(into: "dbo.T", columns: ["Name"], options: options, rows: [String?.none])
            } catch {
                refusal = error.error
            }
            let names = try await Self.names(db)
            if engine.has(.severalBulkHints) {
                #expect(refusal == nil)
                #expect(names == ["10 -"])
            } else {
                expectRefusal(refusal, naming: "tableLock and keepNulls")
                #expect(names.isEmpty)
            }
        }
    }

    @Test(arguments: Engine.all) func progressTellsRowsAndBatches(engine: Engine) async throws {
        try await Self.withTable(engine) { db in
            let (steps, tell) = AsyncStream.makeStream(of: SQLBulkCopyProgress.self)
            var options = SQLBulkCopyOptions(batchSize: 2_000)
            options.onProgress = { tell.yield($0) }
            try await db.bulkCopy(into: "dbo.T", columns: ["Name"], options: options, rows: (1...5_000).map { "\($0)" })
            tell.finish()
            var last = SQLBulkCopyProgress?.none
            for await step in steps {
                #expect(step.rowsSent >= last?.rowsSent ?? 0)
                #expect(step.rowsCommitted <= step.rowsSent)
                last = step
            }
            #expect(last?.rowsSent == 5_000)
            #expect(last?.rowsCommitted == 5_000)
            #expect(last?.batchCount == 3)
        }
    }

    /// A column with a fixed size, NOT NULL and with a default: FreeTDS cannot leave it out, db-lib would abort
    /// (facts: freetds.md 1.1).
    @Test(arguments: Engine.all) func aColumnWithADefaultIsLeftOutOrRefusedByName(engine: Engine) async throws {
        try await withTestClient(engine) { db in
            try await db.execute(
                "CREATE TABLE dbo.D (Id int NOT NULL, N int NOT NULL DEFAULT 7, S nvarchar(9) NOT NULL DEFAULT N'x')")
            var refusal: SQLServerError?
            do throws(SQLBulkCopyError) {
                try await db.bulkCopy(into: "dbo.D", columns: ["Id"], rows: [1])
            } catch {
                refusal = error.error
            }
            let left = try await db.query("SELECT N FROM dbo.D", as: (Int).self)
            if engine.has(.bulkDefaults) {
                #expect(refusal == nil)
                #expect(left == [7])
            } else {
                expectRefusal(refusal, naming: "column 'N' (int)")
                #expect(left.isEmpty)
            }
            try await db.bulkCopy(into: "dbo.D", columns: ["Id", "N"], rows: [(2, 2)])
            let text = try await db.scalar("SELECT S FROM dbo.D WHERE Id = 2", as: String.self)
            #expect(text == "x")
        }
    }
}
