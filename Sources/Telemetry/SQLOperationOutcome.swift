public import SQLServerCore

/// How an operation ended.
///
/// ```swift
/// func end(_ operation: SQLOperation, _ outcome: SQLOperationOutcome, token: (any Sendable)?) {
///     if outcome.isFailure { print(operation.kind, "failed after", outcome.duration, outcome.error?.number ?? 0) }
/// }
/// ```
public struct SQLOperationOutcome: Sendable {
    /// From its begin to its end, waiting for a connection included.
    public let duration: Duration
    /// Why it failed; nil when it did not.
    ///
    /// An error that is not of this library, such as one that the body of a transaction threw, is not told.
    public let error: SQLServerError?
    /// Whether it ended without its result: by an error of any kind.
    public let isFailure: Bool
    /// Rows that came to the client; nil for operations that return none (`db.response.returned_rows`).
    public let returnedRows: Int?
    /// Rows changed by the last statement that counted, or loaded by a bulk copy; nil when nobody knows.
    public let affectedRows: Int?
    /// Whether a stream was left before its last row.
    public let wasLeftEarly: Bool

    /// An outcome with its fields.
    ///
    /// ```swift
    /// let outcome = SQLOperationOutcome(duration: .milliseconds(12), returnedRows: 3)    // to test a sink
    /// ```
    public init(
        duration: Duration, error: SQLServerError? = nil, isFailure: Bool? = nil, returnedRows: Int? = nil,
        affectedRows: Int? = nil, wasLeftEarly: Bool = false
    ) {
        self.duration = duration
        self.error = error
        self.isFailure = isFailure ?? (error != nil)
        self.returnedRows = returnedRows
        self.affectedRows = affectedRows
        self.wasLeftEarly = wasLeftEarly
    }
}
