extension Parser {
    /// What follows ALTER TABLE.
    mutating func alterTable(_ start: Token) throws(Fault) -> Statement.Kind {
        let name = try objectName()
        let action = try alterTableAction(start)
        var statement = AlterTableStatement(name: name, action: action)
        if case .alterColumn = action { statement.options = try definitionOptions() }
        return .alterTable(statement)
    }

    private mutating func alterTableAction(_ start: Token) throws(Fault) -> AlterTableStatement.Action {
        var checksExisting: Bool?
        if at(.with), peek().word == .check || peek().word == .nocheck {
            advance()
            checksExisting = advance().word == .check
        }
        switch current.word {
        case .add:
            advance()
            return .add(try addedElements(), checksExisting: checksExisting)
        case .check, .nocheck: return try checkConstraints(checksExisting)
        default: break
        }
        guard checksExisting == nil else { throw unexpected() }
        switch current.word {
        case .alter:
            advance()
            try expect(.column)
            return try alterColumn()
        case .drop:
            advance()
            return .drop(try droppedItems(start))
        case .enable, .disable: return try triggers(start)
        default:
            let word = upperText(current)
            guard ["SWITCH", "REBUILD", "SET", "SPLIT", "MERGE"].contains(word) else { throw unexpected() }
            throw unsupported("ALTER TABLE \(word)", from: start)
        }
    }

    private mutating func checkConstraints(_ checksExisting: Bool?) throws(Fault) -> AlterTableStatement.Action {
        let isEnabled = advance().word == .check
        try expect(.constraint)
        let names = accept(.all) ? [] : try commaList { parser throws(Fault) in try parser.identifier() }
        return .checkConstraints(enabled: isEnabled, checksExisting: checksExisting, names: names)
    }

    private mutating func alterColumn() throws(Fault) -> AlterTableStatement.Action {
        guard peek().word == .add || peek().word == .drop else {
            return .alterColumn(try columnDefinition())
        }
        let name = try identifier()
        let verb = upperText(advance())
        return .alterColumnProperty(name, words: [verb] + (try columnProperty()))
    }

    private mutating func columnProperty() throws(Fault) -> [String] {
        if accept(.not, .for) {
            try expect(.replication)
            return ["NOT", "FOR", "REPLICATION"]
        }
        if accept(.masked) { return ["MASKED"] + (accept(.with) ? ["WITH"] + (try parenthesizedWords()) : []) }
        guard at(.rowguidcol) || at(.persisted) || at(.sparse) || at(.hidden) else { throw unexpected() }
        return [upperText(advance())]
    }

    private mutating func droppedItems(_ start: Token) throws(Fault) -> [AlterTableStatement.DropItem] {
        if at(.period) { throw unsupported("ALTER TABLE DROP PERIOD", from: start) }
        var items: [AlterTableStatement.DropItem] = []
        var isColumn = false
        var ifExists = false
        repeat {
            let hasKeyword = at(.column) || at(.constraint)
            var hasIfExists = at(.if, .exists)
            if hasKeyword {
                isColumn = advance().word == .column
                ifExists = at(.if, .exists)
                hasIfExists = ifExists
                if ifExists {
                    advance()
                    advance()
                }
            } else if hasIfExists {
                // The word CONSTRAINT may be left out.
                advance()
                advance()
                ifExists = true
            }
            let name = try identifier()
            items.append(
                AlterTableStatement.DropItem(
                    isColumn: isColumn, ifExists: ifExists, name: name, options: try definitionOptions(),
                    hasKeyword: hasKeyword, hasIfExists: hasIfExists))
        } while accept(.comma)
        return items
    }

    private mutating func triggers(_ start: Token) throws(Fault) -> AlterTableStatement.Action {
        let isEnabled = advance().word == .enable
        guard accept(.trigger) else {
            throw unsupported("ALTER TABLE \(isEnabled ? "ENABLE" : "DISABLE") \(upperText(current))", from: start)
        }
        let names = accept(.all) ? [] : try commaList { parser throws(Fault) in try parser.identifier() }
        return .triggers(enabled: isEnabled, names: names)
    }
}
