import Foundation
import TLS
import Testing

/// Certificates that strangers accept.
struct CertificateAuthorityTests {
    @Test(arguments: CertificateAuthority.KeyKind.allCases)
    func bothKindsOfKeyConnect(kind: CertificateAuthority.KeyKind) throws {
        let authority = try CertificateAuthority(validity: Times.valid, keyKind: kind)
        let identity = try authority.issueServerIdentity(for: ["localhost"], validity: Times.valid, keyKind: kind)
        let pair = try TLSPair(
            server: .inBand(identity: identity),
            client: TLSClientConfiguration(trust: .pem(authority.certificatePEM)))
        try pair.connect()
        #expect(pair.client.cipher?.contains(kind == .ecP256 ? "ECDSA" : "RSA") == true)
    }

    @Test(arguments: ["", "a b", "a,DNS:evil.test", "a\0b", "bücher.test", "1:2:3", "x\ny"])
    func nameThatIsNoneIsRefused(name: String) throws {
        let authority = try CertificateAuthority(validity: Times.valid)
        #expect { try authority.issueServerIdentity(for: [name], validity: Times.valid) } throws: {
            ($0 as? TLSError)?.code == .configuration
        }
    }

    @Test func certificateWithoutNamesIsRefused() throws {
        let authority = try CertificateAuthority(validity: Times.valid)
        #expect(throws: TLSError.self) { try authority.issueServerIdentity(for: [], validity: Times.valid) }
    }

    @Test func longHostNameIsIssued() throws {
        let name = Array(repeating: "abcdefghijklmnopqrst", count: 10).joined(separator: ".") + ".test"
        let authority = try CertificateAuthority(validity: Times.valid)
        let identity = try authority.issueServerIdentity(for: [name], validity: Times.valid)
        let pair = try TLSPair(
            server: .inBand(identity: identity),
            client: TLSClientConfiguration(trust: .pem(authority.certificatePEM)), host: name)
        try pair.connect()
    }

    @Test func datesBeyondTheCalendarAreAnError() {
        let never = Times.now..<Date(timeIntervalSince1970: .infinity)
        #expect(throws: TLSError.self) { try CertificateAuthority(validity: never) }
    }

    @Test(.enabled(if: Command.openssl != nil, "the openssl command is not installed"))
    func opensslVerifiesTheChainStrictly() throws {
        let files = try IssuedFiles()
        defer { files.remove() }
        let command = try #require(Command.openssl)
        let good = try command.run([
            "verify", "-x509_strict", "-purpose", "sslserver", "-verify_hostname", "localhost", "-CAfile",
            files.authority, files.chain,
        ])
        #expect(good.status == 0, "\(good.output)")
        let address = try command.run(["verify", "-verify_ip", "127.0.0.1", "-CAfile", files.authority, files.chain])
        #expect(address.status == 0, "\(address.output)")
        let wrong = try command.run(["verify", "-verify_hostname", "other", "-CAfile", files.authority, files.chain])
        #expect(wrong.status != 0)
        #expect(wrong.output.contains("mismatch"))
    }

    @Test(.enabled(if: Command.openssl != nil, "the openssl command is not installed"))
    func certificateSaysWhatItIsFor() throws {
        let files = try IssuedFiles()
        defer { files.remove() }
        let command = try #require(Command.openssl)
        let server = try command.run(["x509", "-noout", "-text", "-in", files.chain])
        for part in [
            "Version: 3", "CA:FALSE", "TLS Web Server Authentication", "DNS:localhost", "IP Address:127.0.0.1",
            "X509v3 Subject Key Identifier", "X509v3 Authority Key Identifier", "Digital Signature",
        ] {
            #expect(server.output.contains(part), "\(part) in \(server.output)")
        }
        let authority = try command.run(["x509", "-noout", "-text", "-in", files.authority])
        for part in ["CA:TRUE", "Certificate Sign", "X509v3 Basic Constraints: critical"] {
            #expect(authority.output.contains(part), "\(part) in \(authority.output)")
        }
    }

    @Test(.enabled(if: Command.certtool != nil, "GnuTLS's certtool is not installed"))
    func gnuTLSVerifiesTheChain() throws {
        let files = try IssuedFiles()
        defer { files.remove() }
        let result = try #require(Command.certtool).run([
            "--verify", "--verify-hostname", "localhost", "--verify-purpose", "1.3.6.1.5.5.7.3.1",
            "--load-ca-certificate", files.authority, "--infile", files.chain,
        ])
        #expect(result.status == 0, "\(result.output)")
    }
}

/// A CA's certificate and a server's chain as files, for commands.
struct IssuedFiles {
    private let folder: URL
    var authority: String { folder.appending(path: "ca.pem").path }
    var chain: String { folder.appending(path: "chain.pem").path }
    let identity: TLSIdentity

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "tls-tests-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let made = try CertificateAuthority(validity: Times.valid)
        identity = try made.issueServerIdentity(for: ["localhost", "127.0.0.1"], validity: Times.valid)
        try made.certificatePEM.write(toFile: authority, atomically: true, encoding: .utf8)
        try identity.certificateChainPEM.write(toFile: chain, atomically: true, encoding: .utf8)
    }

    func remove() {
        do {
            try FileManager.default.removeItem(at: folder)
        } catch {
            Issue.record("the test's folder stays behind: \(error)")
        }
    }
}
