import CommandLineTools
import MSSQLCommand
import SQLServer
import Testing

@Suite struct ServerAddressTests {
    private func configuration(_ run: CommandRun, _ options: String...) throws -> SQLServerConfiguration {
        guard case .run(let command) = try CommandParser(MSSQLProgram.description).parse(["ping"] + options) else {
            throw CommandRun.MissingFile()
        }
        return try ServerAddress(command, run.context).configuration()
    }

    @Test(arguments: ["localhost", "LOCALHOST", "127.0.0.1", "127.1.2.3", "::1"])
    func thisMachineIsLoopback(host: String) {
        #expect(ServerAddress.isLoopback(host))
    }

    @Test(arguments: [
        "localhost.example.com", "127.0.0.1.example.com", "128.0.0.1", "127.0.0", "127.0.0.256", "db", "",
    ])
    func othersAreNot(host: String) {
        #expect(!ServerAddress.isLoopback(host))
    }

    @Test(arguments: [
        "mssql://sa:Sesame@127.0.0.1/shop", "mssql://sa:Sesame@localhost:1434", "mssql://sa:Sesame@[::1]/shop",
        "Server=.;User ID=sa;Password=Sesame", "Server=tcp:(local),1434;UID=sa;PWD=Sesame",
    ])
    func aPasswordInTheOptionIsForThisMachine(url: String) throws {
        #expect(try configuration(CommandRun(), "--url", url).password.reveal() == "Sesame")
    }

    @Test(arguments: [
        "mssql://sa:Sesame@db.example.com/shop", "sqlserver://sa:Sesame@10.0.0.1",
        "Server=db.example.com;User ID=sa;Password=Sesame", "mssql://sa:Sesame@localhost.example.com",
    ])
    func aPasswordInTheOptionIsRefusedForOthersAndNotRepeated(url: String) async {
        let run = CommandRun()
        #expect(await run.run("ping", "--url", url) == .usage)
        for way in ["MSSQL_URL", "MSSQL_PASSWORD", "--password-file", "prompt"] { #expect(run.talk.text.contains(way)) }
        #expect(!run.talk.text.contains("Sesame"))
        #expect(!run.talk.text.contains("example.com"))
    }

    @Test func theEnvironmentMayHoldAPasswordForAnyServer() throws {
        let run = CommandRun(environment: ["MSSQL_URL": "mssql://sa:Sesame@db.example.com/shop"])
        let configuration = try configuration(run)
        #expect(configuration.host == "db.example.com")
        #expect(configuration.password.reveal() == "Sesame")
        #expect(configuration.applicationName == "mssql")
    }

    @Test func theOptionComesBeforeTheEnvironment() throws {
        let run = CommandRun(environment: ["MSSQL_URL": "mssql://a:x@one", "MSSQL_PASSWORD": "p"])
        #expect(try configuration(run, "--url", "mssql://b@two").userName == "b")
    }

    @Test func aFileComesFirstThenTheURLThenTheEnvironmentThenThePrompt() throws {
        var run = CommandRun(environment: ["MSSQL_URL": "mssql://sa:fromURL@db", "MSSQL_PASSWORD": "fromEnvironment"])
        run.typed = "fromPrompt"
        run.files["secret"] = Array("fromFile\n".utf8)
        run.stdin = "fromStdin\r\n"
        #expect(try configuration(run, "--password-file", "secret").password.reveal() == "fromFile")
        #expect(try configuration(run, "--password-stdin").password.reveal() == "fromStdin")
        #expect(try configuration(run).password.reveal() == "fromURL")
        run.environment["MSSQL_URL"] = "mssql://sa@db"
        #expect(try configuration(run).password.reveal() == "fromEnvironment")
        run.environment["MSSQL_PASSWORD"] = ""
        #expect(try configuration(run).password.reveal().isEmpty)
        run.environment["MSSQL_PASSWORD"] = nil
        #expect(try configuration(run).password.reveal() == "fromPrompt")
        #expect(run.talk.text == "Password for 'sa' at db: ")
    }

    @Test(arguments: ["", "\n", "two\nlines\n"]) func aPasswordFileHoldsOneLine(content: String) {
        var run = CommandRun(environment: ["MSSQL_URL": "mssql://sa@db"])
        run.files["secret"] = Array(content.utf8)
        #expect(throws: UsageError.self) { try configuration(run, "--password-file", "secret") }
    }

    @Test func aPersonMayGiveUpAtThePrompt() async {
        var run = CommandRun(environment: ["MSSQL_URL": "mssql://sa@db"])
        run.typed = "^C"
        #expect(await run.run("ping") == .usage)
    }

    @Test func fileAndStdinTogetherAreAnError() {
        let run = CommandRun(environment: ["MSSQL_URL": "mssql://sa@db"])
        #expect(throws: UsageError.self) { try configuration(run, "--password-file", "a", "--password-stdin") }
    }
}
