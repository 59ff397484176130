package import CommandLineTools
package import SQLServer

/// Finds out from the command line and the environment which server to connect to, and as whom.
package struct ServerAddress {
    private let command: ParsedCommand
    private let context: CommandContext

    package init(_ command: ParsedCommand, _ context: CommandContext) {
        self.command = command
        self.context = context
    }

    /// A configuration that is complete and valid, with the password.
    ///
    /// - Throws: A usage error, which never repeats the URL.
    package func configuration() throws -> SQLServerConfiguration {
        var configuration = try parsed()
        if configuration.applicationName == SQLServerConfiguration(host: "").applicationName {
            configuration.applicationName = "mssql"
        }
        let passwords = PasswordSource(command, context)
        if let password = try passwords.option() {
            configuration.password = SQLSecret(password)
        } else if configuration.password.isEmpty, !configuration.userName.isEmpty {
            let login = "'\(configuration.userName)' at \(configuration.host)"
            configuration.password = SQLSecret(try passwords.environmentOrPrompt(login: login))
        }
        do {
            try configuration.validate()
        } catch {
            throw command.usageError("The server's address: \(error.message).")
        }
        return configuration
    }

    /// The URL or connection string as a configuration, whose password may be missing.
    private func parsed() throws -> SQLServerConfiguration {
        let option = command.value("url")
        guard let text = option ?? context.variable("MSSQL_URL") else {
            throw command.usageError(
                "There is no server to connect to. Give --url or set MSSQL_URL, for example to "
                    + "mssql://user@host/database; 'mssql serve' starts a server and prints its URL.")
        }
        let configuration: SQLServerConfiguration
        do {
            configuration = try SQLServerConfiguration(text)
        } catch {
            throw command.usageError("\(option == nil ? "MSSQL_URL" : "--url"): \(error.message).")
        }
        if option != nil, !configuration.password.isEmpty, !Self.isLoopback(configuration.host) {
            throw command.usageError(
                "--url holds a password, which everyone on this machine could see. Leave it out and set MSSQL_PASSWORD, "
                    + "give --password-file or --password-stdin, or type it at the prompt; or set MSSQL_URL instead of --url."
            )
        }
        return configuration
    }

    /// Whether the host is surely this machine (RFC 1122, 3.2.1.3; RFC 4291, 2.5.3).
    package static func isLoopback(_ host: String) -> Bool {
        let name = host.lowercased()
        if ["localhost", "localhost.", "::1", "0:0:0:0:0:0:0:1"].contains(name) { return true }
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }
}
