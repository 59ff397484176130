/// How much a transaction sees of others that run at the same time.
///
/// ```swift
/// let total = try await db.withTransaction(isolation: .snapshot) { transaction in
///     try await transaction.scalar("SELECT SUM(Balance) FROM dbo.Accounts", as: SQLDecimal?.self)
/// }
/// ```
public struct SQLIsolationLevel: Sendable, Hashable {
    let sql: String

    /// Reads rows that others have not committed.
    public static let readUncommitted = SQLIsolationLevel(sql: "READ UNCOMMITTED")
    /// Reads committed rows only.
    ///
    /// SQL Server's default.
    public static let readCommitted = SQLIsolationLevel(sql: "READ COMMITTED")
    /// Rows that were read do not change until the transaction ends.
    public static let repeatableRead = SQLIsolationLevel(sql: "REPEATABLE READ")
    /// As if transactions ran one after another.
    public static let serializable = SQLIsolationLevel(sql: "SERIALIZABLE")
    /// Reads the state at the transaction's start; a conflicting write fails with 3960.
    public static let snapshot = SQLIsolationLevel(sql: "SNAPSHOT")
}
