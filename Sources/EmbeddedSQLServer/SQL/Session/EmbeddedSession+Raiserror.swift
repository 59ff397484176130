import SQLValues
import TransactSQL

extension EmbeddedSession {
    func raise(_ statement: RaiserrorStatement, _ context: BatchContext, line: Int) throws {
        let (value, type) = try evaluate(statement.message, context)
        guard case .int(let severity) = try evaluate(statement.severity, as: .int, context).value,
            case .int(let state) = try evaluate(statement.state, as: .int, context).value
        else { throw ServerMessage.unsupported("RAISERROR with NULL") }
        let known: Set<String> = ["NOWAIT", "SETERROR", "LOG"]
        if let option = statement.options.first(where: { !known.contains($0) }) {
            throw ServerMessage.unsupported("RAISERROR WITH \(option)")
        }
        if severity > 18, !statement.options.contains("LOG") {
            throw ServerMessage.error(
                2754,
                "Error severity levels greater than 18 can only be specified by members of the sysadmin role, using the"
                    + " WITH LOG option.")
        }
        // These end the connection.
        guard severity < 20 else { throw ServerMessage.unsupported("RAISERROR of severity \(severity)") }
        let shownState = state < 0 ? 1 : UInt8(clamping: state)
        if case .int(let number) = value { throw Self.unknownMessage(number, severity: severity, state: shownState) }
        guard case .string(let format) = value, type.isCharacter else {
            throw ServerMessage.unsupported("RAISERROR of \(type.name)")
        }
        let arguments = try statement.arguments.map { try evaluate($0, context) }
        var message = ServerMessage.error(50_000, state: shownState, try MessageFormat.text(format, arguments))
        // Severity 10 reaches clients as 0.
        message.severity = severity == 10 ? 0 : UInt8(clamping: max(0, severity))
        if severity > 10 { throw message }
        try context.sink.message(message.at(line: line).inside(context.procedure))
        try done(StatementCommand.raise, context)
        if statement.options.contains("SETERROR") { lastError = 50_000 }
    }

    /// RAISERROR of a number: sys.messages holds none of the user's.
    private static func unknownMessage(_ number: Int64, severity: Int64, state: UInt8) -> ServerMessage {
        if number < 13_000 || number == 50_000 {
            return .error(
                2732,
                "Error number \(number) is invalid. The number must be from 13000 through 2147483647 and it cannot be"
                    + " 50000.")
        }
        guard number > 50_000 else { return .unsupported("RAISERROR of a message of the system") }
        return .error(
            18054,
            "Error \(number), severity \(severity), state \(state) was raised, but no message with that error number was"
                + " found in sys.messages. If error is larger than 50000, make sure the user-defined message is added"
                + " using sp_addmessage.")
    }
}
