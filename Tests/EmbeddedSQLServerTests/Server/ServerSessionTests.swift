import EmbeddedSQLServer
import SQLValues
import TDSProtocol
import Testing

/// What a connection's session does to the connection, and takes from its login.
@Suite struct ServerSessionTests {
    private func withServer(_ body: (EmbeddedServer) throws -> Void) throws {
        let instance = try makeSQLInstance(storage: .memory)
        let server = try EmbeddedServer.start(EmbeddedServer.Configuration()) { _ in instance }
        defer { server.stop() }
        try body(server)
    }

    /// "RAISERROR (Transact-SQL)": "severity levels from 20 through 25 are considered fatal"; Msg 2745.
    @Test func raisingSeverity20TellsTheClientAndEndsItsConnection() throws {
        try withServer { (server: EmbeddedServer) throws in
            let client = try WireClient.loggedIn(server)
            _ = try client.batch("CREATE TABLE t (a int); BEGIN TRAN; INSERT t VALUES (1)")
            let tokens = try client.batch("RAISERROR ('fatal', 20, 1) WITH LOG; SELECT 1 AS never")
            #expect(tokens.messages.map(\.number) == [2745, 50_000])
            #expect(tokens.messages.map(\.severity) == [16, 20])
            #expect(tokens.rows == [])
            #expect(client.isHungUp())
            let other = try WireClient.loggedIn(server)
            #expect(try other.batch("SELECT COUNT(*) FROM t").rows == [[.int(0)]])
        }
    }

    /// "SET LANGUAGE (Transact-SQL)": the login's language is that of the session.
    @Test func theLanguageOfTheLoginIsThatOfTheSession() throws {
        try withServer { (server: EmbeddedServer) throws in
            let client = try WireClient.loggedIn(server) { $0.language = "British English" }
            let question = "SELECT @@LANGUAGE, CAST('31/12/2024' AS date)"
            let day = try #require(SQLDate("2024-12-31"))
            #expect(try client.batch(question).rows == [[.string("British"), .date(day)]])
            let changed = try client.batch("SET LANGUAGE Deutsch")
            #expect(changed.contains(.change(.language(new: "Deutsch", old: "British"))))
            #expect(try client.batch(question, status: .resetConnection).rows == [[.string("British"), .date(day)]])
        }
    }

    @Test func aLoginInALanguageThatIsNotHereIsRefused() throws {
        try withServer { (server: EmbeddedServer) throws in
            let client = try WireClient(server)
            _ = try client.preLogin(.notSupported)
            #expect(try client.logIn { $0.language = "Italian" }.messages.map(\.number) == [40_517, 18_456])
        }
    }
}
