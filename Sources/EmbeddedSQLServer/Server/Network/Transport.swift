import TDSProtocol
import TLS

/// The TDS messages of one connection over its socket, in clear or inside TLS.
final class Transport {
    private let socket: ClientSocket
    private var tls: TLSSession?
    private var reassembler = MessageReassembler(maximumSize: sizeBeforeLogin)
    private var buffer = [UInt8](repeating: 0, count: 32 << 10)
    /// How bytes go to the client; anything but normal was ordered by a test.
    enum Delivery: Equatable {
        case normal, discarded, trickling
        case held([UInt8])
    }

    var delivery = Delivery.normal
    /// The next message, when it was read while looking for an attention.
    private var waiting: [Message] = []

    /// Data bytes of a message before the client has logged in: more than any LOGIN7 has (MS-TDS 2.2.6.4).
    private static let sizeBeforeLogin = 256 << 10
    private static let sizeAfterLogin = 128 << 20

    /// Lets the client send large messages, now that it has logged in.
    func allowLargeMessages() { reassembler.maximumSize = Self.sizeAfterLogin }

    init(_ socket: ClientSocket) { self.socket = socket }

    /// Whether the bytes on the wire are encrypted now.
    var isEncrypted: Bool { tls != nil }

    /// The two ends of the connection.
    func ends() -> (client: ConnectionFacts.End?, server: ConnectionFacts.End?) { socket.ends() }

    /// Waits for the next message.
    func nextMessage(timeout milliseconds: Int32 = -1) throws -> Message {
        if !waiting.isEmpty { return waiting.removeFirst() }
        while true {
            if let message = try reassembler.nextMessage() { return message }
            try receive(timeout: milliseconds)
        }
    }

    /// Whether an attention has come since the last message.
    ///
    /// The attention is used up. Other messages stay for ``nextMessage(timeout:)``.
    ///
    /// - Parameter waits: Whether to wait until something comes.
    /// - Returns: Whether there was one.
    /// - Throws: When the connection ended, or something that is no TDS came.
    func takeAttention(waiting waits: Bool = false) throws -> Bool {
        // It may have come together with the request.
        try readWaiting()
        let isHere = waiting.contains { $0.type == .attention }
        if try socket.isReadable(timeout: waits && !isHere ? -1 : 0) {
            try receive(timeout: 0)
            try readWaiting()
        }
        guard let index = waiting.firstIndex(where: { $0.type == .attention }) else { return false }
        waiting.remove(at: index)
        return true
    }

    private func readWaiting() throws {
        while let message = try reassembler.nextMessage() { waiting.append(message) }
    }

    private func receive(timeout milliseconds: Int32) throws {
        let count = try socket.receive(into: &buffer, timeout: milliseconds)
        guard let tls else {
            reassembler.append(buffer[..<count])
            return
        }
        try tls.receive(buffer[..<count])
        try decrypt(tls)
    }

    private func decrypt(_ tls: TLSSession) throws {
        let plaintext = try tls.decrypt()
        reassembler.append(plaintext)
        if plaintext.isEmpty, tls.isClosedByPeer { throw SocketFailure.closed }
    }

    /// Sends packets.
    func send(_ packets: [UInt8]) throws {
        guard let tls else { return try deliver(packets) }
        try tls.encrypt(packets)
        try deliver(tls.takeOutput())
    }

    private func deliver(_ bytes: [UInt8]) throws {
        switch delivery {
        case .normal: try socket.send(bytes)
        case .discarded: break
        case .held(let before): delivery = .held(before + bytes)
        case .trickling: for byte in bytes { try socket.send([byte]) }
        }
    }

    /// Sends the first half of what was held.
    func deliverHalf() throws {
        guard case .held(let bytes) = delivery else { return }
        try socket.send(Array(bytes.prefix(max(1, bytes.count / 2))))
    }

    /// Ends the connection at once.
    func hangUp() { socket.hangUp() }

    /// Shakes hands as the server, with the handshake's bytes inside PRELOGIN packets (MS-TDS 3.2.5.2).
    func startTLS(_ context: TLSContext, timeout milliseconds: Int32) throws {
        let session = try context.makeServerSession()
        while true {
            guard let (header, data) = try reassembler.nextPacket() else {
                try receive(timeout: milliseconds)
                continue
            }
            guard header.type == .preLogin else {
                throw TDSProtocolError("a TLS handshake was expected, a packet of type \(header.type) came")
            }
            try session.receive(data)
            let progress: TLSSession.HandshakeProgress
            do {
                progress = try session.handshake()
            } catch {
                // The alert tells the client why.
                try socket.send(PacketWriter.packets(of: Message(type: .preLogin, payload: session.takeOutput())))
                throw error
            }
            if session.outputCount > 0 {
                try socket.send(PacketWriter.packets(of: Message(type: .preLogin, payload: session.takeOutput())))
            }
            if progress == .finished { break }
        }
        tls = session
        let rest = reassembler.takeRest()
        guard !rest.isEmpty else { return }
        try session.receive(rest)
        try decrypt(session)
    }

    /// Whether the client begins with a TLS handshake instead of TDS (MS-TDS 8.0, "strict").
    func beginsWithTLS(timeout milliseconds: Int32) throws -> Bool {
        try receive(timeout: milliseconds)
        // The content type of a handshake record (RFC 8446, 5.1).
        return reassembler.firstByte == 0x16
    }

    /// Shakes hands as the server before the first byte of TDS.
    func startStrictTLS(_ context: TLSContext, timeout milliseconds: Int32) throws {
        let session = try context.makeServerSession()
        try session.receive(reassembler.takeRest())
        while true {
            let progress: TLSSession.HandshakeProgress
            do {
                progress = try session.handshake()
            } catch {
                try socket.send(session.takeOutput())
                throw error
            }
            if session.outputCount > 0 { try socket.send(session.takeOutput()) }
            if progress == .finished { break }
            let count = try socket.receive(into: &buffer, timeout: milliseconds)
            try session.receive(buffer[..<count])
        }
        tls = session
        try decrypt(session)
    }

    /// Goes back to clear text, after a LOGIN7 that alone was encrypted.
    func stopTLS() {
        guard let tls else { return }
        self.tls = nil
        reassembler.append(tls.takeUnusedInput())
    }

    /// Says goodbye on an encrypted connection.
    func sayGoodbye() {
        guard let tls else { return }
        tls.shutdown()
        do {
            try socket.send(tls.takeOutput())
        } catch {
            // The client is gone already.
        }
    }
}
