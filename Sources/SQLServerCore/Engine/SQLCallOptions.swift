/// What a caller may ask of one call, beside the query itself.
///
/// ```swift
/// let rows = try await db.query("SELECT Name FROM dbo.Users", options: .timeout(.milliseconds(200)))
/// ```
public struct SQLCallOptions: Sendable {
    /// How long the call may wait for the server; nil for the `commandTimeout` of the configuration.
    ///
    /// At the limit the caller gets an error with the code `timeout`; the statement is cancelled behind it. For a
    /// stream it is the limit of each wait for rows, so that a slow loop costs nothing.
    ///
    /// A statement that is repeated has it for each attempt.
    public var timeout: Duration?

    /// Whether the call is repeated after an error that passes.
    ///
    /// A client repeats it on another connection when the error asks for one. A connection that is lent repeats it only
    /// after errors that need no other connection, and never inside a transaction, which goes as a whole. A stream is
    /// never repeated, because its rows have been seen: asking for it is `misuse`. See docs/resilience.md.
    public var retry: SQLStatementRetry

    /// Called for each message of the server, such as PRINT and RAISERROR WITH NOWAIT, as soon as it comes.
    ///
    /// It runs on the connection's thread and holds up the response while it does.
    public var onMessage: (@Sendable (SQLServerMessage) -> Void)?

    /// Options with their fields.
    ///
    /// ```swift
    /// let options = SQLCallOptions(timeout: .seconds(90)) { print($0.text) }
    /// ```
    public init(
        timeout: Duration? = nil, retry: SQLStatementRetry = .never,
        onMessage: (@Sendable (SQLServerMessage) -> Void)? = nil
    ) {
        self.timeout = timeout
        self.retry = retry
        self.onMessage = onMessage
    }

    /// Nothing special.
    public static var standard: SQLCallOptions { SQLCallOptions() }

    /// A time limit for this call.
    ///
    /// ```swift
    /// try await db.execute("EXEC dbo.Refresh", options: .timeout(.seconds(90)))
    /// ```
    public static func timeout(_ limit: Duration) -> SQLCallOptions { SQLCallOptions(timeout: limit) }

    /// Whether this call is repeated after an error that passes.
    ///
    /// ```swift
    /// let open = try await db.query("SELECT Id FROM dbo.Orders WHERE Sent IS NULL", options: .retry(.idempotent))
    /// ```
    public static func retry(_ retry: SQLStatementRetry) -> SQLCallOptions { SQLCallOptions(retry: retry) }

    /// A listener for the messages of this call.
    ///
    /// ```swift
    /// try await db.execute("EXEC dbo.Rebuild", options: .onMessage { print($0.text) })
    /// ```
    public static func onMessage(_ listener: @escaping @Sendable (SQLServerMessage) -> Void) -> SQLCallOptions {
        SQLCallOptions(onMessage: listener)
    }

    /// The same options for one attempt.
    package var once: SQLCallOptions {
        var copy = self
        copy.retry = .never
        return copy
    }
}
