/// How often and after which waits a unit of work is repeated.
///
/// Waits grow exponentially and are drawn at random between zero and the limit of the moment ("full jitter"), so that
/// clients that failed together do not come back together. Errors of an overloaded server wait longer, conflicts between
/// memory-optimized rows only milliseconds.
///
/// ```swift
/// var policy = SQLRetryPolicy.standard
/// policy.maximumAttempts = 3
/// policy.maximumElapsed = .seconds(10)
/// policy.rules[50_123] = .transaction
/// ```
public struct SQLRetryPolicy: Sendable, Hashable {
    /// The most attempts, the first one counted; 1 never repeats.
    public var maximumAttempts: Int
    /// How much time may have passed since the beginning when the next attempt starts; nil for no limit.
    public var maximumElapsed: Duration?
    /// The limit of the first wait; it doubles with each further one.
    public var firstDelay: Duration
    /// The limit that no wait exceeds, apart from ``throttledDelay``.
    public var maximumDelay: Duration
    /// What a wait is at least when the server is overloaded; the random part comes on top.
    public var throttledDelay: Duration
    /// The limit of the first wait after a conflict between memory-optimized rows; it doubles up to a hundred times this.
    public var conflictDelay: Duration
    /// The most attempts after errors that are perhaps no passing trouble at all (``SQLRetryClass/doubtful``).
    public var doubtfulAttempts: Int
    /// The class of each error number.
    public var rules: SQLRetryRules

    /// A policy with its limits.
    ///
    /// ```swift
    /// let patient = SQLRetryPolicy(maximumAttempts: 10, maximumElapsed: .seconds(300))
    /// ```
    public init(
        maximumAttempts: Int = 5, maximumElapsed: Duration? = .seconds(60), firstDelay: Duration = .milliseconds(100),
        maximumDelay: Duration = .seconds(10), throttledDelay: Duration = .seconds(5),
        conflictDelay: Duration = .milliseconds(1), doubtfulAttempts: Int = 2, rules: SQLRetryRules = .standard
    ) {
        self.maximumAttempts = maximumAttempts
        self.maximumElapsed = maximumElapsed
        self.firstDelay = firstDelay
        self.maximumDelay = maximumDelay
        self.throttledDelay = throttledDelay
        self.conflictDelay = conflictDelay
        self.doubtfulAttempts = doubtfulAttempts
        self.rules = rules
    }

    /// Five attempts within a minute.
    public static let standard = SQLRetryPolicy()
    /// One attempt: every error reaches the caller at once.
    public static let none = SQLRetryPolicy(maximumAttempts: 1)

    /// The shortest and the longest wait after an attempt.
    ///
    /// ```swift
    /// let range = SQLRetryPolicy.standard.delays(afterAttempt: 3, .connection)    // 0 s ... 0.4 s
    /// ```
    ///
    /// - Parameters:
    ///   - attempt: The attempt that failed, from 1.
    ///   - retryClass: The class of its error.
    /// - Returns: The range from which the wait is drawn.
    public func delays(afterAttempt attempt: Int, _ retryClass: SQLRetryClass) -> ClosedRange<Duration> {
        switch retryClass {
        case .conflict: return .zero...Self.doubled(conflictDelay, attempt, limit: Self.bounded(conflictDelay) * 100)
        case .throttled:
            let least = Self.bounded(throttledDelay)
            return least...least + Self.doubled(firstDelay, attempt, limit: maximumDelay)
        default: return .zero...Self.doubled(firstDelay, attempt, limit: maximumDelay)
        }
    }

    /// The wait after an attempt.
    ///
    /// ```swift
    /// var generator = SystemRandomNumberGenerator()
    /// try await Task.sleep(for: policy.delay(afterAttempt: 1, error.retryClass, using: &generator))
    /// ```
    ///
    /// - Parameters:
    ///   - attempt: The attempt that failed, from 1.
    ///   - retryClass: The class of its error.
    ///   - generator: The source of randomness.
    /// - Returns: A wait out of ``delays(afterAttempt:_:)``, to the microsecond.
    public func delay(
        afterAttempt attempt: Int, _ retryClass: SQLRetryClass, using generator: inout some RandomNumberGenerator
    ) -> Duration {
        let range = delays(afterAttempt: attempt, retryClass)
        let width = range.upperBound - range.lowerBound
        let microseconds = Int64(width / .microseconds(1))
        return range.lowerBound + .microseconds(Int64.random(in: 0...microseconds, using: &generator))
    }

    /// A duration doubled with each attempt after the first, up to a limit.
    private static func doubled(_ first: Duration, _ attempt: Int, limit: Duration) -> Duration {
        let factor = 1 << (min(max(attempt, 1), 21) - 1)
        return min(bounded(first) * factor, bounded(limit))
    }

    /// A wait as it can be meant: not negative, and at most a year.
    private static func bounded(_ delay: Duration) -> Duration { max(.zero, min(delay, .seconds(365 * 86_400))) }
}
