package import CommandLineTools
import Foundation

/// What the commands know of the world: the tests bring their own.
package struct CommandContext: Sendable {
    /// Where data and talk go.
    package var terminal: Terminal
    /// The environment's variables.
    package var environment: [String: String]
    /// What the process reads from stdin.
    package var input: CommandInput
    /// Reads a file as a whole.
    package var readFile: @Sendable (_ path: String) throws -> [UInt8]
    /// Opens a file to read it piece by piece; `-` is stdin.
    package var openFile: @Sendable (_ path: String) throws -> CommandFile
    /// Starts to watch for signals that ask the process to stop, and hands over those that come.
    package var stopSignals: @Sendable () -> AsyncStream<Int32>
    /// The time since an arbitrary moment, to measure with.
    package var uptime: @Sendable () -> Duration

    package init(
        terminal: Terminal, environment: [String: String], input: CommandInput,
        readFile: @escaping @Sendable (_ path: String) throws -> [UInt8],
        openFile: @escaping @Sendable (_ path: String) throws -> CommandFile = CommandFile.open,
        stopSignals: @escaping @Sendable () -> AsyncStream<Int32>, uptime: @escaping @Sendable () -> Duration
    ) {
        self.terminal = terminal
        self.environment = environment
        self.input = input
        self.readFile = readFile
        self.openFile = openFile
        self.stopSignals = stopSignals
        self.uptime = uptime
    }

    /// The context of this process.
    static func process() -> CommandContext {
        let environment = ProcessInfo.processInfo.environment
        let terminal = Terminal.standard(environment: environment)
        let start = ContinuousClock.now
        return CommandContext(
            terminal: terminal, environment: environment, input: .standard(talk: terminal.talk),
            readFile: { path in Array(try Data(contentsOf: URL(filePath: path))) },
            stopSignals: StopSignals.watch, uptime: { start.duration(to: .now) })
    }

    /// A variable of the environment; nil when it is empty too.
    func variable(_ name: String) -> String? {
        environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }
}

/// A file that is read piece by piece.
package struct CommandFile {
    /// Its size in bytes; nil when nobody knows, as for a pipe.
    package let size: Int?
    /// The next bytes; none at the end.
    package let read: () throws -> [UInt8]

    package init(size: Int?, read: @escaping () throws -> [UInt8]) {
        self.size = size
        self.read = read
    }

    /// Opens a file of the system, or stdin for `-`.
    package static func open(_ path: String) throws -> CommandFile {
        let isInput = path == "-"
        let handle = isInput ? FileHandle.standardInput : try FileHandle(forReadingFrom: URL(filePath: path))
        let attributes = isInput ? [:] : try FileManager.default.attributesOfItem(atPath: path)
        let isRegular = attributes[.type] as? FileAttributeType == .typeRegular
        return CommandFile(size: isRegular ? attributes[.size] as? Int : nil) {
            Array(try handle.read(upToCount: 262_144) ?? Data())
        }
    }
}

/// What a process reads from stdin.
package struct CommandInput: Sendable {
    /// Whether a person sits there.
    package let isTerminal: Bool
    /// Reads until the end.
    package let readAll: @Sendable () throws -> [UInt8]
    /// Asks for a secret without showing what is typed; nil when the person gave up.
    package let readSecret: @Sendable (_ prompt: String) throws -> String?

    package init(
        isTerminal: Bool, readAll: @escaping @Sendable () throws -> [UInt8],
        readSecret: @escaping @Sendable (_ prompt: String) throws -> String?
    ) {
        self.isTerminal = isTerminal
        self.readAll = readAll
        self.readSecret = readSecret
    }
}
