import CommandLineTools
import SQLServer

/// Says what `mssql query --bulk` did: to a person on stderr, as JSON on stdout.
struct BulkReport {
    private let table: String
    private let name: String
    private let isJSON: Bool
    private let terminal: Terminal

    init(table: String, name: String, format: String?, terminal: Terminal) {
        self.table = table
        self.name = name
        isJSON = format.flatMap(OutputFormat.init(rawValue:)) == .json
        self.terminal = terminal
    }

    func succeed(_ copied: SQLBulkCopyProgress) throws -> ExitCode {
        if isJSON {
            try write(rows: copied.rowsCommitted, batches: copied.batchCount)
        } else {
            let rows = copied.rowsCommitted == 1 ? "row" : "rows"
            let batches = copied.batchCount > 1 ? " in \(copied.batchCount) batches" : ""
            terminal.say("(\(copied.rowsCommitted) \(rows) copied into \(table)\(batches))")
        }
        return .success
    }

    /// Tells what ended the copy; `line` is that of the row that was read last.
    func fail(_ error: SQLBulkCopyError, line: Int) throws -> ExitCode {
        var text: String
        switch error.cause {
        case let cause as CSVError: text = "\(name), \(cause)"
        case let cause as SQLServerError where error.row != nil: text = "\(name), line \(line): \(cause.message)"
        case let cause as SQLServerError: text = cause.message
        default: text = "\(name) cannot be read to its end: \(error.cause)"
        }
        if error.isOutcomeUnknown {
            text +=
                "; it is unknown whether the batch behind the \(error.rowsCommitted) rows that were committed is in "
                + "the table: look before repeating it"
        } else if error.rowsCommitted > 0 {
            text += "; \(error.rowsCommitted) rows were committed, go on behind them"
        } else {
            text += "; no row was committed"
        }
        let isAboutRow = error.row != nil || error.cause is CSVError
        return try fail(
            text, rows: error.rowsCommitted, batches: error.batchesCommitted, isUnknown: error.isOutcomeUnknown,
            line: isAboutRow ? line : nil, column: error.column)
    }

    func fail(
        _ text: String, rows: Int = 0, batches: Int = 0, isUnknown: Bool = false, line: Int? = nil,
        column: String? = nil
    ) throws -> ExitCode {
        terminal.fail(text)
        if isJSON {
            try write(
                rows: rows, batches: batches, failure: text, isUnknown: isUnknown, line: line, column: column)
        }
        return .failure
    }

    private func write(
        rows: Int, batches: Int, failure: String? = nil, isUnknown: Bool = false, line: Int? = nil,
        column: String? = nil
    ) throws {
        let document = JSONValue.object([
            ("schema", "mssql.bulk/1"),
            ("succeeded", .bool(failure == nil)),
            ("table", .string(table)),
            ("rowsCommitted", .integer(rows)),
            ("batchesCommitted", .integer(batches)),
            ("outcomeUnknown", .bool(isUnknown)),
            ("line", line.map { .integer($0) } ?? .null),
            ("column", column.map(JSONValue.string) ?? .null),
            ("failure", failure.map(JSONValue.string) ?? .null),
        ])
        try terminal.write(document.text() + "\n")
    }
}
