/// A command line that made sense.
package struct ParsedCommand: Sendable, Equatable {
    /// The names from the root to the command, such as `["mssql", "migrate", "status"]`.
    package let path: [String]
    private let optionValues: [String: [String]]
    private let argumentValues: [String: [String]]

    init(path: [String], optionValues: [String: [String]], argumentValues: [String: [String]]) {
        self.path = path
        self.optionValues = optionValues
        self.argumentValues = argumentValues
    }

    /// Whether the option was given.
    package func flag(_ name: String) -> Bool {
        optionValues[name] != nil
    }

    /// The option's value, or its default value.
    package func value(_ name: String) -> String? {
        optionValues[name]?.last
    }

    /// All values of a repeated option, in order.
    package func values(_ name: String) -> [String] {
        optionValues[name] ?? []
    }

    /// The argument, nil when it is optional and was not given.
    package func argument(_ name: String) -> String? {
        argumentValues[name]?.first
    }

    /// All values of an argument that may be given more than once, in order.
    package func arguments(_ name: String) -> [String] {
        argumentValues[name] ?? []
    }

    /// The option's value as a whole number.
    ///
    /// - Parameters:
    ///   - name: The option's long name.
    ///   - range: What is possible.
    /// - Returns: The number, or nil when the option was not given.
    /// - Throws: ``UsageError`` when it is not a number or outside of `range`.
    package func integer(_ name: String, in range: ClosedRange<Int>) throws(UsageError) -> Int? {
        guard let text = value(name) else { return nil }
        guard let number = Int(text), range.contains(number) else {
            throw usageError(
                "--\(name) must be a whole number from \(range.lowerBound) to \(range.upperBound), "
                    + "not \(UsageError.quoted(text)).")
        }
        return number
    }

    /// The values of a repeated option written `name=value`, in order.
    ///
    /// - Returns: Names, never empty or twice the same, and values, which may be empty and hold more `=`.
    /// - Throws: ``UsageError`` when a name is missing or comes twice.
    package func pairs(_ option: String) throws(UsageError) -> [(name: String, value: String)] {
        var pairs: [(name: String, value: String)] = []
        for text in values(option) {
            guard let equals = text.firstIndex(of: "="), equals > text.startIndex else {
                throw usageError("--\(option) must be written name=value, not \(UsageError.quoted(text)).")
            }
            let name = String(text[..<equals])
            guard !pairs.contains(where: { $0.name == name }) else {
                throw usageError("--\(option) names \(UsageError.quoted(name)) twice.")
            }
            pairs.append((name, String(text[text.index(after: equals)...])))
        }
        return pairs
    }

    /// A usage error of this command, for what only the command can check.
    package func usageError(_ message: String) -> UsageError {
        UsageError(message, commandPath: path)
    }
}
