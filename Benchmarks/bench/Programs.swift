import BenchmarkHarness
import Foundation

/// The programs that benchmarks start.
enum Programs {
    /// This program.
    static var bench: String { Bundle.main.executablePath ?? CommandLine.arguments[0] }

    /// The server of canned responses, which is built beside this program.
    static var wireServer: String {
        get throws {
            try checked(
                URL(filePath: bench).deletingLastPathComponent().appending(path: "WireServer").path,
                builtBy: "swift build -c release --product WireServer")
        }
    }

    /// The C reader, which the Makefile builds.
    static var dbLibraryReader: String {
        get throws {
            let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
                .deletingLastPathComponent()
            return try checked(root.appending(path: ".build/bench/dblib_reader").path, builtBy: "make bench")
        }
    }

    private static func checked(_ path: String, builtBy command: String) throws -> String {
        guard FileManager.default.isExecutableFile(atPath: path) else {
            throw ChildProcess.Failure("\(path) is not there; `\(command)` builds it")
        }
        return path
    }
}
