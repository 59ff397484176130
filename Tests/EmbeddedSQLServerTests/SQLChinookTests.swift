import EmbeddedSQLServer
import Foundation
import SQLValues
import Testing
import TransactSQL

/// The Chinook sample database, whose script is outside the project.
struct SQLChinookTests {
    static let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent(
            "../../../shared/data/scripts/lerocha__chinook-database/ChinookDatabase/DataSources/Chinook_SqlServer.sql"
        ).standardized

    @Test(.enabled(if: FileManager.default.fileExists(atPath: script.path), "the shared data folder is not there"))
    func theWholeScriptLoadsAndAnswersJoins() throws {
        let harness = try SQLHarness()
        let text = try String(contentsOf: Self.script, encoding: .utf8)
        for batch in Self.batches(text) { try harness.succeed(batch) }
        let counts: [(String, Int)] = [
            ("Album", 347), ("Artist", 275), ("Customer", 59), ("Employee", 8), ("Genre", 25), ("Invoice", 412),
            ("InvoiceLine", 2240), ("MediaType", 5), ("Playlist", 18), ("PlaylistTrack", 8715), ("Track", 3503),
        ]
        for (table, count) in counts {
            #expect(try harness.rows("SELECT COUNT(*) FROM dbo.\(table)") == [[String(count)]], "\(table)")
        }
        #expect(
            try harness.rows(
                """
                SELECT TOP 3 ar.Name, COUNT(*) AS Tracks FROM Artist ar
                JOIN Album al ON al.ArtistId = ar.ArtistId JOIN Track t ON t.AlbumId = al.AlbumId
                GROUP BY ar.Name ORDER BY Tracks DESC, ar.Name
                """) == [["Iron Maiden", "213"], ["U2", "135"], ["Led Zeppelin", "114"]])
        #expect(
            try harness.rows(
                """
                SELECT TOP (3) c.Country, SUM(i.Total) FROM Customer c JOIN Invoice i ON i.CustomerId = c.CustomerId
                GROUP BY c.Country ORDER BY SUM(i.Total) DESC
                """) == [["USA", "523.06"], ["Canada", "303.96"], ["France", "195.10"]])
        #expect(
            try harness.rows(
                """
                SELECT g.Name, COUNT(il.InvoiceLineId), SUM(il.UnitPrice * il.Quantity) FROM Genre g
                LEFT JOIN Track t ON t.GenreId = g.GenreId LEFT JOIN InvoiceLine il ON il.TrackId = t.TrackId
                WHERE g.Name IN (N'Rock', N'Opera') GROUP BY g.Name ORDER BY g.Name
                """) == [["Opera", "0", "NULL"], ["Rock", "835", "826.65"]])
        #expect(try harness.rows("SELECT SUM(Total) FROM Invoice") == [["2328.60"]])
        #expect(try harness.error("INSERT INTO Album VALUES (999, N'x', 999999)")?.number == 547)
        #expect(try harness.error("DELETE FROM Artist WHERE ArtistId = 1")?.number == 547)
    }

    private static func batches(_ script: String) -> [String] {
        var batches: [String] = [""]
        script.enumerateLines { line, _ in
            if line.trimmingCharacters(in: .whitespaces).uppercased() == "GO" {
                batches.append("")
            } else {
                batches[batches.count - 1] += line + "\n"
            }
        }
        return batches
    }
}
