/// A procedure call in ODBC's form, `{ ? = CALL name(?, ?) }`, as `sp_prepexecrpc` takes it.
///
/// All of its arguments are markers, whose values come beside it.
struct RemoteCallText: Sendable, Equatable {
    /// The procedure's name as it was written.
    let procedure: String

    /// Reads a call; nil for anything else, also for a call with constants.
    init?(_ text: String) {
        var rest = text[...].trimmed
        if rest.first == "{" {
            guard rest.last == "}" else { return nil }
            rest = rest.dropFirst().dropLast().trimmed
        }
        if rest.first == "?" {
            rest = rest.dropFirst().trimmed
            guard rest.first == "=" else { return nil }
            rest = rest.dropFirst().trimmed
        }
        guard rest.prefix(4).lowercased() == "call", rest.dropFirst(4).first?.isWhitespace == true else { return nil }
        rest = rest.dropFirst(4).trimmed
        if rest.last == ")" {
            guard let open = rest.lastIndex(of: "(") else { return nil }
            let markers = rest[rest.index(after: open)...].dropLast().split(
                separator: ",", omittingEmptySubsequences: false)
            let isEmpty = markers.count == 1 && markers[0].trimmed.isEmpty
            guard isEmpty || markers.allSatisfy({ $0.trimmed == "?" }) else { return nil }
            rest = rest[..<open].trimmed
        }
        guard !rest.isEmpty, !rest.contains(where: { "{}()?=,;".contains($0) || $0.isNewline }) else { return nil }
        procedure = String(rest)
    }
}

extension Substring {
    /// Without white space at both ends.
    fileprivate var trimmed: Substring {
        var text = self[...]
        while text.first?.isWhitespace == true { text = text.dropFirst() }
        while text.last?.isWhitespace == true { text = text.dropLast() }
        return text
    }
}
