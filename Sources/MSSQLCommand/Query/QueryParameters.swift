package import CommandLineTools
package import SQLServer

/// The parameters of `-p name=value`, `-p name:type=value` and `--null name[:type]`.
package struct QueryParameters {
    /// In the order of the command line, those with values first.
    package private(set) var parameters: [SQLParameter] = []
    private let command: ParsedCommand

    /// Reads them from the command line.
    ///
    /// - Throws: A usage error that names the parameter, never its value.
    package init(_ command: ParsedCommand) throws {
        self.command = command
        for (name, value) in try command.pairs("param") { try add(name, value) }
        for name in command.values("null") { try add(name, nil) }
    }

    private mutating func add(_ declaration: String, _ text: String?) throws {
        let option = text == nil ? "--null" : "-p"
        let parts = declaration.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let name = "@" + (parts[0].hasPrefix("@") ? parts[0].dropFirst() : parts[0])
        guard Self.isName(name) else {
            throw command.usageError(
                "\(option): a parameter's name has letters, digits and _ only, at most 127: write NAME=VALUE, or "
                    + "NAME:TYPE=VALUE.")
        }
        guard !parameters.contains(where: { $0.name.lowercased() == name.lowercased() }) else {
            throw command.usageError("The parameter \(name) is given twice.")
        }
        let type = parts.count == 1 ? ParameterType.text : ParameterType(String(parts[1]))
        guard let type else {
            throw command.usageError(
                "\(option): \(name) has a type that is not known or has a size it cannot have. There are "
                    + ParameterType.names.joined(separator: ", ") + ".")
        }
        guard let value = try typed(text, type, name) else {
            throw command.usageError("-p: the value of \(name) is no \(type.name): \(type.form).")
        }
        parameters.append(SQLParameter(name: name, value: value.value, type: value.type))
    }

    private func typed(_ text: String?, _ type: ParameterType, _ name: String) throws -> SQLTypedValue? {
        guard let text else { return type.null }
        do throws(SQLServerError) {
            return try type.value(of: text)
        } catch {
            throw command.usageError("-p: \(name): \(error.message).")
        }
    }

    /// A regular identifier behind the @ ("Database identifiers").
    private static func isName(_ name: String) -> Bool {
        name.count > 1 && name.utf16.count <= 128
            && name.dropFirst().allSatisfy { $0.isLetter || $0.isNumber || "_#$@".contains($0) }
    }
}
