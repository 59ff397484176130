#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// A connection can be used no longer.
struct SocketFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }

    /// The failure of a system call, with the reason in `errno`.
    static func system(_ what: String, _ number: Int32 = errno) -> SocketFailure {
        SocketFailure("\(what): \(unsafe String(cString: strerror(number))) (errno \(number))")
    }

    static let closed = SocketFailure("the client closed the connection")
    static let timedOut = SocketFailure("the client was silent for too long")
}
