/// The retry class of every error number: the ones of SQL Server, and what you add.
///
/// Numbers that are not known are ``SQLRetryClass/never`` repeated. Give your own a class, or change one:
///
/// ```swift
/// var rules = SQLRetryRules.standard
/// rules[50_123] = .transaction    // THROW 50123: our optimistic check failed
/// rules[4060] = .never            // this database never moves
/// let policy = SQLRetryPolicy(rules: rules)
/// ```
public struct SQLRetryRules: Sendable, Hashable {
    /// The classes of docs/resilience.md, without additions.
    public static let standard = SQLRetryRules()

    private var own: [Int: SQLRetryClass] = [:]

    private init() {}

    /// The class of a number; nil for one that is not known.
    ///
    /// Setting nil brings back the standard.
    ///
    /// ```swift
    /// let isDeadlock = SQLRetryRules.standard[1205] == .transaction
    /// ```
    public subscript(number: Int) -> SQLRetryClass? {
        get { own[number] ?? SQLErrorTable.classes[number] }
        set { own[number] = newValue }
    }
}

extension SQLServerError {
    /// What repeating can do about this error, by the standard rules.
    ///
    /// The class says whether another attempt can succeed. Whether one is safe is another question: see
    /// ``isOutcomeUnknown``.
    public var retryClass: SQLRetryClass { retryClass(by: .standard) }

    /// What repeating can do about this error, by rules of your own.
    ///
    /// ```swift
    /// if error.retryClass(by: rules).isTransient { queue.append(job) }
    /// ```
    public func retryClass(by rules: SQLRetryRules) -> SQLRetryClass {
        // The caller stopped it, or nobody knows what it did: whatever the server said before does not count.
        if [.cancelled, .commitOutcomeUnknown].contains(code) { return .never }
        if let number, let known = rules[number] { return known }
        switch code {
        case .connectionFailed, .connectionLost, .protocolViolation: return .connection
        // A handshake that breaks looks the same whether the certificate is refused or the server goes down.
        case .tlsFailed: return .doubtful
        // The time limit of connecting; that of a statement is the caller's own, and would pass again.
        case .timeout: return query == nil ? .connection : .never
        default: return .never
        }
    }

    /// Whether the statement may have done its work although it failed: the connection broke, or it was stopped, before
    /// the server's answer came.
    ///
    /// Such a statement is never repeated, unless whoever wrote it says that doing it twice is the same as doing it
    /// once.
    ///
    /// ```swift
    /// } catch let error as SQLServerError where error.isOutcomeUnknown {
    ///     let isBooked = try await db.scalar("SELECT COUNT(*) FROM dbo.Bookings WHERE Id = \(id)", as: Int.self) == 1
    /// }
    /// ```
    public var isOutcomeUnknown: Bool {
        switch code {
        case .commitOutcomeUnknown, .connectionLost, .protocolViolation: true
        case .timeout, .cancelled: query != nil
        default: false
        }
    }
}
