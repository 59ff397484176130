/// How a command prints data.
package enum OutputFormat: String, Sendable, CaseIterable {
    /// Columns for a person.
    case table
    /// JSON for a program, stable between versions.
    case json
    /// Comma-separated values (RFC 4180).
    case csv

    /// The option `--format`.
    package static let option = CommandOption.value(
        "format", "FORMAT", "How data is printed.", default: OutputFormat.table.rawValue,
        choices: allCases.map(\.rawValue))
}
