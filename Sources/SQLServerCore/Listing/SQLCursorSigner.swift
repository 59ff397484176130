/// Makes cursors tamper-evident: proves messages with a key and checks the proof.
///
/// `SQLCursorKey` is the one to use; a service that keeps its keys in a hardware module conforms a type of its own:
///
/// ```swift
/// struct VaultSigner: SQLCursorSigner {
///     let vault: Vault
///     func authenticationCode(for message: [UInt8]) throws(SQLServerError) -> [UInt8] { vault.hmac(message) }
///     func isAuthentic(_ code: [UInt8], for message: [UInt8]) throws(SQLServerError) -> Bool {
///         vault.verify(code, message)    // in constant time
///     }
/// }
/// ```
public protocol SQLCursorSigner: Sendable {
    /// The bytes that only the owner of the key can make for a message; always 32.
    func authenticationCode(for message: [UInt8]) throws(SQLServerError) -> [UInt8]

    /// Whether a code is the one of a message, compared in a time that does not tell where they differ.
    func isAuthentic(_ code: [UInt8], for message: [UInt8]) throws(SQLServerError) -> Bool
}
