extension Parser {
    /// What follows CREATE TABLE.
    mutating func createTable() throws(Fault) -> Statement.Kind {
        let name = try objectName()
        if at(.as), at(text: "FILETABLE", 1) { throw unsupported("CREATE TABLE AS FILETABLE", from: current) }
        guard at(.leftParenthesis) else {
            if at(.as) || at(.with) { throw unsupported("CREATE TABLE AS SELECT", from: current) }
            throw unexpected()
        }
        let definition = try tableDefinition()
        if at(.as), at(text: "NODE", 1) || at(text: "EDGE", 1) {
            throw unsupported("CREATE TABLE AS NODE", from: current)
        }
        let storage = try storageClauses()
        var options = try definitionOptions()
        let moreStorage = try storageClauses()
        if options.isEmpty { options = try definitionOptions() }
        if at(.as) { throw unsupported("CREATE TABLE AS SELECT", from: current) }
        return .createTable(
            CreateTableStatement(
                name: name, definition: definition, storage: storage + moreStorage, options: options))
    }

    /// Columns, constraints and indexes in parentheses, with an optional comma after the last.
    mutating func tableDefinition() throws(Fault) -> TableDefinition {
        try expect(.leftParenthesis)
        var elements = TableElements()
        repeat {
            if at(.rightParenthesis), !elements.isEmpty { break }
            try tableElement(&elements)
        } while accept(.comma)
        try expect(.rightParenthesis)
        return elements.definition
    }

    /// What ALTER TABLE … ADD lists.
    mutating func addedElements() throws(Fault) -> TableDefinition {
        var elements = TableElements()
        repeat { try tableElement(&elements) } while accept(.comma)
        return elements.definition
    }

    private struct TableElements {
        var columns: [ColumnDefinition] = []
        var constraints: [ConstraintDefinition] = []
        var indexes: [InlineIndex] = []
        var period: [Identifier] = []

        var isEmpty: Bool { columns.isEmpty && constraints.isEmpty && indexes.isEmpty && period.isEmpty }

        var definition: TableDefinition {
            TableDefinition(columns: columns, constraints: constraints, indexes: indexes, period: period)
        }
    }

    private mutating func tableElement(_ elements: inout TableElements) throws(Fault) {
        if at(.period, .for) {
            advance()
            advance()
            try expect(.systemTime)
            elements.period = try nameList()
        } else if at(.index) {
            elements.indexes.append(try inlineIndex())
        } else if startsConstraint || at(.default) {
            elements.constraints.append(try constraint())
            // A comma between table constraints may be left out.
            while startsConstraint { elements.constraints.append(try constraint()) }
        } else {
            elements.columns.append(try columnDefinition())
        }
    }

    // MARK: - Columns

    /// What is collected while a column's words are read.
    private struct ColumnParts {
        var isPersisted = false
        var isNullable: Bool?
        var identity: ColumnDefinition.Identity?
        var collation: Identifier?
        var isRowGUID = false
        var isSparse = false
        var generated: ColumnDefinition.Generated?
        var otherWords: [String] = []
        var constraints: [ConstraintDefinition] = []
        var indexes: [InlineIndex] = []
    }

    mutating func columnDefinition() throws(Fault) -> ColumnDefinition {
        let start = current
        let name = try identifier()
        var type: DataTypeName?
        var computed: SQLExpression?
        if accept(.as) {
            computed = try expression()
        } else if !(name.value.lowercased() == "timestamp" && endsColumnName) {
            type = try dataType()
        }
        var parts = ColumnParts()
        while try columnWord(&parts) {}
        return ColumnDefinition(
            name: name, type: type, computed: computed, isPersisted: parts.isPersisted, isNullable: parts.isNullable,
            identity: parts.identity, collation: parts.collation, isRowGUID: parts.isRowGUID, isSparse: parts.isSparse,
            generated: parts.generated, otherWords: parts.otherWords, constraints: parts.constraints,
            indexes: parts.indexes, range: range(from: start))
    }

    private var endsColumnName: Bool {
        at(.comma) || at(.rightParenthesis) || at(.endOfText) || at(.not) || at(.null) || startsConstraint
    }

    /// Takes one property of a column; false when there is none.
    private mutating func columnWord(_ parts: inout ColumnParts) throws(Fault) -> Bool {
        if startsConstraint || at(.references) || at(.default) {
            parts.constraints.append(try constraint())
            return true
        }
        switch current.word {
        case .null:
            advance()
            parts.isNullable = true
        case .not:
            advance()
            if accept(.for) {
                try expect(.replication)
                parts.otherWords.append("NOT FOR REPLICATION")
            } else {
                try expect(.null)
                parts.isNullable = false
            }
        case .identity: parts.identity = try identityProperty()
        case .collate:
            advance()
            parts.collation = try identifier()
        case .rowguidcol:
            advance()
            parts.isRowGUID = true
        case .index: parts.indexes.append(try inlineIndex())
        default: return try rareColumnWord(&parts)
        }
        return true
    }

    private mutating func rareColumnWord(_ parts: inout ColumnParts) throws(Fault) -> Bool {
        switch current.word {
        case .persisted:
            advance()
            parts.isPersisted = true
        case .sparse:
            advance()
            parts.isSparse = true
        case .generated: parts.generated = try generatedProperty()
        case .filestream, .hidden: parts.otherWords.append(upperText(advance()))
        case .masked:
            parts.otherWords.append(upperText(advance()))
            try expect(.with)
            parts.otherWords += ["WITH"] + (try parenthesizedWords())
        default:
            if at(text: "ENCRYPTED") || at(text: "COLUMN_SET") { throw unsupported(upperText(current), from: current) }
            return false
        }
        return true
    }

    private mutating func identityProperty() throws(Fault) -> ColumnDefinition.Identity {
        try expect(.identity)
        var seed = "1"
        var increment = "1"
        let hasArguments = accept(.leftParenthesis)
        if hasArguments {
            seed = try signedNumber()
            try expect(.comma)
            increment = try signedNumber()
            try expect(.rightParenthesis)
        }
        let notForReplication = at(.not, .for)
        if notForReplication {
            advance()
            advance()
            try expect(.replication)
        }
        return ColumnDefinition.Identity(
            seed: seed, increment: increment, notForReplication: notForReplication, hasArguments: hasArguments)
    }

    mutating func signedNumber() throws(Fault) -> String {
        let isNegative = accept(.minus)
        if !isNegative { _ = accept(.plus) }
        guard at(.integer) || at(.decimal) else { throw unexpected() }
        return (isNegative ? "-" : "") + written(advance())
    }

    private mutating func generatedProperty() throws(Fault) -> ColumnDefinition.Generated {
        advance()
        try expect(.always)
        try expect(.as)
        var words: [String] = []
        while at(.name) || at(.end), current.word != .hidden { words.append(upperText(advance())) }
        return ColumnDefinition.Generated(words: words, isHidden: accept(.hidden))
    }
}
