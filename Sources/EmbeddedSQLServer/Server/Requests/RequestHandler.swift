import SQLValues
import TDSProtocol

/// Answers the requests of a client that has logged in.
final class RequestHandler {
    private let core: ServerCore
    private let transport: Transport
    private let session: any SQLSession
    private let response: ResponseWriter
    private let procedures: ProcedureCalls
    private let loginDatabase: String

    init(core: ServerCore, transport: Transport, login: AcceptedLogin) {
        self.core = core
        self.transport = transport
        session = login.session
        response = login.response
        loginDatabase = login.database
        procedures = ProcedureCalls(session: login.session, response: login.response, recorder: core.recorder)
    }

    /// Answers one message.
    ///
    /// - Throws: When the connection is of no use any more.
    func handle(_ message: Message) throws {
        if message.type == .attention { return try response.finishWithAttention() }
        response.begin(.batch)
        do {
            try respond(to: message)
        } catch RequestStopped.attention {
            try stopped()
        }
        // Seen too late to stop anything: the response ended as usual, so the acknowledgement is one of its own.
        if response.hasAttention { try response.finishWithAttention() }
    }

    private func respond(to message: Message) throws {
        guard !message.status.contains(.ignore) else { return try response.finish(failed: true) }
        do {
            guard try reset(message.status) else { return try response.finish(failed: true) }
            try answer(message)
        } catch let error as TDSProtocolError {
            // The whole message has come, so the connection is in step: tell what is wrong and go on.
            try response.message(.badRequest(error))
            try response.finish(failed: true)
        }
    }

    private func answer(_ message: Message) throws {
        switch message.type {
        case .sqlBatch: try run(try SQLBatch(payload: message.payload))
        case .rpc: try call(try RPCMessage(payload: message.payload))
        case .transactionManager: try perform(try TransactionManagerRequest(payload: message.payload))
        case .bulkLoad: throw TDSProtocolError("bulk load is not supported")
        default: throw SocketFailure("a message of type \(message.type) within a session")
        }
    }

    private func run(_ batch: SQLBatch) throws {
        core.recorder.record(.batch, batch.text)
        try session.run(batch: batch.text, into: response)
        try response.finish()
    }

    private func call(_ message: RPCMessage) throws {
        for (index, request) in message.requests.enumerated() {
            response.begin(.procedure)
            try procedures.call(request, hasMore: index < message.requests.count - 1)
        }
        try response.end()
    }

    private func perform(_ request: TransactionManagerRequest) throws {
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
    ///
    /// - Returns: False when the client was told that it is not possible.
    private func reset(_ status: PacketStatus) throws -> Bool {
        let keepsTransaction = status.contains(.resetConnectionSkipTransaction)
        guard keepsTransaction || status.contains(.resetConnection) else { return true }
        guard !keepsTransaction || session.transactionDescriptor == 0 else {
            try response.message(
                .unsupported("RESETCONNECTIONSKIPTRAN", line: 1))
            return false
        }
        try procedures.reset(announced: true)
        return true
    }
}

extension ServerMessage {
    /// Msg 8009, for a request that cannot be read.
    static func badRequest(_ error: TDSProtocolError) -> ServerMessage {
        ServerMessage.error(
            8009, line: 1, "The incoming TDS request cannot be executed: \(error.description).")
    }
}

extension TransactionRequest {
    /// A transaction manager request in the session's words.
    init(_ action: TransactionManagerRequest.Action) {
        self =
            switch action {
            case .begin(let begin): .begin(isolation: IsolationLevel(begin.isolation), name: begin.name)
            case .commit(let name, let next): .commit(name: name, beginAgain: next != nil)
            case .rollback(let name, let next): .rollback(name: name, beginAgain: next != nil)
            case .save(let name): .save(name: name)
            }
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
