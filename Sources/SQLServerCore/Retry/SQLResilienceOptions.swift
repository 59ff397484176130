/// What keeps a client's calls from making a bad time worse.
///
/// ```swift
/// configuration.resilience.circuitBreaker = SQLResilienceOptions.CircuitBreaker(failures: 5)
/// configuration.resilience.concurrencyLimit = nil    // no adaptive limit
/// ```
public struct SQLResilienceOptions: Sendable, Hashable {
    /// When calls are refused without asking a server that does not answer, and for how long.
    ///
    /// ```swift
    /// let breaker = SQLResilienceOptions.CircuitBreaker(failures: 20, pause: .seconds(2))
    /// ```
    public struct CircuitBreaker: Sendable, Hashable {
        /// Failures in a row that make it refuse: connections that break or are refused, and throttling.
        public var failures: Int
        /// The first pause; it doubles with each probe that fails.
        public var pause: Duration
        /// The longest pause.
        public var maximumPause: Duration

        /// Ten failures, and pauses from 5 to 60 seconds.
        ///
        /// ```swift
        /// let breaker = SQLResilienceOptions.CircuitBreaker(maximumPause: .seconds(30))
        /// ```
        public init(failures: Int = 10, pause: Duration = .seconds(5), maximumPause: Duration = .seconds(60)) {
            self.failures = failures
            self.pause = pause
            self.maximumPause = maximumPause
        }
    }

    /// How many calls may be under way when the server says that it has too much to do (10928, 10929, 40501).
    ///
    /// ```swift
    /// let limit = SQLResilienceOptions.ConcurrencyLimit(minimum: 4)
    /// ```
    public struct ConcurrencyLimit: Sendable, Hashable {
        /// The fewest calls that are always allowed.
        public var minimum: Int
        /// What is left of the limit after an overload, in percent.
        public var decrease: Int

        /// At least one call, and 70 percent after an overload.
        ///
        /// ```swift
        /// let limit = SQLResilienceOptions.ConcurrencyLimit(decrease: 50)
        /// ```
        public init(minimum: Int = 1, decrease: Int = 70) {
            self.minimum = minimum
            self.decrease = decrease
        }
    }

    /// How many retries are allowed in all; nil for no limit.
    public var retryBudget: SQLRetryBudget? = .process
    /// When calls are refused without asking the server; nil for never.
    public var circuitBreaker: CircuitBreaker? = CircuitBreaker()
    /// How the number of calls at a time adapts to the server, from the size of the pool downwards; nil for no limit but
    /// the pool.
    public var concurrencyLimit: ConcurrencyLimit? = ConcurrencyLimit()

    /// The process's budget, a breaker and an adaptive limit.
    ///
    /// ```swift
    /// configuration.resilience = SQLResilienceOptions()
    /// ```
    public init() {}

    /// None of them.
    ///
    /// ```swift
    /// configuration.resilience = .off
    /// ```
    public static var off: SQLResilienceOptions {
        var options = SQLResilienceOptions()
        options.retryBudget = nil
        options.circuitBreaker = nil
        options.concurrencyLimit = nil
        return options
    }
}
