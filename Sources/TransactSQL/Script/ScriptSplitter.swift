/// Splits a script into batches at its GO lines, as SQL Server Management Studio does.
///
/// GO separates when it is the first word of its line, outside comments, strings and delimited names, and only a count
/// and comments follow it on the line. `GO;` does not separate: the server will then complain about it. A count that
/// is no number from 1 to 2,147,483,647, or other text after GO, is an error, since running a script cut at the wrong
/// place is worse. Block comments nest. CR, LF and CR LF end a line. Batches of white space alone are left out.
package struct ScriptSplitter {
    private let source: [UInt8]
    private var lexer: Lexer
    private var batches: [ScriptBatch] = []
    private var batchStart: Int
    private var batchLine = 1

    private init(_ text: String) {
        source = Array(text.utf8)
        batchStart = source.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        lexer = Lexer(source, from: batchStart)
    }

    /// The batches of a script, in order.
    ///
    /// A byte order mark at the start is left out.
    ///
    /// - Parameter text: The script.
    /// - Returns: The batches that hold more than white space.
    /// - Throws: ``ScriptError`` with the line of a GO that cannot be understood, or of a comment without an end.
    package static func split(_ text: String) throws(ScriptError) -> [ScriptBatch] {
        var splitter = ScriptSplitter(text)
        return try splitter.run()
    }

    private mutating func run() throws(ScriptError) -> [ScriptBatch] {
        while true {
            let token = lexer.next()
            switch token.kind {
            case .endOfText, .unterminatedString, .unterminatedName:
                // The server reports a string or name without an end, with its own message and line.
                close(at: source.count, count: 1)
                return batches
            case .unterminatedComment:
                throw ScriptError(reason: .unterminatedComment, line: token.line)
            case .name where isGo(token):
                let count = try readCount(line: token.line)
                close(at: lineStart(of: token), count: count)
                batchStart = lexer.index
                batchLine = lexer.line
            default: break
            }
        }
    }

    /// Ends the current batch before the byte at `end`.
    private mutating func close(at end: Int, count: Int) {
        let bytes = source[batchStart..<max(batchStart, end)]
        guard bytes.contains(where: { $0 > 0x20 }) else { return }
        batches.append(ScriptBatch(text: String(decoding: bytes, as: UTF8.self), startLine: batchLine, count: count))
    }

    // MARK: - GO

    /// Whether a name is GO, the first thing on its line, and a word of its own.
    private func isGo(_ token: Token) -> Bool {
        guard token.end - token.start == 2,
            ByteClass.upper(source[token.start]) == 0x47, ByteClass.upper(source[token.start + 1]) == 0x4F,
            isBlank(lineStart(of: token)..<token.start)
        else { return false }
        guard token.end < source.count else { return true }
        let following = source[token.end]
        let afterwards = token.end + 1 < source.count ? source[token.end + 1] : 0
        return following <= 0x20 || (following == 0x2D && afterwards == 0x2D)
            || (following == 0x2F && afterwards == 0x2A)
    }

    private func isBlank(_ range: Range<Int>) -> Bool { !source[range].contains { $0 > 0x20 } }

    /// The offset of the first byte of a token's line, but never before the batch.
    private func lineStart(of token: Token) -> Int {
        var index = token.start
        while index > batchStart, source[index - 1] != 0x0A, source[index - 1] != 0x0D { index -= 1 }
        return index
    }

    /// Reads the rest of a GO line and steps over its line end.
    private mutating func readCount(line: Int) throws(ScriptError) -> Int {
        let start = lexer.index
        skipBlanks()
        let digits = lexer.index
        while lexer.byte(0) &- 0x30 < 10 { lexer.index += 1 }
        let number = String(decoding: source[digits..<lexer.index], as: UTF8.self)
        try skipComments()
        guard isAtLineEnd else {
            throw ScriptError(reason: .invalidGo(argument: restOfLine(from: start)), line: line)
        }
        if lexer.index < source.count { lexer.skipLineEnd() }
        guard !number.isEmpty else { return 1 }
        guard let count = Int32(number), count > 0 else {
            throw ScriptError(reason: .countOutOfRange(number), line: line)
        }
        return Int(count)
    }

    private var isAtLineEnd: Bool {
        lexer.index >= source.count || lexer.byte(0) == 0x0A || lexer.byte(0) == 0x0D
    }

    private mutating func skipBlanks() {
        while !isAtLineEnd, lexer.byte(0) <= 0x20 { lexer.index += 1 }
    }

    private mutating func skipComments() throws(ScriptError) {
        while true {
            skipBlanks()
            if lexer.byte(0) == 0x2D, lexer.byte(1) == 0x2D {
                lexer.skipLineComment()
            } else if lexer.byte(0) == 0x2F, lexer.byte(1) == 0x2A {
                if let fault = lexer.skipBlockComment() {
                    throw ScriptError(reason: .unterminatedComment, line: fault.line)
                }
            } else {
                return
            }
        }
    }

    private func restOfLine(from start: Int) -> String {
        let rest = source[start...].prefix { $0 != 0x0A && $0 != 0x0D }
        let words = String(decoding: rest, as: UTF8.self).split(whereSeparator: \.isWhitespace)
        return words.joined(separator: " ")
    }
}
