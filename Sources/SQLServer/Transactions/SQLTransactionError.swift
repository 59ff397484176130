public import SQLServerCore

/// A transaction's body failed, and then the rollback failed too.
///
/// ```swift
/// do {
///     try await db.withTransaction { try await $0.execute("DELETE dbo.Carts WHERE Id = \(id)") }
/// } catch let error as SQLTransactionError {
///     print(error.cause, error.rollbackError.message)
/// }
/// ```
public struct SQLTransactionError: Error, CustomStringConvertible {
    /// What the body threw.
    public let cause: any Error
    /// Why the rollback failed.
    public let rollbackError: SQLServerError

    /// Both failures.
    public var description: String { "\(cause); and the rollback failed: \(rollbackError)" }
}
