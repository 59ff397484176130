import BenchmarkHarness
import EmbeddedSQLServer
import Foundation

/// An embedded server in a process of its own, so that its CPU and memory are told apart from the client's.
///
/// It tells its port, then answers each line of its stdin with what it has used so far, and ends with its stdin.
final class MeasuredServer {
    /// What makes this program such a server.
    static let argument = "measured-server"

    private let child: ChildProcess
    /// Where it listens.
    let port: Int

    /// Starts one and returns when clients can connect.
    init() throws {
        child = try ChildProcess(Programs.bench, [Self.argument])
        guard let line = try child.readLine(), let port = Int(line) else {
            throw ChildProcess.Failure("the server did not start")
        }
        self.port = port
    }

    /// What the server has used since it was started, and the bytes of memory that it holds now.
    func usage() throws -> (used: ResourceUsage, resident: Int) {
        try child.write("usage\n")
        let words = try child.readLine()?.split(separator: " ") ?? []
        guard words.count == 4, let user = Double(words[0]), let system = Double(words[1]), let peak = Int(words[2]),
            let resident = Int(words[3])
        else { throw ChildProcess.Failure("the server did not tell what it used") }
        return (ResourceUsage(user: user, system: system, peakMemory: peak), resident)
    }

    /// Measures work that a client does with the server: the server's CPU and memory, and the client's CPU.
    func measure(_ body: () throws -> Int) throws -> Sample {
        let before = try usage().used
        let ownBefore = ResourceUsage.ofThisProcess()
        let clock = ContinuousClock()
        let start = clock.now
        let work = try body()
        let wall = start.duration(to: clock.now).seconds
        let own = ResourceUsage.ofThisProcess().since(ownBefore)
        return Sample(wall: wall, usage: try usage().used.since(before), work: work, driverCPU: own.cpu)
    }

    /// The server's side: runs until stdin ends.
    static func serve() throws {
        let server = try EmbeddedServer.start()
        defer { server.stop() }
        tell("\(server.port)")
        while readLine() != nil {
            let used = ResourceUsage.ofThisProcess()
            tell("\(used.user) \(used.system) \(used.peakMemory) \(ProcessMemory.resident ?? 0)")
        }
    }

    private static func tell(_ line: String) { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }
}
