import EmbeddedSQLServer
import Foundation
import SQLValues
import Testing

/// Where SQLite, or a first guess, says something else than SQL Server.
struct SQLDifferenceTests {
    @Test(arguments: [
        ("N'ß' = N'ss'", true), ("'ß' = 'ss'", false), ("N'ß' = 'ss'", true), ("'x' IN ('y', N'X')", true),
        ("N'Ａ' = N'a'", true), ("N'あ' = N'ア'", true), ("N'é' = N'e'", false), ("N'É' = N'é'", true),
        ("N'co-op' = N'coop'", false), ("N'coop' < N'co-op'", true), ("'co-op' < 'coop'", true),
        ("N'😀' = N'😁'", true), ("N'æ' = N'AE'", true), ("N'a ' = N'a'", true),
        ("0x01 = 0x0100", true), ("0x = 0x00", true), ("0x0100 < 0x02", true), ("0x01 IN (0x02, 0x0100)", true),
        ("1 = (SELECT COUNT(*) FROM (SELECT 0x01 AS b UNION SELECT 0x0100) AS u)", true),
        ("-0e0 = 0e0", true),
        ("N'a ' LIKE N'a'", false), ("'a ' LIKE 'a'", true), ("CAST('a' AS char(3)) LIKE N'a'", false),
        ("'é' LIKE '[a-f]'", true), ("'_' LIKE '[A-z]'", false), ("':' LIKE '[0-z]'", false),
    ])
    func comparisonFollowsTheCollation(condition: String, expected: Bool) throws {
        #expect(try SQLHarness().rows("IF \(condition) SELECT 'yes' ELSE SELECT 'no'") == [[expected ? "yes" : "no"]])
    }

    @Test func keysAreEqualWhereValuesAre() throws {
        let harness = try SQLHarness()
        try harness.succeed(
            """
            CREATE TABLE n (v nvarchar(10) PRIMARY KEY); CREATE TABLE f (v float PRIMARY KEY)
            CREATE TABLE b (v varbinary(4) PRIMARY KEY, u varbinary(4) UNIQUE)
            INSERT n VALUES (N'ss'); INSERT f VALUES (0e0); INSERT b VALUES (0x01, NULL)
            """)
        #expect(try harness.error("INSERT n VALUES (N'ß')")?.number == 2627)
        #expect(try harness.error("INSERT f VALUES (-0e0)")?.number == 2627)
        #expect(
            try harness.error("INSERT b VALUES (0x0100, 0x02)")?.text.hasSuffix(
                "The duplicate key value is (0x0100).") == true)
        #expect(try harness.error("INSERT b VALUES (0x02, NULL)")?.number == 2627)
        #expect(try harness.rows("SELECT v FROM b WHERE v = 0x0100") == [["0x01"]])
    }

    @Test(arguments: [
        ("N'日本' LIKE N'%日%'", "yes"), ("N'ß' LIKE N's%'", "40517"), ("CHARINDEX(N's', N'ß') > 0", "40517"),
        ("REPLACE(N'œ', N'o', N'x') = N''", "40517"), ("N'\u{2603}' < N'\u{2604}'", "40517"),
        ("N'\u{2603}' = N'\u{2603}'", "yes"), ("N'a\u{2603}' < N'b'", "yes"), ("N'a\u{2603}' = N'a'", "40517"),
        ("N'Zürich' = N'محمّد'", "no"), ("N'محمّد' = N'محمد'", "40517"), ("N'मुंबई' = N'Zürich'", "no"),
        ("CAST(N'ŋ' AS varchar(5)) = '?'", "40517"),
        ("CAST(N'Āł日' AS varchar(5)) = 'Al?'", "yes"),
    ])
    func whatTheCollationDoesWithACharacterIsKnownOrRefused(condition: String, expected: String) throws {
        let sink = try SQLHarness().run("IF \(condition) SELECT 'yes' ELSE SELECT 'no'")
        #expect(sink.rows.first?.first?.description ?? sink.errors.first.map { "\($0)" } == expected)
    }

    @Test(arguments: [
        ("SELECT TOP 1 a FROM t ORDER BY a OFFSET 1 ROWS", 10741), ("SELECT a FROM t ORDER BY 'x'", 408),
        ("SELECT a FROM t ORDER BY 1 + 1", 408), ("DECLARE @v int = 1; SELECT a FROM t ORDER BY @v", 1008),
        ("SELECT 1 FROM t AS x, t AS x", 1011), ("SELECT 1 FROM t, t", 1013), ("BREAK", 135), ("CONTINUE", 136),
        ("SELECT COUNT(NULL) FROM t", 8117), ("SELECT LEFT('a', -1)", 536), ("SELECT SUBSTRING('a', 1, -1)", 537),
        ("SELECT CONVERT(datetime, '2024-02-01', 103)", 40517), ("SELECT CONVERT(varbinary(4), '0x4', 1)", 8114),
        ("EXEC sp_executesql N'BEGIN TRAN'; ROLLBACK", 266),
    ])
    func whatSQLServerRefusesIsRefused(statement: String, number: Int) throws {
        let harness = try SQLHarness()
        try harness.succeed("CREATE TABLE t (a int)")
        #expect(try harness.run(statement).errors == [Int32(number)])
    }

    @Test(arguments: [
        ("SELECT 1 FROM t HAVING 1 = 1", [["1"]]), ("SELECT 'x' FROM t HAVING COUNT(*) > 5", []),
        ("SELECT MAX(a) FROM t HAVING MAX(a) IS NULL ORDER BY MAX(a)", [["NULL"]]),
        ("SELECT CONVERT(varchar(10), 0x4142, 1), CONVERT(varchar(10), 0x4142, 2)", [["0x4142", "4142"]]),
        ("SELECT a FROM t ORDER BY (SELECT NULL)", []), ("WHILE 1 = 1 BEGIN IF 1 = 1 BREAK END", []),
        ("SELECT CONVERT(date, '2024-02-01', 120)", [["2024-02-01"]]),
    ])
    func whatSQLServerAnswersIsAnswered(statement: String, expected: [[String]]) throws {
        let harness = try SQLHarness()
        try harness.succeed("CREATE TABLE t (a int)")
        #expect(try harness.rows(statement) == expected)
    }

    @Test(arguments: [
        "SELECT 1/0", "SELECT * FROM nosuch", "SELECT 1 +", "SELECT CAST(''x'' AS int)", "THROW 50000, ''m'', 1",
    ])
    func anOuterTryCatchesErrorsOfDynamicSQL(statement: String) throws {
        let harness = try SQLHarness()
        for call in ["EXEC sp_executesql N'\(statement)'", "EXEC ('\(statement)')"] {
            let sink = try harness.run("BEGIN TRY \(call); SELECT 'on' END TRY BEGIN CATCH SELECT 'caught' END CATCH")
            #expect(sink.errors == [] && sink.rows.last == [.string("caught")])
        }
    }

    @Test func anInnerTryDoesNotCatchAMissingObjectButTheOuterDoes() throws {
        let sink = try SQLHarness().run(
            """
            BEGIN TRY
              EXEC ('BEGIN TRY SELECT * FROM nosuch END TRY BEGIN CATCH SELECT ''inner'' END CATCH')
            END TRY BEGIN CATCH SELECT 'outer', ERROR_NUMBER() END CATCH
            """)
        #expect(sink.rows == [[.string("outer"), .int(208)]])
    }

    @Test(arguments: [
        ("SELECT 1/0; SELECT 5", ["5", "6"]), ("SELECT * FROM nosuch; SELECT 5", ["6"]), ("SELECT 1 +", ["6"]),
        ("SELECT CAST(''x'' AS int); SELECT 5", []), ("THROW 50000, ''m'', 1", []), ("GOTO x", ["6"]),
        ("SET XACT_ABORT ON; SELECT 1/0", []),
    ])
    func anErrorOfDynamicSQLEndsWhatItEndsInSQLServer(statement: String, rows: [String]) throws {
        let sink = try SQLHarness().run("EXEC sp_executesql N'\(statement)'; SELECT 6")
        #expect(sink.errors.count == 1)
        #expect(sink.rows.map { $0[0].description } == rows)
    }

    @Test func aChangedTransactionCountIsToldAndXactAbortSparesIt() throws {
        let harness = try SQLHarness()
        let sink = try harness.run("SET XACT_ABORT ON; EXEC ('BEGIN TRAN'); SELECT @@TRANCOUNT; ROLLBACK")
        #expect(sink.errors == [266] && sink.rows == [[.int(1)]])
        let call = CollectingSink()
        _ = try harness.session.execute("BEGIN TRAN", declarations: "", arguments: [], into: call)
        #expect(call.errors == [266])
        #expect(try harness.rows("SELECT @@TRANCOUNT") == [["1"]])
    }

    @Test func aDoomedTransactionEndsWithItsCall() throws {
        let harness = try SQLHarness()
        let sink = CollectingSink()
        _ = try harness.session.execute(
            "BEGIN TRAN; BEGIN TRY SELECT CAST('x' AS int) END TRY BEGIN CATCH SELECT 1 END CATCH", declarations: "",
            arguments: [], into: sink)
        #expect(sink.errors == [3998])
        #expect(try harness.rows("SELECT @@TRANCOUNT") == [["0"]])
    }

    @Test func aFailedStatementCountsNoRowsAndAnInsertWithoutIdentityForgetsIt() throws {
        let harness = try SQLHarness()
        #expect(
            try harness.rows(
                "SELECT 1; BEGIN TRY SELECT 1/0 END TRY BEGIN CATCH SELECT @@ROWCOUNT END CATCH"
            ).last == ["0"])
        try harness.succeed("CREATE TABLE i (id int IDENTITY, a int); CREATE TABLE p (a int); INSERT i VALUES (1)")
        #expect(try harness.rows("SELECT @@IDENTITY; INSERT p VALUES (1); SELECT @@IDENTITY") == [["1"], ["NULL"]])
    }

    @Test func manyConditionsAreNotTooDeep() throws {
        let harness = try SQLHarness()
        try harness.succeed("CREATE TABLE t (a int); INSERT t VALUES (5)")
        for (word, sign, expected) in [("AND", "<>", "1"), ("OR", "=", "0")] {
            let conditions = (1_000..<1_400).map { "a \(sign) \($0)" }.joined(separator: " \(word) ")
            #expect(try harness.rows("SELECT COUNT(*) FROM t WHERE \(conditions)") == [[expected]])
        }
        let list = (0..<1_000).map(String.init).joined(separator: ", ")
        #expect(try harness.rows("SELECT COUNT(*) FROM t WHERE a IN (\(list))") == [["1"]])
        #expect(try harness.value("LEN('\(String(repeating: "x", count: 500_000))')") == "500000")
    }

    @Test func sessionsThatMakeDatabasesAtOnceGetDifferentOnes() throws {
        let harness = try SQLHarness()
        // Each session is used by one thread only, and looked at when all are done.
        nonisolated(unsafe) let sessions = try (0..<4).map { try harness.another(Int32(60 + $0)) }
        nonisolated(unsafe) let sinks = unsafe sessions.map { _ in CollectingSink() }
        DispatchQueue.concurrentPerform(iterations: 4) { index in
            #expect(throws: Never.self) {
                try unsafe sessions[index].session.run(batch: "CREATE DATABASE race\(index)", into: sinks[index])
            }
        }
        #expect(unsafe sinks.flatMap(\.errors) == [])
        #expect(try harness.rows("SELECT COUNT(*), COUNT(DISTINCT database_id) FROM sys.databases") == [["8", "8"]])
    }
}
