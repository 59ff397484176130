#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

extension ClientSocket {
    /// Connects as a client, to the first address of the host that answers.
    ///
    /// - Throws: ``SocketFailure`` when the host is not known or nothing listens there.
    package convenience init(connectingTo host: String, port: Int) throws(SocketFailure) {
        var hints = unsafe addrinfo()
        #if canImport(Darwin)
            unsafe hints.ai_socktype = SOCK_STREAM
        #else
            unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        #endif
        var list: UnsafeMutablePointer<addrinfo>?
        guard unsafe getaddrinfo(host, String(port), &hints, &list) == 0, let first = unsafe list else {
            throw SocketFailure("the host \(host) is not known")
        }
        defer { unsafe freeaddrinfo(first) }
        var next: UnsafeMutablePointer<addrinfo>? = unsafe first
        while let entry = unsafe next {
            if let descriptor = unsafe Self.connected(entry.pointee) {
                self.init(owning: descriptor)
                return
            }
            unsafe next = entry.pointee.ai_next
        }
        throw SocketFailure("nothing listens at \(host), port \(port)")
    }

    private static func connected(_ entry: addrinfo) -> Int32? {
        #if canImport(Darwin)
            let descriptor = unsafe Darwin.socket(entry.ai_family, entry.ai_socktype, entry.ai_protocol)
            let status = unsafe Darwin.connect(descriptor, entry.ai_addr, entry.ai_addrlen)
        #else
            let descriptor = unsafe Glibc.socket(entry.ai_family, entry.ai_socktype, entry.ai_protocol)
            let status = unsafe Glibc.connect(descriptor, entry.ai_addr, entry.ai_addrlen)
        #endif
        if descriptor >= 0, status == 0 { return descriptor }
        if descriptor >= 0 { close(descriptor) }
        return nil
    }
}
