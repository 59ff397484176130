import CommandLineTools
import EmbeddedSQLServer
import Foundation

/// `mssql serve`: runs the embedded server until a signal stops it.
struct ServeCommand {
    static let description = CommandDescription(
        name: "serve",
        summary: "Runs the embedded server, for development and tests.",
        discussion: """
            The first line on stdout is the server's URL; clients can connect when it is there. The server listens on \
            127.0.0.1 only, and stops on SIGINT (Ctrl-C) or SIGTERM.

            The login is 'sa' with a password that is no secret, unless --user, --password-file or --password-stdin say \
            otherwise. A password of yours is not printed: the URL comes without it, and clients add MSSQL_PASSWORD.
            """,
        options: [
            .value("port", "N", "The TCP port; 0 takes any that is free.", default: "0"),
            .value("data", "PATH", "A directory for the databases; :memory: until the end.", default: ":memory:"),
            .flag("tls", "Encrypts everything, with a certificate made for this run."),
            .value("user", "NAME", "The login's name; its password as for a client."),
            .value(
                "edition", "NAME", "The engine edition whose limits it keeps.",
                default: EmbeddedServer.Edition.developer.rawValue,
                choices: EmbeddedServer.Edition.allCases.map(\.rawValue)),
        ])

    private let command: ParsedCommand
    private let context: CommandContext

    init(_ command: ParsedCommand, _ context: CommandContext) {
        self.command = command
        self.context = context
    }

    func run() async throws -> ExitCode {
        guard command.value("url") == nil else {
            throw command.usageError("serve starts a server and takes no --url.")
        }
        let (configuration, hasOwnPassword) = try configuration()
        let terminal = context.terminal
        let signals = context.stopSignals()
        do {
            try await withEmbeddedSQLServer(configuration) { server in
                try terminal.print(hasOwnPassword ? Self.withoutPassword(server) : server.url)
                terminal.say("mssql serve: ready on \(configuration.address):\(server.port); stop it with Ctrl-C.")
                for await _ in signals { break }
                terminal.say("mssql serve: stopping.")
            }
        } catch let error as EmbeddedServerError {
            throw CommandFailure(.failure, error.description)
        } catch let error as CocoaError {
            // What the file system refused.
            let place = command.value("data") ?? ""
            throw CommandFailure(
                .failure, "the databases cannot be kept in '\(place)': \(error.localizedDescription)")
        }
        return .success
    }

    private func configuration() throws -> (EmbeddedServer.Configuration, hasOwnPassword: Bool) {
        let port = try command.integer("port", in: 0...65_535) ?? 0
        let login = try login()
        let path = command.value("data") ?? ":memory:"
        guard !path.isEmpty else { throw command.usageError("--data needs a path, or :memory:.") }
        var configuration = EmbeddedServer.Configuration(
            port: port, storage: path == ":memory:" ? .memory : .directory(path), logins: [login ?? .administrator],
            encryption: command.flag("tls") ? .required() : .off)
        configuration.log = .standardError
        configuration.edition = command.value("edition").flatMap { EmbeddedServer.Edition(rawValue: $0) } ?? .developer
        return (configuration, login != nil)
    }

    /// The login that was asked for; nil for the usual one.
    private func login() throws -> EmbeddedServer.Login? {
        let passwords = PasswordSource(command, context)
        let name = command.value("user")
        guard name != "" else { throw command.usageError("--user needs a name.") }
        let password = try passwords.option()
        guard name != nil || password != nil else { return nil }
        let user = name ?? EmbeddedServer.Login.administrator.userName
        return EmbeddedServer.Login(
            userName: user, password: try password ?? passwords.environmentOrPrompt(login: "'\(user)'"))
    }

    /// The server's URL with the user's name only.
    private static func withoutPassword(_ server: EmbeddedServer) -> String {
        let url = server.url
        let place = "@\(server.configuration.address):\(server.port)/"
        guard let scheme = url.firstRange(of: "://"), let end = url.ranges(of: place).last,
            let colon = url[scheme.upperBound..<end.lowerBound].firstIndex(of: ":")
        else { return url }
        return String(url[..<colon] + url[end.lowerBound...])
    }
}
