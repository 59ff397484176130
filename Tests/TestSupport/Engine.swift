public import EmbeddedSQLServer
public import SQLServer
public import Testing

/// An engine that the conformance suite runs on: each test of what a connection does takes one as its argument.
///
/// ```swift
/// @Test(arguments: Engine.all) func something(engine: Engine) async throws {
///     try await withTestClient(engine) { db in … }
/// }
/// ```
///
/// What one engine cannot do is said here, by what it lacks, and never by its name in a test: there a test asks
/// ``has(_:)``, and checks the refusal with `expectRefusal` when the answer is no.
public struct Engine: Sendable, Hashable, CustomTestStringConvertible {
    /// Every engine that this version has; a second one is one more line.
    public static let all = [
        Engine(.freeTDS, lacks: Set(Capability.allCases))
    ]

    /// Engines that a configuration can name and this version does not have.
    public static var missing: [SQLServerConfiguration.Engine] {
        SQLServerConfiguration.Engine.allCases.filter { engine in
            engine != .automatic && !all.contains { $0.engine == engine }
        }
    }

    /// What not every engine can do; docs/engines.md says what an engine without it does instead.
    public enum Capability: String, Sendable, CaseIterable {
        /// Sends the rows of a table type as a parameter.
        case tableValuedParameters
        /// Reads sql_variant columns.
        case variantColumns
        /// Knows the collation of a character column.
        case collations
        /// Counts the rows of every statement inside a call, also behind a result set.
        case countsInsideCalls
        /// Sends empty texts and bytes as parameters, so that the text of a statement is what the program wrote.
        case emptyParameters
        /// Passes on more than one hint of a bulk copy.
        case severalBulkHints
        /// Leaves out any column of a bulk copy that has a default.
        case bulkDefaults
        /// Begins TLS before the first byte of TDS.
        case strictEncryption
        /// Waits longer than a minute for a login.
        case longConnectTimeouts
        /// Ends an attempt to connect as soon as nobody waits for it.
        case interruptibleConnects
    }

    private let engine: SQLServerConfiguration.Engine
    private let lacking: Set<Capability>

    /// An engine with everything but what it lacks.
    private init(_ engine: SQLServerConfiguration.Engine, lacks lacking: Set<Capability> = []) {
        self.engine = engine
        self.lacking = lacking
    }

    /// Whether the engine can do something.
    public func has(_ capability: Capability) -> Bool { !lacking.contains(capability) }

    /// The name in test results.
    public var testDescription: String { engine.rawValue }

    /// The same configuration for this engine.
    public func configure(_ configuration: SQLServerConfiguration) -> SQLServerConfiguration {
        var copy = configuration
        copy.engine = engine
        return copy
    }

    /// How to connect to an embedded server with this engine.
    public func configuration(of server: EmbeddedServer) throws -> SQLServerConfiguration {
        var configuration = try SQLServerConfiguration(url: server.url)
        configuration.connectTimeout = TestServer.patience
        return configure(configuration)
    }

    /// How to connect to a port of this machine with this engine, without encryption.
    public func configuration(port: Int) -> SQLServerConfiguration {
        configure(
            SQLServerConfiguration(host: "127.0.0.1", port: port, userName: "sa", password: "x", encryption: .off))
    }
}

/// Checks that a call was refused because its engine lacks something: an error of its own, not one of the server,
/// that names all of `names`.
public func expectRefusal(
    _ error: SQLServerError?, naming names: String..., sourceLocation: SourceLocation = #_sourceLocation
) {
    #expect(error?.code == .unsupported, sourceLocation: sourceLocation)
    #expect(error?.messages.isEmpty == true, sourceLocation: sourceLocation)
    for name in names {
        #expect(error?.message.contains(name) == true, "\(name)", sourceLocation: sourceLocation)
    }
}

/// Runs a test with a client of one engine in a new database.
public func withTestClient<Result>(
    _ engine: Engine, _ body: (SQLServerClient) async throws -> Result
) async throws -> Result {
    try await withTestServer(engine) { server in try await withSQLServer(server.configuration, body) }
}

/// Runs a test in a new database; the configuration that it gets is one for the engine.
public func withTestServer<Result>(
    _ engine: Engine, _ body: (TestServer) async throws -> Result
) async throws -> Result {
    try await withTestServer { server in
        try await body(TestServer(configuration: engine.configure(server.configuration), embedded: server.embedded))
    }
}
