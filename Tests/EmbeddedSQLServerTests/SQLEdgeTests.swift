import EmbeddedSQLServer
import SQLValues
import Testing

/// Corners of queries where SQLite alone would answer otherwise.
struct SQLEdgeTests {
    private func harness() throws -> SQLHarness {
        let harness = try SQLHarness()
        try harness.succeed(
            """
            CREATE TABLE t (id int PRIMARY KEY, v varchar(10) NULL, f float NULL, d decimal(30,5) NULL);
            INSERT t VALUES (1, 'b ', -2.5, -1), (2, 'B', 10, 12345678901234567890.5), (3, NULL, NULL, NULL), (4, 'a', 0.5, 2)
            """)
        return harness
    }

    @Test(arguments: [
        ("SELECT COUNT(DISTINCT v) FROM t", "2"), ("SELECT v FROM t GROUP BY v ORDER BY COUNT(*) DESC, v", "b |NULL|a"),
        ("SELECT id FROM t ORDER BY f", "3|1|4|2"), ("SELECT id FROM t ORDER BY d DESC", "2|4|1|3"),
        ("SELECT MAX(f), MIN(d) FROM t", "10.0,-1.00000"),
        ("SELECT id FROM t WHERE f > 0 ORDER BY id", "2|4"),
        ("SELECT SUM(f), SUM(d) FROM t", "8.0,12345678901234567891.50000"),
        ("SELECT COUNT(*) FROM t HAVING COUNT(*) > 10", ""), ("SELECT COUNT(*) AS n FROM t WHERE id > 99", "0"),
        ("SELECT id FROM t WHERE id NOT IN (SELECT id FROM t WHERE id < 3) ORDER BY id", "3|4"),
        ("SELECT id FROM t WHERE v NOT IN ('a', NULL)", ""),
        ("SELECT (SELECT COUNT(*) FROM t b WHERE b.id < a.id) FROM t a ORDER BY a.id", "0|1|2|3"),
        ("SELECT id FROM t EXCEPT (SELECT 1 UNION SELECT 2) ORDER BY id", "3|4"),
        ("SELECT 1 EXCEPT SELECT 1 UNION ALL SELECT 5", "5"),
        ("SELECT 1 UNION ALL SELECT 2 INTERSECT SELECT 2", "1|2"),
        ("SELECT id + 1 AS x FROM t ORDER BY x DESC", "5|4|3|2"),
        ("SELECT a.id FROM t a JOIN (t b JOIN t c ON b.id = c.id) ON a.id = b.id WHERE c.id = 2", "2"),
        ("SELECT TOP 1 id FROM t UNION ALL SELECT 9 ORDER BY 1", "1|9"),
        ("SELECT id FROM t WHERE CASE WHEN v IS NULL THEN 0 ELSE 10 / id END > 4 ORDER BY id", "1|2"),
        ("SELECT v + 'x' FROM t WHERE id = 1", "b x"),
        ("SELECT id FROM t WHERE v LIKE 'b%' ORDER BY id", "1|2"),
        ("SELECT COALESCE(v, 'none') FROM t WHERE id = 3", "none"),
        ("SELECT id % 2, COUNT(*) FROM t GROUP BY id % 2 ORDER BY id % 2", "0,2|1,2"),
        ("SELECT id / 2 * 1.0 FROM t WHERE id = 3", "1.0"),
        ("SELECT RANK() OVER (ORDER BY v), DENSE_RANK() OVER (ORDER BY v) FROM t ORDER BY id", "3,3|3,3|1,1|2,2"),
        (
            "SELECT x.id FROM t AS x WHERE EXISTS (SELECT 1 FROM t AS y WHERE y.v = x.v AND y.id <> x.id) ORDER BY 1",
            "1|2"
        ),
        ("SELECT DISTINCT TOP 2 v FROM t ORDER BY v DESC", "b |a"), ("SELECT 'it''s', N'[x]', ''", "it's,[x],"),
    ])
    func answersAreSQLServers(query: String, expected: String) throws {
        let rows = try harness().rows(query).map { $0.joined(separator: ",") }.joined(separator: "|")
        #expect(rows.lowercased() == expected.lowercased())
    }

    @Test func manyWritersWaitForEachOther() async throws {
        let first = try SQLHarness()
        try first.succeed("CREATE TABLE n (v int); INSERT n VALUES (0)")
        let instance = first.instance
        try await withThrowingTaskGroup(of: Void.self) { group in
            for id in 0..<4 {
                group.addTask {
                    let session = try instance.openSession(
                        database: "master", options: SessionOptions(userName: "sa", processID: Int32(60 + id)))
                    let sink = CollectingSink()
                    try session.run(
                        batch: "DECLARE @i int = 0; WHILE @i < 20 BEGIN UPDATE n SET v += 1; SET @i += 1 END",
                        into: sink)
                    #expect(sink.errors == [])
                    session.close()
                }
            }
            try await group.waitForAll()
        }
        #expect(try first.rows("SELECT v FROM n") == [["80"]])
    }
}
