/// What ERROR and INFO carry (MS-TDS 2.2.7.10, 2.2.7.13).
package struct DiagnosticMessage: Sendable, Equatable {
    /// The message number, such as 1205.
    package var number: Int32
    /// The state, which tells places of the same number apart.
    package var state: UInt8
    /// The severity (class): an ERROR has 11 or more.
    package var severity: UInt8
    /// The text.
    package var text: String
    /// The server's name.
    package var server: String
    /// The procedure's name; empty in a batch.
    package var procedure: String
    /// The line in the batch or procedure, from 1.
    package var line: Int32

    /// A message.
    package init(
        number: Int32, state: UInt8, severity: UInt8, text: String, server: String = "", procedure: String = "",
        line: Int32 = 1
    ) {
        self.number = number
        self.state = state
        self.severity = severity
        self.text = text
        self.server = server
        self.procedure = procedure
        self.line = line
    }

    /// Characters of text that fit in a token, whose length has 16 bits.
    private static let textLimit = 30_000

    init(from reader: inout ByteReader) throws(TDSProtocolError) {
        var body = try reader.reader(Int(try reader.integer(UInt16.self)))
        number = try body.integer()
        state = try body.byte()
        severity = try body.byte()
        text = try body.string()
        server = try body.shortString()
        procedure = try body.shortString()
        line = try body.integer()
    }

    /// Appends an ERROR for a severity of 11 or more, else an INFO.
    package func encode(into writer: inout ByteWriter) {
        writer.byte(severity > 10 ? TokenType.error.rawValue : TokenType.info.rawValue)
        let start = writer.count
        writer.integer(UInt16(0))
        writer.integer(number)
        writer.byte(state)
        writer.byte(severity)
        writer.string(text, limit: Self.textLimit)
        writer.shortString(server)
        writer.shortString(procedure)
        writer.integer(line)
        writer.patch(UInt16(clamping: writer.count - start - 2), at: start)
    }
}
