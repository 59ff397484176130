/// A whole message: the data of all its packets.
package struct Message: Sendable, Equatable {
    /// What it is.
    package var type: MessageType
    /// The status bits of all its packets; the reset bits stand in the first.
    package var status: PacketStatus
    /// The data without packet headers.
    package var payload: [UInt8]

    /// A message.
    package init(type: MessageType, status: PacketStatus = .endOfMessage, payload: [UInt8]) {
        self.type = type
        self.status = status
        self.payload = payload
    }
}

/// Puts packets and messages together from bytes in chunks of any size.
///
/// ```swift
/// reassembler.append(chunk)
/// while let message = try reassembler.nextMessage() { … }
/// ```
package struct MessageReassembler: Sendable {
    private var buffer: [UInt8] = []
    private var consumed = 0
    private var partial: Message?
    /// Data bytes that one message may have.
    package var maximumSize: Int

    /// A reassembler without bytes.
    ///
    /// - Parameter maximumSize: Data bytes that one message may have, so that a peer cannot use up the memory.
    package init(maximumSize: Int = 256 << 20) { self.maximumSize = maximumSize }

    /// Adds bytes as they came from the network.
    package mutating func append(_ bytes: [UInt8]) { append(bytes[...]) }

    /// Adds bytes as they came from the network.
    package mutating func append(_ bytes: ArraySlice<UInt8>) {
        if consumed == buffer.count {
            buffer.removeAll(keepingCapacity: true)
            consumed = 0
        }
        buffer.append(contentsOf: bytes)
    }

    /// Whether a message has begun and is not complete.
    package var isInsideMessage: Bool { partial != nil || consumed < buffer.count }

    /// The first byte that belongs to no packet yet.
    package var firstByte: UInt8? { consumed < buffer.count ? buffer[consumed] : nil }

    /// The next complete packet, or nil when more bytes are needed.
    package mutating func nextPacket() throws(TDSProtocolError) -> (header: PacketHeader, data: ArraySlice<UInt8>)? {
        let available = buffer.count - consumed
        guard available >= PacketHeader.size else { return nil }
        var reader = ByteReader(Array(buffer[consumed..<consumed + PacketHeader.size]))
        let header = try PacketHeader(from: &reader)
        guard available >= header.length else {
            compact()
            return nil
        }
        let data = buffer[consumed + PacketHeader.size..<consumed + header.length]
        consumed += header.length
        return (header, data)
    }

    /// The next complete message, or nil when more bytes are needed.
    ///
    /// A message that the client took back (status bit "ignore") is returned too, with that bit set. An attention within
    /// a message ends that one, which is not returned.
    package mutating func nextMessage() throws(TDSProtocolError) -> Message? {
        while let (header, data) = try nextPacket() {
            // A client that gives up while it sends takes back the message that it has begun.
            if header.type == .attention { partial = nil }
            var message = partial ?? Message(type: header.type, status: [], payload: [])
            partial = nil
            guard message.type == header.type else {
                throw TDSProtocolError("a packet of type \(header.type) within a message of type \(message.type)")
            }
            guard data.count <= maximumSize - message.payload.count else {
                throw TDSProtocolError("a message of more than \(maximumSize) bytes")
            }
            message.payload.append(contentsOf: data)
            message.status.formUnion(header.status)
            if header.status.contains(.endOfMessage) { return message }
            partial = message
        }
        return nil
    }

    /// The bytes that belong to no complete packet yet; they leave the reassembler.
    package mutating func takeRest() -> [UInt8] {
        let rest = Array(buffer[consumed...])
        buffer.removeAll()
        consumed = 0
        return rest
    }

    /// Gives back the memory of consumed packets before more bytes come.
    private mutating func compact() {
        guard consumed > 0 else { return }
        buffer.removeSubrange(..<consumed)
        consumed = 0
    }
}
