extension Parser {
    /// The hints that may be written without WITH, and so tell hints from the arguments of a function.
    private static let legacyHints: Set<String> = [
        "NOLOCK", "READUNCOMMITTED", "UPDLOCK", "HOLDLOCK", "ROWLOCK", "TABLOCK", "TABLOCKX", "XLOCK", "READPAST",
        "PAGLOCK", "READCOMMITTED", "REPEATABLEREAD", "SERIALIZABLE", "NOWAIT", "NOEXPAND", "FASTFIRSTROW", "INDEX",
        "SNAPSHOT", "NOLOCK",
    ]

    /// Whether the parenthesis here holds hints in the old way, as in `FROM t (NOLOCK)`.
    var startsLegacyHints: Bool {
        let token = peek()
        guard at(.leftParenthesis), token.kind == .name || token.kind == .keyword,
            Parser.legacyHints.contains(upperText(token))
        else { return false }
        let following = peek(2)
        return following.kind == .rightParenthesis || following.kind == .comma || token.word == .index
    }

    /// Table hints after a table's name, with or without WITH.
    mutating func tableHints() throws(Fault) -> [TableHint] {
        if at(.with), peek().kind != .leftParenthesis, isName(peek()) {
            let token = peek()
            throw error(
                336,
                "Incorrect syntax near '\(near(token))'. If this is intended to be a common table expression, you need "
                    + "to explicitly terminate the previous statement with a semi-colon.", at: token)
        }
        guard (at(.with) && peek().kind == .leftParenthesis) || startsLegacyHints else { return [] }
        let followsWith = accept(.with)
        try expect(.leftParenthesis)
        var hints = [try tableHint(followsWith)]
        // Commas between hints may be left out.
        while !at(.rightParenthesis) {
            let followsComma = accept(.comma)
            var hint = try tableHint(followsWith)
            hint.followsComma = followsComma
            hints.append(hint)
        }
        advance()
        return hints
    }

    private mutating func tableHint(_ followsWith: Bool) throws(Fault) -> TableHint {
        guard at(.name) || at(.holdlock) || at(.index) else { throw unexpected() }
        let start = advance()
        var arguments: [String] = []
        let isAssigned = accept(.equal)
        if isAssigned {
            if !at(.leftParenthesis) { arguments.append(written(advance())) }
        }
        let hasParentheses = accept(.leftParenthesis)
        if hasParentheses {
            arguments += try balancedWords(stopAtComma: false, asWritten: true).filter { $0 != "," }
            try expect(.rightParenthesis)
        }
        return TableHint(
            name: upperText(start), arguments: arguments, range: range(from: start), isAssigned: isAssigned,
            hasParentheses: hasParentheses, followsWith: followsWith)
    }
}
