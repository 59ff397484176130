/// A certificate chain and its private key, in PEM.
///
/// Its description never shows the key.
package struct TLSIdentity: Sendable, Equatable, CustomStringConvertible, CustomReflectable {
    /// The server's certificate first, then those that lead to the CA.
    package let certificateChainPEM: String
    /// The unencrypted private key of the first certificate (PKCS #8, or the older forms that OpenSSL reads).
    package let privateKeyPEM: String

    package init(certificateChainPEM: String, privateKeyPEM: String) {
        self.certificateChainPEM = certificateChainPEM
        self.privateKeyPEM = privateKeyPEM
    }

    package var description: String { "TLSIdentity(private key hidden)" }

    package var customMirror: Mirror {
        Mirror(self, children: ["certificateChainPEM": certificateChainPEM])
    }
}
