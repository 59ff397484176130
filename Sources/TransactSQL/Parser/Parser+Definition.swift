extension Parser {
    // MARK: - CREATE

    mutating func createStatement() throws(Fault) -> Statement.Kind {
        let start = try expect(.create)
        try checkPlace(of: start)
        switch current.word {
        case .table:
            advance()
            return try createTable()
        case .unique, .clustered, .nonclustered, .columnstore, .index: return try createIndex()
        case .database where !isDatabaseSubobject: return try createDatabase()
        case .schema: return try createSchema()
        case .or:
            advance()
            try expect(.alter)
            return try batchDefinition(.createOrAlter, start)
        default:
            if let kind = try objectDefinition(.create) { return kind }
            return try batchDefinition(.create, start)
        }
    }

    /// A view or a module, each of which has a batch of its own.
    private mutating func batchDefinition(_ mode: DefinitionMode, _ start: Token) throws(Fault) -> Statement.Kind {
        switch current.word {
        case .view:
            advance()
            return try viewDefinition(mode)
        case .proc, .procedure: return try procedureDefinition(mode, start)
        case .function: return try functionDefinition(mode, start)
        case .trigger: return try triggerDefinition(mode, start)
        default:
            let verb: DefinitionVerb = mode == .alter ? .alter : .create
            if mode != .createOrAlter, let statement = try principalStatement(verb, start) { return statement }
            throw try unsupportedDefinition(mode.rawValue, start)
        }
    }

    /// Checks that a module or schema is defined by the first statement of its batch: Msg 111.
    private func checkPlace(of start: Token) throws(Fault) {
        var verb = upperText(start)
        var object = current
        if at(.or) {
            verb += " OR ALTER"
            object = peek(2)
        }
        switch object.word {
        case .view, .proc, .procedure, .function, .trigger, .schema: break
        default: return
        }
        if object.word == .schema, start.word == .alter { return }
        guard !isInSchema else { return }
        // Inside a block or a branch it is a plain error of syntax.
        guard depth == 1 else { throw unexpected(object) }
        guard !tokens[..<(position - 1)].allSatisfy({ $0.kind == .semicolon }) else { return }
        let name = object.word == .proc ? "PROCEDURE" : upperText(object)
        throw error(111, "'\(verb) \(name)' must be the first statement in a query batch.", at: start)
    }

    /// DATABASE SCOPED …, DATABASE AUDIT … and DATABASE ENCRYPTION KEY are other objects.
    private var isDatabaseSubobject: Bool {
        at(.database) && (at(text: "SCOPED", 1) || at(text: "AUDIT", 1) || at(text: "ENCRYPTION", 1))
    }

    /// Kinds of objects without a tree; those of two words are told apart by the second.
    private static let unsupportedObjects: Set<String> = [
        "AGGREGATE", "APPLICATION", "ASSEMBLY", "ASYMMETRIC", "AUTHORIZATION", "AVAILABILITY", "BROKER", "CERTIFICATE",
        "COLUMN", "CONTRACT", "CREDENTIAL", "CRYPTOGRAPHIC", "DATABASE", "DEFAULT", "ENDPOINT", "EVENT", "EXTERNAL",
        "FULLTEXT", "INDEX", "JSON", "LOGIN", "MASTER", "MATERIALIZED", "MESSAGE", "PARTITION", "PRIMARY", "QUEUE",
        "REMOTE", "RESOURCE", "ROLE", "ROUTE", "RULE", "SCHEMA", "SEARCH", "SECURITY", "SELECTIVE", "SENSITIVITY",
        "SEQUENCE", "SERVER", "SERVICE", "SIGNATURE", "SPATIAL", "STATISTICS", "SYMMETRIC", "SYNONYM", "TYPE", "USER",
        "VECTOR", "WORKLOAD", "XML",
    ]

    private static let firstOfTwoWords: Set<String> = [
        "APPLICATION", "ASYMMETRIC", "AVAILABILITY", "BROKER", "COLUMN", "CRYPTOGRAPHIC", "DATABASE", "EVENT",
        "EXTERNAL", "FULLTEXT", "JSON", "MASTER", "MATERIALIZED", "MESSAGE", "PARTITION", "PRIMARY", "REMOTE",
        "RESOURCE", "SEARCH", "SECURITY", "SELECTIVE", "SENSITIVITY", "SERVER", "SPATIAL", "SYMMETRIC", "VECTOR",
        "WORKLOAD", "XML",
    ]

    /// Names a definition that has no tree, or fails for a word that is no kind of object.
    private mutating func unsupportedDefinition(_ verb: String, _ start: Token) throws(Fault) -> Fault {
        guard at(.name) || at(.keyword), Parser.unsupportedObjects.contains(upperText(current)) else {
            throw unexpected()
        }
        var construct = "\(verb) \(upperText(advance()))"
        if Parser.firstOfTwoWords.contains(upperText(tokens[position - 1])), at(.name) || at(.keyword) {
            construct += " \(upperText(advance()))"
        }
        return unsupported(construct, from: start)
    }

    private mutating func createIndex() throws(Fault) -> Statement.Kind {
        let isUnique = accept(.unique)
        let isClustered = acceptClustered()
        let isColumnstore = accept(.columnstore)
        try expect(.index)
        let name = try identifier()
        try expect(.on)
        let table = try objectName()
        let columns = at(.leftParenthesis) || !isColumnstore ? try indexColumns() : []
        let included = accept(.include) ? try nameList() : []
        let condition = accept(.where) ? try self.condition() : nil
        let options = try definitionOptions()
        let storage = try storageClauses()
        return .createIndex(
            CreateIndexStatement(
                name: name, table: table, isUnique: isUnique, isClustered: isClustered, isColumnstore: isColumnstore,
                columns: columns, included: included, condition: condition, options: options, storage: storage))
    }

    private mutating func createDatabase() throws(Fault) -> Statement.Kind {
        try expect(.database)
        let name = try identifier()
        var words: [String] = []
        if [.on, .for, .with, .as].contains(current.word) || at(text: "CONTAINMENT") || at(.leftParenthesis) {
            words = try trailingWords()
        }
        let collation = words.isEmpty && accept(.collate) ? try identifier() : nil
        if words.isEmpty, at(.with) || at(.for) { words = try trailingWords() }
        return .createDatabase(CreateDatabaseStatement(name: name, collation: collation, otherWords: words))
    }

    /// The tokens of a clause that is kept as words: up to a semicolon or the next statement.
    private mutating func trailingWords() throws(Fault) -> [String] {
        let start = position
        try skipStatement()
        return tokens[start..<position].map { upperText($0) }
    }

    private mutating func createSchema() throws(Fault) -> Statement.Kind {
        try expect(.schema)
        let name = at(.authorization) ? nil : try identifier()
        let owner = accept(.authorization) ? try identifier() : nil
        var elements: [Statement] = []
        isInSchema = true
        while at(.create), peek().word == .table || peek().word == .view { elements.append(try statement()) }
        isInSchema = false
        return .createSchema(CreateSchemaStatement(name: name, owner: owner, elements: elements))
    }

    private mutating func viewDefinition(_ mode: DefinitionMode) throws(Fault) -> Statement.Kind {
        let name = try moduleObjectName("VIEW")
        let columns = at(.leftParenthesis) ? try nameList() : []
        var attributes: [String] = []
        if accept(.with) {
            attributes = try commaList { parser throws(Fault) in parser.upperText(try parser.expect(.name)) }
        }
        try expect(.as)
        let with = at(.with) ? try withClause() : nil
        guard at(.select) || at(.leftParenthesis) else { throw unexpected() }
        let query = try self.query(with: with)
        let withCheckOption = accept(.with, .check)
        if withCheckOption { try expect(.option) }
        return .view(
            ViewStatement(
                mode: mode, name: name, columns: columns, attributes: attributes, query: query,
                withCheckOption: withCheckOption))
    }

    // MARK: - ALTER

    mutating func alterStatement() throws(Fault) -> Statement.Kind {
        let start = try expect(.alter)
        try checkPlace(of: start)
        switch current.word {
        case .table:
            advance()
            return try alterTable(start)
        case .database where !isDatabaseSubobject: return try alterDatabase()
        case .authorization: return try alterAuthorization()
        default:
            if let kind = try objectDefinition(.alter) { return kind }
            return try batchDefinition(.alter, start)
        }
    }

    private mutating func alterDatabase() throws(Fault) -> Statement.Kind {
        try expect(.database)
        let name = accept(.current) ? nil : try identifier()
        guard !at(.endOfText), !at(.semicolon) else { throw unexpected() }
        let start = position
        guard accept(.set) else {
            advance()
            if !at(.semicolon) { try skipStatement() }
            return .alterDatabase(
                AlterDatabaseStatement(
                    name: name, setOptions: [], words: tokens[start..<position].map { upperText($0) }))
        }
        let options = try commaList { parser throws(Fault) in try parser.databaseOption() }
        return .alterDatabase(
            AlterDatabaseStatement(
                name: name, setOptions: options, words: tokens[start..<position].map { upperText($0) }))
    }

    /// One option of ALTER DATABASE … SET: its words up to a comma, a semicolon or the next statement.
    private mutating func databaseOption() throws(Fault) -> [String] {
        var words: [String] = []
        var level = 0
        while !at(.endOfText), !at(.semicolon) {
            if isLexicalFault(current.kind) { throw unexpected() }
            if level == 0, at(.comma) || (!words.isEmpty && beginsStatementOnItsLine(current)) || at(.end) { break }
            if at(.leftParenthesis) { level += 1 }
            if at(.rightParenthesis) { level -= 1 }
            guard level >= 0 else { throw unexpected() }
            words.append(upperText(advance()))
        }
        guard !words.isEmpty, level == 0 else { throw unexpected() }
        return words
    }

    // MARK: - DROP

    mutating func dropStatement() throws(Fault) -> Statement.Kind {
        let start = try expect(.drop)
        if let statement = try principalStatement(.drop, start) { return statement }
        guard !isDatabaseSubobject, let kind = dropKind() else { throw try unsupportedDefinition("DROP", start) }
        advance()
        var ifExists = false
        if at(.if) {
            advance()
            try expect(.exists)
            ifExists = true
        }
        let items = try commaList { parser throws(Fault) in try parser.dropItem(kind) }
        if kind == .trigger, at(.on) { throw unsupported("DROP TRIGGER ON", from: start) }
        return .drop(DropStatement(kind: kind, ifExists: ifExists, items: items))
    }

    private func dropKind() -> DropStatement.Kind? {
        guard at(.name) || at(.keyword) else { return nil }
        let word = upperText(current)
        return word == "PROC" ? .procedure : DropStatement.Kind(rawValue: word)
    }

    private mutating func dropItem(_ kind: DropStatement.Kind) throws(Fault) -> DropStatement.Item {
        let name = try objectName()
        guard kind == .index, accept(.on) else { return DropStatement.Item(name: name, table: nil) }
        let table = try objectName()
        return DropStatement.Item(name: name, table: table, options: try definitionOptions())
    }
}
