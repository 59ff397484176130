import Foundation
import Testing
import TransactSQL

@Suite struct SyntaxErrorTests {
    private func error(_ text: String) throws -> SyntaxError {
        do throws(SyntaxError) {
            _ = try Parser.parse(batch: text)
        } catch {
            return error
        }
        throw TestFailure()
    }

    @Test(arguments: [
        ("SELECT 1 FROM", 102, 1, "Incorrect syntax near 'FROM'."),
        ("SELECT", 102, 1, "Incorrect syntax near 'SELECT'."),
        ("SELECT\nFROM t", 156, 2, "Incorrect syntax near the keyword 'FROM'."),
        ("SELECT 1\n\nfoo bar baz", 102, 3, "Incorrect syntax near 'bar'."),
        ("SELECT 1,\n2,, 3", 102, 2, "Incorrect syntax near ','."),
        ("SELECT (1", 102, 1, "Incorrect syntax near '1'."), ("SELECT 1)", 102, 1, "Incorrect syntax near ')'."),
        ("SELECT a = 1 = 2", 102, 1, "Incorrect syntax near '='."),
        ("SELECT * FROM t WHERE a = ", 102, 1, "Incorrect syntax near '='."),
        ("SELECT * FROM t ORDER a", 102, 1, "Incorrect syntax near 'a'."),
        ("INSERT t VALUES", 102, 1, "Incorrect syntax near 'VALUES'."),
        ("UPDATE t a = 1", 102, 1, "Incorrect syntax near 'a'."),
        ("CREATE TABLE t (a)", 102, 1, "Incorrect syntax near ')'."),
        ("CREATE blah x", 102, 1, "Incorrect syntax near 'blah'."),
        ("BEGIN END", 156, 1, "Incorrect syntax near the keyword 'END'."),
        ("BEGIN TRY SELECT 1 END TRY SELECT 2", 156, 1, "Incorrect syntax near the keyword 'SELECT'."),
        ("DECLARE @a", 102, 1, "Incorrect syntax near '@a'."),
        ("SELECT TOP @n 1", 102, 1, "Incorrect syntax near '@n'."),
        ("SELECT 'a' 'b' 'c'", 102, 1, "Incorrect syntax near 'c'."),
        ("SELECT [a] [b] [c]", 102, 1, "Incorrect syntax near 'c'."),
        ("END", 156, 1, "Incorrect syntax near the keyword 'END'."), ("SELECT ?", 102, 1, "Incorrect syntax near '?'."),
        ("PRINT 1\nGO;\nPRINT 2", 102, 2, "Incorrect syntax near 'GO'."),
        ("SELECT 1\nCREATE VIEW v AS SELECT 1", 111, 2, "'CREATE VIEW' must be the first statement in a query batch."),
        ("PRINT 1 ALTER PROC p AS x", 111, 1, "'CREATE/ALTER PROCEDURE' must be the first statement in a query batch."),
        ("SELECT 1 CREATE SCHEMA s", 111, 1, "'CREATE SCHEMA' must be the first statement in a query batch."),
        ("IF 1 = 1 CREATE VIEW v AS SELECT 1", 156, 1, "Incorrect syntax near the keyword 'VIEW'."),
        ("SELECT 'abc\nd", 105, 1, "Unclosed quotation mark after the character string 'abc\nd'."),
        ("SELECT 1\nSELECT [abc", 105, 2, "Unclosed quotation mark after the character string 'abc'."),
        ("SELECT 1 /* x\n/* y */", 113, 1, "Missing end comment mark '*/'."),
        (
            "SELECT 1 WHERE 1", 4145, 1,
            "An expression of non-boolean type specified in a context where a condition is expected, near '1'."
        ),
        (
            "IF a SELECT 1", 4145, 1,
            "An expression of non-boolean type specified in a context where a condition is expected, near 'SELECT'."
        ),
        (
            "SELECT 1 WHERE a AND b = 1", 4145, 1,
            "An expression of non-boolean type specified in a context where a condition is expected, near 'AND'."
        ),
        (
            "SELECT a.b.c.d.e.f", 117, 1,
            "The column name 'a.b.c.d.e.f' contains more than the maximum number of prefixes. The maximum is 4."
        ),
        (
            "SELECT 1 FROM a.b.c.d.e", 117, 1,
            "The object name 'a.b.c.d.e' contains more than the maximum number of prefixes. The maximum is 3."
        ),
        (
            "SELECT * FROM t\nWITH c AS (SELECT 1)\nSELECT 2", 336, 2,
            "Incorrect syntax near 'c'. If this is intended to be a common table expression, you need to explicitly "
                + "terminate the previous statement with a semi-colon."
        ),
        (
            "SELECT 1\nWITH c AS (SELECT 1) SELECT 2", 319, 2,
            "Incorrect syntax near the keyword 'WITH'. If this statement is a common table expression, an xmlnamespaces "
                + "clause or a change tracking context clause, the previous statement must be terminated with a semicolon."
        ),
    ])
    func errorsAreThoseOfTheServer(text: String, number: Int32, line: Int, message: String) throws {
        let error = try error(text)
        #expect(error.number == number)
        #expect(error.line == line)
        #expect(error.message == message)
        #expect(error.severity == 15)
    }

    @Test func namesHaveBounds() throws {
        let long = String(repeating: "n", count: 129)
        let expected = "The identifier that starts with '\(long.dropLast())' is too long. Maximum length is 128."
        #expect(try error("SELECT [\(long)]").message == expected)
        #expect(try error("SELECT [\(long)]").number == 103)
        #expect(try Parser.parse(batch: "SELECT \(long.dropLast())").count == 1)
        #expect(try error("SELECT 1 AS []").number == 1038)
    }

    @Test func theFirstErrorIsReported() throws {
        #expect(try error("SELECT FROM 'abc").number == 156)
        #expect(try error("SELECT 1 'abc").number == 105)
    }

    static let nests: [@Sendable (Int) -> String] = [
        { "SELECT " + repeated("(", $0) + "1" + repeated(")", $0) },
        { "SELECT " + repeated("(", $0) }, { "SELECT 1 WHERE " + repeated("(", $0) + "1=1" + repeated(")", $0) },
        { repeated("BEGIN ", $0) + "SELECT 1" + repeated(" END", $0) }, { repeated("BEGIN ", $0) },
        { repeated("IF 1=1 SELECT 1 ELSE ", $0) + "SELECT 1" }, { repeated("BEGIN TRY ", $0) },
        { repeated("WHILE 1=1 ", $0) + "SELECT 1" }, { "SELECT " + repeated("f(", $0) },
        { "SELECT " + repeated("CASE WHEN 1=1 THEN ", $0) }, { repeated("SELECT (", $0) + "1" },
        { repeated("SELECT 1 FROM (", $0) }, { "SELECT 1 WHERE " + repeated("NOT ", $0) + "1=1" },
        { "SELECT " + repeated("- ", $0) + "1" }, { "SELECT " + repeated("~", $0) + "1" },
        { "SELECT 1 FROM " + repeated("(", $0) + "t" }, { "SELECT 1 FROM " + repeated("a JOIN ", $0) + "t" },
        { repeated("(", $0) + "SELECT 1" + repeated(")", $0) }, { "SELECT 1" + repeated("+1", $0) },
        { "SELECT 1" + repeated(" UNION SELECT 1", $0) }, { "SELECT 1" + repeated(" COLLATE a", $0) },
        { "SELECT 1 WHERE 1=1" + repeated(" AND 1=1", $0) }, { "SELECT 1 FROM a" + repeated(" CROSS JOIN a", $0) },
        { "SELECT 1 GROUP BY " + repeated("ROLLUP(", $0) }, { repeated("SELECT 1 WHERE EXISTS (", $0) },
        { "SELECT 1" + repeated(" AT TIME ZONE 'UTC'", $0) }, { "SELECT " + repeated("CAST(", $0) },
        { "SELECT " + repeated("x AT TIME ZONE (", $0) + "1" },
    ]

    private static func repeated(_ text: String, _ count: Int) -> String { String(repeating: text, count: count) }

    /// The server's sessions run on stacks of 4 MB; less than that must do, in a debug build too.
    @Test(arguments: nests.indices)
    func deepNestingIsAnErrorAndNoCrash(index: Int) async {
        let text = Self.nests[index](index == 0 ? 100_000 : 10_000)
        let number = await withCheckedContinuation { (continuation: CheckedContinuation<Int32, Never>) in
            let thread = Thread { continuation.resume(returning: Self.number(text)) }
            thread.stackSize = 3 << 20
            thread.start()
        }
        #expect(number == 191)
    }

    private static func number(_ text: String) -> Int32 {
        do throws(SyntaxError) {
            _ = try Parser.parse(batch: text)
            return 0
        } catch {
            return error.number
        }
    }

    @Test func usualNestingIsNoError() throws {
        let parentheses = String(repeating: "(", count: 80) + "1" + String(repeating: ")", count: 80)
        let chain = String(repeating: " OR a = 1", count: 900)
        #expect(try Parser.parse(batch: "SELECT \(parentheses) WHERE a = 1\(chain)").count == 1)
        #expect(try Parser.parse(batch: String(repeating: "IF a = 1 PRINT 1 ELSE ", count: 150) + "PRINT 2").count == 1)
        let rows = Array(repeating: "(1, 2 + 3)", count: 5_000).joined(separator: ",")
        #expect(try Parser.parse(batch: "INSERT t VALUES \(rows)").count == 1)
    }
}
