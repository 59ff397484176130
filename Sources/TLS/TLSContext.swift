import COpenSSL

/// What many sessions share: certificates, trust, versions. Made once, used from any thread.
///
/// ```swift
/// let context = try TLSContext(server: .inBand(identity: identity))
/// let session = try context.makeServerSession()
/// ```
// Sendable: nothing is changed after init, and OpenSSL allows SSL_new on one SSL_CTX from many threads
// (its reference count is atomic).
@safe
package final class TLSContext: @unchecked Sendable {
    private let pointer: OpaquePointer
    private let protocols: ApplicationProtocols?
    /// The client's settings; nil in a server's context.
    let client: TLSClientConfiguration?

    /// A server's context.
    ///
    /// - Throws: ``TLSError`` when the certificate or key cannot be read, or do not belong together.
    package init(server configuration: TLSServerConfiguration) throws(TLSError) {
        OpenSSLErrors.clear()
        protocols = try ApplicationProtocols.make(configuration.applicationProtocols)
        client = nil
        unsafe pointer = unsafe try Self.makePointer(TLS_server_method())
        try setVersions(configuration.versions)
        try use(configuration.identity)
        copyProtocols()
        OpenSSLErrors.clear()
    }

    /// A client's context.
    ///
    /// - Throws: ``TLSError`` when the CA certificates cannot be read.
    package init(client configuration: TLSClientConfiguration) throws(TLSError) {
        OpenSSLErrors.clear()
        let offered = try ApplicationProtocols.wireForm(of: configuration.applicationProtocols)
        protocols = nil
        client = configuration
        unsafe pointer = unsafe try Self.makePointer(TLS_client_method())
        try setVersions(configuration.versions)
        try setTrust(configuration.trust)
        if !offered.isEmpty {
            let failed = unsafe SSL_CTX_set_alpn_protos(pointer, offered, UInt32(offered.count)) != 0
            guard !failed else {
                throw OpenSSLErrors.error(.configuration, "The application protocols cannot be offered")
            }
        }
        OpenSSLErrors.clear()
    }

    deinit {
        unsafe SSL_CTX_free(pointer)
    }

    /// Lends the C object to `body`, which must not free it.
    func withPointer<Result, Failure: Error>(
        _ body: (OpaquePointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try unsafe body(pointer)
    }

    private static func makePointer(_ method: OpaquePointer?) throws(TLSError) -> OpaquePointer {
        guard let pointer = unsafe SSL_CTX_new(method) else {
            throw OpenSSLErrors.error(.configuration, "OpenSSL cannot make a TLS context")
        }
        unsafe copenssl_ctx_disable_session_cache(pointer)
        unsafe copenssl_ctx_release_buffers(pointer)
        // Without tickets a server never sends on its own after the handshake, which TDS clients do not expect.
        unsafe copenssl_ctx_refuse_extras(pointer)
        return unsafe pointer
    }

    private func setVersions(_ versions: ClosedRange<TLSVersion>) throws(TLSError) {
        let minimum = unsafe copenssl_ctx_set_min_version(pointer, versions.lowerBound.wireValue)
        let maximum = unsafe copenssl_ctx_set_max_version(pointer, versions.upperBound.wireValue)
        guard minimum == 1, maximum == 1 else {
            throw OpenSSLErrors.error(.configuration, "The TLS versions \(versions) are not available")
        }
    }

    private func copyProtocols() {
        switch protocols {
        case .none: break
        case .some(let list): unsafe list.install(in: pointer)
        }
    }
}

// MARK: - Server

extension TLSContext {
    private func use(_ identity: TLSIdentity) throws(TLSError) {
        let key = try PEM.privateKey(in: identity.privateKeyPEM)
        var isFirst = true
        try PEM.forEachCertificate(in: identity.certificateChainPEM, "The server's certificate chain") {
            (certificate) throws(TLSError) in
            let added = unsafe certificate.withPointer { certificate in
                isFirst
                    ? unsafe SSL_CTX_use_certificate(pointer, certificate)
                    : unsafe copenssl_ctx_add_chain_certificate(pointer, certificate)
            }
            isFirst = false
            guard added == 1 else {
                throw OpenSSLErrors.error(.configuration, "The server's certificate cannot be used")
            }
        }
        let used = unsafe key.withPointer { key in unsafe SSL_CTX_use_PrivateKey(pointer, key) }
        guard used == 1, unsafe SSL_CTX_check_private_key(pointer) == 1 else {
            throw OpenSSLErrors.error(
                .configuration,
                "The private key does not belong to the server's certificate (the first one of the chain)")
        }
    }
}

// MARK: - Client

extension TLSContext {
    private func setTrust(_ trust: TLSClientConfiguration.Trust) throws(TLSError) {
        unsafe SSL_CTX_set_verify(pointer, trust == .trustServerCertificate ? SSL_VERIFY_NONE : SSL_VERIFY_PEER, nil)
        switch trust {
        case .trustServerCertificate:
            break
        case .systemRoots:
            guard unsafe SSL_CTX_set_default_verify_paths(pointer) == 1 else {
                throw OpenSSLErrors.error(.configuration, "The system's CA certificates cannot be read")
            }
        case .file(let path):
            guard !path.utf8.contains(0), unsafe SSL_CTX_load_verify_file(pointer, path) == 1 else {
                throw OpenSSLErrors.error(.configuration, "The CA file '\(path)' cannot be used")
            }
        case .pem(let text):
            try addAuthorities(text)
        }
    }

    private func addAuthorities(_ text: String) throws(TLSError) {
        let store = unsafe SSL_CTX_get_cert_store(pointer)
        try PEM.forEachCertificate(in: text, "The CA text") { (certificate) throws(TLSError) in
            let added = unsafe certificate.withPointer { certificate in unsafe X509_STORE_add_cert(store, certificate) }
            guard added == 1 else {
                throw OpenSSLErrors.error(.configuration, "A CA certificate cannot be used")
            }
        }
    }
}
