/// One message of the server: an error, a warning, or the text of PRINT and RAISERROR.
///
/// ```swift
/// try await db.execute("EXEC dbo.Rebuild", options: .onMessage { print($0.severity, $0.text) })
/// ```
public struct SQLServerMessage: Sendable, Hashable {
    /// The message number, such as 2627; 0 for PRINT, 50000 for RAISERROR with a text.
    public let number: Int
    /// The state, which tells apart the places that raise the same number.
    public let state: Int
    /// The severity (class): 0 to 10 is information, 11 to 16 an error of the user, 17 and more a fault of the server.
    public let severity: Int
    /// The text.
    public let text: String
    /// The server that sent it; nil when unknown.
    public let server: String?
    /// The procedure in which it arose; nil outside a procedure.
    public let procedure: String?
    /// The line in the batch or procedure, from 1; nil when unknown.
    public let line: Int?

    /// A message with its fields.
    ///
    /// ```swift
    /// let duplicate = SQLServerMessage(number: 2627, severity: 14, text: "Violation of PRIMARY KEY constraint …")
    /// let error = SQLServerError(.server, duplicate.text, messages: [duplicate])    // error.number is 2627
    /// ```
    public init(
        number: Int, state: Int = 1, severity: Int, text: String, server: String? = nil, procedure: String? = nil,
        line: Int? = nil
    ) {
        self.number = number
        self.state = state
        self.severity = severity
        self.text = text
        self.server = server
        self.procedure = procedure
        self.line = line
    }

    /// Whether the severity is 11 or more, so that a call that got this message fails.
    public var isError: Bool { severity > 10 }
}

extension SQLServerMessage: CustomStringConvertible {
    /// The message as SQL Server's tools print it.
    public var description: String {
        let place = (procedure.map { ", Procedure \($0)" } ?? "") + (line.map { ", Line \($0)" } ?? "")
        return "Msg \(number), Level \(severity), State \(state)\(place): \(text)"
    }
}
