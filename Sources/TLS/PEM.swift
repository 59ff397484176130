import COpenSSL

/// Reads certificates and keys from PEM text.
enum PEM {
    /// Calls `body` with each certificate of `text`, in order.
    ///
    /// - Parameters:
    ///   - text: PEM text; anything outside of the BEGIN and END lines is ignored.
    ///   - what: What the text is, for the error: "The CA file /etc/ca.pem".
    ///   - body: Work on one certificate, which is lent.
    /// - Throws: ``TLSError`` when a certificate is damaged or there is none.
    static func forEachCertificate(
        in text: String, _ what: String, _ body: (borrowing Certificate) throws(TLSError) -> Void
    ) throws(TLSError) {
        OpenSSLErrors.clear()
        let memory = try MemoryBIO()
        try memory.append(text)
        var count = 0
        while let pointer = unsafe memory.withPointer({ bio in unsafe PEM_read_bio_X509(bio, nil, refusePassword, nil) }
        ) {
            let certificate = unsafe Certificate(owning: pointer)
            try body(certificate)
            count += 1
        }
        // Running out of BEGIN lines is how the end shows.
        let isEnd = copenssl_is_end_of_pem(ERR_peek_last_error()) == 1
        guard isEnd else { throw OpenSSLErrors.error(.configuration, "\(what) holds a damaged certificate") }
        OpenSSLErrors.clear()
        guard count > 0 else {
            throw TLSError(.configuration, "\(what) holds no certificate: expected PEM text with BEGIN CERTIFICATE.")
        }
    }

    /// Reads the private key of `text`.
    ///
    /// An encrypted one is refused: nothing here asks for a password.
    static func privateKey(in text: String) throws(TLSError) -> PrivateKey {
        OpenSSLErrors.clear()
        let memory = try MemoryBIO()
        try memory.append(text)
        let pointer = unsafe memory.withPointer { bio in unsafe PEM_read_bio_PrivateKey(bio, nil, refusePassword, nil) }
        guard let pointer = unsafe pointer else {
            throw OpenSSLErrors.error(
                .configuration, "The private key cannot be read (expected an unencrypted key in PEM)")
        }
        OpenSSLErrors.clear()
        return unsafe PrivateKey(owning: pointer)
    }
}

/// OpenSSL asks on the terminal when it has no password callback.
private func refusePassword(
    _: UnsafeMutablePointer<CChar>?, _: Int32, _: Int32, _: UnsafeMutableRawPointer?
) -> Int32 {
    -1
}
