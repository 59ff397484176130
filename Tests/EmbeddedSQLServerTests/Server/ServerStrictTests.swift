import EmbeddedSQLServer
import SQLValues
import TDSProtocol
import TLS
import Testing

/// TDS 8.0: TLS before the first byte of TDS (MS-TDS 3.3.1, "strict").
@Suite struct ServerStrictTests {
    @Test(arguments: [EmbeddedServer.Encryption.strict(), .required(), .optional()], [TLSVersion.tls12, .tls13])
    func aSessionBeginsWithTLS(encryption: EmbeddedServer.Encryption, version: TLSVersion) throws {
        try withScriptedServer(.init(encryption: encryption)) { server in
            let client = try WireClient(server)
            try client.startStrictTLS(trusting: try #require(server.caFile), versions: version...version)
            #expect(try client.preLogin(.notSupported).encryption == .notSupported)
            let tokens = try client.logIn { $0.tdsVersion = TDSVersion.tds80 }
            let versions = tokens.compactMap { token in
                if case .loginAcknowledgement(let login) = token { login.tdsVersion } else { nil }
            }
            #expect(versions == [TDSVersion.tds80])
            #expect(try client.batch("SELECT 1").rows == [[.int(1)]])
        }
    }

    @Test func anotherApplicationProtocolIsRefused() throws {
        try withScriptedServer(.init(encryption: .strict())) { server in
            let client = try WireClient(server)
            let caFile = try #require(server.caFile)
            #expect(throws: (any Error).self) { try client.startStrictTLS(trusting: caFile, protocols: ["h2"]) }
            #expect(client.isHungUp())
        }
    }

    @Test func clientsThatBeginWithTDSAreHungUpWhenOnlyStrictIsAccepted() throws {
        try withScriptedServer(.init(encryption: .strict())) { server in
            let client = try WireClient(server)
            #expect(throws: (any Error).self) { try client.preLogin(.on) }
            #expect(server.url.contains("encrypt=strict"))
        }
    }

    @Test func tds80WithoutTLSBeforeItIsRefused() throws {
        try withScriptedServer { server in
            let client = try WireClient(server)
            _ = try client.preLogin(.notSupported)
            let tokens = try client.logIn { $0.tdsVersion = TDSVersion.tds80 }
            #expect(tokens.messages.map(\.number) == [18_452])
        }
    }
}
