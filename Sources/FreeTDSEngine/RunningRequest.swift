import SQLServerCore
import Threads

/// The request that runs on a connection, for those who want to cancel it from other threads.
final class RunningRequest: Sendable {
    private let running = Lock<(ticket: RequestTicket, watch: ThreadInterrupter.Watch)?>(nil)

    /// A request begins.
    func begin(_ ticket: RequestTicket, _ watch: ThreadInterrupter.Watch) {
        running.withLock { $0 = (ticket, watch) }
    }

    /// The request has ended.
    func end() {
        running.withLock { $0 = nil }
    }

    /// Cancels a request if it is the one that runs; false when it is not.
    func cancel(_ ticket: RequestTicket) -> Bool {
        let watch = running.withLock { $0?.ticket === ticket ? $0?.watch : nil }
        guard let watch else { return false }
        ThreadInterrupter.shared.cancel(watch)
        return true
    }
}
