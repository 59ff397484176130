import SQLValues
import SeededRandom
import TDSProtocol
import Testing

/// Damaged messages end in an error or in a message, never in a trap: a trap would end the test process.
@Suite struct MutationTests {
    private typealias Decoder = ([UInt8]) throws -> Void

    /// Whole messages, each with the decoder that reads it.
    private static func seeds() throws -> [(bytes: [UInt8], decoder: Decoder)] {
        var random = SeededGenerator(seed: 1)
        let parameters = allTypes.map {
            RPCParameter("@p", type: TypeInfo($0), value: randomValue(of: $0, using: &random))
        }
        let columns = allTypes.prefix(30).map { ColumnDescription(name: "c", type: TypeInfo($0)) }
        var rows: [ServerToken] = [.columns(Array(columns))]
        for _ in 0..<2 { rows.append(.row(allTypes.prefix(30).map { randomValue(of: $0, using: &random) })) }
        let calls = RPCMessage([RPCRequest(.name("p"), parameters), RPCRequest(.system(.executeSQL), [])])
        let commit = TransactionManagerRequest(.commit(name: "x", next: .init(name: "y")))
        let packets = PacketWriter.packets(of: Message(type: .rpc, payload: try calls.encoded()), packetSize: 512)
        let tokens: Decoder = { _ = try TokenTests.tokens($0) }
        let requests: Decoder = { _ = try RPCMessage(payload: $0) }
        return [
            (LoginMessageTests.preLogin, { _ = try PreLogin(payload: $0) }),
            (LoginMessageTests.login, { _ = try Login7(payload: $0) }),
            (RequestMessageTests.batch, { _ = try SQLBatch(payload: $0) }),
            (RequestMessageTests.rpc, requests), (try calls.encoded(), requests),
            (try commit.encoded(), { _ = try TransactionManagerRequest(payload: $0) }),
            (TokenTests.loginResponse, tokens), (try TokenTests.written(TokenTests.manyTokens), tokens),
            (try TokenTests.written(rows), tokens), (packets, reassemble),
        ]
    }

    private static func reassemble(_ bytes: [UInt8]) throws {
        var reassembler = MessageReassembler(maximumSize: 10_000)
        reassembler.append(bytes)
        while try reassembler.nextMessage() != nil {}
    }

    @Test func damagedMessagesNeverTrap() throws {
        var random = SeededGenerator(seed: 2026)
        let seeds = try Self.seeds()
        var refused = 0
        for _ in 0..<20_000 {
            var (bytes, decode) = seeds[Int.random(in: 0..<seeds.count, using: &random)]
            for _ in 0..<Int.random(in: 1...4, using: &random) { Self.damage(&bytes, using: &random) }
            do {
                try decode(bytes)
            } catch is TDSProtocolError {
                refused += 1
            }
        }
        // Some damage goes unnoticed, such as another letter in a text; much does not.
        #expect((4_000...19_999).contains(refused))
    }

    static func damage(_ bytes: inout [UInt8], using random: inout SeededGenerator) {
        guard !bytes.isEmpty else { return }
        let index = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<5, using: &random) {
        case 0: bytes[index] = UInt8.random(in: .min ... .max, using: &random)
        case 1: bytes[index] = [0, 0x7F, 0x80, 0xFE, 0xFF].randomElement(using: &random) ?? 0
        case 2: bytes.remove(at: index)
        case 3: bytes.insert(UInt8.random(in: .min ... .max, using: &random), at: index)
        default: bytes.removeLast(bytes.count - index)
        }
    }
}
