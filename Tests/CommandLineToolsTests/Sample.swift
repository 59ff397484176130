import CommandLineTools

/// A command line like that of the package, for the tests.
enum Sample {
    static let serve = CommandDescription(
        name: "serve", summary: "Runs the embedded server.",
        discussion: """
            The first line on stdout is the server's URL. It ends with an interrupt,
            and keeps its data only when a file is named.

            Example:

                mssql serve --port 1433 --data shop.db
            """,
        options: [
            .value("port", "N", "TCP port; 0 for any free one.", default: "1433"),
            .value("data", "FILE", "SQLite file of the data."),
            .flag("tls", "Offers encryption with a certificate made on the fly."),
        ])
    static let query = CommandDescription(
        name: "query", summary: "Runs a query and prints its rows.",
        options: [
            .repeated("param", short: "p", "NAME=VALUE", "A parameter of the query."),
            .flag("verbose", short: "v", "Says more."), .flag("quiet", short: "q", "Says less."),
            .value("file", short: "f", "FILE", "A script instead of SQL."),
            .value("limit", "N", "The rows after which to stop."),
            OutputFormat.option,
        ],
        arguments: [CommandArgument("SQL", "The query.", count: .optional)])
    static let split = CommandDescription(
        name: "split", summary: "Splits scripts at GO.",
        options: [.value("out", "DIR", "Where the parts go.", isRequired: true)],
        arguments: [
            CommandArgument("FIRST", "The first script."), CommandArgument("MORE", "More scripts.", count: .any),
        ])
    static let migrate = CommandDescription(
        name: "migrate", summary: "Changes the schema step by step.",
        options: [.value("dir", "DIR", "The folder of the migrations.", default: "sql/migrations")],
        subcommands: [CommandDescription(name: "status", summary: "Tells what is applied."), split])
    static let root = CommandDescription(
        name: "mssql", summary: "Works with SQL Server, Azure SQL and Fabric.",
        options: [.value("url", "URL", "The server; MSSQL_URL when not given.")],
        subcommands: [serve, query, migrate])

    static func parse(_ arguments: [String]) throws(UsageError) -> CommandParser.Outcome {
        try CommandParser(root, version: "1.2.3").parse(arguments)
    }

    static func command(_ arguments: [String]) throws -> ParsedCommand {
        guard case .run(let command) = try parse(arguments) else {
            throw UsageError("help instead of a command", commandPath: [])
        }
        return command
    }

    static func shown(_ arguments: [String]) throws -> String {
        guard case .show(let text) = try parse(arguments) else {
            throw UsageError("a command instead of help", commandPath: [])
        }
        return text
    }

    /// The error of a command line, nil when there is none.
    static func error(_ arguments: [String]) -> UsageError? {
        do throws(UsageError) {
            _ = try parse(arguments)
            return nil
        } catch {
            return error
        }
    }
}
