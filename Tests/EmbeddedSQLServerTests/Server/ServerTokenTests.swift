import EmbeddedSQLServer
import SQLValues
import TDSProtocol
import Testing

/// Logins with tokens (MS-TDS, FEDAUTH feature and FEDAUTHINFO).
@Suite struct ServerTokenTests {
    /// Logs in with a token that is sent along.
    private func logIn(_ server: EmbeddedServer, _ token: String) throws -> [ServerToken] {
        let client = try WireClient(server)
        _ = try client.preLogin(.notSupported)
        return try client.logIn {
            $0.userName = ""
            $0.password = ""
            $0.features = [FederatedAuthenticationRequest(.securityToken(token), echo: true).feature]
        }
    }

    @Test func aTokenLogsInAndTheFeatureIsAcknowledged() throws {
        try withScriptedServer { server in
            let tokens = try logIn(server, server.tokens.issue(for: "sa"))
            #expect(tokens.messages.map(\.number) == [5701, 5703])
            #expect(tokens.contains(.features(FeatureAcknowledgement([.init(id: 2)]))))
        }
    }

    @Test func aClientIsToldWhereToGetItsToken() throws {
        try withScriptedServer { server in
            let client = try WireClient(server)
            _ = try client.preLogin(.notSupported)
            let told = try client.logIn {
                $0.features = [FederatedAuthenticationRequest(.workflow(1), echo: true).feature]
            }
            let information = FederatedAuthenticationInformation(
                authority: server.tokens.authority, resource: "https://database.windows.net/")
            #expect(told == [.federatedAuthentication(information)])
            let token = FederatedAuthenticationToken(server.tokens.issue(for: "sa"))
            let tokens = try client.request(.federatedAuthentication, token.encoded())
            #expect(tokens.messages.map(\.number) == [5701, 5703])
            #expect(try client.batch("SELECT 1").rows == [[.int(1)]])
        }
    }

    @Test func tokensThatExpiredOrWereNeverIssuedAreRefused() throws {
        try withScriptedServer { server in
            let refused = "Login failed for user '<token-identified principal>'."
            let expired = server.tokens.issue(for: "sa", validFor: .seconds(-1))
            let answer = try logIn(server, expired)
            #expect(answer.messages.map(\.text) == [refused + " Token is expired."])
            #expect(try logIn(server, "no.such.token").messages.map(\.text) == [refused])
            let token = server.tokens.issue(for: "sa")
            server.faults.inject(.expireTokens)
            #expect(try logIn(server, token).messages.map(\.number) == [18_456])
            #expect(try logIn(server, token).messages.map(\.number) == [5701, 5703])
            server.tokens.expireAll()
            #expect(try logIn(server, token).messages.map(\.number) == [18_456])
        }
    }

    @Test func theServerSaysThatItTakesTokens() throws {
        try withScriptedServer { server in
            let client = try WireClient(server)
            var request = PreLogin(version: .init(1, 0, 0), encryption: .notSupported)
            request.federatedAuthenticationRequired = 1
            try client.send(.preLogin, request.encoded())
            #expect(try PreLogin(payload: try client.receive().payload).federatedAuthenticationRequired == 1)
        }
    }
}
