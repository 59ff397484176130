import TLS
import Testing

/// Bytes and settings that make no sense end in an error that says so.
struct BadInputTests {
    @Test func serverThatDoesNotSpeakTLSIsNamedSo() throws {
        let pair = try TLSPair.trusting()
        #expect(try pair.client.handshake() == .needsInput)
        try pair.client.receive(Array("HTTP/1.1 400 Bad Request\r\n\r\n".utf8))
        #expect { try pair.client.handshake() } throws: { error in
            guard let error = error as? TLSError else { return false }
            return error.code == .handshake && error.message.contains("did not answer in TLS")
        }
    }

    @Test(arguments: 0..<200)
    func noiseInsteadOfAHandshakeIsAnError(seed: Int) throws {
        let pair = try TLSPair.trusting()
        var noise = Noise(seed: UInt64(seed))
        try pair.server.receive(noise.bytes(600))
        #expect(throws: TLSError.self) { try pair.server.handshake() }
        // The same error again: the session stays refused.
        #expect(throws: TLSError.self) { try pair.server.handshake() }
    }

    @Test(arguments: 0..<200)
    func changedByteInAHandshakeNeverConnects(seed: Int) throws {
        let pair = try TLSPair.trusting(versions: seed % 2 == 0 ? .tls12 ... .tls12 : .tls13 ... .tls13)
        var noise = Noise(seed: UInt64(seed))
        _ = try pair.client.handshake()
        var hello = pair.client.takeOutput()
        // The version in the record's header must be ignored (RFC 8446, 5.1): the handshake starts after five bytes.
        hello[5 + Int(noise.next() % UInt64(hello.count - 5))] ^= UInt8(noise.next() % 255 + 1)
        try pair.server.receive(hello)
        // The server may still answer; the client then finds out that it was not its hello that was answered.
        #expect {
            _ = try pair.server.handshake()
            try pair.connect()
        } throws: {
            $0 is TLSError
        }
    }

    @Test(arguments: [TLSVersion.tls12, .tls13], 0..<50)
    func changedRecordIsRefused(version: TLSVersion, seed: Int) throws {
        let pair = try TLSPair.trusting(versions: version...version)
        try pair.connect()
        var noise = Noise(seed: UInt64(seed))
        try pair.client.encrypt(noise.bytes(200))
        var record = pair.client.takeOutput()
        // The first five bytes are the header, whose length may just ask for more bytes.
        record[5 + Int(noise.next() % UInt64(record.count - 5))] ^= 0x20
        try pair.server.receive(record)
        #expect { try pair.server.decrypt() } throws: { ($0 as? TLSError)?.code == .record }
        #expect { try pair.server.encrypt([1]) } throws: { ($0 as? TLSError)?.code == .record }
        #expect(pair.server.outputCount > 0, "the alert that tells the peer")
    }

    @Test func failureOfOneSessionDoesNotReachAnother() throws {
        let good = try TLSPair.trusting()
        try good.connect()
        let bad = try TLSPair.trusting()
        try bad.server.receive([1, 2, 3, 4, 5, 6, 7, 8])
        #expect(throws: TLSError.self) { try bad.server.handshake() }
        try good.client.encrypt([42])
        try good.carry(from: good.client, to: good.server)
        #expect(try good.server.decrypt() == [42])
    }

    @Test(arguments: ["", "no PEM at all", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"])
    func damagedAuthorityIsRefused(text: String) {
        #expect { try TLSContext(client: TLSClientConfiguration(trust: .pem(text))) } throws: { error in
            guard let error = error as? TLSError else { return false }
            return error.code == .configuration && error.message.contains("certificate")
        }
    }

    @Test func missingAuthorityFileIsNamed() {
        #expect { try TLSContext(client: TLSClientConfiguration(trust: .file("/nowhere/ca.pem"))) } throws: { error in
            guard let error = error as? TLSError else { return false }
            return error.code == .configuration && error.message.contains("/nowhere/ca.pem")
        }
    }

    @Test func keyOfAnotherCertificateIsRefused() throws {
        let authority = try CertificateAuthority(validity: Times.valid)
        let one = try authority.issueServerIdentity(for: ["a.test"], validity: Times.valid)
        let two = try authority.issueServerIdentity(for: ["a.test"], validity: Times.valid)
        let mixed = TLSIdentity(certificateChainPEM: one.certificateChainPEM, privateKeyPEM: two.privateKeyPEM)
        #expect { try TLSContext(server: .inBand(identity: mixed)) } throws: { error in
            (error as? TLSError)?.message.contains("does not belong") == true
        }
    }

    @Test func encryptedKeyIsRefusedWithoutAskingForAPassword() throws {
        let authority = try CertificateAuthority(validity: Times.valid)
        let identity = try authority.issueServerIdentity(for: ["a.test"], validity: Times.valid)
        let key = """
            -----BEGIN ENCRYPTED PRIVATE KEY-----
            MIHsMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAg=
            -----END ENCRYPTED PRIVATE KEY-----
            """
        let encrypted = TLSIdentity(certificateChainPEM: identity.certificateChainPEM, privateKeyPEM: key)
        #expect { try TLSContext(server: .inBand(identity: encrypted)) } throws: { error in
            (error as? TLSError)?.message.contains("private key cannot be read") == true
        }
    }

    @Test func sidesCannotBeMistaken() throws {
        let authority = try CertificateAuthority(validity: Times.valid)
        let client = try TLSContext(client: TLSClientConfiguration(trust: .pem(authority.certificatePEM)))
        #expect(throws: TLSError.self) { try client.makeServerSession() }
        let identity = try authority.issueServerIdentity(for: ["a.test"], validity: Times.valid)
        let server = try TLSContext(server: .inBand(identity: identity))
        #expect(throws: TLSError.self) { try server.makeClientSession(host: "a.test") }
    }

    @Test func descriptionHidesThePrivateKey() throws {
        let identity = try CertificateAuthority(validity: Times.valid)
            .issueServerIdentity(for: ["a.test"], validity: Times.valid)
        var dumped = ""
        dump(identity, to: &dumped)
        for text in [dumped, "\(identity)", String(reflecting: identity)] {
            #expect(!text.contains("PRIVATE KEY"))
        }
    }
}
