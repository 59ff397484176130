public import SQLServerCore
import TLS

/// The secret with which cursors of pages are made tamper-evident: HMAC with SHA-256.
///
/// All instances of a service share it; keep it where passwords are kept. With a new key, give the one before as
/// `previous` for as long as its cursors are in use.
///
/// ```swift
/// let key = try SQLCursorKey(secret, previous: [lastYears])
/// let page = try SQLKeysetPage(order: order, filter: filter, size: 50, after: cursor, signer: key)
/// ```
public struct SQLCursorKey: SQLCursorSigner {
    /// The smallest key, as long as the digest (RFC 2104, section 3): 32 bytes.
    public static let minimumLength = 32

    private let keys: [[UInt8]]

    /// A key of random bytes, not of a password.
    ///
    /// ```swift
    /// let key = try SQLCursorKey([UInt8](Data(contentsOf: keyFile)))    // made by: openssl rand -out cursor.key 32
    /// ```
    ///
    /// - Parameters:
    ///   - key: The key that new cursors get.
    ///   - previous: Older keys whose cursors are still taken.
    /// - Throws: `configuration` when a key has fewer than ``minimumLength`` bytes.
    public init(_ key: [UInt8], previous: [[UInt8]] = []) throws(SQLServerError) {
        keys = [key] + previous
        guard keys.allSatisfy({ $0.count >= Self.minimumLength }) else {
            throw SQLServerError(
                .configuration,
                "a cursor key has at least \(Self.minimumLength) random bytes, "
                    + "as `openssl rand 32` makes them")
        }
    }

    /// The 32 bytes that prove a message to whoever has the key.
    public func authenticationCode(for message: [UInt8]) throws(SQLServerError) -> [UInt8] {
        try code(for: message, key: keys[0])
    }

    /// Whether a code was made for a message with this key or a previous one; compared in constant time.
    public func isAuthentic(_ code: [UInt8], for message: [UInt8]) throws(SQLServerError) -> Bool {
        var isAuthentic = false
        for key in keys {
            let expected = try self.code(for: message, key: key)
            // All keys are tried whatever the first one says.
            isAuthentic = MessageAuthentication.areEqual(code, expected) || isAuthentic
        }
        return isAuthentic
    }

    private func code(for message: [UInt8], key: [UInt8]) throws(SQLServerError) -> [UInt8] {
        guard let code = MessageAuthentication.code(for: message, key: key) else {
            throw SQLServerError(.unsupported, "OpenSSL on this machine does not offer HMAC with SHA-256")
        }
        return code
    }
}

extension SQLCursorKey: CustomStringConvertible, CustomReflectable {
    /// Always `<redacted>`.
    public var description: String { "<redacted>" }
    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
