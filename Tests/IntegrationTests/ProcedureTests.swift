import SQLServer
import Synchronization
import TestSupport
import Testing

/// Stored procedures through the client.
@Suite(.timeLimit(.minutes(1))) struct ProcedureTests {
    private func withProcedure(
        _ engine: Engine, _ definition: SQLQuery, _ body: (SQLServerClient) async throws -> Void
    ) async throws {
        try await withTestClient(engine) { db in
            try await db.execute(definition)
            try await body(db)
        }
    }

    @Test(arguments: Engine.all) func argumentsGoByName(engine: Engine) async throws {
        try await withProcedure(
            engine, "CREATE PROCEDURE dbo.P @a int, @b nvarchar(50) = N'b' AS SELECT @a AS A, @b AS B"
        ) {
            db in
            let given = try await db.call("dbo.P", .input("@b", "given"), .input("a", 7))
            #expect(try given.resultSets.first?.decode((Int, String).self).first ?? (0, "") == (7, "given"))
            let defaulted = try await db.call("dbo.P", .input("@a", 7))
            #expect(try defaulted.resultSets.first?.decode((Int, String).self).first ?? (0, "") == (7, "b"))
        }
    }

    @Test(arguments: Engine.all) func argumentsGoByPosition(engine: Engine) async throws {
        try await withProcedure(engine, "CREATE PROCEDURE dbo.P @a int, @b int AS SELECT @a - @b") { db in
            let results = try await db.call("dbo.P", .input("", 9), .input("", 2))
            #expect(try results.resultSets.first?.first?.decode(Int.self, at: 0) == 7)
        }
    }

    @Test(arguments: Engine.all) func theStatusComesBack(engine: Engine) async throws {
        try await withProcedure(engine, "CREATE PROCEDURE dbo.P AS RETURN 42") { db in
            let results = try await db.call("dbo.P")
            #expect(results.returnStatus == 42)
            #expect(results.outputs == nil)
            #expect(results.resultSets.isEmpty)
        }
    }

    @Test(arguments: Engine.all) func outputsComeBackWithTheirTypes(engine: Engine) async throws {
        try await withProcedure(
            engine,
            """
            CREATE PROCEDURE dbo.P @number int OUTPUT, @text nvarchar(20) OUTPUT, @money decimal(19,4) OUTPUT,
                @at datetime2(7) OUTPUT, @id uniqueidentifier OUTPUT, @none int OUTPUT
            AS SELECT 1 AS One; SELECT @number = @number * 2, @text = N'grüß ' + @text, @money = 12.3456,
                @at = '2024-02-29T12:34:56.1234567', @id = '6F9619FF-8B86-D011-B42D-00C04FC964FF', @none = NULL;
            RETURN 3
            """
        ) { db in
            let results = try await db.call(
                "dbo.P", .inputOutput("@number", 21), .inputOutput("@text", "", as: .nVarChar(20)),
                .output("@money", as: .decimal(19, 4)), .output("@at", as: .dateTime2(7)),
                .output("@id", as: .uniqueIdentifier), .output("@none", as: .int))
            #expect(results.returnStatus == 3)
            #expect(results.resultSets.count == 1)
            #expect(try results.output("@number", as: Int.self) == 42)
            #expect(try results.output("text", as: String.self) == "grüß ")
            #expect(try results.output("@money", as: SQLDecimal.self) == SQLDecimal("12.3456"))
            #expect(try results.output("@at", as: SQLDateTime.self).description == "2024-02-29 12:34:56.1234567")
            #expect(
                try results.output("@id", as: SQLUniqueIdentifier.self).description
                    == "6F9619FF-8B86-D011-B42D-00C04FC964FF")
            #expect(try results.output("@none", as: Int?.self) == nil)
            #expect(throws: SQLServerError.self) { try results.output("@missing", as: Int.self) }
        }
    }

    @Test(arguments: Engine.all) func resultSetsComeInOrderWithTheirCounts(engine: Engine) async throws {
        try await withProcedure(
            engine,
            """
            CREATE PROCEDURE dbo.P AS
            SELECT N FROM (VALUES (1), (2)) AS T (N); PRINT 'between'; SELECT N'x' AS X WHERE 1 = 0; SELECT 3 AS Three
            """
        ) { db in
            let results = try await db.call("dbo.P")
            #expect(results.resultSets.map(\.count) == [2, 0, 1])
            #expect(results.resultSets.map { $0.columns.map(\.name) } == [["N"], ["X"], ["Three"]])
            #expect(results.messages.map(\.text) == ["between"])
            #expect(results.returnStatus == 0)
        }
    }

    @Test(arguments: Engine.all) func valuesThatEnginesMayNotSendArriveAllTheSame(engine: Engine) async throws {
        try await withProcedure(
            engine,
            """
            CREATE PROCEDURE dbo.P @text nvarchar(10), @bytes varbinary(10), @day date, @id uniqueidentifier, @null date
            AS SELECT DATALENGTH(@text), DATALENGTH(@bytes), @day, @id, @null; RETURN 5
            """
        ) { db in
            let day = try #require(SQLDate("2024-02-29"))
            let id = try #require(SQLUniqueIdentifier("6F9619FF-8B86-D011-B42D-00C04FC964FF"))
            let results = try await db.call(
                "dbo.P", .input("@text", ""), .input("@bytes", [UInt8]()), .input("@day", day), .input("@id", id),
                .input("@null", SQLDate?.none))
            let row = try #require(results.resultSets.first?.first)
            let (text, bytes, date, identifier, null) = try row.decode(
                (Int?, Int?, SQLDate, SQLUniqueIdentifier, SQLDate?).self)
            #expect(text == 0)
            #expect(bytes == 0)
            #expect(date == day)
            #expect(identifier == id)
            #expect(null == nil)
            #expect(results.returnStatus == 5)
            #expect(results.outputs == nil)
        }
    }

    @Test(arguments: Engine.all) func messagesComeWhileItRuns(engine: Engine) async throws {
        try await withProcedure(
            engine,
            "CREATE PROCEDURE dbo.P AS RAISERROR(N'half', 0, 1) WITH NOWAIT; WAITFOR DELAY '00:00:00.2'; PRINT 'done'"
        ) { db in
            let seen = Mutex<[String]>([])
            let results = try await db.call(
                "dbo.P", options: .onMessage { message in seen.withLock { $0.append(message.text) } })
            #expect(seen.withLock { $0 } == ["half", "done"])
            #expect(results.messages.map(\.text) == ["half", "done"])
        }
    }

    typealias Call = (name: SQLObjectName, arguments: [SQLArgument], number: Int)

    static let wrongCalls: [Call] = [
        ("dbo.P", [], 201),
        ("dbo.P", [.input("@a", 1), .input("@nope", 1)], 8_145),
        ("dbo.P", [.input("", 1), .input("", 2)], 8_144),
        ("dbo.P", [.input("@a", "text")], 8_114),
        ("dbo.NoSuchProcedure", [], 2_812),
    ]

    @Test(arguments: Engine.all, wrongCalls)
    func aWrongCallIsTheServersError(engine: Engine, call: Call) async throws {
        let (name, arguments, number) = call
        try await withProcedure(engine, "CREATE PROCEDURE dbo.P @a int AS RETURN @a") { db in
            let error = await #expect(throws: SQLServerError.self) {
                switch arguments.count {
                case 0: try await db.call(name)
                case 1: try await db.call(name, arguments[0])
                default: try await db.call(name, arguments[0], arguments[1])
                }
            }
            #expect(error?.number == number)
            // The connection is as good as before.
            let again = try await db.call("dbo.P", .input("@a", 6))
            #expect(again.returnStatus == 6)
        }
    }

    @Test(arguments: Engine.all, ["@a; DROP TABLE T", "a b", "@", "x'"])
    func aNameThatNoParameterHasIsRefused(engine: Engine, name: String) async throws {
        try await withTestClient(engine) { db in
            let error = await #expect(throws: SQLServerError.self) { try await db.call("dbo.P", .input(name, 1)) }
            #expect(error?.code == .encoding)
            #expect(db.poolStatistics.open == 0)
        }
    }

    @Test(arguments: Engine.all) func aNameAtRunTimeIsQuoted(engine: Engine) async throws {
        try await withProcedure(engine, "CREATE PROCEDURE dbo.[odd ]] name]]] AS RETURN 9") { db in
            let name = "odd ] name]"
            let byParts = try await db.call(SQLObjectName(parts: ["dbo", name]))
            let written = try await db.call("dbo.[odd ]] name]]]")
            #expect(byParts.returnStatus == 9 && written.returnStatus == 9)
        }
    }

    @Test(arguments: Engine.all, ["", "a b]", "dbo.", ".p", "[p", "a.b.c.d.e", "[p] x", "p\0"])
    func whatIsNoNameIsNotCalled(engine: Engine, text: String) async throws {
        let error = #expect(throws: SQLServerError.self) { try SQLObjectName(text) }
        #expect(error?.code == .encoding)
        try await withTestClient(engine) { db in
            let error = await #expect(throws: SQLServerError.self) { try await db.call("dbo.p]") }
            #expect(error?.code == .encoding && db.poolStatistics.open == 0)
        }
    }

    @Test(arguments: Engine.all) func aNameCannotBecomeSQL(engine: Engine) async throws {
        try await withProcedure(engine, "CREATE PROCEDURE dbo.P @a nvarchar(10) OUTPUT AS RETURN 1") { db in
            let text = "dbo.P; DROP PROCEDURE P; --"
            let name = try SQLObjectName(text)
            let error = await #expect(throws: SQLServerError.self) { try await db.call(name, .output("@a", as: .int)) }
            #expect(error?.number == 2_812)
            let kept = try await db.call("dbo.P", .input("@a", ""))
            #expect(kept.returnStatus == 1)
        }
    }

    @Test(arguments: Engine.all) func aTableIsPassedOrRefusedNamingTheNativeEngine(engine: Engine) async throws {
        try await withTestClient(engine) { db in
            try await db.execute("CREATE TYPE dbo.Ids AS TABLE (Id int NOT NULL, Name nvarchar(20) NULL)")
            try await db.execute(
                "CREATE PROCEDURE dbo.P @ids dbo.Ids READONLY AS SELECT Id, Name FROM @ids ORDER BY Id")
            let rows: [[SQLValue]] = [[.int(7), .string("seven")], [.int(8), .null]]
            let table = SQLTable(type: "dbo.Ids", columns: [.int, .nVarChar(20)], rows: rows)
            var (results, refusal): (SQLResults?, SQLServerError?)
            do throws(SQLServerError) {
                results = try await db.call("dbo.P", .table("@ids", table))
            } catch {
                refusal = error
            }
            if engine.has(.tableValuedParameters) {
                #expect(refusal == nil)
                #expect(results?.resultSets.first?.map(\.values) == rows)
            } else {
                expectRefusal(refusal, naming: "@ids", "native")
            }
            let one = try await db.scalar("SELECT 1", as: Int.self)
            #expect(one == 1)
        }
    }

    @Test(arguments: Engine.all) func aProcedureSeesTheTemporaryTablesOfItsLease(engine: Engine) async throws {
        try await withProcedure(engine, "CREATE PROCEDURE dbo.P @a int OUTPUT AS SELECT @a = SUM(Id) FROM #ids") { db in
            try await db.withConnection { connection in
                try await connection.execute("CREATE TABLE #ids (Id int); INSERT #ids (Id) VALUES (4), (5)")
                let results = try await connection.call("dbo.P", .output("@a", as: .int))
                #expect(try results.output("@a", as: Int.self) == 9)
            }
        }
    }
}
