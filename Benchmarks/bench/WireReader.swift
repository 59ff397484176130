import BenchmarkHarness
import EmbeddedSQLServer
import TDSProtocol

/// A client that looks at packet headers and the last token only, so that what it takes is the kernel's work.
final class WireReader {
    /// What a response came to.
    struct Response {
        /// Bytes of all packets without their headers.
        var bytes = 0
        /// What the last DONE says.
        var rows = 0
    }

    private let socket: ClientSocket
    private var buffer = [UInt8](repeating: 0, count: 256 << 10)
    /// Bytes of the buffer that were received and not looked at.
    private var received = 0..<0

    /// Connects and logs in as the first login of an embedded server, without encryption.
    ///
    /// - Parameters:
    ///   - port: The server's port on this machine.
    ///   - packetSize: The size of packets that is asked for.
    /// - Throws: When nothing listens, or the login is refused.
    init(port: Int, packetSize: Int = PacketHeader.defaultPacketSize) throws {
        socket = try ClientSocket(connectingTo: "127.0.0.1", port: port)
        try send(.preLogin, PreLogin(version: .init(1, 0, 0), encryption: .notSupported).encoded())
        _ = try receiveMessage()
        var login = Login7()
        login.userName = EmbeddedServer.Login.administrator.userName
        login.password = EmbeddedServer.Login.administrator.password
        login.applicationName = "bench"
        login.packetSize = UInt32(packetSize)
        try send(.login7, try login.encoded())
        var tokens = ServerTokenReader(try receiveMessage())
        while let token = try tokens.next() {
            if case .loginAcknowledgement = token { return }
            if case .message(let message) = token, message.severity > 10 {
                throw ChildProcess.Failure("the login failed: \(message.text)")
            }
        }
        throw ChildProcess.Failure("the login was not acknowledged")
    }

    deinit { socket.closeNow() }

    /// A batch in packets, ready to be sent many times.
    static func packets(of batch: String) -> [UInt8] {
        PacketWriter.packets(of: Message(type: .sqlBatch, payload: SQLBatch(batch).encoded()))
    }

    /// Runs a batch and passes over its results.
    ///
    /// - Throws: When its last statement failed.
    @discardableResult
    func run(_ batch: String) throws -> Response {
        try send(packets: Self.packets(of: batch))
        return try receiveResponse()
    }

    /// Sends a message that was made before; its answer is to be received.
    func send(packets: [UInt8]) throws { try socket.send(packets) }

    private func send(_ type: MessageType, _ payload: [UInt8]) throws {
        try socket.send(PacketWriter.packets(of: Message(type: type, payload: payload)))
    }

    /// Receives a response without looking at its rows.
    func receiveResponse() throws -> Response {
        var response = Response()
        // The last bytes of what came before, when a DONE lies in two packets.
        var tail: [UInt8] = []
        while true {
            let (header, data) = try nextPacket()
            response.bytes += data.count
            let end = buffer[data].suffix(Self.doneSize)
            tail = end.count < Self.doneSize ? Array((tail + end).suffix(Self.doneSize)) : Array(end)
            guard header.status.contains(.endOfMessage) else { continue }
            response.rows = try Self.rows(inDone: tail)
            return response
        }
    }

    /// Bytes of a DONE with its token (MS-TDS 2.2.7.6).
    private static let doneSize = 13

    private static func rows(inDone bytes: [UInt8]) throws -> Int {
        var tokens = ServerTokenReader(bytes)
        guard case .done(let done)? = try tokens.next(), !done.status.contains(.error) else {
            throw ChildProcess.Failure("a statement of the benchmark failed")
        }
        return Int(done.rowCount)
    }

    private func receiveMessage() throws -> [UInt8] {
        var payload: [UInt8] = []
        while true {
            let (header, data) = try nextPacket()
            payload += buffer[data]
            if header.status.contains(.endOfMessage) { return payload }
        }
    }

    /// The next packet: its header, and where in the buffer its data is.
    private func nextPacket() throws -> (PacketHeader, Range<Int>) {
        try need(PacketHeader.size)
        let start = received.lowerBound
        var reader = ByteReader(Array(buffer[start..<start + PacketHeader.size]))
        let header = try PacketHeader(from: &reader)
        try need(header.length)
        let place = received.lowerBound
        received = place + header.length..<received.upperBound
        return (header, place + PacketHeader.size..<place + header.length)
    }

    /// Receives until so many bytes are there that were not looked at.
    private func need(_ count: Int) throws {
        guard received.count < count else { return }
        // What is left moves to the front, so that a whole buffer of packets is received at once.
        buffer.replaceSubrange(0..<received.count, with: Array(buffer[received]))
        received = 0..<received.count
        while received.count < count {
            received = 0..<received.count + (try socket.receive(into: &buffer, after: received.count, timeout: 60_000))
        }
    }
}
