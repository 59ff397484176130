package import CommandLineTools
package import SQLServer

/// How a message of the server is told, with the line of the file that it is about.
package struct MessageText: Sendable {
    private let message: SQLServerMessage
    private let file: String?
    private let startLine: Int

    /// - Parameters:
    ///   - message: What the server said.
    ///   - file: The script; nil for SQL on the command line.
    ///   - startLine: The line of the script on which the batch begins.
    package init(_ message: SQLServerMessage, file: String?, startLine: Int) {
        self.message = message
        self.file = file
        self.startLine = startLine
    }

    /// The line of the file, or of the procedure if there is one; nil when unknown.
    private var line: Int? {
        guard let line = message.line else { return nil }
        return message.procedure == nil ? startLine + line - 1 : line
    }

    /// The text of an information message; of an error also its number and place.
    package var text: String {
        let text = Self.printable(message.text)
        guard message.isError else { return text }
        var place = "Msg \(message.number), Level \(message.severity), State \(message.state)"
        if let procedure = message.procedure { place += ", Procedure \(Self.printable(procedure))" }
        if let line { place += ", Line \(line)" }
        if let file {
            place += message.procedure == nil ? ", File \(file)" : ", File \(file), batch of line \(startLine)"
        }
        return "\(place)\n\(text)"
    }

    /// An element of `messages`.
    package var json: JSONValue {
        .object([
            ("number", .integer(message.number)),
            ("severity", .integer(message.severity)),
            ("state", .integer(message.state)),
            ("procedure", message.procedure.map { .string($0) } ?? .null),
            ("line", line.map { .integer($0) } ?? .null),
            ("text", .string(message.text)),
        ])
    }

    /// Text without what would control a terminal; line breaks and tabs stay.
    private static func printable(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.filter { scalar in
                    scalar == "\n" || scalar == "\t"
                        || !(scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value)
                            || (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value))
                }))
    }
}
