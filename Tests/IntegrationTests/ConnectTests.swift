import EmbeddedSQLServer
import SQLServer
import TestSupport
import Testing

/// Connecting: what works, and every way it fails with one error that says what to do.
@Suite struct ConnectTests {
    @Test(arguments: Engine.all) func aClientLogsInAndAsksForItsDatabase(engine: Engine) async throws {
        try await withTestServer(engine) { server in
            let name = try await withSQLServer(server.configuration) {
                try await $0.scalar("SELECT DB_NAME()", as: String.self)
            }
            #expect(name == server.configuration.database)
        }
    }

    @Test(arguments: Engine.all) func aConnectionStringReachesTheSameServer(engine: Engine) async throws {
        try await withTestServer(engine) { server in
            let c = server.configuration
            let text = """
                Server=tcp:\(c.host),\(c.port);Database=\(c.database ?? "");User ID=\(c.userName);\
                Password="\(c.password.reveal())";Encrypt=\(c.encryption == .off ? "false" : "true");\
                TrustServerCertificate=\(c.trustServerCertificate)
                """
            var configuration = try SQLServerConfiguration(connectionString: text)
            // SqlClient's Encrypt=false still encrypts the login when the server can; the embedded one here cannot.
            configuration.caFile = c.caFile
            configuration = engine.configure(configuration)
            let sum = try await withSQLServer(configuration) { try await $0.scalar("SELECT 1 + 1", as: Int.self) }
            #expect(sum == 2)
        }
    }

    @Test(arguments: Engine.all) func aWrongPasswordIs18456(engine: Engine) async throws {
        try await withTestServer(engine) { server in
            var configuration = server.configuration
            configuration.password = "not the password"
            let error = await connectError(configuration)
            #expect(error?.code == .loginFailed)
            #expect(error?.number == 18_456)
            #expect(error?.severity == 14)
            #expect(error?.description.contains("not the password") == false)
        }
    }

    @Test(arguments: Engine.all) func anUnknownDatabaseIs4060(engine: Engine) async throws {
        try await withTestServer(engine) { server in
            var configuration = server.configuration
            configuration.database = "no_such_database"
            let error = await connectError(configuration)
            #expect(error?.code == .loginFailed)
            #expect(error?.number == 4_060)
            #expect(error?.message.contains("no_such_database") == true)
        }
    }

    @Test(arguments: Engine.all) func aClosedPortSaysThatNothingListensThere(engine: Engine) async throws {
        let server = try ScriptedTCPServer(.hangUp)
        let port = server.port
        server.stop()
        let error = await connectError(engine.configuration(port: port))
        #expect(error?.code == .connectionFailed)
        #expect(error?.message.contains("127.0.0.1:\(port)") == true)
    }

    @Test(arguments: Engine.all) func anUnknownHostIsNamed(engine: Engine) async throws {
        var configuration = engine.configuration(port: 1_433)
        configuration.host = "no-such-host.invalid"
        let error = await connectError(configuration)
        #expect(error?.code == .connectionFailed)
        #expect(error?.message.contains("no-such-host.invalid") == true)
    }

    @Test(
        arguments: Engine.all,
        [
            ScriptedTCPServer.Script.answer(Array("HTTP/1.1 400 Bad Request\r\n\r\n".utf8)),
            .answer(Array("SSH-2.0-OpenSSH_9.2p1\r\n".utf8)),
            .hangUp,
        ])
    func aServerThatIsNoSQLServerIsAnError(engine: Engine, script: ScriptedTCPServer.Script) async throws {
        let server = try ScriptedTCPServer(script)
        defer { server.stop() }
        let error = await connectError(engine.configuration(port: server.port))
        #expect(error?.code == .connectionFailed)
        #expect(error?.message.contains("127.0.0.1:\(server.port)") == true)
    }

    @Test(arguments: Engine.all) func aSilentServerEndsAtTheConnectTimeout(engine: Engine) async throws {
        let server = try ScriptedTCPServer(.silence)
        var configuration = engine.configuration(port: server.port)
        configuration.connectTimeout = .milliseconds(200)
        let error = await connectError(configuration)
        #expect(error?.code == .timeout || error?.code == .poolTimeout)
        #expect(error?.message.contains("0.2 seconds") == true)
        server.stop()
    }

    @Test(arguments: Engine.all) func aFailedConnectLeaksNoPlaceInThePool(engine: Engine) async throws {
        try await withTestServer(engine) { server in
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

    @Test(.embeddedOnly, arguments: Engine.all) func aRefusedConnectionIsAnErrorAndTheNextOneWorks(engine: Engine)
        async throws
    {
        // One attempt: ConnectRetryTests has what another one changes.
        try await withRepeating(engine, { $0.retryPolicy = .none }) { server, client in
            server.faults.inject(.refuseConnection)
            await #expect(throws: SQLServerError.self) { try await client.execute("SELECT 1") }
            let one = try await client.scalar("SELECT 1", as: Int.self)
            #expect(one == 1)
        }
    }

    @Test(arguments: Engine.missing)
    func anEngineThatThisVersionDoesNotHaveIsNamed(engine: SQLServerConfiguration.Engine) throws {
        let configuration = SQLServerConfiguration(host: "127.0.0.1", userName: "sa", encryption: .off, engine: engine)
        let error = #expect(throws: SQLServerError.self) { try SQLServerClient(configuration) }
        expectRefusal(error, naming: engine.rawValue)
    }

    @Test(arguments: Engine.all) func strictEncryptionIsDoneOrRefusedNamingTheNativeEngine(engine: Engine) async throws
    {
        try await withEmbeddedSQLServer(EmbeddedServer.Configuration(encryption: .strict())) { server in
            var configuration = try engine.configuration(of: server)
            configuration.encryption = .strict
            guard engine.has(.strictEncryption) else {
                expectRefusal(await connectError(configuration), naming: "strict", "native")
                return
            }
            let one = try await withSQLServer(configuration) { try await $0.scalar("SELECT 1", as: Int.self) }
            #expect(one == 1)
        }
    }

    @Test func aPoolThatShouldBeWarmIsRefusedByName() throws {
        var configuration = SQLServerConfiguration(host: "127.0.0.1", userName: "sa", encryption: .off)
        configuration.minimumPoolSize = 2
        let error = #expect(throws: SQLServerError.self) { try SQLServerClient(configuration) }
        #expect(error?.code == .unsupported)
        #expect(error?.message.contains("minimumPoolSize") == true)
    }

    @Test(arguments: Engine.all) func aLongConnectTimeoutIsKeptOrRefusedByName(engine: Engine) async throws {
        try await withTestServer(engine) { server in
            var configuration = server.configuration
            configuration.connectTimeout = .seconds(61)
            guard engine.has(.longConnectTimeouts) else {
                expectRefusal(await connectError(configuration), naming: "connectTimeout")
                return
            }
            let one = try await withSQLServer(configuration) { try await $0.scalar("SELECT 1", as: Int.self) }
            #expect(one == 1)
        }
    }
}

/// The error with which one attempt to connect fails; records an issue when it does not fail.
func connectError(_ configuration: SQLServerConfiguration) async -> SQLServerError? {
    var configuration = configuration
    configuration.retryPolicy = .none
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
func withEmbedded(
    _ engine: Engine, _ body: (EmbeddedServer, SQLServerClient) async throws -> Void
) async throws {
    try await withTestServer(engine) { server in
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
