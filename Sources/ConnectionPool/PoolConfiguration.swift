/// The limits of a pool.
///
/// ```swift
/// var limits = PoolConfiguration(minimum: 2, maximum: 20)
/// limits.tenantShare = 0.25    // no tenant holds more than 5 of the 20
/// ```
package struct PoolConfiguration: Sendable, Hashable {
    /// Connections that are kept open when nobody needs them.
    package var minimum: Int
    /// The most connections that may be open or being opened.
    package var maximum: Int
    /// The most connections that may be opened at the same time, so that a cold pool does not storm a server.
    package var maximumConnecting = 8
    /// How long a waiter waits; nil for no limit.
    package var acquireTimeout: Duration? = .seconds(30)
    /// How long a connection beyond the minimum may lie unused; nil for ever.
    package var idleTimeout: Duration? = .seconds(600)
    /// How old a connection may become; nil for no limit.
    ///
    /// Past it an idle connection is closed, and a lent one when it comes back.
    package var maximumLifetime: Duration? = .seconds(1_800)
    /// The part of a connection's lifetime that chance may take away, from 0 to 1.
    ///
    /// So connections that were opened together are not closed together. Keep-alive checks are spread in the same way.
    package var lifetimeJitter = 0.1
    /// A connection without a sign of life for so long is to be validated by its borrower; nil for never.
    package var validationInterval: Duration? = .seconds(30)
    /// An idle connection without a sign of life for so long is checked by the pool; nil for never.
    package var keepAliveInterval: Duration?
    /// A lease longer than this is reported once, with its borrower; nil for never.
    package var leakThreshold: Duration?
    /// How long no connection is opened after a failed attempt; nil when waiters may try again at once.
    package var blockingPeriod: PoolBlockingPeriod? = .standard
    /// The part of the maximum that one tenant may hold, above 0 to 1; at least one connection.
    package var tenantShare = 1.0

    /// Limits with the default times.
    ///
    /// - Parameters:
    ///   - minimum: Connections that are kept open.
    ///   - maximum: The most connections; taken as 1 when it is less.
    package init(minimum: Int = 0, maximum: Int) {
        self.maximum = max(1, maximum)
        self.minimum = min(max(0, minimum), self.maximum)
    }

    /// The most connections that one tenant may hold.
    var tenantLimit: Int {
        guard tenantShare < 1 else { return maximum }
        return max(1, Int(Double(maximum) * max(0, tenantShare)))
    }
}

/// How long a pool pauses after failed attempts to connect.
package struct PoolBlockingPeriod: Sendable, Hashable {
    /// The pause after the first failure.
    package var first: Duration
    /// The longest pause; each failure in a row doubles the pause up to it.
    package var longest: Duration

    /// A pause and its limit.
    package init(first: Duration, longest: Duration) {
        self.first = first
        self.longest = max(first, longest)
    }

    /// 5 s, doubling to 60 s: the pool blocking period of Microsoft.Data.SqlClient.
    package static let standard = PoolBlockingPeriod(first: .seconds(5), longest: .seconds(60))
}
