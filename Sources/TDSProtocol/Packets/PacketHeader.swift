/// What a message is, the first byte of each of its packets (MS-TDS 2.2.3.1.1).
package enum MessageType: UInt8, Sendable, Hashable, CaseIterable {
    case sqlBatch = 1
    case preTDS7Login = 2
    case rpc = 3
    case response = 4
    case attention = 6
    case bulkLoad = 7
    case federatedAuthentication = 8
    case transactionManager = 14
    case login7 = 16
    case sspi = 17
    case preLogin = 18
}

/// The status bits of a packet (MS-TDS 2.2.3.1.2).
package struct PacketStatus: OptionSet, Sendable, Hashable {
    /// The bits.
    package let rawValue: UInt8
    /// The given bits.
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// The last packet of its message.
    package static let endOfMessage = PacketStatus(rawValue: 0x01)
    /// The client took the message back; sent with ``endOfMessage``.
    package static let ignore = PacketStatus(rawValue: 0x02)
    /// Reset the session before the request.
    package static let resetConnection = PacketStatus(rawValue: 0x08)
    /// Reset the session before the request, and keep its transaction.
    package static let resetConnectionSkipTransaction = PacketStatus(rawValue: 0x10)
}

/// The eight bytes before the data of a packet (MS-TDS 2.2.3.1).
package struct PacketHeader: Sendable, Hashable {
    /// Bytes of a header.
    package static let size = 8
    /// The sizes a packet can have, with its header (MS-TDS 2.2.3.1.3, 2.2.6.4).
    package static let packetSizes = 512...32767
    /// The size of packets before LOGIN7 has agreed on another.
    package static let defaultPacketSize = 4096

    /// What the message is.
    package var type: MessageType
    /// The status bits.
    package var status: PacketStatus
    /// Bytes of the packet with its header.
    package var length: Int
    /// The server's process number; 0 from clients.
    package var processID: UInt16 = 0
    /// Counts the packets of a message modulo 256; ignored by receivers.
    package var packetID: UInt8 = 1

    /// A header.
    package init(
        type: MessageType, status: PacketStatus, length: Int, processID: UInt16 = 0, packetID: UInt8 = 1
    ) {
        self.type = type
        self.status = status
        self.length = length
        self.processID = processID
        self.packetID = packetID
    }

    /// Reads a header; a length that no packet can have and an unknown type are errors.
    package init(from reader: inout ByteReader) throws(TDSProtocolError) {
        let start = reader.position
        let rawType = try reader.byte()
        guard let type = MessageType(rawValue: rawType) else {
            throw TDSProtocolError(
                "\(rawType) is no type of a TDS packet; is the peer a TDS client or server?", at: start)
        }
        self.type = type
        status = PacketStatus(rawValue: try reader.byte())
        length = Int(try reader.bigEndian(UInt16.self))
        guard length >= Self.size else {
            throw TDSProtocolError("a packet of \(length) bytes is shorter than its header", at: start)
        }
        processID = try reader.bigEndian(UInt16.self)
        packetID = try reader.byte()
        try reader.skip(1)
    }

    /// Appends the header.
    package func encode(into writer: inout ByteWriter) {
        writer.byte(type.rawValue)
        writer.byte(status.rawValue)
        writer.bigEndian(UInt16(clamping: length))
        writer.bigEndian(processID)
        writer.byte(packetID)
        writer.byte(0)
    }
}
