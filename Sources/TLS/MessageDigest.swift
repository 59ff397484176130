import COpenSSL

/// Digests of bytes.
package enum MessageDigest: Sendable {
    case md5, sha1, sha256, sha512

    /// The digest of `bytes`; nil when OpenSSL does not offer it, as MD5 in FIPS mode.
    package func digest(of bytes: [UInt8]) -> [UInt8]? {
        OpenSSLErrors.clear()
        let algorithm = unsafe self.algorithm
        var result = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var length: UInt32 = 0
        let done = unsafe EVP_Digest(bytes, bytes.count, &result, &length, algorithm, nil)
        guard done == 1 else {
            _ = OpenSSLErrors.take()
            return nil
        }
        return Array(result.prefix(Int(length)))
    }

    private var algorithm: OpaquePointer? {
        switch self {
        case .md5: unsafe EVP_md5()
        case .sha1: unsafe EVP_sha1()
        case .sha256: unsafe EVP_sha256()
        case .sha512: unsafe EVP_sha512()
        }
    }
}
