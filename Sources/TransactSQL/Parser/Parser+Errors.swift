extension Parser {
    /// The error for a token that cannot stand where it stands: Msg 102, 156, 319, or a fault of the lexer.
    func unexpected() -> Fault { unexpected(current) }

    func unexpected(_ token: Token) -> Fault {
        switch token.kind {
        case .endOfText: return unexpectedEnd()
        case .unterminatedString, .unterminatedName:
            let rest = String(text(token).prefix(Parser.longestQuotation))
            return error(105, "Unclosed quotation mark after the character string '\(rest)'.", at: token)
        case .unterminatedComment: return error(113, "Missing end comment mark '*/'.", at: token)
        case .keyword where token.word == .with:
            return error(
                319,
                "Incorrect syntax near the keyword '\(written(token))'. If this statement is a common table "
                    + "expression, an xmlnamespaces clause or a change tracking context clause, the previous statement "
                    + "must be terminated with a semicolon.", at: token)
        case .keyword: return error(156, "Incorrect syntax near the keyword '\(written(token))'.", at: token)
        default: return error(102, "Incorrect syntax near '\(near(token))'.", at: token)
        }
    }

    /// At the end of a batch SQL Server blames the last token.
    private func unexpectedEnd() -> Fault {
        guard position > 0 else { return error(102, "Incorrect syntax near ''.", at: current) }
        let last = tokens[position - 1]
        return error(102, "Incorrect syntax near '\(near(last))'.", at: last)
    }

    func error(_ number: Int32, _ message: String, at token: Token, state: UInt8 = 1) -> Fault {
        .syntax(
            SyntaxError(
                number: number, message: message, state: state, position: token.position, procedure: moduleName))
    }

    func nestedTooDeeply(_ token: Token) -> Fault {
        error(
            191,
            "Some part of your SQL statement is nested too deeply. Rewrite the query or break it up into smaller "
                + "queries.", at: token)
    }

    /// Msg 4145: a value where a condition must stand; blames the token after the value.
    func conditionExpected() -> Fault {
        let token = at(.endOfText) && position > 0 ? tokens[position - 1] : current
        return error(
            4145,
            "An expression of non-boolean type specified in a context where a condition is expected, near "
                + "'\(near(token))'.", at: token)
    }

    /// What a message shows of a token: a name or string without delimiters, and not without bound.
    func near(_ token: Token) -> String { String(text(token).prefix(Parser.longestQuotation)) }

    /// How much of a text a message repeats.
    private static var longestQuotation: Int { 128 }

    func unsupported(_ construct: String, from token: Token) -> Fault {
        .unsupported(construct, SourceRange(start: token.position, end: max(token.end, previousEnd)))
    }
}
