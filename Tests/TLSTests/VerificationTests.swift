import Foundation
import TLS
import Testing

/// A client refuses every server that it cannot prove, and says why.
struct VerificationTests {
    let authority: CertificateAuthority

    init() throws {
        authority = try CertificateAuthority(validity: Times.valid)
    }

    private func error(
        names: [String], validity: Range<Date> = Times.valid, host: String, certificateName: String? = nil,
        trust: TLSClientConfiguration.Trust? = nil, verifiesHostName: Bool = true,
        versions: ClosedRange<TLSVersion> = .tls12 ... .tls13
    ) throws -> TLSError? {
        let identity = try authority.issueServerIdentity(for: names, validity: validity)
        return try TLSPair(
            server: TLSServerConfiguration(identity: identity, versions: versions),
            client: TLSClientConfiguration(
                trust: trust ?? .pem(authority.certificatePEM), verifiesHostName: verifiesHostName),
            host: host, certificateName: certificateName
        ).connectionError()
    }

    @Test(arguments: [
        (["localhost"], "localhost"), (["a.test", "b.test"], "b.test"), (["*.example.test"], "db.example.test"),
        (["db.test"], "DB.Test"), (["db.test"], "db.test."), (["127.0.0.1"], "127.0.0.1"), (["::1"], "::1"),
        (["::1"], "[::1]"), (["fe80::1"], "fe80::1%eth0"), (["localhost", "127.0.0.1"], "127.0.0.1"),
    ])
    func nameInTheCertificateIsAccepted(names: [String], host: String) throws {
        #expect(try error(names: names, host: host) == nil)
    }

    @Test(arguments: [
        (["localhost"], "example.test"), (["localhost"], "127.0.0.1"), (["127.0.0.1"], "127.0.0.2"),
        (["*.example.test"], "example.test"), (["*.example.test"], "a.b.example.test"), (["127.0.0.1"], "localhost"),
        (["db.test"], "db.test.evil"), (["::1"], "::2"),
    ])
    func otherNameIsRefused(names: [String], host: String) throws {
        let error = try #require(try error(names: names, host: host))
        #expect(error.code == .certificate)
        #expect(error.message.contains("expected host name '\(host)'"))
        #expect(error.message.contains("mismatch"))
        // What the certificate is for, so that the reader sees the difference.
        let listed = names[0].contains(":") ? "IP Address:" : names[0]
        #expect(error.message.contains(listed))
    }

    @Test func nameOfTheCertificateMayBeGiven() throws {
        #expect(try error(names: ["db.internal"], host: "127.0.0.1", certificateName: "db.internal") == nil)
        let refused = try error(names: ["127.0.0.1"], host: "127.0.0.1", certificateName: "db.internal")
        #expect(refused?.message.contains("'db.internal'") == true)
    }

    @Test func hostNameCheckCanBeLeftOutAndTheChainIsStillChecked() throws {
        #expect(try error(names: ["a.test"], host: "b.test", verifiesHostName: false) == nil)
        let other = try CertificateAuthority(validity: Times.valid)
        let refused = try error(
            names: ["a.test"], host: "b.test", trust: .pem(other.certificatePEM), verifiesHostName: false)
        #expect(refused?.code == .certificate)
    }

    @Test(arguments: [TLSVersion.tls12, .tls13])
    func unknownAuthorityIsRefused(version: TLSVersion) throws {
        let other = try CertificateAuthority(name: "Another CA", validity: Times.valid)
        let error = try error(
            names: ["localhost"], host: "localhost", trust: .pem(other.certificatePEM), versions: version...version)
        #expect(error?.code == .certificate)
        #expect(error?.message.contains("self-signed certificate in certificate chain") == true)
        #expect(error?.message.contains("CA") == true)
    }

    @Test func authorityOfTheSameNameAndAnotherKeyIsRefused() throws {
        let imposter = try CertificateAuthority(validity: Times.valid)
        let error = try error(names: ["localhost"], host: "localhost", trust: .pem(imposter.certificatePEM))
        #expect(error?.code == .certificate)
    }

    @Test func systemRootsDoNotKnowADevelopmentAuthority() throws {
        #expect(try error(names: ["localhost"], host: "localhost", trust: .systemRoots)?.code == .certificate)
    }

    @Test func expiredCertificateIsRefused() throws {
        let error = try error(names: ["localhost"], validity: Times.expired, host: "localhost")
        #expect(error?.code == .certificate)
        #expect(error?.certificateError == 10)  // X509_V_ERR_CERT_HAS_EXPIRED
        #expect(error?.message.contains("expired") == true)
    }

    @Test func certificateOfTheFutureIsRefused() throws {
        let error = try error(names: ["localhost"], validity: Times.notYet, host: "localhost")
        #expect(error?.certificateError == 9)  // X509_V_ERR_CERT_NOT_YET_VALID
        #expect(error?.message.contains("not yet valid") == true)
    }

    @Test func trustingTheServerCertificateAcceptsAnyOne() throws {
        let error = try error(
            names: ["other.test"], validity: Times.expired, host: "localhost", trust: .trustServerCertificate)
        #expect(error == nil)
    }

    @Test func refusedServerLearnsTheReason() throws {
        let identity = try authority.issueServerIdentity(for: ["localhost"], validity: Times.valid)
        let other = try CertificateAuthority(validity: Times.valid)
        let pair = try TLSPair(
            server: .inBand(identity: identity), client: TLSClientConfiguration(trust: .pem(other.certificatePEM)))
        #expect(pair.connectionError()?.code == .certificate)
        try pair.server.receive(pair.client.takeOutput())
        #expect { try pair.server.handshake() } throws: { error in
            (error as? TLSError)?.message.contains("alert") == true
        }
    }

    @Test(arguments: ["", "local\0host"])
    func nameThatCannotBeCheckedIsRefusedBeforeConnecting(host: String) throws {
        #expect { try error(names: ["localhost"], host: host) } throws: {
            ($0 as? TLSError)?.code == .configuration
        }
    }

    @Test func authorityMayComeFromAFile() throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "tls-tests-\(UUID()).pem")
        try authority.certificatePEM.write(to: file, atomically: true, encoding: .utf8)
        defer { #expect(throws: Never.self) { try FileManager.default.removeItem(at: file) } }
        #expect(try error(names: ["localhost"], host: "localhost", trust: .file(file.path)) == nil)
    }
}
