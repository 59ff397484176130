/// Receives what a client does.
///
/// Give one to a client: `SQLServerClient(configuration, telemetry: sink)`. Without one nothing is recorded, and an
/// operation costs one comparison more. Calls come from any thread, in the order begin, end for each operation; they
/// must not block.
///
/// ```swift
/// struct Printer: SQLTelemetrySink {
///     func begin(_ operation: SQLOperation) -> (any Sendable)? { nil }
///     func end(_ operation: SQLOperation, _ outcome: SQLOperationOutcome, token: (any Sendable)?) {
///         print(operation.kind, outcome.duration, outcome.error?.number ?? 0)
///     }
/// }
/// ```
public protocol SQLTelemetrySink: Sendable {
    /// An operation begins, in the task of the caller.
    ///
    /// - Returns: What the end of the operation needs, such as a span; given back to `end`.
    func begin(_ operation: SQLOperation) -> (any Sendable)?

    /// An operation has ended.
    func end(_ operation: SQLOperation, _ outcome: SQLOperationOutcome, token: (any Sendable)?)
}

/// The seam through which a client's parts record their operations.
package struct Telemetry: Sendable {
    private let sink: (any SQLTelemetrySink)?
    private let host: String
    private let port: Int
    private let database: String?

    /// Records to a sink; nil records nothing.
    package init(_ sink: (any SQLTelemetrySink)?, host: String, port: Int, database: String?) {
        self.sink = sink
        self.host = host
        self.port = port
        self.database = database
    }

    /// An operation begins; nil when nobody listens, and then the text is not evaluated either.
    package func begin(_ kind: SQLOperation.Kind, _ text: @autoclosure () -> String? = nil) -> RunningOperation? {
        guard let sink else { return nil }
        let operation = SQLOperation(kind: kind, host: host, port: port, database: database, text: text())
        return RunningOperation(operation, sink)
    }
}
