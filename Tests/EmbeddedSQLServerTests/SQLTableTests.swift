import EmbeddedSQLServer
import SQLValues
import Testing

/// Tables: definition, change, constraints, identity.
struct SQLTableTests {
    private func withTable() throws -> SQLHarness {
        let harness = try SQLHarness()
        try harness.succeed(
            """
            CREATE TABLE t (id int IDENTITY(1,1) CONSTRAINT PK_t PRIMARY KEY, name varchar(5) NOT NULL,
              price decimal(10,2) NULL CONSTRAINT DF_price DEFAULT (1.5), code int NULL CONSTRAINT UQ_code UNIQUE,
              CONSTRAINT CK_price CHECK (price >= 0))
            """)
        return harness
    }

    @Test func rowsComeBackAsTheyWent() throws {
        let harness = try withTable()
        #expect(
            try harness.succeed("INSERT t (name, price, code) VALUES ('a', 2.345, 1), ('b', NULL, 2)").counts == [2])
        #expect(try harness.succeed("INSERT t (name, code) VALUES ('c', 3)").counts == [1])
        #expect(
            try harness.rows("SELECT * FROM t ORDER BY id DESC") == [
                ["3", "c", "1.50", "3"], ["2", "b", "NULL", "2"], ["1", "a", "2.35", "1"],
            ])
        #expect(try harness.rows("SELECT name FROM dbo.t AS x WHERE x.price > 2 OR NAME = 'C'") == [["a"], ["c"]])
        #expect(try harness.rows("SELECT @@IDENTITY, SCOPE_IDENTITY(), @@ROWCOUNT") == [["3", "3", "2"]])
    }

    @Test(arguments: [
        ("INSERT t (name) VALUES (NULL)", 515), ("INSERT t (name) VALUES ('toolong')", 2628),
        ("INSERT t (id, name) VALUES (1, 'a')", 544),
        ("INSERT t (name, code) VALUES ('a', 7)", 2627), ("INSERT t (name, price) VALUES ('a', -1)", 547),
        ("INSERT t (nosuch) VALUES (1)", 207),
        ("INSERT t (name) VALUES ('a', 1)", 110), ("INSERT t VALUES ('a', 1)", 213),
        ("INSERT t VALUES (1, 'a', 1, 2)", 8101), ("INSERT t (name, code) VALUES ('a')", 109),
        ("INSERT nosuch VALUES (1)", 208),
        ("INSERT t (name, code) VALUES ('a', 'b')", 245), ("UPDATE t SET id = 3", 8102),
        ("UPDATE t SET name = NULL", 515),
        ("INSERT t (name) SELECT 1, 2", 121), ("SELECT nosuch FROM t", 207), ("SELECT t.id FROM t, t", 1013),
        ("SELECT name, COUNT(*) FROM t", 8120), ("SELECT id FROM t WHERE COUNT(*) > 1", 147),
        ("SELECT x.* FROM t", 107),
        ("SELECT id FROM t AS a JOIN t AS b ON a.id = b.id", 209),
        ("SELECT id FROM t UNION SELECT id, code FROM t", 205),
        ("SELECT * FROM (SELECT 1 + 1) AS d", 8155), ("SELECT * FROM (SELECT id FROM t ORDER BY id) AS d", 1033),
        ("SELECT DISTINCT name FROM t ORDER BY id", 145),
        ("CREATE TABLE t (a int)", 2714), ("DROP TABLE nosuch", 3701), ("CREATE UNIQUE INDEX i ON t (nosuch)", 1911),
        ("MERGE t USING t AS s ON 1 = 1 WHEN MATCHED THEN DELETE", 10713),
        ("SELECT 1 INTO u FROM t", 1038),
    ])
    func mistakesHaveSQLServersNumbers(batch: String, number: Int32) throws {
        let harness = try withTable()
        try harness.succeed("INSERT t (name, code) VALUES ('x', 7)")
        #expect(try harness.error(batch)?.number == number)
        #expect(try harness.rows("SELECT COUNT(*) FROM t") == [["1"]])
    }

    @Test func violationsNameTheConstraintAndTheKey() throws {
        let harness = try withTable()
        let sink = try harness.run("INSERT t (name, code) VALUES ('x', 7), ('y', 7)")
        #expect(
            sink.messages.map(\.text) == [
                "Violation of UNIQUE KEY constraint 'UQ_code'. Cannot insert duplicate key in object 'dbo.t'. The duplicate key value is (7).",
                "The statement has been terminated.",
            ])
        #expect(
            try harness.error("INSERT t (name, price) VALUES ('x', -1)")?.text
                == "The INSERT statement conflicted with the CHECK constraint \"CK_price\". The conflict occurred in database \"master\", table \"dbo.t\", column 'price'."
        )
        #expect(
            try harness.error("INSERT t (name) VALUES ('abcdefg')")?.text
                == "String or binary data would be truncated in table 'master.dbo.t', column 'name'. Truncated value: 'abcde'."
        )
    }

    @Test func aUniqueKeyAllowsOneNull() throws {
        let harness = try withTable()
        try harness.succeed("INSERT t (name) VALUES ('a')")
        let error = try #require(try harness.error("INSERT t (name) VALUES ('b')"))
        #expect(error.number == 2627 && error.text.hasSuffix("(<NULL>)."))
    }

    @Test func updateChecksKeysWhenItIsDone() throws {
        let harness = try withTable()
        try harness.succeed("INSERT t (name, code) VALUES ('a', 1), ('b', 2), ('c', 3)")
        #expect(try harness.succeed("UPDATE t SET code = code + 1").counts == [3])
        #expect(try harness.rows("SELECT code FROM t ORDER BY code") == [["2"], ["3"], ["4"]])
        #expect(try harness.error("UPDATE t SET code = 9")?.number == 2627)
        #expect(try harness.rows("SELECT SUM(code) FROM t") == [["9"]])
        #expect(
            try harness.succeed(
                "UPDATE x SET code = s.v FROM t x JOIN (VALUES ('a', 10), ('b', 20)) AS s (n, v) ON s.n = x.name"
            ).counts == [2])
        #expect(try harness.succeed("DELETE FROM t WHERE code > 10").counts == [1])
        #expect(try harness.succeed("DELETE TOP (1) FROM t").counts == [1])
    }

    @Test func identityInsertTakesValuesAndMovesTheNext() throws {
        let harness = try withTable()
        try harness.succeed(
            "SET IDENTITY_INSERT t ON; INSERT t (id, name, code) VALUES (10, 'a', 1); SET IDENTITY_INSERT t OFF")
        try harness.succeed("INSERT t (name, code) VALUES ('b', 2)")
        #expect(try harness.rows("SELECT MAX(id) FROM t") == [["11"]])
        try harness.succeed(
            "BEGIN TRAN; INSERT t (name, code) VALUES ('c', 3); ROLLBACK; INSERT t (name, code) VALUES ('c', 3)")
        #expect(try harness.rows("SELECT MAX(id) FROM t") == [["13"]])
    }

    @Test func outputReturnsWhatWasInserted() throws {
        let harness = try withTable()
        let sink = try harness.succeed(
            "INSERT t (name, code) OUTPUT inserted.id, INSERTED.price AS p VALUES ('a', 1), ('b', 2)")
        #expect(sink.rows.map { $0.map(\.description) } == [["1", "1.50"], ["2", "1.50"]])
        #expect(sink.counts == [2])
        #expect(try harness.error("INSERT t (name) OUTPUT deleted.id VALUES ('c')")?.number == 4104)
        #expect(try harness.rows("DELETE t OUTPUT deleted.id + 1") == [["2"], ["3"]])
    }

    @Test func foreignKeysHoldAtTheEndOfTheStatement() throws {
        let harness = try SQLHarness()
        try harness.succeed(
            """
            CREATE TABLE p (id int PRIMARY KEY, boss int NULL CONSTRAINT FK_boss REFERENCES p (id));
            CREATE TABLE c (id int PRIMARY KEY, p int NULL);
            ALTER TABLE c ADD CONSTRAINT FK_c FOREIGN KEY (p) REFERENCES p (id);
            INSERT p VALUES (1, 2), (2, 1); INSERT c VALUES (1, 1), (2, NULL)
            """)
        #expect(
            try harness.error("INSERT c VALUES (3, 9)")?.text
                == "The INSERT statement conflicted with the FOREIGN KEY constraint \"FK_c\". The conflict occurred in database \"master\", table \"dbo.p\", column 'id'."
        )
        #expect(
            try harness.error("DELETE p")?.text
                == "The DELETE statement conflicted with the REFERENCE constraint \"FK_c\". The conflict occurred in database \"master\", table \"dbo.c\", column 'p'."
        )
        #expect(try harness.error("DROP TABLE p")?.number == 3726)
        #expect(try harness.error("TRUNCATE TABLE p")?.number == 4712)
        #expect(try harness.rows("SELECT COUNT(*) FROM p") == [["2"]])
        try harness.succeed("ALTER TABLE c DROP CONSTRAINT FK_c; DELETE p")
    }

    @Test func alterTableAddsAndDropsColumns() throws {
        let harness = try withTable()
        try harness.succeed("INSERT t (name, code) VALUES ('a', 1)")
        try harness.succeed("ALTER TABLE t ADD note nvarchar(10) NULL, flag bit NOT NULL DEFAULT 1")
        #expect(try harness.rows("SELECT note, flag FROM t") == [["NULL", "1"]])
        #expect(try harness.error("ALTER TABLE t DROP COLUMN code")?.number == 5074)
        try harness.succeed("ALTER TABLE t DROP COLUMN note")
        #expect(try harness.error("SELECT note FROM t")?.number == 207)
        #expect(try harness.error("ALTER TABLE t ADD must int NOT NULL")?.number == 4901)
        #expect(try harness.error("ALTER TABLE t ADD CONSTRAINT CK_n CHECK (code > 5)")?.number == 547)
        try harness.succeed("ALTER TABLE t ADD CONSTRAINT CK_n CHECK (code < 5); ALTER TABLE t DROP CONSTRAINT CK_n")
        #expect(try harness.rows("SELECT id, name, price, code, flag FROM t") == [["1", "a", "1.50", "1", "1"]])
    }

    @Test func everyTypeComesBackAsStored() throws {
        let harness = try SQLHarness()
        try harness.succeed(
            """
            CREATE TABLE v (a bit, b tinyint, c bigint, d real, e float, f money, g decimal(38,10), h date, i time(3), j datetime,
              k smalldatetime, l datetime2(7), m datetimeoffset(2), n char(4), o nvarchar(max), p varbinary(4), q binary(3), r uniqueidentifier, s numeric(5,2));
            INSERT v VALUES (1, 255, -9223372036854775808, 1.5, -0.1, $-1.5, -12345678901234567890.1234567891, '2024-02-29', '12:34:56.789',
              '2024-01-01 00:00:00.007', '2024-01-01 10:29:31', '0001-01-01', '2024-01-01 10:00:00.12 +02:00', 'ab', N'Ω😀', 0x01, 0x0102,
              '6F9619FF-8B86-D011-B42D-00C04FC964FF', -1.5)
            """)
        #expect(
            try harness.rows("SELECT * FROM v") == [
                [
                    "1", "255", "-9223372036854775808", "1.5", "-0.1", "-1.5000", "-12345678901234567890.1234567891",
                    "2024-02-29",
                    "12:34:56.7890000", "2024-01-01 00:00:00.0070000", "2024-01-01 10:30:00.0000000",
                    "0001-01-01 00:00:00.0000000",
                    "2024-01-01 10:00:00.1200000 +02:00", "ab  ", "Ω😀", "0x01", "0x010200",
                    "6F9619FF-8B86-D011-B42D-00C04FC964FF", "-1.50",
                ]
            ])
        #expect(
            try harness.rows(
                "SELECT COUNT(*) FROM v WHERE m = '2024-01-01 08:00:00.12 +00:00' AND n = 'AB' AND g < -1 AND e < d")
                == [["1"]])
    }

    @Test func temporaryTablesAndViewsAndSchemas() throws {
        let harness = try SQLHarness()
        try harness.succeed("CREATE TABLE #x (a int); INSERT #x VALUES (1), (2)")
        #expect(try harness.rows("SELECT SUM(a) FROM #x") == [["3"]])
        try harness.succeed("CREATE SCHEMA sales")
        try harness.succeed("CREATE TABLE sales.o (id int); INSERT sales.o VALUES (5)")
        try harness.succeed("CREATE VIEW sales.vo AS SELECT id * 2 AS twice FROM sales.o")
        #expect(try harness.rows("SELECT twice FROM sales.vo") == [["10"]])
        #expect(try harness.rows("SELECT name FROM sys.tables") == [["o"]])
        #expect(
            try harness.rows(
                "SELECT TABLE_SCHEMA, COLUMN_NAME, DATA_TYPE FROM INFORMATION_SCHEMA.COLUMNS ORDER BY COLUMN_NAME")
                == [["sales", "id", "int"], ["sales", "twice", "int"]])
        try harness.succeed(
            "DROP VIEW sales.vo; DROP TABLE sales.o; DROP SCHEMA sales; DROP TABLE IF EXISTS sales.o, #x")
        #expect(try harness.error("SELECT * FROM #x")?.number == 208)
    }
}
