import SQLValues
import TDSProtocol

/// Runs remote procedure calls: those that the TDS side knows itself, and others by name.
final class ProcedureCalls {
    private enum Prepared {
        case statement(String, declarations: String)
        case procedure(RemoteCallText)
    }

    /// Without a status of its own a call has the number of its last error, as sp_executesql has.
    private typealias Outcome = (status: Int32?, outputs: [ReturnValue])

    private let session: any SQLSession
    private let response: ResponseWriter
    private let recorder: EmbeddedServer.Recorder
    private var prepared: [Int32: Prepared] = [:]
    private var lastHandle: Int32 = 0

    init(session: any SQLSession, response: ResponseWriter, recorder: EmbeddedServer.Recorder) {
        self.session = session
        self.response = response
        self.recorder = recorder
    }

    /// Runs one call and writes its whole response, except for the end of the message.
    func call(_ request: RPCRequest, hasMore: Bool) throws {
        let outcome: Outcome = request.isNotExecuted ? (nil, []) : try run(request)
        try response.finishProcedure(
            status: outcome.status ?? response.lastError, outputs: outcome.outputs, hasMore: hasMore)
    }

    /// Brings the session back to the state after login.
    ///
    /// - Parameters:
    ///   - keepsTransaction: Whether an open transaction goes on.
    ///   - announced: Whether the client asked by the packet's bit, which is acknowledged.
    /// - Throws: ``RequestStopped`` when the connection broke.
    func reset(keepsTransaction: Bool, announced: Bool) throws {
        let before = session.databaseName
        let transaction = session.transactionDescriptor
        session.reset(keepsTransaction: keepsTransaction)
        if transaction != 0, session.transactionDescriptor == 0 {
            response.announce(.rollbackTransaction(descriptor: transaction))
        }
        prepared = [:]
        if announced { response.announce(.resetAcknowledged) }
        let after = session.databaseName
        if after != before { response.announce(.database(new: after, old: before)) }
    }

    private func run(_ request: RPCRequest) throws -> Outcome {
        let (name, baseName) = Self.name(of: request.procedure)
        let arguments = CallArguments(request.parameters)
        switch baseName {
        case "sp_executesql": return try executeSQL(arguments)
        case "sp_prepare": return try prepare(arguments)
        case "sp_prepexec": return try prepareAndExecute(arguments)
        case "sp_prepexecrpc": return try prepareAndCall(arguments)
        case "sp_execute": return try execute(arguments)
        case "sp_unprepare": return try unprepare(arguments)
        case "sp_reset_connection":
            recorder.record(.procedure(baseName))
            try reset(keepsTransaction: false, announced: false)
            return (nil, [])
        default: break
        }
        recorder.record(.procedure(name))
        if case .system = request.procedure {
            try response.message(.unsupported(name, line: 1))
            return (nil, [])
        }
        return try callByName(name, arguments, from: 0)
    }

    /// The procedure's name and the texts among its arguments, by which tests choose a call.
    static func text(of request: RPCRequest) -> String {
        let texts = request.parameters.compactMap { parameter -> String? in
            if case .string(let text) = parameter.value { text } else { nil }
        }
        return ([name(of: request.procedure).0] + texts).joined(separator: " ")
    }

    /// A procedure's name as it was sent, and in lower case without schema and brackets.
    private static func name(of procedure: ProcedureReference) -> (String, String) {
        guard case .name(let name) = procedure else {
            guard case .system(let system) = procedure else { return ("", "") }
            return (system.name, system.name)
        }
        let lower = name.lowercased().filter { !"[]\"".contains($0) }
        let parts = lower.split(separator: ".", omittingEmptySubsequences: false)
        // A procedure of the same name in a schema of the user is another one.
        let schema = parts.count > 1 ? parts[parts.count - 2] : "sys"
        guard ["sys", "dbo", ""].contains(schema) else { return (name, lower) }
        return (name, parts.last.map(String.init) ?? lower)
    }

    // MARK: Statements

    private func executeSQL(_ arguments: CallArguments) throws -> Outcome {
        guard let statement = arguments.text(at: 0) else {
            return try missing("@statement", "ntext/nchar/nvarchar")
        }
        recorder.record(.procedure("sp_executesql"), statement)
        guard arguments.count < 2 || arguments.isTextOrNull(at: 1) else {
            return try missing("@params", "ntext/nchar/nvarchar")
        }
        return try run(.statement(statement, declarations: arguments.text(at: 1) ?? ""), arguments, from: 2)
    }

    private func run(_ prepared: Prepared, _ arguments: CallArguments, from first: Int) throws -> Outcome {
        switch prepared {
        case .statement(let statement, let declarations):
            let outputs = try session.execute(
                statement, declarations: declarations, arguments: arguments.values(from: first), into: response)
            return (session.lastError, arguments.returnValues(outputs, from: first))
        case .procedure(let text):
            return try callByName(text.procedure, arguments, from: first)
        }
    }

    private func prepare(_ arguments: CallArguments) throws -> Outcome {
        guard let prepared = try preparation(arguments, "sp_prepare") else { return (nil, []) }
        return (nil, [arguments.handle(keep(prepared))])
    }

    private func prepareAndExecute(_ arguments: CallArguments) throws -> Outcome {
        guard let prepared = try preparation(arguments, "sp_prepexec") else { return (nil, []) }
        let outcome = try run(prepared, arguments, from: 3)
        guard !response.failedToCompile else {
            try response.message(.notPrepared)
            return (outcome.status, [arguments.handle(nil)] + outcome.outputs)
        }
        return (outcome.status, [arguments.handle(keep(prepared))] + outcome.outputs)
    }

    /// Prepares and runs a call in ODBC's form, `{ ? = CALL name(?, ?) }`.
    private func prepareAndCall(_ arguments: CallArguments) throws -> Outcome {
        guard let source = arguments.text(at: 1) else { return try missing("@RPCCall", "ntext/nchar/nvarchar") }
        recorder.record(.procedure("sp_prepexecrpc"), source)
        guard let text = RemoteCallText(source) else {
            try response.message(.unsupported("sp_prepexecrpc of \(source)", line: 1))
            return (nil, [])
        }
        let outcome = try run(.procedure(text), arguments, from: 2)
        return (outcome.status, [arguments.handle(keep(.procedure(text)))] + outcome.outputs)
    }

    /// The declarations and the statement of `sp_prepare` and `sp_prepexec`, after the handle.
    private func preparation(_ arguments: CallArguments, _ procedure: String) throws -> Prepared? {
        guard arguments.count >= 3, arguments.isTextOrNull(at: 1), let statement = arguments.text(at: 2) else {
            _ = try missing("@stmt", "ntext/nchar/nvarchar")
            return nil
        }
        recorder.record(.procedure(procedure), statement)
        return .statement(statement, declarations: arguments.text(at: 1) ?? "")
    }

    private func keep(_ statement: Prepared) -> Int32 {
        lastHandle &+= 1
        prepared[lastHandle] = statement
        return lastHandle
    }

    private func execute(_ arguments: CallArguments) throws -> Outcome {
        guard let (_, statement) = try known(arguments) else { return (nil, []) }
        if case .statement(let text, _) = statement {
            recorder.record(.procedure("sp_execute"), text)
        } else {
            recorder.record(.procedure("sp_execute"))
        }
        return try run(statement, arguments, from: 1)
    }

    private func unprepare(_ arguments: CallArguments) throws -> Outcome {
        guard let (handle, _) = try known(arguments) else { return (nil, []) }
        recorder.record(.procedure("sp_unprepare"))
        prepared[handle] = nil
        return (nil, [])
    }

    /// The prepared statement of the handle in the first argument; Msg 8179 when there is none.
    private func known(_ arguments: CallArguments) throws -> (Int32, Prepared)? {
        guard let handle = arguments.integer(at: 0).flatMap({ Int32(exactly: $0) }) else {
            _ = try missing("@handle", "int")
            return nil
        }
        guard let statement = prepared[handle] else {
            try response.message(
                .error(8179, line: 1, "Could not find prepared statement with handle \(handle)."))
            return nil
        }
        return (handle, statement)
    }

    private func missing(_ parameter: String, _ type: String) throws -> Outcome {
        try response.message(
            .error(
                214, state: 2, line: 1, "Procedure expects parameter '\(parameter)' of type '\(type)'."))
        return (nil, [])
    }

    // MARK: Other procedures

    private func callByName(_ name: String, _ arguments: CallArguments, from first: Int) throws -> Outcome {
        let (status, outputs) = try session.call(name, arguments: arguments.values(from: first), into: response)
        return (status, arguments.returnValues(outputs, from: first))
    }
}
