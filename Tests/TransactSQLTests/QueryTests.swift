import Testing
import TransactSQL

@Suite struct QueryTests {
    private func tree(_ text: String) throws -> String {
        let statements = try Parser.parse(batch: text)
        #expect(statements.count == 1)
        guard case .select(let query) = try #require(statements.first).kind else { return "?" }
        return TreeText.query(query)
    }

    @Test(arguments: [
        ("SELECT a, b AS x, c y, z = d, e 'w', f AS [v u]", "select a, b as x, c as y, d as z, e as w, f as v u"),
        ("SELECT *, t.*, s.t.* FROM t", "select *, t.*, s.t.* from t"),
        ("SELECT DISTINCT a FROM t", "select distinct a from t"),
        ("SELECT ALL a FROM t", "select a from t"), ("SELECT TOP 5 a FROM t", "select top 5 a from t"),
        ("SELECT TOP (@n) PERCENT WITH TIES a FROM t ORDER BY a", "select top @n percent ties a from t order a"),
        ("SELECT @a = b, @c += 1 FROM t", "select @a=b, @c+=1 from t"),
        ("SELECT a INTO #t FROM t", "select a into #t from t"),
        (
            "SELECT a FROM t WHERE a > 1 GROUP BY a HAVING COUNT(*) > 1",
            "select a from t where (> a 1) group a having (> (COUNT *) 1)"
        ),
        ("SELECT a FROM t ORDER BY a DESC, b ASC, 1", "select a from t order a- b 1"),
        (
            "SELECT a FROM t ORDER BY a OFFSET 10 ROWS FETCH NEXT @n ROWS ONLY",
            "select a from t order a offset 10 fetch @n"
        ),
        ("SELECT a FROM t ORDER BY a OFFSET 1 ROW", "select a from t order a offset 1"),
        ("SELECT a FROM t OPTION (RECOMPILE, MAXDOP 1)", "select a from t option RECOMPILE,MAXDOP 1"),
        (
            "SELECT a FROM t FOR JSON PATH, ROOT('r'), INCLUDE_NULL_VALUES",
            "select a from t for JSON PATH,ROOT('r'),INCLUDE_NULL_VALUES"
        ),
        ("SELECT a FROM t FOR XML PATH(''), TYPE", "select a from t for XML PATH(''),TYPE"),
        ("SELECT SUM(a) OVER w FROM t WINDOW w AS (ORDER BY a)", "select (SUM a (over w)) from t window w"),
    ])
    func clausesAreRead(text: String, expected: String) throws {
        #expect(try tree(text) == expected)
    }

    @Test func aStatementMayFollowForWithoutSemicolon() throws {
        #expect(try Parser.parse(batch: "SELECT a FROM t FOR XML AUTO SELECT 1").count == 2)
        #expect(try Parser.parse(batch: "ALTER TABLE t ALTER COLUMN a ADD SPARSE SELECT 1").count == 2)
    }

    @Test(arguments: [
        ("SELECT a FROM t GROUP BY ROLLUP (a, b)", "select a from t group rollup(a b)"),
        (
            "SELECT a FROM t GROUP BY GROUPING SETS ((a, b), CUBE (a), ())",
            "select a from t group sets(<a b> cube(a) ())"
        ),
        ("SELECT a FROM t GROUP BY (a + b) * 2, c", "select a from t group (* [(+ a b)] 2) c"),
        ("SELECT a FROM t GROUP BY a WITH ROLLUP", "select a from t group a with ROLLUP"),
    ])
    func groupingsAreRead(text: String, expected: String) throws {
        #expect(try tree(text) == expected)
    }

    @Test(arguments: [
        ("SELECT 1 UNION ALL SELECT 2 UNION SELECT 3", "(UNION (UNION ALL select 1 | select 2) | select 3)"),
        ("SELECT 1 UNION SELECT 2 INTERSECT SELECT 3", "(UNION select 1 | (INTERSECT select 2 | select 3))"),
        (
            "(SELECT 1 EXCEPT SELECT 2) UNION SELECT 3 ORDER BY 1",
            "(UNION [(EXCEPT select 1 | select 2)] | select 3) order 1"
        ),
    ])
    func intersectBindsTighterThanUnion(text: String, expected: String) throws {
        #expect(try tree(text) == expected)
    }

    @Test(arguments: [
        ("SELECT 1 FROM a, b AS x, c y", "a, b as x, c as y"), ("SELECT 1 FROM d..t", "d..t"),
        ("SELECT 1 FROM a JOIN b ON a.i = b.i", "(INNER JOIN a | b on (= a.i b.i))"),
        (
            "SELECT 1 FROM a LEFT OUTER JOIN b ON 1=1 RIGHT JOIN c ON 2=2",
            "(RIGHT JOIN (LEFT JOIN a | b on (= 1 1)) | c on (= 2 2))"
        ),
        ("SELECT 1 FROM a JOIN b JOIN c ON 1=1 ON 2=2", "(INNER JOIN a | (INNER JOIN b | c on (= 1 1)) on (= 2 2))"),
        ("SELECT 1 FROM a FULL JOIN (b CROSS JOIN c) ON 1=1", "(FULL JOIN a | [(CROSS JOIN b | c)] on (= 1 1))"),
        ("SELECT 1 FROM a INNER HASH JOIN b ON 1=1", "(INNER JOIN HASH a | b on (= 1 1))"),
        ("SELECT 1 FROM a CROSS APPLY f(a.x) AS y (z)", "(CROSS APPLY a | (f a.x) as y(z))"),
        ("SELECT 1 FROM a OUTER APPLY (SELECT 1 AS n) y", "(OUTER APPLY a | {select 1 as n} as y)"),
        ("SELECT 1 FROM (VALUES (1, 'a'), (2, 'b')) v (x, y)", "values (1 'a')(2 'b') as v(x,y)"),
        ("SELECT 1 FROM ((SELECT 1 AS a) AS x JOIN y ON 1=1)", "[(INNER JOIN {select 1 as a} as x | y on (= 1 1))]"),
        ("SELECT 1 FROM ((SELECT 1) UNION (SELECT 2)) AS x (a)", "{(UNION [select 1] | [select 2])} as x(a)"),
        ("SELECT 1 FROM @t AS x", "@t as x"),
        ("SELECT 1 FROM t WITH (NOLOCK, INDEX(i), FORCESEEK)", "t hints(NOLOCK,INDEX=i,FORCESEEK)"),
        ("SELECT 1 FROM t x (NOLOCK)", "t as x hints(NOLOCK)"),
        ("SELECT 1 FROM t WITH (INDEX = 1)", "t hints(INDEX=1)"),
        ("SELECT 1 FROM t FOR SYSTEM_TIME AS OF @d AS x", "t time AS OF @d as x"),
        ("SELECT 1 FROM t TABLESAMPLE (10 PERCENT)", "t sample TABLESAMPLE ( 10 PERCENT )"),
        (
            "SELECT 1 FROM OPENJSON(@j, '$.a') WITH (i int '$.i', o nvarchar(max) AS JSON) AS j",
            "(OPENJSON @j '$.a') with (i int $.i, o nvarchar(max) - json) as j"
        ),
        ("SELECT 1 FROM t PIVOT (SUM(a) FOR b IN ([x], [y])) AS p", "(pivot t (SUM a) for b in x,y) as p"),
        ("SELECT 1 FROM t UNPIVOT (v FOR n IN (a, b)) u", "(unpivot t v for n in a,b) as u"),
    ])
    func sourcesAreRead(text: String, expected: String) throws {
        #expect(try tree(text) == "select 1 from " + expected)
    }

    @Test(arguments: [
        ("WITH a AS (SELECT 1 AS n) SELECT n FROM a", "with a {select 1 as n} select n from a"),
        (
            "WITH a (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM a WHERE n < 9), b AS (SELECT 2) SELECT * FROM a, b",
            "with a(n) {(UNION ALL select 1 | select (+ n 1) from a where (< n 9))} with b {select 2} select * from a, b"
        ),
        (
            ";WITH a AS (SELECT 1 AS n) SELECT n FROM a OPTION (MAXRECURSION 0)",
            "with a {select 1 as n} select n from a option MAXRECURSION 0"
        ),
    ])
    func commonTableExpressionsStandBeforeTheirQuery(text: String, expected: String) throws {
        #expect(try tree(text) == expected)
    }
}
