/// Whether a request can leave something behind in its session, so that the connection must be reset before someone
/// else gets it: a transaction, `SET` options, another database, temporary tables, cursors, locks of an application, a
/// context.
///
/// What cannot be known counts as ``mayRemain``: everything that runs other code (`EXEC`), and every batch that is not
/// made of plain statements. One thing is not seen: a trigger that changes the session of those who fire it.
package enum SessionEffect: Sendable, Hashable {
    /// The session is afterwards as it was.
    case none
    /// Something may be left.
    case mayRemain

    /// The effect of a request.
    package static func of(_ request: SQLRequest) -> SessionEffect {
        switch request.kind {
        case .procedure: .mayRemain
        case .batch: of(request.text, isCall: false)
        case .statement: of(request.text, isCall: true)
        }
    }

    /// The effect of SQL text.
    ///
    /// - Parameters:
    ///   - text: One or more statements.
    ///   - isCall: Whether it runs as `sp_executesql`, whose `SET` options, `USE` and local temporary tables end with
    ///     it.
    /// - Returns: ``none`` only when nothing can be left.
    package static func of(_ text: String, isCall: Bool) -> SessionEffect {
        var text = text
        return text.withUTF8 { bytes in
            var words = unsafe SQLWords(bytes)
            return words.leaveNothing(isCall: isCall) ? .none : .mayRemain
        }
    }
}

/// The words of SQL text outside of literals, comments and quoted names, looked at one after another.
///
/// Lives as long as the text is lent.
@safe
private struct SQLWords: ~Copyable {
    private enum Piece {
        /// An unquoted name or keyword, from one byte to another.
        case word(Range<Int>)
        /// `#name`; global with `##`.
        case temporaryName(isGlobal: Bool)
        /// A quoted name, or a variable.
        case name
        case symbol(UInt8)
        /// What cannot be read: a literal or comment without its end.
        case unreadable
        case end
    }

    private let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>) { unsafe self.bytes = bytes }

    /// Statements that change data or nothing, when they begin a text: a text that begins with another word may call
    /// a procedure.
    private static let beginnings: [StaticString] = [
        "SELECT", "INSERT", "UPDATE", "DELETE", "MERGE", "WITH", "DECLARE",
    ]

    /// Words of statements that leave something behind.
    private static let leaving: [StaticString] = [
        "EXEC", "EXECUTE", "TRAN", "TRANSACTION", "COMMIT", "ROLLBACK", "SAVE", "CURSOR", "OPEN", "USE", "REVERT",
        "SETUSER", "DBCC", "BEGIN", "BULK",
    ]

    mutating func leaveNothing(isCall: Bool) -> Bool {
        guard case .word(let first) = next(), Self.beginnings.contains(where: { matches(first, $0) }) else {
            return false
        }
        while true {
            switch next() {
            case .word(let range):
                if Self.leaving.contains(where: { matches(range, $0) }) { return false }
                if matches(range, "SET"), !assigns(isCall: isCall) { return false }
            case .temporaryName(let isGlobal):
                if isGlobal || !isCall { return false }
            // An escape of ODBC, which may be a call.
            case .symbol(UInt8(ascii: "{")), .unreadable: return false
            case .name, .symbol: break
            case .end: return true
            }
        }
    }

    /// After `SET`: whether it sets columns or a variable, and no option of the session.
    private mutating func assigns(isCall: Bool) -> Bool {
        switch next() {
        case .name: return true
        case .word(let range):
            if matches(range, "CONTEXT_INFO") { return false }
            // Other options end with the call.
            if isCall { return true }
        default: return false
        }
        // An option is followed by a word or a value, a column by its path and an operator.
        switch next() {
        case .symbol(UInt8(ascii: "=")), .symbol(UInt8(ascii: ".")): return true
        case .symbol(let first): return "+-*/%&|^".utf8.contains(first) && byte(position) == UInt8(ascii: "=")
        default: return false
        }
    }

    // MARK: Reading

    private func byte(_ index: Int) -> UInt8? { unsafe index < bytes.count ? bytes[index] : nil }

    private func matches(_ range: Range<Int>, _ word: StaticString) -> Bool {
        guard range.count == word.utf8CodeUnitCount else { return false }
        return unsafe UnsafeBufferPointer(start: word.utf8Start, count: range.count).elementsEqual(range) {
            unsafe $0 == bytes[$1] & ~0x20 || $0 == bytes[$1]
        }
    }

    private mutating func next() -> Piece {
        while let first = byte(position) {
            switch first {
            case 0x00...0x20: position += 1
            case UInt8(ascii: "-") where byte(position + 1) == UInt8(ascii: "-"): skipLine()
            case UInt8(ascii: "/") where byte(position + 1) == UInt8(ascii: "*"):
                if !skipComment() { return .unreadable }
            case UInt8(ascii: "'"):
                if !skipQuoted(to: first) { return .unreadable }
            case UInt8(ascii: "\""): return skipQuoted(to: first) ? .name : .unreadable
            case UInt8(ascii: "["): return skipQuoted(to: UInt8(ascii: "]")) ? .name : .unreadable
            case UInt8(ascii: "@"):
                _ = word()
                return .name
            case UInt8(ascii: "#"):
                let isGlobal = byte(position + 1) == first
                _ = word()
                return .temporaryName(isGlobal: isGlobal)
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                _ = word()
                return .symbol(first)
            default:
                if Self.isWordByte(first) { return .word(word()) }
                position += 1
                return .symbol(first)
            }
        }
        return .end
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "@"), UInt8(ascii: "#"), UInt8(ascii: "$"), 0x80...:
            true
        default: false
        }
    }

    private mutating func word() -> Range<Int> {
        let start = position
        while let next = byte(position), Self.isWordByte(next) { position += 1 }
        return start..<position
    }

    private mutating func skipLine() {
        while let next = byte(position), next != UInt8(ascii: "\n"), next != UInt8(ascii: "\r") { position += 1 }
    }

    /// Comments may be nested; false when one has no end.
    private mutating func skipComment() -> Bool {
        var depth = 0
        while let next = byte(position) {
            if next == UInt8(ascii: "/"), byte(position + 1) == UInt8(ascii: "*") {
                depth += 1
                position += 2
            } else if next == UInt8(ascii: "*"), byte(position + 1) == UInt8(ascii: "/") {
                depth -= 1
                position += 2
                if depth == 0 { return true }
            } else {
                position += 1
            }
        }
        return false
    }

    /// A quote is doubled inside; false when there is no end.
    private mutating func skipQuoted(to end: UInt8) -> Bool {
        position += 1
        while let next = byte(position) {
            position += 1
            guard next == end else { continue }
            guard byte(position) == end else { return true }
            position += 1
        }
        return false
    }
}
