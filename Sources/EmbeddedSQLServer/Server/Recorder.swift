import Threads

/// A request of a client, as the server understood it.
public struct RecordedRequest: Sendable, Hashable {
    /// What kind of request.
    public enum Kind: Sendable, Hashable {
        /// A batch of T-SQL.
        case batch
        /// A remote procedure call, with the procedure's name.
        case procedure(String)
        /// A transaction manager request.
        case transaction
        /// The rows of a bulk load.
        case bulkLoad
    }

    /// What kind of request.
    public let kind: Kind
    /// The T-SQL of a batch, of `sp_executesql` or of a prepared statement; empty for others.
    public let text: String

    /// A request, to compare recorded ones with.
    public init(kind: Kind, text: String) {
        self.kind = kind
        self.text = text
    }
}

extension EmbeddedServer {
    /// The requests that clients sent, in the order in which the server began to answer them.
    ///
    /// At least the last 9,000 requests are kept, or 14 MB of text.
    public final class Recorder: Sendable {
        private struct State {
            var requests: [RecordedRequest] = []
            var bytes = 0

            /// Drops the oldest requests beyond the limits, many at once so that it is seldom done.
            mutating func trim() {
                guard requests.count > 10_000 || bytes > 16 << 20 else { return }
                var surplus = 0
                while surplus < requests.count, requests.count - surplus > 9_000 || bytes > 14 << 20 {
                    bytes -= requests[surplus].text.utf8.count
                    surplus += 1
                }
                requests.removeFirst(surplus)
            }
        }

        private let state = Lock(State())

        init() {}

        /// All requests that are kept.
        public var requests: [RecordedRequest] { state.withLock { $0.requests } }

        /// The texts of the batches that are kept.
        public var batches: [String] { requests.filter { $0.kind == .batch }.map(\.text) }

        /// Forgets all requests.
        public func removeAll() { state.withLock { $0 = State() } }

        func record(_ kind: RecordedRequest.Kind, _ text: String = "") {
            state.withLock { state in
                state.requests.append(RecordedRequest(kind: kind, text: text))
                state.bytes += text.utf8.count
                state.trim()
            }
        }
    }
}
