/// Cuts a message into packets.
///
/// The message is written to ``payload``; ``drain(into:)`` moves the full packets out as they fill up, ``finish(into:)``
/// the rest with the end-of-message bit.
package struct PacketWriter: Sendable {
    /// What the message is.
    package var type: MessageType
    /// Bytes of a packet with its header.
    package var packetSize: Int
    /// The server's process number, in the headers.
    package var processID: UInt16
    /// The message's data that is in no packet yet.
    package var payload = ByteWriter()
    /// Bits for the first packet, such as a session reset.
    package var firstStatus: PacketStatus = []
    private var packetID: UInt8 = 1
    private var isFirst = true

    /// A writer of messages of one type.
    package init(type: MessageType, packetSize: Int = PacketHeader.defaultPacketSize, processID: UInt16 = 0) {
        self.type = type
        self.packetSize = min(max(packetSize, PacketHeader.packetSizes.lowerBound), PacketHeader.packetSizes.upperBound)
        self.processID = processID
    }

    /// Whether at least one full packet can be drained.
    package var hasFullPacket: Bool { payload.count > packetSize - PacketHeader.size }

    /// Moves all full packets to `output`; the last bytes stay, since the last packet needs its end-of-message bit.
    package mutating func drain(into output: inout ByteWriter) {
        let room = packetSize - PacketHeader.size
        var start = 0
        while payload.count - start > room {
            packet(start..<start + room, status: [], into: &output)
            start += room
        }
        if start > 0 { payload.removeFirst(start) }
    }

    /// Moves everything to `output`, in a packet shorter than others if need be, without ending the message.
    package mutating func flush(into output: inout ByteWriter) {
        drain(into: &output)
        guard payload.count > 0 else { return }
        packet(0..<payload.count, status: [], into: &output)
        payload.removeAll()
    }

    /// Moves everything to `output` and ends the message.
    package mutating func finish(into output: inout ByteWriter) {
        drain(into: &output)
        packet(0..<payload.count, status: .endOfMessage, into: &output)
        payload.removeAll()
        packetID = 1
        isFirst = true
        firstStatus = []
    }

    private mutating func packet(_ range: Range<Int>, status: PacketStatus, into output: inout ByteWriter) {
        let status = isFirst ? status.union(firstStatus) : status
        let length = range.count + PacketHeader.size
        let header = PacketHeader(
            type: type, status: status, length: length, processID: processID, packetID: packetID)
        header.encode(into: &output)
        output.append(payload.bytes[range])
        packetID &+= 1
        isFirst = false
    }

    /// A whole message in packets.
    package static func packets(
        of message: Message, packetSize: Int = PacketHeader.defaultPacketSize, processID: UInt16 = 0
    ) -> [UInt8] {
        var writer = PacketWriter(type: message.type, packetSize: packetSize, processID: processID)
        writer.firstStatus = message.status.subtracting(.endOfMessage)
        writer.payload.append(message.payload)
        var output = ByteWriter()
        writer.finish(into: &output)
        return output.bytes
    }
}
