import SQLServer
import TestSupport
import Testing

/// Types that the embedded server does not have, or not all of: their bytes are written by hand from MS-TDS.
@Suite struct RareTypeTests {
    private func read(_ engine: Engine, _ tokens: [UInt8]) async throws -> SQLRow {
        let server = try CannedTDSServer(answeringSelect: tokens)
        defer { server.stop() }
        return try await withSQLServer(engine.configuration(port: server.port)) { try await $0.single("SELECT t") }
    }

    @Test(arguments: Engine.all) func xmlIsText(engine: Engine) async throws {
        for text in ["<a b=\"c\">Grüße 🐘</a>", ""] {
            let row = try await read(engine, CannedTDSServer.xmlRow(text))
            #expect(row.columns[0].type == .xml)
            #expect(try row.decode(String.self, at: 0) == text)
        }
    }

    @Test(arguments: Engine.all, ["orders", nil])
    func whatStandsBehindXMLIsNotDisturbed(engine: Engine, collection: String?) async throws {
        for text in ["<a>\(String(repeating: "é🐘", count: 5_000))</a>", "", nil] {
            let row = try await read(engine, CannedTDSServer.xmlAndIntRow(text, collection: collection, 42))
            #expect(row.columns.map(\.name) == ["t", "n"])
            #expect(row.columns.map(\.type) == [.xml, .int])
            #expect(try row.decode(String?.self, at: 0) == text)
            #expect(try row.decode(Int.self, at: 1) == 42)
        }
    }

    /// FOR XML answers with text, cut into rows as FOR JSON is.
    @Test(arguments: Engine.all) func aLongFORXMLDocumentIsReadWhole(engine: Engine) async throws {
        try await withTestClient(engine) { db in
            let parts = try await db.query(
                """
                WITH n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE i < 900)
                SELECT i AS [@id], N'Grüße & <🐘>' AS name FROM n FOR XML PATH('item'), ROOT('items')
                OPTION (MAXRECURSION 0)
                """, as: (String).self)
            let items = (1...900).map { "<item id=\"\($0)\"><name>Grüße &amp; &lt;🐘&gt;</name></item>" }
            #expect(parts.joined() == "<items>\(items.joined())</items>")
        }
    }

    @Test(arguments: Engine.all, ["hierarchyid", "geometry", "geography"])
    func clrTypesAreBytes(engine: Engine, type: String) async throws {
        let bytes: [UInt8] = [0x5B, 0xC0, 0, 0xFF]
        let row = try await read(engine, CannedTDSServer.clrRow(type: type, bytes))
        #expect(row.columns[0].type.isBinary)
        #expect(try row.decode([UInt8].self, at: 0) == bytes)
    }

    @Test(arguments: Engine.all) func rowversionIsEightBytes(engine: Engine) async throws {
        let row = try await read(engine, CannedTDSServer.rowVersionRow([0, 0, 0, 0, 0, 0, 7, 0xD1]))
        #expect(row.columns[0].type == .rowVersion)
        #expect(try row.decode([UInt8].self, at: 0) == [0, 0, 0, 0, 0, 0, 7, 0xD1])
    }

    @Test(arguments: Engine.all) func negativeZeroIsReadWithItsSign(engine: Engine) async throws {
        let row = try await read(engine, CannedTDSServer.floatRow(-0.0))
        #expect(try row.decode(Double.self, at: 0).bitPattern == (-0.0).bitPattern)
    }

    @Test(
        .disabled(if: TestServer.isEmbedded, "the embedded server stores -0.0 as 0.0: docs/embedded-server.md"),
        arguments: Engine.all)
    func negativeZeroGoesBothWays(engine: Engine) async throws {
        try await withTestClient(engine) { db in
            let (double, float) = try await db.single("SELECT \(-0.0), \(Float(-0.0))", as: (Double, Float).self)
            #expect(double.sign == .minus && float.sign == .minus)
        }
    }

    /// The bytes of MS-TDS 2.2.5.5.4, whatever the embedded server would send; VariantTests has its own.
    @Test(arguments: Engine.all) func aVariantIsItsValueOrRefusedByName(engine: Engine) async throws {
        var (row, refusal): (SQLRow?, SQLServerError?)
        do {
            row = try await read(engine, CannedTDSServer.variantRow(7))
        } catch let error as SQLServerError {
            refusal = error
        }
        if engine.has(.variantColumns) {
            #expect(refusal == nil)
            #expect(try row?.decode(Int.self, at: 0) == 7)
        } else {
            expectRefusal(refusal, naming: "'t'", "sql_variant")
        }
    }

    @Test(arguments: Engine.all) func aRowversionGoesBackAsItCame(engine: Engine) async throws {
        try await withTestClient(engine) { db in
            try await db.execute("CREATE TABLE dbo.T (Id int NOT NULL, V rowversion)")
            try await db.execute("INSERT dbo.T (Id) VALUES (1), (2)")
            let versions = try await db.query("SELECT V, CAST(V AS binary(8)) FROM dbo.T", as: ([UInt8], [UInt8]).self)
            #expect(versions.count == 2 && versions.allSatisfy { $0.0 == $0.1 && $0.0.count == 8 })
            let (first, _) = try #require(versions.first)
            let changed = try await db.execute("UPDATE dbo.T SET Id = 10 WHERE V = \(first, as: .binary(8))")
            #expect(changed == 1)
        }
    }

    @Test(arguments: Engine.all) func whatAnEngineCannotKnowIsNil(engine: Engine) async throws {
        try await withTestClient(engine) { db in
            try await db.execute("CREATE TABLE dbo.T (Id int NOT NULL, Name varchar(20) NULL)")
            let columns = try await db.query("SELECT Id, Name FROM dbo.T").columns
            #expect(columns.map(\.isNullable) == [false, true])
            let collation = try await db.scalar(
                "SELECT CAST(DATABASEPROPERTYEX(DB_NAME(), 'Collation') AS nvarchar(128))", as: String.self)
            #expect(columns.map(\.collation) == [nil, engine.has(.collations) ? collation : nil])
        }
    }
}
