/// A command line that makes no sense: what is wrong, and what was probably meant.
///
/// Secrets in the command line (a URL's password) are not repeated in it.
package struct UsageError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What is wrong, with the bad argument's name.
    package let message: String
    /// The command whose help tells more, such as `["mssql", "serve"]`.
    package let commandPath: [String]

    package init(_ message: String, commandPath: [String]) {
        self.message = message
        self.commandPath = commandPath
    }

    /// What the process ends with.
    package var exitCode: ExitCode { .usage }

    package var description: String {
        "\(message)\nRun '\(commandPath.joined(separator: " ")) --help' for usage."
    }

    /// The argument in quotes, cut, made printable, and without what may be a secret.
    static func quoted(_ argument: String) -> String {
        let lowered = argument.lowercased()
        if let separator = argument.firstRange(of: "://") {
            return "'\(printable(argument[..<separator.upperBound]))…'"
        }
        if lowered.contains("password") || lowered.contains("pwd"), let equals = argument.firstIndex(of: "=") {
            return "'\(printable(argument[..<equals]))=…'"
        }
        return "'\(printable(argument[...]))'"
    }

    private static func printable(_ text: Substring) -> String {
        let escaped = DisplayText.escaped(text.prefix(60))
        return text.count > 60 ? escaped + "…" : escaped
    }
}
