package import CommandLineTools
import SQLServer

/// Why a command ended without success, in words for a person.
package struct CommandFailure: Error, Sendable {
    /// What the process ends with.
    package let exitCode: ExitCode
    /// What failed, with what, what to do.
    package let message: String

    init(_ exitCode: ExitCode, _ message: String) {
        self.exitCode = exitCode
        self.message = message
    }

    /// No connection: a mistake in the configuration is the caller's, everything else the server's.
    init(connecting error: SQLServerError) {
        switch error.code {
        case .configuration, .unsupported: self.init(.usage, error.message)
        default: self.init(.connection, error.message + Self.advice(for: error.number))
        }
    }

    /// What to do about the logins that fail most often.
    private static func advice(for number: Int?) -> String {
        switch number {
        case 18456: " Check the login's name, and its password in MSSQL_PASSWORD, --password-file or the URL."
        case 4060: " Check the name of the database behind the host in the URL, and whether the login may use it."
        default: ""
        }
    }
}
