import Threads

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// The socket of one client: read and written by its connection's thread, hung up from any.
package final class ClientSocket: Sendable {
    /// The descriptor, or -1 when it is closed.
    ///
    /// Closing and hanging up are done under the lock, so that a number that
    /// the system has given to another socket is never hung up.
    private let state: Lock<Int32>
    private let descriptor: Int32

    /// Takes over a connected socket.
    package init(owning descriptor: Int32) {
        self.descriptor = descriptor
        state = Lock(descriptor)
        var yes: Int32 = 1
        let size = socklen_t(MemoryLayout<Int32>.size)
        unsafe setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, size)
        #if canImport(Darwin)
            unsafe setsockopt(descriptor, SOL_SOCKET, SO_NOSIGPIPE, &yes, size)
        #endif
    }

    deinit { closeNow() }

    /// Ends the connection; the thread that waits in ``receive(into:timeout:)`` or ``send(_:)`` gets an error.
    package func hangUp() {
        state.withLock { if $0 >= 0 { _ = shutdown($0, Int32(SHUT_RDWR)) } }
    }

    /// Frees the descriptor; only the connection's thread calls it, when it is done.
    package func closeNow() {
        state.withLock {
            if $0 >= 0 { _ = close($0) }
            $0 = -1
        }
    }

    /// The client's end of the connection, and the server's; nil when the connection has ended.
    func ends() -> (client: ConnectionFacts.End?, server: ConnectionFacts.End?) {
        (end(isPeer: true), end(isPeer: false))
    }

    /// The address and port of one end; the sockets are of IPv4.
    private func end(isPeer: Bool) -> ConnectionFacts.End? {
        var name = sockaddr_in()
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = unsafe withUnsafeMutablePointer(to: &name) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                isPeer
                    ? unsafe getpeername(descriptor, generic, &size) : unsafe getsockname(descriptor, generic, &size)
            }
        }
        guard status == 0 else { return nil }
        let address = UInt32(bigEndian: name.sin_addr.s_addr)
        let bytes = [24, 16, 8, 0].map { (shift: UInt32) in String(address >> shift & 0xFF) }
        return ConnectionFacts.End(
            address: bytes.joined(separator: "."), port: Int(in_port_t(bigEndian: name.sin_port)))
    }

    /// Whether bytes, or the end, can be received at once.
    package func isReadable(timeout milliseconds: Int32) throws(SocketFailure) -> Bool {
        var polled = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        while true {
            let count = unsafe poll(&polled, 1, milliseconds)
            if count >= 0 { return count > 0 }
            guard errno == EINTR else { throw .system("cannot wait for the client") }
        }
    }

    /// Waits for bytes.
    ///
    /// - Parameters:
    ///   - buffer: Where they go.
    ///   - start: How many bytes of the buffer stay; the new ones come behind them.
    ///   - milliseconds: How long to wait; -1 for no limit.
    /// - Returns: How many came, at least one.
    /// - Throws: ``SocketFailure`` when none came in time, or the connection ended.
    package func receive(
        into buffer: inout [UInt8], after start: Int = 0, timeout milliseconds: Int32
    ) throws(SocketFailure) -> Int {
        guard try isReadable(timeout: milliseconds) else { throw .timedOut }
        while true {
            let count = unsafe buffer.withUnsafeMutableBytes { bytes in
                let free = unsafe UnsafeMutableRawBufferPointer(rebasing: bytes[start...])
                return unsafe recv(descriptor, free.baseAddress, free.count, 0)
            }
            if count > 0 { return count }
            if count == 0 { throw .closed }
            guard errno == EINTR else { throw .system("cannot receive from the client") }
        }
    }

    /// Sends all bytes, and waits as long as the client does not take them.
    package func send(_ bytes: [UInt8]) throws(SocketFailure) {
        #if canImport(Darwin)
            let flags: Int32 = 0
        #else
            let flags = Int32(MSG_NOSIGNAL)
        #endif
        var sent = 0
        while sent < bytes.count {
            let count = unsafe bytes.withUnsafeBytes { buffer in
                #if canImport(Darwin)
                    unsafe Darwin.send(
                        descriptor, buffer.baseAddress.map { unsafe $0 + sent }, bytes.count - sent, flags)
                #else
                    unsafe Glibc.send(
                        descriptor, buffer.baseAddress.map { unsafe $0 + sent }, bytes.count - sent, flags)
                #endif
            }
            if count >= 0 {
                sent += count
            } else if errno != EINTR {
                throw .system("cannot send to the client")
            }
        }
    }
}
