import Testing
import TransactSQL

/// Every construct with a tree is written back from it.
@Suite struct PrinterTests {
    @Test(arguments: [
        "SELECT 1, N'it''s', 0x0aF, 1.50, 1e-3, $12.5, 'back\\slash', NULL",
        "SELECT -a, - -1, +b, ~c, (1 + 2) * 3 % 4 - 5 / 6 & 7 | 8 ^ 9, 'a' || 'b', 1 << 2 >> 3",
        "SELECT a AS [x y], b 'text', \"c\"\"d\" = 1, e = f.g, @v = 1, @w += 2, t.*, * FROM dbo.t AS t",
        "SELECT x COLLATE Latin1_General_BIN2 AT TIME ZONE 'UTC', $IDENTITY, [r]]s], a..b.c, db.dbo.t.c FROM t",
        "SELECT CASE a WHEN 1 THEN 2 ELSE 3 END, CASE WHEN a = 1 AND NOT b <> 2 OR c >= 3 THEN 4 END",
        "SELECT CAST(a AS decimal(10, 2)), TRY_CAST(a AS nvarchar(max)), CONVERT(xml(dbo.s), b, 1), PARSE(c AS date USING 'en')",
        "SELECT COUNT(*), COUNT(DISTINCT a), IIF(a > 1, b, c), LEFT(a, 1), CURRENT_TIMESTAMP, dbo.f(DEFAULT)",
        "SELECT TRIM(LEADING 'x' FROM y), JSON_OBJECT('a' : 1, 'b' : 2 NULL ON NULL), JSON_ARRAY(1, 2 ABSENT ON NULL)",
        "SELECT STRING_AGG(a, ',') WITHIN GROUP (ORDER BY b DESC, c), NEXT VALUE FOR dbo.s OVER (ORDER BY a)",
        "SELECT LAG(a) IGNORE NULLS OVER w, SUM(a) OVER (PARTITION BY b ORDER BY c ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) "
            + "FROM t WINDOW w AS (PARTITION BY d ORDER BY e RANGE UNBOUNDED PRECEDING), v AS (w)",
        "SELECT ALL TOP 10 a FROM t; SELECT DISTINCT TOP (5) PERCENT WITH TIES a FROM t ORDER BY a ASC, b DESC",
        "SELECT TOP (SELECT 1) a INTO #x ON [PRIMARY] FROM t",
        "SELECT a FROM t WHERE a IS NULL AND b IS NOT NULL AND c IS DISTINCT FROM d AND e NOT BETWEEN 1 AND 2",
        "SELECT a FROM t WHERE a LIKE 'x%' ESCAPE '!' OR b NOT LIKE c OR d IN (1, 2) OR e NOT IN (SELECT 1) OR EXISTS (SELECT 2)",
        "SELECT a FROM t WHERE a > ALL (SELECT 1) AND b = SOME (SELECT 2) AND c !< 1 AND d ! = 2 AND CONTAINS(e, 'f')",
        "SELECT a FROM t GROUP BY a, ROLLUP (b, (c, d)), GROUPING SETS ((a, b), CUBE (c), ()) HAVING COUNT(*) > 1",
        "SELECT a FROM t GROUP BY a WITH ROLLUP ORDER BY a OFFSET 1 ROW FETCH FIRST 2 ROWS ONLY OPTION (MAXDOP 1, RECOMPILE)",
        "SELECT 1 UNION ALL (SELECT 2 EXCEPT SELECT 3) INTERSECT SELECT 4 ORDER BY 1 FOR JSON PATH, ROOT('r')",
        "SELECT a FROM t FOR XML PATH(N''), TYPE; SELECT a FROM t FOR BROWSE",
        "WITH XMLNAMESPACES ('u' AS n), c (x) AS (SELECT 1) SELECT * FROM c",
    ])
    func queriesAreWrittenBack(batch: String) {
        #expect(PrintBack.check(batch) == .same)
    }

    @Test(arguments: [
        "SELECT * FROM a INNER JOIN b ON a.x = b.x LEFT OUTER JOIN c FULL JOIN d ON 1 = 1 ON 2 = 2, e CROSS JOIN f",
        "SELECT * FROM a INNER HASH JOIN b ON 1 = 1 CROSS APPLY dbo.f(a.x) AS g OUTER APPLY (SELECT 1) h (y)",
        "SELECT * FROM t WITH (NOLOCK, INDEX (1, ix)), u (NOLOCK), v WITH (INDEX = 2 FORCESEEK (ix (a, b)))",
        "SELECT * FROM t FOR SYSTEM_TIME AS OF '2024-01-01' AS x TABLESAMPLE (10 PERCENT) REPEATABLE (5)",
        "SELECT * FROM (VALUES (1, 2), (3, 4)) v (a, b), @t AS w, (a JOIN b ON 1 = 1)",
        "SELECT * FROM OPENJSON(@j, '$.a') WITH (b int '$.b', c nvarchar(max) AS JSON) AS j",
        "SELECT * FROM s PIVOT (SUM(a) FOR b IN ([x], [y])) AS p UNPIVOT (v FOR n IN (x, y)) u",
    ])
    func sourcesAreWrittenBack(batch: String) {
        #expect(PrintBack.check(batch) == .same)
    }

    @Test(arguments: [
        "INSERT t VALUES (1, DEFAULT), (2, NULL); INSERT INTO t WITH (TABLOCK) (a, b) OUTPUT inserted.a INTO @x (a) SELECT 1, 2",
        "INSERT TOP (3) INTO t DEFAULT VALUES; INSERT t EXEC dbo.p 1",
        "INSERT BULK t (a int, b nvarchar(5) COLLATE Latin1_General_BIN2) WITH (KEEP_NULLS, ROWS_PER_BATCH = 10, ORDER (a ASC))",
        "WITH c AS (SELECT 1 a) UPDATE TOP (2) c SET a = 1, b += 2, @v = d = 3, @w = 4 OUTPUT deleted.* FROM t AS u WHERE 1 = 1",
        "DELETE t; DELETE FROM t WHERE a = 1; DELETE TOP (@n) FROM u FROM t AS u OPTION (MAXDOP 2); DELETE TOP (1) v FROM t v",
        "MERGE INTO t WITH (HOLDLOCK) AS a USING s AS b ON a.x = b.x WHEN MATCHED AND a.y = 1 THEN UPDATE SET y = 2 "
            + "WHEN NOT MATCHED BY TARGET THEN INSERT (x) VALUES (1) WHEN NOT MATCHED BY SOURCE THEN DELETE OUTPUT $action;",
        "MERGE t USING (SELECT 1 AS x) s ON 1 = 1 WHEN NOT MATCHED THEN INSERT DEFAULT VALUES OPTION (LOOP JOIN);",
        "TRUNCATE TABLE dbo.t; UPDATE STATISTICS t (s) WITH FULLSCAN, NORECOMPUTE; UPDATE STATISTICS t s WITH SAMPLE 5 PERCENT",
    ])
    func changesAreWrittenBack(batch: String) {
        #expect(PrintBack.check(batch) == .same)
    }

    @Test(arguments: [
        "CREATE TABLE t (a int NOT NULL IDENTITY(1, 1) PRIMARY KEY CLUSTERED, b AS (a * 2) PERSISTED, c money DEFAULT ((0)), "
            + "d int IDENTITY, timestamp, e int REFERENCES s (x) ON DELETE CASCADE, f int SPARSE NULL, g xml CONSTRAINT k CHECK "
            + "(1 = 1), PRIMARY KEY (a ASC, b DESC) WITH (FILLFACTOR = 9) ON [PRIMARY], INDEX i UNIQUE (a) WHERE a > 1,)",
        "CREATE TABLE t (a datetime2 GENERATED ALWAYS AS ROW START HIDDEN NOT NULL, b datetime2 GENERATED ALWAYS AS ROW END "
            + "NOT NULL, PERIOD FOR SYSTEM_TIME (a, b)) WITH (SYSTEM_VERSIONING = ON (HISTORY_TABLE = dbo.h))",
        "ALTER TABLE t WITH NOCHECK ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES s (b) NOT FOR REPLICATION, c int NULL",
        "ALTER TABLE t ADD c int NULL CONSTRAINT d DEFAULT 1 WITH VALUES; ALTER TABLE t ADD DEFAULT 1 FOR c",
        "ALTER TABLE t ALTER COLUMN a nvarchar(5) NOT NULL WITH (ONLINE = ON); ALTER TABLE t ALTER COLUMN a ADD SPARSE",
        "ALTER TABLE t DROP CONSTRAINT IF EXISTS a, b, COLUMN c; ALTER TABLE t DROP CONSTRAINT k WITH (ONLINE = OFF)",
        "ALTER TABLE t WITH CHECK CHECK CONSTRAINT ALL; ALTER TABLE t NOCHECK CONSTRAINT a, b; ALTER TABLE t DISABLE TRIGGER ALL",
        "CREATE UNIQUE NONCLUSTERED INDEX i ON t (a DESC, b) INCLUDE (c) WHERE a IS NOT NULL WITH (ONLINE = ON) ON [PRIMARY]",
        "CREATE CLUSTERED COLUMNSTORE INDEX i ON t; CREATE INDEX j ON t (a) WITH FILLFACTOR = 90, PAD_INDEX",
        "ALTER INDEX ALL ON t REBUILD PARTITION = ALL WITH (FILLFACTOR = 80); ALTER INDEX i ON t SET (IGNORE_DUP_KEY = ON)",
        "CREATE DATABASE d COLLATE Latin1_General_BIN2; ALTER DATABASE CURRENT SET RECOVERY SIMPLE, READ_WRITE WITH NO_WAIT",
        "DROP TABLE IF EXISTS a, dbo.b; DROP INDEX i ON t WITH (ONLINE = ON), u.j; DROP PROC p",
        "CREATE SCHEMA s AUTHORIZATION dbo CREATE TABLE t (a int)",
        "CREATE TYPE dbo.m FROM decimal(9, 2) NOT NULL; CREATE TYPE n AS TABLE (a int PRIMARY KEY)",
        "CREATE SEQUENCE s AS bigint START WITH -5 INCREMENT BY 2 MINVALUE -9 NO MAXVALUE CYCLE CACHE 10",
        "ALTER SEQUENCE s RESTART WITH 7 NO CYCLE NO CACHE; CREATE SYNONYM y FOR a.b.c; ALTER SCHEMA s TRANSFER TYPE::dbo.t",
        "CREATE STATISTICS s ON t (a, b) WHERE a > 1 WITH FULLSCAN; DBCC CHECKIDENT ('t', RESEED, 5) WITH NO_INFOMSGS",
        "DBCC CHECKIDENT ('t', NORESEED); DBCC CHECKIDENT ('t', RESEED); DBCC CHECKIDENT (t)",
    ])
    func definitionsAreWrittenBack(batch: String) {
        #expect(PrintBack.check(batch) == .same)
    }

    @Test(arguments: [
        "CREATE OR ALTER VIEW v (a) WITH SCHEMABINDING AS WITH c AS (SELECT 1 x) SELECT x FROM c WITH CHECK OPTION",
        "CREATE PROC p @a int = 1, @b dbo.t READONLY, @c varchar(5) = abc OUT WITH EXECUTE AS OWNER, RECOMPILE AS RETURN @a",
        "ALTER PROCEDURE p (@a int NULL) WITH EXECUTE AS 'user' AS BEGIN SELECT @a END",
        "CREATE FUNCTION f (@a int) RETURNS int WITH RETURNS NULL ON NULL INPUT AS BEGIN RETURN @a + 1 END",
        "CREATE FUNCTION f () RETURNS TABLE AS RETURN (SELECT 1 AS a)",
        "CREATE FUNCTION f () RETURNS TABLE RETURN WITH c AS (SELECT 1 a) SELECT a FROM c",
        "CREATE FUNCTION f () RETURNS TABLE AS RETURN (WITH c AS (SELECT 1 a) SELECT a FROM c)",
        "CREATE FUNCTION f () RETURNS @t TABLE (a int) AS BEGIN INSERT @t VALUES (1); RETURN END",
        "CREATE TRIGGER g ON t FOR INSERT, UPDATE NOT FOR REPLICATION AS IF UPDATE(a) PRINT 'x'",
        "CREATE TRIGGER g ON t INSTEAD OF DELETE AS RETURN",
        "ENABLE TRIGGER a, b ON t; DISABLE TRIGGER ALL ON t",
    ])
    func modulesAreWrittenBack(batch: String) {
        #expect(PrintBack.check(batch) == .same)
    }

    @Test(arguments: [
        "sp_who 'sa'", "EXEC @r = dbo.p @a = 1, @b = @c OUTPUT, DEFAULT, -1.5, word WITH RECOMPILE",
        "EXECUTE ('SELECT ' + @x, 1) AS USER = 'bob' AT srv; EXEC @p",
        "BEGIN TRAN a WITH MARK 'm'; SAVE TRAN @s; ROLLBACK TRAN a; COMMIT WORK; COMMIT; ROLLBACK; COMMIT TRANSACTION a",
        "COMMIT WITH (DELAYED_DURABILITY = ON); COMMIT TRAN WITH (DELAYED_DURABILITY = OFF); USE master; KILL 53 WITH STATUSONLY",
        "SET NOCOUNT, XACT_ABORT ON; SET STATISTICS IO, TIME OFF; SET TEXTSIZE 4096; SET DATEFORMAT dmy; SET LANGUAGE 'x'",
        "SET TRANSACTION ISOLATION LEVEL READ UNCOMMITTED; SET IDENTITY_INSERT dbo.t ON; SET @a |= 1; SET @b = N'x'",
        "DECLARE @a AS int = 1, @b national character varying(5), @c double precision, @t TABLE (x int)",
        "IF @a = 1 SELECT 1; ELSE IF @b = 2 BEGIN SELECT 2 END ELSE PRINT 'x'",
        "WHILE 1 = 1 BEGIN IF @a > 1 BREAK; CONTINUE END; GOTO z; z: RETURN; RETURN (1)",
        "BEGIN TRY SELECT 1 END TRY BEGIN CATCH THROW; THROW 50000, 'x', 1 END CATCH",
        "RAISERROR ('%d', 16, -1, 1, @x) WITH NOWAIT, LOG; WAITFOR DELAY '00:00:01'; WAITFOR TIME @t",
        "DECLARE c INSENSITIVE SCROLL CURSOR FOR SELECT 1 FOR READ ONLY; OPEN c; FETCH c; CLOSE GLOBAL c; DEALLOCATE @d",
        "DECLARE c CURSOR LOCAL FAST_FORWARD FOR SELECT a FROM t; DECLARE d CURSOR FOR SELECT a FROM t FOR UPDATE OF a, b",
        "CREATE LOGIN l WITH PASSWORD = N'x' MUST_CHANGE, CHECK_POLICY = OFF; ALTER ROLE r ADD MEMBER u; DROP USER IF EXISTS u",
        "CREATE USER u FROM LOGIN l WITH DEFAULT_SCHEMA = s; CREATE ROLE r AUTHORIZATION dbo; ALTER LOGIN l DISABLE",
        "GRANT SELECT (a, b), UPDATE ON OBJECT::dbo.t TO u, public WITH GRANT OPTION AS dbo; DENY ALL PRIVILEGES ON t TO u CASCADE",
        "REVOKE GRANT OPTION FOR EXEC ON SCHEMA::s FROM u; ALTER AUTHORIZATION ON SCHEMA::s TO SCHEMA OWNER; REVERT",
        "EXECUTE AS USER = 'u' WITH NO REVERT; EXEC AS LOGIN = @l WITH COOKIE INTO @c; REVERT WITH COOKIE = @c",
        "SET @d = CURSOR STATIC FOR SELECT 1; FETCH FROM @d; FETCH NEXT FROM c INTO @a, @b; FETCH ABSOLUTE -2 FROM c",
        "DECLARE @d CURSOR; FETCH RELATIVE @n FROM c; FETCH PRIOR FROM c; DELETE t WHERE CURRENT OF c",
        "SELECT 'a\\\nb', 'c\\\\\n\nd'",
    ])
    func sessionStatementsAreWrittenBack(batch: String) {
        #expect(PrintBack.check(batch) == .same)
    }

    @Test func doubleQuotesAreStringsWithTheOptionOff() {
        #expect(PrintBack.check("SELECT \"a'b\" AS x", quotedIdentifier: false) == .same)
    }

    @Test func aStatementWithoutATreeHasNoText() throws {
        #expect(SyntaxPrinter.text(of: try Parser.parse(batch: "BACKUP DATABASE d TO DISK = 'x'")) == nil)
        #expect(SyntaxPrinter.text(of: try Parser.parse(batch: "BEGIN RESTORE DATABASE d END")) == nil)
    }

    @Test func namesThatNoBatchHoldsAreWrittenWithTheirDelimitersEscaped() throws {
        let tree = try Parser.parse(batch: "SELECT [a]]b] FROM \"c\"\"d\"")
        #expect(SyntaxPrinter.text(of: tree)?.contains("[a]]b]") == true)
    }
}
