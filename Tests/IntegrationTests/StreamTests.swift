import EmbeddedSQLServer
import SQLServer
import TestSupport
import Testing

/// Rows that are read while they come.
@Suite(.timeLimit(.minutes(2))) struct StreamTests {
    /// 5,000 numbered rows: five batches.
    private static let numbers: SQLQuery = """
        WITH n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
        SELECT i AS Number, CONCAT('row ', i) AS Name FROM n OPTION (MAXRECURSION 0)
        """

    @Test(arguments: Engine.all) func everyRowComesOnceAndInOrder(engine: Engine) async throws {
        try await withTestClient(engine) { db in
            var expected = 1
            for try await (number, name) in db.stream(Self.numbers).decode((Int, String).self) {
                try #require(number == expected)
                try #require(name == "row \(expected)")
                expected += 1
            }
            #expect(expected == 5_001)
            #expect(db.poolStatistics.inUse == 0)
        }
    }

    @Test(arguments: Engine.all) func rowsAreDecodedAsStructures(engine: Engine) async throws {
        struct Line: Decodable, Equatable {
            let number: Int
            let name: String
        }
        try await withTestClient(engine) { db in
            var lines: [Line] = []
            for try await line in db.stream("SELECT 7 AS Number, N'seven' AS Name").decode(as: Line.self) {
                lines.append(line)
            }
            #expect(lines == [Line(number: 7, name: "seven")])
        }
    }

    @Test(arguments: Engine.all) func batchesHoldAtMost1024Rows(engine: Engine) async throws {
        try await withTestClient(engine) { db in
            var counts: [Int] = []
            for try await batch in db.stream(Self.numbers).batches { counts.append(batch.rowCount) }
            #expect(counts.reduce(0, +) == 5_000)
            #expect(counts.allSatisfy { (1...1_024).contains($0) })
        }
    }

    @Test(arguments: Engine.all) func leavingTheLoopGivesBackAUsableConnection(engine: Engine) async throws {
        try await withTestServer(engine) { server in
            var configuration = server.configuration
            configuration.maximumPoolSize = 1
            try await withSQLServer(configuration) { db in
                let before = try await db.scalar("SELECT @@SPID", as: Int.self)
                for try await number in db.stream(Self.numbers).decode((Int).self) where number == 10 { break }
                let after = try await db.scalar("SELECT @@SPID", as: Int.self)
                #expect(after == before)
            }
        }
    }

    @Test(arguments: Engine.all) func aLeaseGoesOnAfterALoopThatWasLeft(engine: Engine) async throws {
        try await withTestClient(engine) { db in
            try await db.withConnection { connection in
                for try await number in connection.stream(Self.numbers).decode((Int).self) where number == 3 { break }
                let sum = try await connection.scalar("SELECT 40 + 2", as: Int.self)
                #expect(sum == 42)
            }
        }
    }

    @Test(arguments: Engine.all) func aSecondStatementWhileRowsAreOpenIsMisuse(engine: Engine) async throws {
        try await withTestClient(engine) { db in
            try await db.withConnection { connection in
                var rows = connection.stream(Self.numbers).makeAsyncIterator()
                let first = try await rows.next()
                #expect(try first?.decode(Int.self, at: 0) == 1)
                #expect(await serverError(connection, "SELECT 1")?.code == .misuse)
                // The rows are not disturbed.
                let second = try await rows.next()
                #expect(try second?.decode(Int.self, at: 0) == 2)
            }
        }
    }

    @Test(arguments: Engine.all) func anErrorAfterRowsIsThrownAfterThem(engine: Engine) async throws {
        try await withTestClient(engine) { db in
            var seen: [Int] = []
            let error = await #expect(throws: SQLServerError.self) {
                let query: SQLQuery = "SELECT 1 AS N UNION ALL SELECT 2; RAISERROR(N'stop', 16, 1)"
                for try await number in db.stream(query).decode((Int).self) { seen.append(number) }
            }
            #expect(seen == [1, 2])
            #expect(error?.number == 50_000)
            #expect(db.poolStatistics.open == 1)
        }
    }

    @Test(arguments: Engine.all) func aSecondResultSetIsAnErrorAndNotLostSilently(engine: Engine) async throws {
        try await withTestClient(engine) { db in
            let error = await #expect(throws: SQLServerError.self) {
                for try await _ in db.stream("SELECT 1; SELECT 2") {}
            }
            #expect(error?.code == .misuse)
        }
    }

    @Test(arguments: Engine.all) func theTimeOfTheLoopDoesNotCountAsTheServers(engine: Engine) async throws {
        try await withTestClient(engine) { db in
            try await withGrowingLimits { limit in
                var count = 0
                for try await _ in db.stream(Self.numbers, options: .timeout(limit)) {
                    count += 1
                    if count == 1 || count == 1_500 { try await Task.sleep(for: limit * 1.5) }
                }
                #expect(count == 5_000)
            }
        }
    }

    @Test(arguments: Engine.all) func aStreamThatWasNotBegunRunsNothing(engine: Engine) async throws {
        try await withTestClient(engine) { db in
            _ = db.stream("RAISERROR(N'never', 16, 1)")
            #expect(db.poolStatistics.open == 0)
        }
    }
}
