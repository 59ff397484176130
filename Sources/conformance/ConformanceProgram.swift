import CommandLineTools
import EmbeddedSQLServer
import Foundation
import SQLServerCore

/// Runs the cases of `sql/conformance` against a server and says what differed.
struct ConformanceProgram {
    static let description = CommandDescription(
        name: "conformance",
        summary: "Runs the T-SQL conformance cases against a server.",
        discussion: """
            Without --url or MSSQL_URL the cases run against an embedded server of this process, where a skipped case \
            is a failure. The login needs the right to create databases.

            Exit codes: 0 all passed, 1 something differed, 2 the command line or a case file is wrong, 3 no connection.
            """,
        options: [
            .value("url", "URL", "The server: mssql://user:password@host:port, or an ADO.NET connection string."),
            .repeated("filter", "NAME", "Only cases whose file, chapter or title contains this; may be given again."),
            .value("directory", "DIR", "Where the case files are.", default: "sql/conformance"),
            .value("format", "FORMAT", "text or json.", default: "text", choices: ["text", "json"]),
        ])

    let command: ParsedCommand

    /// Reads the command line and runs.
    static func run(_ arguments: [String]) async -> ExitCode {
        do {
            switch try CommandParser(description).parse(arguments) {
            case .show(let text):
                write(text)
                return .success
            case .run(let command): return try await ConformanceProgram(command: command).run()
            }
        } catch let error as UsageError {
            complain(error.description)
            return error.exitCode
        } catch let error as CaseFileError {
            complain(error.description)
            return .usage
        } catch let error as SQLServerError {
            complain(error.message)
            return .usage
        } catch {
            complain("\(error)")
            return .connection
        }
    }

    private func run() async throws -> ExitCode {
        let files = try readFiles()
        let environment = ProcessInfo.processInfo.environment
        guard let text = command.value("url") ?? environment["MSSQL_URL"], !text.isEmpty else {
            return try await withEmbeddedSQLServer { server in
                let report = try run(files, try SQLServerConfiguration(server.url))
                return report.isGreen && report.skipped == 0 ? .success : .failure
            }
        }
        return try run(files, try SQLServerConfiguration(text)).isGreen ? .success : .failure
    }

    /// The cases of each file that the filters let through.
    private func readFiles() throws -> [[ConformanceCase]] {
        let directory = command.value("directory") ?? "sql/conformance"
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: directory)
        } catch {
            throw command.usageError("\(directory) cannot be read; run it from the package's directory.")
        }
        let filters = command.values("filter").map { $0.lowercased() }
        var files: [[ConformanceCase]] = []
        for name in names.sorted() where name.hasSuffix(".sql") {
            let text = try String(contentsOf: URL(fileURLWithPath: directory + "/" + name), encoding: .utf8)
            let cases = try CaseFileReader.cases(in: text, file: name).filter { item in
                let words = "\(name) \(item.chapter) \(item.title)".lowercased()
                return filters.isEmpty || filters.contains { words.contains($0) }
            }
            if !cases.isEmpty { files.append(cases) }
        }
        guard !files.isEmpty else { throw command.usageError("No case matches.") }
        return files
    }

    private func run(_ files: [[ConformanceCase]], _ configuration: SQLServerConfiguration) throws -> Report {
        let runner = try CaseRunner(configuration)
        let isText = command.value("format") != "json"
        var report = Report()
        for file in files {
            try runner.run(file) { result in
                let text = report.add(result)
                if isText { Self.write(text) }
            }
        }
        Self.write(isText ? report.summary : report.json(server: configuration.description))
        return report
    }

    private static func write(_ text: String) { FileHandle.standardOutput.write(Data(text.utf8)) }
    private static func complain(_ text: String) { FileHandle.standardError.write(Data("conformance: \(text)\n".utf8)) }
}
