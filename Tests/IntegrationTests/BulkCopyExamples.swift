import SQLServer
import TestSupport
import Testing

/// The examples of docs/bulk-copy.md, compiled and run.
///
/// PackageTests compares them with the page letter by letter.
@Suite struct BulkCopyExamples {
    private static func withUsers(_ body: (SQLServerClient) async throws -> Void) async throws {
        try await withTestClient { db in
            try await db.execute(
                "CREATE TABLE dbo.Users (Id int NOT NULL PRIMARY KEY, Name nvarchar(20) NULL, Age int NULL)")
            try await body(db)
        }
    }

    @Test func tuples() async throws {
        try await Self.withUsers { db in
            // README
            let users: [(Int, String, Int?)] = [(1, "Ada", 36), (2, "Grace", nil)]
            try await db.bulkCopy(into: "dbo.Users", columns: ["Id", "Name", "Age"], rows: users)
            // README
            let names = try await db.query("SELECT Name FROM dbo.Users ORDER BY Id", as: (String).self)
            #expect(names == ["Ada", "Grace"])
        }
    }

    @Test func goingOn() async throws {
        try await Self.withUsers { db in
            let users: [(Int, String, Int?)] = (1...25_000).map {
                ($0, $0 == 20_001 ? "a name of more than 20" : "n", nil)
            }
            var rest: [(Int, String, Int?)] = []
            // README
            do {
                try await db.bulkCopy(
                    into: "dbo.Users", columns: ["Id", "Name", "Age"], options: .init(batchSize: 10_000), rows: users)
            } catch let error as SQLBulkCopyError {
                print("row \(error.row ?? 0): \(error)")
                rest = Array(users.dropFirst(error.rowsCommitted))
            }
            // README
            #expect(rest.count == 5_000)
        }
    }
}
