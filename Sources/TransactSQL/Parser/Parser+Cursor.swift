extension Parser {
    /// `DECLARE name … CURSOR`, after DECLARE.
    mutating func declareCursor() throws(Fault) -> Statement.Kind {
        let name = try identifier()
        var options: [String] = []
        while at(text: "INSENSITIVE") || at(text: "SCROLL") { options.append(upperText(advance())) }
        return .cursor(.declare(name, try cursorDefinition(options)))
    }

    private static let cursorOptions: Set<String> = [
        "LOCAL", "GLOBAL", "FORWARD_ONLY", "SCROLL", "STATIC", "KEYSET", "DYNAMIC", "FAST_FORWARD", "READ_ONLY",
        "SCROLL_LOCKS", "OPTIMISTIC", "TYPE_WARNING",
    ]

    /// CURSOR with its options and its query.
    mutating func cursorDefinition(_ before: [String] = []) throws(Fault) -> CursorDefinition {
        let start = try expect(.cursor)
        var options = before
        while at(.name), Parser.cursorOptions.contains(upperText(current)) { options.append(upperText(advance())) }
        try expect(.for)
        isInCursor = true
        defer { isInCursor = false }
        let with = at(.with) ? try withClause() : nil
        guard at(.select) || at(.leftParenthesis) else { throw unexpected() }
        let query = try self.query(with: with)
        var isForUpdate = false
        var isForReadOnly = false
        var updatedColumns: [MultipartName] = []
        if accept(.for) {
            if accept(.read) {
                guard accept(text: "ONLY") else { throw unexpected() }
                options.append("READ_ONLY")
                isForReadOnly = true
            } else {
                try expect(.update)
                isForUpdate = true
                if accept(.of) {
                    updatedColumns = try commaList { parser throws(Fault) in try parser.columnName() }
                }
            }
        }
        return CursorDefinition(
            options: options, query: query, isForUpdate: isForUpdate, range: range(from: start),
            leadingOptions: before.count, isForReadOnly: isForReadOnly, updatedColumns: updatedColumns)
    }

    /// Whether the clause FOR here belongs to the cursor and not to its query.
    var startsCursorClause: Bool { isInCursor && (peek().word == .read || peek().word == .update) }

    /// `[GLOBAL] name` or a variable.
    mutating func cursorName() throws(Fault) -> CursorName {
        if at(.variable) { return .variable(written(advance())) }
        var isGlobal = false
        if at(text: "GLOBAL"), isName(peek()) {
            advance()
            isGlobal = true
        }
        return .name(try identifier(), isGlobal: isGlobal)
    }

    /// OPEN, CLOSE and DEALLOCATE.
    mutating func cursorStatement(_ word: Word) throws(Fault) -> Statement.Kind {
        let start = advance()
        if at(text: "SYMMETRIC") || at(text: "MASTER") || at(.all) {
            throw unsupported("\(word.rawValue) \(upperText(current))", from: start)
        }
        let name = try cursorName()
        switch word {
        case .open: return .cursor(.open(name))
        case .close: return .cursor(.close(name))
        default: return .cursor(.deallocate(name))
        }
    }

    mutating func fetchStatement() throws(Fault) -> Statement.Kind {
        try expect(.fetch)
        let first = position
        let direction = try fetchDirection()
        let taken = position - first
        let cursor = try cursorName()
        var variables: [String] = []
        if accept(.into) {
            variables = try commaList { parser throws(Fault) in parser.written(try parser.expect(.variable)) }
        }
        return .cursor(
            .fetch(
                FetchStatement(
                    direction: direction, cursor: cursor, into: variables, hasDirection: taken > 1, hasFrom: taken > 0))
        )
    }

    private mutating func fetchDirection() throws(Fault) -> FetchStatement.Direction {
        if accept(.from) { return .next }
        let direction: FetchStatement.Direction
        switch upperText(current) {
        case "NEXT" where peek().word == .from: direction = .next
        case "PRIOR" where peek().word == .from: direction = .prior
        case "FIRST" where peek().word == .from: direction = .first
        case "LAST" where peek().word == .from: direction = .last
        case "ABSOLUTE" where peek().kind != .endOfText && !isName(peek()):
            advance()
            direction = .absolute(try raiserrorValue())
            try expect(.from)
            return direction
        case "RELATIVE" where peek().kind != .endOfText && !isName(peek()):
            advance()
            direction = .relative(try raiserrorValue())
            try expect(.from)
            return direction
        default: return .next
        }
        advance()
        try expect(.from)
        return direction
    }
}
