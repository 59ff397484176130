/// Whether a statement is repeated after an error that passes.
///
/// ```swift
/// let open = try await db.query("SELECT Id FROM dbo.Orders WHERE Sent IS NULL", options: .retry(.idempotent))
/// ```
public struct SQLStatementRetry: Sendable, Hashable {
    private let isIdempotent: Bool
    private let own: SQLRetryPolicy?

    /// Not repeated: every error reaches the caller.
    ///
    /// The default.
    public static let never = SQLStatementRetry(isIdempotent: false, own: nil)

    /// Doing it twice is the same as doing it once, so it is repeated by the policy of the configuration, also when the
    /// connection broke and nobody knows whether it was done.
    ///
    /// A query is idempotent, and so is `SET Price = 5`; `SET Stock -= 1` and an INSERT without a key are not.
    public static let idempotent = SQLStatementRetry(isIdempotent: true, own: nil)

    /// As ``idempotent``, by a policy of its own.
    ///
    /// ```swift
    /// let patient = SQLCallOptions.retry(.idempotent(SQLRetryPolicy(maximumAttempts: 10)))
    /// ```
    public static func idempotent(_ policy: SQLRetryPolicy) -> SQLStatementRetry {
        SQLStatementRetry(isIdempotent: true, own: policy)
    }

    /// The policy to repeat by, given that of the configuration; nil when the statement is not repeated.
    package func policy(_ standard: SQLRetryPolicy) -> SQLRetryPolicy? { isIdempotent ? own ?? standard : nil }

    /// Whether the statement may be repeated at all.
    package var isAllowed: Bool { isIdempotent }
}
