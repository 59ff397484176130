import Synchronization

/// The identity of one visit to a connection, by which it can be cancelled from anywhere and which tells its caller
/// at once when it is stopped.
///
/// A stop is asked for at the deadline or by a cancellation. The caller goes on then, while the connection still waits
/// for the server's acknowledgement.
package final class RequestTicket: Sendable {
    /// Why a visit was stopped.
    package enum StopReason: Sendable, Hashable {
        /// Its time limit passed.
        case deadline
        /// Its task was cancelled.
        case cancelled
    }

    private enum State: UInt8, AtomicRepresentable {
        case running
        case stopped
        /// Stopped, with tasks sent away from the connection's thread.
        case diverted
        case finished
    }

    private let state = Atomic(State.running)
    private let cancelMark = Atomic(false)
    private let whenStopped: @Sendable (StopReason) -> Void
    private let whenMessage: (@Sendable (SQLServerMessage) -> Void)?

    /// A new identity.
    ///
    /// - Parameters:
    ///   - whenMessage: Called for each message of the server as it comes, on the connection's thread.
    ///   - whenStopped: Called at most once, from any thread; must not block.
    package init(
        whenMessage: (@Sendable (SQLServerMessage) -> Void)? = nil,
        whenStopped: @escaping @Sendable (StopReason) -> Void = { _ in }
    ) {
        self.whenMessage = whenMessage
        self.whenStopped = whenStopped
    }

    /// Whether a cancellation was asked for.
    ///
    /// An engine looks after it has made the ticket known as running; ``markCancelled()`` comes before one looks for
    /// what runs. So one of the two sees the other.
    package var isCancelled: Bool { cancelMark.load(ordering: .sequentiallyConsistent) }

    /// Asks for a cancellation, for an engine that has not begun yet.
    package func markCancelled() { cancelMark.store(true, ordering: .sequentiallyConsistent) }

    /// The visit is being stopped: tells the caller, unless it is over or was told before.
    ///
    /// - Parameters:
    ///   - reason: Why.
    ///   - divert: Sends tasks away from the connection's thread; called before the caller is told.
    package func stop(_ reason: StopReason, divert: (() -> Void)? = nil) {
        let desired: State = divert == nil ? .stopped : .diverted
        let (isFirst, _) = state.compareExchange(
            expected: .running, desired: desired, ordering: .sequentiallyConsistent)
        guard isFirst else { return }
        divert?()
        whenStopped(reason)
    }

    /// The visit is over: nothing stops it any more.
    ///
    /// - Returns: Whether tasks were sent away from the thread, so that they may come back now.
    package func finish() -> Bool { state.exchange(.finished, ordering: .sequentiallyConsistent) == .diverted }

    /// A message of the server came.
    package func report(_ message: SQLServerMessage) { whenMessage?(message) }
}
