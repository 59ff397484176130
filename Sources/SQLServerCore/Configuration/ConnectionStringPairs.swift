/// The keyword and value pairs of an ADO.NET connection string.
///
/// The grammar is that of System.Data.Common.DbConnectionStringBuilder: pairs end at `;`; white space around keywords and
/// values does not count; a value in single or double quotes may hold anything, its own quote doubled; `==` in a keyword
/// stands for `=`. Errors give positions, never text: any piece may be part of a password.
struct ConnectionStringPairs {
    struct Pair: Equatable {
        let keyword: String
        let value: String
        let isQuoted: Bool
    }

    private(set) var pairs: [Pair] = []
    private let text: [Unicode.Scalar]
    private var position = 0

    init(_ text: String) throws(SQLServerError) {
        self.text = Array(text.unicodeScalars)
        skip { $0.properties.isWhitespace || $0 == ";" }
        while position < self.text.count {
            try readPair()
            skip { $0.properties.isWhitespace || $0 == ";" }
        }
    }

    private mutating func readPair() throws(SQLServerError) {
        let start = position
        let keyword = try readKeyword()
        guard !keyword.isEmpty else { throw wrong("there is a = without a keyword", at: start) }
        skip(\.properties.isWhitespace)
        let quote = isQuote(position) ? text[position] : nil
        let value = if let quote { try readQuoted(quote) } else { try readPlain() }
        pairs.append(Pair(keyword: keyword, value: value, isQuoted: quote != nil))
    }

    private mutating func readKeyword() throws(SQLServerError) -> String {
        let start = position
        var keyword = String.UnicodeScalarView()
        while position < text.count {
            let character = text[position]
            guard !isControl(character) || character.properties.isWhitespace else {
                throw wrong("a keyword holds a control character", at: position)
            }
            position += 1
            guard character == "=" else {
                keyword.append(character)
                continue
            }
            guard position < text.count, text[position] == "=" else { return String(keyword).trimmingWhitespace() }
            keyword.append("=")
            position += 1
        }
        throw wrong("a keyword has no = and no value; quote a value that holds a ;", at: start)
    }

    private mutating func readQuoted(_ quote: Unicode.Scalar) throws(SQLServerError) -> String {
        let start = position
        var value = String.UnicodeScalarView()
        position += 1
        while position < text.count {
            let character = text[position]
            position += 1
            if character == quote {
                guard position < text.count, text[position] == quote else {
                    try endPair(start)
                    return String(value)
                }
                position += 1
            }
            value.append(character)
        }
        throw wrong("a quoted value is not closed", at: start)
    }

    /// After a quoted value only white space and a semicolon may follow.
    private mutating func endPair(_ start: Int) throws(SQLServerError) {
        skip(\.properties.isWhitespace)
        guard position == text.count || text[position] == ";" else {
            throw wrong(
                "text follows the closing quote of a value; double a quote that belongs to the value", at: start)
        }
    }

    private mutating func readPlain() throws(SQLServerError) -> String {
        let start = position
        skip { $0 != ";" }
        let value = text[start..<position]
        guard !value.contains(where: { isControl($0) && !$0.properties.isWhitespace }) else {
            throw wrong("a value holds a control character; put the value in quotes", at: start)
        }
        let trimmed = String(String.UnicodeScalarView(value)).trimmingWhitespace()
        guard trimmed.first != "=" else { throw wrong("a value begins with =; put the value in quotes", at: start) }
        guard trimmed.last != "\"", trimmed.last != "'" else {
            throw wrong("a value ends with a quote but does not begin with one; put the value in quotes", at: start)
        }
        return trimmed
    }

    private mutating func skip(_ isSkipped: (Unicode.Scalar) -> Bool) {
        while position < text.count, isSkipped(text[position]) { position += 1 }
    }

    private func isQuote(_ position: Int) -> Bool {
        position < text.count && (text[position] == "\"" || text[position] == "'")
    }

    private func isControl(_ character: Unicode.Scalar) -> Bool { character.properties.generalCategory == .control }

    private func wrong(_ what: String, at position: Int) -> SQLServerError {
        .configuration("connection string: \(what) (at character \(position + 1))")
    }
}
