import EmbeddedSQLServer
import SQLValues
import TDSProtocol
import Threads

/// The conversation with one client.
struct WireSession {
    private let socket: ClientSocket
    private let responses: ResponseCache
    private var packetSize = PacketHeader.defaultPacketSize
    private var reassembler = MessageReassembler()
    private var buffer = [UInt8](repeating: 0, count: 64 << 10)
    /// The message whose last packet has not come.
    private var partial: Message?
    /// Where the rows of the bulk load go that a batch has announced.
    private var sink: BulkSink?
    private let lastLoad: Lock<BulkReceipt>

    init(_ socket: ClientSocket, _ responses: ResponseCache, _ lastLoad: Lock<BulkReceipt>) {
        self.socket = socket
        self.responses = responses
        self.lastLoad = lastLoad
    }

    /// Answers until the client goes.
    mutating func run() throws {
        while true {
            while let (header, data) = try reassembler.nextPacket() { try take(header, data) }
            let count = try socket.receive(into: &buffer, timeout: -1)
            reassembler.append(buffer[..<count])
        }
    }

    /// Takes a packet; a bulk load is not held in memory.
    private mutating func take(_ header: PacketHeader, _ data: ArraySlice<UInt8>) throws {
        let isLast = header.status.contains(.endOfMessage)
        if header.type == .bulkLoad {
            try sink?.take(data)
            if isLast { try endLoad() }
            return
        }
        var message = partial ?? Message(type: header.type, status: [], payload: [])
        partial = nil
        message.payload += data
        if isLast { try answer(message) } else { partial = message }
    }

    private mutating func endLoad() throws {
        guard let load = sink, load.isComplete else {
            return try send { Done(.statement, status: .error).encode(into: &$0) }
        }
        sink = nil
        lastLoad.withLock { $0 = load.receipt }
        let rows = UInt64(load.receipt.rows)
        try send { Done(.statement, status: .count, command: 240, rowCount: rows).encode(into: &$0) }
    }

    private mutating func answer(_ message: Message) throws {
        switch message.type {
        case .preLogin:
            try send(PreLogin(version: .init(16, 0, 1_000), encryption: .notSupported).encoded())
        case .login7: try logIn(try Login7(payload: message.payload))
        case .sqlBatch: try answer(try SQLBatch(payload: message.payload).text)
        case .attention: try send { Done(.statement, status: .attention).encode(into: &$0) }
        case .rpc: try answer(try RPCMessage(payload: message.payload))
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

    /// Answers what the library asks of a table before a bulk load, and every other call with its end.
    private func answer(_ call: RPCMessage) throws {
        let values = call.requests.first?.parameters.map(\.value) ?? []
        var table: TableDescription?
        if case .string(let text)? = values.first, text.contains("sys.columns"), case .string(let name)? = values.last {
            table = .named(name[...])
        }
        var writer = ByteWriter()
        if let table {
            try table.catalog(into: &writer)
        } else {
            writer.returnStatus(0)
            Done(.procedure).encode(into: &writer)
        }
        try send(writer.bytes)
    }

    /// Answers a batch: see ``WireServer``.
    private mutating func answer(_ text: String) throws {
        let words = text.split(whereSeparator: \.isWhitespace)
        if words == ["SELECT", "1"] { return try answer("one", rows: 1) }
        if words == ["SELECT", "*", "FROM", "loaded"] { return try tellLastLoad() }
        if words.starts(with: ["SET", "FMTONLY", "ON"]), words.count > 6, let table = TableDescription.named(words[6]) {
            return try send { table.describe(into: &$0) }
        }
        if words.starts(with: ["insert", "bulk"]), words.count > 2, let table = TableDescription.named(words[2]) {
            sink = BulkSink(table.shape)
            return try send { Done(.statement).encode(into: &$0) }
        }
        guard words.count == 8, words[2] == "FROM", words[5] == "rows", let rows = Int(words[7]) else {
            return try send { Done(.statement).encode(into: &$0) }
        }
        try answer(String(words[3]), rows: rows)
    }

    private func tellLastLoad() throws {
        let receipt = lastLoad.withLock { $0 }
        let columns = ["rows", "bytes", "sum"].map {
            ColumnDescription(name: $0, type: TypeInfo(.bigInt, isNullable: false), flags: [])
        }
        var writer = ByteWriter()
        writer.columnMetadata(columns)
        let values = [receipt.rows, receipt.bytes, Int(truncatingIfNeeded: receipt.sum)]
        try writer.row(values.map { .int(Int64($0)) }, columns)
        Done(.statement, status: .count, command: 193, rowCount: 1).encode(into: &writer)
        try send(writer.bytes)
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
