import Testing
import TransactSQL

@Suite struct StatementTests {
    private func tree(_ text: String) throws -> String {
        try Parser.parse(batch: text).map { TreeText.dump($0) }.joined(separator: "; ")
    }

    @Test(arguments: [
        (
            "INSERT INTO t (a, b) VALUES (1, DEFAULT), (2, 'x')",
            "insert(target: table(t) columns: [a, b] source: values([[1, DEFAULT], [2, 'x']]))"
        ),
        ("INSERT t DEFAULT VALUES", "insert(target: table(t) source: defaultValues)"),
        ("INSERT dbo.t SELECT a FROM s", "insert(target: table(dbo.t) source: query({select a from s}))"),
        ("INSERT t (a) (SELECT 1)", "insert(target: table(t) columns: [a] source: query({[select 1]}))"),
        (
            "INSERT INTO t EXEC p 1",
            "insert(target: table(t) source: execute(target: procedure(p) arguments: [(value: 1)]))"
        ),
        (
            "INSERT TOP (2) @t (a) OUTPUT inserted.a INTO #o (x) VALUES (1)",
            "insert(top: top 2 target: variable(name: @t) columns: [a] output: [(items: [inserted.a] into: table(#o) "
                + "intoColumns: [x])] source: values([[1]]))"
        ),
        (
            "WITH c AS (SELECT 1 AS a) INSERT t SELECT a FROM c",
            "insert(with: (expressions: [(name: c query: {select 1 as a})]) target: table(t) "
                + "source: query({select a from c}))"
        ),
        (
            "UPDATE t SET a = 1, t.b += 2, @v = c = DEFAULT, @w = d FROM t JOIN s ON 1 = 1 WHERE a > 0",
            "update(target: table(t) assignments: [column(a assign 1), column(t.b add 2), "
                + "variableAndColumn(@v c assign DEFAULT), variable(@w assign d)] "
                + "from: [(INNER JOIN t | s on (= 1 1))] condition: (> a 0))"
        ),
        (
            "UPDATE TOP (1) t WITH (ROWLOCK) SET a = 1 OUTPUT deleted.a, inserted.a OPTION (RECOMPILE)",
            "update(top: top 1 target: table(t) tableHints:  hints(ROWLOCK) assignments: [column(a assign 1)] "
                + "output: [(items: [deleted.a, inserted.a])] hints: [(words: [RECOMPILE])])"
        ),
        ("DELETE FROM t WHERE a = 1", "delete(target: table(t) condition: (= a 1))"),
        (
            "DELETE TOP (5) x OUTPUT deleted.* FROM t AS x WHERE a = 1",
            "delete(top: top 5 target: table(x) output: [(items: [deleted.*])] from: [t as x] condition: (= a 1))"
        ),
        ("TRUNCATE TABLE dbo.t", "truncateTable(dbo.t)"),
    ])
    func rowsAreChanged(text: String, expected: String) throws {
        #expect(try tree(text) == expected)
    }

    @Test(arguments: [
        ("BEGIN TRAN", "transaction(begin())"),
        ("BEGIN TRANSACTION x WITH MARK 'm'", "transaction(begin(name: name(x) mark: 'm'))"),
        ("COMMIT", "transaction(commit())"), ("COMMIT WORK", "transaction(commit())"),
        ("COMMIT TRAN x WITH (DELAYED_DURABILITY = ON)", "transaction(commit(name: name(x) isDelayedDurable))"),
        ("ROLLBACK TRANSACTION @n", "transaction(rollback(name: variable(@n)))"),
        ("ROLLBACK", "transaction(rollback())"),
        ("SAVE TRAN s", "transaction(save(name: name(s)))"), ("USE [my db]", "use(my db)"),
        ("SET NOCOUNT ON", "set(options([NOCOUNT] isOn))"),
        ("SET NOCOUNT, XACT_ABORT OFF", "set(options([NOCOUNT, XACT_ABORT]))"),
        ("SET STATISTICS IO, TIME ON", "set(options([STATISTICS IO, STATISTICS TIME] isOn))"),
        ("SET TEXTSIZE 4096", "set(value(option: TEXTSIZE 4096))"),
        ("SET LOCK_TIMEOUT -1", "set(value(option: LOCK_TIMEOUT (- 1)))"),
        ("SET ROWCOUNT @n", "set(value(option: ROWCOUNT @n))"),
        ("SET DATEFORMAT dmy", "set(value(option: DATEFORMAT dmy))"),
        ("SET LANGUAGE N'Deutsch'", "set(value(option: LANGUAGE N'Deutsch'))"),
        ("SET TRANSACTION ISOLATION LEVEL READ COMMITTED", "set(isolationLevel(readCommitted))"),
        ("SET TRANSACTION ISOLATION LEVEL SNAPSHOT", "set(isolationLevel(snapshot))"),
        ("SET IDENTITY_INSERT dbo.t ON", "set(identityInsert(dbo.t isOn))"),
        ("SET @v = a + 1", "set(variable(@v assign (+ a 1)))"),
        ("SET @v += (SELECT 1)", "set(variable(@v add (query select 1)))"),
        (
            "DECLARE @a int = 1, @b AS nvarchar(max)",
            "declare(items: [(name: @a kind: scalar(int initial: 1)), (name: @b kind: scalar(nvarchar(max)))])"
        ),
        (
            "DECLARE @t TABLE (a int NOT NULL)",
            "declare(items: [(name: @t kind: table(columns: [(name: a type: int isNullable: false)]))])"
        ),
    ])
    func theSessionIsChanged(text: String, expected: String) throws {
        #expect(try tree(text).replacingFalse == expected.replacingFalse)
    }

    @Test(arguments: [
        (
            "IF 1 = 1 SELECT 1 ELSE SELECT 2",
            "conditional(condition: (= 1 1) then: select({select 1}) otherwise: select({select 2}))"
        ),
        (
            "IF 1 = 1 SELECT 1; ELSE SELECT 2;",
            "conditional(condition: (= 1 1) then: select({select 1}) otherwise: select({select 2}))"
        ),
        (
            "WHILE @i < 3 BEGIN SET @i += 1; BREAK; CONTINUE END",
            "loop(condition: (< @i 3) body: block([set(variable(@i add 1)), breakLoop, continueLoop]))"
        ),
        (
            "BEGIN TRY SELECT 1 END TRY BEGIN CATCH THROW; END CATCH",
            "tryCatch(body: [select({select 1})] handler: [throwError(nil)])"
        ),
        ("THROW 50001, N'x', 1", "throwError(number: 50001 message: N'x' state: 1)"),
        (
            "RAISERROR ('x %d', 16, 1, @i) WITH NOWAIT",
            "raiserror(message: 'x %d' severity: 16 state: 1 arguments: [@i] options: [NOWAIT])"
        ),
        ("PRINT 'a' + @b", "print((+ 'a' @b))"), ("WAITFOR DELAY '00:00:01'", "waitFor(isDelay value: '00:00:01')"),
        ("RETURN", "returnValue(nil)"), ("RETURN 1 + 2 SELECT 1", "returnValue((+ 1 2)); select({select 1})"),
        ("GOTO done; done: PRINT 1", "goto(done); label(done); print(1)"),
    ])
    func theFlowIsControlled(text: String, expected: String) throws {
        #expect(try tree(text) == expected)
    }

    @Test(arguments: [
        ("EXEC p", "execute(target: procedure(p))"),
        ("dbo.p 1, 'x'", "execute(target: procedure(dbo.p) arguments: [(value: 1), (value: 'x')])"),
        (
            "EXECUTE @r = db..p @a = -1, @b = @c OUTPUT, @d = DEFAULT WITH RECOMPILE",
            "execute(returnVariable: @r target: procedure(db..p) arguments: [(name: @a value: (- 1)), "
                + "(name: @b value: @c isOutput), (name: @d value: DEFAULT)] options: [RECOMPILE])"
        ),
        ("EXEC (N'SELECT ' + @x)", "execute(target: text((+ N'SELECT ' @x)))"),
        ("EXEC @p", "execute(target: variable(@p))"),
        ("sp_help t", "execute(target: procedure(sp_help) arguments: [(value: t)])"),
        (
            "EXEC sp_executesql N'SELECT @a', N'@a int', @a = 1",
            "execute(target: procedure(sp_executesql) arguments: [(value: N'SELECT @a'), (value: N'@a int'), "
                + "(name: @a value: 1)])"
        ),
    ])
    func proceduresAreRun(text: String, expected: String) throws {
        #expect(try tree(text) == expected)
    }

    @Test func statementsNeedNoSemicolons() throws {
        #expect(
            try tree("SELECT 1 SELECT 2; ; SELECT 3") == "select({select 1}); select({select 2}); select({select 3})")
        #expect(try tree(" -- nothing\n/* at all */ ;") == "")
    }

    @Test(arguments: [
        ("CREATE LOGIN a FROM WINDOWS\nSELECT 1", "CREATE LOGIN FROM WINDOWS", 2),
        ("CREATE USER u FOR CERTIFICATE c", "CREATE USER FOR CERTIFICATE", 1),
        ("BACKUP DATABASE d TO DISK = 'x'", "BACKUP", 1),
        ("DBCC CHECKDB ('d') WITH NO_INFOMSGS", "DBCC", 1), ("CREATE CERTIFICATE c", "CREATE CERTIFICATE", 1),
        ("CREATE XML INDEX i ON t (a)", "CREATE XML INDEX", 1), ("ALTER INDEX i ON t PAUSE", "ALTER INDEX PAUSE", 1),
        ("ALTER TABLE t SWITCH TO u", "ALTER TABLE SWITCH", 1), ("BULK INSERT t FROM 'x'", "BULK INSERT", 1),
        ("SELECT * FROM OPENROWSET('a', 'b', 'c') AS x", "OPENROWSET", 1),
        ("SELECT @x.value('.', 'int')", "value()", 1),
        ("ENABLE TRIGGER r ON DATABASE", "ENABLE TRIGGER ON DATABASE", 1),
        ("SELECT {fn NOW()}", "ODBC escape sequence", 1),
    ])
    func whatHasNoTreeIsNamed(text: String, construct: String, count: Int) throws {
        let statements = try Parser.parse(batch: text)
        #expect(statements.count == count)
        guard case .unsupported(let node) = try #require(statements.first).kind else { throw TestFailure() }
        #expect(node.construct == construct)
    }

    @Test func anUnsupportedStatementEndsBeforeTheNextOne() throws {
        let batch = "IF 1 = 1\nBEGIN\n  GRANT SELECT, INSERT ON t TO u\n  SELECT 1\nEND\nPRINT 2"
        let statements = try Parser.parse(batch: batch)
        guard case .conditional(let node) = try #require(statements.first).kind, case .block(let body) = node.then.kind
        else { throw TestFailure() }
        #expect(body.map { $0.range.text(in: batch) } == ["GRANT SELECT, INSERT ON t TO u", "SELECT 1"])
        #expect(statements.map(\.range.line) == [1, 6])
    }

    /// Otherwise a branch would run whatever its condition.
    @Test(arguments: [
        "IF @x.exist('/a') = 1\nBEGIN\n  DROP TABLE t\nEND\nELSE PRINT 2\nPRINT 3",
        "BEGIN\n  WHILE {fn NOW()} > 1\n  DELETE t\nEND\nPRINT 3",
    ])
    func anUnsupportedConditionTakesTheRestOfItsBatch(batch: String) throws {
        let statements = try Parser.parse(batch: batch)
        #expect(statements.count == 1)
        guard case .unsupported = try #require(statements.first).kind else { throw TestFailure() }
        #expect(statements.first?.range.text(in: batch) == batch)
    }

    @Test func anUnsupportedBranchLeavesElseToItsCondition() throws {
        let statements = try Parser.parse(batch: "IF a = 1 GRANT SELECT ON t TO u ELSE PRINT 2")
        guard case .conditional(let node) = try #require(statements.first).kind else { throw TestFailure() }
        #expect(node.otherwise != nil)
    }

    @Test func parametersOfExecuteSQLAreRead() throws {
        let parameters = try Parser.parse(
            parameters: "@p1 nvarchar(4000), @p2 decimal(10, 2) OUTPUT, @t dbo.T READONLY, @d int = 5")
        #expect(parameters.map(\.name) == ["@p1", "@p2", "@t", "@d"])
        #expect(parameters.map { TreeText.type($0.type) } == ["nvarchar(4000)", "decimal(10,2)", "dbo.T", "int"])
        #expect(parameters.map(\.isOutput) == [false, true, false, false])
        #expect(parameters.map(\.isReadOnly) == [false, false, true, false])
        #expect(parameters.last?.defaultValue.map { TreeText.expression($0) } == "5")
        #expect(try Parser.parse(parameters: "  ").isEmpty)
        #expect(throws: SyntaxError.self) { try Parser.parse(parameters: "@p1") }
        #expect(throws: SyntaxError.self) { try Parser.parse(parameters: "p1 int") }
        #expect(throws: SyntaxError.self) { try Parser.parse(parameters: "@p1 int; DROP TABLE t") }
    }
}

extension String {
    /// The dump shows an optional that is false, which no two fields share a text with.
    fileprivate var replacingFalse: String { split(separator: " isNullable: false").joined() }
}
