/// Reads command lines by a description.
///
/// ```swift
/// switch try CommandParser(root, version: "1.0").parse(arguments) {
/// case .show(let text): try terminal.write(text)
/// case .run(let command): …
/// }
/// ```
package struct CommandParser: Sendable {
    /// What a command line asks for.
    package enum Outcome: Sendable, Equatable {
        /// Text for stdout, the help or the version, and nothing else.
        case show(String)
        /// A command.
        case run(ParsedCommand)
    }

    private let root: CommandDescription
    private let version: String?

    /// Reads command lines of `root`; with a version also `--version`.
    package init(_ root: CommandDescription, version: String? = nil) {
        self.root = root
        self.version = version
    }

    /// Reads a command line.
    ///
    /// - Parameter arguments: What follows the program's name.
    /// - Returns: A command, or text to show.
    /// - Throws: ``UsageError`` that names the argument that makes no sense.
    package func parse(_ arguments: [String]) throws(UsageError) -> Outcome {
        var scan = CommandScan(root: root, arguments: arguments, hasVersion: version != nil)
        switch try scan.run() {
        case .help: return .show(HelpText(chain: scan.chain, hasVersion: version != nil).text)
        case .version: return .show("\(root.name) \(version ?? "")\n")
        case .command: return .run(try scan.finish())
        }
    }
}

/// One reading of a command line, from left to right.
struct CommandScan {
    enum End {
        case help
        case version
        case command
    }

    /// The commands from the root to the one that was named last.
    private(set) var chain: [CommandDescription]
    private var rest: ArraySlice<String>
    private var optionValues: [String: [String]] = [:]
    private var positional: [String] = []
    private let hasVersion: Bool

    init(root: CommandDescription, arguments: [String], hasVersion: Bool) {
        chain = [root]
        rest = arguments[...]
        self.hasVersion = hasVersion
    }

    private var path: [String] { chain.map(\.name) }
    private var options: [CommandOption] { chain.flatMap(\.options) }
    private var subcommands: [CommandDescription] { chain.last?.subcommands ?? [] }

    /// Reads all arguments.
    mutating func run() throws(UsageError) -> End {
        if rest.first == "help", subcommands.contains(where: { $0.name != "help" }) {
            rest = rest.dropFirst()
            while let name = rest.popFirst(), !name.hasPrefix("-") { try enter(name) }
            return .help
        }
        while let argument = rest.popFirst() {
            switch argument {
            case "--":
                for rest in rest { try take(rest) }
                return .command
            case "--help", "-h":
                return .help
            case "--version" where hasVersion && chain.count == 1:
                return .version
            default:
                try read(argument)
            }
        }
        return .command
    }

    private mutating func read(_ argument: String) throws(UsageError) {
        if argument.hasPrefix("--") {
            try readLong(argument.dropFirst(2))
        } else if argument.hasPrefix("-"), argument.count > 1, !isNegativeNumber(argument) {
            try readShort(argument)
        } else {
            try take(argument)
        }
    }

    private mutating func readLong(_ text: Substring) throws(UsageError) {
        let equals = text.firstIndex(of: "=")
        let name = String(text[..<(equals ?? text.endIndex)])
        guard let option = options.last(where: { $0.name == name }) else {
            let known = options.map(\.name) + ["help"]
            throw error(
                "Unknown option \(UsageError.quoted("--" + name))."
                    + Suggestion.sentence(for: name, among: known, prefix: "--"))
        }
        try store(option, attached: equals.map { String(text[text.index(after: $0)...]) })
    }

    /// One letter or several flags' letters in a row, the last of which may have its value attached.
    private mutating func readShort(_ argument: String) throws(UsageError) {
        var letters = argument.dropFirst()
        while let letter = letters.popFirst() {
            guard let option = options.last(where: { $0.short == letter }) else {
                // Only the letter: behind it there may be a secret.
                throw error("Unknown option \(UsageError.quoted("-\(letter)")).")
            }
            guard option.kind != .flag else {
                try store(option, attached: nil)
                continue
            }
            if letters.first == "=" { letters = letters.dropFirst() }
            try store(option, attached: letters.isEmpty ? nil : String(letters))
            return
        }
    }

    private mutating func store(_ option: CommandOption, attached: String?) throws(UsageError) {
        switch option.kind {
        case .flag:
            guard attached == nil else { throw error("--\(option.name) takes no value.") }
            optionValues[option.name] = [""]
        case .value:
            let value = try value(of: option, attached: attached)
            guard optionValues[option.name] == nil else { throw error("--\(option.name) was given twice.") }
            optionValues[option.name] = [value]
        case .repeated:
            optionValues[option.name, default: []].append(try value(of: option, attached: attached))
        }
    }

    private mutating func value(of option: CommandOption, attached: String?) throws(UsageError) -> String {
        let value: String
        if let attached {
            value = attached
        } else if let next = rest.first, next == "-" || !next.hasPrefix("-") || isNegativeNumber(next) {
            value = next
            rest = rest.dropFirst()
        } else {
            let hint =
                rest.first == nil ? "" : " Write --\(option.name)=\(option.valueName) if it starts with a dash."
            throw error("--\(option.name) needs a value: \(option.valueName).\(hint)")
        }
        guard option.choices.isEmpty || option.choices.contains(value) else {
            throw error(
                "--\(option.name) cannot be \(UsageError.quoted(value)), only \(Self.list(option.choices))."
                    + Suggestion.sentence(for: value, among: option.choices))
        }
        return value
    }

    private mutating func take(_ argument: String) throws(UsageError) {
        guard subcommands.isEmpty else { return try enter(argument) }
        positional.append(argument)
    }

    private mutating func enter(_ name: String) throws(UsageError) {
        guard let command = subcommands.first(where: { $0.name == name }) else {
            guard !subcommands.isEmpty else { throw error("Unexpected argument \(UsageError.quoted(name)).") }
            throw error(
                "Unknown command \(UsageError.quoted(name))."
                    + Suggestion.sentence(for: name, among: subcommands.map(\.name)))
        }
        chain.append(command)
    }

    private func isNegativeNumber(_ argument: String) -> Bool {
        let digits = argument.dropFirst()
        guard argument.hasPrefix("-"), let first = digits.first, first.isASCII, first.isNumber || first == "." else {
            return false
        }
        return Double(argument) != nil
    }

    private func error(_ message: String) -> UsageError {
        UsageError(message, commandPath: path)
    }

    /// `a`, `a or b`, `a, b or c`.
    static func list(_ words: [String]) -> String {
        guard let last = words.last, words.count > 1 else { return words.first ?? "" }
        return words.dropLast().joined(separator: ", ") + " or " + last
    }
}

// MARK: - What was not given

extension CommandScan {
    /// Hands out the arguments by place and fills in default values.
    func finish() throws(UsageError) -> ParsedCommand {
        guard subcommands.isEmpty else {
            throw error("'\(path.joined(separator: " "))' needs a command: \(Self.list(subcommands.map(\.name))).")
        }
        var optionValues = optionValues
        for option in options where optionValues[option.name] == nil {
            guard !option.isRequired else { throw error("--\(option.name) \(option.valueName) is missing.") }
            if let value = option.defaultValue { optionValues[option.name] = [value] }
        }
        return ParsedCommand(path: path, optionValues: optionValues, argumentValues: try argumentValues())
    }

    private func argumentValues() throws(UsageError) -> [String: [String]] {
        var values: [String: [String]] = [:]
        var waiting = positional[...]
        for argument in chain.last?.arguments ?? [] {
            switch argument.count {
            case .one, .optional:
                values[argument.name] = waiting.popFirst().map { [$0] }
            case .any, .some:
                values[argument.name] = waiting.isEmpty ? nil : Array(waiting)
                waiting = []
            }
            let isNeeded = argument.count == .one || argument.count == .some
            if isNeeded, values[argument.name] == nil { throw error("The argument \(argument.name) is missing.") }
        }
        if let extra = waiting.first { throw error("Unexpected argument \(UsageError.quoted(extra)).") }
        return values
    }
}
