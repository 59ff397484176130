import EmbeddedSQLServer
import SQLServer
import TestSupport
import Testing

/// Statements: results, counts, messages, and errors of the server.
@Suite struct StatementTests {
    @Test(arguments: Engine.all) func severalResultSetsComeInOrderWithTheirCounts(engine: Engine) async throws {
        try await withTestClient(engine) { db in
            let results = try await db.results(
                of: """
                    CREATE TABLE #t (Id int NOT NULL);
                    INSERT #t (Id) VALUES (1), (2), (3);
                    SELECT Id FROM #t ORDER BY Id;
                    UPDATE #t SET Id = Id + 10 WHERE Id > 1;
                    SELECT COUNT(*) FROM #t;
                    """)
            #expect(results.resultSets.count == 2)
            let ids = try results.resultSets.first?.map { try $0.decode(Int.self, at: 0) }
            #expect(ids == [1, 2, 3])
            #expect(results.rowCounts.compactMap { $0 } == [3, 3, 2, 1])
        }
    }

    @Test(arguments: Engine.all) func executeReturnsTheRowsChanged(engine: Engine) async throws {
        try await withTestClient(engine) { db in
            try await db.execute("CREATE TABLE dbo.T (Id int NOT NULL IDENTITY PRIMARY KEY, Name nvarchar(20) NULL)")
            let value = try await db.execute("INSERT dbo.T (Name) VALUES (\("a")), (\("b")), (\(String?.none))")
            #expect(value == 3)
            let value2 = try await db.execute("UPDATE dbo.T SET Name = \("c") WHERE Id <= \(2)")
            #expect(value2 == 2)
            let value3 = try await db.execute("DELETE FROM dbo.T WHERE Name IS NULL")
            #expect(value3 == 1)
            let value4 = try await db.execute("DELETE FROM dbo.T WHERE Id = \(99)")
            #expect(value4 == 0)
        }
    }

    @Test(arguments: Engine.all) func aCountBehindRowsIsRightOrNil(engine: Engine) async throws {
        try await withTestClient(engine) { db in
            try await db.execute("CREATE TABLE dbo.T (Id int NOT NULL)")
            try await db.execute("INSERT dbo.T (Id) VALUES (1), (2), (3)")
            let literal = try await db.execute("SELECT Id FROM dbo.T; UPDATE dbo.T SET Id = Id WHERE Id = 2")
            #expect(literal == 1)
            let parameterised = try await db.execute("SELECT Id FROM dbo.T; UPDATE dbo.T SET Id = Id WHERE Id = \(2)")
            #expect(parameterised == (engine.has(.countsInsideCalls) ? 1 : nil))
        }
    }

    @Test(arguments: Engine.all) func aStatementThatDoesNotCountLeavesTheCountOfTheOneBefore(engine: Engine)
        async throws
    {
        try await withTestClient(engine) { db in
            try await db.execute("CREATE TABLE dbo.T (Id int NOT NULL)")
            let count = try await db.execute("INSERT dbo.T (Id) VALUES (1), (2); SET LOCK_TIMEOUT 1000")
            #expect(count == 2)
        }
    }

    @Test(arguments: Engine.all) func aSyntaxErrorIs102WithItsLine(engine: Engine) async throws {
        try await withTestClient(engine) { db in
            let error = await serverError(db, "SELECT 1;\nSELECT 2;\nSELECT * FORM t;")
            #expect(error?.code == .server)
            #expect(error?.number == 102)
            #expect(error?.severity == 15)
            #expect(error?.line == 3)
            #expect(error?.query?.contains("FORM") == true)
            let value = try await db.scalar("SELECT 1", as: Int.self)
            #expect(value == 1)
        }
    }

    @Test(arguments: Engine.all) func anUnknownTableIs208AndAnUnknownColumn207(engine: Engine) async throws {
        try await withTestClient(engine) { db in
            #expect(await serverError(db, "SELECT * FROM dbo.Nowhere")?.number == 208)
            try await db.execute("CREATE TABLE dbo.T (Id int NOT NULL)")
            let error = await serverError(db, "SELECT\nNothing FROM dbo.T")
            #expect(error?.number == 207)
            #expect(error?.message.contains("Nothing") == true)
        }
    }

    @Test(arguments: Engine.all) func anErrorInTheMiddleOfAResultIsNotLost(engine: Engine) async throws {
        try await withTestClient(engine) { db in
            let error = await serverError(db, "SELECT 10 / N FROM (VALUES (1), (2), (5), (10), (0)) AS v (N)")
            #expect(error?.number == 8_134)
            let value = try await db.scalar("SELECT 1", as: Int.self)
            #expect(value == 1)
        }
    }

    @Test(arguments: Engine.all) func everyMessageIsKeptInOrder(engine: Engine) async throws {
        try await withTestClient(engine) { db in
            let error = await serverError(
                db,
                """
                PRINT N'first';
                RAISERROR(N'second', 16, 3);
                PRINT N'third';
                RAISERROR(N'fourth', 11, 1);
                """)
            #expect(error?.messages.map(\.text) == ["first", "second", "third", "fourth"])
            #expect(error?.messages.map(\.number) == [0, 50_000, 0, 50_000])
            #expect(error?.messages.map(\.severity) == [0, 16, 0, 11])
            #expect(error?.state == 3)
            #expect(error?.line == 2)
        }
    }

    @Test(arguments: Engine.all) func whatFollowsAFailedStatementStillRuns(engine: Engine) async throws {
        try await withTestClient(engine) { db in
            try await db.withConnection { connection in
                let results = try await connection.resultsAndErrors(
                    of: "SELECT 1 / 0; SELECT 2 AS Two; RAISERROR(N'oops', 16, 1); SELECT 3 AS Three;")
                let numbers = try results.resultSets.flatMap { try $0.decode((Int).self) }
                #expect(numbers == [2, 3])
                #expect(results.messages.filter(\.isError).map(\.number) == [8_134, 50_000])
            }
        }
    }

    @Test(arguments: Engine.all) func theClientTooTellsErrorsBesideResults(engine: Engine) async throws {
        try await withTestClient(engine) { db in
            let results = try await db.resultsAndErrors(of: "SELECT 1; SELECT 1 / 0; SELECT 2")
            let numbers = try results.resultSets.flatMap { try $0.decode(Int.self) }
            #expect(numbers == [1, 2] && results.messages.filter(\.isError).map(\.number) == [8_134])
            #expect(results.messages.first?.line == 1 && results.messages.first?.procedure == nil)
        }
    }

    @Test(arguments: Engine.all) func aUniqueKeyViolationIs2627WithTheConstraint(engine: Engine) async throws {
        try await withTestClient(engine) { db in
            try await db.execute("CREATE TABLE dbo.U (Email nvarchar(50) NOT NULL CONSTRAINT PK_U PRIMARY KEY)")
            try await db.execute("INSERT dbo.U (Email) VALUES (\("a@b.c"))")
            let error = await serverError(db, "INSERT dbo.U (Email) VALUES (\("A@B.C"))")
            #expect(error?.number == 2_627)
            #expect(error?.severity == 14)
            #expect(error?.message.contains("PK_U") == true)
        }
    }

    @Test(.embeddedOnly, arguments: Engine.all) func aServerThatClosesInTheMiddleOfARowEndsTheStatement(engine: Engine)
        async throws
    {
        try await withEmbedded(engine) { server, db in
            server.faults.inject(.closeInRow)
            let error = await serverError(db, "SELECT N FROM (VALUES (1), (2), (3)) AS v (N)")
            #expect(error?.code == .connectionLost)
            #expect(error?.message.contains("unknown") == true)
            let value = try await db.scalar("SELECT 1", as: Int.self)
            #expect(value == 1)
            #expect(db.poolStatistics.inUse == 0)
            #expect(db.poolStatistics.open == 1)
        }
    }

    @Test(arguments: Engine.all) func aScriptWithNULInItsTextIsRefusedBeforeItIsSent(engine: Engine) async throws {
        try await withTestClient(engine) { db in
            let error = await serverError(db, SQLQuery(unsafe: "SELECT 1\0; DROP TABLE x"))
            #expect(error?.code == .encoding)
            let value = try await db.scalar("SELECT 1", as: Int.self)
            #expect(value == 1)
        }
    }

    /// In front means: on the statement's first line, so that the lines of errors stay right.
    @Test(.embeddedOnly, arguments: Engine.all)
    func anEmptyParameterIsSentOrDeclaredInFront(engine: Engine) async throws {
        try await withEmbedded(engine) { server, db in
            server.recorder.removeAll()
            let length = try await db.scalar("SELECT 1 AS One\nWHERE DATALENGTH(\("")) = 0", as: Int.self)
            #expect(length == 1)
            let statement = "SELECT 1 AS One\nWHERE DATALENGTH(@p1) = 0"
            let declaration = engine.has(.emptyParameters) ? "" : "DECLARE @p1 nvarchar(4000)=N'';"
            let sent = server.recorder.requests.map(\.text).filter { $0.contains("AS One") }
            #expect(sent == [declaration + statement])
        }
    }

    @Test(arguments: Engine.all) func aScalarNeedsExactlyOneRow(engine: Engine) async throws {
        try await withTestClient(engine) { db in
            await #expect(throws: SQLServerError.self) {
                try await db.scalar("SELECT N FROM (VALUES (1), (2)) AS v (N)", as: Int.self)
            }
            await #expect(throws: SQLServerError.self) {
                try await db.scalar("SELECT 1 WHERE 1 = 0", as: Int.self)
            }
        }
    }

    @Test(arguments: Engine.all) func rowsDecodeIntoStructs(engine: Engine) async throws {
        struct Person: Decodable, Equatable {
            enum Role: String, Decodable { case reader, writer }
            let id: Int
            let name: String?
            let role: Role
        }
        try await withTestClient(engine) { db in
            let rows = try await db.query(
                "SELECT 1 AS Id, CAST(NULL AS nvarchar(10)) AS Name, N'writer' AS Role UNION ALL SELECT 2, N'Ada', N'reader'"
            )
            let people = try rows.decode(as: Person.self).sorted { $0.id < $1.id }
            #expect(
                people == [
                    Person(id: 1, name: nil, role: .writer), Person(id: 2, name: "Ada", role: .reader),
                ])
        }
    }

    @Test(arguments: Engine.all) func rowsDecodeIntoStructsWithValuesOfSQLServer(engine: Engine) async throws {
        struct Price: Decodable {
            let amount: SQLDecimal
            let day: SQLDate
            let key: SQLUniqueIdentifier?
        }
        try await withTestClient(engine) { db in
            let rows = try await db.query(
                """
                SELECT CAST(1.50 AS decimal(9, 2)) AS Amount, CAST('2024-02-29' AS date) AS Day,
                    CAST(NULL AS uniqueidentifier) AS [Key]
                """)
            let price = try #require(try rows.decode(as: Price.self).first)
            #expect(price.amount.description == "1.50" && price.day.description == "2024-02-29" && price.key == nil)
        }
    }

    @Test(arguments: Engine.all) func twoStatementsAtOnceOnOneConnectionRunOneAfterTheOther(engine: Engine) async throws
    {
        try await withTestClient(engine) { db in
            let sum = try await db.withConnection { connection in
                try await withThrowingTaskGroup(of: Int.self) { group in
                    for number in 0..<20 {
                        group.addTask { try await connection.scalar("SELECT \(number)", as: Int.self) }
                    }
                    return try await group.reduce(0, +)
                }
            }
            #expect(sum == 190)
        }
    }

    @Test(arguments: Engine.all) func manyTasksShareFewConnections(engine: Engine) async throws {
        try await withTestServer(engine) { server in
            var configuration = server.configuration
            configuration.maximumPoolSize = 4
            try await withSQLServer(configuration) { db in
                try await withThrowingTaskGroup(of: Int.self) { group in
                    for number in 0..<64 {
                        group.addTask { try await db.scalar("SELECT \(number) * 2", as: Int.self) }
                    }
                    var sum = 0
                    for try await value in group { sum += value }
                    #expect(sum == 64 * 63)
                }
                #expect(db.poolStatistics.open <= 4)
                #expect(db.poolStatistics.inUse == 0)
            }
        }
    }
}

/// The error with which a statement fails; records an issue when it does not fail.
func serverError(
    _ db: some SQLExecutor, _ query: SQLQuery, options: SQLCallOptions = .standard
) async -> SQLServerError? {
    do throws(SQLServerError) {
        _ = try await db.results(of: query, options: options)
        Issue.record("the statement did not fail")
        return nil
    } catch {
        return error
    }
}
