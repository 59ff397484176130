public import EmbeddedSQLServer
import Foundation
public import SQLServer

/// The server that integration tests run against: the one of `MSSQL_TEST_URL`, else an embedded one of their own.
public struct TestServer: Sendable {
    /// How to connect, in a database of the test's own.
    public let configuration: SQLServerConfiguration
    /// The embedded server, when it is one.
    public let embedded: EmbeddedServer?

    /// The URL of a real server, when the tests are run against one.
    public static let liveURL: String? = ProcessInfo.processInfo.environment["MSSQL_TEST_URL"]

    /// How long tests wait for a login: a busy machine must not make that a failure.
    public static let patience = Duration.seconds(60)

    /// Whether tests run against the embedded server, for those that need its controls.
    public static var isEmbedded: Bool { liveURL == nil }
}

/// Runs a test in a new database and drops it afterwards.
///
/// Without `MSSQL_TEST_URL` the database is on an embedded server, started for this test alone.
public func withTestServer<Result>(
    _ body: (TestServer) async throws -> Result
) async throws -> Result {
    guard let url = TestServer.liveURL else {
        return try await withEmbeddedSQLServer { server in
            try await withScratchDatabase(on: SQLServerConfiguration(url: server.url), server, body)
        }
    }
    return try await withScratchDatabase(on: SQLServerConfiguration(url), nil, body)
}

/// Runs a test with a client in a new database.
public func withTestClient<Result>(
    _ body: (SQLServerClient) async throws -> Result
) async throws -> Result {
    try await withTestServer { server in try await withSQLServer(server.configuration, body) }
}

private func withScratchDatabase<Result>(
    on configuration: SQLServerConfiguration, _ embedded: EmbeddedServer?,
    _ body: (TestServer) async throws -> Result
) async throws -> Result {
    var configuration = configuration
    configuration.connectTimeout = TestServer.patience
    let name = "test_" + UUID().uuidString.replacingOccurrences(of: "-", with: "").lowercased()
    let administrator = try SQLServerClient(configuration)
    try await administrator.execute("CREATE DATABASE \(identifier: name)")
    var scratch = configuration
    scratch.database = name
    do {
        let result = try await body(TestServer(configuration: scratch, embedded: embedded))
        try await drop(name, administrator, embedded)
        return result
    } catch {
        try await drop(name, administrator, embedded)
        throw error
    }
}

/// An embedded server goes with its databases; a real one must be cleaned.
private func drop(_ name: String, _ client: SQLServerClient, _ embedded: EmbeddedServer?) async throws {
    if embedded == nil {
        do {
            try await client.execute("ALTER DATABASE \(identifier: name) SET SINGLE_USER WITH ROLLBACK IMMEDIATE")
        } catch {
            // Not every server has it; then DROP DATABASE says what is wrong, if sessions are still in it.
        }
        try await client.execute("DROP DATABASE \(identifier: name)")
    }
    await client.shutDown()
}
