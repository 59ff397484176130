import EmbeddedSQLServer
import TDSProtocol

/// The conversation with one client.
struct WireSession {
    private let socket: ClientSocket
    private let responses: ResponseCache
    private var packetSize = PacketHeader.defaultPacketSize
    private var reassembler = MessageReassembler()
    private var buffer = [UInt8](repeating: 0, count: 32 << 10)

    init(_ socket: ClientSocket, _ responses: ResponseCache) {
        self.socket = socket
        self.responses = responses
    }

    /// Answers until the client goes.
    mutating func run() throws {
        while true {
            while let message = try reassembler.nextMessage() { try answer(message) }
            let count = try socket.receive(into: &buffer, timeout: -1)
            reassembler.append(buffer[..<count])
        }
    }

    private mutating func answer(_ message: Message) throws {
        switch message.type {
        case .preLogin:
            try send(PreLogin(version: .init(16, 0, 1_000), encryption: .notSupported).encoded())
        case .login7: try logIn(try Login7(payload: message.payload))
        case .sqlBatch: try answer(try SQLBatch(payload: message.payload).text)
        case .attention: try send { Done(.statement, status: .attention).encode(into: &$0) }
        case .rpc:
            try send { writer in
                writer.returnStatus(0)
                Done(.procedure).encode(into: &writer)
            }
        default: try send { Done(.statement).encode(into: &$0) }
        }
    }

    private mutating func logIn(_ login: Login7) throws {
        let wanted = Int(login.packetSize)
        let agreed = PacketHeader.packetSizes.contains(wanted) ? wanted : PacketHeader.defaultPacketSize
        let old = packetSize
        try send { writer in
            EnvironmentChange.database(new: "master", old: "").encode(into: &writer)
            EnvironmentChange.packetSize(new: agreed, old: old).encode(into: &writer)
            LoginAcknowledgement(
                tdsVersion: TDSVersion.tds74, programName: "WireServer", version: .init(16, 0, 1_000)
            ).encode(into: &writer)
            Done(.statement).encode(into: &writer)
        }
        packetSize = agreed
    }

    /// Answers `SELECT 1`, `SELECT * FROM shape WHERE rows = N`, and anything else with a DONE.
    private func answer(_ text: String) throws {
        let words = text.split(whereSeparator: \.isWhitespace)
        if words == ["SELECT", "1"] { return try answer("one", rows: 1) }
        guard words.count == 8, words[2] == "FROM", words[5] == "rows", let rows = Int(words[7]) else {
            return try send { Done(.statement).encode(into: &$0) }
        }
        try answer(String(words[3]), rows: rows)
    }

    private func answer(_ shape: String, rows: Int) throws {
        guard let packets = try responses.packets(of: shape, rows: rows, packetSize: packetSize) else {
            return try send { Done(.statement, status: .error).encode(into: &$0) }
        }
        try socket.send(packets)
    }

    private func send(_ write: (inout ByteWriter) -> Void) throws {
        var writer = ByteWriter()
        write(&writer)
        try send(writer.bytes)
    }

    private func send(_ payload: [UInt8]) throws {
        try socket.send(PacketWriter.packets(of: Message(type: .response, payload: payload), packetSize: packetSize))
    }
}
