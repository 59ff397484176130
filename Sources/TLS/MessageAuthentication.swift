import COpenSSL

/// Keyed digests of messages: HMAC with SHA-256 (RFC 2104), which only the owner of the key can make.
package enum MessageAuthentication {
    /// The 32 bytes that prove a message to whoever has the key; nil when OpenSSL does not offer them.
    package static func code(for message: [UInt8], key: [UInt8]) -> [UInt8]? {
        OpenSSLErrors.clear()
        var result = [UInt8](repeating: 0, count: 32)
        var length: UInt32 = 0
        let made = unsafe HMAC(
            EVP_sha256(), key, Int32(key.count), message, message.count, &result, &length)
        guard unsafe made != nil, length == 32 else {
            _ = OpenSSLErrors.take()
            return nil
        }
        return result
    }

    /// Whether two codes are equal, in a time that does not tell where they differ.
    package static func areEqual(_ first: [UInt8], _ second: [UInt8]) -> Bool {
        guard first.count == second.count else { return false }
        return unsafe CRYPTO_memcmp(first, second, first.count) == 0
    }
}
