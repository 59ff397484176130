import CommandLineTools
import TestSupport
import Testing

@Suite struct ExitCodeTests {
    private static let closedPort = "mssql://sa:secret-word@127.0.0.1:1/?encrypt=off"

    @Test(arguments: [
        ["qeury"], ["query"], ["query", "SELECT 1"], ["ping", "--count", "0", "--url", closedPort],
        ["query", "SELECT 1", "--file", "a.sql"], ["query", "--file", "a.sql", "-p", "a=1"],
        ["query", "SELECT 1", "--continue-on-error"], ["query", "SELECT 1", "--format", "xml"],
        ["query", "SELECT 1", "--bulk", "a.csv"], ["serve", "--url", closedPort], ["serve", "--port", "65536"],
        ["serve", "--user", "app"], ["ping", "--url", "mssql://127.0.0.1"], ["ping", "--url", "mssql://sa:x@[::1"],
        ["query", "--file", "-", "--password-stdin"],
    ])
    func aWrongCommandLineIsTwo(arguments: [String]) async {
        var run = CommandRun()
        run.files["a.sql"] = Array("SELECT 1".utf8)
        #expect(await run.run(arguments) == .usage)
        #expect(run.output.text.isEmpty)
        #expect(run.talk.text.hasPrefix("error: "))
    }

    @Test func aScriptThatIsNotThereIsOne() async {
        let run = CommandRun()
        #expect(await run.run("query", "--file", "missing.sql") == .failure)
        #expect(run.talk.text.contains("'missing.sql' cannot be read"))
    }

    @Test func aScriptThatCannotBeSplitIsOneAndNamesTheLine() async {
        var run = CommandRun()
        run.files["a.sql"] = Array("SELECT 1\nGO 0\n".utf8)
        #expect(await run.run("query", "--file", "a.sql") == .failure)
        #expect(run.talk.text.contains("a.sql: line 2"))
    }

    @Test(arguments: ["ping", "query SELECT"]) func aServerThatIsNotThereIsThree(command: String) async {
        let run = CommandRun()
        #expect(
            await run.run(command.split(separator: " ").map(String.init) + ["--url", Self.closedPort]) == .connection)
        #expect(run.output.text.isEmpty)
        #expect(run.talk.text.contains("does not accept connections"))
        #expect(!run.talk.text.contains("secret-word"))
        #expect(!run.talk.text.contains("mssql://"))
    }

    @Test func aServerThatHangsUpIsThree() async throws {
        let server = try ScriptedTCPServer(.hangUp)
        defer { server.stop() }
        let run = CommandRun()
        let url = "mssql://sa:secret-word@127.0.0.1:\(server.port)/?encrypt=off"
        #expect(await run.run("ping", "--url", url) == .connection)
        #expect(run.talk.text.contains("it is no SQL Server"))
        #expect(!run.talk.text.contains("secret-word"))
    }
}
