/// What a pool asks its owner to do.
///
/// Actions are performed in their order, after the lock around the pool was released.
package enum PoolAction<Connection: Sendable, Waiter: Sendable, Failure: Sendable>: Sendable {
    /// Give this waiter its connection.
    case lend(PoolLease<Connection>, to: Waiter)
    /// Tell this waiter that it gets none.
    case fail(Waiter, PoolRefusal<Failure>)
    /// Open a connection, and report `connected`, or `connectFailed`, under this id.
    case connect(PoolConnectionID)
    /// Close this connection; it is no longer part of the pool, and nothing is to be reported.
    case close(Connection, PoolCloseReason)
    /// Find out whether this idle connection is alive, and report `checked`; nobody borrows it meanwhile.
    case check(PoolConnectionID, Connection)
    /// Warn that someone has held a connection for longer than the leak threshold.
    case warnOfLeak(PoolHolder)
    /// After a shutdown: nothing is lent, opened or checked any more.
    case drained
}

/// A place in a pool, for the life of one connection or attempt to connect.
///
/// It is never used again.
package struct PoolConnectionID: Sendable, Hashable {
    let place: Int
    let serial: UInt64
}

/// One lease of a connection, from lending it to giving it back.
///
/// It is never used again.
package struct PoolLeaseID: Sendable, Hashable {
    let place: Int
    let number: UInt64
}

/// A waiter's number, for its cancellation.
package struct PoolRequestID: Sendable, Hashable {
    let number: UInt64
}

/// A connection that is lent; give it back with `release` or `discard`.
package struct PoolLease<Connection: Sendable>: Sendable {
    /// Names the lease when it ends.
    package let id: PoolLeaseID
    /// The connection.
    package let connection: Connection
    /// It gave no sign of life for so long that a round trip should show whether it is alive.
    ///
    /// When it is not, report `failedValidation` and ask again with `isReplacement`.
    package let needsValidation: Bool
}

/// Why a waiter gets no connection.
package enum PoolRefusal<Failure: Sendable>: Sendable {
    /// The acquire timeout passed.
    case timedOut(PoolTimeout<Failure>)
    /// Connecting failed, and no connection that could come back is open. Nil when the only failure was a connection
    /// that had expired before it could be lent.
    case connectFailed(Failure?)
    /// The pool was shut down.
    case shutDown
}

/// What a pool looked like when a waiter's time was over.
package struct PoolTimeout<Failure: Sendable>: Sendable {
    /// The most connections that may be open.
    package let maximum: Int
    /// Connections that were lent.
    package let inUse: Int
    /// Connections that were being opened.
    package let connecting: Int
    /// Waiters, this one among them.
    package let waiting: Int
    /// How long this waiter waited.
    package let waited: Duration
    /// The waiter's tenant, how many connections it held and how many it may hold.
    package let tenant: (PoolTenant, inUse: Int, limit: Int)
    /// Who held a connection for the longest time.
    package let longestHolder: PoolHolder?
    /// The last failed attempt to connect since one succeeded.
    package let lastFailure: Failure?
}

/// Someone who holds a connection.
package struct PoolHolder: Sendable, Hashable {
    /// Who it is.
    package let borrower: PoolBorrower
    /// For how long.
    package let held: Duration
}

/// Why a pool gives up a connection.
package enum PoolCloseReason: Sendable, Hashable, CaseIterable {
    /// Nobody used it for longer than the idle timeout.
    case idle
    /// It reached its lifetime, or its login expires.
    case retired
    /// The pool was cleared after it was opened.
    case cleared
    /// It did not pass a check, or lay idle beside one that failed its validation.
    case broken
    /// The pool was shut down.
    case shutDown
    /// It was still lent at the deadline of the shutdown: its borrower loses it.
    case forced
    /// It was opened after its attempt had been given up.
    case late
}
