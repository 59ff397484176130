import EmbeddedSQLServer
import SQLValues
import Threads

/// A SQL side that follows a script instead of running SQL, for tests of the network side.
final class ScriptedInstance: SQLInstance {
    /// What a session was asked for.
    enum Request: Sendable, Equatable {
        case batch(String)
        case execute(String, declarations: String, arguments: [RequestArgument])
        case call(String, arguments: [RequestArgument])
        case transaction(TransactionRequest)
        case load(BulkRows)
        case reset(keepsTransaction: Bool)
        case close
    }

    /// What a script answers a request with: results into the sink, and the outputs of a call.
    typealias Script = @Sendable (Request, any ResultSink) throws(RequestStopped) -> (Int32, [RequestArgument])

    let provisions = ServerProvisions()
    private let script: Script
    private let log = Lock<[Request]>([])

    init(_ script: @escaping Script) { self.script = script }

    /// A script that answers every request with one row of one column.
    static func answering(_ value: Int64 = 1) -> ScriptedInstance {
        ScriptedInstance { (_, sink) throws(RequestStopped) in
            try sink.columns([ResultColumn(name: "n", type: .int, isNullable: true)])
            try sink.row([.int(value)])
            try sink.done(StatementDone(rowCount: 1, command: 193))
            return (0, [])
        }
    }

    /// All requests of all sessions so far.
    var requests: [Request] { log.withLock { $0 } }

    func openSession(database: String, options: SessionOptions) throws(ServerMessage) -> any SQLSession {
        guard ["", "master", "shop"].contains(database) else {
            throw ServerMessage(
                number: 4060, severity: 11,
                text: "Cannot open database \"\(database)\" requested by the login. The login failed.")
        }
        return Session(self, database: database.isEmpty ? "master" : database)
    }

    func close() {}

    final class Session: SQLSession {
        let instance: ScriptedInstance
        let loginDatabase: String
        var databaseName: String
        var transactionDescriptor: UInt64 = 0
        var lastError: Int32 = 0
        var expectsBulkLoad = false

        init(_ instance: ScriptedInstance, database: String) {
            self.instance = instance
            loginDatabase = database
            databaseName = database
        }

        private func answer(
            _ request: Request, _ sink: any ResultSink
        ) throws(RequestStopped) -> (Int32, [RequestArgument]) {
            instance.log.withLock { $0.append(request) }
            return try instance.script(request, sink)
        }

        func run(batch: String, into sink: any ResultSink) throws(RequestStopped) {
            if batch == "USE shop" { databaseName = "shop" }
            if batch.hasPrefix("INSERT BULK") { expectsBulkLoad = true }
            _ = try answer(.batch(batch), sink)
        }

        func execute(
            _ statement: String, declarations: String, arguments: [RequestArgument], into sink: any ResultSink
        ) throws(RequestStopped) -> [RequestArgument] {
            let answer = try answer(.execute(statement, declarations: declarations, arguments: arguments), sink)
            lastError = answer.0
            return answer.1
        }

        func call(
            _ procedure: String, arguments: [RequestArgument], into sink: any ResultSink
        ) throws(RequestStopped) -> (status: Int32, outputs: [RequestArgument]) {
            try answer(.call(procedure, arguments: arguments), sink)
        }

        func perform(_ request: TransactionRequest, into sink: any ResultSink) throws(RequestStopped) {
            switch request {
            case .begin: transactionDescriptor = 7
            case .commit, .rollback: transactionDescriptor = 0
            case .save: break
            }
            _ = try answer(.transaction(request), sink)
        }

        func load(_ rows: BulkRows, into sink: any ResultSink) throws(RequestStopped) {
            expectsBulkLoad = false
            _ = try answer(.load(rows), sink)
        }

        func forgetBulkLoad() { expectsBulkLoad = false }

        func reset(keepsTransaction: Bool) {
            databaseName = loginDatabase
            if !keepsTransaction { transactionDescriptor = 0 }
            instance.log.withLock { $0.append(.reset(keepsTransaction: keepsTransaction)) }
        }

        func close() { instance.log.withLock { $0.append(.close) } }
    }
}

/// Runs `body` with a server of a scripted instance, and stops it.
func withScriptedServer(
    _ configuration: EmbeddedServer.Configuration = EmbeddedServer.Configuration(),
    _ instance: ScriptedInstance = .answering(), _ body: (EmbeddedServer) throws -> Void
) throws {
    let server = try EmbeddedServer.start(configuration) { _ in instance }
    defer { server.stop() }
    try body(server)
}
