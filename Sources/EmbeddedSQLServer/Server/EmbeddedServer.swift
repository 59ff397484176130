import SQLValues
import Threads

/// A server inside this process that speaks TDS 7.4 and runs a documented subset of T-SQL, for development and tests.
///
/// Any SQL Server client can connect to it over TCP. What it does not support it refuses with an error.
///
/// ```swift
/// let server = try EmbeddedServer.start()
/// defer { server.stop() }
/// print(server.url)       // mssql://sa:Embedded!2026@127.0.0.1:49152/master?encrypt=off
/// ```
///
/// ``withEmbeddedSQLServer(_:_:)`` starts and stops one around a piece of work. A server that is not referenced any more
/// stops too.
public final class EmbeddedServer: Sendable {
    /// What the server was started with.
    public let configuration: Configuration
    /// The port it listens on.
    public let port: Int
    /// A PEM file with the authority that clients must trust; nil without encryption or for the system's authorities.
    public let caFile: String?
    /// Failures to order, for tests of clients.
    public let faults: Faults
    /// What clients asked for.
    public let recorder: Recorder
    /// Issues tokens to log in with, in place of Microsoft Entra ID.
    public let tokens: TokenIssuer
    /// Documents that answer SET SHOWPLAN_XML and SET STATISTICS XML.
    public let plans: Plans
    /// Rows for management and Query Store views.
    public let dynamicViews: DynamicViews

    private let core: ServerCore
    private let credentials: ServerCredentials?
    private let acceptThread: Lock<OperatingSystemThread?>

    /// Starts a server and returns when clients can connect.
    ///
    /// - Parameter configuration: Address, storage, logins, encryption; by default in memory on a free port.
    /// - Returns: The running server.
    /// - Throws: ``EmbeddedServerError`` when the port is taken, or the storage or a certificate cannot be used.
    public static func start(_ configuration: Configuration = Configuration()) throws -> EmbeddedServer {
        try start(configuration) { storage in try makeDefaultInstance(storage, configuration.edition) }
    }

    /// Starts a server with its own SQL side.
    package static func start(
        _ configuration: Configuration, instance makeInstance: (Storage) throws -> any SQLInstance
    ) throws -> EmbeddedServer {
        OpenFileLimit.raise()
        let credentials = try ServerCredentials.make(configuration.encryption)
        let listener = try ListeningSocket(address: configuration.address, port: configuration.port)
        let core = try ServerCore(
            configuration: configuration, instance: try makeInstance(configuration.storage),
            tls: credentials?.contexts)
        let thread = try OperatingSystemThread(stackSize: 256 << 10) { core.acceptConnections(on: listener) }
        return EmbeddedServer(core, listener, credentials, thread)
    }

    private init(
        _ core: ServerCore, _ listener: ListeningSocket, _ credentials: ServerCredentials?,
        _ thread: OperatingSystemThread
    ) {
        configuration = core.configuration
        port = listener.port
        caFile = credentials?.caFile
        faults = core.faults
        recorder = core.recorder
        tokens = core.tokens
        plans = core.instance.provisions.plans
        dynamicViews = core.instance.provisions.dynamicViews
        self.core = core
        self.credentials = credentials
        acceptThread = Lock(thread)
    }

    deinit { stop() }

    /// A URL for `SQLServerClient` and `mssql`, with the first login, its password, and `master` as the database.
    public var url: String { url(database: "master") }

    /// A URL for `SQLServerClient` and `mssql`, with the first login and its password.
    public func url(database: String) -> String {
        let login = configuration.logins.first ?? .administrator
        var url = "mssql://\(Self.escaped(login.userName)):\(Self.escaped(login.password))@\(configuration.address)"
        url += ":\(port)/\(Self.escaped(database))"
        guard configuration.encryption.mode != .off else { return url + "?encrypt=off" }
        let mode = configuration.encryption.mode == .strict ? "strict" : "require"
        return url + "?encrypt=\(mode)" + (caFile.map { "&caFile=\(Self.escaped($0, besides: "/"))" } ?? "")
    }

    /// How many clients are connected.
    public var activeConnections: Int { core.connectionCount }

    /// Stops listening, closes all connections and the databases, and returns when all threads have ended.
    ///
    /// Running statements are stopped and their transactions rolled back. A second call does nothing.
    public func stop() {
        let thread = acceptThread.withLock { thread in
            defer { thread = nil }
            return thread
        }
        guard let thread else { return }
        core.stop()
        thread.join()
        core.instance.close()
        credentials?.removeFiles()
    }

    /// Percent-encodes everything that has a meaning in a URL.
    private static func escaped(_ text: String, besides allowed: String = "") -> String {
        let digits = Array("0123456789ABCDEF")
        return text.utf8.reduce(into: "") { result, byte in
            let character = Character(Unicode.Scalar(byte))
            if byte < 0x80, character.isLetter || character.isNumber || ("-._~!" + allowed).contains(character) {
                result.append(character)
            } else {
                result += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
            }
        }
    }
}

/// Why an embedded server could not start.
public struct EmbeddedServerError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What failed and what to do.
    public let description: String

    init(_ description: String) { self.description = description }
}
