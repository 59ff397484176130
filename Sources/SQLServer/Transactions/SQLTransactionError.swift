public import SQLServerCore

/// A transaction's body failed, and then the rollback failed too.
public struct SQLTransactionError: Error, CustomStringConvertible {
    /// What the body threw.
    public let cause: any Error
    /// Why the rollback failed.
    public let rollbackError: SQLServerError

    /// Both failures.
    public var description: String { "\(cause); and the rollback failed: \(rollbackError)" }
}
