extension Parser {
    /// Whether a constraint begins here, other than DEFAULT and REFERENCES.
    var startsConstraint: Bool {
        switch current.word {
        case .constraint, .primary, .unique, .foreign, .check: true
        case .connection: peek().kind == .leftParenthesis
        default: false
        }
    }

    /// A constraint of a column or a table.
    mutating func constraint() throws(Fault) -> ConstraintDefinition {
        let start = current
        let name = accept(.constraint) ? try identifier() : nil
        let kind = try constraintKind()
        var withValues = false
        if case .defaultValue = kind { withValues = accept(.with, .values) }
        return ConstraintDefinition(name: name, kind: kind, range: range(from: start), withValues: withValues)
    }

    private mutating func constraintKind() throws(Fault) -> ConstraintDefinition.Kind {
        switch current.word {
        case .primary:
            advance()
            try expect(.key)
            return .primaryKey(try keyDefinition())
        case .unique:
            advance()
            return .unique(try keyDefinition())
        case .foreign:
            advance()
            try expect(.key)
            let columns = at(.leftParenthesis) ? try nameList() : []
            return .foreignKey(try references(columns, hasKeyword: true))
        case .references: return .foreignKey(try references([], hasKeyword: false))
        case .check:
            advance()
            let notForReplication = try acceptNotForReplication()
            try expect(.leftParenthesis)
            let condition = try self.condition()
            try expect(.rightParenthesis)
            return .check(condition, notForReplication: notForReplication)
        case .default: return try defaultConstraint()
        case .connection:
            advance()
            try expect(.leftParenthesis)
            let words = try balancedWords(stopAtComma: false)
            try expect(.rightParenthesis)
            return .connection(words)
        default: throw unexpected()
        }
    }

    private mutating func defaultConstraint() throws(Fault) -> ConstraintDefinition.Kind {
        try expect(.default)
        let value = try expression()
        let column = accept(.for) ? try identifier() : nil
        return .defaultValue(value, column: column)
    }

    private mutating func acceptNotForReplication() throws(Fault) -> Bool {
        guard accept(.not, .for) else { return false }
        try expect(.replication)
        return true
    }

    private mutating func acceptNotEnforced() -> Bool { accept(.not, .enforced) }

    private mutating func keyDefinition() throws(Fault) -> KeyDefinition {
        let isClustered = acceptClustered()
        if at(.hash) { throw unsupported("HASH", from: current) }
        let columns = at(.leftParenthesis) ? try indexColumns() : []
        let options = try definitionOptions()
        let storage = at(.on) ? try storageClauses() : []
        return KeyDefinition(
            isClustered: isClustered, columns: columns, options: options, storage: storage,
            isNotEnforced: acceptNotEnforced())
    }

    /// CLUSTERED is true, NONCLUSTERED false.
    mutating func acceptClustered() -> Bool? {
        if accept(.clustered) { return true }
        if accept(.nonclustered) { return false }
        return nil
    }

    mutating func indexColumns() throws(Fault) -> [IndexColumn] {
        try parenthesizedList { parser throws(Fault) in
            let name = try parser.identifier()
            let isDescending = parser.accept(.desc)
            if !isDescending { _ = parser.accept(.asc) }
            return IndexColumn(name: name, isDescending: isDescending)
        }
    }

    private mutating func references(
        _ columns: [Identifier], hasKeyword: Bool
    ) throws(Fault) -> ForeignKeyDefinition {
        try expect(.references)
        let table = try objectName()
        let referenced = at(.leftParenthesis) ? try nameList() : []
        var onDelete: ForeignKeyDefinition.Action?
        var onUpdate: ForeignKeyDefinition.Action?
        while at(.on), peek().word == .delete || peek().word == .update {
            advance()
            if advance().word == .delete {
                onDelete = try referentialAction()
            } else {
                onUpdate = try referentialAction()
            }
        }
        let notForReplication = try acceptNotForReplication()
        return ForeignKeyDefinition(
            columns: columns, table: table, referencedColumns: referenced, onDelete: onDelete, onUpdate: onUpdate,
            notForReplication: notForReplication, isNotEnforced: acceptNotEnforced(), hasKeyword: hasKeyword)
    }

    private mutating func referentialAction() throws(Fault) -> ForeignKeyDefinition.Action {
        if accept(.cascade) { return .cascade }
        if accept(.set, .null) { return .setNull }
        if accept(.set, .default) { return .setDefault }
        try expect(.no)
        try expect(.action)
        return .noAction
    }

    /// An index inside CREATE TABLE.
    mutating func inlineIndex() throws(Fault) -> InlineIndex {
        let start = try expect(.index)
        let name = try identifier()
        let isUnique = accept(.unique)
        let isClustered = acceptClustered()
        let isColumnstore = accept(.columnstore)
        if at(.hash) { throw unsupported("HASH", from: current) }
        let columns = at(.leftParenthesis) ? try indexColumns() : []
        let included = accept(.include) ? try nameList() : []
        let condition = accept(.where) ? try self.condition() : nil
        let options = try definitionOptions()
        let storage = try storageClauses()
        return InlineIndex(
            name: name, isUnique: isUnique, isClustered: isClustered, isColumnstore: isColumnstore, columns: columns,
            included: included, condition: condition, options: options, storage: storage, range: range(from: start))
    }

    // MARK: - Options and storage

    /// The clauses ON, TEXTIMAGE_ON and FILESTREAM_ON.
    mutating func storageClauses() throws(Fault) -> [StorageClause] {
        var clauses: [StorageClause] = []
        while at(.on) || at(.textimageOn) || at(.filestreamOn) {
            let keyword = upperText(advance())
            let token = current
            let name = at(.string) || at(.default) ? try identifier(from: advance()) : try identifier()
            guard name.quoting != .none || token.kind == .name || token.word == .default else {
                throw unexpected(token)
            }
            let columns = at(.leftParenthesis) ? try nameList() : []
            clauses.append(StorageClause(keyword: keyword, name: name, columns: columns))
        }
        return clauses
    }

    /// `WITH (name = value, …)`, or the old `WITH FILLFACTOR = n, …`.
    mutating func definitionOptions() throws(Fault) -> [DefinitionOption] {
        guard at(.with), peek().kind == .leftParenthesis || peek().word == .fillfactor || at(text: "PAD_INDEX", 1)
        else { return [] }
        advance()
        guard at(.leftParenthesis) else {
            return try commaList { parser throws(Fault) in try parser.legacyOption() }
        }
        return try parenthesizedList { parser throws(Fault) in try parser.definitionOption() }
    }

    mutating func definitionOption() throws(Fault) -> DefinitionOption {
        let start = current
        var words: [String] = []
        while at(.name) || at(.keyword) { words.append(upperText(advance())) }
        guard !words.isEmpty else { throw unexpected() }
        let isAssigned = accept(.equal)
        let value = try balancedWords(asWritten: true)
        return DefinitionOption(
            name: words.joined(separator: " "), value: value, range: range(from: start), isAssigned: isAssigned)
    }

    private mutating func legacyOption() throws(Fault) -> DefinitionOption {
        let start = current
        guard at(.name) || at(.fillfactor) else { throw unexpected() }
        let name = upperText(advance())
        let isAssigned = accept(.equal)
        let value = isAssigned ? [written(try expect(.integer))] : []
        return DefinitionOption(
            name: name, value: value, range: range(from: start), isAssigned: isAssigned, isParenthesized: false)
    }
}
