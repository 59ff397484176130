/// An option of a command: `--name`, `--name VALUE` or `--name=VALUE`, and a short form if it has one.
package struct CommandOption: Sendable {
    /// How often an option may be given, and whether it has a value.
    package enum Kind: Sendable, Equatable {
        /// No value.
        case flag
        /// One value, given at most once.
        case value
        /// One value each time, given any number of times.
        case repeated
    }

    /// The long name without its dashes.
    package var name: String
    /// The letter of the short form.
    package var short: Character?
    /// Whether it has a value, and how often.
    package var kind: Kind
    /// What the help calls the value, in capitals.
    package var valueName: String
    /// One sentence.
    package var summary: String
    /// The value when the option is not given.
    package var defaultValue: String?
    /// The only possible values; any when empty.
    package var choices: [String]
    /// Whether the command cannot do without.
    package var isRequired: Bool

    /// An option without a value.
    package static func flag(_ name: String, short: Character? = nil, _ summary: String) -> CommandOption {
        CommandOption(
            name: name, short: short, kind: .flag, valueName: "", summary: summary, defaultValue: nil, choices: [],
            isRequired: false)
    }

    /// An option with a value.
    package static func value(
        _ name: String, short: Character? = nil, _ valueName: String, _ summary: String,
        default defaultValue: String? = nil, choices: [String] = [], isRequired: Bool = false
    ) -> CommandOption {
        CommandOption(
            name: name, short: short, kind: .value, valueName: valueName, summary: summary,
            defaultValue: defaultValue, choices: choices, isRequired: isRequired)
    }

    /// An option with a value that may be given many times.
    package static func repeated(
        _ name: String, short: Character? = nil, _ valueName: String, _ summary: String, choices: [String] = [],
        isRequired: Bool = false
    ) -> CommandOption {
        CommandOption(
            name: name, short: short, kind: .repeated, valueName: valueName, summary: summary, defaultValue: nil,
            choices: choices, isRequired: isRequired)
    }
}
