import CommandLineTools
import MSSQLCommand

/// A command line with the world around it, and what comes of it.
struct CommandRun {
    var environment: [String: String] = [:]
    var files: [String: [UInt8]] = [:]
    var stdin: String = ""
    /// What a person types at the prompt; nil when nobody sits there.
    var typed: String?
    var output = TextBuffer()
    let talk = TextBuffer()
    var stopSignals: @Sendable () -> AsyncStream<Int32> = { AsyncStream { $0.finish() } }

    struct MissingFile: Error {}

    var context: CommandContext {
        let (files, stdin, typed, talk) = (files, stdin, typed, talk)
        return CommandContext(
            terminal: Terminal(output: output.sink(), talk: talk.sink(), environment: [:]), environment: environment,
            input: CommandInput(
                isTerminal: typed != nil, readAll: { Array(stdin.utf8) },
                readSecret: { prompt in
                    try talk.sink().write(prompt)
                    return typed == "^C" ? nil : typed
                }),
            readFile: { path in
                guard let bytes = files[path] else { throw MissingFile() }
                return bytes
            },
            openFile: { path in
                var bytes = path == "-" ? Array(stdin.utf8) : files[path]
                guard let size = bytes?.count else { throw MissingFile() }
                return CommandFile(size: size) {
                    defer { bytes = nil }
                    return bytes ?? []
                }
            }, stopSignals: stopSignals, uptime: { .zero })
    }

    /// Runs `mssql` with these arguments.
    func run(_ arguments: String...) async -> ExitCode {
        await MSSQLProgram(context: context).run(arguments)
    }

    /// The command line as the commands get it.
    func parsed(_ arguments: String...) throws -> ParsedCommand {
        guard case .run(let command) = try CommandParser(MSSQLProgram.description).parse(arguments) else {
            throw MissingFile()
        }
        return command
    }
}

extension CommandRun {
    /// Runs `mssql` with these arguments.
    func run(_ arguments: [String]) async -> ExitCode {
        await MSSQLProgram(context: context).run(arguments)
    }
}
