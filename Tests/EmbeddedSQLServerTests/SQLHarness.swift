import EmbeddedSQLServer
import SQLValues
import Testing

/// Collects what a session sends.
final class CollectingSink: ResultSink {
    enum Event: Equatable {
        case columns([ResultColumn])
        case row([SQLValue])
        case done(StatementDone)
        case message(ServerMessage)
        case change(SessionChange)
    }

    var events: [Event] = []
    var isCancelled = false

    func columns(_ columns: [ResultColumn]) { events.append(.columns(columns)) }
    func row(_ values: [SQLValue]) { events.append(.row(values)) }
    func done(_ done: StatementDone) { events.append(.done(done)) }
    func message(_ message: ServerMessage) { events.append(.message(message)) }
    func change(_ change: SessionChange) { events.append(.change(change)) }

    var rows: [[SQLValue]] { events.compactMap { if case .row(let row) = $0 { row } else { nil } } }
    var messages: [ServerMessage] { events.compactMap { if case .message(let message) = $0 { message } else { nil } } }
    /// Numbers of the errors, in order.
    var errors: [Int32] { messages.filter { $0.severity > 10 }.map(\.number) }
    var types: [SQLType] {
        for case .columns(let columns) in events { return columns.map(\.type) }
        return []
    }
    var counts: [Int?] { events.compactMap { if case .done(let done) = $0 { .some(done.rowCount) } else { nil } } }
}

/// A session on a fresh instance, with the calls that tests make.
struct SQLHarness {
    let instance: any SQLInstance
    let session: any SQLSession

    init(isODBC: Bool = true) throws {
        instance = try makeSQLInstance(storage: .memory)
        session = try instance.openSession(
            database: "master", options: SessionOptions(userName: "sa", isODBC: isODBC, processID: 51))
    }

    /// A session on an instance of the test's.
    init(instance: any SQLInstance) throws {
        try self.init(instance: instance, id: 51, database: "master")
    }

    func another(_ id: Int32 = 52, database: String = "master") throws -> SQLHarness {
        try SQLHarness(instance: instance, id: id, database: database)
    }

    private init(instance: any SQLInstance, id: Int32, database: String) throws {
        self.instance = instance
        session = try instance.openSession(
            database: database, options: SessionOptions(userName: "sa", processID: id))
    }

    @discardableResult
    func run(_ batch: String) throws -> CollectingSink {
        let sink = CollectingSink()
        try session.run(batch: batch, into: sink)
        return sink
    }

    /// Runs a batch that must not fail.
    @discardableResult
    func succeed(_ batch: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> CollectingSink {
        let sink = try run(batch)
        #expect(sink.messages.filter { $0.severity > 10 } == [], sourceLocation: sourceLocation)
        return sink
    }

    /// The rows as text.
    func rows(_ batch: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> [[String]] {
        try succeed(batch, sourceLocation: sourceLocation).rows.map { $0.map(\.description) }
    }

    /// The first value as text.
    func value(_ expression: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> String {
        try rows("SELECT \(expression)", sourceLocation: sourceLocation).first?.first ?? "no row"
    }

    /// The first error.
    func error(_ batch: String) throws -> ServerMessage? { try run(batch).messages.first { $0.severity > 10 } }
}
