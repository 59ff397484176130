import COpenSSL

/// Salted digests of passwords, made and compared with OpenSSL (PBKDF2 with HMAC-SHA-512, RFC 8018).
package enum PasswordDigest {
    /// Enough to slow down guessing a little, and few enough for a thousand logins at once.
    private static let rounds: Int32 = 1_000
    private static let length = 64

    /// Random bytes, a new salt for each password.
    package static func salt() throws(TLSError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 16)
        guard unsafe RAND_bytes(&bytes, Int32(bytes.count)) == 1 else {
            throw OpenSSLErrors.error(.configuration, "No random bytes for a password's salt")
        }
        return bytes
    }

    /// The digest of a password.
    package static func digest(of password: [UInt8], salt: [UInt8]) throws(TLSError) -> [UInt8] {
        var result = [UInt8](repeating: 0, count: length)
        let characters = password.map { CChar(bitPattern: $0) }
        let made = unsafe PKCS5_PBKDF2_HMAC(
            characters, Int32(characters.count), salt, Int32(salt.count), rounds, EVP_sha512(), Int32(length), &result)
        guard made == 1 else { throw OpenSSLErrors.error(.configuration, "A password's digest could not be made") }
        return result
    }

    /// Whether two digests are equal, in a time that does not tell where they differ.
    package static func areEqual(_ first: [UInt8], _ second: [UInt8]) -> Bool {
        guard first.count == second.count else { return false }
        return zip(first, second).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
