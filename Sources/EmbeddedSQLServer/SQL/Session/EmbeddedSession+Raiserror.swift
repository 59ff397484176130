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
        let isRaised =
            if case .int(let number) = value, severity < 0 { try userMessage(number)?.severity ?? 0 > 18 } else {
                severity > 18
            }
        if isRaised, !statement.options.contains("LOG") {
            throw ServerMessage.error(
                2754,
                "Error severity levels greater than 18 can only be specified by members of the sysadmin role, using the"
                    + " WITH LOG option.")
        }
        if statement.options.contains("LOG"), !security.isUnrestricted {
            throw ServerMessage.error(
                2778, "Only System Administrator can specify WITH LOG option for RAISERROR command.")
        }
        let shownState = state < 0 ? 1 : UInt8(clamping: state)
        let arguments = try statement.arguments.map { try evaluate($0, context) }
        var message: ServerMessage
        var level = severity
        switch value {
        case .int(let number):
            guard let own = try userMessage(number) else {
                throw Self.unknownMessage(number, severity: severity, state: shownState)
            }
            if severity < 0 { level = Int64(own.severity) }
            message = .error(own.number, state: shownState, try MessageFormat.text(own.text, arguments))
        case .string(let format) where type.isCharacter:
            message = .error(50_000, state: shownState, try MessageFormat.text(format, arguments))
        default: throw ServerMessage.unsupported("RAISERROR of \(type.name)")
        }
        // Severity 10 reaches clients as 0.
        message.severity = level == 10 ? 0 : UInt8(clamping: max(0, min(25, level)))
        if level >= 20 { try raiseFatal(message.at(line: line).inside(context.procedure), context, line: line) }
        if level > 10 { throw message }
        try context.sink.message(message.at(line: line).inside(context.procedure))
        try done(StatementCommand.raise, context)
        if statement.options.contains("SETERROR") { lastError = message.number }
    }

    /// An error of severity 20 and more: the client is told, and the connection ends.
    private func raiseFatal(_ message: ServerMessage, _ context: BatchContext, line: Int) throws {
        let end = ServerMessage.error(
            2745, state: 2, line: line,
            "Process ID \(options.processID) has raised user error \(message.number), severity \(message.severity). SQL"
                + " Server is terminating this process.")
        try context.sink.message(end.inside(context.procedure))
        try context.sink.message(message)
        throw RequestStopped.fatalError
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
