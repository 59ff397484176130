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

/// What a response consists of, in the order of the server.
package enum SQLResponseEvent: Sendable {
    /// A result set begins.
    case columns(ColumnList)
    /// Rows of the result set that began last; never empty.
    case rows(SQLColumnBatch)
    /// A statement ended: rows returned or changed, nil when the server did not count or the engine cannot know.
    case statementEnd(rowCount: Int?)
    /// What a procedure gave back: its status and one row with its output parameters, named with their `@`; no row
    /// when it has none.
    case outputs(returnStatus: Int?, values: SQLColumnBatch?)
    /// The response is complete; the connection is ready for the next request.
    case end
}

/// One physical connection of an engine: an actor on its own thread.
///
/// Everything that waits for the server happens in a visit, which has a time limit and can be cancelled. A request is
/// started, and its response is pulled event by event until ``SQLResponseEvent/end``, in one visit or in several. An
/// error of the server is not thrown by `next`: it is one of the ``messages``, because later results may follow it.
package protocol SQLEngineConnection: Actor {
    /// For tasks that want to run on the thread of this connection's calls, and so avoid a thread switch.
    nonisolated var taskExecutor: any TaskExecutor { get }

    /// Whether requests can be sent. False after the connection broke or was closed.
    nonisolated var isOpen: Bool { get }

    /// Whether the connection is open and its socket has nothing to read, as it must be between two requests: a look
    /// that costs no round trip. False when the server has closed the connection, or said something unasked.
    nonisolated var isQuiet: Bool { get }

    /// Runs work on the connection's thread, after what was added before.
    ///
    /// Cheaper than a task, for work that its caller waits for in another way.
    nonisolated func enqueue(_ work: @escaping @Sendable (isolated any SQLEngineConnection) -> Void)

    /// The database that the session is in, as the server told it.
    var database: String { get }

    /// What is known of the code pages of databases.
    var codePages: DatabaseCodePages { get set }

    /// The messages of the current or last response, in order.
    var messages: [SQLServerMessage] { get }

    /// A visit begins: its time runs, and it can be cancelled through its ticket.
    ///
    /// When it is stopped, the ticket is told at once; the visit itself ends when the server has acknowledged. Use
    /// `visit(_:limit:_:)`, which pairs this with ``endVisit()``.
    ///
    /// - Parameters:
    ///   - ticket: Nil for what must not be cancelled, such as a rollback.
    ///   - limit: Nil for no limit.
    /// - Throws: `connectionLost` when the connection is closed; `cancelled` when the ticket was cancelled before.
    func beginVisit(_ ticket: RequestTicket?, limit: Duration?) throws(SQLServerError)

    /// The visit is over; a response that is not read to its end stays open.
    func endVisit()

    /// Sends a request, inside a visit, as it is; ``send(_:)`` checks its texts first.
    ///
    /// - Throws: `encoding` before anything is sent, `connectionLost`, or `misuse` when a response is still open.
    func start(_ request: SQLRequest) throws(SQLServerError)

    /// Cancels a visit if it is the one that runs or has not begun: it throws `cancelled`, and the connection stays
    /// usable when the server acknowledges in time.
    nonisolated func cancel(_ ticket: RequestTicket)

    /// The next event of the response, inside a visit.
    ///
    /// - Throws: `timeout` or `cancelled` (the connection stays open when the server acknowledged), `decoding` for a
    ///   text that cannot be converted, or, with the connection closed, `connectionLost` and `protocolViolation`.
    func next() throws(SQLServerError) -> SQLResponseEvent

    /// Drops what is left of the response, inside a visit, so that the connection is ready again.
    func discardResponse() throws(SQLServerError)

    /// Prepares a bulk load into a table, inside a visit; no other request can be started until its batch is finished.
    ///
    /// - Throws: `unsupported` for what this engine cannot ask for, naming it; `server` when the server refuses;
    ///   `misuse` when a response is still open.
    func beginBulkLoad(_ target: BulkTarget) throws(SQLServerError)

    /// Sends rows of the bulk load, inside a visit.
    ///
    /// - Parameter rows: Made by a ``BulkRowWriter`` for the same target.
    /// - Throws: `server` when the server refuses the load before its first row; otherwise the connection is closed,
    ///   which rolls back the batch: `connectionLost`, `timeout`, `cancelled`.
    func sendBulkRows(_ rows: SQLColumnBatch) throws(SQLServerError)

    /// Ends the batch and waits for the server to commit its rows, or to add them to the open transaction, inside a
    /// visit; more rows need ``beginBulkLoad(_:)`` again.
    ///
    /// - Throws: `server` when the server refuses the rows, all of the batch; `timeout`, `cancelled` and
    ///   `connectionLost`, after which it is unknown whether they were committed.
    func finishBulkBatch() throws(SQLServerError)

    /// Gives up a bulk load whose batch is not finished: its rows are rolled back. An engine may have to close the
    /// connection for it. Does nothing when there is none.
    func abandonBulkLoad()

    /// Brings the session back to the state after login; closes the connection when the server refuses or does not
    /// answer within the limit.
    func reset(limit: Duration) throws(SQLServerError)

    /// Closes the connection. Closing twice is allowed.
    func close()
}
