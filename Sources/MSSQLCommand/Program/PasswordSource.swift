import CommandLineTools

/// Where a password comes from when it is not in the URL.
struct PasswordSource {
    let command: ParsedCommand
    let context: CommandContext

    init(_ command: ParsedCommand, _ context: CommandContext) {
        self.command = command
        self.context = context
    }

    /// The password of `--password-file` or `--password-stdin`; nil when neither was given.
    ///
    /// - Throws: A usage error when both were given, or when there is no password in them.
    func option() throws -> String? {
        switch (command.value("password-file"), command.flag("password-stdin")) {
        case (nil, false): return nil
        case (let path?, false): return try line(of: try file(path), "--password-file: the file '\(path)'")
        case (nil, true): return try line(of: try stdin(), "--password-stdin: stdin")
        case (_?, true): throw command.usageError("Give --password-file or --password-stdin, not both.")
        }
    }

    /// The password of the environment, or one that a person types.
    ///
    /// - Parameter login: Whose password it is, for the prompt.
    /// - Returns: The password, which may be empty when MSSQL_PASSWORD is.
    /// - Throws: A usage error that lists the ways when nobody can be asked.
    func environmentOrPrompt(login: String) throws -> String {
        if let password = context.environment["MSSQL_PASSWORD"] { return password }
        guard context.input.isTerminal, command.value("file") != "-" else {
            throw command.usageError(
                "There is no password for \(login). Set MSSQL_PASSWORD, give --password-file or --password-stdin, or run "
                    + "the command on a terminal, which asks for it.")
        }
        guard let password = try context.input.readSecret("Password for \(login): ") else {
            throw CommandFailure(.usage, "no password was typed")
        }
        return password
    }

    private func file(_ path: String) throws -> [UInt8] {
        do {
            return try context.readFile(path)
        } catch {
            throw command.usageError("--password-file: the file '\(path)' cannot be read.")
        }
    }

    private func stdin() throws -> [UInt8] {
        do {
            return try context.input.readAll()
        } catch {
            throw command.usageError("--password-stdin: stdin cannot be read.")
        }
    }

    /// The only line of a text, without its end.
    private func line(of bytes: [UInt8], _ place: String) throws -> String {
        var bytes = bytes[...]
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
        if bytes.last == 10 { bytes = bytes.dropLast() }
        if bytes.last == 13 { bytes = bytes.dropLast() }
        guard !bytes.isEmpty else { throw command.usageError("\(place) holds no password.") }
        guard !bytes.contains(10), let text = String(validating: bytes, as: UTF8.self) else {
            throw command.usageError("\(place) must hold one line of UTF-8, the password.")
        }
        return text
    }
}
