/// One line of a CSV file, which may span several lines of text.
package struct CSVRecord: Sendable, Equatable {
    /// A field's text, and whether it stood in quotation marks.
    package struct Field: Sendable, Equatable {
        package var text: String
        package var isQuoted: Bool

        package init(_ text: String, isQuoted: Bool = false) {
            self.text = text
            self.isQuoted = isQuoted
        }
    }

    package var fields: [Field]
    /// The line of the file on which the record begins, from 1.
    package var line: Int

    package init(fields: [Field], line: Int) {
        self.fields = fields
        self.line = line
    }
}

/// Why a file is no CSV.
package struct CSVError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The line of the file, from 1.
    package let line: Int
    package let reason: String

    package init(line: Int, reason: String) {
        self.line = line
        self.reason = reason
    }

    package var description: String { "line \(line): \(reason)" }
}

/// Reads comma-separated values (RFC 4180), record by record, from pieces of a file.
///
/// Fields may stand in quotation marks and then hold delimiters, line breaks, and quotation marks written twice. Lines
/// end with CR LF or LF; a byte order mark is skipped. What RFC 4180 does not allow is an error, not a guess.
///
/// ```swift
/// var reader = CSVReader { try handle.read(upToCount: 262_144).map(Array.init) ?? [] }
/// while let record = try reader.next() { print(record.line, record.fields) }
/// ```
package struct CSVReader {
    private enum State {
        case fieldStart, unquoted, quoted, quoteInQuoted, carriageReturn
    }

    private static let quote = UInt8(ascii: "\"")
    private static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")

    private let delimiter: UInt8
    private let read: () throws -> [UInt8]
    private var chunk: [UInt8] = []
    private var position = 0
    private var isAtEnd = false
    private var isFirstChunk = true
    private var line = 1
    /// Bytes that were read from the file.
    package private(set) var byteCount = 0

    /// A reader of a file.
    ///
    /// - Parameters:
    ///   - delimiter: One ASCII character between the fields.
    ///   - read: The next bytes of the file; none at its end.
    package init(delimiter: UInt8 = UInt8(ascii: ","), read: @escaping () throws -> [UInt8]) {
        self.delimiter = delimiter
        self.read = read
    }

    /// The next record; nil at the end of the file.
    ///
    /// - Throws: ``CSVError``; what the file throws.
    package mutating func next() throws -> CSVRecord? {
        var record = CSVRecord(fields: [], line: line)
        var field: [UInt8] = []
        var state = State.fieldStart
        var isQuoted = false
        func end(_ reader: CSVReader) throws {
            guard let text = String(validating: field, as: UTF8.self) else {
                throw CSVError(
                    line: reader.line, reason: "the text is not UTF-8; convert it, for example with iconv -t UTF-8")
            }
            record.fields.append(CSVRecord.Field(text, isQuoted: isQuoted))
            field.removeAll(keepingCapacity: true)
            isQuoted = false
        }
        while let byte = try nextByte() {
            switch (state, byte) {
            case (.quoted, Self.quote): state = .quoteInQuoted
            case (.quoted, _):
                if byte == Self.lineFeed { line += 1 }
                field.append(byte)
            case (.quoteInQuoted, Self.quote):
                field.append(byte)
                state = .quoted
            case (.fieldStart, Self.quote):
                isQuoted = true
                state = .quoted
            case (.carriageReturn, Self.lineFeed), (.fieldStart, Self.lineFeed), (.unquoted, Self.lineFeed),
                (.quoteInQuoted, Self.lineFeed):
                try end(self)
                line += 1
                return record
            case (.carriageReturn, _): throw CSVError(line: line, reason: "a CR without LF outside of quotation marks")
            case (_, Self.carriageReturn): state = .carriageReturn
            case (_, delimiter):
                try end(self)
                state = .fieldStart
            case (.quoteInQuoted, _): throw CSVError(line: line, reason: "text behind a closing quotation mark")
            case (_, Self.quote):
                throw CSVError(
                    line: line,
                    reason: "a quotation mark within a field that does not begin with one; write the field "
                        + "in quotation marks, with those inside it twice")
            default:
                field.append(byte)
                state = .unquoted
            }
        }
        guard state != .quoted else {
            throw CSVError(line: record.line, reason: "a field that begins here has no closing quotation mark")
        }
        // The last line need not end with a line break; nothing behind the last line break is no record.
        if state == .fieldStart, record.fields.isEmpty { return nil }
        try end(self)
        return record
    }

    private mutating func nextByte() throws -> UInt8? {
        while position == chunk.count {
            guard !isAtEnd else { return nil }
            chunk = try read()
            position = 0
            byteCount += chunk.count
            isAtEnd = chunk.isEmpty
            if isFirstChunk, !chunk.isEmpty {
                isFirstChunk = false
                if chunk.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
                guard !chunk.starts(with: [0xFF, 0xFE]), !chunk.starts(with: [0xFE, 0xFF]) else {
                    throw CSVError(line: 1, reason: "the file is UTF-16; convert it, for example with iconv -t UTF-8")
                }
            }
        }
        defer { position += 1 }
        return chunk[position]
    }
}
