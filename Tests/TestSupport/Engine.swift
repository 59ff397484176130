public import SQLServer
public import Testing

/// The engines that the integration tests run on: each test of what a connection does takes one as its argument.
///
/// ```swift
/// @Test(arguments: Engine.all) func something(engine: Engine) async throws {
///     try await withTestClient(engine) { db in … }
/// }
/// ```
public enum Engine: String, Sendable, CaseIterable, CustomTestStringConvertible {
    /// FreeTDS's db-lib.
    case freeTDS

    /// Every engine that this version has.
    public static var all: [Engine] { Array(allCases) }

    /// The name in test results.
    public var testDescription: String { rawValue }

    /// The same configuration for this engine.
    public func configure(_ configuration: SQLServerConfiguration) -> SQLServerConfiguration {
        var copy = configuration
        switch self {
        case .freeTDS: copy.engine = .freeTDS
        }
        return copy
    }
}

/// Runs a test with a client of one engine in a new database.
public func withTestClient<Result>(
    _ engine: Engine, _ body: (SQLServerClient) async throws -> Result
) async throws -> Result {
    try await withTestServer { server in try await withSQLServer(engine.configure(server.configuration), body) }
}
