public import SQLServerCore

/// How a transaction is repeated after errors that pass.
///
/// ```swift
/// try await db.withTransaction(retry: .standard) { transaction in
///     try await transaction.execute("UPDATE dbo.Stock SET Amount -= \(amount) WHERE Item = \(item)")
/// }
/// ```
public struct SQLTransactionRetry: Sendable, Hashable {
    let own: SQLRetryPolicy?
    let isExactlyOnce: Bool

    /// From its beginning, by the policy of the configuration: after a deadlock, a conflict, a broken connection, a
    /// failover.
    ///
    /// Never when it is unknown whether it was committed.
    public static let standard = SQLTransactionRetry(own: nil, isExactlyOnce: false)

    /// As ``standard``, by a policy of its own.
    ///
    /// ```swift
    /// try await db.withTransaction(retry: .policy(SQLRetryPolicy(maximumAttempts: 3))) { transaction in
    ///     try await transaction.execute("DELETE dbo.Carts WHERE Id = \(id)")
    /// }
    /// ```
    public static func policy(_ policy: SQLRetryPolicy) -> SQLTransactionRetry {
        SQLTransactionRetry(own: policy, isExactlyOnce: false)
    }

    /// As ``standard``, and also when a COMMIT got no answer, without ever doing the work twice.
    ///
    /// The transaction writes a marker row first. After a lost answer the marker is looked for on another connection,
    /// which waits until the old transaction has ended: a committed one gives the result, one that was not committed runs
    /// again. It costs one more round trip, needs ``SQLServerClient/prepareExactlyOnce()``, and a table with an enforced
    /// key, which Fabric Warehouse does not have.
    public static let exactlyOnce = SQLTransactionRetry(own: nil, isExactlyOnce: true)

    /// As ``exactlyOnce``, by a policy of its own.
    ///
    /// ```swift
    /// let patient = SQLTransactionRetry.exactlyOnce(SQLRetryPolicy(maximumAttempts: 10))
    /// ```
    public static func exactlyOnce(_ policy: SQLRetryPolicy) -> SQLTransactionRetry {
        SQLTransactionRetry(own: policy, isExactlyOnce: true)
    }
}
