/// Something that a client does, as observers see it: opening a connection, a statement, a transaction.
///
/// Holds the text of statements with the names of their parameters, never a value or a secret.
///
/// ```swift
/// func begin(_ operation: SQLOperation) -> (any Sendable)? {
///     print(operation.kind, operation.text ?? "-")    // statement SELECT Name FROM dbo.Users WHERE Id = @p1
///     return nil
/// }
/// ```
public struct SQLOperation: Sendable {
    /// What is done.
    ///
    /// An open set: later versions add kinds.
    ///
    /// ```swift
    /// let isSlow = operation.kind != .stream && outcome.duration > .seconds(1)
    /// ```
    public struct Kind: Sendable, Hashable, CustomStringConvertible {
        /// The name, such as `statement`.
        public let description: String

        /// A kind with its name.
        ///
        /// ```swift
        /// let migration = SQLOperation.Kind("migration")
        /// ```
        public init(_ description: String) { self.description = description }

        /// A physical connection is opened and logged in.
        public static let connect = Kind("connect")
        /// A batch or a statement with parameters, read to its end.
        public static let statement = Kind("statement")
        /// A statement whose rows are read one after another; it ends with the last row, or when the loop is left.
        public static let stream = Kind("stream")
        /// A stored procedure.
        public static let procedure = Kind("procedure")
        /// A transaction, from BEGIN to the answer of COMMIT or ROLLBACK.
        public static let transaction = Kind("transaction")
        /// A bulk copy.
        public static let bulkCopy = Kind("bulkCopy")
    }

    /// What is done.
    public let kind: Kind
    /// The host of the server as the configuration names it (`server.address`).
    public let host: String
    /// The port of the server (`server.port`).
    public let port: Int
    /// The database of the configuration; nil for the login's default (`db.namespace`).
    public let database: String?
    /// The SQL text with names in the places of values, or the name of a procedure or table; nil when there is none
    /// (`db.query.text`).
    public let text: String?

    /// An operation with its fields.
    ///
    /// ```swift
    /// let login = SQLOperation(kind: .connect, host: "db.example.com", port: 1433, database: nil)    // to test a sink
    /// ```
    public init(kind: Kind, host: String, port: Int, database: String?, text: String? = nil) {
        self.kind = kind
        self.host = host
        self.port = port
        self.database = database
        self.text = text
    }
}
