import CommandLineTools
import SQLServer

/// `mssql ping`: connects, measures round trips, and says what is at the other end.
struct PingCommand {
    static let description = CommandDescription(
        name: "ping",
        summary: "Connects to the server, measures round trips, and tells what it is.",
        discussion: """
            Connects once, runs SELECT 1 --count times, and prints the shortest and the median time from sending it to \
            the end of its answer.

            JSON (schema mssql.ping/1) has host, port, version, edition, engine, encryption (mode, verification, certificateVerified), \
            database, login, connectMilliseconds and roundTrip (count, minimumMilliseconds, medianMilliseconds).
            """,
        options: [.value("count", "N", "How many round trips.", default: "5")])

    private let command: ParsedCommand
    private let context: CommandContext

    init(_ command: ParsedCommand, _ context: CommandContext) {
        self.command = command
        self.context = context
    }

    func run() async throws -> ExitCode {
        let count = try command.integer("count", in: 1...1_000_000) ?? 1
        let configuration = try ServerAddress(command, context).configuration()
        let uptime = context.uptime
        let start = uptime()
        let report = try await ConnectedSession.open(configuration) { session in
            let connectTime = uptime() - start
            var times: [Duration] = []
            for _ in 0..<count {
                let sent = uptime()
                _ = try await session.connection.scalar("SELECT 1", as: Int.self)
                times.append(uptime() - sent)
            }
            return PingReport(
                configuration: configuration, identity: try await Self.identity(session),
                engine: session.client.engineDescription, connectTime: connectTime, roundTrips: times)
        }
        try report.write(
            as: command.value("format").flatMap(OutputFormat.init(rawValue:)) ?? .table, to: context.terminal)
        return .success
    }

    private static func identity(_ session: ConnectedSession) async throws -> PingReport.Identity {
        let rows = try await session.connection.query(
            """
            SELECT CAST(SERVERPROPERTY('ProductVersion') AS nvarchar(128)) AS ProductVersion,
                CAST(SERVERPROPERTY('Edition') AS nvarchar(128)) AS Edition,
                DB_NAME() AS DatabaseName, SUSER_SNAME() AS LoginName
            """,
            as: (String?, String?, String?, String?).self)
        let row = rows.first ?? (nil, nil, nil, nil)
        return PingReport.Identity(version: row.0, edition: row.1, database: row.2, login: row.3)
    }
}
