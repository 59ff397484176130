import CommandLineTools
import MSSQLCommand
import Testing

@Suite struct HelpTests {
    @Test(arguments: ["serve", "ping", "query"]) func helpOfACommandIsGolden(command: String) async throws {
        let run = CommandRun()
        #expect(await run.run(command, "--help") == .success)
        try expectGolden(run.output.text, "help-\(command).txt")
        #expect(run.talk.text.isEmpty)
    }

    @Test func withoutArgumentsThereIsTheHelp() async throws {
        let run = CommandRun()
        #expect(await run.run() == .success)
        try expectGolden(run.output.text, "help.txt")
    }

    @Test func versionIsOneLine() async {
        let run = CommandRun()
        #expect(await run.run("--version") == .success)
        #expect(run.output.text == "mssql \(mssqlVersion)\n")
    }
}
