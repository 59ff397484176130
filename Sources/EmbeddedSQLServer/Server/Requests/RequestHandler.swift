import SQLValues
import TDSProtocol

/// Answers the requests of a client that has logged in.
final class RequestHandler {
    private let core: ServerCore
    private let transport: Transport
    private let session: any SQLSession
    private let response: ResponseWriter
    private let procedures: ProcedureCalls
    /// The message reset the session: the transaction that its headers name may have ended by that.
    private var wasReset = false

    init(core: ServerCore, transport: Transport, login: AcceptedLogin) {
        self.core = core
        self.transport = transport
        session = login.session
        response = login.response
        procedures = ProcedureCalls(session: login.session, response: login.response, recorder: core.recorder)
    }

    /// Answers one message.
    ///
    /// - Throws: When the connection is of no use any more.
    func handle(_ message: Message) throws {
        if message.type == .attention {
            session.forgetBulkLoad()
            return try response.finishWithAttention()
        }
        response.begin(.batch)
        if let fault = fault(for: message) {
            let player = FaultPlayer(transport: transport, response: response)
            try player.play(fault, rollBack: rollBack) { try run(message) }
        } else {
            try run(message)
        }
        // Seen too late to stop anything: the response ended as usual, so the acknowledgement is one of its own.
        if response.hasAttention { try response.finishWithAttention() }
    }

    private func run(_ message: Message) throws {
        do {
            try respond(to: message)
        } catch RequestStopped.attention {
            try stopped()
        } catch RequestStopped.fatalError {
            try response.finish(failed: true)
            throw RequestStopped.fatalError
        }
    }

    /// Rolls back what is open, and tells the client.
    private func rollBack() throws {
        guard session.transactionDescriptor != 0 else { return }
        try session.perform(.rollback(name: "", next: nil), into: response)
    }

    /// The failure that a test has ordered for this request.
    private func fault(for message: Message) -> EmbeddedServerFault? {
        guard core.faults.count > 0 else { return nil }
        do {
            switch message.type {
            case .sqlBatch: return core.faults.take(at: .batch(try SQLBatch(payload: message.payload).text))
            case .rpc:
                let requests = try RPCMessage(payload: message.payload).requests
                return core.faults.take(at: .call(requests.map(ProcedureCalls.text(of:)).joined(separator: "\n")))
            case .transactionManager:
                let request = try TransactionManagerRequest(payload: message.payload)
                if case .commit = request.action { return core.faults.take(at: .transaction(isCommit: true)) }
                return core.faults.take(at: .transaction(isCommit: false))
            case .bulkLoad: return core.faults.take(at: .bulkLoad)
            default: return nil
            }
        } catch {
            // A request that cannot be read is answered as one.
            return nil
        }
    }

    private func respond(to message: Message) throws {
        guard !message.status.contains(.ignore) else { return try response.finish(failed: true) }
        do {
            try reset(message.status)
            try answer(message)
        } catch let error as TDSProtocolError {
            // The whole message has come: the client is told what is wrong, also when it can say nothing after that.
            try response.message(.badRequest(error))
            try response.finish(failed: true)
            if error.kind == .malformed { throw error }
        }
    }

    private func answer(_ message: Message) throws {
        if session.expectsBulkLoad, message.type != .bulkLoad {
            session.forgetBulkLoad()
            try response.message(.missingBulkLoad)
            return try response.finish(failed: true)
        }
        switch message.type {
        case .bulkLoad where session.expectsBulkLoad: try load(message.payload)
        case .sqlBatch: try run(try SQLBatch(payload: message.payload))
        case .rpc: try call(try RPCMessage(payload: message.payload))
        case .transactionManager: try perform(try TransactionManagerRequest(payload: message.payload))
        default: throw TDSProtocolError("a message of type \(message.type) within a session")
        }
    }

    /// Whether a request with these headers can run; the client is told when it cannot.
    private func accept(_ headers: RequestHeaders) throws -> Bool {
        if headers.wantsNotification {
            try response.message(.unsupported("query notification", line: 1))
        } else if !headers.namesTransaction || headers.transactionDescriptor == session.transactionDescriptor
            || wasReset
        {
            return true
        } else if headers.transactionDescriptor == 0 {
            try response.message(.missingTransactionDescriptor)
        } else {
            try response.message(.unknownTransaction(headers.transactionDescriptor))
        }
        try response.finish(failed: true)
        return false
    }

    private func run(_ batch: SQLBatch) throws {
        guard try accept(batch.headers) else { return }
        core.recorder.record(.batch, batch.text)
        try session.run(batch: batch.text, into: response)
        try response.finish(command: StatementCommand.none)
    }

    private func call(_ message: RPCMessage) throws {
        guard try accept(message.headers) else { return }
        for (index, request) in message.requests.enumerated() {
            response.begin(.procedure)
            try procedures.call(request, hasMore: index < message.requests.count - 1)
        }
        try response.end()
    }

    private func load(_ payload: [UInt8]) throws {
        let load: BulkLoad
        do {
            load = try BulkLoad(payload: payload)
        } catch {
            session.forgetBulkLoad()
            throw error
        }
        core.recorder.record(.bulkLoad)
        let rows = BulkRows(types: load.columns.map(\.type.type), rows: load.rows)
        try session.load(rows, into: response)
        try response.finish(command: StatementCommand.none)
    }

    private func perform(_ request: TransactionManagerRequest) throws {
        guard try accept(request.headers) else { return }
        core.recorder.record(.transaction)
        try session.perform(TransactionRequest(request.action), into: response)
        try response.finish()
    }

    /// Ends the response of a request that was stopped.
    private func stopped() throws {
        if response.hasUnsendableValue, !response.hasAttention {
            try response.finish(failed: true)
        } else {
            try response.finishWithAttention()
        }
    }

    /// Resets the session when the message asks for it (MS-TDS 2.2.3.1.2).
    private func reset(_ status: PacketStatus) throws {
        let keepsTransaction = status.contains(.resetConnectionSkipTransaction)
        wasReset = status.contains(.resetConnection)
        guard keepsTransaction || wasReset else { return }
        guard !keepsTransaction || !wasReset else {
            throw TDSProtocolError("a message with both RESETCONNECTION and RESETCONNECTIONSKIPTRAN")
        }
        try procedures.reset(keepsTransaction: keepsTransaction, announced: true)
    }
}

extension ServerMessage {
    /// Msg 40517, 8009 or 4002, for a request that cannot be read.
    static func badRequest(_ error: TDSProtocolError) -> ServerMessage {
        switch error.kind {
        case .unsupported: .unsupported(error.what, line: 1)
        case .invalidValue:
            ServerMessage.error(
                8009, line: 1,
                "The incoming tabular data stream (TDS) remote procedure call (RPC) protocol stream is incorrect. "
                    + "\(error.description).")
        case .malformed:
            ServerMessage.error(
                4002, line: 1,
                "The incoming tabular data stream (TDS) protocol stream is incorrect. \(error.description).")
        }
    }

    /// Msg 4022, for another request in the place of a bulk load's rows.
    static let missingBulkLoad = ServerMessage.error(
        4022, line: 1, "Bulk load data was expected but not sent. The batch will be terminated.")

    /// Msg 3989, for a request outside the open transaction.
    static let missingTransactionDescriptor = ServerMessage.error(
        3989, line: 1, "New request is not allowed to start because it should come with valid transaction descriptor.")

    /// Msg 3971, for a request in a transaction that is not open.
    static func unknownTransaction(_ descriptor: UInt64) -> ServerMessage {
        ServerMessage.error(
            3971, line: 1,
            "The server failed to resume the transaction. Desc:\(String(descriptor, radix: 16)).")
    }
}

extension TransactionRequest {
    /// A transaction manager request in the session's words.
    init(_ action: TransactionManagerRequest.Action) {
        self =
            switch action {
            case .begin(let begin): .begin(Begin(begin))
            case .commit(let name, let next): .commit(name: name, next: next.map { Begin($0) })
            case .rollback(let name, let next): .rollback(name: name, next: next.map { Begin($0) })
            case .save(let name): .save(name: name)
            }
    }
}

extension TransactionRequest.Begin {
    /// A transaction to begin in the session's words.
    init(_ begin: TransactionManagerRequest.Begin) {
        self.init(isolation: IsolationLevel(begin.isolation), name: begin.name)
    }
}

extension IsolationLevel {
    /// A level of the wire; nil for the session's current one.
    init?(_ level: TransactionIsolation) {
        switch level {
        case .current: return nil
        case .readUncommitted: self = .readUncommitted
        case .readCommitted: self = .readCommitted
        case .repeatableRead: self = .repeatableRead
        case .serializable: self = .serializable
        case .snapshot: self = .snapshot
        }
    }
}
