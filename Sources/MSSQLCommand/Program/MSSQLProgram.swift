package import CommandLineTools
import EmbeddedSQLServer
import SQLServer

/// The `mssql` command: reads the command line, runs what it asks for, and says what the process ends with.
///
/// ```swift
/// let code = await MSSQLProgram.runProcess(arguments: Array(CommandLine.arguments.dropFirst()))
/// ```
package struct MSSQLProgram: Sendable {
    private let context: CommandContext

    package init(context: CommandContext) {
        self.context = context
    }

    /// Runs a command line with the process's own input and outputs.
    ///
    /// - Parameter arguments: What follows the program's name.
    /// - Returns: The number for `exit`.
    package static func runProcess(arguments: [String]) async -> Int32 {
        StandardDescriptors.occupyClosed()
        return await MSSQLProgram(context: .process()).run(arguments).rawValue
    }

    /// Runs a command line; failures are told on stderr.
    package func run(_ arguments: [String]) async -> ExitCode {
        let terminal = context.terminal
        do {
            return try await perform(arguments.isEmpty ? ["--help"] : arguments)
        } catch let error as UsageError {
            terminal.fail(error.description)
            return error.exitCode
        } catch let error as CommandFailure {
            terminal.fail(error.message)
            return error.exitCode
        } catch OutputError.closed {
            return .success
        } catch let error as SQLServerError {
            terminal.fail(error.message)
            return .failure
        } catch {
            terminal.fail("\(error)")
            return .failure
        }
    }

    private func perform(_ arguments: [String]) async throws -> ExitCode {
        switch try CommandParser(Self.description, version: mssqlVersion).parse(arguments) {
        case .show(let text):
            try context.terminal.write(text)
            return .success
        case .run(let command):
            switch command.path.last {
            case ServeCommand.description.name: return try await ServeCommand(command, context).run()
            case PingCommand.description.name: return try await PingCommand(command, context).run()
            case QueryCommand.description.name: return try await QueryCommand(command, context).run()
            default: throw command.usageError("This command does not exist.")
            }
        }
    }
}
