import BenchmarkHarness
import SQLServer
import SQLServerCore

/// The wire server in a process of its own, and the two clients that read from it.
final class CannedServer {
    private let child: ChildProcess
    let port: Int
    private let reader: String

    init() throws {
        reader = try Programs.dbLibraryReader
        child = try ChildProcess(try Programs.wireServer)
        guard let line = try child.readLine(), let port = Int(line) else {
            throw ChildProcess.Failure("the wire server did not start")
        }
        self.port = port
    }

    /// A query for rows of a shape, in the words that the wire server knows.
    static func query(_ shape: String, rows: Int) -> String { "SELECT * FROM \(shape) WHERE rows = \(rows)" }

    /// Runs a query so many times with the C reader.
    ///
    /// - Returns: Time and CPU without the login.
    func readInC(_ query: String, times: Int = 1) throws -> Sample {
        let child = try ChildProcess(reader, ["\(port)", "\(times)", query])
        let words = try child.readLine()?.split(separator: " ") ?? []
        let (status, used) = try child.finish()
        guard status == 0, words.count == 5, let rows = Int(words[0]), let wall = Double(words[2]),
            let user = Double(words[3]), let system = Double(words[4])
        else { throw ChildProcess.Failure("the C reader failed with status \(status)") }
        let usage = ResourceUsage(user: user, system: system, peakMemory: used.peakMemory)
        return Sample(wall: wall, usage: usage, work: rows)
    }

    /// A client with one connection.
    func client() throws -> SQLServerClient {
        let url = "mssql://sa:Embedded!2026@127.0.0.1:\(port)/master?encrypt=off"
        return try SQLServerClient(SQLServerConfiguration(url: url))
    }
}
