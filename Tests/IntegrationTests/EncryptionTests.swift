import EmbeddedSQLServer
import Foundation
import SQLServer
import TestSupport
import Testing

/// TLS inside TDS: the certificate is checked unless the caller says otherwise.
@Suite(.embeddedOnly) struct EncryptionTests {
    private func configuration(_ server: EmbeddedServer) throws -> SQLServerConfiguration {
        try SQLServerConfiguration(url: server.url)
    }

    private func select(_ configuration: SQLServerConfiguration) async throws -> Int {
        try await withSQLServer(configuration) { try await $0.scalar("SELECT 42", as: Int.self) }
    }

    private func withServer(
        _ encryption: EmbeddedServer.Encryption, _ body: (EmbeddedServer) async throws -> Void
    ) async throws {
        try await withEmbeddedSQLServer(EmbeddedServer.Configuration(encryption: encryption), body)
    }

    @Test(arguments: [SQLServerConfiguration.Encryption.require, .request])
    func aTrustedCertificateIsAccepted(level: SQLServerConfiguration.Encryption) async throws {
        try await withServer(.required()) { server in
            var configuration = try configuration(server)
            configuration.encryption = level
            #expect(configuration.caFile != nil)
            #expect(try await select(configuration) == 42)
        }
    }

    @Test func aHostNameIsAcceptedAsWellAsAnAddress() async throws {
        try await withServer(.required()) { server in
            var configuration = try configuration(server)
            configuration.host = "localhost"
            #expect(try await select(configuration) == 42)
        }
    }

    @Test func largeRowsCrossAnEncryptedConnection() async throws {
        try await withServer(.required()) { server in
            let text = String(repeating: "ab日", count: 50_000)
            let back = try await withSQLServer(configuration(server)) {
                try await $0.scalar("SELECT \(text)", as: String.self)
            }
            #expect(back == text)
        }
    }

    @Test func anUnknownAuthorityIsRefused() async throws {
        try await withServer(.required()) { server in
            var configuration = try configuration(server)
            configuration.caFile = nil
            try await expectRefusal(configuration)
        }
    }

    @Test func anotherServersAuthorityIsRefused() async throws {
        try await withServer(.required()) { server in
            try await withServer(.required()) { other in
                var configuration = try configuration(server)
                configuration.caFile = other.caFile
                try await expectRefusal(configuration)
            }
        }
    }

    @Test func aCertificateForAnotherNameIsRefused() async throws {
        try await withServer(.required(.generated(names: ["db.example.com"]))) { server in
            try await expectRefusal(configuration(server))
        }
    }

    @Test func anExpiredCertificateIsRefused() async throws {
        let day: TimeInterval = 86_400
        let past = Date(timeIntervalSinceNow: -30 * day)..<Date(timeIntervalSinceNow: -day)
        try await withServer(.required(.generated(validity: past))) { server in
            try await expectRefusal(configuration(server))
        }
    }

    @Test func aCertificateOfTheFutureIsRefused() async throws {
        let day: TimeInterval = 86_400
        let future = Date(timeIntervalSinceNow: 10 * day)..<Date(timeIntervalSinceNow: 30 * day)
        try await withServer(.required(.generated(validity: future))) { server in
            try await expectRefusal(configuration(server))
        }
    }

    @Test func trustingTheServerAcceptsAnyCertificateWhenAskedFor() async throws {
        try await withServer(.required(.generated(names: ["db.example.com"]))) { server in
            var configuration = try configuration(server)
            configuration.caFile = nil
            configuration.trustServerCertificate = true
            #expect(try await select(configuration) == 42)
        }
    }

    @Test func requireFailsWhenTheServerHasNoEncryption() async throws {
        try await withServer(.off) { server in
            var configuration = try configuration(server)
            configuration.encryption = .require
            let error = await connectError(configuration)
            #expect(error?.code == .tlsFailed)
        }
    }

    @Test func oneHostMayHaveTwoSettingsAtOnce() async throws {
        try await withServer(.required()) { trusted in
            try await withServer(.required()) { stranger in
                let good = try configuration(trusted)
                var bad = try configuration(stranger)
                bad.caFile = trusted.caFile
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for _ in 0..<4 {
                        group.addTask { _ = try await self.select(good) }
                        group.addTask { [bad] in try await self.expectRefusal(bad) }
                    }
                    try await group.waitForAll()
                }
            }
        }
    }

    @Test func aMissingAuthorityFileIsNamed() async throws {
        try await withServer(.required()) { server in
            var configuration = try configuration(server)
            configuration.caFile = "/no/such/file.pem"
            let error = await connectError(configuration)
            #expect(error?.code == .configuration)
            #expect(error?.message.contains("/no/such/file.pem") == true)
        }
    }

    private func expectRefusal(_ configuration: SQLServerConfiguration) async throws {
        let error = await connectError(configuration)
        #expect(error?.code == .tlsFailed)
        #expect(error?.message.contains("certificate") == true)
        #expect(error?.message.contains("caFile") == true)
    }
}
