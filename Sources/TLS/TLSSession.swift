import COpenSSL

/// One TLS connection without its socket: ciphertext goes in and comes out as bytes, which the caller carries.
///
/// Feed what came from the peer with ``receive(_:)``; after every call send what ``takeOutput()`` gives, also after
/// one that threw, because it may hold the alert that tells the peer why. In TDS 7.4 the handshake's bytes travel inside
/// PRELOGIN packets, in TDS 8.0 bare: the session knows nothing of either.
///
/// ```swift
/// while try session.handshake() == .needsInput {
///     try socket.send(session.takeOutput())
///     try session.receive(socket.read())
/// }
/// try socket.send(session.takeOutput())
/// try session.encrypt(request)
/// ```
///
/// A session may move between threads, but is used by one at a time.
@safe
package final class TLSSession {
    /// How far a handshake has come.
    package enum HandshakeProgress: Sendable, Equatable {
        /// Send the output, then feed more of the peer's bytes.
        case needsInput
        /// Connected. There may still be output to send.
        case finished
    }

    /// Keeps the context's protocol list alive.
    private let context: TLSContext
    private let pointer: OpaquePointer
    private let input: MemoryBIO
    private let output: MemoryBIO
    private let expectedName: String?
    private let isServer: Bool
    private var failure: TLSError?
    private var isShutDown = false
    /// Room for one record's plaintext, made at the first use.
    private var record: [UInt8] = []
    /// A record holds at most 2^14 bytes (RFC 8446, 5.1).
    private static let recordLimit = 16_384

    /// Whether the handshake is done.
    package private(set) var isConnected = false
    /// Whether the peer said (`close_notify`) that it sends no more.
    ///
    /// A connection that ends without it was cut off.
    package private(set) var isClosedByPeer = false

    /// The side of the server.
    init(server context: TLSContext) throws(TLSError) {
        self.context = context
        expectedName = nil
        isServer = true
        input = try MemoryBIO()
        output = try MemoryBIO()
        unsafe pointer = unsafe try Self.makePointer(context, input, output)
        unsafe SSL_set_accept_state(pointer)
    }

    /// The side of the client.
    init(client context: TLSContext, serverName: ServerName) throws(TLSError) {
        self.context = context
        expectedName = serverName.expectedName
        isServer = false
        input = try MemoryBIO()
        output = try MemoryBIO()
        unsafe pointer = unsafe try Self.makePointer(context, input, output)
        try unsafe serverName.apply(to: pointer)
        unsafe SSL_set_connect_state(pointer)
    }

    deinit {
        unsafe SSL_free(pointer)
    }

    private static func makePointer(
        _ context: TLSContext, _ input: borrowing MemoryBIO, _ output: borrowing MemoryBIO
    ) throws(TLSError) -> OpaquePointer {
        OpenSSLErrors.clear()
        guard let pointer = unsafe context.withPointer({ context in unsafe SSL_new(context) }) else {
            throw OpenSSLErrors.error(.configuration, "OpenSSL cannot make a TLS session")
        }
        // SSL_set0_… takes over a reference, and the owners keep theirs.
        unsafe input.withPointer { bio in
            unsafe BIO_up_ref(bio)
            unsafe SSL_set0_rbio(pointer, bio)
        }
        unsafe output.withPointer { bio in
            unsafe BIO_up_ref(bio)
            unsafe SSL_set0_wbio(pointer, bio)
        }
        return unsafe pointer
    }
}

// MARK: - Ciphertext

extension TLSSession {
    /// Feeds bytes of the peer, of any length, records cut anywhere.
    package func receive(_ ciphertext: UnsafeRawBufferPointer) throws(TLSError) {
        guard unsafe input.append(ciphertext) else {
            throw OpenSSLErrors.error(.record, "There is no memory for TLS input")
        }
    }

    /// Feeds bytes of the peer, of any length, records cut anywhere.
    package func receive(_ ciphertext: [UInt8]) throws(TLSError) {
        try receive(ciphertext[...])
    }

    /// Feeds bytes of the peer, of any length, records cut anywhere.
    package func receive(_ ciphertext: ArraySlice<UInt8>) throws(TLSError) {
        let added = unsafe ciphertext.withUnsafeBufferPointer { bytes in
            unsafe input.append(UnsafeRawBufferPointer(bytes))
        }
        guard added else {
            throw OpenSSLErrors.error(.record, "There is no memory for TLS input")
        }
    }

    /// The number of bytes that wait to be sent.
    package var outputCount: Int { output.count }

    /// Takes the bytes that are to be sent to the peer; empty when there are none.
    package func takeOutput() -> [UInt8] {
        output.takeBytes()
    }

    /// Takes fed bytes that no record has used yet.
    ///
    /// For login-only encryption (ENCRYPT_OFF of TDS 7.4), where plain TDS follows the encrypted LOGIN7.
    package func takeUnusedInput() -> [UInt8] {
        input.takeBytes()
    }
}

// MARK: - Handshake

extension TLSSession {
    /// Goes as far in the handshake as the fed bytes allow.
    ///
    /// - Throws: ``TLSError``, with the verification's result and the expected name when the certificate was refused.
    package func handshake() throws(TLSError) -> HandshakeProgress {
        try checkUsable()
        guard !isConnected else { return .finished }
        OpenSSLErrors.clear()
        let result = unsafe SSL_do_handshake(pointer)
        if result == 1 {
            isConnected = true
            OpenSSLErrors.clear()
            return .finished
        }
        switch unsafe SSL_get_error(pointer, result) {
        case SSL_ERROR_WANT_READ, SSL_ERROR_WANT_WRITE:
            OpenSSLErrors.clear()
            return .needsInput
        default:
            throw fail(with: handshakeError())
        }
    }

    /// The version in use, as OpenSSL writes it ("TLSv1.3"), once connected.
    package var version: String? {
        guard isConnected, let text = unsafe SSL_get_version(pointer) else { return nil }
        return unsafe String(cString: text)
    }

    /// The cipher suite in use, once connected.
    package var cipher: String? {
        guard isConnected, let text = unsafe SSL_CIPHER_get_name(SSL_get_current_cipher(pointer)) else { return nil }
        return unsafe String(cString: text)
    }

    /// The application protocol (ALPN) that both sides agreed on, if any.
    package var applicationProtocol: String? {
        var name: UnsafePointer<UInt8>?
        var length: UInt32 = 0
        unsafe SSL_get0_alpn_selected(pointer, &name, &length)
        guard let name = unsafe name, length > 0 else { return nil }
        return unsafe String(decoding: UnsafeBufferPointer(start: name, count: Int(length)), as: UTF8.self)
    }

    private func handshakeError() -> TLSError {
        let result = unsafe SSL_get_verify_result(pointer)
        if !isServer, result != Int(X509_V_OK), context.client?.trust != .trustServerCertificate {
            OpenSSLErrors.clear()
            let names = unsafe copenssl_verified_leaf(pointer).flatMap { leaf in unsafe Certificate.names(of: leaf) }
            return .refusedCertificate(result, expectedName: expectedName, names: names)
        }
        let reasons = OpenSSLErrors.take() ?? "no reason given"
        return .failedHandshake(reasons, isServer: isServer)
    }
}

// MARK: - Data

extension TLSSession {
    /// Encrypts `plaintext`; ``takeOutput()`` has the records.
    package func encrypt(_ plaintext: UnsafeRawBufferPointer) throws(TLSError) {
        try checkUsable()
        guard isConnected, !isShutDown else {
            throw TLSError(.state, "TLS cannot send: \(isShutDown ? "it was shut down" : "the handshake is not done").")
        }
        guard unsafe !plaintext.isEmpty else { return }
        OpenSSLErrors.clear()
        var written = 0
        let result = unsafe SSL_write_ex(pointer, plaintext.baseAddress, plaintext.count, &written)
        guard result == 1 else {
            throw fail(with: OpenSSLErrors.error(.record, "TLS could not encrypt"))
        }
    }

    /// Encrypts `plaintext`; ``takeOutput()`` has the records.
    package func encrypt(_ plaintext: [UInt8]) throws(TLSError) {
        try encrypt(plaintext[...])
    }

    /// Encrypts `plaintext`; ``takeOutput()`` has the records.
    package func encrypt(_ plaintext: ArraySlice<UInt8>) throws(TLSError) {
        try unsafe plaintext.withUnsafeBufferPointer { (bytes) throws(TLSError) in
            try unsafe encrypt(UnsafeRawBufferPointer(bytes))
        }
    }

    /// Decrypts all complete records that were fed.
    ///
    /// Empty when more bytes are needed, or the peer closed.
    package func decrypt() throws(TLSError) -> [UInt8] {
        var plaintext: [UInt8] = []
        try decrypt(appendingTo: &plaintext)
        return plaintext
    }

    /// Decrypts all complete records that were fed to the end of `plaintext`.
    ///
    /// - Returns: The number of bytes added; 0 when more bytes are needed, or the peer closed.
    @discardableResult
    package func decrypt(appendingTo plaintext: inout [UInt8]) throws(TLSError) -> Int {
        let before = plaintext.count
        if record.isEmpty { record = [UInt8](repeating: 0, count: Self.recordLimit) }
        while true {
            let count = try unsafe record.withUnsafeMutableBufferPointer { (buffer) throws(TLSError) in
                try unsafe decrypt(into: UnsafeMutableRawBufferPointer(buffer))
            }
            guard count > 0 else { return plaintext.count - before }
            plaintext += record[..<count]
        }
    }

    /// Decrypts at most `buffer.count` bytes of what was fed.
    ///
    /// - Returns: The number of bytes written; 0 when more bytes are needed, or the peer closed.
    package func decrypt(into buffer: UnsafeMutableRawBufferPointer) throws(TLSError) -> Int {
        try checkUsable()
        guard isConnected else { throw TLSError(.state, "TLS cannot read: the handshake is not done.") }
        guard unsafe !buffer.isEmpty, !isClosedByPeer else { return 0 }
        OpenSSLErrors.clear()
        var count = 0
        let result = unsafe SSL_read_ex(pointer, buffer.baseAddress, buffer.count, &count)
        if result == 1 { return count }
        switch unsafe SSL_get_error(pointer, result) {
        case SSL_ERROR_WANT_READ, SSL_ERROR_WANT_WRITE:
            break
        case SSL_ERROR_ZERO_RETURN:
            isClosedByPeer = true
        default:
            throw fail(with: OpenSSLErrors.error(.record, "The TLS connection failed"))
        }
        OpenSSLErrors.clear()
        return 0
    }

    /// Says goodbye (`close_notify`); ``takeOutput()`` has it.
    ///
    /// Nothing can be sent afterwards.
    package func shutdown() {
        guard isConnected, !isShutDown, failure == nil else { return }
        isShutDown = true
        OpenSSLErrors.clear()
        unsafe SSL_shutdown(pointer)
        OpenSSLErrors.clear()
    }

    /// OpenSSL does not allow an SSL object to be used after a fatal error.
    private func checkUsable() throws(TLSError) {
        if let failure { throw failure }
    }

    private func fail(with error: TLSError) -> TLSError {
        failure = error
        return error
    }
}
