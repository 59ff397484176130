import BenchmarkHarness
import Foundation

/// `freebcp`, FreeTDS's bulk copy program.
struct FreeBCP {
    /// How its file is written.
    enum Format: String {
        case native = "-n"
        case characters = "-c"
    }

    private let port: Int
    private let folder: URL

    /// Why it cannot be measured, or nil.
    static var obstacle: String? {
        path == nil ? "freebcp is not in the PATH; apt-get install freetds-bin" : nil
    }

    private static var path: String? {
        let folders = ProcessInfo.processInfo.environment["PATH"]?.split(separator: ":") ?? []
        return folders.map { "\($0)/freebcp" }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    /// The program, with files of its own, against a server on this machine.
    ///
    /// - Throws: When no folder can be made.
    init(port: Int) throws {
        self.port = port
        folder = FileManager.default.temporaryDirectory.appending(path: "bench-bulk-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let settings = "[global]\n    tds version = 7.4\n    client charset = UTF-8\n    encryption = off\n"
        try Data(settings.utf8).write(to: folder.appending(path: "freetds.conf"))
    }

    /// Removes the files.
    func remove() throws { try FileManager.default.removeItem(at: folder) }

    /// Where a file of its own is.
    func file(_ name: String) -> String { folder.appending(path: name).path }

    /// Runs it and waits for its end.
    ///
    /// - Parameters:
    ///   - object: A table, or a query with the direction `queryout`.
    ///   - direction: `in`, `out` or `queryout`.
    ///   - name: The file.
    ///   - format: How the file is written.
    /// - Returns: Time and CPU of the process from its start to its end, and the rows that it says it copied.
    /// - Throws: When it fails.
    func run(_ object: String, _ direction: String, _ name: String, _ format: Format) throws -> Sample {
        guard let path = Self.path else { throw ChildProcess.Failure(Self.obstacle ?? "") }
        // One batch, as the library's; freebcp's own are of 1,000 rows.
        let arguments = [
            "FREETDSCONF=\(file("freetds.conf"))", "LC_ALL=C.UTF-8", path, object, direction, file(name),
            format.rawValue,
            "-S", "127.0.0.1:\(port)", "-U", "sa", "-P", "none", "-A", "16000", "-b", "100000000",
        ]
        // env becomes freebcp, so that its CPU is told by wait4.
        return try ChildProcess.measure("/usr/bin/env", arguments) { lines in
            lines.lazy.compactMap { line in
                line.hasSuffix(" rows copied.") ? line.split(separator: " ").first.flatMap { Int($0) } : nil
            }.first
        }
    }
}
