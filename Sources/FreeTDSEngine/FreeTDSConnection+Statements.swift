import SQLServerCore
import SQLValues

extension FreeTDSConnection {
    /// Sends a statement with parameters: as text the first times, then by the handle of its prepared form.
    func send(statement request: SQLRequest) throws(SQLServerError) {
        // What becomes a variable in front of the text changes the text.
        guard !request.parameters.contains(where: ParameterArena.isUnsendable) else {
            return try send(call: request)
        }
        let key = PreparedStatements.Key(request)
        switch preparedStatements.plan(for: key) {
        case .direct: try send(call: request)
        case .prepare: try prepare(request, key)
        case .execute(let handle): try execute(request, key, handle)
        }
    }

    /// Sends an `sp_prepexec`, which runs the statement and returns a handle.
    private func prepare(_ request: SQLRequest, _ key: PreparedStatements.Key) throws(SQLServerError) {
        let handle = SQLParameter(name: "@handle", value: .int(0), type: .int, isOutput: true)
        try call("sp_prepexec", failure: "the statement could not be prepared") {
            (arena, process) throws(SQLServerError) in
            try arena.add(handle, to: process)
            try arena.addText("@params", request.declarations, to: process)
            try arena.addText("@stmt", request.text, to: process)
            for parameter in request.parameters { try arena.add(parameter, to: process) }
        }
        preparing = key
    }

    /// Sends an `sp_execute`.
    private func execute(
        _ request: SQLRequest, _ key: PreparedStatements.Key, _ handle: Int32
    ) throws(SQLServerError) {
        let number = SQLParameter(name: "@handle", value: .int(Int64(handle)), type: .int)
        try call("sp_execute", failure: "the statement could not be sent") { (arena, process) throws(SQLServerError) in
            try arena.add(number, to: process)
            for parameter in request.parameters { try arena.add(parameter, to: process) }
        }
        executing = (key, request)
    }

    /// Sends a remote procedure call whose response may hide counts.
    func call(
        _ procedure: String, failure: String,
        _ body: (inout ParameterArena, borrowing DatabaseProcess) throws(SQLServerError) -> Void
    ) throws(SQLServerError) {
        isCall = true
        do throws(SQLServerError) {
            try process?.call(procedure, body)
        } catch {
            if error.code == .encoding { throw error }
            throw fail(failure)
        }
    }

    /// Notes the handle of a statement that was prepared, at the end of its response.
    func notePrepared() {
        guard let key = preparing else { return }
        preparing = nil
        preparedStatements.prepared(key, handle: process?.firstOutputInteger)
    }

    /// At the end of a response: whether the handle was not known to the server any more, so that the statement, which
    /// has not run, is sent again as text.
    func resendIfHandleIsGone() throws(SQLServerError) -> Bool {
        guard let (key, request) = executing else { return false }
        executing = nil
        // Msg 8179: could not find prepared statement with handle.
        guard context.messages.first(where: \.isError)?.number == 8_179 else { return false }
        preparedStatements.forget(key)
        phase = .ready
        try beginResponse()
        try send(call: request)
        phase = .sent
        return true
    }
}
