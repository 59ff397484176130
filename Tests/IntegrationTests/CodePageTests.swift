import EmbeddedSQLServer
import SQLServer
import TestSupport
import Testing

/// Texts declared as `char`, `varchar` or `text`: those that the code page of the database lacks are refused before they
/// are sent, because the server would change them without a word.
@Suite struct CodePageTests {
    private static let polish = "Łódź"

    private func failure(_ work: () async throws -> Void) async -> SQLServerError? {
        do {
            try await work()
            return nil
        } catch {
            return error as? SQLServerError
        }
    }

    /// The requests whose text holds a word.
    private func sent(_ server: EmbeddedServer, _ word: String) -> Int {
        server.recorder.requests.filter { $0.text.contains(word) }.count
    }

    @Test(.embeddedOnly, arguments: Engine.all)
    func theServerIsAskedOnceAndOnlyWhenItMatters(engine: Engine) async throws {
        try await withEmbedded(engine) { server, _ in
            let configuration = try engine.configuration(of: server)
            try await withSQLServer(configuration) { db in
                try await db.withConnection { connection in
                    func echo(_ text: String) async throws {
                        let answer = try await connection.scalar("SELECT \(text, as: .varChar(50))", as: String.self)
                        #expect(answer == text)
                    }
                    try await echo("plain")
                    #expect(sent(server, "CodePage") == 0)
                    try await echo("Zürich")
                    try await connection.withTransaction { _ in try await echo("Œuvre €") }
                    #expect(sent(server, "CodePage") == 1)
                    try await connection.execute("USE tempdb")
                    try await echo("Genève")
                    try await echo("Àrrêt")
                    #expect(sent(server, "CodePage") == 2)
                }
                // The connection is lent again, and still knows.
                try await db.execute("SELECT \("Zürich", as: .varChar(50))")
                #expect(sent(server, "CodePage") == 2)
            }
        }
    }

    @Test(.embeddedOnly, arguments: Engine.all) func whatTheCodePageLacksIsNeverSent(engine: Engine) async throws {
        try await withEmbedded(engine) { server, _ in
            let configuration = try engine.configuration(of: server)
            try await withSQLServer(configuration) { db in
                let text = Self.polish
                let many = Array(repeating: "x", count: 200) + [text]
                let calls: [(SQLServerConnection) async throws -> Void] = [
                    { try await $0.execute("SELECT 'lost', \(text, as: .varChar(50))") },
                    { try await $0.execute("SELECT 'lost', \(Optional(text), as: .char(4))") },
                    { try await $0.execute("SELECT 'lost' WHERE 'x' IN (\([text], as: .varChar(50)))") },
                    { try await $0.execute("SELECT 'lost' WHERE 'x' IN (\(many, as: .varChar(50)))") },
                    { _ = try await $0.batch(["SELECT 'lost'", "SELECT 'lost', \(text, as: .varCharMax)"]) },
                    { try await $0.call("dbo.Lost", .input("@name", text, as: .varChar(50))) },
                    { for try await _ in $0.stream("SELECT 'lost', \(text, as: .text)") {} },
                ]
                try await db.withConnection { connection in
                    for (index, call) in calls.enumerated() {
                        let error = await failure { try await call(connection) }
                        #expect(error?.code == .encoding, "call \(index)")
                        #expect(error?.message.contains("code page 1252") == true, "\(error?.message ?? "")")
                        #expect(error?.message.contains(text) == false)
                    }
                    // The connection goes on.
                    let answer = try await connection.scalar("SELECT \("é", as: .char(1))", as: String.self)
                    #expect(answer == "é")
                }
                #expect(sent(server, "lost") == 0)
                #expect(!server.recorder.requests.contains { "\($0.kind)".contains("Lost") })
            }
        }
    }

    /// Runs a body with a client of a server that answers the question for its code page, and all others, with a number.
    private func withCodePage(
        _ engine: Engine, _ number: Int32?, _ codePage: SQLCodePage? = nil,
        _ body: (SQLServerClient) async throws -> Void
    ) async throws {
        let server = try CannedTDSServer(answeringSelect: CannedTDSServer.intRow(number))
        defer { server.stop() }
        var configuration = engine.configuration(port: server.port)
        configuration.codePage = codePage
        try await withSQLServer(configuration, body)
    }

    @Test(arguments: Engine.all) func aPolishDatabaseTakesPolishAndRefusesSpanish(engine: Engine) async throws {
        try await withCodePage(engine, 1250) { db in
            let answer = try await db.scalar("SELECT \(Self.polish, as: .varChar(4))", as: Int.self)
            #expect(answer == 1250)
            let error = await failure { try await db.execute("SELECT \("ñ", as: .varChar(4))") }
            #expect(error?.code == .encoding && error?.message.contains("code page 1250") == true)
            #expect(error?.query == "SELECT @p1")
        }
    }

    @Test(arguments: Engine.all) func anUTF8DatabaseCountsBytes(engine: Engine) async throws {
        try await withCodePage(engine, 65_001) { db in
            let answer = try await db.scalar("SELECT \(Self.polish, as: .varChar(7))", as: Int.self)
            #expect(answer == 65_001)
            let error = await failure { try await db.execute("SELECT \(Self.polish, as: .varChar(6))") }
            #expect(error?.code == .encoding && error?.message.contains("too long") == true)
        }
    }

    @Test(arguments: Engine.all, [932, nil])
    func anUnknownCodePageTakesASCIIOnly(engine: Engine, number: Int32?) async throws {
        try await withCodePage(engine, number) { db in
            try await db.execute("SELECT \("plain", as: .varChar(10))")
            let error = await failure { try await db.execute("SELECT \("é", as: .varChar(10))") }
            #expect(error?.code == .encoding && error?.message.contains("nvarchar") == true)
            try await db.execute("SELECT \("é", as: .nVarChar(10))")
        }
    }

    @Test(arguments: Engine.all) func theConfigurationHasTheLastWord(engine: Engine) async throws {
        try await withCodePage(engine, 1252, .windows1250) { db in
            let answer = try await db.scalar("SELECT \(Self.polish, as: .varChar(4))", as: Int.self)
            #expect(answer == 1252)
            let error = await failure { try await db.execute("SELECT \("ñ", as: .varChar(4))") }
            #expect(error?.code == .encoding && error?.message.contains("code page 1250") == true)
        }
    }

    @Test func aFilterOfAKnownCodePageIsTheCallersFault() throws {
        func list(_ codePage: SQLCodePage?) -> SQLAllowList {
            SQLAllowList([.column("town", "Town", .varChar(40), filter: .text, codePage: codePage)])
        }
        let early = #expect(throws: SQLServerError.self) { try list(.windows1252).filter(query: "town=\(Self.polish)") }
        #expect(early?.code == .invalidRequest)
        #expect(try !list(nil).filter(query: "town=\(Self.polish)").isEmpty)
    }
}
