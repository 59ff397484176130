import SQLValues

/// A message that sp_addmessage added.
struct UserMessage: Codable, Equatable, Sendable {
    /// Above 50000.
    var number: Int32
    /// 1 to 25.
    var severity: Int
    var isLogged: Bool
    var text: String
}

extension EmbeddedSession {
    /// The message of a number; nil when the user has added none.
    func userMessage(_ number: Int64) throws -> UserMessage? {
        try serverSecurity().messages?.first { Int64($0.number) == number }
    }

    /// sp_addmessage; its status.
    ///
    /// Source: "sp_addmessage (Transact-SQL)".
    func addMessage(_ call: SystemProcedure.Call) throws -> Int32 {
        let name = "sp_addmessage"
        guard try hasServerRole(ServerSecurity.serverAdministrators) else { throw procedureError(.notAllowed(), name) }
        try checkLanguage(call, name)
        guard let number = call.integer("@msgnum"), let severity = call.integer("@severity"),
            let text = call.text("@msgtext")
        else { throw ServerMessage.unsupported("sp_addmessage with NULL") }
        guard number > 50_000 else {
            throw procedureError(
                .error(15_040, "User-defined error messages must have an ID greater than 50000."), name)
        }
        guard (1...25).contains(severity) else {
            throw procedureError(
                .error(15_041, "User-defined error messages must have a severity level between 1 and 25."), name)
        }
        let logs = (call.text("@with_log") ?? "FALSE").uppercased()
        guard ["TRUE", "FALSE"].contains(logs) else {
            throw procedureError(
                .error(15_042, "The @with_log parameter value must be 'true' or 'false'."), name)
        }
        let replaces = call.text("@replace")?.uppercased() == "REPLACE"
        if try userMessage(Int64(number)) != nil, !replaces {
            throw procedureError(.error(15_043, "You must specify 'REPLACE' to overwrite an existing message."), name)
        }
        let message = UserMessage(
            number: Int32(clamping: number), severity: severity, isLogged: logs == "TRUE",
            text: text.prefixUnits(255))
        try changeServer { server in
            server.messages = (server.messages ?? []).filter { $0.number != message.number } + [message]
        }
        return 0
    }

    /// sp_dropmessage; its status.
    func dropMessage(_ call: SystemProcedure.Call) throws -> Int32 {
        let name = "sp_dropmessage"
        guard try hasServerRole(ServerSecurity.serverAdministrators) else { throw procedureError(.notAllowed(), name) }
        if call.text("@lang")?.lowercased() != "all" { try checkLanguage(call, name) }
        guard let number = call.integer("@msgnum") else { throw ServerMessage.unsupported("sp_dropmessage with NULL") }
        guard try userMessage(Int64(number)) != nil else {
            throw procedureError(
                .error(15_179, "The message number \(number) or specified language version does not exist."), name)
        }
        try changeServer { server in server.messages?.removeAll { Int($0.number) == number } }
        return 0
    }

    /// Messages are in us_english, whose version is also that of sessions in other languages without one of their own.
    private func checkLanguage(_ call: SystemProcedure.Call, _ procedure: String) throws {
        let language = call.text("@lang") ?? settings.dates.language.name
        guard ["us_english", "english"].contains(language.lowercased()) else {
            throw ServerMessage.unsupported("\(procedure) in the language \(language)")
        }
    }

    /// An error inside a system procedure.
    private func procedureError(_ message: ServerMessage, _ procedure: String) -> ServerMessage {
        message.at(line: 1).inside(procedure)
    }
}

extension SystemView {
    /// sys.messages with the messages of the user's; those of the system are not in it.
    static let userMessages = SystemView(
        "sys.messages",
        columns("message_id int, language_id smallint, severity tinyint?, is_event_logged bit, text nvarchar(2048)")
    ) { source in
        (source.server.messages ?? []).sorted { $0.number < $1.number }.map {
            [
                .int(Int64($0.number)), .number(1_033), .number($0.severity), .bit($0.isLogged), .text($0.text),
            ]
        }
    }
}
