import SQLValues
import SeededRandom
import TDSProtocol
import Testing

@Suite struct PacketTests {
    @Test(arguments: [1, 2, 7, 8, 9, 500, 5000]) func messagesArriveWholeFromChunksOfAnySize(chunk: Int) throws {
        var random = SeededGenerator(seed: 7)
        let messages = [0, 1, 503, 504, 505, 1008, 9_000].map { size in
            Message(type: .rpc, payload: (0..<size).map { _ in UInt8.random(in: .min ... .max, using: &random) })
        }
        let wire = messages.flatMap { PacketWriter.packets(of: $0, packetSize: 512) }
        var reassembler = MessageReassembler()
        var received: [Message] = []
        for start in stride(from: 0, to: wire.count, by: chunk) {
            reassembler.append(wire[start..<min(start + chunk, wire.count)])
            while let message = try reassembler.nextMessage() { received.append(message) }
        }
        #expect(received == messages)
        #expect(!reassembler.isInsideMessage)
    }

    @Test func aMessageIsCutIntoPacketsOfTheAgreedSize() throws {
        let wire = PacketWriter.packets(
            of: Message(type: .response, payload: Array(repeating: 1, count: 1009)), packetSize: 512, processID: 51)
        #expect(Array(wire[0..<8]) == hex("04 00 02 00 00 33 01 00"))
        #expect(Array(wire[512..<520]) == hex("04 00 02 00 00 33 02 00"))
        #expect(Array(wire[1024..<1032]) == hex("04 01 00 09 00 33 03 00"))
        #expect(wire.count == 1033)
    }

    @Test func fullPacketsLeaveTheWriterBeforeTheMessageEnds() {
        var writer = PacketWriter(type: .response, packetSize: 512)
        var output = ByteWriter()
        writer.payload.append(Array(repeating: 7, count: 504))
        writer.drain(into: &output)
        #expect(output.count == 0)
        writer.payload.byte(8)
        writer.drain(into: &output)
        #expect(output.count == 512)
        writer.finish(into: &output)
        #expect(Array(output.bytes[512...]) == hex("04 01 00 09 00 00 02 00 08"))
    }

    @Test func resetBitsStandInTheFirstPacketAndAreSeenByTheReceiver() throws {
        let message = Message(
            type: .sqlBatch, status: [.endOfMessage, .resetConnection], payload: Array(repeating: 0, count: 600))
        let wire = PacketWriter.packets(of: message, packetSize: 512)
        #expect(wire[1] == 0x08)
        #expect(wire[513] == 0x01)
        var reassembler = MessageReassembler()
        reassembler.append(wire)
        #expect(try reassembler.nextMessage() == message)
    }

    @Test func aMessageBeyondTheBoundIsRefused() throws {
        var reassembler = MessageReassembler(maximumSize: 1000)
        reassembler.append(
            PacketWriter.packets(of: Message(type: .rpc, payload: Array(repeating: 0, count: 1001)), packetSize: 512))
        #expect(throws: TDSProtocolError.self) { try reassembler.nextMessage() }
    }

    @Test(arguments: ["00 01 00 08 00 00 01 00", "12 01 00 07 00 00 01 00", "47 45 54 20 2F 20 48 54"])
    func bytesThatAreNoPacketAreRefused(bytes: String) {
        var reassembler = MessageReassembler()
        reassembler.append(hex(bytes))
        #expect(throws: TDSProtocolError.self) { try reassembler.nextMessage() }
    }

    @Test func packetsOfTwoTypesInOneMessageAreRefused() {
        var reassembler = MessageReassembler()
        reassembler.append(hex("01 00 00 09 00 00 01 00 AA 03 01 00 09 00 00 02 00 BB"))
        #expect(throws: TDSProtocolError.self) { try reassembler.nextMessage() }
    }

    @Test func anAttentionWithinAMessageEndsThatMessage() throws {
        let begun = PacketWriter.packets(
            of: Message(type: .bulkLoad, payload: [UInt8](repeating: 7, count: 1_000)), packetSize: 512)
        var reassembler = MessageReassembler()
        reassembler.append(begun[..<512])
        #expect(try reassembler.nextMessage() == nil)
        reassembler.append(PacketWriter.packets(of: Message(type: .attention, payload: [])))
        #expect(try reassembler.nextMessage() == Message(type: .attention, payload: []))
        #expect(!reassembler.isInsideMessage)
    }
}
