import EmbeddedSQLServer
import SQLServer
import TestSupport
import Testing

/// Connecting: what works, and every way it fails with one error that says what to do.
@Suite struct ConnectTests {
    @Test func aClientLogsInAndAsksForItsDatabase() async throws {
        try await withTestServer { server in
            let name = try await withSQLServer(server.configuration) {
                try await $0.scalar("SELECT DB_NAME()", as: String.self)
            }
            #expect(name == server.configuration.database)
        }
    }

    @Test func aConnectionStringReachesTheSameServer() async throws {
        try await withTestServer { server in
            let c = server.configuration
            let text = """
                Server=tcp:\(c.host),\(c.port);Database=\(c.database ?? "");User ID=\(c.userName);\
                Password="\(c.password.reveal())";Encrypt=\(c.encryption == .off ? "false" : "true");\
                TrustServerCertificate=\(c.trustServerCertificate)
                """
            var configuration = try SQLServerConfiguration(connectionString: text)
            // SqlClient's Encrypt=false still encrypts the login when the server can; the embedded one here cannot.
            configuration.caFile = c.caFile
            let sum = try await withSQLServer(configuration) { try await $0.scalar("SELECT 1 + 1", as: Int.self) }
            #expect(sum == 2)
        }
    }

    @Test func aWrongPasswordIs18456() async throws {
        try await withTestServer { server in
            var configuration = server.configuration
            configuration.password = "not the password"
            let error = await connectError(configuration)
            #expect(error?.code == .loginFailed)
            #expect(error?.number == 18_456)
            #expect(error?.severity == 14)
            #expect(error?.description.contains("not the password") == false)
        }
    }

    @Test func anUnknownDatabaseIs4060() async throws {
        try await withTestServer { server in
            var configuration = server.configuration
            configuration.database = "no_such_database"
            let error = await connectError(configuration)
            #expect(error?.code == .loginFailed)
            #expect(error?.number == 4_060)
            #expect(error?.message.contains("no_such_database") == true)
        }
    }

    @Test func aClosedPortSaysThatNothingListensThere() async throws {
        let server = try ScriptedTCPServer(.hangUp)
        let port = server.port
        server.stop()
        let error = await connectError(local(port))
        #expect(error?.code == .connectionFailed)
        #expect(error?.message.contains("127.0.0.1:\(port)") == true)
    }

    @Test func anUnknownHostIsNamed() async throws {
        var configuration = local(1433)
        configuration.host = "no-such-host.invalid"
        let error = await connectError(configuration)
        #expect(error?.code == .connectionFailed)
        #expect(error?.message.contains("no-such-host.invalid") == true)
    }

    @Test(arguments: [
        ScriptedTCPServer.Script.answer(Array("HTTP/1.1 400 Bad Request\r\n\r\n".utf8)),
        .answer(Array("SSH-2.0-OpenSSH_9.2p1\r\n".utf8)),
        .hangUp,
    ])
    func aServerThatIsNoSQLServerIsAnError(script: ScriptedTCPServer.Script) async throws {
        let server = try ScriptedTCPServer(script)
        defer { server.stop() }
        let error = await connectError(local(server.port))
        #expect(error?.code == .connectionFailed)
        #expect(error?.message.contains("127.0.0.1:\(server.port)") == true)
    }

    @Test func aSilentServerEndsAtTheConnectTimeout() async throws {
        let server = try ScriptedTCPServer(.silence)
        var configuration = local(server.port)
        configuration.connectTimeout = .milliseconds(200)
        let error = await connectError(configuration)
        #expect(error?.code == .timeout || error?.code == .poolTimeout)
        #expect(error?.message.contains("0.2 seconds") == true)
        server.stop()
    }

    @Test func aFailedConnectLeaksNoPlaceInThePool() async throws {
        try await withTestServer { server in
            var configuration = server.configuration
            configuration.maximumPoolSize = 1
            configuration.password = "wrong"
            let client = try SQLServerClient(configuration)
            for _ in 0..<3 {
                await #expect(throws: SQLServerError.self) { try await client.execute("SELECT 1") }
            }
            #expect(client.poolStatistics.open == 0)
            await client.shutDown()
        }
    }

    @Test(.embeddedOnly) func aRefusedConnectionIsAnErrorAndTheNextOneWorks() async throws {
        try await withEmbedded { server, client in
            server.faults.inject(.refuseConnection)
            await #expect(throws: SQLServerError.self) { try await client.execute("SELECT 1") }
            let one = try await client.scalar("SELECT 1", as: Int.self)
            #expect(one == 1)
        }
    }

    @Test func theNativeEngineIsNamedAsMissing() throws {
        var configuration = local(1433)
        configuration.engine = .native
        let error = #expect(throws: SQLServerError.self) { try SQLServerClient(configuration) }
        #expect(error?.code == .unsupported)
        #expect(error?.message.contains("native") == true)
    }

    @Test func strictEncryptionOnFreeTDSNamesTheMissingCapability() async throws {
        var configuration = local(1433)
        configuration.encryption = .strict
        let error = await connectError(configuration)
        #expect(error?.code == .unsupported)
        #expect(error?.message.contains("strict") == true)
    }

    @Test func aPoolThatShouldBeWarmIsRefusedByName() throws {
        var configuration = local(1433)
        configuration.minimumPoolSize = 2
        let error = #expect(throws: SQLServerError.self) { try SQLServerClient(configuration) }
        #expect(error?.code == .unsupported)
        #expect(error?.message.contains("minimumPoolSize") == true)
    }

    @Test func aConnectTimeoutThatFreeTDSCannotWaitIsRefusedByName() async throws {
        var configuration = local(1433)
        configuration.connectTimeout = .seconds(61)
        let error = await connectError(configuration)
        #expect(error?.code == .unsupported)
        #expect(error?.message.contains("connectTimeout") == true)
    }

    private func local(_ port: Int) -> SQLServerConfiguration {
        SQLServerConfiguration(host: "127.0.0.1", port: port, userName: "sa", password: "x", encryption: .off)
    }
}

/// The error with which connecting fails; records an issue when it does not fail.
func connectError(_ configuration: SQLServerConfiguration) async -> SQLServerError? {
    do {
        let client = try SQLServerClient(configuration)
        do {
            try await client.execute("SELECT 1")
            Issue.record("connecting did not fail")
            await client.shutDown()
            return nil
        } catch {
            await client.shutDown()
            throw error
        }
    } catch let error as SQLServerError {
        return error
    } catch {
        Issue.record("not a SQLServerError: \(error)")
        return nil
    }
}

/// Runs a test that needs the embedded server's controls; such tests carry the trait ``embeddedOnly``.
func withEmbedded(_ body: (EmbeddedServer, SQLServerClient) async throws -> Void) async throws {
    try await withTestServer { server in
        let embedded = try #require(server.embedded)
        try await withSQLServer(server.configuration) { try await body(embedded, $0) }
    }
}

extension Trait where Self == ConditionTrait {
    /// Skips a test on a live server.
    static var embeddedOnly: Self {
        .enabled(if: TestServer.isEmbedded, "needs the embedded server's own controls; MSSQL_TEST_URL is set")
    }
}
