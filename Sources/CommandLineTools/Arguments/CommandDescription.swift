/// What a command is called, takes and does: the source of its parser and its help.
///
/// ```swift
/// let serve = CommandDescription(
///     name: "serve", summary: "Runs the embedded server.",
///     options: [.value("port", "N", "TCP port.", default: "1433"), .flag("tls", "Offers encryption.")])
/// let root = CommandDescription(
///     name: "mssql", summary: "Works with SQL Server.",
///     options: [.value("url", "URL", "The server.")], subcommands: [serve])
/// ```
///
/// The options of a command are also those of its subcommands, and may stand before or behind the subcommand's name.
package struct CommandDescription: Sendable {
    /// One word.
    package var name: String
    /// One sentence.
    package var summary: String
    /// Paragraphs for the help, parted by blank lines; a paragraph indented by spaces is kept as it is.
    package var discussion: String
    /// In the order of the help.
    package var options: [CommandOption]
    /// In the order of the command line.
    ///
    /// Without effect on a command with subcommands.
    package var arguments: [CommandArgument]
    /// In the order of the help.
    ///
    /// A command that has some does nothing by itself.
    package var subcommands: [CommandDescription]

    package init(
        name: String, summary: String, discussion: String = "", options: [CommandOption] = [],
        arguments: [CommandArgument] = [], subcommands: [CommandDescription] = []
    ) {
        self.name = name
        self.summary = summary
        self.discussion = discussion
        self.options = options
        self.arguments = arguments
        self.subcommands = subcommands
    }
}
