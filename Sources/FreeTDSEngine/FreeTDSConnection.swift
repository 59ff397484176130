import CFreeTDS
import SQLServerCore
import SQLValues
import Threads

/// One connection through db-lib: one DBPROCESS, used on one thread of its own.
actor FreeTDSConnection: SQLEngineConnection {
    /// Where a response stands.
    enum Phase {
        case ready
        /// Sent; the first token has not been waited for.
        case sent
        /// Between results.
        case results
        /// Inside a result set.
        case rows
        /// Behind the last row of a result set.
        case rowsEnd
        /// Inside a batch of a bulk load.
        case bulkLoad
    }

    private let thread: DedicatedThread
    private let running = RunningRequest()
    /// What everybody may know of the connection's socket.
    nonisolated let socket = SocketState()
    let context = CallContext()
    var process: DatabaseProcess?
    var phase = Phase.ready
    var reader: ColumnReader?
    /// The limit of the visit that runs.
    var limit: Duration?
    /// Results in a row that failed without a message or progress.
    var silentFailures = 0
    /// The response is of an `sp_executesql`, and its last result was a row set: db-lib does not tell what came after.
    var mayHideStatements = false
    var bulkLoad: BulkLoad?
    var isCall = false
    /// What is prepared on this connection.
    var preparedStatements = PreparedStatements()
    /// The statement whose handle the response brings.
    var preparing: PreparedStatements.Key?
    /// The statement that was sent by its handle.
    var executing: (key: PreparedStatements.Key, request: SQLRequest)?
    /// The response is of a procedure, and its status has not been told.
    var awaitsStatus = false
    /// The procedure was called from SQL text, which gives its status and outputs back as a row.
    var awaitsOutputRow = false

    nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe thread.asUnownedSerialExecutor() }
    nonisolated var taskExecutor: any TaskExecutor { thread.taskExecutor }

    /// The code pages of databases, as far as they were needed.
    var codePages = DatabaseCodePages()

    var database: String { process?.database ?? "" }
    nonisolated var isOpen: Bool { socket.isOpen }
    nonisolated var isQuiet: Bool { socket.isQuiet }
    var messages: [SQLServerMessage] { context.messages }

    init(thread: DedicatedThread) { self.thread = thread }

    isolated deinit {
        close()
        CallContext.detach()
        thread.stop()
    }

    func beginVisit(_ ticket: RequestTicket?, limit: Duration?) throws(SQLServerError) {
        guard process != nil else { throw lost("the connection is closed") }
        self.limit = limit
        var whenStopped: (@Sendable (ThreadInterrupter.Reason) -> Void)?
        if let ticket {
            let executor = thread.taskExecutor
            whenStopped = { reason in
                ticket.stop(reason == .late ? .deadline : .cancelled) { executor.divert() }
            }
        }
        do {
            let watch = try context.begin(limit: limit, whenStopped: whenStopped)
            context.ticket = ticket
            if let ticket { running.begin(ticket, watch) }
        } catch {
            throw SQLServerError(.connectionFailed, "\(error)")
        }
        // A cancellation that came before found nothing to cancel.
        guard ticket?.isCancelled != true else {
            endVisit()
            throw SQLServerError(.cancelled, "the task was cancelled before the statement was sent")
        }
    }

    func endVisit() {
        running.end()
        context.end()
        if context.ticket?.finish() == true { thread.taskExecutor.restore() }
        context.ticket = nil
    }

    nonisolated func cancel(_ ticket: RequestTicket) {
        ticket.markCancelled()
        if !running.cancel(ticket) { ticket.stop(.cancelled) }
    }

    func start(_ request: SQLRequest) throws(SQLServerError) {
        try beginResponse()
        guard !request.text.utf8.contains(0) else {
            throw SQLServerError(.encoding, "the SQL text has a NUL character; pass it as a parameter instead")
        }
        switch request.kind {
        case .batch: try send(batch: request.text)
        case .statement: try send(statement: request)
        case .procedure: try send(procedure: request)
        }
        phase = .sent
    }

    /// Forgets the response before.
    func beginResponse() throws(SQLServerError) {
        guard phase == .ready else {
            throw SQLServerError(.misuse, "a response is still open on this connection; read it to its end first")
        }
        context.clear()
        silentFailures = 0
        mayHideStatements = false
        isCall = false
        awaitsStatus = false
        awaitsOutputRow = false
        preparing = nil
        executing = nil
        guard process != nil else { throw lost("the connection is closed") }
    }

    /// The response is over.
    func end() {
        phase = .ready
        reader = nil
        bulkLoad = nil
    }

    private func send(batch text: String) throws(SQLServerError) {
        guard process?.send(batch: text) == true else { throw fail("the statement could not be sent") }
    }

    /// Sends an `sp_executesql`.
    ///
    /// What db-lib cannot send as a parameter becomes a variable in front of the statement, on its first line, so
    /// that line numbers stay.
    func send(call request: SQLRequest) throws(SQLServerError) {
        var text = ""
        for parameter in request.parameters where ParameterArena.isUnsendable(parameter) {
            text += ParameterArena.declaration(ofUnsendable: parameter)
        }
        let parameters = request.parameters.filter { !ParameterArena.isUnsendable($0) }
        let declarations = SQLRequest(text: "", parameters: parameters).declarations
        text += request.text
        try call("sp_executesql", failure: "the statement could not be sent") {
            (arena, process) throws(SQLServerError) in
            try arena.addText("@stmt", text, to: process)
            guard !parameters.isEmpty else { return }
            try arena.addText("@params", declarations, to: process)
            for parameter in parameters { try arena.add(parameter, to: process) }
        }
    }

    func next() throws(SQLServerError) -> SQLResponseEvent {
        guard process != nil else { throw lost("the connection is closed") }
        switch phase {
        case .ready: return .end
        case .sent:
            let status = process?.awaitResponse() ?? FAIL
            phase = .results
            try check(failed: status == FAIL)
            return try nextResult()
        case .results: return try nextResult()
        case .rows: return try nextRows()
        case .rowsEnd: return try endRows()
        case .bulkLoad: throw SQLServerError(.misuse, "a bulk load has no rows to read")
        }
    }

    /// Goes on to the next result set or the end of a statement.
    private func nextResult() throws(SQLServerError) -> SQLResponseEvent {
        while true {
            // A server that keeps sending gives db-lib no reason to ask.
            if context.shouldStop { try stop() }
            let seen = context.messages.count
            let status = process?.nextResult() ?? FAIL
            if status == NO_MORE_RESULTS {
                try check(failed: true)
                let mayHide = mayHideStatements
                mayHideStatements = false
                if mayHide { return .statementEnd(rowCount: nil) }
                if awaitsStatus, let status = process?.returnStatus {
                    awaitsStatus = false
                    return .outputs(returnStatus: status, values: nil)
                }
                notePrepared()
                if try resendIfHandleIsGone() { return try next() }
                end()
                return .end
            }
            try check(failed: status == FAIL)
            guard status != FAIL else {
                // A failed statement: what follows it in the batch may still have results.
                silentFailures = context.messages.count > seen ? 0 : silentFailures + 1
                guard silentFailures < 16 else { throw fail("the server's response makes no sense to FreeTDS") }
                continue
            }
            silentFailures = 0
            if let event = try describeResult() { return event }
        }
    }

    /// The columns of a result set, or the count of a statement; nil for a statement that does not count.
    private func describeResult() throws(SQLServerError) -> SQLResponseEvent? {
        guard let count = process?.columnCount, count > 0 else {
            mayHideStatements = false
            return process?.rowCount.map { .statementEnd(rowCount: $0) }
        }
        let described: [DescribedColumn]
        do {
            described = try process?.describeColumns() ?? []
        } catch {
            try discardResponse()
            throw error
        }
        let opened = ColumnReader(described)
        let list = opened.columnList
        reader = consume opened
        phase = .rows
        if awaitsOutputRow, ProcedureText.isOutputRow(list) { return try readOutputRow() }
        return .columns(list)
    }

    /// Fills one batch, or ends the result set.
    private func nextRows() throws(SQLServerError) -> SQLResponseEvent {
        // Out of the actor for the time of the loop, which runs once per row.
        guard var rows = reader.take() else { throw fail("there is no result set to read") }
        let isOver = try fill(&rows)
        try check(failed: false)
        guard isOver else {
            let batch = rows.finish()
            reader = consume rows
            return .rows(batch)
        }
        phase = .rowsEnd
        return rows.rowCount > 0 ? .rows(rows.finishLast()) : try endRows()
    }

    /// The end of the statement whose rows were read.
    private func endRows() throws(SQLServerError) -> SQLResponseEvent {
        phase = .results
        mayHideStatements = isCall
        guard let count = process?.rowCount else { return try nextResult() }
        return .statementEnd(rowCount: count)
    }

    /// Reads rows until the batch is full; true when the last row of the result set was read.
    private func fill(_ rows: inout ColumnReader) throws(SQLServerError) -> Bool {
        guard let pointer = unsafe process?.pointer else { throw lost("the connection is closed") }
        let watch = context.watch
        while !rows.isFull {
            if let watch, watch.isStopped { try stop() }
            switch unsafe dbnextrow(pointer) {
            case REG_ROW: break
            case NO_MORE_ROWS: return true
            default:
                try check(failed: true)
                throw fail("a row could not be read")
            }
            if !context.failures.isEmpty { try checkConversion(rows.columnList) }
            do throws(SQLServerError) {
                try unsafe rows.readRow(pointer)
            } catch {
                close()
                throw error
            }
        }
        return false
    }

    func discardResponse() throws(SQLServerError) {
        guard phase != .ready else { return }
        guard phase != .bulkLoad else { return abandonBulkLoad() }
        context.beginGrace()
        guard process?.cancel() == true else { throw fail("the connection broke") }
        end()
    }

    nonisolated func enqueue(_ work: @escaping @Sendable (isolated any SQLEngineConnection) -> Void) {
        thread.run { self.assumeIsolated { connection in work(connection) } }
    }

    func close() {
        socket.closed()
        endVisit()
        end()
        process = nil
    }
}
