import SQLValues

extension ServerMessage {
    /// A message with the severity of its number, whose line is that of the running statement.
    static func error(_ number: Int32, state: UInt8 = 1, line: Int = 0, _ text: String) -> ServerMessage {
        ServerMessage(
            number: number, state: state, severity: MessageSeverity.of(number), text: text, line: Int32(clamping: line))
    }

    /// Msg 40517: a construct that this server does not have.
    static func unsupported(_ construct: String, line: Int = 0) -> ServerMessage {
        .error(
            40517, line: line,
            "Keyword or statement option '\(construct)' is not supported in this version of SQL Server.")
    }

    static let divideByZero = error(8134, "Divide by zero error encountered.")

    /// Msg 1060, for NULL, too.
    static let notAnInteger = error(
        1060, "The number of rows provided for a TOP or FETCH clauses row count parameter must be an integer.")

    /// Msg 8115 for the result of an expression.
    static func overflow(_ type: SQLType) -> ServerMessage {
        .error(8115, state: 2, "Arithmetic overflow error converting expression to data type \(type.name).")
    }

    /// Msg 8115 for a conversion.
    static func overflow(from: SQLType, to: SQLType) -> ServerMessage {
        .error(
            8115, state: 8,
            "Arithmetic overflow error converting \(numericName(from)) to data type \(numericName(to)).")
    }

    /// Messages call both `decimal` and `numeric` by the latter name.
    static func numericName(_ type: SQLType) -> String { type.kind == .decimal ? "numeric" : type.name }

    /// Msg 208.
    static func invalidObject(_ name: String, line: Int = 0) -> ServerMessage {
        .error(208, state: name.hasPrefix("#") ? 0 : 1, line: line, "Invalid object name '\(name)'.")
    }

    /// Msg 8115 for the next value of an identity column.
    static func identityOverflow(_ type: SQLType) -> ServerMessage {
        .error(8115, state: 1, identityOverflow + " to data type \(type.name).")
    }

    private static let identityOverflow = "Arithmetic overflow error converting IDENTITY"

    /// Whether this is Msg 8115 of an identity column.
    var isIdentityOverflow: Bool { number == 8115 && text.hasPrefix(Self.identityOverflow) }

    /// Msg 3606, which takes the place of Msg 3621 after that.
    static let overflowOccurred = error(3606, state: 0, "Arithmetic overflow occurred.")

    /// Msg 3621, which follows an error that ended a data modification.
    static let statementTerminated = error(3621, state: 0, "The statement has been terminated.")

    /// The same message at a line, unless it has one, or names its module, whose call then has no line.
    func at(line: Int) -> ServerMessage {
        guard self.line == 0, procedure.isEmpty else { return self }
        var copy = self
        copy.line = Int32(clamping: line)
        return copy
    }

    /// The same message with the name of the module in which it arose, unless it has one.
    func inside(_ module: String) -> ServerMessage {
        guard procedure.isEmpty, !module.isEmpty else { return self }
        var copy = self
        copy.procedure = module
        return copy
    }
}
