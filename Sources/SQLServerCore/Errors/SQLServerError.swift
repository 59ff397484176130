/// Why a call failed: one error type for connecting, statements, decoding and configuration.
///
/// ``code`` says what kind of failure it is; ``messages`` holds everything the server said, in order, also the
/// information messages before the error. Values of parameters and secrets are never part of it.
///
/// ```swift
/// do {
///     try await db.execute("INSERT dbo.Users (Email) VALUES (\(email))")
/// } catch let error as SQLServerError where error.number == 2627 {
///     throw Conflict("this e-mail address is taken")
/// }
/// ```
public struct SQLServerError: Error, Sendable {
    /// What kind of failure it is.
    ///
    /// An open set: later versions add codes.
    ///
    /// ```swift
    /// let isCallersFault = [.invalidRequest, .invalidCursor, .expiredCursor].contains(error.code)
    /// let status = isCallersFault ? 400 : 500
    /// ```
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        /// The name of the code, such as `connectionFailed`.
        public let description: String

        package init(_ name: String) { description = name }

        /// A connection string, URL or configuration is wrong; nothing was sent.
        public static let configuration = Code("configuration")
        /// The server cannot be reached, is not a SQL Server, or closed the connection before login.
        public static let connectionFailed = Code("connectionFailed")
        /// The certificate or the encryption of the server was refused.
        public static let tlsFailed = Code("tlsFailed")
        /// The server refused the login: wrong password, unknown database, no right to connect.
        public static let loginFailed = Code("loginFailed")
        /// The connection broke.
        ///
        /// What a running statement did is unknown.
        public static let connectionLost = Code("connectionLost")
        /// It is unknown whether a transaction was committed: its COMMIT got no answer.
        ///
        /// Look at the data before repeating the transaction.
        public static let commitOutcomeUnknown = Code("commitOutcomeUnknown")
        /// The server reported an error (severity 11 or more).
        public static let server = Code("server")
        /// A value cannot be sent: text that is not Unicode, a number that no SQL type holds.
        public static let encoding = Code("encoding")
        /// What a caller of your API asked for is not allowed or ill-formed: a filter, an order, a page.
        ///
        /// An HTTP service answers 400 with the message, which holds no values.
        public static let invalidRequest = Code("invalidRequest")
        /// A cursor was damaged or made up, or belongs to another list, order or filter.
        public static let invalidCursor = Code("invalidCursor")
        /// A cursor is too old: begin again with the first page.
        public static let expiredCursor = Code("expiredCursor")
        /// A column's value does not fit the Swift type that was asked for.
        public static let decoding = Code("decoding")
        /// The time limit of the call passed.
        public static let timeout = Code("timeout")
        /// The task was cancelled.
        public static let cancelled = Code("cancelled")
        /// The engine or the server lacks what the call needs; the message names it.
        public static let unsupported = Code("unsupported")
        /// The library was used in a way it does not allow, such as a connection outside its scope.
        public static let misuse = Code("misuse")
        /// The pool has no free connection and none came back in time.
        public static let poolTimeout = Code("poolTimeout")
        /// The server did not answer many calls in a row, so this one was refused without asking it.
        ///
        /// An HTTP service answers 503. See ``SQLResilienceOptions/circuitBreaker``.
        public static let serverUnavailable = Code("serverUnavailable")
        /// The client was shut down.
        public static let closed = Code("closed")
        /// The server sent bytes that no server may send.
        public static let protocolViolation = Code("protocolViolation")
    }

    /// What kind of failure it is.
    public let code: Code
    /// What failed, with what, and what to do.
    public let message: String
    /// Everything the server said during the call, in order.
    public let messages: [SQLServerMessage]
    /// The SQL text of the statement, with parameter names instead of values; nil when no statement ran.
    public let query: String?

    /// An error with its fields.
    ///
    /// ```swift
    /// throw SQLServerError(.invalidRequest, "the month is a number from 1 to 12")
    /// ```
    public init(_ code: Code, _ message: String, messages: [SQLServerMessage] = [], query: String? = nil) {
        self.code = code
        self.message = message
        self.messages = messages
        self.query = query
    }

    /// This error with the text of the statement that failed.
    @usableFromInline
    package func during(query: String) -> SQLServerError {
        SQLServerError(code, message, messages: messages, query: self.query ?? query)
    }
}

extension SQLServerError {
    /// The failure that a list of server messages tells: its first error is the cause, the rest are consequences.
    package static func server(_ messages: [SQLServerMessage], query: String? = nil) -> SQLServerError {
        let cause = messages.first(where: \.isError) ?? messages.last
        return SQLServerError(.server, cause?.description ?? "unknown error", messages: messages, query: query)
    }

    /// The first message of severity 11 or more: the cause.
    public var cause: SQLServerMessage? { messages.first(where: \.isError) }
    /// The number of the cause, such as 2627; nil when the server sent no error.
    public var number: Int? { cause?.number }
    /// The state of the cause.
    public var state: Int? { cause?.state }
    /// The severity of the cause.
    public var severity: Int? { cause?.severity }
    /// The line of the cause within the batch or procedure, from 1.
    public var line: Int? { cause?.line }
    /// The procedure of the cause; nil outside a procedure.
    public var procedure: String? { cause?.procedure }
}

extension SQLServerError: CustomStringConvertible {
    /// The code, the message and the statement, for logs.
    ///
    /// Holds no parameter values.
    public var description: String {
        let statement = query.map { "\n  in: \($0)" } ?? ""
        return "\(code): \(message)\(statement)"
    }
}
