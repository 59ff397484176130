package import CommandLineTools
package import SQLServer

/// What one run of a batch returned.
package struct BatchOutcome: Sendable {
    package var tables: [ResultTable]
    package var rowCounts: [Int?]
    package var messages: [SQLServerMessage]
    /// The line of the script on which the batch begins, from 1.
    package var startLine: Int

    package init(tables: [ResultTable], rowCounts: [Int?], messages: [SQLServerMessage], startLine: Int = 1) {
        self.tables = tables
        self.rowCounts = rowCounts
        self.messages = messages
        self.startLine = startLine
    }

    init(_ results: SQLResults, startLine: Int) {
        self.init(
            tables: results.resultSets.map(ResultTable.init), rowCounts: results.rowCounts, messages: results.messages,
            startLine: startLine)
    }

    /// Whether the server reported an error.
    var hasFailed: Bool { messages.contains(where: \.isError) }
}

/// Prints what batches return: data to stdout, row counts and messages to stderr.
///
/// Tables and CSV are printed batch by batch; JSON is one document, printed at the end. When the reader of stdout goes
/// away (`| head`), data is dropped from then on and the script goes on, because it may change the database.
package struct QueryPrinter: Sendable {
    private let format: OutputFormat
    private let terminal: Terminal
    private let file: String?
    private var hasPrinted = false
    private var isClosed = false
    private var hasFailed = false
    private var resultSets: [JSONValue] = []
    private var rowCounts: [JSONValue] = []
    private var messages: [JSONValue] = []

    /// A printer for batches of a file, or for SQL of the command line.
    package init(format: OutputFormat, terminal: Terminal, file: String?) {
        self.format = format
        self.terminal = terminal
        self.file = file
    }

    /// Prints what a batch returned.
    package mutating func show(_ batch: BatchOutcome) throws(OutputError) {
        hasFailed = hasFailed || batch.hasFailed
        let texts = batch.messages.map { MessageText($0, file: file, startLine: batch.startLine) }
        if format == .json {
            resultSets += batch.tables.map(\.json)
            rowCounts += batch.rowCounts.map { $0.map { .integer($0) } ?? .null }
            messages += texts.map(\.json)
        } else {
            for table in batch.tables { try show(table) }
            if format == .table { tellRowCounts(batch.rowCounts) }
        }
        for (message, text) in zip(batch.messages, texts) where message.isError || format != .json {
            tell(text.text, isError: message.isError)
        }
    }

    /// Ends the output.
    ///
    /// - Parameter failure: Why it ends early, when the server did not say.
    /// - Throws: ``OutputError/failed(_:reason:)``, when stdout is full.
    package mutating func finish(failure: String? = nil) throws(OutputError) {
        guard format == .json else { return }
        let document = JSONValue.object([
            ("schema", "mssql.query/1"),
            ("succeeded", .bool(failure == nil && !hasFailed)),
            ("resultSets", .array(resultSets)),
            ("rowCounts", .array(rowCounts)),
            ("messages", .array(messages)),
            ("failure", failure.map(JSONValue.string) ?? .null),
        ])
        try write(document.text() + "\n")
    }

    private mutating func show(_ table: ResultTable) throws(OutputError) {
        let separator = format == .csv ? "\r\n" : "\n"
        let text = format == .csv ? table.csv : table.table
        try write((hasPrinted ? separator : "") + text)
        hasPrinted = true
    }

    private mutating func write(_ text: String) throws(OutputError) {
        guard !isClosed else { return }
        do throws(OutputError) {
            try terminal.write(text)
        } catch {
            guard error == .closed else { throw error }
            isClosed = true
        }
    }

    /// Many statements with the same count, as in a script of inserts, take one line.
    private func tellRowCounts(_ counts: [Int?]) {
        var rest = counts.compactMap(\.self)[...]
        while let count = rest.first {
            let run = rest.prefix { $0 == count }
            rest = rest[run.endIndex...]
            let times = run.count == 1 ? "" : " by each of \(run.count) statements"
            terminal.say("(\(count) \(count == 1 ? "row" : "rows") affected\(times))")
        }
    }

    private func tell(_ text: String, isError: Bool) {
        terminal.say(isError ? terminal.styled(text, .red, on: terminal.talk) : text)
    }
}
