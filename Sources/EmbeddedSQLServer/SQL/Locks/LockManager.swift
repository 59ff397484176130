import Threads

/// The locks of one server: ``LockTable`` with threads that wait.
final class LockManager: Sendable {
    /// How a request ended.
    enum Outcome: Equatable {
        case granted
        /// Granted after another session gave its lock back.
        case grantedAfterWait
        case timedOut, deadlock, cancelled
    }

    /// A request in full.
    struct Request {
        var resource: LockResource
        var mode: LockMode
        var owner: LockOwner
        var session: Int32
        var worth = LockTable.Worth()
        /// Milliseconds to wait; 0 for not at all, negative for ever (SET LOCK_TIMEOUT).
        var timeout = -1
    }

    private let monitor = Monitor(LockTable())
    /// How often a waiting thread looks whether its client still wants the lock.
    private static let interval = 5

    /// Asks for a lock and waits for it.
    ///
    /// - Parameters:
    ///   - request: What is asked for, and by whom.
    ///   - isCancelled: Asked now and then by the waiting thread: the client gave up or is gone.
    /// - Returns: How the request ended.
    func acquire(_ request: Request, isCancelled: () -> Bool) -> Outcome {
        let answer = monitor.withLock { table -> LockTable.Answer? in
            if request.timeout == 0, !table.isFree(request.resource, request.mode, for: request.session) { return nil }
            return table.request(
                request.resource, request.mode, owner: request.owner, session: request.session, worth: request.worth)
        }
        switch answer {
        case nil: return .timedOut
        case .granted?: return .granted
        case .deadlock?:
            monitor.wakeAll()
            return .deadlock
        case .waiting?:
            // The circle that this request closed may have ended the wait of another.
            monitor.wakeAll()
            return wait(request, isCancelled)
        }
    }

    private func wait(_ request: Request, _ isCancelled: () -> Bool) -> Outcome {
        let start = ContinuousClock.now
        while true {
            let ending = monitor.wait(atMost: Self.interval) { $0.takeEnding(of: request.session) }
            if let ending { return ending == .granted ? .grantedAfterWait : .deadlock }
            let isLate = request.timeout >= 0 && ContinuousClock.now - start >= .milliseconds(request.timeout)
            let isStopped = isCancelled()
            guard isLate || isStopped else { continue }
            let last = monitor.withLock { $0.cancel(request.session) }
            monitor.wakeAll()
            if isStopped { return .cancelled }
            guard let last else { return .timedOut }
            return last == .granted ? .grantedAfterWait : .deadlock
        }
    }

    /// Gives back one request of a lock; false when it is not held.
    func release(_ resource: LockResource, owner: LockOwner, session: Int32) -> Bool {
        defer { monitor.wakeAll() }
        return monitor.withLock { $0.release(resource, owner: owner, session: session) }
    }

    /// Ends all locks of some owners of a session.
    func releaseAll(_ owners: Set<LockOwner>, of session: Int32) {
        monitor.withLock { $0.releaseAll(owners, of: session) }
        monitor.wakeAll()
    }

    /// Forgets a session that has ended.
    func forget(_ session: Int32) {
        monitor.withLock { $0.forget(session) }
        monitor.wakeAll()
    }

    /// The locks as they are now.
    var table: LockTable { monitor.withLock { $0 } }
}
