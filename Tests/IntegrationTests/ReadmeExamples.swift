import EmbeddedSQLServer
import SQLServer
import TestSupport
import Testing

/// The README's examples, compiled and run.
///
/// PackageTests compares them with the README letter by letter.
@Suite(.embeddedOnly) struct ReadmeExamples {
    @Test func readingAndWriting() async throws {
        try await withEmbeddedSQLServer { server in
            let url = server.url
            // README
            let configuration = try SQLServerConfiguration(url: url)
            let names = try await withSQLServer(configuration) { db in
                try await db.execute("CREATE TABLE dbo.Users (Id int IDENTITY PRIMARY KEY, Name nvarchar(50), Age int)")
                for (name, age) in [("Ada", 36), ("Grace", 45), ("O'Neil", 17)] {
                    try await db.execute("INSERT dbo.Users (Name, Age) VALUES (\(name), \(age))")
                }
                let adults = try await db.query(
                    "SELECT Id, Name FROM dbo.Users WHERE Age >= \(18) ORDER BY Name", as: (Int, String).self)
                return adults.map { id, name in "\(id): \(name)" }
            }
            // README
            #expect(names == ["1: Ada", "2: Grace"])
        }
    }

    @Test func aTransaction() async throws {
        try await withTestClient { db in
            let (from, to, amount) = (1, 2, SQLDecimal(25))
            try await db.execute("CREATE TABLE dbo.Accounts (Id int NOT NULL, Balance decimal(9, 2) NOT NULL)")
            try await db.execute("INSERT dbo.Accounts VALUES (1, 100), (2, 0)")
            // README
            try await db.withTransaction(isolation: .serializable) { transaction in
                try await transaction.execute("UPDATE dbo.Accounts SET Balance -= \(amount) WHERE Id = \(from)")
                try await transaction.execute("UPDATE dbo.Accounts SET Balance += \(amount) WHERE Id = \(to)")
            }
            // README
            let balances = try await db.query("SELECT Balance FROM dbo.Accounts ORDER BY Id", as: (SQLDecimal).self)
            #expect(balances == [75, 25])
        }
    }

    @Test func decodingAndErrors() async throws {
        try await withTestClient { db in
            try await db.execute("CREATE TABLE dbo.Users (Id int IDENTITY PRIMARY KEY, Name nvarchar(50), Age int)")
            try await db.execute("INSERT dbo.Users (Name, Age) VALUES (N'Ada', 36), (NULL, NULL)")
            // README
            struct User: Decodable {
                let id: Int
                let name: String?
            }
            let rows = try await db.query("SELECT Id, Name, Age FROM dbo.Users ORDER BY Id")
            let users = try rows.decode(as: User.self)
            let ages = try rows.map { try $0.decode(Int?.self, at: "Age") }
            // README
            #expect(users.map(\.id) == [1, 2] && users.map(\.name) == ["Ada", nil])
            #expect(ages == [36, nil])
            var wasCaught = false
            // README
            do {
                try await db.execute("INSERT dbo.Users (Id, Name) VALUES (1, N'Ada')")
            } catch let error as SQLServerError where error.number == 544 {
                print("line \(error.line ?? 0): \(error.message)")
            }
            // README
            do throws(SQLServerError) {
                try await db.execute("INSERT dbo.Users (Id, Name) VALUES (1, N'Ada')")
            } catch {
                wasCaught = error.number == 544 && error.line == 1
            }
            #expect(wasCaught)
        }
    }

    @Test func testsWithoutAContainer() async throws {
        // README
        try await withEmbeddedSQLServer { server in
            try await withSQLServer(SQLServerConfiguration(url: server.url)) { db in
                print(try await db.scalar("SELECT @@VERSION", as: String.self))
            }
        }
        // README
        try await withTestClient { db in
            let version = try await db.scalar("SELECT @@VERSION", as: String.self)
            #expect(version.lowercased().contains("embedded"))
        }
    }
}
