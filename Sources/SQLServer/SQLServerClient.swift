import FreeTDSEngine
@_exported public import SQLServerCore
@_exported public import SQLValues
@_exported public import Telemetry

/// A client of one server with a pool of connections.
///
/// Statements run on any free connection; for several statements on one connection use ``withConnection(_:)``, for a
/// transaction ``withTransaction(isolation:_:)``. Shut the client down when it is no longer used, or let
/// ``withSQLServer(_:_:)`` do it.
///
/// ```swift
/// let db = try SQLServerClient(SQLServerConfiguration("mssql://app@localhost/shop?encrypt=off"))
/// for (id, name) in try await db.query("SELECT Id, Name FROM dbo.Users", as: (Int, String).self) { print(id, name) }
/// ```
public final class SQLServerClient: SQLExecutor {
    let source: ConnectionSource
    /// Connections that say that they only read, so that a readable secondary may serve them.
    private let readers: ConnectionSource

    let resilience: Resilience
    private let gate: ServerGate
    private let readerGate: ServerGate

    /// How the client connects.
    public let configuration: SQLServerConfiguration

    /// A client that opens its first connection when the first statement runs.
    ///
    /// ```swift
    /// let db = try SQLServerClient(configuration, telemetry: sink)
    /// ```
    ///
    /// - Parameters:
    ///   - configuration: Where and how to connect.
    ///   - telemetry: Receives what the client does; nil records nothing.
    /// - Throws: `configuration` for a value that is wrong, `unsupported` for one that no engine of this version can do.
    public init(
        _ configuration: SQLServerConfiguration, telemetry: (any SQLTelemetrySink)? = nil
    ) throws(SQLServerError) {
        try configuration.validate()
        guard configuration.minimumPoolSize == 0 else {
            throw SQLServerError(
                .unsupported, "minimumPoolSize: this version opens connections when they are needed; leave it at 0")
        }
        self.configuration = configuration
        resilience = Resilience(configuration)
        gate = ServerGate(configuration)
        let engine = RetryingEngine(engine: try Self.engine(for: configuration), resilience: resilience)
        let telemetry = Telemetry(
            telemetry, host: configuration.host, port: configuration.port, database: configuration.database)
        source = ConnectionSource(configuration, engine: engine, telemetry: telemetry)
        guard configuration.applicationIntent != .readOnly else {
            readers = source
            readerGate = gate
            return
        }
        readerGate = ServerGate(configuration)
        var reading = configuration
        reading.applicationIntent = .readOnly
        readers = ConnectionSource(reading, engine: engine, telemetry: telemetry)
    }

    private static func engine(for configuration: SQLServerConfiguration) throws(SQLServerError) -> any SQLEngine {
        switch configuration.engine {
        case .automatic, .freeTDS: return FreeTDSEngine()
        case .native:
            throw SQLServerError(
                .unsupported, "engine=native: this version has only the FreeTDS engine; use engine=freetds or automatic"
            )
        }
    }

    /// The engine and its library's version, for diagnostics, such as `freeTDS (freetds v1.3.17)`.
    public var engineDescription: String { "freeTDS (\(FreeTDSEngine.libraryVersion))" }

    /// What the pool holds at the moment; connections with the intent to read only are counted by
    /// ``readerStatistics``.
    public var poolStatistics: SQLPoolStatistics { source.statistics }

    /// What the pool of connections with the intent to read only holds at the moment; see
    /// ``withTransaction(isolation:access:_:)``.
    public var readerStatistics: SQLPoolStatistics { readers.statistics }

    /// What the client repeats, refuses and holds back at the moment, and has done since it was made.
    ///
    /// The circuit breaker and the limit are those of ``poolStatistics``'s connections.
    public var resilienceStatistics: SQLResilienceStatistics { SQLResilienceStatistics(resilience, gate) }

    /// Where the client's calls run.
    var calls: GuardedSource { GuardedSource(source: source, gate: gate, resilience: resilience) }

    /// Where a transaction runs.
    func calls(for access: SQLTransactionAccess) -> GuardedSource {
        guard access == .readOnly else { return calls }
        return GuardedSource(source: readers, gate: readerGate, resilience: resilience)
    }

    /// Runs a batch on any free connection and returns everything that it returned.
    ///
    /// - Throws: ``SQLServerCore/SQLServerError``.
    public func results(of query: SQLQuery, options: SQLCallOptions) async throws(SQLServerError) -> SQLResults {
        try await calls.withLease(options) { (lease, once) throws(SQLServerError) in
            try await lease.results(of: query, options: once)
        }
    }

    /// Runs a batch on any free connection and returns everything that it returned, errors of the server included; see
    /// ``SQLServerConnection/resultsAndErrors(of:options:)``.
    ///
    /// ```swift
    /// let results = try await db.resultsAndErrors(of: "SELECT 1; SELECT 1 / 0", options: .timeout(.seconds(9)))
    /// print(results.resultSets.count, results.messages.filter(\.isError).map(\.number))
    /// ```
    ///
    /// - Throws: ``SQLServerCore/SQLServerError`` when there is no complete response, such as `connectionLost`.
    public func resultsAndErrors(
        of query: SQLQuery, options: SQLCallOptions
    ) async throws(SQLServerError) -> SQLResults {
        try await calls.withLease(options) { (lease, once) throws(SQLServerError) in
            try await lease.resultsAndErrors(of: query, options: once)
        }
    }

    /// Lends one connection for the time of `body`.
    ///
    /// The task runs on the connection's own thread meanwhile, so that its statements cost no thread switch: heavy
    /// computation belongs outside.
    ///
    /// ```swift
    /// try await db.withConnection { connection in
    ///     try await connection.execute("CREATE TABLE #ids (Id int)")
    ///     try await connection.execute("INSERT #ids SELECT Id FROM dbo.Users")
    /// }
    /// ```
    ///
    /// - Parameter body: Work on the connection, which must not escape.
    /// - Returns: What `body` returned.
    /// - Throws: What `body` throws, or why no connection could be had.
    @discardableResult
    public func withConnection<Result>(
        _ body: (SQLServerConnection) async throws -> Result
    ) async throws -> Result {
        try await calls.withScope(nil, body)
    }

    /// Runs `body` in one transaction and commits when it returns.
    ///
    /// Rolls back if `body` throws or the task is cancelled.
    ///
    /// ```swift
    /// try await db.withTransaction { transaction in
    ///     try await transaction.execute("UPDATE dbo.Accounts SET Balance -= \(amount) WHERE Id = \(from)")
    ///     try await transaction.execute("UPDATE dbo.Accounts SET Balance += \(amount) WHERE Id = \(to)")
    /// }
    /// ```
    ///
    /// - Parameters:
    ///   - isolation: Isolation level for this transaction only; restored before the connection goes back to the pool.
    ///   - access: With `.readOnly` the connection is one with the intent to read only (`ApplicationIntent=ReadOnly`),
    ///     from a pool of its own, which a readable secondary of an availability group may serve. Without such a group
    ///     it is a connection like any other: the server does not refuse changes because of it.
    ///   - body: Work on the given connection, which must not escape.
    /// - Returns: What `body` returned.
    /// - Throws: The error from `body`, or ``SQLTransactionError`` if the rollback failed too.
    @discardableResult
    public func withTransaction<Result>(
        isolation: SQLIsolationLevel? = nil, access: SQLTransactionAccess = .readWrite,
        _ body: (SQLServerConnection) async throws -> Result
    ) async throws -> Result {
        try await calls(for: access).withScope { connection in
            try await connection.withTransaction(isolation: isolation, body)
        }
    }

    /// Closes all connections.
    ///
    /// Connections that are lent are closed when their scopes end; later statements fail with the code `closed`.
    ///
    /// ```swift
    /// let db = try SQLServerClient(configuration)
    /// print(try await db.scalar("SELECT @@VERSION", as: String.self))
    /// await db.shutDown()
    /// ```
    public func shutDown() async {
        await source.shutDown()
        await readers.shutDown()
    }
}

/// Runs `body` with a client of a server and shuts the client down afterwards.
///
/// ```swift
/// let configuration = try SQLServerConfiguration("mssql://app@localhost/shop?encrypt=off")
/// let count = try await withSQLServer(configuration) { db in
///     try await db.scalar("SELECT COUNT(*) FROM dbo.Users", as: Int.self)
/// }
/// ```
///
/// - Parameters:
///   - configuration: Where and how to connect.
///   - telemetry: Receives what the client does; nil records nothing.
///   - body: Work with the client, which must not escape.
/// - Returns: What `body` returned.
/// - Throws: What `body` throws; `configuration` or `unsupported` for a wrong configuration.
@discardableResult
public func withSQLServer<Result>(
    _ configuration: SQLServerConfiguration, telemetry: (any SQLTelemetrySink)? = nil,
    _ body: (SQLServerClient) async throws -> Result
) async throws -> Result {
    let client = try SQLServerClient(configuration, telemetry: telemetry)
    do {
        let result = try await body(client)
        await client.shutDown()
        return result
    } catch {
        await client.shutDown()
        throw error
    }
}
