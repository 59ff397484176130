import EmbeddedSQLServer
import Foundation
import SQLServer
import TestSupport
import Testing

/// TLS inside TDS: the certificate is checked unless the caller says otherwise.
@Suite(.embeddedOnly) struct EncryptionTests {
    private func select(_ configuration: SQLServerConfiguration) async throws -> Int {
        try await withSQLServer(configuration) { try await $0.scalar("SELECT 42", as: Int.self) }
    }

    private func withServer(
        _ encryption: EmbeddedServer.Encryption, _ body: (EmbeddedServer) async throws -> Void
    ) async throws {
        try await withEmbeddedSQLServer(EmbeddedServer.Configuration(encryption: encryption), body)
    }

    @Test(arguments: Engine.all, [SQLServerConfiguration.Encryption.require, .request])
    func aTrustedCertificateIsAccepted(engine: Engine, level: SQLServerConfiguration.Encryption) async throws {
        try await withServer(.required()) { server in
            var configuration = try engine.configuration(of: server)
            configuration.encryption = level
            #expect(configuration.caFile != nil)
            #expect(try await select(configuration) == 42)
        }
    }

    @Test(arguments: Engine.all) func aHostNameIsAcceptedAsWellAsAnAddress(engine: Engine) async throws {
        try await withServer(.required()) { server in
            var configuration = try engine.configuration(of: server)
            configuration.host = "localhost"
            #expect(try await select(configuration) == 42)
        }
    }

    @Test(arguments: Engine.all) func largeRowsCrossAnEncryptedConnection(engine: Engine) async throws {
        try await withServer(.required()) { server in
            let text = String(repeating: "ab日", count: 50_000)
            let back = try await withSQLServer(engine.configuration(of: server)) {
                try await $0.scalar("SELECT \(text)", as: String.self)
            }
            #expect(back == text)
        }
    }

    @Test(arguments: Engine.all) func anUnknownAuthorityIsRefused(engine: Engine) async throws {
        try await withServer(.required()) { server in
            var configuration = try engine.configuration(of: server)
            configuration.caFile = nil
            try await expectRefusedCertificate(configuration)
        }
    }

    @Test(arguments: Engine.all) func anotherServersAuthorityIsRefused(engine: Engine) async throws {
        try await withServer(.required()) { server in
            try await withServer(.required()) { other in
                var configuration = try engine.configuration(of: server)
                configuration.caFile = other.caFile
                try await expectRefusedCertificate(configuration)
            }
        }
    }

    @Test(arguments: Engine.all) func aCertificateForAnotherNameIsRefused(engine: Engine) async throws {
        try await withServer(.required(.generated(names: ["db.example.com"]))) { server in
            try await expectRefusedCertificate(engine.configuration(of: server))
        }
    }

    @Test(arguments: Engine.all) func anExpiredCertificateIsRefused(engine: Engine) async throws {
        let day: TimeInterval = 86_400
        let past = Date(timeIntervalSinceNow: -30 * day)..<Date(timeIntervalSinceNow: -day)
        try await withServer(.required(.generated(validity: past))) { server in
            try await expectRefusedCertificate(engine.configuration(of: server))
        }
    }

    @Test(arguments: Engine.all) func aCertificateOfTheFutureIsRefused(engine: Engine) async throws {
        let day: TimeInterval = 86_400
        let future = Date(timeIntervalSinceNow: 10 * day)..<Date(timeIntervalSinceNow: 30 * day)
        try await withServer(.required(.generated(validity: future))) { server in
            try await expectRefusedCertificate(engine.configuration(of: server))
        }
    }

    @Test(arguments: Engine.all) func trustingTheServerAcceptsAnyCertificateWhenAskedFor(engine: Engine) async throws {
        try await withServer(.required(.generated(names: ["db.example.com"]))) { server in
            var configuration = try engine.configuration(of: server)
            configuration.caFile = nil
            configuration.trustServerCertificate = true
            #expect(try await select(configuration) == 42)
        }
    }

    @Test(arguments: Engine.all) func requireFailsWhenTheServerHasNoEncryption(engine: Engine) async throws {
        try await withServer(.off) { server in
            var configuration = try engine.configuration(of: server)
            configuration.encryption = .require
            let error = await connectError(configuration)
            #expect(error?.code == .tlsFailed)
        }
    }

    @Test(arguments: Engine.all) func oneHostMayHaveTwoSettingsAtOnce(engine: Engine) async throws {
        try await withServer(.required()) { trusted in
            try await withServer(.required()) { stranger in
                let good = try engine.configuration(of: trusted)
                var bad = try engine.configuration(of: stranger)
                bad.caFile = trusted.caFile
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for _ in 0..<4 {
                        group.addTask { _ = try await self.select(good) }
                        group.addTask { [bad] in try await self.expectRefusedCertificate(bad) }
                    }
                    try await group.waitForAll()
                }
            }
        }
    }

    @Test(arguments: Engine.all) func aMissingAuthorityFileIsNamed(engine: Engine) async throws {
        try await withServer(.required()) { server in
            var configuration = try engine.configuration(of: server)
            configuration.caFile = "/no/such/file.pem"
            let error = await connectError(configuration)
            #expect(error?.code == .configuration)
            #expect(error?.message.contains("/no/such/file.pem") == true)
        }
    }

    private func expectRefusedCertificate(_ configuration: SQLServerConfiguration) async throws {
        let error = await connectError(configuration)
        #expect(error?.code == .tlsFailed)
        #expect(error?.message.contains("certificate") == true)
        #expect(error?.message.contains("caFile") == true)
    }
}
