import SQLValues
import TDSProtocol

/// Writes what a request produces as the tokens of a response.
///
/// A DONE is held back until it is known whether more follows it, which it must say (DONE_MORE).
final class ResponseWriter: ResultSink {
    /// Whose statements end: those of a batch with DONE, those inside a procedure with DONEINPROC.
    enum Scope {
        case batch, procedure
    }

    private let transport: Transport
    private let serverName: String
    private let faults: EmbeddedServer.Faults
    private var packets: PacketWriter
    private var output = ByteWriter()
    private var columns: [ColumnDescription] = []
    /// The places of the columns of sql_variant.
    private var variants: [Int] = []
    private var heldDone: Done?
    /// An error came that no DONE has told of.
    private var hasUntoldError = false
    private var scope = Scope.batch
    /// How many procedures of a batch run within each other.
    private var depth = 0
    private var attentionClock = AttentionClock()
    /// The client sent an attention that has not been acknowledged.
    private(set) var hasAttention = false
    /// The connection broke; nothing can be sent any more.
    private(set) var isBroken = false
    /// The number of the last error of the current call, 0 without one.
    private(set) var lastError: Int32 = 0
    /// The call's first error came before anything else did, and is one of syntax or of names.
    private(set) var failedToCompile = false
    /// The current batch or call has sent something.
    private var hasBegun = false
    /// The statement produced what cannot be sent, and was stopped for it.
    private(set) var hasUnsendableValue = false

    init(_ transport: Transport, serverName: String, processID: UInt16, faults: EmbeddedServer.Faults) {
        self.transport = transport
        self.serverName = serverName
        self.faults = faults
        packets = PacketWriter(type: .response, processID: processID)
    }

    /// Bytes of a packet with its header.
    var packetSize: Int {
        get { packets.packetSize }
        set { packets.packetSize = newValue }
    }

    /// Whether the client knows rows with a bitmap of their NULLs.
    var nullBitmap = NullBitmapUse.whenNotLonger

    /// Begins a batch or a call.
    func begin(_ scope: Scope) {
        self.scope = scope
        depth = 0
        lastError = 0
        failedToCompile = false
        hasBegun = false
        hasUnsendableValue = false
        hasUntoldError = false
    }

    // MARK: ResultSink

    func columns(_ columns: [ResultColumn]) throws(RequestStopped) {
        releaseDone()
        hasBegun = true
        self.columns = columns.map { ColumnDescription($0) }
        variants = columns.indices.filter { columns[$0].type.kind == .variant }
        packets.payload.columnMetadata(self.columns)
        try sendFullPackets()
    }

    func order(_ columns: [Int]) throws(RequestStopped) {
        packets.payload.order(columns.map { UInt16(clamping: $0) })
        try sendFullPackets()
    }

    func row(_ values: [SQLValue]) throws(RequestStopped) {
        let start = packets.payload.count
        do {
            if variants.isEmpty {
                try packets.payload.row(values, columns, bitmap: nullBitmap)
            } else {
                let (values, types) = opened(values)
                try packets.payload.row(values, columns, bitmap: nullBitmap, baseTypes: types)
            }
        } catch {
            try fail(error)
        }
        if faults.takeRow() { try closeWithin(start) }
        try sendFullPackets()
    }

    /// A row with what is inside its values of sql_variant, and the types of these.
    private func opened(_ row: [SQLValue]) -> (values: [SQLValue], types: [SQLType?]) {
        var (values, types) = (row, [SQLType?](repeating: nil, count: row.count))
        for place in variants {
            guard let variant = VariantValue(of: row[place]) else { continue }
            values[place] = variant.value
            types[place] = variant.type
        }
        return (values, types)
    }

    func done(_ done: StatementDone) throws(RequestStopped) {
        let isInBatch = scope == .batch && depth == 0
        hasUntoldError = false
        if done.isSilent, !isInBatch, !done.failed { return }
        releaseDone()
        hasBegun = true
        var status: Done.Status = []
        if done.rowCount != nil { status.insert(.count) }
        if done.failed { status.insert(.error) }
        let isCall = done.command == StatementCommand.execute
        heldDone = Done(
            isInBatch ? isCall ? .procedure : .statement : .inProcedure, status: status, command: done.command,
            rowCount: UInt64(max(0, done.rowCount ?? 0)))
        try sendFullPackets()
    }

    func message(_ message: ServerMessage) throws(RequestStopped) {
        releaseDone()
        if message.severity > 10 {
            lastError = message.number
            hasUntoldError = true
            if !hasBegun, message.isOfCompilation { failedToCompile = true }
        }
        hasBegun = true
        DiagnosticMessage(
            number: message.number, state: message.state, severity: message.severity, text: message.text,
            server: serverName, procedure: message.procedure, line: message.line
        ).encode(into: &packets.payload)
        try sendFullPackets()
    }

    func beginProcedure() throws(RequestStopped) { depth += 1 }

    func endProcedure() throws(RequestStopped) { depth = max(0, depth - 1) }

    func returnStatus(_ status: Int32) throws(RequestStopped) {
        guard scope == .batch, depth == 0 else { return }
        releaseDone()
        packets.payload.returnStatus(status)
        try sendFullPackets()
    }

    func change(_ change: SessionChange) throws(RequestStopped) {
        switch change {
        case .database(let new, let old): announce(.database(new: new, old: old))
        case .language(let new, let old): announce(.language(new: new, old: old))
        case .beginTransaction(let descriptor): announce(.beginTransaction(descriptor: descriptor))
        case .commitTransaction(let descriptor): announce(.commitTransaction(descriptor: descriptor))
        case .rollbackTransaction(let descriptor): announce(.rollbackTransaction(descriptor: descriptor))
        }
    }

    var isCancelled: Bool {
        if hasAttention || isBroken { return true }
        guard attentionClock.isDue() else { return false }
        do {
            hasAttention = try transport.takeAttention()
        } catch {
            isBroken = true
        }
        return hasAttention || isBroken
    }

    // MARK: Other tokens

    /// Writes an ENVCHANGE.
    func announce(_ change: EnvironmentChange) {
        releaseDone()
        change.encode(into: &packets.payload)
    }

    /// Writes a LOGINACK.
    func acknowledge(_ login: LoginAcknowledgement) { login.encode(into: &packets.payload) }

    /// Writes a FEATUREEXTACK.
    func acknowledge(_ features: FeatureAcknowledgement) { features.encode(into: &packets.payload) }

    /// Writes a FEDAUTHINFO.
    func tell(_ information: FederatedAuthenticationInformation) { information.encode(into: &packets.payload) }

    /// Ends a call: RETURNSTATUS unless the call has none, the output values, DONEPROC.
    func finishProcedure(status: Int32?, outputs: [ReturnValue], hasMore: Bool) throws(RequestStopped) {
        releaseDone()
        if let status { packets.payload.returnStatus(status) }
        for output in outputs {
            do {
                try output.encode(into: &packets.payload)
            } catch {
                try message(.unsendable(error))
            }
        }
        var done = Done(.procedure, command: StatementCommand.execute)
        if hasUntoldError { done.status.insert(.error) }
        if hasMore { done.status.insert(.more) }
        done.encode(into: &packets.payload)
        try sendFullPackets()
    }

    /// Ends the response of a batch, of a transaction manager request or of a login, and sends it.
    ///
    /// - Parameters:
    ///   - failed: Whether the last DONE must say so, when no statement said it.
    ///   - command: CurCmd of the last DONE, when no statement has one.
    /// - Throws: When the connection broke.
    func finish(failed: Bool = false, command: UInt16 = 0) throws {
        var done = heldDone ?? Done(.statement, command: command)
        heldDone = nil
        if failed || hasUntoldError { done.status.insert(.error) }
        done.encode(into: &packets.payload)
        try end()
    }

    /// Acknowledges an attention, exactly once, and ends the response (MS-TDS 2.2.1.7).
    func finishWithAttention() throws {
        releaseDone()
        hasAttention = false
        Done(.statement, status: .attention).encode(into: &packets.payload)
        try end()
    }

    /// Ends the message after the last call of an RPC, and sends it.
    func end() throws {
        heldDone = nil
        packets.finish(into: &output)
        try transport.send(output.bytes)
        output.removeAll()
    }

    // MARK: Sending

    /// Writes the held DONE, now that something follows it.
    private func releaseDone() {
        guard var done = heldDone else { return }
        done.status.insert(.more)
        done.encode(into: &packets.payload)
        heldDone = nil
    }

    /// Bytes that are collected before they are sent, when packets are small.
    private static let sendSize = 16 << 10

    private func sendFullPackets() throws(RequestStopped) {
        if isCancelled { throw isBroken ? .connectionLost : .attention }
        guard packets.payload.count >= max(packets.packetSize, Self.sendSize) else { return }
        packets.drain(into: &output)
        try sendOutput()
    }

    private func sendOutput() throws(RequestStopped) {
        do {
            try transport.send(output.bytes)
        } catch {
            isBroken = true
            throw .connectionLost
        }
        output.removeAll()
    }

    /// Tells the client of a value that its column cannot carry, and stops the statement.
    private func fail(_ error: TDSProtocolError) throws(RequestStopped) {
        try message(.unsendable(error))
        hasUnsendableValue = true
        throw .attention
    }

    /// Sends half of the row that starts at `start`, and ends the connection: an ordered failure.
    private func closeWithin(_ start: Int) throws(RequestStopped) {
        packets.payload.truncate(to: start + max(1, (packets.payload.count - start) / 2))
        packets.flush(into: &output)
        try sendOutput()
        transport.hangUp()
        isBroken = true
        throw .connectionLost
    }
}

extension ColumnDescription {
    /// A column of a result, as the wire describes it.
    init(_ column: ResultColumn) {
        // What the server computes or numbers cannot be changed; of all else it is not known.
        var flags: Flags = column.isComputed ? .computed : column.isIdentity ? .identity : .updatableUnknown
        if column.isNullable { flags.insert(.nullable) }
        self.init(name: column.name, type: TypeInfo(column.type, isNullable: column.isNullable), flags: flags)
    }
}

extension ServerMessage {
    /// Errors of names and types, of severity 16, that are found before a statement runs.
    private static let compilation: Set<Int32> = [
        116, 120, 121, 145, 147, 205, 206, 207, 208, 209, 213, 257, 402, 468, 529, 4104, 4108, 8116, 8117, 8120,
        8121, 8155, 8156,
    ]

    /// Whether this is an error of syntax, or of names and types in a statement.
    var isOfCompilation: Bool { severity == 15 || severity == 16 && Self.compilation.contains(number) }

    /// Msg 8180, after the error that a statement has.
    static let notPrepared = ServerMessage.error(8180, line: 1, "Statement(s) could not be prepared.")

    /// A result that its declared type cannot carry: a mistake of the embedded server, not of the client.
    static func unsendable(_ error: TDSProtocolError) -> ServerMessage {
        ServerMessage.error(8624, line: 1, "The embedded server cannot send a value: \(error.what).")
    }
}
