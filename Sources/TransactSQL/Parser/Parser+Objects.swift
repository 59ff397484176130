extension Parser {
    /// A definition of an object other than a table, a view or a module; nil when another word stands here.
    mutating func objectDefinition(_ verb: Word) throws(Fault) -> Statement.Kind? {
        guard at(.name) || at(.keyword) else { return nil }
        switch (verb, upperText(current)) {
        case (.create, "TYPE"): return .object(.createType(try createType()))
        case (.create, "SEQUENCE"), (.alter, "SEQUENCE"):
            advance()
            return .object(.sequence(try sequence(isAlter: verb == .alter)))
        case (.create, "SYNONYM"):
            advance()
            let name = try objectName()
            try expect(.for)
            return .object(.createSynonym(name, target: try objectName()))
        case (.create, "STATISTICS"): return .object(.createStatistics(try createStatistics()))
        case (.alter, "INDEX"): return .object(.alterIndex(try alterIndex()))
        case (.alter, "SCHEMA"): return .object(.transfer(try transfer()))
        default: return nil
        }
    }

    // MARK: - Types

    private mutating func createType() throws(Fault) -> CreateTypeStatement {
        advance()
        let name = try objectName()
        if accept(.from) {
            let type = try dataType()
            return CreateTypeStatement(name: name, definition: .alias(type, isNullable: try nullability()))
        }
        if at(.external) { throw unsupported("CREATE TYPE EXTERNAL NAME", from: current) }
        try expect(.as)
        try expect(.table)
        let definition = try tableDefinition()
        let options = try definitionOptions()
        for option in options where option.name == "MEMORY_OPTIMIZED" {
            if option.value.first?.uppercased() == "ON" { throw unsupported("MEMORY_OPTIMIZED", from: current) }
        }
        return CreateTypeStatement(name: name, definition: .table(definition), options: options)
    }

    // MARK: - Sequences

    private mutating func sequence(isAlter: Bool) throws(Fault) -> SequenceStatement {
        var sequence = SequenceStatement(isAlter: isAlter, name: try objectName())
        while at(.name) || at(.keyword) {
            let word = upperText(current)
            guard try sequenceOption(word, &sequence) else { break }
        }
        return sequence
    }

    /// Takes one option of a sequence; false when there is none.
    private mutating func sequenceOption(_ word: String, _ sequence: inout SequenceStatement) throws(Fault) -> Bool {
        switch word {
        case "AS" where !sequence.isAlter:
            advance()
            sequence.type = try dataType()
        case "START" where !sequence.isAlter:
            advance()
            try expect(.with)
            sequence.start = try signedNumber()
        case "RESTART" where sequence.isAlter:
            advance()
            sequence.restart = accept(.with) ? .value(try signedNumber()) : .some(.none)
        case "INCREMENT":
            advance()
            try expect(.by)
            sequence.increment = try signedNumber()
        case "MINVALUE":
            advance()
            sequence.minimum = .value(try signedNumber())
        case "MAXVALUE":
            advance()
            sequence.maximum = .value(try signedNumber())
        case "CYCLE":
            advance()
            sequence.cycles = true
        case "CACHE":
            advance()
            if at(.integer) { sequence.cache = written(advance()) }
        case "NO":
            advance()
            try negatedSequenceOption(&sequence)
        default: return false
        }
        return true
    }

    private mutating func negatedSequenceOption(_ sequence: inout SequenceStatement) throws(Fault) {
        guard at(.name) || at(.keyword) else { throw unexpected() }
        switch upperText(current) {
        case "MINVALUE": sequence.minimum = .some(.none)
        case "MAXVALUE": sequence.maximum = .some(.none)
        case "CYCLE": sequence.cycles = false
        case "CACHE": sequence.cache = "0"
        default: throw unexpected()
        }
        advance()
    }

    // MARK: - Indexes and statistics

    private mutating func alterIndex() throws(Fault) -> AlterIndexStatement {
        let start = current
        advance()
        let name = accept(.all) ? nil : try identifier()
        try expect(.on)
        let table = try objectName()
        guard at(.name) || at(.set) else { throw unexpected() }
        let word = upperText(advance())
        guard let action = AlterIndexStatement.Action(rawValue: word) else {
            if ["RESUME", "PAUSE", "ABORT"].contains(word) { throw unsupported("ALTER INDEX \(word)", from: start) }
            throw unexpected(tokens[position - 1])
        }
        let namesAllPartitions = accept(text: "PARTITION")
        if namesAllPartitions {
            try expect(.equal)
            guard accept(.all) else { throw unsupported("PARTITION", from: start) }
        }
        let options: [DefinitionOption]
        if action == .set {
            options = try parenthesizedList { parser throws(Fault) in try parser.definitionOption() }
        } else {
            options = try definitionOptions()
        }
        return AlterIndexStatement(
            name: name, table: table, action: action, options: options, namesAllPartitions: namesAllPartitions)
    }

    private mutating func createStatistics() throws(Fault) -> CreateStatisticsStatement {
        advance()
        let name = try identifier()
        try expect(.on)
        let table = try objectName()
        let columns = try nameList()
        let condition = accept(.where) ? try self.condition() : nil
        return CreateStatisticsStatement(
            name: name, table: table, columns: columns, condition: condition, options: try statisticsOptions())
    }

    /// What follows UPDATE, at STATISTICS.
    mutating func updateStatistics() throws(Fault) -> Statement.Kind {
        advance()
        let table = try objectName()
        var names: [Identifier] = []
        let hasParentheses = at(.leftParenthesis)
        if hasParentheses {
            names = try nameList()
        } else if atName {
            names = [try identifier()]
        }
        let update = StatisticsUpdate(
            names: names, hasParentheses: hasParentheses, options: try statisticsOptions())
        return .object(.updateStatistics(table, update))
    }

    /// `WITH FULLSCAN, NORECOMPUTE` and the like, which change nothing here.
    private mutating func statisticsOptions() throws(Fault) -> [[String]] {
        guard accept(.with) else { return [] }
        return try commaList { parser throws(Fault) in
            let start = parser.position
            guard parser.at(.name) || parser.at(.keyword) else { throw parser.unexpected() }
            let isSample = parser.upperText(parser.advance()) == "SAMPLE"
            if isSample {
                try parser.expect(.integer)
                guard parser.accept(.percent) || parser.accept(text: "ROWS") else { throw parser.unexpected() }
            } else if parser.accept(.equal) {
                guard parser.at(.name) || parser.at(.keyword) || parser.at(.integer) else { throw parser.unexpected() }
                parser.advance()
            }
            return parser.tokens[start..<parser.position].map { parser.upperText($0) }
        }
    }

    // MARK: - Schemas

    private mutating func transfer() throws(Fault) -> TransferStatement {
        advance()
        let schema = try identifier()
        guard accept(text: "TRANSFER") else { throw unexpected() }
        var isType = false
        var kindWord: String?
        if peek().kind == .doubleColon {
            let word = upperText(advance())
            kindWord = word
            guard word == "OBJECT" || word == "TYPE" else { throw unsupported("TRANSFER \(word)", from: current) }
            isType = word == "TYPE"
            advance()
        }
        return TransferStatement(schema: schema, isType: isType, name: try objectName(), kindWord: kindWord)
    }

    // MARK: - DBCC

    /// `DBCC CHECKIDENT`; every other check is refused.
    mutating func databaseCheck() throws(Fault) -> Statement.Kind {
        let start = current
        guard at(text: "CHECKIDENT", 1) else { throw unsupported("DBCC", from: start) }
        advance()
        advance()
        try expect(.leftParenthesis)
        let table = try expression()
        var action = CheckIdentityStatement.Action.correct
        var namesAction = false
        if accept(.comma) {
            if accept(text: "NORESEED") {
                action = .report
            } else if accept(text: "RESEED") {
                namesAction = !at(.comma)
                if accept(.comma) { action = .reseed(try expression()) }
            } else {
                throw unexpected()
            }
        }
        try expect(.rightParenthesis)
        var isQuiet = false
        if accept(.with) {
            guard accept(text: "NO_INFOMSGS") else { throw unexpected() }
            isQuiet = true
        }
        return .object(
            .checkIdentity(
                CheckIdentityStatement(table: table, action: action, isQuiet: isQuiet, namesAction: namesAction)))
    }
}
