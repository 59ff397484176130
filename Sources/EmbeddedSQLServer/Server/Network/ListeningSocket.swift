#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// A TCP socket that clients connect to.
package final class ListeningSocket: Sendable {
    private let descriptor: Int32
    /// The port, also when the system chose it.
    package let port: Int

    /// Listens on an IPv4 address.
    ///
    /// - Throws: ``EmbeddedServerError`` with the port when that is taken or not allowed.
    package init(address: String, port: Int) throws {
        guard (0...65_535).contains(port) else {
            throw EmbeddedServerError("\(port) is no port: 0 (any) to 65535 are possible")
        }
        var name = sockaddr_in()
        name.sin_family = sa_family_t(AF_INET)
        name.sin_port = in_port_t(port).bigEndian
        guard unsafe inet_pton(AF_INET, address, &name.sin_addr) == 1 else {
            throw EmbeddedServerError("\(address) is no IPv4 address to listen on, such as 127.0.0.1")
        }
        let descriptor = openSocket()
        guard descriptor >= 0 else { throw Self.failure("a socket cannot be opened") }
        do {
            try Self.bind(descriptor, &name, "\(address):\(port)")
            self.port = try Self.boundPort(descriptor)
        } catch {
            close(descriptor)
            throw error
        }
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }

    private static func bind(_ descriptor: Int32, _ name: inout sockaddr_in, _ address: String) throws {
        var yes: Int32 = 1
        unsafe setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        let status = unsafe withUnsafePointer(to: &name) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                #if canImport(Darwin)
                    unsafe Darwin.bind(descriptor, generic, socklen_t(MemoryLayout<sockaddr_in>.size))
                #else
                    unsafe Glibc.bind(descriptor, generic, socklen_t(MemoryLayout<sockaddr_in>.size))
                #endif
            }
        }
        guard status == 0, listen(descriptor, 128) == 0 else {
            throw failure("cannot listen on \(address); choose another port, or 0 for any")
        }
    }

    private static func boundPort(_ descriptor: Int32) throws -> Int {
        var name = sockaddr_in()
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = unsafe withUnsafeMutablePointer(to: &name) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe getsockname(descriptor, $0, &size)
            }
        }
        guard status == 0 else { throw failure("the port of a socket cannot be read") }
        return Int(in_port_t(bigEndian: name.sin_port))
    }

    private static func failure(_ what: String) -> EmbeddedServerError {
        EmbeddedServerError(SocketFailure.system("the embedded server cannot start: \(what)").description)
    }

    /// What happened while waiting for a client.
    package enum Event {
        case client(ClientSocket)
        /// The bell rang.
        case woken
        /// A client went away before it was accepted, or the process has no descriptor left for a moment.
        case nothing
    }

    /// Waits for a client or for the bell.
    package func accept(or bell: Bell) -> Event {
        var polled = [
            pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
            pollfd(fd: bell.readEnd, events: Int16(POLLIN), revents: 0),
        ]
        guard unsafe poll(&polled, 2, -1) > 0 else { return .nothing }
        if polled[1].revents != 0 {
            bell.silence()
            return .woken
        }
        #if canImport(Darwin)
            let client = Darwin.accept(descriptor, nil, nil)
        #else
            let client = Glibc.accept(descriptor, nil, nil)
        #endif
        if client < 0 {
            // Without a pause a process out of descriptors would spin here.
            if errno == EMFILE || errno == ENFILE { _ = poll(nil, 0, 20) }
            return .nothing
        }
        _ = fcntl(client, F_SETFD, FD_CLOEXEC)
        return .client(ClientSocket(owning: client))
    }
}

/// A TCP socket that a program started by this process does not inherit.
private func openSocket() -> Int32 {
    #if canImport(Darwin)
        let descriptor = socket(AF_INET, SOCK_STREAM, 0)
        if descriptor >= 0 { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
        return descriptor
    #else
        return socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    #endif
}
