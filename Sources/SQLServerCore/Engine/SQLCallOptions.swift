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
    public var timeout: Duration?

    /// Called for each message of the server, such as PRINT and RAISERROR WITH NOWAIT, as soon as it comes.
    ///
    /// It runs on the connection's thread and holds up the response while it does.
    public var onMessage: (@Sendable (SQLServerMessage) -> Void)?

    /// Options with their fields.
    ///
    /// ```swift
    /// let options = SQLCallOptions(timeout: .seconds(90)) { print($0.text) }
    /// ```
    public init(timeout: Duration? = nil, onMessage: (@Sendable (SQLServerMessage) -> Void)? = nil) {
        self.timeout = timeout
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

    /// A listener for the messages of this call.
    ///
    /// ```swift
    /// try await db.execute("EXEC dbo.Rebuild", options: .onMessage { print($0.text) })
    /// ```
    public static func onMessage(_ listener: @escaping @Sendable (SQLServerMessage) -> Void) -> SQLCallOptions {
        SQLCallOptions(onMessage: listener)
    }
}
