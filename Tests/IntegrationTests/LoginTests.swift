import SQLServer
import TestSupport
import Testing

/// What a login puts on the wire (MS-TDS 2.2.6.4, 2.2.6.5).
@Suite(.timeLimit(.minutes(1))) struct LoginTests {
    private static let password = "Sesame, öffne dich 5!"

    /// Encryption levels, and what a client says of each in PRELOGIN: 0 offers to encrypt the login, 1 asks for all,
    /// 2 has no encryption.
    static let offers: [(level: SQLServerConfiguration.Encryption, option: UInt8)] = [
        (.off, 2), (.request, 0), (.require, 1),
    ]

    /// A password in LOGIN7: each byte with its halves exchanged, then XOR 0xA5.
    private static let scrambled = password.utf16.flatMap { unit in
        [UInt8(truncatingIfNeeded: unit), UInt8(truncatingIfNeeded: unit >> 8)].map { ($0 << 4 | $0 >> 4) ^ 0xA5 }
    }

    private static func holds(_ packets: [RecordingTDSServer.Packet], _ bytes: [UInt8]) -> Bool {
        packets.contains { packet in
            packet.payload.indices.contains { packet.payload[$0...].starts(with: bytes) }
        }
    }

    @Test(arguments: Engine.all, offers)
    func whatIsOfferedIsWhatTheConfigurationSays(
        engine: Engine, offer: (level: SQLServerConfiguration.Encryption, option: UInt8)
    ) async throws {
        let server = try RecordingTDSServer(encryption: 2)
        defer { server.stop() }
        var configuration = engine.configuration(port: server.port)
        configuration.encryption = offer.level
        let client = try SQLServerClient(configuration)
        if offer.level == .require {
            #expect(await serverError(client, "SELECT 1")?.code == .tlsFailed)
        } else {
            try await client.execute("SELECT 1")
        }
        await client.shutDown()
        #expect(server.packets.first?.type == 0x12)
        #expect(server.packets.first?.encryption == offer.option)
    }

    /// The server agrees to encrypt the login, and cannot keep its word: then there is no login at all.
    @Test(arguments: Engine.all, [SQLServerConfiguration.Encryption.request, .require])
    func aPasswordNeverGoesInTheClearAfterEncryptionWasAgreed(
        engine: Engine, level: SQLServerConfiguration.Encryption
    ) async throws {
        let server = try RecordingTDSServer(encryption: level == .request ? 0 : 1)
        defer { server.stop() }
        var configuration = engine.configuration(port: server.port)
        configuration.encryption = level
        configuration.password = SQLSecret(Self.password)
        let error = await connectError(configuration)
        #expect(error?.code == .tlsFailed)
        let packets = server.packets
        #expect(packets.count >= 2)
        #expect(!packets.contains { $0.type == 0x10 })
        #expect(!Self.holds(packets, Self.scrambled))
    }

    /// The counterpart, which shows that the test above would find a password.
    @Test(arguments: Engine.all) func withoutEncryptionTheRecordingHasThePassword(engine: Engine) async throws {
        let server = try RecordingTDSServer(encryption: 2)
        defer { server.stop() }
        var configuration = engine.configuration(port: server.port)
        configuration.password = SQLSecret(Self.password)
        try await withSQLServer(configuration) { try await $0.execute("SELECT 1") }
        #expect(Self.holds(server.packets, Self.scrambled))
    }

    @Test(arguments: Engine.all, [512, 4_096, 8_000])
    func requestsKeepToThePacketSizeThatTheServerGrants(engine: Engine, size: Int) async throws {
        let server = try RecordingTDSServer(encryption: 2, packetSize: size)
        defer { server.stop() }
        let text = String(repeating: "x", count: 20_000)
        try await withSQLServer(engine.configuration(port: server.port)) { db in
            try await db.execute("PRINT '\(unsafe: text)'")
        }
        let batches = server.packets.filter { $0.type == 1 }
        #expect(batches.allSatisfy { $0.payload.count + 8 <= size })
        #expect(batches.contains { $0.payload.count + 8 == size })
        #expect(batches.reduce(0) { $0 + $1.payload.count } > 40_000)
    }
}
