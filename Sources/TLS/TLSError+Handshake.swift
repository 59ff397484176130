import COpenSSL

extension TLSError {
    /// The peer's certificate was refused with OpenSSL's `result`.
    ///
    /// - Parameters:
    ///   - result: An `X509_V_ERR_…` number.
    ///   - expectedName: The host name that was checked, if any.
    ///   - names: The names in the certificate, if any could be read.
    /// - Returns: An error whose message says what was wrong and what to do.
    static func refusedCertificate(_ result: Int, expectedName: String?, names: String?) -> TLSError {
        var reason = "error \(result)"
        if let text = unsafe X509_verify_cert_error_string(result) { reason = unsafe String(cString: text) }
        var message = "The server's certificate was refused: \(reason)"
        if let expectedName { message += " (expected host name '\(expectedName)')" }
        message += ". " + advice(result, names: names)
        return TLSError(.certificate, message, certificateError: result)
    }

    private static func advice(_ result: Int, names: String?) -> String {
        switch Int32(truncatingIfNeeded: result) {
        case X509_V_ERR_HOSTNAME_MISMATCH, X509_V_ERR_IP_ADDRESS_MISMATCH:
            let listed = names.map { "It is for \($0). " } ?? ""
            return listed + "Connect by a name that the certificate carries, or say which name it has."
        case X509_V_ERR_CERT_HAS_EXPIRED:
            return "Renew it on the server, or check this machine's clock."
        case X509_V_ERR_CERT_NOT_YET_VALID:
            return "Check the clocks of this machine and of the one that made the certificate."
        case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY, X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT,
            X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT, X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN,
            X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
            return "Name the file of the CA that issued it, or, for development only, trust the server certificate."
        default:
            return "Have the server's certificate replaced, or name the CA file that belongs to it."
        }
    }

    /// The handshake ended for `reasons`, which OpenSSL gave.
    static func failedHandshake(_ reasons: String, isServer: Bool) -> TLSError {
        let peer = isServer ? "client" : "server"
        var message = "The TLS handshake with the \(peer) failed: \(reasons)."
        if reasons.contains("wrong version number") || reasons.contains("http request") {
            message += " The \(peer) did not answer in TLS: check the port and the encryption setting."
        } else if reasons.contains("alert unknown ca") {
            message += " The \(peer) does not trust the CA of this side's certificate."
        } else if reasons.contains("protocol version") || reasons.contains("unsupported protocol") {
            message += " The two sides have no TLS version in common."
        }
        return TLSError(.handshake, message)
    }
}
