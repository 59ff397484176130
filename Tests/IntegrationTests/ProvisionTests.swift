import EmbeddedSQLServer
import SQLServer
import TestSupport
import Testing

/// What a test gives the embedded server to answer with.
@Suite struct ProvisionTests {
    private static let document = #"<ShowPlanXML xmlns="http://schemas.microsoft.com/sqlserver/2004/07/showplan"/>"#

    @Test func showplanAnswersWithTheDocumentAndRunsNothing() async throws {
        try await withEmbeddedSQLServer { server in
            server.plans.set(Self.document, for: "SELECT  name FROM sys.databases -- all\n;")
            try await withSQLServer(SQLServerConfiguration(url: server.url)) { db in
                try await db.withConnection { connection in
                    try await connection.execute("SET SHOWPLAN_XML ON")
                    let rows = try await connection.query("select name from sys.databases")
                    #expect(rows.columns.map(\.name) == ["Microsoft SQL Server 2005 XML Showplan"])
                    #expect(try rows.map { try $0.decode(String.self, at: 0) } == [Self.document])
                    let error = await #expect(throws: SQLServerError.self) {
                        try await connection.query("SELECT 1")
                    }
                    #expect(error?.number == 40_517)
                    try await connection.execute("SET SHOWPLAN_XML OFF")
                    #expect(try await connection.scalar("SELECT 1", as: Int.self) == 1)
                }
            }
        }
    }

    @Test func statisticsSendThePlanAfterTheRows() async throws {
        try await withEmbeddedSQLServer { server in
            server.plans.set(Self.document, for: "SELECT 1 AS n")
            try await withSQLServer(SQLServerConfiguration(url: server.url)) { db in
                try await db.withConnection { connection in
                    try await connection.execute("SET STATISTICS XML ON")
                    let results = try await connection.results(of: "SELECT 1 AS n")
                    #expect(
                        results.resultSets.map { $0.columns[0].name } == [
                            "n", "Microsoft SQL Server 2005 XML Showplan",
                        ])
                }
            }
        }
    }

    @Test func viewsHaveTheRowsOfTheTest() async throws {
        try await withEmbeddedSQLServer { server in
            let name = "sys.dm_db_index_usage_stats"
            try server.dynamicViews.set(
                name,
                columns: ["object_id int", "user_seeks bigint", "last_user_seek datetime", "handle varbinary(8)"],
                rows: [[5, 12, "2026-11-20 10:00:00", "0x01FF"], [6, 0, nil, nil]])
            try await withSQLServer(SQLServerConfiguration(url: server.url)) { db in
                let total = try await db.scalar(
                    "SELECT SUM(user_seeks) FROM sys.dm_db_index_usage_stats WHERE last_user_seek > '2026-11-01'",
                    as: Int.self)
                #expect(total == 12)
            }
            #expect(throws: EmbeddedServerError.self) {
                try server.dynamicViews.set(name, columns: ["a int"], rows: [["x"]])
            }
            #expect(throws: EmbeddedServerError.self) {
                try server.dynamicViews.set(name, columns: ["a int", "b"], rows: [])
            }
            #expect(throws: EmbeddedServerError.self) {
                try server.dynamicViews.set(name, columns: ["a int"], rows: [[1, 2]])
            }
        }
    }
}
