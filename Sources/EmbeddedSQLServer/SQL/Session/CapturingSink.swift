import SQLValues

/// Collects the rows of results for INSERT … EXECUTE; messages go on to the client.
final class CapturingSink: ResultSink {
    /// One result set.
    struct Result {
        var columns: [ResultColumn]
        var rows: [[SQLValue]] = []
    }

    private let outer: any ResultSink
    private(set) var results: [Result] = []

    init(outer: any ResultSink) { self.outer = outer }

    func columns(_ columns: [ResultColumn]) { results.append(Result(columns: columns)) }

    func row(_ values: [SQLValue]) {
        guard !results.isEmpty else { return }
        results[results.count - 1].rows.append(values)
    }

    /// Counts of the statements that make the rows are not told.
    func done(_ done: StatementDone) {}

    func message(_ message: ServerMessage) throws(RequestStopped) { try outer.message(message) }

    func change(_ change: SessionChange) throws(RequestStopped) { try outer.change(change) }

    var isCancelled: Bool { outer.isCancelled }
}
