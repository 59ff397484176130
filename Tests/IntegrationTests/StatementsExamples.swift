import SQLServer
import TestSupport
import Testing

// README
struct SlowStatements: SQLTelemetrySink {
    func begin(_ operation: SQLOperation) -> (any Sendable)? { nil }

    func end(_ operation: SQLOperation, _ outcome: SQLOperationOutcome, token: (any Sendable)?) {
        guard outcome.duration > .milliseconds(500) else { return }
        print("\(operation.kind) took \(outcome.duration): \(operation.text ?? "")")
    }
}
// README

/// The examples of docs/statements.md, compiled and run.
///
/// PackageTests compares them with the page letter by letter.
@Suite(.timeLimit(.minutes(1))) struct StatementsExamples {
    private func withItems(_ body: (SQLServerClient) async throws -> Void) async throws {
        try await withTestServer { server in
            try await withSQLServer(server.configuration, telemetry: SlowStatements()) { db in
                try await db.execute(
                    "CREATE TABLE dbo.Items (Id int PRIMARY KEY, Name nvarchar(20) NOT NULL, Price decimal(9, 2) NOT NULL)"
                )
                try await db.execute(
                    "INSERT dbo.Items VALUES (1, N'Bolt', 2.50), (2, N'Nut', 3), (1000, N'Wrench', 4), (1001, N'Saw', 5)"
                )
                try await body(db)
            }
        }
    }

    @Test func rowsWhileTheyCome() async throws {
        try await withItems { db in
            // README
            var names: [String] = []
            for try await (id, name) in db.stream("SELECT Id, Name FROM dbo.Items ORDER BY Id").decode(
                (Int, String).self)
            {
                names.append(name)
                if id == 1_000 { break }
            }
            // README
            #expect(names == ["Bolt", "Nut", "Wrench"])
        }
    }

    @Test func limitsAndMessages() async throws {
        try await withItems { db in
            try await db.execute("CREATE PROCEDURE dbo.Refresh AS WAITFOR DELAY '00:01:00'")
            try await db.execute("CREATE PROCEDURE dbo.Rebuild AS PRINT 'half'")
            // README
            do {
                try await db.execute("EXEC dbo.Refresh", options: .timeout(.milliseconds(200)))
            } catch let error as SQLServerError where error.code == .timeout {
                print("not refreshed: \(error.message)")
            }
            try await db.execute("EXEC dbo.Rebuild", options: .onMessage { print($0.text) })
            // README
        }
    }

    @Test func procedures() async throws {
        try await withItems { db in
            try await db.execute(
                "CREATE PROCEDURE dbo.AddOrder @customer int, @note nvarchar(50), @id int OUTPUT AS SET @id = @customer + 1"
            )
            let note = "quick"
            // README
            let results = try await db.call(
                "dbo.AddOrder", .input("@customer", 42), .input("@note", note), .output("@id", as: .int))
            let id = try results.output("@id", as: Int.self)
            let status = results.returnStatus
            // README
            #expect(id == 43)
            #expect(status == 0)
        }
    }

    @Test func batches() async throws {
        try await withItems { db in
            let price = SQLDecimal(7)
            // README
            let outcomes = try await db.batch([
                "UPDATE dbo.Items SET Price = \(price) WHERE Id = \(1)",
                "SELECT COUNT(*) FROM dbo.Items",
            ])
            let changed = try outcomes[0].get().rowCount
            let count = try outcomes[1].get().resultSets[0].first?.decode(Int.self, at: 0)
            // README
            #expect(changed == 1)
            #expect(count == 4)
        }
    }

    @Test func repeatedStatements() async throws {
        try await withItems { db in
            let prices = [(1, SQLDecimal(1)), (2, SQLDecimal(2)), (1_000, SQLDecimal(3)), (1_001, SQLDecimal(4))]
            // README
            try await db.withConnection { connection in
                for (id, price) in prices {
                    try await connection.execute("UPDATE dbo.Items SET Price = \(price) WHERE Id = \(id)")
                }
            }
            // README
            let sum = try await db.scalar("SELECT SUM(Price) FROM dbo.Items", as: SQLDecimal.self)
            #expect(sum == SQLDecimal(10))
        }
    }

    @Test func savepoints() async throws {
        try await withItems { db in
            try await db.execute("CREATE TABLE dbo.Seen (Id int NOT NULL PRIMARY KEY)")
            let ids = [1, 2, 1, 3]
            var duplicates: [Int] = []
            // README
            try await db.withTransaction { transaction in
                for id in ids {
                    do {
                        try await transaction.withSavepoint { scope in
                            try await scope.execute("INSERT dbo.Seen (Id) VALUES (\(id))")
                        }
                    } catch let error as SQLServerError where error.number == 2627 {
                        duplicates.append(id)
                    }
                }
            }
            // README
            #expect(duplicates == [1])
            let count = try await db.scalar("SELECT COUNT(*) FROM dbo.Seen", as: Int.self)
            #expect(count == 3)
        }
    }
}
