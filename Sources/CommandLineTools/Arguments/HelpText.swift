/// The help of one command, always 80 columns wide, so that it is the same everywhere.
struct HelpText {
    private static let width = 80
    private static let gutter = 26

    /// From the root to the command.
    private let chain: [CommandDescription]
    private let command: CommandDescription
    private let hasVersion: Bool

    init(chain: [CommandDescription], hasVersion: Bool) {
        self.chain = chain
        command = chain.last ?? CommandDescription(name: "", summary: "")
        self.hasVersion = hasVersion
    }

    /// Ends with a line break.
    var text: String {
        let inherited = chain.dropLast().flatMap(\.options)
        var general = [("-h, --help", "Shows this help.")]
        if hasVersion, chain.count == 1 { general.append(("    --version", "Shows the version.")) }
        let sections: [String] = [
            Self.wrapped(command.summary, indent: 0),
            "Usage: " + usage,
            discussion,
            section("Commands", command.subcommands.map { ($0.name, $0.summary) }),
            section("Arguments", command.arguments.map { ($0.name, $0.summary) }),
            section("Options", command.options.map(entry) + (inherited.isEmpty ? general : [])),
            section("Global options", inherited.isEmpty ? [] : inherited.map(entry) + general),
            command.subcommands.isEmpty
                ? "" : "Run '\(path) COMMAND --help' for the options of a command.",
        ]
        return sections.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
    }

    private var path: String { chain.map(\.name).joined(separator: " ") }

    private var usage: String {
        var parts = [path]
        for option in command.options where option.isRequired { parts.append("--\(option.name) \(option.valueName)") }
        if chain.contains(where: { $0.options.contains { !$0.isRequired } }) { parts.append("[options]") }
        if !command.subcommands.isEmpty { parts.append("COMMAND") }
        for argument in command.arguments {
            switch argument.count {
            case .one: parts.append(argument.name)
            case .optional: parts.append("[\(argument.name)]")
            case .any: parts.append("[\(argument.name)…]")
            case .some: parts.append("\(argument.name)…")
            }
        }
        return parts.joined(separator: " ")
    }

    private var discussion: String {
        let lines = command.discussion.split(separator: "\n", omittingEmptySubsequences: false)
        var paragraphs: [[Substring]] = [[]]
        for line in lines {
            if line.allSatisfy({ $0 == " " }) {
                paragraphs.append([])
            } else {
                paragraphs[paragraphs.count - 1].append(line)
            }
        }
        return paragraphs.filter { !$0.isEmpty }.map { lines in
            if lines.allSatisfy({ $0.hasPrefix(" ") }) { return lines.joined(separator: "\n") }
            return Self.wrapped(lines.joined(separator: " "), indent: 0)
        }.joined(separator: "\n\n")
    }

    private func entry(_ option: CommandOption) -> (String, String) {
        let short = option.short.map { "-\($0), " } ?? "    "
        let value = option.kind == .flag ? "" : " \(option.valueName)"
        var notes: [String] = []
        if !option.choices.isEmpty { notes.append("one of \(option.choices.joined(separator: ", "))") }
        if let value = option.defaultValue { notes.append("default \(value)") }
        if option.isRequired { notes.append("required") }
        if option.kind == .repeated { notes.append("may be repeated") }
        let note = notes.isEmpty ? "" : " (\(notes.joined(separator: "; ")))"
        return ("\(short)--\(option.name)\(value)", option.summary + note)
    }

    private func section(_ title: String, _ entries: [(String, String)]) -> String {
        guard !entries.isEmpty else { return "" }
        let lines = entries.map { term, summary in
            let start = "  " + term
            let body = Self.wrapped(summary, indent: Self.gutter)
            let room = Self.gutter - start.count
            guard room >= 2 else { return start + "\n" + body }
            return start + String(repeating: " ", count: room) + body.dropFirst(Self.gutter)
        }
        return ([title + ":"] + lines).joined(separator: "\n")
    }

    /// Breaks at spaces so that no line is longer than the page, except for a longer word.
    private static func wrapped(_ text: String, indent: Int) -> String {
        let margin = String(repeating: " ", count: indent)
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ") {
            if !line.isEmpty, indent + line.count + 1 + word.count > width {
                lines.append(margin + line)
                line = ""
            }
            line += line.isEmpty ? String(word) : " " + word
        }
        lines.append(margin + line)
        return lines.joined(separator: "\n")
    }
}
