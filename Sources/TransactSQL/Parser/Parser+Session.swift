extension Parser {
    // MARK: - Transactions

    private mutating func acceptTransaction() -> Bool { accept(.tran) || accept(.transaction) }

    private mutating func transactionName() throws(Fault) -> TransactionName? {
        if at(.variable) { return .variable(written(advance())) }
        guard atName, peek().kind != .colon else { return nil }
        return .name(try identifier())
    }

    mutating func beginTransaction() throws(Fault) -> Statement.Kind {
        advance()
        advance()
        let name = try transactionName()
        var mark: SQLExpression?
        if accept(.with, .mark) {
            mark = at(.string) || at(.nationalString) || at(.variable) ? try constantOrVariable() : nil
        }
        return .transaction(.begin(name: name, mark: mark))
    }

    mutating func commitStatement() throws(Fault) -> Statement.Kind {
        advance()
        var name: TransactionName?
        if acceptTransaction() {
            name = try transactionName()
        } else {
            _ = accept(.work)
        }
        var isDelayedDurable: Bool?
        if at(.with), peek(2).word == .delayedDurability {
            advance()
            advance()
            advance()
            try expect(.equal)
            isDelayedDurable = try onOff()
            try expect(.rightParenthesis)
        }
        return .transaction(.commit(name: name, isDelayedDurable: isDelayedDurable))
    }

    mutating func rollbackStatement() throws(Fault) -> Statement.Kind {
        advance()
        if acceptTransaction() { return .transaction(.rollback(name: try transactionName())) }
        _ = accept(.work)
        return .transaction(.rollback(name: nil))
    }

    mutating func saveStatement() throws(Fault) -> Statement.Kind {
        advance()
        guard acceptTransaction(), let name = try transactionName() else { throw unexpected() }
        return .transaction(.save(name: name))
    }

    // MARK: - SET

    mutating func setStatement() throws(Fault) -> Statement.Kind {
        let start = try expect(.set)
        switch current.kind {
        case .variable:
            if peek().kind == .equal, peek(2).word == .cursor {
                let name = written(advance())
                advance()
                return .cursor(.assign(variable: name, try cursorDefinition()))
            }
            return .set(try setVariable(start))
        case .name, .keyword: break
        default: throw unexpected()
        }
        switch current.word {
        case .transaction, .tran: return .set(try setIsolationLevel())
        case .identityInsert:
            advance()
            let table = try objectName()
            return .set(.identityInsert(table, isOn: try onOff()))
        default: return .set(try setOptions())
        }
    }

    private mutating func setVariable(_ start: Token) throws(Fault) -> SetStatement {
        let name = written(advance())
        if at(.dot) { throw unsupported("\(text(peek()))()", from: start) }
        let operation = try assignmentOperator()
        return .variable(name, operation, try expression())
    }

    private mutating func setIsolationLevel() throws(Fault) -> SetStatement {
        advance()
        try expect(.isolation)
        try expect(.level)
        if accept(.read) {
            if accept(.committed) { return .isolationLevel(.readCommitted) }
            try expect(.uncommitted)
            return .isolationLevel(.readUncommitted)
        }
        if accept(.repeatable) {
            try expect(.read)
            return .isolationLevel(.repeatableRead)
        }
        if accept(.snapshot) { return .isolationLevel(.snapshot) }
        try expect(.serializable)
        return .isolationLevel(.serializable)
    }

    private mutating func onOff() throws(Fault) -> Bool {
        if accept(.on) { return true }
        try expect(.off)
        return false
    }

    /// Options with ON or OFF, or one option with a value.
    private mutating func setOptions() throws(Fault) -> SetStatement {
        var names = [try optionName()]
        while accept(.comma) { names.append(try optionName(after: names.last)) }
        if at(.on) || at(.off) {
            let isOn = try onOff()
            if names.contains("QUOTED_IDENTIFIER") || names.contains("ANSI_DEFAULTS") { read(quotedIdentifier: isOn) }
            return .options(names, isOn: isOn)
        }
        guard names.count == 1, let name = names.first else { throw unexpected() }
        switch current.kind {
        case .integer, .minus, .plus, .string, .nationalString, .variable, .binary, .name, .bracketedName, .quotedName:
            return .value(option: name, try expression())
        default: throw unexpected()
        }
    }

    private static let valueWords: Set<Word> = [.rowcount, .textsize, .offsets, .statistics]

    /// The name of an option; those of STATISTICS and OFFSETS have two words, of which a list repeats the second.
    private mutating func optionName(after previous: String? = nil) throws(Fault) -> String {
        guard at(.name) || isAny(of: Parser.valueWords) || previous != nil, at(.name) || at(.keyword) else {
            throw unexpected()
        }
        let word = upperText(advance())
        if word == "STATISTICS" || word == "OFFSETS" {
            guard at(.name) || at(.keyword) else { throw unexpected() }
            return "\(word) \(upperText(advance()))"
        }
        if let group = previous?.split(separator: " "), group.count == 2 { return "\(group[0]) \(word)" }
        return word
    }

    // MARK: - DECLARE

    mutating func declareStatement() throws(Fault) -> Statement.Kind {
        try expect(.declare)
        guard at(.variable) else { return try declareCursor() }
        let items = try commaList { parser throws(Fault) in try parser.declaredItem() }
        return .declare(DeclareStatement(items: items))
    }

    private mutating func declaredItem() throws(Fault) -> DeclareStatement.Item {
        let start = try expect(.variable)
        _ = accept(.as)
        let kind: DeclareStatement.Item.Kind
        if accept(.cursor) {
            kind = .cursor
        } else if accept(.table) {
            kind = .table(try tableDefinition())
        } else {
            let type = try dataType()
            kind = .scalar(type, initial: accept(.equal) ? try expression() : nil)
        }
        return DeclareStatement.Item(name: written(start), kind: kind, range: range(from: start))
    }

    /// One parameter of sp_executesql's declarations.
    mutating func parameter() throws(Fault) -> ParameterDeclaration {
        let start = try expect(.variable)
        _ = accept(.as)
        let type = try dataType()
        let defaultValue = accept(.equal) ? try expression() : nil
        var isOutput = false
        var isReadOnly = false
        while true {
            if accept(.output) || accept(.out) {
                isOutput = true
            } else if accept(.readonly) {
                isReadOnly = true
            } else {
                break
            }
        }
        return ParameterDeclaration(
            name: written(start), type: type, defaultValue: defaultValue, isOutput: isOutput, isReadOnly: isReadOnly,
            range: range(from: start))
    }
}
