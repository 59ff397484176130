extension Parser {
    /// A name of one part.
    mutating func identifier() throws(Fault) -> Identifier {
        guard atName else { throw unexpected() }
        return try identifier(from: advance())
    }

    /// Checks and reads a name's token.
    func identifier(from token: Token) throws(Fault) -> Identifier {
        let value = text(token)
        if token.end - token.start > 128, value.unicodeScalars.count > 128 {
            let start = String(String.UnicodeScalarView(value.unicodeScalars.prefix(128)))
            throw error(
                103, "The identifier that starts with '\(start)' is too long. Maximum length is 128.", at: token,
                state: 4)
        }
        guard !value.isEmpty else {
            throw error(
                1038,
                "An object or column name is missing or empty. For SELECT INTO statements, verify each column has a "
                    + "name. For other statements, look for empty alias names. Aliases defined as \"\" or [] are not "
                    + "allowed. Change the alias to a valid name.", at: token, state: 4)
        }
        return Identifier(value: value, quoting: quoting(token.kind), range: token.range)
    }

    private func quoting(_ kind: TokenKind) -> Identifier.Quoting {
        switch kind {
        case .bracketedName: .bracket
        case .quotedName: .double
        case .string, .nationalString: .string
        default: .none
        }
    }

    /// A name of a column alias: a name, or a string.
    mutating func columnAlias() throws(Fault) -> Identifier {
        if at(.string) || at(.nationalString) { return try identifier(from: advance()) }
        return try identifier()
    }

    /// The name of an object, of up to four parts.
    mutating func objectName() throws(Fault) -> MultipartName {
        let start = current
        let name = try multipartName()
        guard name.parts.count <= 4 else { throw tooManyPrefixes("object", name, 3, at: start) }
        return name
    }

    /// The name of a column, of up to five parts.
    mutating func columnName() throws(Fault) -> MultipartName {
        let start = current
        let name = try multipartName()
        guard name.parts.count <= 5 else { throw tooManyPrefixes("column", name, 4, at: start) }
        return name
    }

    private func tooManyPrefixes(_ what: String, _ name: MultipartName, _ limit: Int, at token: Token) -> Fault {
        error(
            117,
            "The \(what) name '\(name.description)' contains more than the maximum number of prefixes. The maximum is "
                + "\(limit).", at: token)
    }

    /// Whether a token may be a part of a name.
    func isPart(_ token: Token) -> Bool {
        // PRECISION is reserved, but sys.columns has a column of that name which everybody writes bare.
        isName(token) || token.word == .identitycol || token.word == .rowguidcol || token.word == .precision
    }

    /// Names with dots between them, up to the dot of `.*`; a part may be left out.
    mutating func multipartName() throws(Fault) -> MultipartName {
        let start = current
        guard isPart(start) || (at(.dot) && (peek().kind == .dot || isName(peek()))) else { throw unexpected() }
        var parts: [Identifier] = []
        parts.append(at(.dot) ? omittedPart() : try identifier(from: advance()))
        while at(.dot), peek().kind != .star {
            advance()
            if at(.dot) {
                parts.append(omittedPart())
            } else {
                guard isPart(current) else { throw unexpected() }
                parts.append(try identifier(from: advance()))
            }
        }
        return MultipartName(parts: parts, range: range(from: start))
    }

    private func omittedPart() -> Identifier {
        Identifier(value: "", quoting: .none, range: SourceRange(start: current.position, end: current.start))
    }

    /// Names in parentheses.
    mutating func nameList() throws(Fault) -> [Identifier] {
        try parenthesizedList { parser throws(Fault) in try parser.identifier() }
    }

    // MARK: - Data types

    /// A data type as written.
    mutating func dataType() throws(Fault) -> DataTypeName {
        let start = current
        let name = try typeName()
        var arguments: [DataTypeName.Argument] = []
        if at(.leftParenthesis) {
            arguments = try parenthesizedList { parser throws(Fault) in try parser.typeArgument() }
        }
        return DataTypeName(name: name, arguments: arguments, range: range(from: start))
    }

    private mutating func typeName() throws(Fault) -> MultipartName {
        let start = current
        if at(.national) || at(.double) {
            advance()
            guard atName || at(.precision) else { throw unexpected() }
            var words = [written(start), written(advance())]
            if at(.varying) { words.append(written(advance())) }
            return builtInType(words, from: start)
        }
        let name = try objectName()
        guard name.parts.count == 1, at(.varying) else { return name }
        advance()
        return builtInType([name.name, "varying"], from: start)
    }

    private func builtInType(_ words: [String], from start: Token) -> MultipartName {
        let range = range(from: start)
        let name = words.joined(separator: " ").lowercased()
        return MultipartName(parts: [Identifier(value: name, quoting: .none, range: range)], range: range)
    }

    /// `NULL` is true, `NOT NULL` false; nil when neither stands here.
    mutating func nullability() throws(Fault) -> Bool? {
        if accept(.null) { return true }
        guard accept(.not) else { return nil }
        try expect(.null)
        return false
    }

    private mutating func typeArgument() throws(Fault) -> DataTypeName.Argument {
        if at(.integer), let number = Int(written(current)) {
            advance()
            return .number(number)
        }
        if accept(.max) { return .max }
        return .name(try objectName())
    }

    // MARK: - Words

    /// Whether the token at a distance is this word, for words too rare for ``Word``.
    func at(text expected: String, _ distance: Int = 0) -> Bool {
        let token = peek(distance)
        guard token.kind == .name || token.kind == .keyword, token.end - token.start == expected.utf8.count else {
            return false
        }
        return written(token).uppercased() == expected
    }

    mutating func accept(text expected: String) -> Bool {
        guard at(text: expected) else { return false }
        advance()
        return true
    }

    /// The tokens up to a comma, a closing parenthesis, a semicolon or the end, with those in parentheses.
    mutating func balancedWords(stopAtComma: Bool = true, asWritten: Bool = false) throws(Fault) -> [String] {
        var words: [String] = []
        var level = 0
        while !at(.endOfText), !at(.semicolon) {
            if isLexicalFault(current.kind) { throw unexpected() }
            if level == 0, at(.rightParenthesis) || (stopAtComma && at(.comma)) { break }
            if at(.leftParenthesis) { level += 1 }
            if at(.rightParenthesis) { level -= 1 }
            let token = advance()
            words.append(asWritten ? written(token) : upperText(token))
        }
        guard level == 0 else { throw unexpected() }
        return words
    }

    /// The tokens of a clause in parentheses, with them.
    mutating func parenthesizedWords() throws(Fault) -> [String] {
        try expect(.leftParenthesis)
        let words = try balancedWords(stopAtComma: false)
        try expect(.rightParenthesis)
        return ["("] + words + [")"]
    }

    func isLexicalFault(_ kind: TokenKind) -> Bool {
        switch kind {
        case .unterminatedString, .unterminatedName, .unterminatedComment, .invalid: true
        default: false
        }
    }
}
