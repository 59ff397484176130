import BenchmarkHarness
import Testing

/// Children are started, talked to, and measured when they end.
struct ChildProcessTests {
    @Test func linesGoInAndOut() throws {
        let child = try ChildProcess("/bin/cat")
        try child.write("one\ntwo\nlast")
        #expect(try child.readLine() == "one")
        #expect(try child.readLine() == "two")
        let (status, usage) = try child.finish()
        #expect(status == 0)
        #expect(usage.peakMemory > 0)
        #expect(try child.readLine() == "last")
        #expect(try child.readLine() == nil)
    }

    @Test(arguments: [("exit 0", 0), ("exit 7", 7), ("kill -9 $$", 137)])
    func theStatusIsThatOfTheShell(command: String, status: Int32) throws {
        #expect(try ChildProcess("/bin/sh", ["-c", command]).finish().status == status)
    }

    @Test func workIsReadFromTheOutput() throws {
        let sample = try ChildProcess.measure("/bin/sh", ["-c", "echo hello; echo rows 42"]) { lines in
            lines.last?.split(separator: " ").last.flatMap { Int($0) }
        }
        #expect(sample.work == 42)
        #expect(sample.wall > 0)
    }

    @Test(arguments: ["exit 1", "echo no number"])
    func aChildThatDoesNotDoItsWorkIsAnError(command: String) {
        #expect(throws: ChildProcess.Failure.self) {
            try ChildProcess.measure("/bin/sh", ["-c", command]) { $0.first.flatMap { Int($0) } }
        }
    }

    @Test func aProgramThatIsNotThereIsAnError() {
        #expect(throws: ChildProcess.Failure.self) { try ChildProcess("/nowhere/at/all") }
    }
}

/// What the system tells of processes and machines.
struct SystemTextTests {
    private static let status =
        "Name:\tbench\nVmPeak:\t  20000 kB\nVmHWM:\t   1536 kB\nVmRSS:\t    512 kB\nThreads:\t1\n"

    private static let fields: [(String, Int?)] = [
        ("VmRSS:", 524_288), ("VmHWM:", 1_572_864), ("Threads:", nil), ("VmSwap:", nil),
    ]

    @Test(arguments: fields)
    func memoryIsReadInKilobytes(field: String, bytes: Int?) {
        #expect(ProcessMemory.bytes(of: field, in: Self.status) == bytes)
    }

    private static let lists: [(String, String?)] = [
        ("processor\t: 0\nmodel name\t: Fast CPU @ 3: GHz\nmodel name\t: Other\n", "Fast CPU @ 3: GHz"),
        ("processor : 0\nBogoMIPS : 50\n", nil), ("", nil), ("model name\t:  \n", nil),
    ]

    @Test(arguments: lists)
    func theProcessorIsTheFirst(list: String, name: String?) {
        #expect(MachineDescription.processor(in: list) == name)
    }

    @Test func thisProcessHoldsMemory() throws {
        let resident = try #require(ProcessMemory.resident)
        #expect(resident > 0)
        #expect(ResourceUsage.ofThisProcess().peakMemory > 0)
    }
}
