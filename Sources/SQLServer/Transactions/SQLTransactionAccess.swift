/// What a transaction means to do.
public struct SQLTransactionAccess: Sendable, Hashable {
    private let isReadOnly: Bool

    /// Reads and changes: on a connection of the client's intent.
    public static let readWrite = SQLTransactionAccess(isReadOnly: false)
    /// Reads only: a readable secondary may serve it.
    public static let readOnly = SQLTransactionAccess(isReadOnly: true)
}
