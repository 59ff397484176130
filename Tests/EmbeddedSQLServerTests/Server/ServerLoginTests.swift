import EmbeddedSQLServer
import SQLValues
import TDSProtocol
import Testing

@Suite struct ServerLoginTests {
    @Test func aLoginIsAnsweredInTheOrderOfSQLServer() throws {
        try withScriptedServer { server in
            let client = try WireClient(server)
            let reply = try client.preLogin(.off)
            #expect(reply.encryption == .notSupported)
            #expect(reply.version.major == 16)
            let tokens = try client.logIn {
                $0.database = "shop"
                $0.packetSize = 8192
                $0.features = [.init(id: Login7.Feature.utf8Support, data: [1])]
            }
            let serverName = server.configuration.serverName
            #expect(
                tokens == [
                    .change(.database(new: "shop", old: "master")),
                    .message(
                        DiagnosticMessage(
                            number: 5701, state: 2, severity: 0, text: "Changed database context to 'shop'.",
                            server: serverName)),
                    .change(.collation(new: .latin1, old: nil)), .change(.language(new: "us_english", old: "")),
                    .message(
                        DiagnosticMessage(
                            number: 5703, state: 1, severity: 0, text: "Changed language setting to us_english.",
                            server: serverName)),
                    .loginAcknowledgement(
                        LoginAcknowledgement(
                            tdsVersion: 0x7400_0004, programName: "Microsoft SQL Server", version: .init(16, 0, 1000))),
                    .change(.packetSize(new: 8192, old: 4096)),
                    .features(FeatureAcknowledgement([.init(id: 10, data: [1])])), .done(Done(.statement)),
                ])
        }
    }

    @Test(arguments: [("sa", "wrong"), ("nobody", "Embedded!2026"), ("sa", "embedded!2026"), ("sa", "")])
    func aWrongLoginIsMessage18456AndTheEnd(user: String, password: String) throws {
        try withScriptedServer { server in
            let client = try WireClient(server)
            _ = try client.preLogin(.notSupported)
            let tokens = try client.logIn {
                $0.userName = user
                $0.password = password
            }
            let message = try #require(tokens.messages.first)
            #expect(tokens.messages.count == 1)
            #expect((message.number, message.state, message.severity) == (18_456, 1, 14))
            #expect(message.text == "Login failed for user '\(user)'.")
            #expect(tokens.dones.map(\.status) == [.error])
            #expect(client.isHungUp())
        }
    }

    @Test func anUnknownDatabaseIsMessage4060AndThen18456() throws {
        try withScriptedServer { server in
            let client = try WireClient(server)
            _ = try client.preLogin(.notSupported)
            let tokens = try client.logIn { $0.database = "nowhere" }
            #expect(tokens.messages.map(\.number) == [4060, 18_456])
            #expect(tokens.messages.first?.severity == 11)
            #expect(tokens.dones.map(\.status) == [.error])
            #expect(client.isHungUp())
        }
    }

    @Test func loginsAreThoseOfTheConfiguration() throws {
        var configuration = EmbeddedServer.Configuration()
        configuration.logins = [.init(userName: "Ann", password: "a"), .init(userName: "Bob", password: "b€")]
        try withScriptedServer(configuration) { server in
            for (user, password, isRight) in [("ANN", "a", true), ("bob", "b€", true), ("sa", "Embedded!2026", false)] {
                let client = try WireClient(server)
                _ = try client.preLogin(.notSupported)
                let tokens = try client.logIn {
                    $0.userName = user
                    $0.password = password
                }
                #expect(tokens.messages.contains { $0.number == 18_456 } != isRight)
            }
        }
    }

    @Test func authenticationThatIsNotSupportedIsRefusedByName() throws {
        let changes: [(String, (inout Login7) -> Void)] = [
            ("Kerberos", { $0.optionFlags2 |= 0x80 }), ("7.3", { $0.tdsVersion = 0x7100_0001 }),
        ]
        try withScriptedServer { server in
            for (word, change) in changes {
                let client = try WireClient(server)
                _ = try client.preLogin(.notSupported)
                let tokens = try client.logIn(change)
                #expect(tokens.messages.first?.text.contains(word) == true)
                #expect(client.isHungUp())
            }
        }
    }

    @Test(arguments: [
        Array("GET / HTTP/1.1\r\n\r\n".utf8), [0x16, 3, 1, 0, 200, 1, 0, 0, 196, 3, 3], [1, 1, 0, 8, 0, 0, 1, 0],
    ]) func whatIsNotAPreLoginIsHungUp(bytes: [UInt8]) throws {
        try withScriptedServer { server in
            let client = try WireClient(server)
            try client.sendRaw(bytes)
            #expect(client.isHungUp())
            let next = try WireClient.loggedIn(server)
            #expect(try next.batch("SELECT 1").rows == [[.int(1)]])
        }
    }

    @Test func theURLHasLoginPortAndDatabase() throws {
        var configuration = EmbeddedServer.Configuration()
        configuration.logins = [.init(userName: "a b", password: "p@ss/w:rd?€")]
        try withScriptedServer(configuration) { server in
            #expect(
                server.url(database: "shop")
                    == "mssql://a%20b:p%40ss%2Fw%3Ard%3F%E2%82%AC@127.0.0.1:\(server.port)/shop?encrypt=off")
        }
        try withScriptedServer { server in
            #expect(server.url == "mssql://sa:Embedded!2026@127.0.0.1:\(server.port)/master?encrypt=off")
        }
    }

    @Test func aPortThatIsTakenIsAnErrorThatNamesIt() throws {
        try withScriptedServer { server in
            let error = #expect(throws: EmbeddedServerError.self) {
                try EmbeddedServer.start(.init(port: server.port)) { _ in ScriptedInstance.answering() }
            }
            #expect(error?.description.contains("127.0.0.1:\(server.port)") == true)
        }
    }
}
