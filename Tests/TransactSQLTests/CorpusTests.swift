import Foundation
import SeededRandom
import Testing
import TransactSQL

@Suite struct CorpusTests {
    static let chinook = "scripts/lerocha__chinook-database/ChinookDatabase/DataSources/Chinook_SqlServer.sql"

    @Test(.enabled(if: SharedData.url(chinook) != nil, Comment(rawValue: SharedData.skipReason)))
    func everyBatchOfChinookHasATree() throws {
        let script = try #require(try SharedData.text(Self.chinook))
        let batches = try ScriptSplitter.split(script)
        var inserts = 0
        var tables = 0
        for batch in batches {
            for statement in try Parser.parse(batch: batch.text) {
                switch statement.kind {
                case .insert: inserts += 1
                case .createTable: tables += 1
                case .unsupported(let node): Issue.record("\(node.construct) has no tree")
                default: break
                }
            }
        }
        #expect(tables == 11)
        #expect(inserts > 0)
    }

    /// Mutations of valid batches end in a tree or an error, never in a trap.
    @Test func mutatedBatchesNeverTrap() {
        let seeds = [
            "WITH c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 9) SELECT TOP (5) * FROM c AS x WITH (NOLOCK) "
                + "LEFT JOIN (VALUES (1, N'a''b')) AS v (i, t) ON x.n = v.i WHERE x.n BETWEEN 1 AND 2 OR t LIKE '%' "
                + "ORDER BY 1 OFFSET 1 ROWS FETCH NEXT 2 ROWS ONLY OPTION (MAXDOP 1);",
            "CREATE TABLE [dbo].[t] (a int IDENTITY(1,1) NOT NULL CONSTRAINT k PRIMARY KEY CLUSTERED (a) WITH (FILLFACTOR = 9) "
                + "ON [PRIMARY], b AS (a * 2) PERSISTED, c decimal(9, 2) DEFAULT ((0)), FOREIGN KEY (a) REFERENCES s (x) "
                + "ON DELETE CASCADE, CHECK (a > 0)); ALTER TABLE t WITH CHECK ADD d datetime2(7) NULL;",
            "DECLARE @a int = 0x1F, @t TABLE (x money); BEGIN TRY WHILE @a < 3 BEGIN SET @a += 1; INSERT @t (x) OUTPUT "
                + "inserted.x VALUES ($1.5), (DEFAULT) END END TRY BEGIN CATCH THROW; END CATCH /* c /* d */ */ -- e",
            "UPDATE t SET a = CASE WHEN b IS NULL THEN 1e3 ELSE CAST(c AS nvarchar(max)) END, @v = d += 1 FROM t CROSS APPLY "
                + "OPENJSON(e) WITH (f int '$.f') AS j; EXEC @r = db..p @x = -1, @y = @z OUTPUT; MERGE t USING s ON 1 = 1;",
            "SELECT SUM(a) OVER (PARTITION BY b ORDER BY c ROWS BETWEEN 1 PRECEDING AND CURRENT ROW), \"q\", [r]]s], @@SPID "
                + "FROM t GROUP BY GROUPING SETS ((a, b), CUBE (c), ()) HAVING COUNT(DISTINCT d) > ALL (SELECT 1) FOR JSON PATH",
        ].map { Array($0.utf8) }
        let pieces = [
            "(", ")", "'", "[", "]", "\"", "/*", "*/", "--", ";", ",", ".", "SELECT ", " END ", " BEGIN ", "@", "$",
        ]
        .map { Array($0.utf8) }
        var random = SeededGenerator(seed: 20_261_121)
        for _ in 0..<5_000 {
            var bytes = seeds[Int.random(in: 0..<seeds.count, using: &random)]
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                Self.mutate(&bytes, pieces, &random)
            }
            let text = String(decoding: bytes, as: UTF8.self)
            Self.check(text, quotedIdentifier: Bool.random(using: &random))
        }
    }

    private static func check(_ text: String, quotedIdentifier: Bool) {
        do throws(SyntaxError) {
            for statement in try Parser.parse(batch: text, quotedIdentifier: quotedIdentifier) {
                #expect(statement.range.offsets.upperBound <= text.utf8.count)
            }
        } catch {
            #expect(error.line >= 1 && error.position.offset <= text.utf8.count)
        }
        do throws(ScriptError) {
            #expect(try ScriptSplitter.split(text).allSatisfy { !$0.text.isEmpty })
        } catch {
            #expect(error.line >= 1)
        }
    }

    private static func mutate(_ bytes: inout [UInt8], _ pieces: [[UInt8]], _ random: inout SeededGenerator) {
        guard !bytes.isEmpty else { return }
        let index = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<5, using: &random) {
        case 0: bytes.removeSubrange(index..<min(bytes.count, index + Int.random(in: 1...12, using: &random)))
        case 1: bytes[index] = UInt8.random(in: 0...255, using: &random)
        case 2: bytes.insert(contentsOf: pieces[Int.random(in: 0..<pieces.count, using: &random)], at: index)
        case 3: bytes.removeSubrange(index...)
        default:
            let end = min(bytes.count, index + Int.random(in: 1...40, using: &random))
            bytes.insert(contentsOf: bytes[index..<end], at: Int.random(in: 0...bytes.count, using: &random))
        }
    }
}
