import COpenSSL

/// A list of application protocols (ALPN, RFC 7301) at a fixed address, for OpenSSL's callback.
@safe
struct ApplicationProtocols: ~Copyable {
    /// Two bytes of length, then the protocol names as on the wire: one byte of length before each.
    private let storage: UnsafeMutableRawBufferPointer

    private init(wire: [UInt8]) {
        unsafe storage = .allocate(byteCount: wire.count + 2, alignment: 1)
        unsafe storage.copyBytes(
            from: [UInt8(truncatingIfNeeded: wire.count >> 8), UInt8(truncatingIfNeeded: wire.count)] + wire)
    }

    deinit {
        unsafe storage.deallocate()
    }

    /// Checks the names and lays them out; nil for an empty list.
    static func make(_ names: [String]) throws(TLSError) -> ApplicationProtocols? {
        guard !names.isEmpty else { return nil }
        let wire = try wireForm(of: names)
        return ApplicationProtocols(wire: wire)
    }

    /// The names as on the wire.
    static func wireForm(of names: [String]) throws(TLSError) -> [UInt8] {
        var wire: [UInt8] = []
        for name in names {
            let bytes = Array(name.utf8)
            guard let length = UInt8(exactly: bytes.count), length > 0, wire.count < 0x8000 else {
                throw TLSError(.configuration, "The application protocol '\(name)' must have 1 to 255 bytes.")
            }
            wire.append(length)
            wire += bytes
        }
        return wire
    }

    /// Makes the context choose from this list, which must live as long as the context and its sessions.
    func install(in context: OpaquePointer) {
        unsafe SSL_CTX_set_alpn_select_cb(context, selectApplicationProtocol, storage.baseAddress)
    }
}

/// Chooses the server's first protocol that the client offers too, else ends the handshake (RFC 7301, 3.2).
private func selectApplicationProtocol(
    _: OpaquePointer?, _ chosen: UnsafeMutablePointer<UnsafePointer<UInt8>?>?,
    _ chosenLength: UnsafeMutablePointer<UInt8>?,
    _ offered: UnsafePointer<UInt8>?, _ offeredLength: UInt32, _ argument: UnsafeMutableRawPointer?
) -> Int32 {
    guard let list = unsafe argument?.assumingMemoryBound(to: UInt8.self) else { return SSL_TLSEXT_ERR_NOACK }
    let length = unsafe UInt32(list[0]) << 8 | UInt32(list[1])
    var match: UnsafeMutablePointer<UInt8>?
    let result = unsafe SSL_select_next_proto(&match, chosenLength, list + 2, length, offered, offeredLength)
    guard result == OPENSSL_NPN_NEGOTIATED else { return SSL_TLSEXT_ERR_ALERT_FATAL }
    unsafe chosen?.pointee = unsafe UnsafePointer(match)
    return SSL_TLSEXT_ERR_OK
}
