/// What repeating can do about an error.
///
/// ``SQLServerError/retryClass`` gives the class of an error; docs/resilience.md lists that of every number. An open set:
/// later versions add classes, so treat one that you do not know like ``never``.
///
/// ```swift
/// } catch let error as SQLServerError where error.retryClass == .throttled {
///     return Response(status: 503, headers: ["Retry-After": "10"])
/// }
/// ```
public struct SQLRetryClass: Sendable, Hashable, CustomStringConvertible {
    /// The name of the class, such as `transaction`.
    public let description: String

    private init(_ name: String) { description = name }

    /// Repeating gives the same error, or it is not safe to find out.
    public static let never = SQLRetryClass("never")
    /// The connection or the server behind it is gone or not ready: connect anew, then repeat.
    public static let connection = SQLRetryClass("connection")
    /// The server has too much to do: repeat on a new connection after a longer wait.
    public static let throttled = SQLRetryClass("throttled")
    /// Perhaps a wrong name or a missing right, perhaps a failover: one more attempt, not many.
    public static let doubtful = SQLRetryClass("doubtful")
    /// A lock, memory or a schema change stood in the way: repeat the statement, or the whole transaction around it.
    public static let statement = SQLRetryClass("statement")
    /// The server rolled the transaction back: repeat it from its beginning.
    public static let transaction = SQLRetryClass("transaction")
    /// A conflict between memory-optimized rows: repeat the whole transaction after milliseconds.
    public static let conflict = SQLRetryClass("conflict")
    /// The work is larger than the server allows: never repeated by itself; split it.
    public static let workload = SQLRetryClass("workload")

    /// Every class, in the order of docs/resilience.md.
    package static let all = [connection, throttled, doubtful, statement, transaction, conflict, workload, never]

    /// Whether an attempt after an error of this class can be worth its cost.
    public var isTransient: Bool { self != .never && self != .workload }

    /// Whether the next attempt needs another connection, even when the old one still answers.
    public var needsNewConnection: Bool { [.connection, .throttled, .doubtful].contains(self) }
}
