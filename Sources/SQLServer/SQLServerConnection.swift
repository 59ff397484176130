public import SQLServerCore
import Telemetry
import Threads

/// One connection to a server, lent for the time of a scope.
///
/// Statements run one after another. Session state, such as `SET` options and temporary tables of statements without
/// parameters, lasts for the scope and is gone before the connection is lent again. Using the connection after its
/// scope has ended is an error.
///
/// ```swift
/// try await db.withConnection { connection in
///     try await connection.execute("SELECT Id INTO #late FROM dbo.Orders WHERE Due < SYSUTCDATETIME()")
///     print(try await connection.scalar("SELECT COUNT(*) FROM #late", as: Int.self))
/// }
/// ```
public final class SQLServerConnection: SQLExecutor {
    struct State {
        var isLent = true
        var isInTransaction = false
        /// How many savepoint scopes are open.
        var savepoints = 0
        /// A statement failed inside the transaction, so the server may have ended it.
        var suspectsTransaction = false
        var failure: SQLServerError?
        /// A statement was stopped, and the server may not have acknowledged it yet.
        var isSettling = false
        /// Something may be left in the session that the next borrower must not see.
        var mustReset = false
        /// What must be done before the next statement: dropping the rest of a response, a rollback.
        var cleanup: Task<Void, Never>?
        /// What the client does about errors that pass.
        var resilience: Resilience?
    }

    let connection: any SQLEngineConnection
    let telemetry: Telemetry
    let commandTimeout: Duration?
    let state = Lock(State())

    init(_ connection: any SQLEngineConnection, telemetry: Telemetry, commandTimeout: Duration?) {
        self.connection = connection
        self.telemetry = telemetry
        self.commandTimeout = commandTimeout
    }

    /// Ends the scope: every later use is an error.
    func endScope() {
        state.withLock { $0.isLent = false }
    }

    /// Runs a batch and returns everything that it returned.
    ///
    /// A batch with parameters runs as `sp_executesql`: its temporary tables, `SET` options and `USE` end with it. One
    /// without is sent as it is, so that they last for the scope.
    ///
    /// - Throws: ``SQLServerCore/SQLServerError``; `misuse` after the scope has ended, `cancelled` when the task was
    ///   cancelled before the statement was sent.
    public func results(of query: SQLQuery, options: SQLCallOptions) async throws(SQLServerError) -> SQLResults {
        let request = try query.rendered()
        return try await repeating(options) { (once) throws(SQLServerError) in try await results(of: request, once) }
    }

    /// Runs a request and returns everything that it returned.
    func results(
        of request: SQLRequest, _ options: SQLCallOptions = .standard, effect: SessionEffect? = nil
    ) async throws(SQLServerError) -> SQLResults {
        let results = try await resultsAndErrors(of: request, .statement, options, effect: effect)
        guard results.messages.contains(where: \.isError) else { return results }
        throw SQLServerError.server(results.messages, query: request.text)
    }

    /// Runs a batch and returns everything that it returned, errors of the server included, instead of throwing them.
    ///
    /// For tools that show what a script did before it failed: look at ``SQLServerCore/SQLResults/messages``.
    ///
    /// ```swift
    /// let results = try await connection.resultsAndErrors(of: SQLQuery(unsafe: script), options: .timeout(.seconds(90)))
    /// for message in results.messages where message.isError { print(message) }
    /// ```
    ///
    /// - Throws: ``SQLServerCore/SQLServerError`` when there is no complete response, such as `connectionLost`.
    public func resultsAndErrors(
        of query: SQLQuery, options: SQLCallOptions
    ) async throws(SQLServerError) -> SQLResults {
        let request = try query.rendered()
        return try await repeating(options) { (once) throws(SQLServerError) in
            try await resultsAndErrors(of: request, .statement, once)
        }
    }

    /// Runs a request and records it; what it leaves in the session is found out from its text when `effect` is nil.
    func resultsAndErrors(
        of request: SQLRequest, _ kind: SQLOperation.Kind, _ options: SQLCallOptions, effect: SessionEffect? = nil
    ) async throws(SQLServerError) -> SQLResults {
        let operation = telemetry.begin(kind, request.text)
        do throws(SQLServerError) {
            let limit = options.timeout ?? commandTimeout
            let effect = effect ?? SessionEffect.of(request)
            let results = try await visit(options, query: request.text, effect: effect) {
                (connection, ticket) throws(SQLServerError) in
                try connection.collect(request, ticket: ticket, limit: limit)
            }
            guard results.messages.contains(where: \.isError) else {
                operation?.succeed(
                    returnedRows: results.resultSets.reduce(0) { $0 + $1.count }, affectedRows: results.rowCount)
                return results
            }
            let error = SQLServerError.server(results.messages, query: request.text)
            noteFailure(error)
            operation?.fail(error)
            return results
        } catch {
            operation?.fail(error)
            throw error
        }
    }
}

// MARK: - Visits

extension SQLServerConnection {
    /// Work on the connection's thread.
    typealias Work<Value> = @Sendable (isolated any SQLEngineConnection, RequestTicket) throws(SQLServerError) -> Value

    /// Visits the connection's thread, and comes back with the work's value, or at once when it is stopped by its time
    /// limit or the task's cancellation; what is under way then ends behind the caller.
    ///
    /// - Parameters:
    ///   - options: The time limit and the listener.
    ///   - query: The SQL text, for errors.
    ///   - effect: What the work may leave in the session.
    ///   - work: Runs on the connection's thread.
    /// - Returns: What `work` returned.
    /// - Throws: What `work` throws; `misuse` after the scope has ended; `timeout`, `cancelled`.
    func visit<Value: Sendable>(
        _ options: SQLCallOptions, query: String?, effect: SessionEffect = .mayRemain, _ work: @escaping Work<Value>
    ) async throws(SQLServerError) -> Value {
        try await prepare(effect)
        return try await perform(options, query: query, isCancellable: true, work)
    }

    /// Runs a statement of this library's own, which the cancellation of the task does not stop.
    func control(_ text: String) async throws(SQLServerError) -> SQLResults {
        let request = SQLRequest(text: text)
        let limit = commandTimeout
        return try await perform(.standard, query: text, isCancellable: false) {
            (connection, ticket) throws(SQLServerError) in
            try connection.run(request, ticket: ticket, limit: limit)
        }
    }

    private func perform<Value: Sendable>(
        _ options: SQLCallOptions, query: String?, isCancellable: Bool, _ work: @escaping Work<Value>
    ) async throws(SQLServerError) -> Value {
        let limit = options.timeout ?? commandTimeout
        let promise = Promise<Result<Value, SQLServerError>>()
        let ticket = RequestTicket(whenMessage: options.onMessage) { reason in
            promise.fulfil(.failure(Self.stopped(reason, limit, query)))
        }
        let connection = connection
        let outcome = await withTaskCancellationHandler {
            // The caller may go on before the work ends. The connection owns it: it runs on the connection's thread,
            // before everything that comes later.
            await promise.value {
                connection.enqueue { connection in promise.fulfil(Self.outcome(connection, ticket, work)) }
            }
        } onCancel: {
            if isCancellable { connection.cancel(ticket) }
        }
        switch outcome {
        case .failure(let error): noteFailure(error)
        // What ran to its end after a stop shows that the server has acknowledged that.
        case .success: state.withLock { if $0.cleanup == nil { $0.isSettling = false } }
        }
        return try outcome.get()
    }

    private static func outcome<Value>(
        _ connection: isolated any SQLEngineConnection, _ ticket: RequestTicket, _ work: Work<Value>
    ) -> Result<Value, SQLServerError> {
        do throws(SQLServerError) {
            return .success(try work(connection, ticket))
        } catch {
            return .failure(error)
        }
    }

    private static func stopped(
        _ reason: RequestTicket.StopReason, _ limit: Duration?, _ query: String?
    ) -> SQLServerError {
        switch reason {
        case .cancelled:
            SQLServerError(.cancelled, "the task was cancelled, and with it the statement", query: query)
        case .deadline:
            SQLServerError(
                .timeout,
                "the statement took longer than its limit of \(limit.map { "\($0)" } ?? "none") and was cancelled",
                query: query)
        }
    }

    /// Waits until the connection is ready for a statement of its user.
    private func prepare(_ effect: SessionEffect) async throws(SQLServerError) {
        let (isLent, mustWait) = state.withLock { state in
            if effect == .mayRemain { state.mustReset = true }
            return (state.isLent, state.cleanup != nil || state.suspectsTransaction)
        }
        guard isLent else {
            throw SQLServerError(.misuse, "the connection was used outside the scope that it was lent for")
        }
        if Task.isCancelled {
            throw SQLServerError(.cancelled, "the task was cancelled before the statement was sent")
        }
        guard mustWait else { return }
        await settle()
        if state.withLock({ $0.suspectsTransaction }) { try await checkTransaction() }
    }

    /// Waits for what was left to be done behind the user: what cleans up, and a visit that was stopped and ends when the
    /// server has acknowledged that.
    func settle() async {
        while let cleanup = state.withLock({ $0.cleanup }) {
            await cleanup.value
            state.withLock { if $0.cleanup == cleanup { $0.cleanup = nil } }
        }
        if isSettling { await connection.becomeFree() }
    }

    /// Has something done before the next statement, without waiting for it.
    func cleanUp(_ work: @escaping @Sendable (isolated any SQLEngineConnection) -> Void) {
        let connection = connection
        state.withLock { state in
            let before = state.cleanup
            state.isSettling = true
            state.cleanup = Task(executorPreference: connection.taskExecutor) {
                await before?.value
                await work(connection)
            }
        }
    }

    /// Whether something may be left in the session.
    var mustReset: Bool { state.withLock { $0.mustReset } }

    /// Whether the server may still have to acknowledge something, so that giving the connection back takes its time.
    var isSettling: Bool { state.withLock { $0.isSettling } }

    func noteFailure(_ error: SQLServerError) {
        state.withLock { state in
            if error.code == .timeout || error.code == .cancelled {
                state.isSettling = true
                state.mustReset = true
            }
            // The server ends the connection (severity 20 or more), which its socket may not tell yet.
            if error.severity ?? 0 >= 20 { state.mustReset = true }
            guard state.isInTransaction else { return }
            // The end of the transaction may not restore what its beginning has set.
            state.mustReset = true
            state.suspectsTransaction = true
            if state.failure == nil { state.failure = error }
        }
    }
}

extension SQLEngineConnection {
    /// Comes back when the connection's thread has time for it.
    fileprivate func becomeFree() {}
}
