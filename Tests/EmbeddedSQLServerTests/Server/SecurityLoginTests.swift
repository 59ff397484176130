import EmbeddedSQLServer
import Foundation
import SQLValues
import TDSProtocol
import Testing

/// Logins that CREATE LOGIN made, at the public door.
@Suite struct SecurityLoginTests {
    private func messages(
        _ server: EmbeddedServer, _ user: String, _ password: String, database: String = ""
    ) throws -> [Int32] {
        let client = try WireClient(server)
        _ = try client.preLogin(.notSupported)
        let tokens = try client.logIn {
            $0.userName = user
            $0.password = password
            $0.database = database
        }
        return tokens.messages.map(\.number)
    }

    private func run(_ batch: String, on instance: any SQLInstance) throws {
        let session = try instance.openSession(database: "", options: SessionOptions(userName: "sa", processID: 51))
        defer { session.close() }
        let sink = CollectingSink()
        try session.run(batch: batch, into: sink)
        #expect(sink.errors == [])
    }

    private func withServer(_ batch: String, _ body: (EmbeddedServer) throws -> Void) throws {
        let instance = try makeSQLInstance(storage: .memory)
        let server = try EmbeddedServer.start(EmbeddedServer.Configuration()) { _ in instance }
        defer { server.stop() }
        try run(batch, on: instance)
        try body(server)
    }

    @Test func aLoginThatWasMadeConnectsWithItsPasswordOnly() throws {
        try withServer("CREATE LOGIN Ann WITH PASSWORD = 'Pa55word!x'") { (server: EmbeddedServer) throws in
            #expect(try messages(server, "ANN", "Pa55word!x") == [5701, 5703])
            #expect(try messages(server, "Ann", "pa55word!x") == [18_456])
            #expect(try messages(server, "nobody", "Pa55word!x") == [18_456])
        }
    }

    @Test func theConfiguredLoginStaysAnAdministrator() throws {
        try withServer("SELECT 1") { (server: EmbeddedServer) throws in
            #expect(try messages(server, "sa", "Embedded!2026") == [5701, 5703])
            #expect(try messages(server, "sa", "wrong") == [18_456])
        }
    }

    @Test func aDisabledLoginIsToldSoOnlyWithItsPassword() throws {
        try withServer("CREATE LOGIN ann WITH PASSWORD = 'Pa55word!x'; ALTER LOGIN ann DISABLE") {
            (server: EmbeddedServer) throws in
            #expect(try messages(server, "ann", "Pa55word!x") == [18_470])
            #expect(try messages(server, "ann", "wrong") == [18_456])
        }
    }

    @Test func aLoginThatMayNotConnectIsTurnedAway() throws {
        try withServer("CREATE LOGIN ann WITH PASSWORD = 'Pa55word!x'; DENY CONNECT SQL TO ann") {
            (server: EmbeddedServer) throws in
            #expect(try messages(server, "ann", "Pa55word!x") == [18_456])
        }
    }

    @Test func aDatabaseWithoutAUserForTheLoginIs4060() throws {
        let setUp = "CREATE DATABASE shop; CREATE LOGIN ann WITH PASSWORD = 'Pa55word!x'"
        try withServer(setUp) { (server: EmbeddedServer) throws in
            #expect(try messages(server, "ann", "Pa55word!x", database: "shop") == [4060, 18_456])
            #expect(try messages(server, "ann", "Pa55word!x", database: "master") == [5701, 5703])
        }
    }

    @Test func aDefaultDatabaseThatIsClosedToTheLoginIs4064() throws {
        let setUp =
            "CREATE DATABASE shop; CREATE LOGIN ann WITH PASSWORD = 'Pa55word!x', DEFAULT_DATABASE = shop"
        try withServer(setUp) { (server: EmbeddedServer) throws in
            #expect(try messages(server, "ann", "Pa55word!x") == [4064, 18_456])
        }
    }

    @Test func aDirectoryKeepsItsLogins() throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("mssql-test-\(UUID().uuidString)").path
        defer { #expect(throws: Never.self) { try FileManager.default.removeItem(atPath: path) } }
        let first = try makeSQLInstance(storage: .directory(path))
        try run("CREATE LOGIN ann WITH PASSWORD = N'Pa55wörd!x'", on: first)
        first.close()
        let second = try makeSQLInstance(storage: .directory(path))
        defer { second.close() }
        let session = try second.openSession(
            database: "", options: SessionOptions(userName: "ann", processID: 51, password: "Pa55wörd!x"))
        session.close()
        #expect(throws: ServerMessage.self) {
            try second.openSession(
                database: "", options: SessionOptions(userName: "ann", processID: 51, password: "Pa55word!x"))
        }
        for file in try FileManager.default.contentsOfDirectory(atPath: path) {
            let data = try #require(FileManager.default.contents(atPath: path + "/" + file))
            #expect(!String(decoding: data, as: UTF8.self).contains("Pa55w"))
        }
    }
}
