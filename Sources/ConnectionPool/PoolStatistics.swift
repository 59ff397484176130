/// What a pool holds at a moment, and what it has done since it was made.
package struct PoolStatistics: Sendable, Hashable {
    /// Connections that can be lent.
    package var idle = 0
    /// Connections that are lent.
    package var inUse = 0
    /// Connections that are being opened, and attempts that failed without having ended.
    package var connecting = 0
    /// Idle connections that are being checked.
    package var checking = 0
    /// Those who wait.
    package var waiting = 0
    /// What it has done.
    package var totals = PoolTotals()

    /// All connections that count against the maximum.
    package var open: Int { idle + inUse + connecting + checking }
}

/// What a pool has done since it was made.
package struct PoolTotals: Sendable, Hashable {
    /// Attempts to connect that succeeded.
    package var connects = 0
    /// Attempts to connect that failed.
    package var connectFailures = 0
    /// Leases that began.
    package var leases = 0
    /// Leases that ended in any way.
    package var returns = 0
    /// Waiters that were queued, also those that were served at once.
    package var waits = 0
    /// Waiters whose time was over.
    package var timeouts = 0
    /// Waiters that gave up.
    package var cancellations = 0
    /// Waiters that were refused: after a failed attempt to connect, or because the pool was shut down.
    package var refusals = 0
    /// Leases that were reported as leaks.
    package var leaks = 0
    /// Connections that the pool gave up, for each reason.
    package var closes: [PoolCloseReason: Int] = [:]
    /// Leased connections that their borrowers gave up.
    package var discards = 0
}
