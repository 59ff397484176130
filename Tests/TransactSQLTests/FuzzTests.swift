import SeededRandom
import Testing
import TransactSQL

/// Whatever text comes, the lexer and the parser end with a tree or an error.
@Suite struct FuzzTests {
    /// Also shows that what a tree holds is written back for batches that nobody would write.
    @Test func batchesWithTokensChangedEndInATreeOrAnError() throws {
        let batches = try ProjectScripts.batches().filter { $0.utf8.count < 2_000 }
        var random = SeededGenerator(seed: 20_261_122)
        for _ in 0..<1_500 {
            let batch = batches[Int.random(in: 0..<batches.count, using: &random)]
            let other = batches[Int.random(in: 0..<batches.count, using: &random)]
            let text = Self.mutated(batch, with: other, &random)
            let quotedIdentifier = Bool.random(using: &random)
            #expect(PrintBack.survives(text, quotedIdentifier: quotedIdentifier), "\(text)")
        }
    }

    /// The batch with tokens deleted, doubled, swapped, taken from another batch, or cut off.
    private static func mutated(_ batch: String, with other: String, _ random: inout SeededGenerator) -> String {
        var words = tokens(of: batch)
        let others = tokens(of: other)
        for _ in 0..<Int.random(in: 1...3, using: &random) where !words.isEmpty && !others.isEmpty {
            let index = Int.random(in: 0..<words.count, using: &random)
            let end = min(words.count, index + Int.random(in: 1...6, using: &random))
            switch Int.random(in: 0..<6, using: &random) {
            case 0: words.removeSubrange(index..<end)
            case 1: words.insert(contentsOf: words[index..<end], at: end)
            case 2: words.removeSubrange(index...)
            case 3: words.swapAt(index, Int.random(in: 0..<words.count, using: &random))
            case 4: words[index] = others[Int.random(in: 0..<others.count, using: &random)]
            default: words[index] = String(words[index].unicodeScalars.dropLast())
            }
        }
        return words.joined(separator: " ")
    }

    private static func tokens(of batch: String) -> [String] {
        let source = Array(batch.utf8)
        return Lexer.tokens(of: source).map { TokenText.written($0, in: source) }
    }

    // MARK: - Nesting

    static let nested: [(opening: String, middle: String, closing: String)] = [
        ("SELECT ", "(", "1)"), ("SELECT ", "-", "1"), ("SELECT ", "~", "1"), ("SELECT ", "CASE WHEN 1 = 1 THEN ", "1"),
        ("SELECT ", "CASE ", "1"), ("SELECT ", "(SELECT ", "1"), ("SELECT 1 WHERE ", "NOT ", "1 = 1"),
        ("SELECT 1 WHERE ", "(", "1 = 1"), ("SELECT 1 WHERE ", "EXISTS (SELECT 1 WHERE ", "1 = 1"),
        ("SELECT 1 WHERE 1 IN ", "(SELECT 1 WHERE 1 IN ", "(1)"), ("SELECT ", "f(", "1"), ("SELECT ", "1 + ", "1"),
        ("SELECT 1 WHERE ", "1 = 1 AND ", "1 = 1"), ("SELECT 1 WHERE ", "1 = 1 OR NOT ", "1 = 1"),
        ("SELECT 'a'", " COLLATE x", ""), ("SELECT 1", " UNION SELECT 1", ""), ("", "(", "SELECT 1"),
        ("SELECT * FROM ", "(SELECT * FROM ", "t"), ("SELECT * FROM ", "(", "t"), ("SELECT * FROM t", " JOIN t", ""),
        ("SELECT * FROM t", " CROSS JOIN t", ""), ("SELECT * FROM t", " CROSS APPLY (SELECT * FROM t", ""),
        ("WITH a AS ", "(SELECT 1 UNION ALL SELECT ", "1"), ("", "BEGIN ", "SELECT 1"), ("", "BEGIN TRY ", "SELECT 1"),
        ("", "IF 1 = 1 ", "SELECT 1"), ("", "WHILE 1 = 1 ", "SELECT 1"), ("", "IF 1 = 1 SELECT 1 ELSE ", "SELECT 1"),
        ("SELECT 1 FROM t GROUP BY ", "ROLLUP (", "a"), ("SELECT 1 FROM t GROUP BY ", "GROUPING SETS (", "a"),
        ("CREATE TABLE t (a int CHECK ", "(", "1 = 1"), ("EXEC p ", "-", "1"), ("EXEC ", "(", "'x'"),
        ("SELECT SUM(1) OVER ", "(ORDER BY SUM(1) OVER ", "()"), ("ALTER DATABASE d SET x ", "(", "y"), ("", "/*", ""),
        ("SELECT a", ".a", ""), ("SELECT a", "..", "b"), ("", "[", ""), ("", "'", ""), ("", ";", ""), ("", "x:", ""),
        ("BACKUP ", "(", "x"), ("MERGE t USING ", "(SELECT * FROM ", "s"), ("DECLARE @t TABLE ", "(", "a int"),
        ("CREATE SCHEMA s ", "CREATE SCHEMA s ", ""), ("SELECT {fn ", "{fn ", "x"),
        ("SELECT 1 WHERE 1 > ", "ALL (SELECT ", "1"),
    ]

    @Test(arguments: nested.indices)
    func nestingOfAnyDepthEndsInATreeOrAnError(index: Int) {
        let (opening, middle, closing) = Self.nested[index]
        for count in [150, 100_000] {
            let text = opening + String(repeating: middle, count: count) + closing
            #expect(PrintBack.survives(text, quotedIdentifier: true))
        }
    }
}
