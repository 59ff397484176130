/// The bookkeeping of a bounded pool: who holds a connection, who waits, what may be opened.
///
/// A value that decides and never acts: each method returns what the caller must do after it has released its lock.
/// Waiters are served in the order they came; idle connections are lent last in, first out, so that the rest can age.
package struct PoolState<Connection: Sendable, Waiter: Sendable>: Sendable {
    /// What someone who wants a connection must do.
    package enum Acquisition: Sendable {
        /// Use this idle connection.
        case lend(Connection)
        /// Open a new connection; report with ``connected()`` or ``connectFailed()``.
        case connect
        /// Wait until the waiter is served.
        case wait
        /// The pool was shut down.
        case refuse
    }

    /// What to do when a connection or a place became free.
    package enum Handover: Sendable {
        /// Give this connection to this waiter.
        case lend(Connection, Waiter)
        /// Tell this waiter to open a connection, as after ``Acquisition/connect``.
        case connect(Waiter)
        /// Nothing more to do.
        case none
    }

    private let maximum: Int
    private var idle: [Connection] = []
    private var lent = 0
    private var connecting = 0
    private var waiters: [(id: Int, waiter: Waiter)] = []
    private var isShutDown = false

    /// A pool of at most `maximum` connections, at least one.
    package init(maximum: Int) { self.maximum = max(1, maximum) }

    /// Connections that are open or being opened.
    package var openCount: Int { idle.count + lent + connecting }
    /// Connections that are lent.
    package var lentCount: Int { lent }
    /// Those who wait.
    package var waitingCount: Int { waiters.count }

    /// Someone wants a connection.
    ///
    /// With ``Acquisition/wait`` the waiter is queued under its id.
    package mutating func acquire(id: Int, waiter: @autoclosure () -> Waiter) -> Acquisition {
        let acquisition = acquireNow()
        if case .wait = acquisition { waiters.append((id, waiter())) }
        return acquisition
    }

    /// Someone wants a connection if that is possible without waiting; nobody is queued.
    package mutating func acquireNow() -> Acquisition {
        if isShutDown { return .refuse }
        if let connection = idle.popLast() {
            lent += 1
            return .lend(connection)
        }
        guard openCount < maximum else { return .wait }
        connecting += 1
        return .connect
    }

    /// A connection was opened; its opener holds it now.
    ///
    /// False when the pool was shut down meanwhile: the opener must then close it and report ``discarded()``.
    package mutating func connected() -> Bool {
        connecting -= 1
        lent += 1
        return !isShutDown
    }

    /// A connection could not be opened: its place is free for another.
    package mutating func connectFailed() -> Handover {
        connecting -= 1
        return offerPlace()
    }

    /// A lent connection comes back in order.
    ///
    /// It goes to the next waiter or becomes idle; nil asks the caller to close it, because the pool was shut down.
    package mutating func release(_ connection: Connection) -> Handover? {
        lent -= 1
        if isShutDown { return nil }
        guard !waiters.isEmpty else {
            idle.append(connection)
            return Handover.none
        }
        lent += 1
        return .lend(connection, waiters.removeFirst().waiter)
    }

    /// A lent connection was closed: its place is free for another.
    package mutating func discarded() -> Handover {
        lent -= 1
        return offerPlace()
    }

    /// Takes all idle connections out of the pool; the caller closes them.
    package mutating func removeIdle() -> [Connection] {
        defer { idle = [] }
        return idle
    }

    /// A waiter gives up; nil when it was served already.
    package mutating func abandon(id: Int) -> Waiter? {
        guard let index = waiters.firstIndex(where: { $0.id == id }) else { return nil }
        return waiters.remove(at: index).waiter
    }

    /// No more connections are lent.
    ///
    /// Returns what must be closed and who must be told.
    package mutating func shutDown() -> (idle: [Connection], waiters: [Waiter]) {
        isShutDown = true
        defer {
            idle = []
            waiters = []
        }
        return (idle, waiters.map(\.waiter))
    }

    private mutating func offerPlace() -> Handover {
        guard !isShutDown, !waiters.isEmpty, openCount < maximum else { return .none }
        connecting += 1
        return .connect(waiters.removeFirst().waiter)
    }
}
