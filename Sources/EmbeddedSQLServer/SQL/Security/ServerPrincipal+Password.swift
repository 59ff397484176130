import TLS

extension ServerPrincipal.Password {
    /// Salts and hashes a password.
    init(_ text: String) throws {
        let salt = try PasswordDigest.salt()
        self.init(salt: salt, digest: try Self.digest(text, salt))
    }

    /// Whether this is the password; passwords compare exactly.
    func matches(_ text: String) throws -> Bool { PasswordDigest.areEqual(digest, try Self.digest(text, salt)) }

    private static func digest(_ text: String, _ salt: [UInt8]) throws -> [UInt8] {
        try PasswordDigest.digest(of: text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }, salt: salt)
    }
}
