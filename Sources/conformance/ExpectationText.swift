/// The written form of what an answer must hold.
package enum ExpectationText {
    /// Reads a line behind `-- expect`; nil when it makes no sense.
    package static func item(_ text: String) -> AnswerExpectation.Item? {
        if text == "row" { return .row([""]) }
        if let rest = rest(of: text, after: "columns ") { return columns(rest).map { .columns($0) } }
        if let rest = rest(of: text, after: "row ") { return .row(values(rest)) }
        if let rest = rest(of: text, after: "rows ") { return UInt64(rest.trimmed).map { .rows($0) } }
        if let rest = rest(of: text, after: "status ") { return Int32(rest.trimmed).map { .status($0) } }
        if text.hasPrefix("DONE") { return AnswerExpectation.Done(text).map { .done($0) } }
        if let rest = rest(of: text, after: "Msg ") { return message(rest).map { .message($0) } }
        return nil
    }

    private static func rest(of text: String, after prefix: String) -> Substring? {
        text.hasPrefix(prefix) ? text.dropFirst(prefix.count) : nil
    }

    /// `name type [null|not null], …`; names with blanks or commas stand in brackets, no name is `_`.
    private static func columns(_ text: Substring) -> [AnswerExpectation.Column]? {
        var columns: [AnswerExpectation.Column] = []
        for part in split(text, at: ",", open: "([", close: ")]") {
            guard let column = column(part.trimmed) else { return nil }
            columns.append(column)
        }
        return columns
    }

    private static func column(_ text: String) -> AnswerExpectation.Column? {
        var rest = Substring(text)
        let name: Substring
        if rest.hasPrefix("[") {
            guard let end = rest.firstIndex(of: "]") else { return nil }
            name = rest[rest.index(after: rest.startIndex)..<end]
            rest = rest[rest.index(after: end)...]
        } else {
            name = rest.prefix { $0 != " " }
            rest = rest.dropFirst(name.count)
        }
        var type = rest.trimmed
        var isNullable: Bool?
        if type.hasSuffix(" not null") {
            isNullable = false
            type = type.dropLast(9).trimmed
        } else if type.hasSuffix(" null") {
            isNullable = true
            type = type.dropLast(5).trimmed
        }
        guard !type.isEmpty else { return nil }
        type = type.replacing(", ", with: ",")
        return AnswerExpectation.Column(name: name == "_" ? "" : String(name), type: type, isNullable: isNullable)
    }

    /// Values between bars; a bar within quotes belongs to its text.
    private static func values(_ text: Substring) -> [String] {
        split(text, at: "|", open: "", close: "").map(\.trimmed)
    }

    /// Parts between separators, which do not count inside brackets and quotes.
    private static func split(_ text: Substring, at separator: Character, open: String, close: String) -> [Substring] {
        var parts: [Substring] = []
        var start = text.startIndex
        var depth = 0
        var isQuoted = false
        for index in text.indices {
            let character = text[index]
            if character == "'" { isQuoted.toggle() }
            if isQuoted { continue }
            if open.contains(character) { depth += 1 }
            if close.contains(character) { depth -= 1 }
            if character == separator, depth <= 0 {
                parts.append(text[start..<index])
                start = text.index(after: index)
            }
        }
        parts.append(text[start...])
        return parts
    }

    /// `2627, Level 14, State 1[, Procedure p], Line 2[: text]`.
    private static func message(_ text: Substring) -> AnswerExpectation.Message? {
        let colon = text.firstRange(of: ": ")
        let head = colon.map { text[..<$0.lowerBound] } ?? text
        var fields: [String: Substring] = [:]
        let parts = head.split(separator: ",").map { Substring($0.trimmed) }
        for part in parts.dropFirst() {
            let name = part.prefix { $0 != " " }
            fields[String(name)] = part.dropFirst(name.count + 1)
        }
        guard let number = parts.first.flatMap({ Int32($0) }), let level = fields["Level"].flatMap({ UInt8($0) }),
            let line = fields["Line"].flatMap({ Int32($0) }), let stateText = fields["State"]
        else { return nil }
        let state = UInt8(stateText)
        guard state != nil || stateText == "*" else { return nil }
        return AnswerExpectation.Message(
            number: number, level: level, state: state, procedure: String(fields["Procedure"] ?? ""), line: line,
            text: colon.map { String(text[$0.upperBound...]) })
    }
}
