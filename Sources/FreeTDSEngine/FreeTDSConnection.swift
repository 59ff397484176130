import CFreeTDS
import SQLServerCore
import SQLValues
import Threads

/// One connection through db-lib: one DBPROCESS, used on one thread of its own.
actor FreeTDSConnection: SQLEngineConnection {
    /// Where a response stands.
    private enum Phase {
        case ready
        /// Sent; the first token has not been waited for.
        case sent
        /// Between results.
        case results
        /// Inside a result set.
        case rows
    }

    private let thread: DedicatedThread
    private let context = CallContext()
    private var process: DatabaseProcess?
    private var phase = Phase.ready
    private var reader: ColumnReader?
    private var commandTimeout: Int?
    /// Results in a row that failed without a message or progress.
    private var silentFailures = 0

    nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe thread.asUnownedSerialExecutor() }
    nonisolated var taskExecutor: any TaskExecutor { thread }

    var isOpen: Bool { process != nil }
    var messages: [SQLServerMessage] { context.messages }

    init(thread: DedicatedThread) { self.thread = thread }

    isolated deinit {
        close()
        CallContext.detach()
        thread.stop()
    }

    /// Logs in and sets the session options.
    func open(_ configuration: SQLServerConfiguration) throws(SQLServerError) {
        try FreeTDSLibrary.prepare()
        context.attach()
        context.clear()
        let opened = try DatabaseProcess.open(configuration, context)
        process = consume opened
        // db-lib counts whole seconds; a part of one is rounded up.
        commandTimeout = configuration.commandTimeout.map { limit in
            Int(limit.components.seconds) + (limit.components.attoseconds > 0 ? 1 : 0)
        }
        do {
            try setSessionOptions()
        } catch {
            close()
            throw error
        }
    }

    /// ODBC's options with ARITHABORT ON: a db-lib login starts with all of them OFF and TEXTSIZE 4096.
    ///
    /// DATEFORMAT and LANGUAGE stay the login's.
    private static let sessionOptions = """
        SET QUOTED_IDENTIFIER, ANSI_NULLS, ANSI_PADDING, ANSI_WARNINGS, ANSI_NULL_DFLT_ON, CONCAT_NULL_YIELDS_NULL, \
        ARITHABORT ON; SET CURSOR_CLOSE_ON_COMMIT, IMPLICIT_TRANSACTIONS, NUMERIC_ROUNDABORT OFF; \
        SET TEXTSIZE 2147483647; SET TRANSACTION ISOLATION LEVEL READ COMMITTED;
        """

    private func setSessionOptions() throws(SQLServerError) {
        _ = try run(SQLRequest(text: Self.sessionOptions))
        setCommandTimeout()
    }

    /// db-lib's time limit of one connection, in seconds; it cannot be set back to none, so none is a long time.
    private func setCommandTimeout() {
        guard let commandTimeout else { return }
        process?.setTimeout(seconds: commandTimeout > 0 ? commandTimeout : 2_000_000)
    }

    func start(_ request: SQLRequest) throws(SQLServerError) {
        guard phase == .ready else {
            throw SQLServerError(.misuse, "a response is still open on this connection; read it to its end first")
        }
        guard !request.text.utf8.contains(0) else {
            throw SQLServerError(.encoding, "the SQL text has a NUL character; pass it as a parameter instead")
        }
        context.clear()
        silentFailures = 0
        guard process != nil else { throw lost("the connection is closed") }
        if request.parameters.isEmpty {
            try sendBatch(request.text)
        } else {
            try sendCall(request)
        }
        phase = .sent
    }

    private func sendBatch(_ text: String) throws(SQLServerError) {
        guard process?.send(batch: text) == true else { throw fail("the statement could not be sent") }
    }

    /// Sends an `sp_executesql`.
    ///
    /// What db-lib cannot send as a parameter becomes a variable in front of the statement, on its first line, so
    /// that line numbers stay.
    private func sendCall(_ request: SQLRequest) throws(SQLServerError) {
        var text = ""
        for parameter in request.parameters where ParameterArena.isUnsendable(parameter) {
            let value = parameter.type.isBinary ? "0x" : "N''"
            text += "DECLARE \(parameter.name) \(parameter.type)=\(value);"
        }
        let parameters = request.parameters.filter { !ParameterArena.isUnsendable($0) }
        let declarations = SQLRequest(text: "", parameters: parameters).declarations
        text += request.text
        do {
            try process?.call("sp_executesql") { (arena, process) throws(SQLServerError) in
                try arena.addText("@stmt", text, to: process)
                guard !parameters.isEmpty else { return }
                try arena.addText("@params", declarations, to: process)
                for parameter in parameters { try arena.add(parameter, to: process) }
            }
        } catch  where error.code == .encoding {
            throw error
        } catch {
            throw fail("the statement could not be sent")
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
        }
    }

    /// Goes on to the next result set or the end of a statement.
    private func nextResult() throws(SQLServerError) -> SQLResponseEvent {
        while true {
            let seen = context.messages.count
            let status = process?.nextResult() ?? FAIL
            if status == NO_MORE_RESULTS {
                phase = .ready
                try checkTimeout()
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
            return try describeResult()
        }
    }

    private func describeResult() throws(SQLServerError) -> SQLResponseEvent {
        guard let count = process?.columnCount, count > 0 else { return .statementEnd(rowCount: process?.rowCount) }
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
        return .columns(list)
    }

    /// Fills one batch, or ends the result set.
    private func nextRows() throws(SQLServerError) -> SQLResponseEvent {
        while reader?.isFull == false {
            let status = process?.nextRow() ?? FAIL
            if status == NO_MORE_ROWS { break }
            guard status == REG_ROW else {
                try check(failed: true)
                throw fail("a row could not be read")
            }
            do throws(SQLServerError) {
                try process?.readRow(into: &reader)
            } catch {
                close()
                throw error
            }
        }
        try check(failed: false)
        if let count = reader?.rowCount, count > 0, let batch = reader?.finish() { return .rows(batch) }
        reader = nil
        phase = .results
        return .statementEnd(rowCount: process?.rowCount)
    }

    /// Notices a broken connection or a passed time limit after a call of db-lib.
    private func check(failed: Bool) throws(SQLServerError) {
        if process?.isDead != false { throw fail("the connection broke") }
        if failed { try checkTimeout() }
    }

    private func checkTimeout() throws(SQLServerError) {
        guard context.timeouts > 0 else { return }
        // The attention was acknowledged: the response is over and the connection usable.
        _ = process?.cancel()
        phase = .ready
        reader = nil
        let seconds = commandTimeout ?? 0
        throw SQLServerError(
            .timeout, "the statement took longer than its limit of \(seconds) s and was cancelled",
            messages: context.messages)
    }

    func discardResponse() throws(SQLServerError) {
        guard phase != .ready else { return }
        phase = .ready
        reader = nil
        guard process?.cancel() == true else { throw fail("the connection broke") }
    }

    func reset() throws(SQLServerError) {
        do {
            try resetSession()
        } catch {
            close()
            throw error
        }
    }

    /// `sys.sp_reset_connection` restores the login's defaults, which over db-lib are the ANSI options OFF; the SET
    /// batch follows.
    ///
    /// The isolation level is part of it, because a reset does not restore that.
    private func resetSession() throws(SQLServerError) {
        try discardResponse()
        context.clear()
        guard process != nil else { throw lost("the connection is closed") }
        try process?.call("sys.sp_reset_connection") { (_, _) throws(SQLServerError) in }
        phase = .sent
        while true {
            if case .end = try next() { break }
        }
        if context.messages.contains(where: \.isError) { throw SQLServerError.server(context.messages) }
        try setSessionOptions()
    }

    func close() {
        reader = nil
        process = nil
        phase = .ready
    }

    /// Closes the connection after a failure that leaves it in an unknown state.
    private func fail(_ what: String) -> SQLServerError {
        let error = lost(what)
        close()
        return error
    }

    private func lost(_ what: String) -> SQLServerError {
        if context.timeouts > 1 {
            return SQLServerError(
                .timeout,
                "the statement took longer than its limit, and the server did not acknowledge its cancellation; "
                    + "the connection was closed", messages: context.messages)
        }
        var reasons = context.failures.map { $0.systemText.isEmpty ? $0.text : "\($0.text) (\($0.systemText))" }
        reasons.append(contentsOf: context.messages.filter(\.isError).map(\.description))
        let reason = reasons.isEmpty ? "" : ": " + reasons.joined(separator: "; ")
        return SQLServerError(
            .connectionLost, "\(what)\(reason). What the statement did is unknown; check before repeating it",
            messages: context.messages)
    }
}
