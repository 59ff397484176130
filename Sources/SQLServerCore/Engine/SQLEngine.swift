/// A way to speak to a server: FreeTDS, or the native engine.
///
/// Everything above this seam is engine-blind.
package protocol SQLEngine: Sendable {
    /// The name that users see, such as `freeTDS`.
    var name: String { get }

    /// Opens a connection and logs in.
    ///
    /// - Parameters:
    ///   - configuration: Where and how.
    ///   - whenOver: Called once when the attempt did not lead to a connection and has ended. After a `timeout` or
    ///     `cancelled` that can be later than the error, because an engine may be unable to interrupt an attempt.
    /// - Returns: The connection, with its session's options set.
    /// - Throws: `connectionFailed`, `tlsFailed`, `loginFailed`, `timeout`, `cancelled`, or `unsupported` when the
    ///   configuration needs what this engine lacks.
    func connect(
        _ configuration: SQLServerConfiguration, whenOver: @escaping @Sendable () -> Void
    ) async throws(SQLServerError) -> any SQLEngineConnection
}

/// The identity of one request, by which it can be cancelled from anywhere.
package final class RequestTicket: Sendable {
    /// A new identity.
    package init() {}
}

/// What a response consists of, in the order of the server.
package enum SQLResponseEvent: Sendable {
    /// A result set begins.
    case columns(ColumnList)
    /// Rows of the result set that began last; never empty.
    case rows(SQLColumnBatch)
    /// A statement ended: rows returned or changed, nil when the server did not count or the engine cannot know.
    case statementEnd(rowCount: Int?)
    /// The response is complete; the connection is ready for the next request.
    case end
}

/// One physical connection of an engine: an actor on its own thread.
///
/// A request is started, and its response is pulled event by event until ``SQLResponseEvent/end``. An error of the
/// server is not thrown by `next`: it is one of the ``messages``, because later results may follow it.
package protocol SQLEngineConnection: Actor {
    /// The thread that this connection's calls run on, for tasks that want to avoid a thread switch.
    nonisolated var taskExecutor: any TaskExecutor { get }

    /// Whether requests can be sent. False after the connection broke or was closed.
    var isOpen: Bool { get }

    /// The messages of the current or last response, in order.
    var messages: [SQLServerMessage] { get }

    /// Sends a request. The connection's command timeout begins.
    ///
    /// With a ticket the request can be cancelled, and it is not sent when the task was cancelled before; without one
    /// it runs all the same, as a rollback must.
    ///
    /// - Throws: `encoding` or `cancelled` before anything is sent, `connectionLost`, or `misuse` when a response is
    ///   still open.
    func start(_ request: SQLRequest, ticket: RequestTicket?) throws(SQLServerError)

    /// Cancels a request if it is the one that runs: `next` then throws `cancelled`, and the connection stays usable
    /// when the server acknowledges in time.
    nonisolated func cancel(_ ticket: RequestTicket)

    /// The next event of the response.
    ///
    /// - Throws: `timeout` or `cancelled` (the connection stays open when the server acknowledged), `decoding` for a
    ///   text that cannot be converted, or, with the connection closed, `connectionLost` and `protocolViolation`.
    func next() throws(SQLServerError) -> SQLResponseEvent

    /// Drops what is left of the response, so that the connection is ready again.
    func discardResponse() throws(SQLServerError)

    /// Brings the session back to the state after login; closes the connection when the server refuses or does not
    /// answer within the limit.
    func reset(limit: Duration) throws(SQLServerError)

    /// Closes the connection. Closing twice is allowed.
    func close()
}
