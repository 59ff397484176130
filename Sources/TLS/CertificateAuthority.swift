import COpenSSL
package import Foundation

/// A certificate authority for development and tests: made on the fly, gone with the process.
///
/// ```swift
/// let authority = try CertificateAuthority(validity: now ..< now + 86_400)
/// let identity = try authority.issueServerIdentity(for: ["localhost", "127.0.0.1"], validity: now ..< now + 86_400)
/// try authority.certificatePEM.write(toFile: "ca.pem", atomically: true, encoding: .utf8)
/// ```
// Sendable: the key and certificate are only read after init, which OpenSSL allows from many threads.
package final class CertificateAuthority: @unchecked Sendable {
    /// The kind of key that a certificate has.
    package enum KeyKind: Sendable, CaseIterable {
        /// NIST P-256, small and fast.
        case ecP256
        /// RSA with 2,048 bits, for clients that know no other.
        case rsa2048
    }

    /// The authority's own certificate, which clients must trust.
    package let certificatePEM: String
    private let certificate: Certificate
    private let key: PrivateKey

    /// Makes an authority with a fresh key and a self-signed certificate.
    ///
    /// - Parameters:
    ///   - name: Its common name, at most 64 characters.
    ///   - validity: When the certificate is valid, in whole seconds.
    ///   - keyKind: The kind of its key.
    /// - Throws: ``TLSError`` when the name is too long or a date is outside of the calendar.
    package init(
        name: String = "Development CA", validity: Range<Date>, keyKind: KeyKind = .ecP256
    ) throws(TLSError) {
        key = try PrivateKey.generate(keyKind)
        let builder = try CertificateBuilder.start(subject: name, validity: validity, key: key)
        try builder.makeAuthority()
        certificate = try builder.sign(with: key)
        certificatePEM = try certificate.pem()
    }

    /// Issues a server's certificate with a fresh key.
    ///
    /// - Parameters:
    ///   - names: Host names (`*.` allowed in front) and IP addresses, at least one; they become subject alternative names.
    ///   - validity: When the certificate is valid, in whole seconds; the past or the future if the caller wants so.
    ///   - keyKind: The kind of its key.
    /// - Returns: The chain (certificate, then this authority's) and the key.
    /// - Throws: ``TLSError`` when a name is neither.
    package func issueServerIdentity(
        for names: [String], validity: Range<Date>, keyKind: KeyKind = .ecP256
    ) throws(TLSError) -> TLSIdentity {
        guard let first = names.first else {
            throw TLSError(.configuration, "A server's certificate needs at least one host name or IP address.")
        }
        let serverKey = try PrivateKey.generate(keyKind)
        // A common name has at most 64 characters (X.520), a host name 253; who checks names reads the alternative ones.
        let builder = try CertificateBuilder.start(
            subject: String(first.prefix(64)), validity: validity, key: serverKey)
        try builder.makeServer(of: names, issuer: certificate)
        let issued = try builder.sign(with: key)
        return TLSIdentity(
            certificateChainPEM: try issued.pem() + certificatePEM, privateKeyPEM: try serverKey.pem())
    }
}
