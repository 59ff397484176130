/// What a transaction means to do.
///
/// ```swift
/// let orders = try await db.withTransaction(access: .readOnly) { transaction in
///     try await transaction.query("SELECT Id, Total FROM dbo.Orders")
/// }
/// ```
public struct SQLTransactionAccess: Sendable, Hashable {
    private let isReadOnly: Bool

    /// Reads and changes: on a connection of the client's intent.
    public static let readWrite = SQLTransactionAccess(isReadOnly: false)
    /// Reads only: a readable secondary may serve it.
    public static let readOnly = SQLTransactionAccess(isReadOnly: true)
}
