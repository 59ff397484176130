import EmbeddedSQLServer
import SQLServer
import TestSupport
import Testing

/// Hostile texts through every interpolation and the filter builder: the text that is sent has exactly the shape that
/// the program gave it, the value arrives as it was, and the server's data is unharmed.
@Suite(.embeddedOnly) struct InjectionTests {
    private static let list = SQLAllowList(
        [
            .column("id", "Id", .int, filter: .comparison, isNullable: false),
            .column("name", "Name", .nVarChar(100), filter: .text, isSortable: true),
            .column("code", "Code", .varChar(100), filter: .text),
        ],
        uniqueKey: ["id"])

    /// Runs a body with a table, and checks afterwards that it is as it was and that only `shapes` were sent.
    private func withVictims(
        _ engine: Engine, shapes: Set<String>, _ body: (SQLServerClient) async throws -> Void
    ) async throws {
        try await withEmbedded(engine) { server, db in
            try await db.execute(
                "CREATE TABLE dbo.Victims (Id int NOT NULL PRIMARY KEY, Name nvarchar(100) NULL, Code varchar(100) NULL)"
            )
            try await db.execute("INSERT dbo.Victims VALUES (1, N'Ada', 'A'), (2, N'Grace', 'B')")
            server.recorder.removeAll()
            try await body(db)
            let sent = server.recorder.requests.map(\.text).filter { $0.contains("Victims") }
            #expect(!sent.isEmpty)
            #expect(Set(sent) == shapes)
            let rows = try await db.query(
                "SELECT Id, Name, Code FROM dbo.Victims ORDER BY Id", as: (Int, String, String).self)
            #expect(rows.map(\.0) == [1, 2] && rows.map(\.1) == ["Ada", "Grace"] && rows.map(\.2) == ["A", "B"])
            let tables = try await db.scalar("SELECT COUNT(*) FROM sys.tables", as: Int.self)
            #expect(tables == 1)
        }
    }

    private func expectSame(_ text: String, _ sent: String) {
        // As units: equality of strings overlooks how a character is composed.
        #expect(Array(text.utf16) == Array(sent.utf16), "\(text)")
    }

    /// The texts whose characters the embedded server compares; it refuses the others by name.
    private static let comparable = HostileText.all.filter { text in
        text.unicodeScalars.allSatisfy { $0.value < 0x100 || $0 == "\u{2019}" }
    }

    /// Compared by code points: the embedded server refuses some of these characters in its default collation.
    private static let count = "(SELECT COUNT(*) FROM dbo.Victims WHERE Name COLLATE Latin1_General_BIN2 = @p3)"

    @Test(arguments: Engine.all) func aValueStaysAValue(engine: Engine) async throws {
        try await withVictims(engine, shapes: ["SELECT @p1, @p2, \(Self.count)"]) { db in
            for text in HostileText.all {
                let rows = try await db.query(
                    """
                    SELECT \(text), \(text, as: .nVarCharMax), \
                    (SELECT COUNT(*) FROM dbo.Victims WHERE Name COLLATE Latin1_General_BIN2 = \(text))
                    """, as: (String, String, Int).self)
                let row = try #require(rows.first)
                expectSame(row.0, text)
                expectSame(row.1, text)
                #expect(row.2 == 0, "\(text)")
            }
        }
    }

    @Test(arguments: Engine.all) func aVarCharIsTheSameTextOrAnError(engine: Engine) async throws {
        try await withVictims(engine, shapes: ["SELECT @p1, (SELECT COUNT(*) FROM dbo.Victims WHERE Code = 'A')"]) {
            db in
            for text in HostileText.all {
                let query: SQLQuery =
                    "SELECT \(text, as: .varChar(200)), (SELECT COUNT(*) FROM dbo.Victims WHERE Code = 'A')"
                guard SQLCodePage.windows1252.byteCount(of: text) != nil else {
                    let error = await serverError(db, query)
                    #expect(error?.code == .encoding, "\(text)")
                    continue
                }
                let row = try #require(try await db.query(query, as: (String, Int).self).first)
                expectSame(row.0, text)
                #expect(row.1 == 1, "\(text)")
            }
        }
    }

    @Test(arguments: Engine.all) func aListStaysAListOfValues(engine: Engine) async throws {
        let many = Self.comparable + (0..<200).map { "'\($0)" }
        let few = (1...16).map { "@p\($0)" }.joined(separator: ", ")
        let statement = "SELECT Id FROM dbo.Victims WHERE Name IN"
        try await withVictims(
            engine,
            shapes: [
                "\(statement) (\(few))",
                "\(statement) (SELECT [value] FROM OPENJSON(@p1) WITH ([value] nvarchar(4000) '$'))",
            ]
        ) { db in
            func found(_ texts: [String]) async throws -> [Int] {
                try await db.query(
                    "SELECT Id FROM dbo.Victims WHERE Name IN (\(texts))", as: (Int).self)
            }
            for start in 0...Self.comparable.count - 16 {
                // Empty texts may be declared in front of the statement, which the first test covers.
                let texts = Self.comparable[start..<start + 16].map { $0.isEmpty ? "'" : $0 }
                let ids = try await found(texts)
                #expect(ids.isEmpty)
            }
            let none = try await found(many)
            let ada = try await found(many + ["Ada"])
            #expect(none.isEmpty && ada == [1])
        }
    }

    @Test(arguments: Engine.all) func aNameStaysAName(engine: Engine) async throws {
        let isName = { (text: String) in !text.isEmpty && text.utf16.count <= 128 && !text.utf8.contains(0) }
        let shapes = HostileText.all.filter(isName).map { text in
            let doubled = text.unicodeScalars.flatMap { $0 == "]" ? [$0, $0] : [$0] }
            return "SELECT Name AS [\(String(String.UnicodeScalarView(doubled)))] FROM [dbo].[Victims] WHERE Id = 1"
        }
        try await withVictims(engine, shapes: Set(shapes)) { db in
            for text in HostileText.all {
                let query: SQLQuery =
                    "SELECT Name AS \(identifier: text) FROM \(identifier: "dbo", "Victims") WHERE Id = 1"
                guard isName(text) else {
                    let error = await serverError(db, query)
                    #expect(error?.code == .encoding, "\(text)")
                    continue
                }
                let rows = try await db.query(query)
                expectSame(try #require(rows.columns.first).name, text)
            }
        }
    }

    @Test(arguments: Engine.all) func aFragmentKeepsItsValues(engine: Engine) async throws {
        let shape = "SELECT COUNT(*) FROM dbo.Victims WHERE (DATALENGTH(@p1) < 0) OR (Id > LEN(@p2) - LEN(@p3))"
        try await withVictims(engine, shapes: [shape]) { db in
            for text in HostileText.all {
                let parts: [SQLQuery] = ["DATALENGTH(\(text)) < 0", "Id > LEN(\(text)) - LEN(\(text))"]
                let count = try await db.scalar(
                    "SELECT COUNT(*) FROM dbo.Victims WHERE \(parts.joined(operator: .or))", as: Int.self)
                #expect(count == 2, "\(text)")
            }
        }
    }

    @Test(arguments: Engine.all) func aFilterOfTextComparesAndNothingElse(engine: Engine) async throws {
        let name = "Name"
        let shape =
            "SELECT Id FROM dbo.Victims WHERE (\(name) = @p1) OR (\(name) LIKE @p2 ESCAPE '\\') "
            + "OR (\(name) LIKE @p3 ESCAPE '\\') OR (\(name) LIKE @p4 ESCAPE '\\')"
        try await withVictims(engine, shapes: [shape]) { db in
            for text in Self.comparable {
                let filters = try ["eq", "contains", "startsWith", "endsWith"].map {
                    try Self.list.filter([SQLFilterTerm(column: "name", operator: $0, value: text)])
                }
                let rows = try await db.query("SELECT Id FROM dbo.Victims WHERE \(filters.joined(operator: .or))")
                // No name holds such a text: a wildcard or a changed condition would find some.
                #expect(rows.isEmpty, "\(text)")
            }
        }
    }

    @Test(arguments: Engine.all) func whatIsNoNumberNorANameIsRefused(engine: Engine) async throws {
        try await withVictims(engine, shapes: ["SELECT Id FROM dbo.Victims WHERE 1 = 1"]) { db in
            for text in HostileText.all {
                let attempts: [() throws -> SQLQuery] = [
                    { try Self.list.filter([SQLFilterTerm("id", text)]) },
                    { try Self.list.filter([SQLFilterTerm("id[\(text)]", "1")]) },
                    { try Self.list.filter([SQLFilterTerm(column: text, operator: "eq", value: "1")]) },
                    { try Self.list.filter([SQLFilterTerm(column: "name", operator: text, value: "1")]) },
                    { try Self.list.order(by: text).sql }, { try Self.list.order(by: "name,\(text)").sql },
                    { try SQLOffsetPage(number: text, size: "5").sql },
                    { try SQLOffsetPage(number: "1", size: text).sql },
                    {
                        try SQLKeysetPage(
                            order: Self.list.order(by: "name"), size: 5, after: text,
                            signer: SQLCursorKey(Array(repeating: 7, count: 32))
                        ).condition
                    },
                ]
                for (index, attempt) in attempts.enumerated() {
                    let error = #expect(throws: SQLServerError.self, "\(index): \(text)") { try attempt() }
                    #expect([.invalidRequest, .invalidCursor].contains(error?.code), "\(index): \(text)")
                }
            }
            let filter = try Self.list.filter([])
            _ = try await db.query("SELECT Id FROM dbo.Victims WHERE \(filter)")
        }
    }

    @Test(arguments: Engine.all) func aHostileQueryStringIsRefusedOrComparesAndNothingElse(engine: Engine) async throws
    {
        let attacks = [
            "id=1;DROP TABLE dbo.Victims", "id=1%20OR%201=1", "id[eq]=1&id[eq]=2'--", "name=x&1=1", "name[eq];--=x",
            "id%20OR%201=1", "[id]=1", "id[]=1", "id[in][]=1", "dbo.Victims.Id=1", "Id=1", "name[eq]]=1", "id[eq]=1)--",
            "$where=1", "id[$gt]=", "id[not][eq]=1", "__proto__=1", "name%00=1", "id=%00", "id=1%00",
            "id=1/**/OR/**/1=1",
            "id=0x31", "id=1e0", "id=１", "id=1%0a", "id=%C0%A7", "name=%u0027", "name=%2", "sortBy=id",
            "id[in]=(SELECT 1)",
            "id[between]=1 AND 2", "id[between]=1,2)--", "name[isNull]=true",
        ]
        #expect(HostileText.all.count >= 40 && attacks.count >= 30)
        try await withVictims(
            engine,
            shapes: [
                "SELECT COUNT(*) FROM dbo.Victims WHERE Name = @p1"
            ]
        ) { db in
            for attack in attacks {
                let error = #expect(throws: SQLServerError.self, "\(attack)") { try Self.list.filter(query: attack) }
                #expect(error?.code == .invalidRequest)
            }
            for attack in [
                "name='; DROP TABLE dbo.Victims; --", "name=%27%20OR%201=1--", "name=x'+OR+'1'='1", "name=@p1",
            ] {
                let filter = try Self.list.filter(query: attack)
                let count = try await db.scalar("SELECT COUNT(*) FROM dbo.Victims WHERE \(filter)", as: Int.self)
                #expect(count == 0)
            }
        }
    }
}
