import Testing
import TransactSQL

@Suite struct ExpressionTests {
    private func value(_ text: String) throws -> String {
        let statements = try Parser.parse(batch: "SELECT \(text)")
        guard case .select(let query) = try #require(statements.first).kind,
            case .expression(let value, nil) = try #require(query.body.first.items.first)
        else { return "?" }
        #expect(statements.count == 1)
        return TreeText.expression(value)
    }

    private func condition(_ text: String) throws -> String {
        let statements = try Parser.parse(batch: "SELECT 1 WHERE \(text)")
        guard case .select(let query) = try #require(statements.first).kind else { return "?" }
        #expect(statements.count == 1)
        return TreeText.expression(try #require(query.body.first.condition))
    }

    @Test(arguments: [
        ("1 + 2 * 3", "(+ 1 (* 2 3))"), ("1 - 2 - 3", "(- (- 1 2) 3)"), ("(1 + 2) * 3", "(* [(+ 1 2)] 3)"),
        ("a % b / c", "(/ (% a b) c)"), ("a & b | c ^ d", "(^ (| (& a b) c) d)"), ("a | b + c", "(+ (| a b) c)"),
        ("~a * b", "(* (~ a) b)"), ("~-1", "(~ (- 1))"), ("a || b + c", "(+ (|| a b) c)"), ("a << 2", "(<< a 2)"),
    ])
    func operatorsFollowTheirPrecedence(text: String, tree: String) throws {
        #expect(try value(text) == tree)
    }

    /// A sign has addition's precedence: the well-known -100.0/-100.0*10.0 is 0.1.
    @Test(arguments: [
        ("-a * b", "(- (* a b))"), ("-100.0/-100.0*10.0", "(- (/ 100.0 (- (* 100.0 10.0))))"),
        ("-a + b", "(+ (- a) b)"),
        ("+1", "(+ 1)"), ("a - -b", "(- a (- b))"),
    ])
    func signsBindLikeAddition(text: String, tree: String) throws {
        #expect(try value(text) == tree)
    }

    @Test(arguments: [
        ("1", "1"), ("12345678901234567890", "12345678901234567890"), ("1.50", "1.50"), ("1e3", "1e3f"),
        ("$1.5", "$1.5"),
        ("'it''s'", "'it's'"), ("N'x'", "N'x'"), ("0x0AFF", "0xa,ff"), ("NULL", "NULL"), ("@v", "@v"),
        ("@@ROWCOUNT", "@@ROWCOUNT"), ("a.b.c.d", "a.b.c.d"), ("db..t", "db..t"), ("[a b].\"c d\"", "a b.c d"),
        ("s.d.b.t.c", "s.d.b.t.c"),
    ])
    func constantsAndNamesAreLeaves(text: String, tree: String) throws {
        #expect(try value(text) == tree)
    }

    @Test(arguments: [
        ("COUNT(*)", "(COUNT *)"), ("COUNT(DISTINCT a)", "(COUNT distinct a)"), ("SUM(ALL a)", "(SUM a)"),
        ("GETDATE()", "(GETDATE)"), ("dbo.f(1, DEFAULT)", "(dbo.f 1 DEFAULT)"), ("LEFT(a, 1)", "(LEFT a 1)"),
        ("CURRENT_TIMESTAMP", "(CURRENT_TIMESTAMP -)"), ("COALESCE(a, b, 1)", "(COALESCE a b 1)"),
        ("IIF(a = 1 OR b > 2, 'x', 'y')", "(IIF (or (= a 1) (> b 2)) 'x' 'y')"), ("NULLIF(a, 0)", "(NULLIF a 0)"),
        ("CAST(a + 1 AS decimal(10, 2))", "(cast (+ a 1) decimal(10,2))"),
        ("TRY_CAST(a AS nvarchar(max))", "(try_cast a nvarchar(max))"),
        ("CONVERT(varchar(10), a, 112)", "(convert a varchar(10) 112)"), ("TRY_CONVERT(int, a)", "(try_convert a int)"),
        ("PARSE('1' AS money USING 'de-DE')", "(parse '1' money 'de-DE')"),
        ("CAST(a AS double precision)", "(cast a double precision)"),
        ("CAST(a AS national character varying(5))", "(cast a national character varying(5))"),
        ("CAST(a AS dbo.Phone)", "(cast a dbo.Phone)"), ("TRIM(a)", "(TRIM a)"),
        ("TRIM(LEADING '.' FROM a)", "(TRIM LEADING '.' from a)"), ("TRIM('.' FROM a)", "(TRIM  '.' from a)"),
        ("STRING_AGG(a, ',') WITHIN GROUP (ORDER BY a DESC)", "(STRING_AGG a ',' within:a-)"),
        ("JSON_OBJECT('k':1 NULL ON NULL)", "(JSON_OBJECT 'k':1 NULL_ON_NULL)"),
        ("NEXT VALUE FOR dbo.s", "(next dbo.s)"),
        ("a COLLATE Latin1_General_BIN2 + b", "(+ (collate a Latin1_General_BIN2) b)"),
        ("a AT TIME ZONE 'UTC' AT TIME ZONE @z", "(zone (zone a 'UTC') @z)"),
        ("c.value('.', 'int')", "(c.value '.' 'int')"),
    ])
    func functionsKeepTheirForm(text: String, tree: String) throws {
        #expect(try value(text) == tree)
    }

    @Test(arguments: [
        ("ROW_NUMBER() OVER (ORDER BY a DESC, b)", "(ROW_NUMBER (over order a- b))"),
        (
            "SUM(a) OVER (PARTITION BY b, c ORDER BY d ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)",
            "(SUM a (over by b c order d rows -1 to 0))"
        ),
        ("SUM(a) OVER (ORDER BY b RANGE UNBOUNDED PRECEDING)", "(SUM a (over order b range -inf))"),
        (
            "SUM(a) OVER (ORDER BY b ROWS BETWEEN 2 FOLLOWING AND UNBOUNDED FOLLOWING)",
            "(SUM a (over order b rows +2 to +inf))"
        ),
        ("LAST_VALUE(a) IGNORE NULLS OVER (ORDER BY b)", "(LAST_VALUE a ignore (over order b))"),
        ("SUM(a) OVER w", "(SUM a (over w))"), ("SUM(a) OVER ()", "(SUM a (over))"),
    ])
    func windowsKeepTheirFrame(text: String, tree: String) throws {
        #expect(try value(text) == tree)
    }

    @Test(arguments: [
        ("CASE a WHEN 1 THEN 'x' WHEN 2 THEN 'y' END", "(case a 1->'x' 2->'y')"),
        ("CASE WHEN a > 1 AND b = 2 THEN 1 ELSE 0 END", "(case (and (> a 1) (= b 2))->1 else 0)"),
        ("(SELECT 1)", "(query select 1)"), ("((SELECT 1) + 1)", "[(+ (query select 1) 1)]"),
        ("((SELECT 1) UNION (SELECT 2))", "(query (UNION [select 1] | [select 2]))"),
        ("((SELECT 1))", "(query [select 1])"),
    ])
    func casesAndSubqueriesNest(text: String, tree: String) throws {
        #expect(try value(text) == tree)
    }

    @Test(arguments: [
        ("a = 1 OR b = 2 AND NOT c = 3", "(or (= a 1) (and (= b 2) (not (= c 3))))"),
        ("(a = 1 OR b = 2) AND c = 3", "(and [(or (= a 1) (= b 2))] (= c 3))"),
        ("(a + 1) * 2 > 3", "(> (* [(+ a 1)] 2) 3)"),
        ("((a)) = ((1))", "(= [[a]] [[1]])"), ("a <> 1", "(<> a 1)"), ("a != 1", "(<> a 1)"), ("a !< 1", "(>= a 1)"),
        ("a !> 1", "(<= a 1)"), ("a > = 1", "(>= a 1)"),
        ("a BETWEEN 1 AND 2 AND b = 1", "(and (between a 1 2) (= b 1))"),
        ("a NOT BETWEEN 1 + 1 AND 2", "(notbetween a (+ 1 1) 2)"), ("a LIKE 'x%'", "(like a 'x%')"),
        ("a NOT LIKE 'x!%' ESCAPE '!'", "(notlike a 'x!%' '!')"), ("a IN (1, 2 + 3)", "(in a 1 (+ 2 3))"),
        ("a NOT IN (SELECT 1)", "(notin a select 1)"), ("a IN ((SELECT 1), 2)", "(in a (query select 1) 2)"),
        ("a IS NULL", "(isnull a)"), ("a IS NOT NULL", "(notnull a)"), ("a IS DISTINCT FROM b", "(distinct a b)"),
        ("a IS NOT DISTINCT FROM NULL", "(same a NULL)"), ("EXISTS (SELECT 1)", "(exists select 1)"),
        ("NOT EXISTS (SELECT 1)", "(not (exists select 1))"), ("a >= ALL (SELECT 1)", "(>= a ALL select 1)"),
        ("a = SOME (SELECT 1)", "(= a ANY select 1)"), ("NOT NOT a = 1", "(not (not (= a 1)))"),
        ("CONTAINS(a, 'x')", "(predicate (CONTAINS a 'x'))"), ("((a = 1))", "[[(= a 1)]]"),
    ])
    func conditionsFollowTheirPrecedence(text: String, tree: String) throws {
        #expect(try condition(text) == tree)
    }

    @Test func doubleQuotesAreStringsWhenQuotedIdentifierIsOff() throws {
        let statements = try Parser.parse(batch: "SELECT \"it's\"", quotedIdentifier: false)
        guard case .select(let query) = try #require(statements.first).kind,
            case .expression(let value, _) = try #require(query.body.first.items.first)
        else { throw TestFailure() }
        #expect(value.kind == .literal(.string("it's", isNational: false)))
    }

    @Test func chainsAreWalkedInOrder() throws {
        let statements = try Parser.parse(batch: "SELECT a + b - c * d WHERE a = 1 AND b = 2 AND (c = 3 OR d = 4)")
        guard case .select(let query) = try #require(statements.first).kind,
            case .expression(let value, _) = try #require(query.body.first.items.first)
        else { throw TestFailure() }
        let condition = try #require(query.body.first.condition)
        #expect(
            condition.conjuncts.map { TreeText.expression($0) } == ["(= a 1)", "(= b 2)", "[(or (= c 3) (= d 4))]"])
        #expect(condition.disjuncts == [condition])
        #expect(TreeText.expression(value.operands.first) == "a")
        #expect(value.operands.rest.map(\.symbol) == [.add, .subtract])
        #expect(value.operands.rest.map { TreeText.expression($0.operand) } == ["b", "(* c d)"])
    }

    @Test func nodesKnowWhereTheyStand() throws {
        let batch = "SELECT 1,\n  a + 'ü' AS b"
        let statements = try Parser.parse(batch: batch)
        guard case .select(let query) = try #require(statements.first).kind,
            case .expression(let value, let alias) = try #require(query.body.first.items.last)
        else { throw TestFailure() }
        #expect(value.range.line == 2)
        #expect(value.range.text(in: batch) == "a + 'ü'")
        #expect(alias?.range.text(in: batch) == "b")
        #expect(statements.first?.range.text(in: batch) == batch)
    }
}

/// Thrown where a tree has another shape than the test is about.
struct TestFailure: Error {}
