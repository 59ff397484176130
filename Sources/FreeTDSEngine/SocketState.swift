import Synchronization

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// What every thread may know of a connection's socket, without asking the thread that owns it.
final class SocketState: Sendable {
    /// The descriptor, or one of the values below.
    private let state = Atomic<Int32>(closedValue)

    private static let closedValue: Int32 = -1
    /// Open, but db-lib does not tell the socket.
    private static let unknownValue: Int32 = -2

    /// The connection was opened.
    func opened(_ descriptor: Int32) {
        state.store(descriptor >= 0 ? descriptor : Self.unknownValue, ordering: .releasing)
    }

    /// The connection is about to be closed.
    func closed() { state.store(Self.closedValue, ordering: .releasing) }

    var isOpen: Bool { state.load(ordering: .acquiring) != Self.closedValue }

    /// Whether the connection is open and nothing can be read from it, not even its end.
    ///
    /// Takes nothing out of the socket. Should the owner close the connection meanwhile, the descriptor may be another
    /// file's for a moment, of which nothing is taken either.
    var isQuiet: Bool {
        let descriptor = state.load(ordering: .acquiring)
        guard descriptor >= 0 else { return false }
        var byte: UInt8 = 0
        let flags = Int32(MSG_PEEK) | Int32(MSG_DONTWAIT)
        let count = unsafe recv(descriptor, &byte, 1, flags)
        return count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)
    }
}
