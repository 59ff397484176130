import TLS
import Testing

/// Connected sessions carry data whole and in order.
struct SessionTests {
    @Test(arguments: [TLSVersion.tls12, .tls13])
    func sidesAgreeOnTheVersionAsked(version: TLSVersion) throws {
        let pair = try TLSPair.trusting(versions: version...version)
        try pair.connect()
        let expected = version == .tls12 ? "TLSv1.2" : "TLSv1.3"
        #expect(pair.client.version == expected)
        #expect(pair.server.version == expected)
        #expect(pair.client.cipher == pair.server.cipher)
        #expect(pair.client.cipher != nil)
    }

    @Test func newestVersionWinsByDefault() throws {
        let pair = try TLSPair.trusting()
        try pair.connect()
        #expect(pair.client.version == "TLSv1.3")
    }

    @Test func inBandServerNeverUsesTLS13() throws {
        let authority = try CertificateAuthority(validity: Times.valid)
        let identity = try authority.issueServerIdentity(for: ["localhost"], validity: Times.valid)
        let trust = TLSClientConfiguration.Trust.pem(authority.certificatePEM)
        let both = try TLSPair(server: .inBand(identity: identity), client: TLSClientConfiguration(trust: trust))
        try both.connect()
        #expect(both.client.version == "TLSv1.2")
        let onlyNew = try TLSPair(
            server: .inBand(identity: identity),
            client: TLSClientConfiguration(trust: trust, versions: .tls13 ... .tls13))
        let error = onlyNew.connectionError()
        #expect(error?.code == .handshake)
        #expect(error?.message.contains("no TLS version in common") == true)
    }

    @Test func handshakeOfTLS12TakesTwoTurnsOfEachSide() throws {
        // What TDS 7.4 clients count on: the server answers twice and then waits for the login.
        let pair = try TLSPair.trusting(versions: .tls12 ... .tls12)
        #expect(try pair.client.handshake() == .needsInput)
        try pair.carry(from: pair.client, to: pair.server)
        #expect(try pair.server.handshake() == .needsInput)
        try pair.carry(from: pair.server, to: pair.client)
        #expect(try pair.client.handshake() == .needsInput)
        try pair.carry(from: pair.client, to: pair.server)
        #expect(try pair.server.handshake() == .finished)
        try pair.carry(from: pair.server, to: pair.client)
        #expect(try pair.client.handshake() == .finished)
        #expect(pair.client.outputCount == 0)
        #expect(pair.server.outputCount == 0)
    }

    @Test(arguments: [TLSVersion.tls12, .tls13], [1, 16_383, 16_384, 16_385, 1_000_000])
    func dataArrivesWholeBothWays(version: TLSVersion, count: Int) throws {
        let pair = try TLSPair.trusting(versions: version...version)
        try pair.connect()
        var noise = Noise(seed: UInt64(count))
        let request = noise.bytes(count)
        let answer = noise.bytes(count)
        try pair.client.encrypt(request)
        try pair.carry(from: pair.client, to: pair.server)
        #expect(try pair.server.decrypt() == request)
        try pair.server.encrypt(answer)
        try pair.carry(from: pair.server, to: pair.client)
        #expect(try pair.client.decrypt() == answer)
    }

    @Test(arguments: [TLSVersion.tls12, .tls13])
    func recordsMayComeByteByByte(version: TLSVersion) throws {
        let pair = try TLSPair.trusting(versions: version...version)
        try pair.connect(size: 1)
        var noise = Noise(seed: 7)
        var sent: [UInt8] = []
        for count in [1, 100, 5_000] {
            let part = noise.bytes(count)
            sent += part
            try pair.client.encrypt(part)
        }
        var received: [UInt8] = []
        try pair.carry(from: pair.client, to: pair.server, size: 1) {
            try pair.server.decrypt(appendingTo: &received)
        }
        #expect(received == sent)
    }

    @Test func manySmallRecordsKeepTheirOrder() throws {
        let pair = try TLSPair.trusting()
        try pair.connect()
        for number in 0..<2_000 { try pair.client.encrypt([UInt8(truncatingIfNeeded: number)]) }
        try pair.carry(from: pair.client, to: pair.server, size: 1_460)
        #expect(try pair.server.decrypt() == (0..<2_000).map { UInt8(truncatingIfNeeded: $0) })
    }

    @Test func emptyDataSendsNothing() throws {
        let pair = try TLSPair.trusting()
        try pair.connect()
        try pair.client.encrypt([])
        #expect(pair.client.takeOutput().isEmpty)
        #expect(try pair.server.decrypt().isEmpty)
    }

    @Test func goodbyeEndsTheOtherSidesData() throws {
        let pair = try TLSPair.trusting()
        try pair.connect()
        try pair.client.encrypt([1, 2, 3])
        pair.client.shutdown()
        try pair.carry(from: pair.client, to: pair.server)
        #expect(!pair.server.isClosedByPeer)
        #expect(try pair.server.decrypt() == [1, 2, 3])
        #expect(pair.server.isClosedByPeer)
        #expect(try pair.server.decrypt().isEmpty)
        #expect(throws: TLSError.self) { try pair.client.encrypt([4]) }
    }

    @Test func plainBytesAfterAnEncryptedLoginComeOutUntouched() throws {
        // ENCRYPT_OFF of TDS 7.4: only the login packet is encrypted (MS-TDS 2.2.6.5).
        let pair = try TLSPair.trusting(versions: .tls12 ... .tls12)
        try pair.connect()
        try pair.client.encrypt([16, 1])
        try pair.server.receive(pair.client.takeOutput())
        #expect(try pair.server.decrypt() == [16, 1])
        try pair.server.receive([1, 1, 0, 8])
        #expect(pair.server.takeUnusedInput() == [1, 1, 0, 8])
    }

    @Test func strictServerAgreesOnTheTDSProtocol() throws {
        let authority = try CertificateAuthority(validity: Times.valid)
        let identity = try authority.issueServerIdentity(for: ["localhost"], validity: Times.valid)
        func pair(offering protocols: [String]) throws -> TLSPair {
            try TLSPair(
                server: .strict(identity: identity),
                client: TLSClientConfiguration(
                    trust: .pem(authority.certificatePEM), applicationProtocols: protocols))
        }
        let strict = try pair(offering: ["h2", "tds/8.0"])
        try strict.connect()
        #expect(strict.client.applicationProtocol == "tds/8.0")
        #expect(strict.server.applicationProtocol == "tds/8.0")
        let silent = try pair(offering: [])
        try silent.connect()
        #expect(silent.client.applicationProtocol == nil)
        let other = try pair(offering: ["h2"])
        #expect(other.connectionError()?.code == .handshake)
    }

    @Test func dataBeforeTheHandshakeIsAnError() throws {
        let pair = try TLSPair.trusting()
        #expect { try pair.client.encrypt([1]) } throws: { ($0 as? TLSError)?.code == .state }
        #expect { try pair.client.decrypt() } throws: { ($0 as? TLSError)?.code == .state }
        try pair.connect()
        #expect(pair.client.isConnected)
    }
}
