import SQLServerCore
import SQLValues
import Synchronization

/// A connection that answers every request with the same events and messages.
actor ScriptedConnection: SQLEngineConnection {
    /// What happens after the events.
    enum End: Sendable {
        case complete
        case breaks(SQLServerError)
        case refusesToStart(SQLServerError)
    }

    private let script: [SQLResponseEvent]
    private let said: [SQLServerMessage]
    private let end: End
    private var position = 0
    private(set) var requests: [SQLRequest] = []
    private nonisolated let open = Atomic(true)
    private(set) var messages: [SQLServerMessage] = []
    var codePages = DatabaseCodePages(.windows1252)
    let database = "scripted"

    nonisolated var taskExecutor: any TaskExecutor { globalConcurrentExecutor }
    nonisolated var isOpen: Bool { open.load(ordering: .relaxed) }
    nonisolated var isQuiet: Bool { isOpen }

    init(_ script: [SQLResponseEvent], messages: [SQLServerMessage] = [], end: End = .complete) {
        self.script = script
        said = messages
        self.end = end
    }

    func beginVisit(_ ticket: RequestTicket?, limit: Duration?) throws(SQLServerError) {}

    func endVisit() {}

    func start(_ request: SQLRequest) throws(SQLServerError) {
        if case .refusesToStart(let error) = end { throw error }
        requests.append(request)
        position = 0
        messages = []
    }

    func next() throws(SQLServerError) -> SQLResponseEvent {
        guard position < script.count else {
            messages = said
            if case .breaks(let error) = end {
                open.store(false, ordering: .relaxed)
                throw error
            }
            return .end
        }
        defer { position += 1 }
        return script[position]
    }

    func discardResponse() throws(SQLServerError) { position = script.count }

    nonisolated func cancel(_ ticket: RequestTicket) {}

    func reset(limit: Duration) throws(SQLServerError) {}

    func beginBulkLoad(_ target: BulkTarget) throws(SQLServerError) {
        throw SQLServerError(.unsupported, "a scripted connection loads nothing")
    }

    func sendBulkRows(_ rows: SQLColumnBatch) throws(SQLServerError) {
        throw SQLServerError(.misuse, "no bulk load has begun")
    }

    func finishBulkBatch() throws(SQLServerError) { throw SQLServerError(.misuse, "no bulk load has begun") }

    func abandonBulkLoad() {}

    nonisolated func enqueue(_ work: @escaping @Sendable (isolated any SQLEngineConnection) -> Void) {
        Task { await work(self) }
    }

    func close() { open.store(false, ordering: .relaxed) }
}

/// An executor that renders its query and sends it to a scripted connection.
struct ScriptedExecutor: SQLExecutor {
    let connection: ScriptedConnection

    init(_ script: [SQLResponseEvent], messages: [SQLServerMessage] = []) {
        connection = ScriptedConnection(script, messages: messages)
    }

    func results(of query: SQLQuery, options: SQLCallOptions) async throws(SQLServerError) -> SQLResults {
        try await connection.run(query.rendered(), limit: options.timeout)
    }
}
