import EmbeddedSQLServer
import SQLValues
import Testing

/// Queries over several tables.
struct SQLQueryTests {
    private func shop() throws -> SQLHarness {
        let harness = try SQLHarness()
        try harness.succeed(
            """
            CREATE TABLE c (id int PRIMARY KEY, name nvarchar(20) NOT NULL, city nvarchar(20) NULL);
            CREATE TABLE o (id int PRIMARY KEY, c int NULL, total decimal(10,2) NOT NULL);
            INSERT c VALUES (1, N'Ann', N'Oslo'), (2, N'bob', NULL), (3, N'Cid', N'OSLO ');
            INSERT o VALUES (10, 1, 5.00), (11, 1, 7.50), (12, 2, 1.25), (13, NULL, 9.99)
            """)
        return harness
    }

    @Test(arguments: [
        ("SELECT c.name, o.id FROM c JOIN o ON o.c = c.id ORDER BY o.id", "Ann,10|Ann,11|bob,12"),
        ("SELECT c.name, o.id FROM c LEFT JOIN o ON o.c = c.id ORDER BY c.id, o.id", "Ann,10|Ann,11|bob,12|Cid,NULL"),
        ("SELECT c.name, o.id FROM c RIGHT OUTER JOIN o ON o.c = c.id ORDER BY o.id", "Ann,10|Ann,11|bob,12|NULL,13"),
        ("SELECT c.id, o.id FROM c FULL JOIN o ON o.c = c.id ORDER BY c.id, o.id", "NULL,13|1,10|1,11|2,12|3,NULL"),
        ("SELECT COUNT(*) FROM c CROSS JOIN o", "12"), ("SELECT COUNT(*) FROM c, o WHERE c.id = o.c", "3"),
        ("SELECT city, COUNT(*) FROM c GROUP BY city ORDER BY city", "NULL,1|Oslo,2"),
        (
            "SELECT c, SUM(total), AVG(total), MIN(total), MAX(total) FROM o GROUP BY c HAVING COUNT(*) > 1",
            "1,12.50,6.250000,5.00,7.50"
        ),
        ("SELECT DISTINCT city FROM c ORDER BY city DESC", "Oslo|NULL"),
        ("SELECT TOP 2 id FROM o ORDER BY total DESC", "13|11"),
        ("SELECT id FROM o ORDER BY id OFFSET 1 ROWS FETCH NEXT 2 ROWS ONLY", "11|12"),
        ("SELECT name FROM c ORDER BY name", "Ann|bob|Cid"),
        ("SELECT id FROM c UNION SELECT c FROM o ORDER BY 1", "NULL|1|2|3"),
        ("SELECT id FROM c EXCEPT SELECT c FROM o", "3"),
        ("SELECT id FROM c INTERSECT SELECT c FROM o ORDER BY id", "1|2"),
        ("SELECT 1 UNION ALL SELECT 1 UNION SELECT 2.5", "1.0|2.5"),
        (
            "WITH x AS (SELECT c, SUM(total) AS s FROM o GROUP BY c) SELECT c.name, x.s FROM c JOIN x ON x.c = c.id ORDER BY 1",
            "Ann,12.50|bob,1.25"
        ),
        ("SELECT name, (SELECT SUM(total) FROM o WHERE o.c = c.id) FROM c ORDER BY id", "Ann,12.50|bob,1.25|Cid,NULL"),
        (
            "SELECT name, (SELECT TOP 1 total FROM o WHERE o.c = c.id ORDER BY total DESC) FROM c ORDER BY id",
            "Ann,7.50|bob,1.25|Cid,NULL"
        ),
        ("SELECT name FROM c WHERE id IN (SELECT c FROM o) ORDER BY id", "Ann|bob"),
        ("SELECT name FROM c WHERE NOT EXISTS (SELECT * FROM o WHERE o.c = c.id)", "Cid"),
        ("SELECT d.n FROM (SELECT name AS n FROM c WHERE id < 3) AS d ORDER BY d.n DESC", "bob|Ann"),
        ("SELECT id, ROW_NUMBER() OVER (ORDER BY total DESC) FROM o ORDER BY id", "10,3|11,2|12,4|13,1"),
        ("SELECT id, SUM(total) OVER (PARTITION BY c) FROM o ORDER BY id", "10,12.50|11,12.50|12,1.25|13,9.99"),
        (
            "SELECT CASE WHEN total > 6 THEN 'high' ELSE 'low' END AS k, COUNT(*) FROM o GROUP BY CASE WHEN total > 6 THEN 'high' ELSE 'low' END ORDER BY k",
            "high,2|low,2"
        ),
        ("SELECT COUNT(c), COUNT(DISTINCT c) FROM o", "3,2"), ("SELECT SUM(id) / COUNT(*) FROM o", "11"),
        ("SELECT AVG(id) FROM o", "11"),
        ("SELECT v.a FROM (VALUES (1, 'x'), (2, 'y')) AS v (a, b) WHERE v.b = 'Y'", "2"),
        ("SELECT SUM(id) FROM c WHERE 1 = 0", "NULL"),
        ("SELECT MAX(name) FROM c", "Cid"), ("SELECT name FROM c WHERE name LIKE N'%B%'", "bob"),
        ("SELECT TOP 0 id FROM c", ""),
    ])
    func queriesGiveTheirRows(query: String, expected: String) throws {
        let rows = try shop().rows(query).map { $0.joined(separator: ",") }.joined(separator: "|")
        #expect(rows == expected)
    }

    @Test func aggregatesHaveSQLServersTypes() throws {
        let sink = try shop().succeed("SELECT COUNT(*), COUNT_BIG(*), SUM(id), AVG(total), SUM(total), MAX(c) FROM o")
        #expect(sink.types == [.int, .bigInt, .int, .numeric(38, 6), .numeric(38, 2), .int])
        #expect(sink.messages.map(\.number) == [8153])
        #expect(try shop().error("SELECT SUM(x) FROM (VALUES (2147483647), (1)) AS v (x)")?.number == 8115)
    }

    @Test func aSubqueryWithTwoRowsFails() throws {
        #expect(try shop().error("SELECT (SELECT id FROM o)")?.number == 512)
        #expect(try shop().error("SELECT name FROM c WHERE id = (SELECT id FROM o)")?.number == 512)
    }

    @Test func parametersComeTypedAndGoOut() throws {
        let harness = try shop()
        let sink = CollectingSink()
        let outputs = try harness.session.execute(
            "SELECT @n = COUNT(*) FROM o WHERE c = @c; SELECT name FROM c WHERE name = @name",
            declarations: "@c int, @name nvarchar(10), @n int OUTPUT",
            arguments: [
                RequestArgument(name: "@c", type: .int, value: .int(1)),
                RequestArgument(name: "", type: .nVarChar(10), value: .string("BOB")),
                RequestArgument(name: "@n", type: .int, value: .null, isOutput: true),
            ], into: sink)
        #expect(sink.rows == [[.string("bob")]])
        #expect(outputs == [RequestArgument(name: "@n", type: .int, value: .int(2), isOutput: true)])
        let missing = CollectingSink()
        _ = try harness.session.execute("SELECT @a", declarations: "@a int", arguments: [], into: missing)
        #expect(missing.errors == [8178])
        let unknown = CollectingSink()
        #expect(try harness.session.call("nosuch", arguments: [], into: unknown).status != 0)
        #expect(unknown.errors == [2812])
    }
}
