import CommandLineTools
import EmbeddedSQLServer
import MSSQLCommand
import Testing

/// The commands against the embedded server, over TCP.
@Suite struct EmbeddedServerCommandTests {
    private func withRun(_ body: (CommandRun) async throws -> Void) async throws {
        try await withEmbeddedSQLServer { server in
            try await body(CommandRun(environment: ["MSSQL_URL": server.url]))
        }
    }

    @Test func serveGivesItsURLFirstAndStopsOnASignal() async throws {
        var run = CommandRun()
        run.stopSignals = { AsyncStream { $0.yield(15) } }
        #expect(await run.run("serve", "--port", "0") == .success)
        let lines = run.output.text.split(separator: "\n")
        #expect(lines.count == 1)
        #expect(lines.first?.hasPrefix("mssql://sa:") == true)
        #expect(run.talk.text.contains("ready on 127.0.0.1:"))
    }

    @Test func serveDoesNotPrintAPasswordOfTheUser() async throws {
        var run = CommandRun()
        run.files["secret"] = Array("Sesame@1:/x\n".utf8)
        run.stopSignals = { AsyncStream { $0.yield(2) } }
        #expect(await run.run("serve", "--user", "app", "--password-file", "secret") == .success)
        #expect(run.output.text.hasPrefix("mssql://app@127.0.0.1:"))
        #expect(!(run.output.text + run.talk.text).contains("Sesame"))
    }

    @Test func aTakenPortIsOne() async throws {
        try await withEmbeddedSQLServer { server in
            let run = CommandRun()
            #expect(await run.run("serve", "--port", String(server.port)) == .failure)
            #expect(run.output.text.isEmpty)
        }
    }

    @Test func storageThatCannotBeMadeIsOneInPlainWords() async {
        let run = CommandRun()
        #expect(await run.run("serve", "--data", "/dev/null/x") == .failure)
        #expect(run.talk.text.hasPrefix("error: "))
        #expect(!run.talk.text.contains("Domain="))
    }

    @Test func pingTellsWhatIsThere() async throws {
        try await withRun { run in
            #expect(await run.run("ping", "--count", "3", "--format", "json") == .success, "\(run.talk.text)")
            #expect(run.output.text.contains(#""schema": "mssql.ping/1""#))
            #expect(run.output.text.contains(#""database": "master""#))
            #expect(run.output.text.contains(#""login": "sa""#))
            #expect(!run.output.text.contains("mssql://"))
        }
    }

    @Test func pingOverTLSVerifiesTheCertificate() async throws {
        var configuration = EmbeddedServer.Configuration()
        configuration.encryption = .required()
        try await withEmbeddedSQLServer(configuration) { server in
            let run = CommandRun(environment: ["MSSQL_URL": server.url])
            #expect(await run.run("ping") == .success, "\(run.talk.text)")
            #expect(run.output.text.contains("TLS, certificate verified for 127.0.0.1 by the authorities of caFile"))
        }
    }

    @Test func aRefusedLoginIsThree() async throws {
        try await withEmbeddedSQLServer { server in
            let run = CommandRun(environment: [
                "MSSQL_URL": "mssql://sa@127.0.0.1:\(server.port)/?encrypt=off", "MSSQL_PASSWORD": "Sesame",
            ])
            #expect(await run.run("query", "SELECT 1") == .connection)
            #expect(run.talk.text.contains("18456"))
            #expect(run.talk.text.contains("Check the login's name"))
            #expect(!run.talk.text.contains("Sesame"))
        }
    }

    @Test func parametersAreValues() async throws {
        try await withRun { run in
            let code = await run.run(
                "query", "SELECT @a AS A, @b + 1 AS B, @c AS C", "-p", "a='; DROP TABLE x --", "-p", "b:int=41",
                "--null",
                "c:date", "--format", "csv")
            #expect(code == .success, "\(run.talk.text)")
            #expect(run.output.text == "A,B,C\r\n'; DROP TABLE x --,42,\r\n")
        }
    }

    @Test func jsonHasEveryResult() async throws {
        try await withRun { run in
            let sql = "SELECT 1 AS A; SELECT CAST(1.50 AS decimal(5,2)) AS B;"
            #expect(await run.run("query", sql, "--format", "json") == .success, "\(run.talk.text)")
            #expect(
                run.output.text == """
                    {"schema":"mssql.query/1","succeeded":true,"resultSets":[{"columns":[{"name":"A","type":"int"}],\
                    "rows":[[1]]},{"columns":[{"name":"B","type":"decimal(5,2)"}],"rows":[[1.50]]}],"rowCounts":[1,1],\
                    "messages":[],"failure":null}

                    """)
        }
    }

    private static let script = """
        CREATE TABLE #t (N int);
        GO
        INSERT INTO #t VALUES (1);
        GO 3
        -- the next batch fails

        SELECT * FROM dbo.Missing;
        GO
        SELECT COUNT(*) AS N FROM #t;
        GO
        """

    @Test func aScriptStopsAtTheBatchThatFailsAndNamesTheLineOfTheFile() async throws {
        try await withRun { run in
            var run = run
            run.files["a.sql"] = Array(Self.script.utf8)
            #expect(await run.run("query", "--file", "a.sql") == .failure)
            #expect(run.talk.text.contains("Msg 208, Level 16, State 1, Line 7, File a.sql\n"), "\(run.talk.text)")
            #expect(run.talk.text.contains("--continue-on-error"))
            #expect(run.output.text.isEmpty)
        }
    }

    @Test func aScriptGoesOnWhenAskedOnTheSameConnection() async throws {
        try await withRun { run in
            var run = run
            run.stdin = Self.script
            #expect(await run.run("query", "--file", "-", "--continue-on-error", "--format", "csv") == .failure)
            #expect(run.talk.text.contains("File stdin"), "\(run.talk.text)")
            #expect(run.output.text == "N\r\n3\r\n")
        }
    }

    @Test func aConnectionThatBreaksIsOneAndTheJSONSaysSo() async throws {
        try await withEmbeddedSQLServer { server in
            let run = CommandRun(environment: ["MSSQL_URL": server.url])
            server.faults.inject(.closeInRow)
            #expect(await run.run("query", "SELECT 1 AS N", "--format", "json") == .failure)
            #expect(run.output.text.hasPrefix(#"{"schema":"mssql.query/1","succeeded":false,"resultSets":[]"#))
            #expect(!run.output.text.contains(#""failure":null"#))
            #expect(run.talk.text.hasPrefix("error: "))
        }
    }

    @Test func aClosedPipeEndsQuietly() async throws {
        try await withRun { run in
            var run = run
            run.output = TextBuffer(closesAfter: 0)
            #expect(await run.run("query", "SELECT 1 AS N") == .success)
            #expect(!run.talk.text.contains("error"))
        }
    }
}
