import EmbeddedSQLServer
import SQLValues
import TDSProtocol
import TLS

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// A client that speaks TDS message by message, so that tests see every token.
final class WireClient {
    private let socket: ClientSocket
    private var reassembler = MessageReassembler()
    private var tls: TLSSession?
    private var buffer = [UInt8](repeating: 0, count: 16 << 10)
    var packetSize = 4096
    /// The open transaction, as the server told it; a test can tell another one.
    var transaction: UInt64 = 0

    /// Connects, without a byte sent.
    init(_ server: EmbeddedServer) throws {
        #if canImport(Darwin)
            let descriptor = Darwin.socket(AF_INET, SOCK_STREAM, 0)
        #else
            let descriptor = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #endif
        var name = sockaddr_in()
        name.sin_family = sa_family_t(AF_INET)
        name.sin_port = in_port_t(server.port).bigEndian
        unsafe inet_pton(AF_INET, "127.0.0.1", &name.sin_addr)
        let status = unsafe withUnsafePointer(to: &name) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        socket = ClientSocket(owning: descriptor)
        guard status == 0 else { throw SocketFailure.system("connect") }
    }

    /// Connects and logs in; the response's tokens are thrown away.
    static func loggedIn(_ server: EmbeddedServer, _ change: (inout Login7) -> Void = { _ in }) throws -> WireClient {
        let client = try WireClient(server)
        _ = try client.preLogin(.notSupported)
        _ = try client.logIn(change)
        return client
    }

    deinit { socket.closeNow() }

    func sendRaw(_ bytes: [UInt8]) throws { try socket.send(bytes) }

    func send(_ type: MessageType, _ payload: [UInt8], status: PacketStatus = []) throws {
        let message = Message(type: type, status: status, payload: payload)
        let packets = PacketWriter.packets(of: message, packetSize: packetSize)
        guard let tls else { return try socket.send(packets) }
        try tls.encrypt(packets)
        try socket.send(tls.takeOutput())
    }

    /// The next message; an error after ten seconds, or when the server hung up.
    func receive() throws -> Message {
        while true {
            if let message = try reassembler.nextMessage() { return message }
            let count = try socket.receive(into: &buffer, timeout: 10_000)
            if let tls {
                try tls.receive(buffer[..<count])
                reassembler.append(try tls.decrypt())
            } else {
                reassembler.append(buffer[..<count])
            }
        }
    }

    /// The tokens of the next response.
    func tokens() throws -> [ServerToken] {
        var reader = ServerTokenReader(try receive().payload)
        var list: [ServerToken] = []
        while let token = try reader.next() {
            list.append(token)
            switch token {
            case .change(.beginTransaction(let descriptor)): transaction = descriptor
            case .change(.commitTransaction), .change(.rollbackTransaction): transaction = 0
            default: break
            }
        }
        return list
    }

    /// Sends a request and reads its response's tokens.
    func request(_ type: MessageType, _ payload: [UInt8], status: PacketStatus = []) throws -> [ServerToken] {
        try send(type, payload, status: status)
        return try tokens()
    }

    func batch(_ text: String, status: PacketStatus = []) throws -> [ServerToken] {
        try request(.sqlBatch, SQLBatch(text, headers: headers).encoded(), status: status)
    }

    func call(_ requests: RPCRequest...) throws -> [ServerToken] {
        try request(.rpc, try RPCMessage(requests, headers: headers).encoded())
    }

    func perform(_ action: TransactionManagerRequest.Action) throws -> [ServerToken] {
        try request(.transactionManager, try TransactionManagerRequest(action, headers: headers).encoded())
    }

    private var headers: RequestHeaders { RequestHeaders(transactionDescriptor: transaction) }

    func preLogin(_ encryption: EncryptionOption) throws -> PreLogin {
        try send(.preLogin, PreLogin(version: .init(1, 0, 0), encryption: encryption).encoded())
        return try PreLogin(payload: try receive().payload)
    }

    /// Logs in as `sa` with the right password, unless changed.
    func logIn(_ change: (inout Login7) -> Void = { _ in }) throws -> [ServerToken] {
        var login = Login7()
        login.userName = "sa"
        login.password = "Embedded!2026"
        login.applicationName = "WireClient"
        change(&login)
        return try request(.login7, try login.encoded())
    }

    /// Shakes hands inside PRELOGIN packets.
    func startTLS(trusting caFile: String, as name: String = "127.0.0.1") throws {
        let context = try TLSContext(
            client: TLSClientConfiguration(trust: .file(caFile), versions: .tls12 ... .tls12))
        let session = try context.makeClientSession(host: name)
        while try session.handshake() == .needsInput {
            try send(.preLogin, session.takeOutput())
            try session.receive(try receive().payload)
        }
        if session.outputCount > 0 { try send(.preLogin, session.takeOutput()) }
        tls = session
    }

    /// Shakes hands before the first byte of TDS, as TDS 8.0 does.
    func startStrictTLS(
        trusting caFile: String, versions: ClosedRange<TLSVersion> = .tls12 ... .tls13,
        protocols: [String] = ["tds/8.0"]
    ) throws {
        let context = try TLSContext(
            client: TLSClientConfiguration(
                trust: .file(caFile), versions: versions, applicationProtocols: protocols))
        let session = try context.makeClientSession(host: "127.0.0.1")
        while try session.handshake() == .needsInput {
            try socket.send(session.takeOutput())
            let count = try socket.receive(into: &buffer, timeout: 10_000)
            try session.receive(buffer[..<count])
        }
        if session.outputCount > 0 { try socket.send(session.takeOutput()) }
        tls = session
    }

    /// Goes back to clear text after the LOGIN7 was sent.
    func logInEncryptedOnly() throws -> [ServerToken] {
        var login = Login7()
        login.userName = "sa"
        login.password = "Embedded!2026"
        try send(.login7, try login.encoded())
        tls = nil
        return try tokens()
    }

    /// Whether the server hangs up instead of answering.
    func isHungUp() -> Bool {
        do {
            _ = try receive()
            return false
        } catch let failure as SocketFailure {
            return failure.description != SocketFailure.timedOut.description
        } catch {
            return false
        }
    }
}

extension [ServerToken] {
    /// The ERROR and INFO messages.
    var messages: [DiagnosticMessage] {
        compactMap { if case .message(let message) = $0 { message } else { nil } }
    }

    /// The DONE tokens of all three kinds.
    var dones: [Done] { compactMap { if case .done(let done) = $0 { done } else { nil } } }

    /// The ENVCHANGE tokens.
    var changes: [EnvironmentChange] { compactMap { if case .change(let change) = $0 { change } else { nil } } }

    /// The rows of all results.
    var rows: [[SQLValue]] { compactMap { if case .row(let values) = $0 { values } else { nil } } }

    /// The output values.
    var returnValues: [ReturnValue] {
        compactMap { if case .returnValue(let value) = $0 { value } else { nil } }
    }

    /// The return statuses.
    var statuses: [Int32] { compactMap { if case .returnStatus(let status) = $0 { status } else { nil } } }
}
