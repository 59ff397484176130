import CommandLineTools
import SQLServer

/// `mssql query --bulk FILE.csv --into TABLE`: copies a CSV file into a table.
struct BulkCommand {
    /// Options that belong to `--bulk` and have no value.
    static let flags = [
        "no-header", "keep-identity", "table-lock", "check-constraints", "fire-triggers", "keep-nulls",
    ]

    static let options: [CommandOption] = [
        .value("bulk", "FILE.csv", "A CSV file to copy into --into; - reads it from stdin."),
        .value("into", "TABLE", "The table that --bulk copies into."),
        .flag("no-header", "The CSV file's first line is data; its fields are the table's columns in order."),
        .value("delimiter", "C", "The character between the fields of the CSV file; tab for a tab. Default: a comma."),
        .value("batch-size", "N", "Commits after every N rows of the CSV file instead of once."),
        .flag("keep-identity", "The CSV file has the values of the identity column."),
        .flag("table-lock", "Locks the table while --bulk copies."),
        .flag("check-constraints", "Checks CHECK and FOREIGN KEY constraints while --bulk copies."),
        .flag("fire-triggers", "Runs INSERT triggers while --bulk copies."),
        .flag("keep-nulls", "An empty field of a column with a default stays NULL."),
    ]

    private let command: ParsedCommand
    private let context: CommandContext
    private let path: String
    private let table: SQLObjectName

    init(_ command: ParsedCommand, _ context: CommandContext, path: String) throws {
        self.command = command
        self.context = context
        self.path = path
        guard let table = command.value("into") else {
            throw command.usageError("--bulk needs --into TABLE.")
        }
        do throws(SQLServerError) {
            self.table = try SQLObjectName(table)
        } catch {
            throw command.usageError("--into: \(error.message).")
        }
        let others = ["param", "null", "file", "continue-on-error"].filter { command.flag($0) }
        guard command.argument("SQL") == nil, others.isEmpty else {
            throw command.usageError("--bulk copies a file and runs no SQL: leave out SQL, --file, -p, --null.")
        }
        guard path != "-" || !command.flag("password-stdin") else {
            throw command.usageError("stdin is the file or the password, not both.")
        }
    }

    func run() async throws -> ExitCode {
        let delimiter = try delimiter()
        let batchSize = try command.integer("batch-size", in: 1...1_000_000_000)
        let configuration = try ServerAddress(command, context).configuration()
        let file: CommandFile
        do {
            file = try context.openFile(path)
        } catch {
            throw CommandFailure(.failure, "the file \(name) cannot be read: is it there, and may you read it?")
        }
        return try await ConnectedSession.open(configuration) { session in
            let columns = try await session.connection.bulkColumns(of: table)
            let rows = CSVRows(CSVReader(delimiter: delimiter, read: file.read), name: name)
            return try await copy(rows, columns, file, batchSize, session.connection)
        }
    }

    private var name: String { path == "-" ? "stdin" : "'\(path)'" }

    private func delimiter() throws -> UInt8 {
        guard let text = command.value("delimiter") else { return UInt8(ascii: ",") }
        let byte = text == "tab" || text == "\\t" ? UInt8(ascii: "\t") : text.utf8.first ?? 0
        let isOne = text.utf8.count == 1 || byte == UInt8(ascii: "\t")
        guard isOne, byte < 0x80, byte >= 0x20 || byte == UInt8(ascii: "\t"), byte != UInt8(ascii: "\"") else {
            throw command.usageError("--delimiter is one ASCII character other than a quotation mark, or tab.")
        }
        return byte
    }

    private func copy(
        _ rows: CSVRows, _ columns: [BulkColumn], _ file: CommandFile, _ batchSize: Int?,
        _ connection: SQLServerConnection
    ) async throws -> ExitCode {
        let report = BulkReport(
            table: table.description, name: name, format: command.value("format"), terminal: context.terminal)
        let meter = BulkMeter(context, size: file.size, rows: rows)
        do {
            let names = try names(rows, columns)
            try rows.prepare(names, columns)
            var options = SQLBulkCopyOptions(batchSize: batchSize)
            options.keepIdentity = command.flag("keep-identity")
            options.tableLock = command.flag("table-lock")
            options.checkConstraints = command.flag("check-constraints")
            options.fireTriggers = command.flag("fire-triggers")
            options.keepNulls = command.flag("keep-nulls")
            options.onProgress = { meter.update($0) }
            let copied = try await connection.bulkCopy(into: table, columns: names, options: options, rows: rows)
            meter.finish()
            return try report.succeed(copied)
        } catch let error as SQLBulkCopyError {
            meter.finish()
            return try report.fail(error, line: rows.line)
        } catch let error as CSVError {
            meter.finish()
            return try report.fail("\(name), \(error)")
        }
    }

    /// The columns that the file has, in its order.
    private func names(_ rows: CSVRows, _ columns: [BulkColumn]) throws -> [String] {
        guard command.flag("no-header") else { return try rows.readHeader() }
        let count = try rows.peekFieldCount()
        let takesIdentity = command.flag("keep-identity")
        let loadable = columns.filter { !$0.isGenerated && (takesIdentity || !$0.isIdentity) }.map(\.name)
        guard count <= loadable.count else {
            throw CommandFailure(
                .failure,
                "\(name) has \(count) fields in its first line, and \(table) takes \(loadable.count) columns: "
                    + loadable.joined(separator: ", "))
        }
        return Array(loadable.prefix(count))
    }
}
