/// A way to speak to a server: FreeTDS, or the native engine.
///
/// Everything above this seam is engine-blind.
package protocol SQLEngine: Sendable {
    /// The name that users see, such as `freeTDS`.
    var name: String { get }

    /// Opens a connection and logs in.
    ///
    /// - Throws: `connectionFailed`, `tlsFailed`, `loginFailed`, `timeout`, or `unsupported` when the configuration
    ///   needs what this engine lacks.
    func connect(
        _ configuration: SQLServerConfiguration
    ) async throws(SQLServerError) -> any SQLEngineConnection
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

    /// Sends a request.
    ///
    /// - Throws: `encoding` before anything is sent, `connectionLost`, or `misuse` when a response is still open.
    func start(_ request: SQLRequest) throws(SQLServerError)

    /// The next event of the response.
    ///
    /// - Throws: `connectionLost`, `timeout` or `protocolViolation`; the connection is closed then, except after a
    ///   timeout that the server acknowledged.
    func next() throws(SQLServerError) -> SQLResponseEvent

    /// Drops what is left of the response, so that the connection is ready again.
    func discardResponse() throws(SQLServerError)

    /// Brings the session back to the state after login; closes the connection when the server refuses.
    func reset() throws(SQLServerError)

    /// Closes the connection. Closing twice is allowed.
    func close()
}
