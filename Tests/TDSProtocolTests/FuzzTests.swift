import SeededRandom
import TDSProtocol
import Testing

/// A hundred thousand damaged requests: each is read or refused, and none takes more than its bytes are worth.
@Suite struct FuzzTests {
    /// A decoder, which returns how many values the message held.
    private typealias Decoder = @Sendable ([UInt8]) throws -> Int

    private struct Seed: Sendable {
        let name: String
        let bytes: [UInt8]
        let decode: Decoder
    }

    private static let headers = "16 00 00 00 12 00 00 00 02 00 00 00 00 00 00 00 00 00 01 00 00 00"

    /// `p` with a table of `int` and `nvarchar(5)`, metadata of order, and two rows.
    private static let table = hex(
        headers
            + """
            01 00 70 00 00 00 02 40 00 74 00 00
            F3 00 03 64 00 62 00 6F 00 01 54 00 02 00
            00 00 00 00 01 00 26 04 00
            00 00 00 00 01 00 E7 0A 00 09 04 D0 00 34 00
            10 01 00 01 00 01 11 02 00 01 00 02 00 00
            01 04 07 00 00 00 02 00 61 00
            01 00 FF FF
            00
            """)

    /// `sp_executesql` with a text in chunks, a decimal, a variant, xml and a NULL.
    private static let call = hex(
        headers
            + """
            FF FF 0A 00 00 00
            00 00 E7 FF FF 09 04 D0 00 34 FE FF FF FF FF FF FF FF 04 00 00 00 41 00 42 00 02 00 00 00 43 00 00 00 00 00
            00 00 6C 09 12 02 05 01 39 30 00 00
            00 01 62 49 1F 00 00 06 00 00 00 38 00 05 00 00 00
            00 00 F1 00 06 00 00 00 00 00 00 00 06 00 00 00 3C 00 61 00 3E 00 00 00 00 00
            00 00 1F
            00 00 2B 07 0A 00 00 00 00 00 00 00 00 00 00
            FF 02 00 73 00 71 00 00 00 00 02 26 02 00
            """)

    /// A bulk load of an `int`, a `varchar(3)` and a `text` column, with a row and one of NULLs.
    static let bulk = hex(
        """
        81 03 00
        00 00 00 00 08 00 38 01 69 00
        00 00 00 00 09 00 A7 03 00 09 04 D0 00 34 01 76 00
        00 00 00 00 09 00 23 FF FF FF 7F 09 04 D0 00 34 01 00 74 00 01 78 00
        D1 01 00 00 00 02 00 61 62 10 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00
        03 00 00 00 78 79 7A
        D1 02 00 00 00 FF FF 00
        D2 06 03 00 00 00
        FD 00 00 00 00 00 00 00 00 00 00 00 00
        """)

    private static let seeds: [Seed] = {
        let call: Decoder = { bytes in
            try RPCMessage(payload: bytes).requests.reduce(0) { count, request in
                count + request.parameters.reduce(0) { $0 + 1 + ($1.table?.rows.count ?? 0) }
            }
        }
        let transaction: Decoder = { bytes in
            _ = try TransactionManagerRequest(payload: bytes)
            return 1
        }
        let packets =
            PacketWriter.packets(of: Message(type: .preLogin, payload: LoginMessageTests.preLogin))
            + PacketWriter.packets(of: Message(type: .rpc, payload: Self.call), packetSize: 512)
            + PacketWriter.packets(of: Message(type: .attention, payload: []))
        return [
            Seed(name: "PRELOGIN", bytes: LoginMessageTests.preLogin) {
                1 + (try PreLogin(payload: $0).instance?.count ?? 0)
            },
            Seed(name: "LOGIN7", bytes: LoginMessageTests.login) { 1 + (try Login7(payload: $0).features.count) },
            Seed(name: "batch", bytes: RequestMessageTests.batch) { try SQLBatch(payload: $0).text.utf16.count },
            Seed(name: "RPC", bytes: RequestMessageTests.rpc, decode: call),
            Seed(name: "RPC with types", bytes: Self.call, decode: call),
            Seed(name: "RPC with a table", bytes: table, decode: call),
            Seed(name: "bulk load", bytes: bulk) { try BulkLoad(payload: $0).rows.count },
            Seed(name: "BEGIN", bytes: hex(headers + "05 00 02 04 61 00 62 00"), decode: transaction),
            Seed(name: "COMMIT", bytes: hex(headers + "07 00 00 01 04 02 61 00"), decode: transaction),
            Seed(name: "packets", bytes: packets) { bytes in
                var reassembler = MessageReassembler(maximumSize: 4_096)
                var count = 0
                for start in stride(from: 0, to: bytes.count, by: 100) {
                    reassembler.append(bytes[start..<min(start + 100, bytes.count)])
                    while try reassembler.nextMessage() != nil { count += 1 }
                }
                return count
            },
        ]
    }()

    @Test func theSeedsAreMessages() throws {
        for seed in Self.seeds { #expect(try seed.decode(seed.bytes) > 0, "\(seed.name)") }
    }

    @Test func damagedRequestsNeverTrapNorGrow() throws {
        var random = SeededGenerator(seed: 20_261_121)
        var refused = 0
        for round in 0..<100_000 {
            let seed = Self.seeds[round % Self.seeds.count]
            var bytes = seed.bytes
            for _ in 0..<1 + Int(random.next() % 3) { MutationTests.damage(&bytes, using: &random) }
            do {
                let count = try seed.decode(bytes)
                if count > bytes.count { Issue.record("\(seed.name): \(count) values of \(bytes.count) bytes") }
            } catch is TDSProtocolError {
                refused += 1
            }
        }
        #expect((20_000...99_999).contains(refused))
    }
}
