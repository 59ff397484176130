/// A process's budget of retries: a token bucket that keeps retries a small part of the work.
///
/// Each retry costs a token; each success earns a part of one. While most calls succeed there is always a token; when a
/// server is down, the bucket is soon empty, and each call fails after its first attempt instead of multiplying the load.
/// First attempts cost nothing, so the bucket fills again as soon as the server is back.
///
/// ```swift
/// let budget = Lock(RetryBudget())
/// guard budget.withLock({ $0.withdraw() }) else { throw error }    // before a retry
/// budget.withLock { $0.succeeded() }                               // after a success
/// ```
package struct RetryBudget: Sendable, Hashable {
    /// How large the bucket is and how fast it fills.
    package struct Settings: Sendable, Hashable {
        /// The most tokens, and those at the beginning; the burst of retries that is allowed at once.
        package var capacity: Int
        /// Thousandths of a token that a success earns.
        package var earnings: Int

        /// A hundred tokens, and one retry for ten successes.
        package init(capacity: Int = 100, earnings: Int = 100) {
            self.capacity = max(0, capacity)
            self.earnings = max(0, earnings)
        }
    }

    private let settings: Settings?
    private var thousandths: Int
    /// How many retries were refused for want of a token.
    package private(set) var refused = 0

    /// A full bucket; without settings every retry is allowed.
    package init(_ settings: Settings? = Settings()) {
        self.settings = settings
        thousandths = (settings?.capacity ?? 0) * 1_000
    }

    /// The whole tokens that are left; nil without a limit.
    package var tokens: Int? { settings == nil ? nil : thousandths / 1_000 }

    /// Takes a token for a retry; false when there is none, and the error goes to the caller.
    package mutating func withdraw() -> Bool {
        guard settings != nil else { return true }
        guard thousandths >= 1_000 else {
            refused += 1
            return false
        }
        thousandths -= 1_000
        return true
    }

    /// A unit of work succeeded, at whichever attempt.
    package mutating func succeeded() {
        guard let settings else { return }
        thousandths = min(thousandths + settings.earnings, settings.capacity * 1_000)
    }
}
