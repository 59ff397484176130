#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// A connection can be used no longer.
package struct SocketFailure: Error, CustomStringConvertible {
    /// What failed and why.
    package let description: String

    init(_ description: String) { self.description = description }

    /// The failure of a system call, with the reason in `errno`.
    package static func system(_ what: String, _ number: Int32 = errno) -> SocketFailure {
        SocketFailure("\(what): \(unsafe String(cString: strerror(number))) (errno \(number))")
    }

    static let closed = SocketFailure("the client closed the connection")
    package static let timedOut = SocketFailure("the client was silent for too long")
}
