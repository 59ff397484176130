/// What a TLS server offers.
package struct TLSServerConfiguration: Sendable {
    /// The certificate chain and key that the server shows.
    package var identity: TLSIdentity
    /// The versions it accepts.
    ///
    /// Inside TDS 7.4 packets use ``TLSServerConfiguration/inBand(identity:)``.
    package var versions: ClosedRange<TLSVersion>
    /// Application protocols, the preferred one first; a client that offers only others is refused (RFC 7301).
    ///
    /// A client that offers none is accepted.
    package var applicationProtocols: [String]

    package init(
        identity: TLSIdentity, versions: ClosedRange<TLSVersion> = .tls12 ... .tls13,
        applicationProtocols: [String] = []
    ) {
        self.identity = identity
        self.versions = versions
        self.applicationProtocols = applicationProtocols
    }

    /// TLS inside TDS 7.4 PRELOGIN packets: 1.2 only.
    ///
    /// In TLS 1.3 the client's last flight and the server's tickets no longer come in turns, which deadlocks clients that
    /// wrap handshake records in TDS packets (FreeTDS among them).
    package static func inBand(identity: TLSIdentity) -> TLSServerConfiguration {
        TLSServerConfiguration(identity: identity, versions: .tls12 ... .tls12)
    }

    /// TLS before TDS 8.0 ("strict"): 1.2 or 1.3, with the application protocol `tds/8.0`.
    package static func strict(identity: TLSIdentity) -> TLSServerConfiguration {
        TLSServerConfiguration(identity: identity, applicationProtocols: ["tds/8.0"])
    }
}

/// What a TLS client trusts and asks for.
///
/// The default verifies chain and host name against the system's roots.
package struct TLSClientConfiguration: Sendable {
    /// Where a client finds the authorities that it trusts.
    package enum Trust: Sendable, Equatable {
        /// OpenSSL's certificate store of this machine; `SSL_CERT_FILE` and `SSL_CERT_DIR` move it.
        case systemRoots
        /// A PEM file of one or more CA certificates, and nothing else.
        case file(String)
        /// PEM text of one or more CA certificates, and nothing else.
        case pem(String)
        /// Any certificate, unread: no protection against someone in the middle. Must be asked for by the user.
        case trustServerCertificate
    }

    /// The authorities that the client trusts.
    package var trust: Trust
    /// Whether the certificate must carry the server's name.
    ///
    /// Without effect on `trustServerCertificate`.
    package var verifiesHostName: Bool
    /// The versions it offers.
    package var versions: ClosedRange<TLSVersion>
    /// Application protocols it offers, the preferred one first; none by default.
    package var applicationProtocols: [String]

    package init(
        trust: Trust = .systemRoots, verifiesHostName: Bool = true,
        versions: ClosedRange<TLSVersion> = .tls12 ... .tls13, applicationProtocols: [String] = []
    ) {
        self.trust = trust
        self.verifiesHostName = verifiesHostName
        self.versions = versions
        self.applicationProtocols = applicationProtocols
    }
}
