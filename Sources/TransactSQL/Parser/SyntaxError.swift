/// Why a batch cannot be parsed, in SQL Server's numbers and words.
package struct SyntaxError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The message number, such as 102.
    package let number: Int32
    package let message: String
    /// The class of the message; 15 for all errors of syntax.
    package let severity: UInt8
    package let state: UInt8
    /// Where in the batch; lines count from 1.
    package let position: SourcePosition
    /// The view, procedure, function or trigger whose definition is wrong, as messages name it; else empty.
    package let procedure: String

    package init(
        number: Int32, message: String, severity: UInt8 = 15, state: UInt8 = 1, position: SourcePosition,
        procedure: String = ""
    ) {
        self.number = number
        self.message = message
        self.severity = severity
        self.state = state
        self.position = position
        self.procedure = procedure
    }

    package var line: Int { position.line }

    package var description: String {
        "Msg \(number), Level \(severity), State \(state), Line \(line): \(message)"
    }
}

/// What ends the parsing of a statement early.
enum Fault: Error {
    case syntax(SyntaxError)
    /// A construct without a tree: the statement becomes ``UnsupportedStatement``.
    case unsupported(String, SourceRange)
}
