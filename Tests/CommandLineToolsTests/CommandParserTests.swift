import CommandLineTools
import Testing

/// Command lines mean what their help says.
struct CommandParserTests {
    @Test func subcommandsAreFoundInDepth() throws {
        #expect(try Sample.command(["serve"]).path == ["mssql", "serve"])
        #expect(try Sample.command(["migrate", "status"]).path == ["mssql", "migrate", "status"])
    }

    @Test(arguments: [
        ["serve", "--port", "7"], ["serve", "--port=7"], ["serve", "--tls", "--port", "7"],
    ])
    func valueMayFollowOrBeAttached(arguments: [String]) throws {
        #expect(try Sample.command(arguments).value("port") == "7")
    }

    @Test(arguments: [
        ["query", "-f", "a.sql"], ["query", "-fa.sql"], ["query", "-f=a.sql"], ["query", "-vqfa.sql"],
        ["query", "-vq", "-f", "a.sql"], ["query", "--file", "a.sql"],
    ])
    func shortFormsMeanTheSame(arguments: [String]) throws {
        #expect(try Sample.command(arguments).value("file") == "a.sql")
    }

    @Test func flagsMayShareADash() throws {
        let command = try Sample.command(["query", "-vq"])
        #expect(command.flag("verbose"))
        #expect(command.flag("quiet"))
        #expect(!(try Sample.command(["query"]).flag("verbose")))
    }

    @Test func defaultValuesAreFilledIn() throws {
        let command = try Sample.command(["serve"])
        #expect(command.value("port") == "1433")
        #expect(command.value("data") == nil)
        #expect(try Sample.command(["migrate", "status"]).value("dir") == "sql/migrations")
    }

    @Test func globalOptionsMayStandAnywhere() throws {
        for arguments in [
            ["--url", "u", "migrate", "status"], ["migrate", "--url", "u", "status"], ["migrate", "status", "--url=u"],
        ] {
            #expect(try Sample.command(arguments).value("url") == "u")
        }
    }

    @Test func repeatedOptionsKeepTheirOrder() throws {
        let command = try Sample.command(["query", "SELECT 1", "-p", "a=1", "--param=b=x=y", "-pc="])
        #expect(command.values("param") == ["a=1", "b=x=y", "c="])
        let pairs = try command.pairs("param")
        #expect(pairs.map(\.name) == ["a", "b", "c"])
        #expect(pairs.map(\.value) == ["1", "x=y", ""])
    }

    @Test func argumentsAreHandedOutByPlace() throws {
        let command = try Sample.command(["migrate", "split", "a.sql", "--out", "d", "b.sql", "c.sql"])
        #expect(command.argument("FIRST") == "a.sql")
        #expect(command.arguments("MORE") == ["b.sql", "c.sql"])
        #expect(try Sample.command(["query"]).argument("SQL") == nil)
    }

    @Test func twoDashesEndTheOptions() throws {
        #expect(try Sample.command(["query", "-v", "--", "--file"]).argument("SQL") == "--file")
    }

    @Test func dashAloneAndNegativeNumbersAreValues() throws {
        #expect(try Sample.command(["query", "-"]).argument("SQL") == "-")
        #expect(try Sample.command(["query", "--limit", "-5"]).value("limit") == "-5")
        #expect(try Sample.command(["query", "-f", "-"]).value("file") == "-")
        #expect(try Sample.command(["query", "--file=-odd-name"]).value("file") == "-odd-name")
    }

    @Test func emptyArgumentsAreArguments() throws {
        #expect(try Sample.command(["query", ""]).argument("SQL") == "")
        #expect(try Sample.command(["serve", "--data="]).value("data") == "")
    }

    @Test func numbersAreChecked() throws {
        let command = try Sample.command(["serve", "--port", "65536"])
        #expect(try command.integer("port", in: 0...99_999) == 65_536)
        #expect(
            throws: UsageError(
                "--port must be a whole number from 0 to 65535, not '65536'.", commandPath: ["mssql", "serve"])
        ) {
            try command.integer("port", in: 0...65_535)
        }
        #expect(throws: UsageError.self) {
            try Sample.command(["serve", "--port", "12x"]).integer("port", in: 0...65_535)
        }
        #expect(try command.integer("data", in: 0...1) == nil)
    }

    @Test func versionIsShown() throws {
        #expect(try Sample.shown(["--version"]) == "mssql 1.2.3\n")
    }
}

/// A wrong command line is told what is wrong, and exits with 2.
struct UsageErrorTests {
    @Test(arguments: [
        (["serve", "--prot", "1"], "Unknown option '--prot'. Did you mean '--port'?"),
        (["serve", "--prot=1"], "Unknown option '--prot'. Did you mean '--port'?"),
        (["serve", "--Port", "1"], "Unknown option '--Port'. Did you mean '--port'?"),
        (["query", "--verb"], "Unknown option '--verb'. Did you mean '--verbose'?"),
        (["serve", "--xyzzy"], "Unknown option '--xyzzy'."),
        (["query", "-vx"], "Unknown option '-x'."),
        (["serv"], "Unknown command 'serv'. Did you mean 'serve'?"),
        (["migrate", "stauts"], "Unknown command 'stauts'. Did you mean 'status'?"),
        (["dance"], "Unknown command 'dance'."),
        ([], "'mssql' needs a command: serve, query or migrate."),
        (["migrate"], "'mssql migrate' needs a command: status or split."),
        (["serve", "--port"], "--port needs a value: N."),
        (["query", "--file", "-v"], "--file needs a value: FILE. Write --file=FILE if it starts with a dash."),
        (["serve", "--port", "1", "--port", "2"], "--port was given twice."),
        (["serve", "--tls=yes"], "--tls takes no value."),
        (["query", "--format", "xml"], "--format cannot be 'xml', only table, json or csv."),
        (["query", "--format", "jsno"], "--format cannot be 'jsno', only table, json or csv. Did you mean 'json'?"),
        (["query", "SELECT 1", "SELECT 2"], "Unexpected argument 'SELECT 2'."),
        (["migrate", "split", "a.sql"], "--out DIR is missing."),
        (["migrate", "split", "--out", "d"], "The argument FIRST is missing."),
        (["help", "serve", "x"], "Unexpected argument 'x'."),
    ])
    func badArgumentIsNamed(arguments: [String], message: String) throws {
        let error = try #require(Sample.error(arguments))
        #expect(error.message == message)
        #expect(error.exitCode == .usage)
        #expect(error.exitCode.rawValue == 2)
    }

    @Test func descriptionSaysWhereToReadMore() throws {
        let error = try #require(Sample.error(["migrate", "status", "--dri", "x"]))
        #expect(
            error.description == """
                Unknown option '--dri'. Did you mean '--dir'?
                Run 'mssql migrate status --help' for usage.
                """)
    }

    @Test(arguments: [
        ["serve", "mssql://sa:hunter2@db.test/shop"], ["mssql://sa:hunter2@db.test"],
        ["serve", "Server=db.test;Password=hunter2"], ["query", "-Phunter2"], ["query", "--pasword=hunter2"],
        ["query", "SELECT 1", "pwd=hunter2"], ["query", "--format", "mssql://u:hunter2@h"],
    ])
    func secretsAreNotRepeated(arguments: [String]) throws {
        let error = try #require(Sample.error(arguments))
        #expect(!"\(error)".contains("hunter2"))
    }

    @Test func strangeArgumentsDoNotReachTheTerminal() throws {
        let error = try #require(Sample.error(["\u{1B}[2J" + String(repeating: "x", count: 100)]))
        #expect(!error.message.contains("\u{1B}"))
        #expect(error.message.contains("…"))
    }

    @Test(arguments: ["novalue", "=1", "a=1 a=2"])
    func pairsNeedANameOnce(text: String) throws {
        let options = text.split(separator: " ").flatMap { ["-p", String($0)] }
        let command = try Sample.command(["query"] + options)
        #expect(throws: UsageError.self) { try command.pairs("param") }
    }
}
