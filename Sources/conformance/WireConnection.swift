import EmbeddedSQLServer
import SQLServerCore
import TDSProtocol
import TLS

/// A failure of the connection itself, after which a case cannot go on.
struct WireFailure: Error, CustomStringConvertible {
    var description: String
}

/// A client that sees every token: one login's connection.
///
/// Its own small client, since drivers hide what cases compare: DONE counts, order, states, types.
final class WireConnection {
    private let socket: ClientSocket
    private var reassembler = MessageReassembler()
    private var tls: TLSSession?
    private var buffer = [UInt8](repeating: 0, count: 64 << 10)
    private var packetSize = PacketHeader.defaultPacketSize
    private var transactionDescriptor: UInt64 = 0
    /// An attention was sent and not acknowledged yet.
    private var isCancelling = false

    /// Connects and logs in.
    ///
    /// - Throws: ``WireFailure`` with the server's words when the login is refused.
    init(_ configuration: SQLServerConfiguration, database: String?, login: ConformanceCase.SessionLogin) throws {
        socket = try ClientSocket(connectingTo: configuration.host, port: configuration.port)
        let isStrict = configuration.encryption == .strict
        if isStrict { try shakeHands(configuration) }
        var wanted = EncryptionOption.on
        if isStrict || configuration.encryption == .off { wanted = .notSupported }
        if configuration.encryption == .request { wanted = .off }
        try send(.preLogin, PreLogin(version: .init(1, 0, 0), encryption: wanted).encoded())
        let answer = try PreLogin(payload: try receive().payload).encryption ?? .notSupported
        if !isStrict, answer != .notSupported { try shakeHands(configuration) }
        let refused = try logIn(configuration, database, login, onlyLogin: !isStrict && answer == .off)
        guard refused.isEmpty else { throw WireFailure(description: "login failed: " + refused.joined(separator: " ")) }
    }

    deinit { socket.closeNow() }

    // MARK: Login

    private func shakeHands(_ configuration: SQLServerConfiguration) throws {
        let trust: TLSClientConfiguration.Trust =
            configuration.trustServerCertificate
            ? .trustServerCertificate : configuration.caFile.map { .file($0) } ?? .systemRoots
        let isStrict = configuration.encryption == .strict
        let context = try TLSContext(
            client: TLSClientConfiguration(
                trust: trust, versions: isStrict ? .tls12 ... .tls13 : .tls12 ... .tls12,
                applicationProtocols: isStrict ? ["tds/8.0"] : []))
        let session = try context.makeClientSession(
            host: configuration.host, certificateName: configuration.hostNameInCertificate)
        while try session.handshake() == .needsInput {
            try sendHandshake(session, isStrict)
            try session.receive(isStrict ? Array(try receiveBytes()) : try receive().payload)
        }
        if session.outputCount > 0 { try sendHandshake(session, isStrict) }
        tls = session
    }

    private func sendHandshake(_ session: TLSSession, _ isStrict: Bool) throws {
        guard session.outputCount > 0 else { return }
        if isStrict { return try socket.send(session.takeOutput()) }
        try send(.preLogin, session.takeOutput())
    }

    /// Logs in; the result is what the server said when it refused.
    private func logIn(
        _ configuration: SQLServerConfiguration, _ database: String?, _ login: ConformanceCase.SessionLogin,
        onlyLogin: Bool
    ) throws -> [String] {
        var message = Login7()
        message.userName = login.credentials?.name ?? configuration.userName
        message.password = login.credentials?.password ?? configuration.password.reveal()
        message.applicationName = "conformance"
        message.libraryName = "swift-sqlserver"
        message.hostName = "conformance"
        message.serverName = configuration.host
        message.database = database ?? configuration.database ?? ""
        if login.isDBLibrary { message.optionFlags2 &= ~0x02 }
        if configuration.encryption == .strict { message.tdsVersion = TDSVersion.tds80 }
        try send(.login7, try message.encoded())
        if onlyLogin { tls = nil }
        var words: [String] = []
        for token in try tokens() {
            switch token {
            case .loginAcknowledgement: return []
            case .message(let message): words.append(message.text)
            case .change(.routing(let server, let port)): words.append("routed to \(server), port \(port)")
            default: continue
            }
        }
        return words.isEmpty ? ["no reason given"] : words
    }

    // MARK: Requests

    /// Sends a batch.
    func send(batch text: String) throws {
        let headers = RequestHeaders(transactionDescriptor: transactionDescriptor)
        try send(.sqlBatch, SQLBatch(text, headers: headers).encoded())
    }

    /// Cancels the request that runs; its answer ends with the acknowledgement.
    func sendAttention() throws {
        try send(.attention, [])
        isCancelling = true
    }

    /// Whether an answer begins to come in so many milliseconds.
    func isAnswered(within milliseconds: Int32) throws -> Bool {
        try socket.isReadable(timeout: milliseconds)
    }

    /// The tokens of the next response; after an attention all until its acknowledgement.
    func tokens() throws -> [ServerToken] {
        var list: [ServerToken] = []
        repeat {
            var reader = ServerTokenReader(try receive().payload)
            while let token = try reader.next() {
                list.append(token)
                note(token)
            }
        } while isCancelling
        return list
    }

    /// Keeps what a client must know of its session.
    private func note(_ token: ServerToken) {
        switch token {
        case .change(.packetSize(let size, _)): packetSize = size
        case .change(.beginTransaction(let descriptor)): transactionDescriptor = descriptor
        case .change(.commitTransaction), .change(.rollbackTransaction): transactionDescriptor = 0
        case .done(let done) where done.status.contains(.attention): isCancelling = false
        default: break
        }
    }

    private func send(_ type: MessageType, _ payload: [UInt8]) throws {
        let packets = PacketWriter.packets(of: Message(type: type, payload: payload), packetSize: packetSize)
        guard let tls else { return try socket.send(packets) }
        try tls.encrypt(packets)
        try socket.send(tls.takeOutput())
    }

    /// The next message; an error after half a minute of silence.
    private func receive() throws -> Message {
        while true {
            if let message = try reassembler.nextMessage() { return message }
            let bytes = try receiveBytes()
            guard let tls else {
                reassembler.append(bytes)
                continue
            }
            try tls.receive(bytes)
            reassembler.append(try tls.decrypt())
        }
    }

    private func receiveBytes() throws -> ArraySlice<UInt8> {
        do {
            let count = try socket.receive(into: &buffer, timeout: 30_000)
            return buffer[..<count]
        } catch {
            throw WireFailure(description: "no answer: the connection ended, or 30 s passed")
        }
    }
}
