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
    /// Whether stderr is a terminal.
    var talksToTerminal = false
    /// Bytes that a file gives at once; nil for all.
    var pieceSize: Int?
    var uptime: @Sendable () -> Duration = { .zero }
    var stopSignals: @Sendable () -> AsyncStream<Int32> = { AsyncStream { $0.finish() } }

    struct MissingFile: Error {}

    var context: CommandContext {
        let (files, stdin, typed, talk, pieceSize) = (files, stdin, typed, talk, pieceSize)
        return CommandContext(
            terminal: Terminal(
                output: output.sink(), talk: talk.sink(isTerminal: talksToTerminal), environment: [:]),
            environment: environment,
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
                guard let bytes = path == "-" ? Array(stdin.utf8) : files[path] else { throw MissingFile() }
                var rest = bytes[...]
                return CommandFile(size: bytes.count) {
                    let piece = rest.prefix(pieceSize ?? rest.count)
                    rest = rest.dropFirst(piece.count)
                    return Array(piece)
                }
            }, stopSignals: stopSignals, uptime: uptime)
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
