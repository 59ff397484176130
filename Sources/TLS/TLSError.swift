/// A failure of TLS: what failed, with what, and what to do about it.
///
/// Secrets (keys, plaintext) never appear in it.
package struct TLSError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The kind of failure; an open set.
    package struct Code: RawRepresentable, Sendable, Hashable {
        package let rawValue: String

        package init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// A certificate, key, CA or option that was given cannot be used.
        package static let configuration = Code(rawValue: "configuration")
        /// The peer's certificate was refused by us.
        package static let certificate = Code(rawValue: "certificate")
        /// The handshake failed for another reason than the peer's certificate.
        package static let handshake = Code(rawValue: "handshake")
        /// A record after the handshake was not acceptable, or the peer sent an alert.
        package static let record = Code(rawValue: "record")
        /// The session cannot do this now: not yet connected, or closed.
        package static let state = Code(rawValue: "state")
    }

    /// The kind of failure.
    package let code: Code
    /// What failed, OpenSSL's reason, and what to do.
    package let message: String
    /// OpenSSL's number (`X509_V_ERR_…`) when the peer's certificate was refused.
    package let certificateError: Int?

    package init(_ code: Code, _ message: String, certificateError: Int? = nil) {
        self.code = code
        self.message = message
        self.certificateError = certificateError
    }

    package var description: String { message }
}
