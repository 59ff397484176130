import COpenSSL

/// The owner of one private key.
@safe
struct PrivateKey: ~Copyable {
    private let pointer: OpaquePointer

    /// Takes over one reference.
    init(owning pointer: OpaquePointer) {
        unsafe self.pointer = pointer
    }

    deinit {
        unsafe EVP_PKEY_free(pointer)
    }

    /// Makes a fresh key.
    static func generate(_ kind: CertificateAuthority.KeyKind) throws(TLSError) -> PrivateKey {
        OpenSSLErrors.clear()
        let made =
            switch kind {
            case .ecP256: unsafe copenssl_generate_ec_p256_key()
            case .rsa2048: unsafe copenssl_generate_rsa_key(2048)
            }
        guard let made = unsafe made else {
            throw OpenSSLErrors.error(.configuration, "A \(kind) key could not be made")
        }
        return unsafe PrivateKey(owning: made)
    }

    /// Lends the C object to `body`, which must not free it.
    ///
    /// OpenSSL may take its own reference.
    func withPointer<Result, Failure: Error>(
        _ body: (OpaquePointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try unsafe body(pointer)
    }

    /// The unencrypted key in PEM (PKCS #8).
    func pem() throws(TLSError) -> String {
        let memory = try MemoryBIO()
        let written = unsafe memory.withPointer { bio in
            unsafe PEM_write_bio_PKCS8PrivateKey(bio, pointer, nil, nil, 0, nil, nil)
        }
        guard written == 1 else {
            throw OpenSSLErrors.error(.configuration, "A private key could not be written as PEM")
        }
        return memory.takeText()
    }
}
