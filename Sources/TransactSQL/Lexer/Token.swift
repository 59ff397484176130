/// One token of T-SQL: what it is and where it stands, in 16 bytes.
///
/// White space and comments are not tokens: they are the gaps between the end of one token and the start of the next,
/// so that no byte of the text is lost.
package struct Token: Sendable, Equatable {
    package let kind: TokenKind
    /// The word that a name or keyword is; `.other` for all else.
    let word: Word
    private let lower: UInt32
    private let upper: UInt32
    private let lineNumber: UInt32

    init(kind: TokenKind, word: Word = .other, start: Int, end: Int, line: Int) {
        self.kind = kind
        self.word = word
        lower = UInt32(clamping: start)
        upper = UInt32(clamping: end)
        lineNumber = UInt32(clamping: line)
    }

    /// The offset of the first byte.
    package var start: Int { Int(lower) }

    /// The offset after the last byte.
    package var end: Int { Int(upper) }

    /// The line of the first byte, counted from 1.
    package var line: Int { Int(lineNumber) }

    package var position: SourcePosition { SourcePosition(line: line, offset: start) }

    package var range: SourceRange { SourceRange(start: position, end: end) }
}

/// What a token is.
package enum TokenKind: UInt8, Sendable {
    // Words.
    case keyword
    case name
    case bracketedName
    case quotedName
    /// `@name` and `@@NAME`.
    case variable

    // Constants.
    case string
    case nationalString
    case integer
    case decimal
    case float
    case money
    case binary

    // Punctuation.
    case comma
    case dot
    case semicolon
    case leftParenthesis
    case rightParenthesis
    case leftBrace
    case rightBrace
    case colon
    case doubleColon

    // Operators.
    case plus
    case minus
    case star
    case slash
    case percentSign
    case ampersand
    case caret
    case bar
    case doubleBar
    case tilde
    case shiftLeft
    case shiftRight
    case equal
    case notEqual
    case less
    case lessOrEqual
    case greater
    case greaterOrEqual
    /// `!<` and `!>` are synonyms of `>=` and `<=` and come as those; a lone `!` is this.
    case exclamation
    case assignAdd
    case assignSubtract
    case assignMultiply
    case assignDivide
    case assignModulo
    case assignAnd
    case assignXor
    case assignOr
    case assignConcatenate

    // Faults, reported as values.
    case unterminatedString
    case unterminatedName
    case unterminatedComment
    case invalid

    case endOfText
}
