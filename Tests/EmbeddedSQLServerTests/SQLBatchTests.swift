import EmbeddedSQLServer
import Foundation
import SQLValues
import Testing

/// Batches: flow, variables, errors and transactions (facts on SQL Server, sections 1 to 4).
struct SQLBatchTests {
    @Test func variablesLoopsAndConditions() throws {
        let harness = try SQLHarness()
        #expect(
            try harness.rows(
                """
                DECLARE @i int = 0, @s varchar(20) = '';
                WHILE @i < 5 BEGIN
                  SET @i += 1;
                  IF @i = 2 CONTINUE;
                  IF @i = 4 BREAK;
                  SET @s = @s + CAST(@i AS varchar(2)) + ',';
                END
                SELECT @i, @s
                """) == [["4", "1,3,"]])
        #expect(try harness.rows("DECLARE @v varchar = 'abc'; SELECT @v") == [["a"]])
        #expect(
            try harness.rows(
                "DECLARE @v int = 5; SELECT @v = 1 WHERE 1 = 0; SELECT @v; SET @v = (SELECT 1 WHERE 1 = 0); SELECT @v")
                == [["5"], ["NULL"]])
        #expect(
            try harness.rows(
                "DECLARE @s varchar(10) = ''; SELECT @s = @s + x FROM (VALUES ('a'), ('b')) AS v (x); SELECT @s") == [
                    ["ab"]
                ])
        #expect(try harness.error("SET @x = 1")?.number == 137)
    }

    @Test func anErrorEndsItsStatementOnly() throws {
        let harness = try SQLHarness()
        try harness.succeed("CREATE TABLE t (a int PRIMARY KEY)")
        let sink = try harness.run(
            "INSERT t VALUES (1), (1); INSERT t VALUES (2); SELECT a FROM t; SELECT 1/0; SELECT @@ERROR")
        #expect(sink.errors == [2627, 8134])
        #expect(sink.rows == [[.int(2)], [.int(8134)]])
        let ended = try harness.run("SELECT CAST('x' AS int); SELECT 2")
        #expect(ended.errors == [245] && ended.rows.isEmpty)
    }

    @Test func bindingErrorsRejectTheBatchAndMissingObjectsOnlyTheRest() throws {
        let harness = try SQLHarness()
        try harness.succeed("CREATE TABLE t (a int)")
        #expect(try harness.run("INSERT t VALUES (1); SELECT nosuch FROM t").errors == [207])
        #expect(try harness.rows("SELECT COUNT(*) FROM t") == [["0"]])
        let sink = try harness.run("INSERT t VALUES (1); SELECT * FROM nosuch; INSERT t VALUES (2)")
        #expect(sink.errors == [208])
        #expect(try harness.rows("SELECT COUNT(*) FROM t") == [["1"]])
        #expect(try harness.rows("CREATE TABLE u (a int); INSERT u VALUES (3); SELECT a FROM u") == [["3"]])
    }

    @Test func transactionsNestAndRollBack() throws {
        let harness = try SQLHarness()
        try harness.succeed("CREATE TABLE t (a int)")
        #expect(
            try harness.rows(
                """
                BEGIN TRAN; INSERT t VALUES (1); BEGIN TRAN; INSERT t VALUES (2); SELECT @@TRANCOUNT, XACT_STATE(); COMMIT;
                SAVE TRAN s; INSERT t VALUES (3); ROLLBACK TRAN s; SELECT COUNT(*) FROM t; ROLLBACK; SELECT COUNT(*), @@TRANCOUNT FROM t
                """) == [["2", "1"], ["2"], ["0", "0"]])
        #expect(try harness.error("COMMIT")?.number == 3902)
        #expect(try harness.error("ROLLBACK")?.number == 3903)
        let sink = try harness.succeed("BEGIN TRAN CREATE TABLE u (a int) COMMIT")
        #expect(sink.events.filter { if case .change = $0 { true } else { false } }.count == 2)
        try harness.succeed("BEGIN TRAN; DROP TABLE u; ROLLBACK; SELECT * FROM u")
    }

    @Test func xactAbortRollsBackAndEndsTheBatch() throws {
        let harness = try SQLHarness()
        try harness.succeed("CREATE TABLE t (a int PRIMARY KEY)")
        let sink = try harness.run(
            "SET XACT_ABORT ON; BEGIN TRAN; INSERT t VALUES (1); INSERT t VALUES (1); INSERT t VALUES (2)")
        #expect(sink.errors == [2627])
        #expect(try harness.rows("SELECT COUNT(*), @@TRANCOUNT FROM t") == [["0", "0"]])
    }

    @Test func catchSeesTheErrorAndADoomedTransactionOnlyRollsBack() throws {
        let harness = try SQLHarness()
        try harness.succeed("CREATE TABLE t (a int PRIMARY KEY)")
        #expect(
            try harness.rows(
                """
                BEGIN TRY
                  SELECT 1/0
                END TRY
                BEGIN CATCH
                  SELECT ERROR_NUMBER(), ERROR_LINE(), ERROR_MESSAGE(), XACT_STATE()
                END CATCH
                """) == [["8134", "2", "Divide by zero error encountered.", "0"]])
        let sink = try harness.run(
            "BEGIN TRAN; BEGIN TRY SELECT CAST('x' AS int) END TRY BEGIN CATCH SELECT XACT_STATE(); INSERT t VALUES (1) END CATCH"
        )
        #expect(sink.rows == [[.int(-1)]])
        #expect(sink.errors == [3930, 3998])
        #expect(try harness.error("THROW 50001, 'mine', 3")?.number == 50_001)
        #expect(try harness.error("RAISERROR('bad %s %d', 16, 1, 'x', 5)")?.text == "bad x 5")
        #expect(try harness.run("PRINT 'hello ' + CAST(1 AS varchar(5))").messages.map(\.text) == ["hello 1"])
    }

    @Test func databasesComeAndGo() throws {
        let harness = try SQLHarness()
        try harness.succeed("CREATE DATABASE Shop")
        let sink = try harness.succeed("USE Shop")
        #expect(sink.events.contains(.change(.database(new: "Shop", old: "master"))))
        #expect(sink.messages.map(\.number) == [5701])
        try harness.succeed("CREATE TABLE t (a int); INSERT t VALUES (1)")
        try harness.succeed("USE master")
        #expect(try harness.rows("SELECT a FROM Shop.dbo.t") == [["1"]])
        #expect(try harness.error("CREATE DATABASE SHOP")?.number == 1801)
        #expect(try harness.error("USE nosuch")?.number == 911)
        #expect(try harness.error("DROP DATABASE nosuch")?.number == 3701)
        try harness.succeed("DROP DATABASE Shop")
        #expect(try harness.rows("SELECT COUNT(*) FROM sys.databases WHERE name = 'Shop'") == [["0"]])
        #expect(throws: ServerMessage.self) { try harness.another(database: "Shop") }
    }

    @Test func twoSessionsSeeWhatIsCommitted() throws {
        let first = try SQLHarness()
        let second = try first.another()
        try first.succeed("CREATE TABLE t (a int); BEGIN TRAN; INSERT t VALUES (1)")
        #expect(try second.rows("SELECT COUNT(*) FROM t") == [["0"]])
        #expect(try second.error("SET LOCK_TIMEOUT 0; INSERT t VALUES (2)")?.number == 1222)
        try first.succeed("COMMIT")
        #expect(try second.rows("INSERT t VALUES (2); SELECT COUNT(*) FROM t") == [["2"]])
        try second.succeed("ALTER TABLE t ADD b int")
        #expect(try first.rows("SELECT b FROM t WHERE a = 1") == [["NULL"]])
    }

    @Test func aDBLibraryLoginStartsWithItsOptions() throws {
        let harness = try SQLHarness(isODBC: false)
        #expect(try harness.rows("SELECT @@TEXTSIZE, @@OPTIONS & 256") == [["4096", "0"]])
        #expect(
            try harness.rows("SELECT DATALENGTH(REPLICATE(CAST('a' AS varchar(max)), 5000)), \"text\"") == [
                ["5000", "text"]
            ])
        let sink = try harness.succeed("SELECT REPLICATE(CAST('a' AS varchar(max)), 5000)")
        #expect(sink.rows.first?.first?.description.count == 4096)
    }

    @Test func resetBringsTheSessionBack() throws {
        let harness = try SQLHarness()
        try harness.succeed(
            "CREATE TABLE t (a int); CREATE TABLE #x (a int); SET XACT_ABORT ON; BEGIN TRAN; INSERT t VALUES (1)")
        harness.session.reset(keepsTransaction: false)
        #expect(try harness.rows("SELECT @@TRANCOUNT, COUNT(*), @@OPTIONS & 16384 FROM t") == [["0", "0", "0"]])
        #expect(try harness.error("SELECT * FROM #x")?.number == 208)
        try harness.succeed("CREATE DATABASE other")
        try harness.succeed("USE other")
        harness.session.reset(keepsTransaction: false)
        #expect(harness.session.databaseName == "master")
    }

    @Test func aTemporaryTableGoesWithItsTransactionOrItsScope() throws {
        let harness = try SQLHarness()
        try harness.succeed("BEGIN TRAN; CREATE TABLE #x (a int); INSERT #x VALUES (1); ROLLBACK")
        #expect(try harness.error("SELECT * FROM #x")?.number == 208)
        try harness.succeed(
            "CREATE TABLE #x (a int); EXEC sp_executesql N'CREATE TABLE #y (a int); INSERT #x VALUES (1)'")
        #expect(try harness.rows("SELECT COUNT(*) FROM #x") == [["1"]])
        #expect(try harness.error("SELECT * FROM #y")?.number == 208)
    }

    @Test func aViewWhoseTableChangedIsRefused() throws {
        let harness = try SQLHarness()
        try harness.succeed("CREATE TABLE t (a int)")
        try harness.succeed("CREATE VIEW v AS SELECT * FROM t")
        #expect(try harness.rows("SELECT * FROM v") == [])
        try harness.succeed("ALTER TABLE t ADD b int")
        #expect(try harness.error("SELECT * FROM v")?.number == 40517)
    }

    @Test func anAttentionStopsALongStatement() throws {
        let harness = try SQLHarness()
        final class Impatient: ResultSink {
            var asked = 0
            func columns(_ columns: [ResultColumn]) {}
            func row(_ values: [SQLValue]) {}
            func done(_ done: StatementDone) {}
            func message(_ message: ServerMessage) {}
            func change(_ change: SessionChange) {}
            var isCancelled: Bool {
                asked += 1
                return asked > 20
            }
        }
        let digits = "(VALUES (0),(1),(2),(3),(4),(5),(6),(7),(8),(9))"
        let sources = (1...9).map { "\(digits) AS d\($0) (n)" }.joined(separator: ", ")
        #expect(throws: RequestStopped.attention) {
            try harness.session.run(batch: "BEGIN TRAN; SELECT COUNT(*) FROM \(sources)", into: Impatient())
        }
        #expect(try harness.rows("SELECT @@TRANCOUNT") == [["1"]])
    }

    @Test func aDirectoryKeepsItsDatabases() throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("mssql-test-\(UUID().uuidString)").path
        defer { #expect(throws: Never.self) { try FileManager.default.removeItem(atPath: path) } }
        for round in 1...2 {
            let instance = try makeSQLInstance(storage: .directory(path))
            let session = try instance.openSession(
                database: "master", options: SessionOptions(userName: "sa", processID: 51))
            let sink = CollectingSink()
            let setUp = round == 1 ? "CREATE DATABASE d; CREATE TABLE d.dbo.t (id int IDENTITY(5,5), a int);" : ""
            try session.run(
                batch: setUp + "INSERT d.dbo.t (a) VALUES (\(round)); SELECT id, a FROM d.dbo.t", into: sink)
            #expect(sink.errors == [])
            #expect(sink.rows.last == [.int(Int64(round * 5)), .int(Int64(round))])
            session.close()
            instance.close()
        }
    }
}
