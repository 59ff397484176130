import Threads

/// A failure that a server can be told to have.
public struct EmbeddedServerFault: Sendable, Hashable {
    enum Kind: Sendable, Hashable { case refuseConnection, closeInRow }

    let kind: Kind

    /// The next connection is closed before its first byte is answered.
    public static let refuseConnection = EmbeddedServerFault(kind: .refuseConnection)
    /// The connection is closed in the middle of the next row that any client is sent.
    public static let closeInRow = EmbeddedServerFault(kind: .closeInRow)
}

extension EmbeddedServer {
    /// Failures that wait for their moment, each once.
    ///
    /// ```swift
    /// server.faults.inject(.closeInRow)
    /// ```
    public final class Faults: Sendable {
        private let waiting = Lock<[EmbeddedServerFault]>([])

        init() {}

        /// Orders a failure.
        ///
        /// - Parameters:
        ///   - fault: What is to fail.
        ///   - times: How many times.
        public func inject(_ fault: EmbeddedServerFault, times: Int = 1) {
            waiting.withLock { $0 += Array(repeating: fault, count: max(0, times)) }
        }

        /// Forgets all failures that have not happened yet.
        public func removeAll() { waiting.withLock { $0 = [] } }

        /// Whether a failure is to happen now; it is used up.
        func take(_ fault: EmbeddedServerFault) -> Bool {
            waiting.withLock { list in
                guard let index = list.firstIndex(of: fault) else { return false }
                list.remove(at: index)
                return true
            }
        }
    }
}
