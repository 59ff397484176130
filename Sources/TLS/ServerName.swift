import COpenSSL

/// The server that a client means to reach, and the name its certificate must carry.
struct ServerName {
    /// Sent to the server (SNI, RFC 6066); nil for an IP address.
    private let indicatedName: String?
    /// What the certificate must carry; nil when it is not checked.
    let expectedName: String?

    /// Checks the names.
    ///
    /// - Parameters:
    ///   - host: Host name or IP address that the client connects to.
    ///   - certificateName: Name in the certificate, when it is not `host`.
    ///   - isVerified: Whether the certificate's name is checked.
    /// - Throws: ``TLSError`` when a name cannot be used.
    init(host: String, certificateName: String?, isVerified: Bool) throws(TLSError) {
        let host = Self.normal(host)
        let expected = certificateName.map(Self.normal) ?? host
        for name in [host, expected] where name.utf8.contains(0) {
            // C would see a shorter name, and check that.
            throw TLSError(
                .configuration, "The server name '\(name.replacing("\0", with: "\\0"))' holds a NUL character.")
        }
        if isVerified, expected.isEmpty {
            throw TLSError(.configuration, "The server's certificate cannot be checked against an empty host name.")
        }
        indicatedName = host.isEmpty || Self.isAddress(host) ? nil : host
        expectedName = isVerified ? expected : nil
    }

    /// Tells OpenSSL what to send and what to check.
    func apply(to session: OpaquePointer) throws(TLSError) {
        OpenSSLErrors.clear()
        if let indicatedName {
            guard unsafe copenssl_set_server_name(session, indicatedName) == 1 else {
                throw OpenSSLErrors.error(.configuration, "The server name '\(indicatedName)' cannot be sent")
            }
        }
        guard let expectedName else { return }
        let isSet: Bool
        if Self.isAddress(expectedName) {
            isSet = unsafe X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(session), expectedName) == 1
        } else {
            unsafe SSL_set_hostflags(session, UInt32(X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS))
            isSet = unsafe SSL_set1_host(session, expectedName) == 1
        }
        guard isSet else {
            throw OpenSSLErrors.error(.configuration, "The server name '\(expectedName)' cannot be checked")
        }
    }

    /// Whether the text is an IPv4 or IPv6 address.
    static func isAddress(_ text: String) -> Bool {
        defer { OpenSSLErrors.clear() }
        guard let octets = unsafe a2i_IPADDRESS(text) else { return false }
        unsafe ASN1_OCTET_STRING_free(octets)
        return true
    }

    /// Without the root's dot and an IPv6 address's brackets and zone, none of which certificates carry.
    private static func normal(_ name: String) -> String {
        var name = name[...]
        if name.hasPrefix("["), name.hasSuffix("]") { name = name.dropFirst().dropLast() }
        if name.contains(":"), let zone = name.firstIndex(of: "%") { name = name[..<zone] }
        if name.hasSuffix(".") { name = name.dropLast() }
        return String(name)
    }
}

extension TLSContext {
    /// A server's side of one connection.
    ///
    /// The context must be a server's.
    package func makeServerSession() throws(TLSError) -> TLSSession {
        guard client == nil else { throw TLSError(.configuration, "A client's TLS context cannot serve.") }
        return try TLSSession(server: self)
    }

    /// A client's side of one connection.
    ///
    /// The context must be a client's.
    ///
    /// - Parameters:
    ///   - host: The host name or IP address that the caller connects to; sent to the server unless it is an address.
    ///   - certificateName: The name that the certificate must carry when it is not `host` (`HostNameInCertificate`).
    /// - Returns: A session that waits for ``TLSSession/handshake()``.
    /// - Throws: ``TLSError`` when a name cannot be used.
    package func makeClientSession(host: String, certificateName: String? = nil) throws(TLSError) -> TLSSession {
        guard let client else { throw TLSError(.configuration, "A server's TLS context cannot connect.") }
        let name = try ServerName(
            host: host, certificateName: certificateName,
            isVerified: client.verifiesHostName && client.trust != .trustServerCertificate)
        return try TLSSession(client: self, serverName: name)
    }
}
