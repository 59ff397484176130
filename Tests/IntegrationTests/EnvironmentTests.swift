import Foundation
import Testing

/// What the environment of a process must not do behind the program's back.
@Suite struct EnvironmentTests {
    @Test(arguments: ["TDSVER", "TDSPORT", "TDSHOST", "TDSDUMP", "TDSDUMPCONFIG"])
    func aVariableThatOverridesFreeTDSIsNamed(variable: String) throws {
        let process = Process()
        // The mssql command stands beside the test bundle.
        process.executableURL = Bundle.main.executableURL?.deletingLastPathComponent().appending(path: "mssql")
        process.arguments = ["ping", "--url", "mssql://sa@127.0.0.1:1/master?encrypt=off"]
        var environment = ProcessInfo.processInfo.environment
        environment[variable] = "/nowhere"
        environment["MSSQL_PASSWORD"] = "x"
        process.environment = environment
        let talk = Pipe()
        process.standardError = talk
        process.standardOutput = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let text = String(decoding: try talk.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 2)
        #expect(text.contains(variable))
        #expect(text.contains("unset"))
    }
}
