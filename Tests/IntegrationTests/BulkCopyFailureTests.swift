import EmbeddedSQLServer
import SQLServer
import TestSupport
import Testing

/// What of a bulk copy is in the table when it fails, and what the error says.
@Suite(.timeLimit(.minutes(2))) struct BulkCopyFailureTests {
    private static func withTable(
        _ engine: Engine, _ body: (SQLServerClient) async throws -> Void
    ) async throws {
        try await withTestClient(engine) { db in
            try await db.execute(
                """
                CREATE TABLE dbo.Items (Id int NOT NULL PRIMARY KEY, Name nvarchar(5) NULL, Price decimal(9,2) NULL,
                    Note varchar(10) NULL, Kind tinyint NOT NULL, Twice AS Id * 2)
                """)
            try await body(db)
        }
    }

    private static func count(_ db: SQLServerClient) async throws -> Int {
        try await db.scalar("SELECT COUNT(*) FROM dbo.Items", as: Int.self)
    }

    /// What `work` throws; fails when it throws nothing.
    private static func failure(
        _ work: () async throws(SQLBulkCopyError) -> SQLBulkCopyProgress
    ) async throws -> SQLBulkCopyError {
        do throws(SQLBulkCopyError) {
            _ = try await work()
        } catch {
            return error
        }
        throw SQLServerError(.misuse, "the copy did not fail")
    }

    /// A value that does not fit, its column and type, and a part of the reason.
    private static let misfits: [Misfit] = [
        ("Name", .init(.string("sixsix"), as: .nVarCharMax), .nVarChar(5), "6 characters"),
        ("Name", .init(.string("ab😀😀"), as: .nVarCharMax), .nVarChar(5), "6 characters"),
        ("Name", .init(.int(5), as: .int), .nVarChar(5), "int"),
        ("Price", .init(.decimal(1), as: .decimal(38, 0)), .decimal(9, 2), ""),
        ("Note", .init(.string("Łódź"), as: .nVarCharMax), .varChar(10), "code page 1252"),
        ("Note", .init(.string("12345678901"), as: .nVarCharMax), .varChar(10), "11 bytes"),
        ("Kind", .init(.int(256), as: .int), .tinyInt, "range"),
        ("Kind", .init(.null, as: .int), .tinyInt, "NOT NULL"),
        ("Kind", .init(.string("1"), as: .nVarCharMax), .tinyInt, "nvarchar"),
    ]

    typealias Misfit = (name: String, value: SQLTypedValue, type: SQLType, reason: String)

    @Test(arguments: Engine.all, misfits)
    func aValueThatDoesNotFitIsNamedAndNotShown(engine: Engine, misfit: Misfit) async throws {
        let (name, value, type, reason) = misfit
        let bad = name == "Price" ? SQLTypedValue(.decimal(SQLDecimal("1.005") ?? 0), as: .decimal(38, 3)) : value
        let columns = name == "Kind" ? ["Id", "Kind"] : ["Id", "Kind", name]
        try await Self.withTable(engine) { db in
            let rows = (1...3_000).lazy.map { id -> [SQLTypedValue] in
                let kind = SQLTypedValue(.int(1), as: .int)
                let last = name == "Kind" ? [] : [SQLTypedValue(.null, as: type)]
                let good = [SQLTypedValue(.int(Int64(id)), as: .int), kind] + last
                return id == 2_500 ? good.dropLast() + [bad] : good
            }
            let error = try await Self.failure { () async throws(SQLBulkCopyError) in
                try await db.bulkCopy(into: "dbo.Items", columns: columns, rows: rows)
            }
            #expect(error.row == 2_500)
            #expect(error.column == name)
            #expect(error.columnType == type)
            #expect(error.rowsCommitted == 0)
            #expect(!error.isOutcomeUnknown)
            #expect(error.error?.code == .encoding)
            #expect("\(error)".contains(reason), "\(error)")
            if case .string(let text) = bad.value { #expect(!"\(error)".contains(text)) }
            // The batch is rolled back, and the pool has a connection again.
            #expect(try await Self.count(db) == 0)
        }
    }

    @Test(arguments: Engine.all) func batchesBeforeTheFailureStayAndTellWhereToGoOn(engine: Engine) async throws {
        try await Self.withTable(engine) { db in
            let rows = (1...10_000).lazy.map { ($0, $0 == 7_777 ? 300 : 1) }
            var options = SQLBulkCopyOptions(batchSize: 1_500)
            options.tableLock = true
            let error = try await Self.failure { () async throws(SQLBulkCopyError) in
                try await db.bulkCopy(into: "dbo.Items", columns: ["Id", "Kind"], options: options, rows: rows)
            }
            #expect(error.row == 7_777)
            #expect(error.rowsCommitted == 7_500)
            #expect(error.batchesCommitted == 5)
            #expect(try await Self.count(db) == 7_500)
            let rest = (1...10_000).dropFirst(error.rowsCommitted).map { ($0, 1) }
            try await db.bulkCopy(into: "dbo.Items", columns: ["Id", "Kind"], rows: rest)
            #expect(try await Self.count(db) == 10_000)
        }
    }

    @Test(arguments: Engine.all) func anErrorOfTheServerKeepsTheConnectionAndRollsBackTheBatch(engine: Engine)
        async throws
    {
        try await Self.withTable(engine) { db in
            try await db.withConnection { connection in
                let before = try await connection.scalar("SELECT @@SPID", as: Int.self)
                let rows = [(1, 1), (2, 1), (2, 1)]
                let error = try await Self.failure { () async throws(SQLBulkCopyError) in
                    try await connection.bulkCopy(into: "dbo.Items", columns: ["Id", "Kind"], rows: rows)
                }
                #expect(error.error?.number == 2_627)
                #expect(error.row == nil)
                let after = try await connection.scalar("SELECT @@SPID", as: Int.self)
                #expect(after == before)
            }
            #expect(try await Self.count(db) == 0)
        }
    }

    /// Columns that cannot be meant, and a part of what is said.
    private static let wrongColumns: [(columns: [String], reason: String)] = [
        (["Id", "Colour"], "no column 'Colour'"), (["Id", "id", "Kind"], "named twice"),
        (["Id", "Kind", "Twice"], "computed"), (["Id"], "no value for column 'Kind'"),
    ]

    @Test(arguments: Engine.all, wrongColumns)
    func columnsAreCheckedBeforeAnythingIsSent(
        engine: Engine, wrong: (columns: [String], reason: String)
    ) async throws {
        let (columns, reason) = wrong
        try await Self.withTable(engine) { db in
            let rows = [columns.map { _ in SQLTypedValue(.int(1), as: .int) }]
            let error = try await Self.failure { () async throws(SQLBulkCopyError) in
                try await db.bulkCopy(into: "dbo.Items", columns: columns, rows: rows)
            }
            #expect("\(error)".contains(reason), "\(error)")
            #expect(try await Self.count(db) == 0)
        }
    }

    @Test(arguments: Engine.all) func aTableThatIsMissingIsTheServersError(engine: Engine) async throws {
        try await withTestClient(engine) { db in
            let error = try await Self.failure { () async throws(SQLBulkCopyError) in
                try await db.bulkCopy(into: "dbo.Nothing", columns: ["Id"], rows: [1])
            }
            #expect(error.error?.number == 208)
        }
    }

    private struct Broken: Error {}

    @Test(arguments: Engine.all) func aSequenceThatFailsIsTheCause(engine: Engine) async throws {
        try await Self.withTable(engine) { db in
            let rows = AsyncThrowingStream<(Int, Int), any Error> { stream in
                for id in 1...2_000 { stream.yield((id, 1)) }
                stream.finish(throwing: Broken())
            }
            let error = try await Self.failure { () async throws(SQLBulkCopyError) in
                try await db.bulkCopy(into: "dbo.Items", columns: ["Id", "Kind"], rows: rows)
            }
            #expect(error.cause is Broken)
            #expect(error.error == nil)
            #expect(try await Self.count(db) == 0)
        }
    }

    @Test(arguments: Engine.all) func aCancelledTaskEndsTheCopyAndThePoolGoesOn(engine: Engine) async throws {
        try await Self.withTable(engine) { (db: SQLServerClient) throws in
            let (rows, feed) = AsyncStream.makeStream(of: (Int, Int).self)
            let (sent, tell) = AsyncStream.makeStream(of: Int.self)
            let task = Task { () -> SQLServerError.Code? in
                var options = SQLBulkCopyOptions()
                options.onProgress = { tell.yield($0.rowsSent) }
                do throws(SQLBulkCopyError) {
                    try await db.bulkCopy(into: "dbo.Items", columns: ["Id", "Kind"], options: options, rows: rows)
                    return nil
                } catch {
                    return error.error?.code
                }
            }
            for id in 1...1_500 { feed.yield((id, 1)) }
            // After the first block the copy waits for more rows in the middle of its batch.
            for await _ in sent { break }
            task.cancel()
            #expect(await task.value == .cancelled)
            #expect(try await Self.count(db) == 0)
        }
    }

    @Test(arguments: Engine.all) func aTransactionTakesTheRowsOrRollsThemBack(engine: Engine) async throws {
        try await Self.withTable(engine) { db in
            let copied = try await db.withTransaction { transaction in
                try await transaction.bulkCopy(into: "dbo.Items", columns: ["Id", "Kind"], rows: [(1, 1), (2, 1)])
            }
            #expect(copied.rowsSent == 2)
            #expect(copied.rowsCommitted == 0)
            #expect(try await Self.count(db) == 2)
            await #expect(throws: Broken.self) {
                try await db.withTransaction { transaction in
                    try await transaction.bulkCopy(into: "dbo.Items", columns: ["Id", "Kind"], rows: [(3, 1)])
                    throw Broken()
                }
            }
            #expect(try await Self.count(db) == 2)
        }
    }
}
