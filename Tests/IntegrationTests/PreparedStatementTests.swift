import EmbeddedSQLServer
import SQLServer
import TestSupport
import Testing

/// Statements that come again on one connection.
@Suite(.timeLimit(.minutes(1))) struct PreparedStatementTests {
    /// The procedures that a lease called.
    private func calls(_ server: EmbeddedServer) -> [String] {
        server.recorder.requests.compactMap { request in
            if case .procedure(let name) = request.kind { name } else { nil }
        }
    }

    private func withLease(
        _ engine: Engine, _ body: (EmbeddedServer, SQLServerConnection) async throws -> Void
    ) async throws {
        try await withEmbeddedSQLServer { server in
            try await withSQLServer(engine.configuration(of: server)) { db in
                try await db.withConnection { connection in
                    try await connection.execute("CREATE TABLE dbo.T (Id int NOT NULL, Name nvarchar(20) NULL)")
                    server.recorder.removeAll()
                    try await body(server, connection)
                }
            }
        }
    }

    @Test(arguments: Engine.all) func fromTheThirdTimeOnOnlyTheHandleIsSent(engine: Engine) async throws {
        try await withLease(engine) { server, connection in
            for number in 1...4 {
                try await connection.execute("INSERT dbo.T (Id, Name) VALUES (\(number), \("n\(number)"))")
            }
            #expect(calls(server) == ["sp_executesql", "sp_prepexec", "sp_execute", "sp_execute"])
            let rows = try await connection.query("SELECT Id, Name FROM dbo.T ORDER BY Id", as: (Int, String).self)
            #expect(rows.map(\.0) == [1, 2, 3, 4])
            #expect(rows.map(\.1) == ["n1", "n2", "n3", "n4"])
        }
    }

    @Test(arguments: Engine.all) func theAnswersAreThoseOfTheText(engine: Engine) async throws {
        try await withLease(engine) { _, connection in
            for number in 1...4 {
                let results = try await connection.results(
                    of: "PRINT CONCAT('n', \(number)); SELECT \(number) AS A; UPDATE dbo.T SET Id = \(number)")
                #expect(results.messages.map(\.text) == ["n\(number)"])
                #expect(try results.resultSets.first?.first?.decode(Int.self, at: "A") == number)
            }
        }
    }

    @Test(arguments: Engine.all) func errorsAndTheirLinesAreThoseOfTheText(engine: Engine) async throws {
        try await withLease(engine) { _, connection in
            for divisor in [1, 1, 1, 0, 0, 2] {
                let query: SQLQuery = "SELECT 1;\nSELECT 10 / \(divisor)"
                guard divisor == 0 else {
                    _ = try await connection.results(of: query)
                    continue
                }
                let error = await serverError(connection, query)
                #expect(error?.number == 8_134)
                #expect(error?.line == 2)
            }
        }
    }

    @Test(arguments: Engine.all) func aChangeOfTheTableIsSeen(engine: Engine) async throws {
        try await withLease(engine) { _, connection in
            let query: SQLQuery = "SELECT * FROM dbo.T WHERE Id >= \(0)"
            for _ in 1...3 {
                let rows = try await connection.query(query)
                #expect(rows.columns.map(\.name) == ["Id", "Name"])
            }
            try await connection.execute("ALTER TABLE dbo.T ADD Extra bigint NULL")
            let rows = try await connection.query(query)
            #expect(rows.columns.map(\.name) == ["Id", "Name", "Extra"])
            try await connection.execute("DROP TABLE dbo.T")
            #expect(await serverError(connection, query)?.number == 208)
            try await connection.execute("CREATE TABLE dbo.T (Id int NOT NULL)")
            let anew = try await connection.query(query)
            #expect(anew.columns.map(\.name) == ["Id"])
        }
    }

    @Test(arguments: Engine.all) func aHandleThatTheServerForgotIsReplaced(engine: Engine) async throws {
        try await withLease(engine) { server, connection in
            let query: SQLQuery = "INSERT dbo.T (Id) VALUES (\(1))"
            for _ in 1...3 { try await connection.execute(query) }
            server.faults.inject(.error(8_179), on: .nextCall)
            let results = try await connection.results(of: query)
            #expect(results.messages.isEmpty)
            let count = try await connection.scalar("SELECT COUNT(*) FROM dbo.T", as: Int.self)
            #expect(count == 4)
        }
    }

    @Test(arguments: Engine.all) func anEmptyTextGoesItsOwnWay(engine: Engine) async throws {
        try await withLease(engine) { _, connection in
            for text in ["a", "b", "", "c", ""] {
                let (length, same) = try await connection.query(
                    "SELECT DATALENGTH(\(text)), \(text)", as: (Int?, String?).self)[0]
                #expect(length == text.utf16.count * 2)
                #expect(same == text)
            }
        }
    }

    @Test(arguments: Engine.all) func theNextBorrowerPreparesAnew(engine: Engine) async throws {
        try await withEmbeddedSQLServer { server in
            var configuration = try engine.configuration(of: server)
            configuration.maximumPoolSize = 1
            try await withSQLServer(configuration) { db in
                for _ in 1...3 {
                    try await db.withConnection { connection in
                        for number in 1...3 {
                            let value = try await connection.scalar("SELECT \(number)", as: Int.self)
                            #expect(value == number)
                        }
                    }
                }
            }
        }
    }
}
