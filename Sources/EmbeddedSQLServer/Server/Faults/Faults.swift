import Threads
import TransactSQL

extension EmbeddedServer {
    /// Failures that wait for their moment, each once.
    ///
    /// ```swift
    /// server.faults.inject(.error(1205), on: .nextBatch)
    /// server.faults.inject(.closeInRow)
    /// ```
    public final class Faults: Sendable {
        private struct Order {
            var fault: EmbeddedServerFault
            var moment: EmbeddedServerFault.Moment
            /// How many events that match are still to pass.
            var passing: Int
        }

        private let waiting = Lock<[Order]>([])

        init() {}

        /// Orders a failure at its own moment: of a connection the next one, of a row the next one, else the next request.
        ///
        /// - Parameters:
        ///   - fault: What is to fail.
        ///   - times: How many times, one event after the other.
        public func inject(_ fault: EmbeddedServerFault, times: Int = 1) {
            switch fault.kind {
            case .refuseConnection: inject(fault, on: .nextConnection, times: times)
            case .closeInRow: inject(fault, on: .nextRow, times: times)
            case .redirect, .expireTokens: inject(fault, on: .nextLogin, times: times)
            default: inject(fault, on: .nextRequest, times: times)
            }
        }

        /// Orders a failure.
        ///
        /// - Parameters:
        ///   - fault: What is to fail.
        ///   - moment: When.
        ///   - times: How many times from that moment on, one event after the other.
        public func inject(
            _ fault: EmbeddedServerFault, on moment: EmbeddedServerFault.Moment, times: Int = 1
        ) {
            let orders = (0..<max(0, times)).map { _ in
                Order(fault: fault, moment: moment, passing: moment.ordinal - 1)
            }
            waiting.withLock { $0 += orders }
        }

        /// Forgets all failures that have not happened yet.
        public func removeAll() { waiting.withLock { $0 = [] } }

        /// How many failures have not happened yet.
        public var count: Int { waiting.withLock { $0.count } }

        /// The failure that is to happen at an event; it is used up.
        func take(at event: FaultEvent) -> EmbeddedServerFault? {
            waiting.withLock { list in
                guard !list.isEmpty else { return nil }
                // Orders of the same moment count the same events, so that each order happens at one of its own.
                var index = 0
                var taken: Int?
                while index < list.count {
                    if event.matches(list[index].moment) {
                        if list[index].passing > 0 {
                            list[index].passing -= 1
                        } else if taken == nil {
                            taken = index
                        }
                    }
                    index += 1
                }
                return taken.map { list.remove(at: $0).fault }
            }
        }

        /// Whether a row is to be cut now; asked for every row, so that it must cost little.
        func takeRow() -> Bool {
            guard waiting.withLock({ !$0.isEmpty }) else { return false }
            return take(at: .row) != nil
        }
    }
}

/// What happens at a server, at which a failure may be ordered.
enum FaultEvent {
    case connection
    case row
    case login
    case batch(String)
    case call(String)
    case transaction(isCommit: Bool)
    case bulkLoad

    func matches(_ moment: EmbeddedServerFault.Moment) -> Bool {
        switch (moment.kind, self) {
        case (.connection, .connection), (.row, .row), (.login, .login): return true
        case (.batch, .batch), (.call, .call): return true
        case (.commit, .transaction(let isCommit)): return isCommit
        case (.commit, .batch(let text)): return Self.commits(text)
        case (.request, .batch(let text)), (.request, .call(let text)):
            guard let wanted = moment.text else { return true }
            return text.lowercased().contains(wanted.lowercased())
        case (.request, .transaction), (.request, .bulkLoad): return moment.text == nil
        default: return false
        }
    }

    /// Whether a batch holds a COMMIT, outside of comments and texts.
    private static func commits(_ text: String) -> Bool {
        let source = Array(text.utf8)
        return Lexer.tokens(of: source).contains { token in
            token.kind == .keyword && TokenText.written(token, in: source).lowercased() == "commit"
        }
    }
}
