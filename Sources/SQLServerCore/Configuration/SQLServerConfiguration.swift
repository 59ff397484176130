public import SQLValues

/// How to reach a server: address, login, encryption, time limits and pool.
///
/// Make one from a URL or an ADO.NET connection string, or field by field:
///
/// ```swift
/// let fromURL = try SQLServerConfiguration(url: "mssql://app:secret@db.example.com/shop?encrypt=strict")
/// let fromString = try SQLServerConfiguration(connectionString: "Server=localhost;Database=shop;UID=app;PWD=secret")
/// var fromFields = SQLServerConfiguration(host: "localhost", database: "shop", userName: "app", password: secret)
/// fromFields.trustServerCertificate = true
/// ```
///
/// Connections are encrypted and the certificate is checked unless you say otherwise. The password never appears in
/// descriptions, dumps or errors.
public struct SQLServerConfiguration: Sendable, Hashable {
    /// How much of the connection is encrypted.
    ///
    /// ```swift
    /// configuration.encryption = .strict
    /// ```
    public enum Encryption: String, Sendable, Hashable, CaseIterable {
        /// Nothing, not even the login: for servers on this machine that have no certificate.
        case off
        /// The login only, unless the server demands more. SqlClient's `Encrypt=Optional`.
        case request
        /// Everything, with the certificate checked. SqlClient's `Encrypt=Mandatory`, and the default.
        case require
        /// Everything, with TLS before the first byte of TDS (TDS 8.0). SqlClient's `Encrypt=Strict`.
        case strict
    }

    /// What an application does with the database, for availability groups that route readers elsewhere.
    ///
    /// ```swift
    /// configuration.applicationIntent = .readOnly
    /// ```
    public enum ApplicationIntent: String, Sendable, Hashable, CaseIterable {
        /// Reads and writes. The default.
        case readWrite = "ReadWrite"
        /// Only reads, so that a readable secondary may answer.
        case readOnly = "ReadOnly"
    }

    /// The code that speaks to the server.
    ///
    /// ```swift
    /// configuration.engine = .freeTDS
    /// ```
    public enum Engine: String, Sendable, Hashable, CaseIterable {
        /// The best engine that there is: FreeTDS in this version.
        case automatic
        /// FreeTDS, or an error that names what it lacks.
        case freeTDS = "freetds"
        /// The native engine, which this version does not have: a client fails with `unsupported`.
        case native
    }

    /// The server's name or address; an IPv6 address without brackets.
    public var host: String
    /// The TCP port.
    public var port: Int
    /// The name of the instance behind the port, which is told to the server but never looked up.
    public var instanceName: String?
    /// The database to start in; nil for the default database of the login.
    public var database: String?
    /// The login's name.
    public var userName: String
    /// The login's password.
    public var password: SQLSecret
    /// The name of this application, which the server shows to its administrator.
    public var applicationName: String
    /// The name of this machine, which the server shows to its administrator; nil for the host name.
    public var workstationID: String?
    /// The language of the session's messages and date formats; nil for the default of the login.
    public var language: String?
    /// The code page of the database's default collation, to which the server converts `char`, `varchar` and `text`
    /// parameters; nil to ask the server when a connection first sends such a text with characters beyond ASCII.
    ///
    /// A character that it lacks is an `encoding` error before the statement is sent.
    public var codePage: SQLCodePage?
    /// How much of the connection is encrypted.
    public var encryption: Encryption
    /// Accepts any certificate.
    ///
    /// Anyone on the way can then read and change everything: for development only.
    public var trustServerCertificate: Bool
    /// The path of a PEM file with the authorities to trust instead of the system's.
    public var caFile: String?
    /// The name that the certificate must carry, when it is not ``host``.
    public var hostNameInCertificate: String?
    /// How long connecting and logging in may take.
    public var connectTimeout: Duration
    /// How long a statement may take before it is cancelled; nil for no limit.
    public var commandTimeout: Duration?
    /// How long the server may take to acknowledge that a statement was cancelled, before its connection is closed.
    ///
    /// The caller does not wait for it.
    public var cancelTimeout: Duration
    /// The size of network packets to ask for, in bytes: 512 to 32,767 (MS-TDS 2.2.6.4).
    public var packetSize: Int
    /// What the application does with the database.
    public var applicationIntent: ApplicationIntent
    /// The code that speaks to the server.
    public var engine: Engine
    /// How often and after which waits connecting is repeated, and whatever else says that it may be: statements
    /// (``SQLCallOptions/retry``) and whole transactions.
    ///
    /// It has no keyword in URLs and connection strings. ``SQLRetryPolicy/none`` repeats nothing.
    public var retryPolicy = SQLRetryPolicy.standard
    /// What keeps many callers from becoming a storm: the budget of retries, the circuit breaker, the adaptive limit.
    public var resilience = SQLResilienceOptions()
    /// The number of connections the pool keeps open when idle.
    ///
    /// This version opens connections when they are needed: a client with more than 0 fails with `unsupported`.
    public var minimumPoolSize: Int
    /// The most connections the pool opens at a time.
    public var maximumPoolSize: Int

    /// A configuration from its fields.
    ///
    /// Wrong values are found by ``validate()``, which connecting calls.
    ///
    /// ```swift
    /// let configuration = SQLServerConfiguration(
    ///     host: "db.example.com", database: "shop", userName: "app", password: secret, commandTimeout: .seconds(5))
    /// ```
    public init(
        host: String,
        port: Int = 1433,
        instanceName: String? = nil,
        database: String? = nil,
        userName: String = "",
        password: SQLSecret = "",
        applicationName: String = "swift-sqlserver",
        workstationID: String? = nil,
        language: String? = nil,
        codePage: SQLCodePage? = nil,
        encryption: Encryption = .require,
        trustServerCertificate: Bool = false,
        caFile: String? = nil,
        hostNameInCertificate: String? = nil,
        connectTimeout: Duration = .seconds(15),
        commandTimeout: Duration? = .seconds(30),
        cancelTimeout: Duration = .seconds(5),
        packetSize: Int = 16_000,
        applicationIntent: ApplicationIntent = .readWrite,
        engine: Engine = .automatic,
        minimumPoolSize: Int = 0,
        maximumPoolSize: Int = 100
    ) {
        self.host = host
        self.port = port
        self.instanceName = instanceName
        self.database = database
        self.userName = userName
        self.password = password
        self.applicationName = applicationName
        self.workstationID = workstationID
        self.language = language
        self.codePage = codePage
        self.encryption = encryption
        self.trustServerCertificate = trustServerCertificate
        self.caFile = caFile
        self.hostNameInCertificate = hostNameInCertificate
        self.connectTimeout = connectTimeout
        self.commandTimeout = commandTimeout
        self.cancelTimeout = cancelTimeout
        self.packetSize = packetSize
        self.applicationIntent = applicationIntent
        self.engine = engine
        self.minimumPoolSize = minimumPoolSize
        self.maximumPoolSize = maximumPoolSize
    }

    /// A configuration from a `mssql://` URL or from an ADO.NET connection string, whichever the text is.
    ///
    /// ```swift
    /// let configuration = try SQLServerConfiguration(ProcessInfo.processInfo.environment["DATABASE"] ?? "")
    /// ```
    ///
    /// - Parameter text: A text that begins with a scheme and `://` is read as a URL, any other as a connection string.
    /// - Throws: A ``SQLServerError`` with the code `configuration` that names the part that is wrong.
    public init(_ text: String) throws(SQLServerError) {
        let scheme = text.drop(while: \.isWhitespace).prefix { $0.isLetter || $0.isNumber || "+-.".contains($0) }
        if !scheme.isEmpty, text[scheme.endIndex...].hasPrefix("://") {
            try self.init(url: text)
        } else {
            try self.init(connectionString: text)
        }
    }
}

extension SQLServerConfiguration: CustomStringConvertible, CustomDebugStringConvertible {
    /// The address, the login and the encryption; never the password.
    public var description: String {
        let address = host.contains(":") ? "[\(host)]" : host
        let login = userName.isEmpty ? "" : "\(userName)@"
        let place = database.map { "/\($0)" } ?? ""
        return "\(login)\(address):\(port)\(place) (encrypt: \(encryption.rawValue), engine: \(engine.rawValue))"
    }

    /// The same as ``description``.
    public var debugDescription: String { description }
}
