/// Cuts T-SQL text into tokens.
///
/// Works on bytes by table, makes no string, and never fails: an unterminated constant, name or comment is a token of
/// its own kind that runs to the end of the text.
package struct Lexer {
    let source: [UInt8]
    /// With QUOTED_IDENTIFIER off, `"text"` is a string.
    let quotedIdentifier: Bool
    var index: Int
    var line: Int

    private let classes = ByteClass.table
    private let words = WordTable.shared

    init(_ source: [UInt8], quotedIdentifier: Bool = true, from index: Int = 0, line: Int = 1) {
        self.source = source
        self.quotedIdentifier = quotedIdentifier
        self.index = index
        self.line = line
    }

    /// All tokens of a text; the last one is always the end of the text.
    package static func tokens(of source: [UInt8], quotedIdentifier: Bool = true) -> [Token] {
        tokens(of: source, quotedIdentifier: quotedIdentifier, from: 0, line: 1)
    }

    /// The tokens from an offset on, which stands in a line.
    static func tokens(of source: [UInt8], quotedIdentifier: Bool, from index: Int, line: Int) -> [Token] {
        var lexer = Lexer(source, quotedIdentifier: quotedIdentifier, from: index, line: line)
        var tokens: [Token] = []
        tokens.reserveCapacity(source.count / 5 + 8)
        while true {
            let token = lexer.next()
            tokens.append(token)
            if token.kind == .endOfText { return tokens }
        }
    }

    /// The byte at an offset from the current one; 0, which no token contains, beyond the end.
    @inline(__always)
    func byte(_ distance: Int) -> UInt8 {
        let position = index + distance
        return position < source.count ? source[position] : 0
    }

    /// The next token, after skipping white space and comments.
    mutating func next() -> Token {
        if let fault = skipTrivia() { return fault }
        guard index < source.count else {
            return Token(kind: .endOfText, start: source.count, end: source.count, line: line)
        }
        let first = source[index]
        switch classes[Int(first)] {
        case .nameStart: return nameOrKeyword(first)
        case .digit: return number()
        case .at: return variable()
        case .dollar: return dollar()
        case .quote: return delimited(by: 0x27, kind: .string, prefix: 0)
        case .doubleQuote:
            return delimited(by: 0x22, kind: quotedIdentifier ? .quotedName : .string, prefix: 0)
        case .bracket: return delimited(by: 0x5D, kind: .bracketedName, prefix: 0)
        case .symbol: return symbol(first)
        case .blank, .lineEnd, .invalid: return take(1, .invalid)
        }
    }

    /// A token of `count` bytes on one line.
    mutating func take(_ count: Int, _ kind: TokenKind) -> Token {
        let start = index
        index = min(index + count, source.count)
        return Token(kind: kind, start: start, end: index, line: line)
    }

    // MARK: - White space and comments

    /// Skips white space and comments; returns a token only for a comment that never ends.
    private mutating func skipTrivia() -> Token? {
        while index < source.count {
            let first = source[index]
            switch classes[Int(first)] {
            case .blank: index += 1
            case .lineEnd: skipLineEnd()
            case .symbol:
                if first == 0x2D, byte(1) == 0x2D {
                    skipLineComment()
                } else if first == 0x2F, byte(1) == 0x2A {
                    if let fault = skipBlockComment() { return fault }
                } else {
                    return nil
                }
            case .nameStart:
                let blank = first < 0x80 ? 0 : wideBlank()
                if blank == 0 { return nil }
                index += blank
            default: return nil
            }
        }
        return nil
    }

    /// Steps over one line end: CR, LF, or both.
    mutating func skipLineEnd() {
        index += source[index] == 0x0D && byte(1) == 0x0A ? 2 : 1
        line += 1
    }

    mutating func skipLineComment() {
        while index < source.count, source[index] != 0x0A, source[index] != 0x0D { index += 1 }
    }

    /// Steps over a block comment and those nested in it.
    mutating func skipBlockComment() -> Token? {
        let start = index
        let startLine = line
        var depth = 0
        while index < source.count {
            let current = source[index]
            if current == 0x2F, byte(1) == 0x2A {
                depth += 1
                index += 2
            } else if current == 0x2A, byte(1) == 0x2F {
                depth -= 1
                index += 2
                if depth == 0 { return nil }
            } else if current == 0x0A || current == 0x0D {
                skipLineEnd()
            } else {
                index += 1
            }
        }
        return Token(kind: .unterminatedComment, start: start, end: index, line: startLine)
    }

    /// The length of a blank beyond ASCII (no-break, general and ideographic spaces, a byte order mark), or 0.
    func wideBlank() -> Int {
        switch (byte(0), byte(1)) {
        case (0xC2, 0x85), (0xC2, 0xA0): return 2
        case (0xE1, 0x9A), (0xE3, 0x80): return byte(2) == 0x80 ? 3 : 0
        case (0xE1, 0xA0): return byte(2) == 0x8E ? 3 : 0
        case (0xE2, 0x80): return (0x80...0x8B).contains(byte(2)) || [0xA8, 0xA9, 0xAF].contains(byte(2)) ? 3 : 0
        case (0xE2, 0x81): return byte(2) == 0x9F ? 3 : 0
        case (0xEF, 0xBB): return byte(2) == 0xBF ? 3 : 0
        default: return 0
        }
    }

    // MARK: - Names

    private mutating func nameOrKeyword(_ first: UInt8) -> Token {
        if first == 0x4E || first == 0x6E, byte(1) == 0x27 {
            return delimited(by: 0x27, kind: .nationalString, prefix: 1)
        }
        if first >= 0x80, currencySignLength() > 0 { return money(signLength: currencySignLength()) }
        let start = index
        let hash = skipNameBytes()
        let found = words.word(in: source, start..<index, hash: hash)
        return Token(
            kind: found.isReserved ? .keyword : .name, word: found.word, start: start, end: index, line: line)
    }

    /// Steps over the bytes that a name may contain and returns their hash in upper case.
    @discardableResult
    mutating func skipNameBytes() -> UInt32 {
        var hash = WordTable.seed
        while index < source.count {
            let current = source[index]
            switch classes[Int(current)] {
            case .nameStart:
                if current >= 0x80, wideBlank() > 0 { return hash }
            case .digit, .at, .dollar: break
            default: return hash
            }
            hash = WordTable.combine(hash, ByteClass.upper(current))
            index += 1
        }
        return hash
    }

    private mutating func variable() -> Token {
        let start = index
        skipNameBytes()
        return Token(kind: .variable, start: start, end: index, line: line)
    }

    /// A string, or a delimited name; the closing delimiter is escaped by doubling.
    private mutating func delimited(by close: UInt8, kind: TokenKind, prefix: Int) -> Token {
        let start = index
        let startLine = line
        index += prefix + 1
        while index < source.count {
            let current = source[index]
            if current == close {
                if byte(1) != close {
                    index += 1
                    return Token(kind: kind, start: start, end: index, line: startLine)
                }
                index += 2
            } else if current == 0x0A || current == 0x0D {
                skipLineEnd()
            } else {
                index += 1
            }
        }
        let isString = kind == .string || kind == .nationalString
        return Token(
            kind: isString ? .unterminatedString : .unterminatedName, start: start, end: index, line: startLine)
    }
}
