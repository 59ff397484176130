import Foundation
import Testing

/// `mssql serve` as a process of its own, with real signals.
@Suite struct ServeProcessTests {
    /// The program that was built beside these tests.
    private static let program = Bundle.module.bundleURL.deletingLastPathComponent().appending(path: "mssql")

    @Test(
        .enabled(if: FileManager.default.isExecutableFile(atPath: program.path), "the mssql program was not built"),
        arguments: [SIGINT, SIGTERM])
    func aSignalEndsItWithSuccess(signal: Int32) throws {
        let (process, output) = (Process(), Pipe())
        process.executableURL = Self.program
        process.arguments = ["serve", "--port", "0"]
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        var text = Data()
        while !text.contains(10) {
            let more = output.fileHandleForReading.availableData
            guard !more.isEmpty else { break }
            text += more
        }
        #expect(kill(process.processIdentifier, signal) == 0)
        text += output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        #expect(process.terminationReason == .exit)
        #expect(process.terminationStatus == 0)
        let lines = String(decoding: text, as: UTF8.self).split(separator: "\n")
        #expect(lines.count == 1)
        #expect(lines.first?.hasPrefix("mssql://sa:") == true)
    }
}
