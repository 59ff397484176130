/// The bookkeeping of a pool of connections: who holds one, who waits, what is to be opened, checked and closed, and when.
///
/// A value that decides and never acts. It knows no database, no clock and no task: instants and random numbers come in,
/// and each event returns what the caller must do after it has released its lock. Several things can follow from one
/// event, so actions come as an array, which is empty, and free, in the common case.
///
/// ```swift
/// // A lease without waiting:
/// if let lease = lock.withLock({ $0.tryAcquire(for: borrower, at: .now) }) { return lease }
/// // Otherwise a waiter is queued; `.lend` or `.fail` resumes it, at once or later.
/// let id = lock.withLock { $0.makeRequestID() }
/// let outcome = await withTaskCancellationHandler {
///     await withCheckedContinuation { waiter in
///         perform(lock.withLock { pool in
///             // The flag is set before the handler is called, so a cancellation is seen here or finds the waiter.
///             Task.isCancelled ? [.fail(waiter, …)] : pool.acquire(id, waiter, for: borrower, at: .now)
///         })
///     }
/// } onCancel: { lock.withLock { $0.cancel(id) }?.resume(returning: cancelled) }
/// // And back:
/// perform(lock.withLock { $0.release(lease.id, at: .now) })
/// ```
///
/// One timer serves the whole pool: after each event the owner sees to it that ``tick(_:)`` is called at
/// ``nextWakeUp()`` at the latest. Calling it too early or too often does no harm.
///
/// What holds after every event:
/// - No more than `maximum` connections are open or being opened, and no more than `maximumConnecting` being opened.
/// - A waiter is answered once: it is served, refused, or it was cancelled.
/// - A connection is lent to one borrower, and never again after it was closed, retired or cleared.
/// - Nobody waits beside an idle connection, except for tenants that hold their share of the pool.
///
/// An event costs O(1), O(log n) for timers; exceptions say so.
package struct PoolStateMachine<Instant, Connection: Sendable, Waiter: Sendable, Failure: Sendable>: Sendable
where Instant: InstantProtocol, Instant.Duration == Duration {
    package typealias Action = PoolAction<Connection, Waiter, Failure>
    package typealias Lease = PoolLease<Connection>

    let configuration: PoolConfiguration
    /// Instants are counted from here, so that all but the outermost layer is compiled for one type of time.
    let origin: Instant
    var places = PlaceTable()
    var queue: FairQueue
    var timers = TimerHeap<Duration>()
    var pause: ConnectPause
    /// What is in the places.
    var connections: [Connection?] = []
    /// Those in the queue, by its indices.
    var waiters: [Waiter?] = []
    var lastFailure: Failure?
    var totals = PoolTotals()
    /// How often the pool was cleared.
    var generation = 0
    var lastRequest: UInt64 = 0
    var isShutDown = false
    var isDrained = false
    /// When what is still lent after a shutdown is closed.
    var deadline: Duration?

    /// An empty pool.
    ///
    /// It opens its minimum of connections at the first ``tick(_:)``.
    package init(_ configuration: PoolConfiguration, at now: Instant) {
        self.configuration = configuration
        origin = now
        queue = FairQueue(limit: configuration.tenantLimit)
        pause = ConnectPause(configuration.blockingPeriod ?? .standard)
    }

    /// What the pool holds and has done.
    package var statistics: PoolStatistics {
        PoolStatistics(
            idle: places.count(.idle), inUse: places.count(.lent),
            connecting: places.count(.connecting) + places.count(.abandoned), checking: places.count(.checking),
            waiting: queue.count, totals: totals)
    }

    /// A number for a request, to cancel it with.
    package mutating func makeRequestID() -> PoolRequestID {
        lastRequest += 1
        return PoolRequestID(number: lastRequest)
    }

    func time(_ instant: Instant) -> Duration { origin.duration(to: instant) }

    /// Takes a waiter who has left the queue.
    mutating func take(_ entry: FairQueue.Entry) -> Waiter? {
        defer { waiters[entry.index] = nil }
        return waiters[entry.index]
    }

    /// Tells a waiter who has left the queue that it gets nothing.
    mutating func refuse(_ entry: FairQueue.Entry, _ reason: PoolRefusal<Failure>, _ actions: inout [Action]) {
        if let waiter = take(entry) { actions.append(.fail(waiter, reason)) }
    }
}
