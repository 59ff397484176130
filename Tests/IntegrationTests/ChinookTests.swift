import Foundation
import SQLServer
import TestSupport
import Testing
import TransactSQL

/// The Chinook sample database, loaded through the client: 15,607 rows written for SQL Server by others.
@Suite struct ChinookTests {
    private static let script = SharedData.file(
        "scripts/lerocha__chinook-database/ChinookDatabase/DataSources/Chinook_SqlServer.sql")

    /// Rows of each table, counted in the script's INSERT statements.
    private static let counts = [
        ("Album", 347), ("Artist", 275), ("Customer", 59), ("Employee", 8), ("Genre", 25), ("Invoice", 412),
        ("InvoiceLine", 2_240), ("MediaType", 5), ("Playlist", 18), ("PlaylistTrack", 8_715), ("Track", 3_503),
    ]

    @Test(
        .embeddedOnly,
        .enabled(if: script != nil, "the Chinook script is not at ../shared/data/scripts"),
        .timeLimit(.minutes(5)),
        arguments: Engine.all)
    func theScriptLoadsAndAnswersKnownQueries(engine: Engine) async throws {
        let text = try String(contentsOf: #require(Self.script), encoding: .utf8)
        try await withEmbedded(engine) { _, db in
            try await db.withConnection { connection in
                for batch in try ScriptSplitter.split(text) {
                    for _ in 0..<batch.count { _ = try await connection.results(of: SQLQuery(unsafe: batch.text)) }
                }
                try await checkCounts(connection)
                try await checkJoins(connection)
            }
        }
    }

    private func checkCounts(_ db: SQLServerConnection) async throws {
        var total = 0
        for (table, expected) in Self.counts {
            let count = try await db.scalar("SELECT COUNT(*) FROM [dbo].\(identifier: table)", as: Int.self)
            #expect(count == expected, "\(table)")
            total += count
        }
        #expect(total == 15_607)
    }

    private func checkJoins(_ db: SQLServerConnection) async throws {
        // Known answers of the Chinook data set.
        let artists = try await db.query(
            """
            SELECT TOP (3) ar.Name, COUNT(*) AS Albums
            FROM dbo.Artist AS ar INNER JOIN dbo.Album AS al ON al.ArtistId = ar.ArtistId
            GROUP BY ar.Name ORDER BY Albums DESC, ar.Name
            """, as: (String, Int).self)
        #expect(artists.map(\.0) == ["Iron Maiden", "Led Zeppelin", "Deep Purple"])
        #expect(artists.map(\.1) == [21, 14, 11])

        let countries = try await db.query(
            """
            SELECT TOP (3) c.Country, SUM(i.Total) AS Revenue
            FROM dbo.Customer AS c INNER JOIN dbo.Invoice AS i ON i.CustomerId = c.CustomerId
            GROUP BY c.Country ORDER BY Revenue DESC
            """, as: (String, SQLDecimal).self)
        #expect(countries.map(\.0) == ["USA", "Canada", "France"])
        #expect(countries.map(\.1.description) == ["523.06", "303.96", "195.10"])

        let tracks = try await db.scalar(
            """
            SELECT COUNT(*) FROM dbo.Track AS t
            INNER JOIN dbo.Genre AS g ON g.GenreId = t.GenreId
            LEFT JOIN dbo.InvoiceLine AS l ON l.TrackId = t.TrackId
            WHERE g.Name = \("Rock") AND l.InvoiceLineId IS NULL
            """, as: Int.self)
        #expect(tracks == Self.unsoldRockTracks)
    }

    /// Rock tracks that no invoice line names, counted in the script by another program.
    private static let unsoldRockTracks = 552
}
