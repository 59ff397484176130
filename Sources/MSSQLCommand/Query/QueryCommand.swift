import CommandLineTools
import SQLServer

/// `mssql query`: runs a statement with parameters, or a script.
struct QueryCommand {
    static let description = CommandDescription(
        name: "query",
        summary: "Runs a statement with parameters, or a script, and prints what comes back.",
        discussion: """
            SQL is one batch. Its parameters are written @name in the text and given with -p; they are sent as values and \
            never become part of the text:

              mssql query 'SELECT * FROM dbo.Users WHERE City = @city AND Age > @age' \\
                  -p city=Zürich -p age:int=18

            A value is sent as nvarchar, unless a type stands behind the name: bit, tinyint, smallint, int, bigint, \
            decimal(p,s), money, float, real, date, time, datetime2, datetime, smalldatetime, datetimeoffset, \
            uniqueidentifier, nvarchar, varchar, nchar, char, or varbinary and binary written as 0x…. Sizes are \
            optional. --null NAME or NAME:TYPE sends NULL. With parameters the batch runs as sp_executesql.

            --file runs a script, batch by batch on one connection, split at its GO lines (GO 5 runs a batch five \
            times). Lines of errors are those of the file. The first batch that fails ends the script, unless \
            --continue-on-error is given; either way the exit code is 1. A batch may take 30 seconds, or as long as \
            commandTimeout in the URL says (0: no limit). The script runs to its end even if nobody reads stdout any more.

            --bulk copies a CSV file (RFC 4180, UTF-8) into the table --into, as bcp does. The first line names the \
            columns, unless --no-header is given. An empty field is NULL, and "" an empty text; numbers, dates and bytes \
            are written as for -p. All rows are committed together, unless --batch-size is given. A field that its \
            column cannot hold exactly ends the copy with its line. FreeTDS takes one of --table-lock, \
            --check-constraints, --fire-triggers and --keep-nulls. JSON (schema mssql.bulk/1) has succeeded, table, \
            rowsCommitted, batchesCommitted, outcomeUnknown, line, column and failure.

            Data is on stdout, PRINT and errors are on stderr, with the table format also row counts. CSV separates \
            several results by an empty line.

            JSON (schema mssql.query/1) has succeeded, resultSets (columns with name and type; rows as arrays in the \
            order of the columns), rowCounts of the statements that counted (null where the engine cannot know), \
            messages (number, severity, state, procedure, line, text) and failure, a text or null. Decimals are exact \
            numbers, bit is true or false, binary is 0x… text, dates and times are ISO 8601 text.
            """,
        options: [
            .repeated("param", short: "p", "NAME[:TYPE]=VALUE", "A parameter of the batch."),
            .repeated("null", "NAME[:TYPE]", "A parameter that is NULL."),
            .value("file", "FILE", "The script; - reads it from stdin."),
            .flag("continue-on-error", "Goes on with the next batch after one that failed."),
        ] + BulkCommand.options,
        arguments: [CommandArgument("SQL", "One batch of T-SQL.", count: .optional)])

    private let command: ParsedCommand
    private let context: CommandContext

    init(_ command: ParsedCommand, _ context: CommandContext) {
        self.command = command
        self.context = context
    }

    func run() async throws -> ExitCode {
        if let path = command.value("bulk") { return try await BulkCommand(command, context, path: path).run() }
        let stray = (["into", "delimiter", "batch-size"] + BulkCommand.flags).filter { command.flag($0) }
        guard stray.isEmpty else { throw command.usageError("--\(stray[0]) is for --bulk FILE.csv.") }
        let script = try script()
        let configuration = try ServerAddress(command, context).configuration()
        let format = command.value("format").flatMap(OutputFormat.init(rawValue:)) ?? .table
        let goesOn = command.flag("continue-on-error")
        let printer = QueryPrinter(format: format, terminal: context.terminal, file: script.file)
        return try await ConnectedSession.open(configuration) { session in
            var run = ScriptRun(script: script, printer: printer, goesOn: goesOn, terminal: context.terminal)
            return try await run.run(on: session.connection) ? .success : .failure
        }
    }

    private func script() throws -> QueryScript {
        switch (command.argument("SQL"), command.value("file")) {
        case (let sql?, nil):
            guard !command.flag("continue-on-error") else {
                throw command.usageError("--continue-on-error is for scripts: SQL is one batch.")
            }
            return QueryScript(statement: SQLQuery(unsafe: sql, parameters: try QueryParameters(command).parameters))
        case (nil, let path?):
            guard command.values("param").isEmpty, command.values("null").isEmpty else {
                throw command.usageError("-p and --null are for SQL on the command line, not for --file.")
            }
            return try QueryScript(path: path, bytes: try bytes(of: path))
        case (nil, nil): throw command.usageError("There is nothing to run: give SQL, or --file FILE.")
        case (_?, _?): throw command.usageError("Give SQL or --file, not both.")
        }
    }

    private func bytes(of path: String) throws -> [UInt8] {
        guard path != "-" || !command.flag("password-stdin") else {
            throw command.usageError("stdin is the script or the password, not both.")
        }
        do {
            return try path == "-" ? context.input.readAll() : context.readFile(path)
        } catch {
            let name = path == "-" ? "on stdin" : "'\(path)'"
            throw CommandFailure(.failure, "the script \(name) cannot be read: is it there, and may you read it?")
        }
    }
}
