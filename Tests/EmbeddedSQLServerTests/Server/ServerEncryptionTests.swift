import EmbeddedSQLServer
import Foundation
import SQLValues
import TDSProtocol
import TLS
import Testing

@Suite struct ServerEncryptionTests {
    /// The table of MS-TDS 2.2.6.5.
    @Test(arguments: [
        (EmbeddedServer.Encryption.Mode.off, EncryptionOption.off, EncryptionOption.notSupported),
        (.off, .on, .notSupported), (.off, .notSupported, .notSupported), (.off, .required, .notSupported),
        (.optional, .off, .off), (.optional, .on, .on), (.optional, .required, .on),
        (.optional, .notSupported, .notSupported), (.required, .off, .required), (.required, .on, .on),
        (.required, .required, .on), (.required, .notSupported, .required),
    ]) func bothSidesDecideAsTheSpecificationSays(
        mode: EmbeddedServer.Encryption.Mode, client: EncryptionOption, answer: EncryptionOption
    ) {
        #expect(LoginNegotiation.decide(mode, client: client) == answer)
    }

    @Test(arguments: [
        (EmbeddedServer.Encryption.required(), EncryptionOption.on), (.required(), .off), (.optional(), .on),
    ]) func aWholeSessionIsEncrypted(encryption: EmbeddedServer.Encryption, wanted: EncryptionOption) throws {
        try withScriptedServer(.init(encryption: encryption), Self.wide) { server in
            let client = try WireClient(server)
            #expect(try client.preLogin(wanted).encryption != .off)
            try client.startTLS(trusting: try #require(server.caFile))
            #expect(try client.logIn().messages.map(\.number) == [5701, 5703])
            #expect(try client.batch("SELECT 1").rows == [[.string(Self.text)]])
        }
    }

    private static let text = String(repeating: "long ", count: 30_000)
    private static let wide = ScriptedInstance { (_, sink) throws(RequestStopped) in
        try sink.columns([ResultColumn(name: "t", type: .nVarCharMax, isNullable: true)])
        try sink.row([.string(text)])
        try sink.done(StatementDone(rowCount: 1, command: 193))
        return (0, [])
    }

    @Test func onlyTheLoginIsEncryptedWhenTheClientWantsNoMore() throws {
        try withScriptedServer(.init(encryption: .optional())) { server in
            let client = try WireClient(server)
            #expect(try client.preLogin(.off).encryption == .off)
            try client.startTLS(trusting: try #require(server.caFile))
            #expect(try client.logInEncryptedOnly().messages.map(\.number) == [5701, 5703])
            #expect(try client.batch("SELECT 1").rows == [[.int(1)]])
        }
    }

    @Test func clientsThatDoNotFitAreHungUp() throws {
        try withScriptedServer { server in
            let client = try WireClient(server)
            #expect(try client.preLogin(.on).encryption == .notSupported)
            #expect(client.isHungUp())
        }
        try withScriptedServer(.init(encryption: .required())) { server in
            let client = try WireClient(server)
            #expect(try client.preLogin(.notSupported).encryption == .required)
            #expect(client.isHungUp())
        }
    }

    @Test func certificatesCanBeWrongOnPurpose() throws {
        let past = Date(timeIntervalSinceNow: -200_000)..<Date(timeIntervalSinceNow: -100_000)
        for certificate in [
            EmbeddedServer.Certificate.generated(names: ["other.example"]), .generated(validity: past),
        ] {
            try withScriptedServer(.init(encryption: .required(certificate))) { server in
                let client = try WireClient(server)
                _ = try client.preLogin(.on)
                #expect(throws: TLSError.self) { try client.startTLS(trusting: try #require(server.caFile)) }
            }
        }
    }

    @Test func certificatesOfAnotherAuthorityAreNotTrusted() throws {
        try withScriptedServer(.init(encryption: .required())) { other in
            try withScriptedServer(.init(encryption: .required())) { server in
                let client = try WireClient(server)
                _ = try client.preLogin(.on)
                #expect(throws: TLSError.self) { try client.startTLS(trusting: try #require(other.caFile)) }
            }
        }
    }

    @Test func theAuthoritysFileIsInTheURLAndGoneAfterwards() throws {
        var path: String?
        try withScriptedServer(.init(encryption: .required())) { server in
            let file = try #require(server.caFile)
            path = file
            #expect(server.url.hasSuffix("?encrypt=require&caFile=\(file)"))
            #expect(FileManager.default.fileExists(atPath: file))
        }
        let file = try #require(path)
        #expect(!FileManager.default.fileExists(atPath: file))
    }

    @Test func certificateFilesThatAreMissingAreNamed() {
        let certificate = EmbeddedServer.Certificate.files(chain: "/nowhere/chain.pem", key: "/nowhere/key.pem")
        let error = #expect(throws: EmbeddedServerError.self) {
            try EmbeddedServer.start(.init(encryption: .required(certificate))) { _ in ScriptedInstance.answering() }
        }
        #expect(error?.description.contains("chain.pem") == true)
    }
}
