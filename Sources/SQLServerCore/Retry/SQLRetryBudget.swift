import Synchronization

/// How many retries are allowed in all, so that many callers with a policy of their own do not become a storm.
///
/// A token bucket: a retry costs a token, a success earns a part of one. While most calls succeed there is always a
/// token; when a server is down the bucket is soon empty, and every call fails after its first attempt instead of
/// multiplying the load. First attempts cost nothing, so the bucket fills again as soon as the server is back. All
/// clients of a process share ``process`` unless a configuration says otherwise.
///
/// ```swift
/// configuration.resilience.retryBudget = SQLRetryBudget(capacity: 20, successesPerRetry: 5)
/// print(SQLRetryBudget.process.tokens, SQLRetryBudget.process.refusedRetries)
/// ```
public final class SQLRetryBudget: Sendable, Hashable {
    /// The budget that all clients share: a hundred tokens, and a retry for ten successes.
    public static let process = SQLRetryBudget()

    /// What a retry costs, in units of what a success earns.
    private let price: Int
    private let capacity: Int
    private let units: Atomic<Int>
    private let refused = Atomic(0)

    /// A full bucket.
    ///
    /// ```swift
    /// let budget = SQLRetryBudget(capacity: 10)
    /// ```
    ///
    /// - Parameters:
    ///   - capacity: The most tokens, and those at the beginning: the burst of retries that is allowed at once.
    ///   - successesPerRetry: How many successes earn the token for one retry.
    public init(capacity: Int = 100, successesPerRetry: Int = 10) {
        price = min(max(successesPerRetry, 1), 1_000_000)
        self.capacity = min(max(capacity, 0), 1_000_000) * price
        units = Atomic(self.capacity)
    }

    /// The retries that are allowed at the moment.
    public var tokens: Int { units.load(ordering: .relaxed) / price }

    /// How many retries were refused for want of a token.
    public var refusedRetries: Int { refused.load(ordering: .relaxed) }

    /// Takes a token for a retry; false when there is none, and the error goes to the caller.
    package func withdraw() -> Bool {
        let isGranted = change { $0 >= price ? $0 - price : $0 }
        if !isGranted { refused.add(1, ordering: .relaxed) }
        return isGranted
    }

    /// A unit of work succeeded, at whichever attempt.
    package func succeeded() { _ = change { min($0 + 1, capacity) } }

    /// Puts in the place of the units what is made of them; false when that is the same.
    private func change(_ body: (Int) -> Int) -> Bool {
        var old = units.load(ordering: .relaxed)
        while true {
            let new = body(old)
            guard new != old else { return false }
            let (isExchanged, original) = units.compareExchange(expected: old, desired: new, ordering: .relaxed)
            if isExchanged { return true }
            old = original
        }
    }

    /// Whether two are the same bucket.
    public static func == (one: SQLRetryBudget, other: SQLRetryBudget) -> Bool { one === other }

    /// Hashes the bucket itself, not what it holds.
    public func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}
