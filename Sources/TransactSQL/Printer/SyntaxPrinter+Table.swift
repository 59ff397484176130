extension SyntaxPrinter {
    mutating func createTable(_ table: CreateTableStatement) {
        write("CREATE TABLE")
        name(table.name)
        tableDefinition(table.definition)
        storage(table.storage)
        options(table.options)
    }

    /// Columns, constraints and indexes in parentheses.
    mutating func tableDefinition(_ definition: TableDefinition) {
        parenthesized { printer in printer.elements(definition) }
    }

    /// Columns, constraints and indexes with commas between them.
    mutating func elements(_ definition: TableDefinition) {
        var isFirst = true
        for column in definition.columns {
            separator(&isFirst)
            self.column(column)
        }
        if !definition.period.isEmpty {
            separator(&isFirst)
            write("PERIOD FOR SYSTEM_TIME")
            nameList(definition.period)
        }
        for constraint in definition.constraints {
            separator(&isFirst)
            self.constraint(constraint)
        }
        for index in definition.indexes {
            separator(&isFirst)
            inlineIndex(index)
        }
    }

    private mutating func separator(_ isFirst: inout Bool) {
        write(",", if: !isFirst)
        newLine()
        isFirst = false
    }

    // MARK: - Columns

    mutating func column(_ column: ColumnDefinition) {
        identifier(column.name)
        if let type = column.type { dataType(type) }
        if let computed = column.computed {
            write("AS")
            expression(computed)
        }
        write("PERSISTED", if: column.isPersisted)
        if let collation = column.collation {
            write("COLLATE")
            identifier(collation)
        }
        write("SPARSE", if: column.isSparse)
        if let generated = column.generated {
            write("GENERATED ALWAYS AS")
            write(words: generated.words)
            write("HIDDEN", if: generated.isHidden)
        }
        write(words: column.otherWords)
        if let identity = column.identity { self.identity(identity) }
        write("ROWGUIDCOL", if: column.isRowGUID)
        nullability(column.isNullable)
        for constraint in column.constraints { self.constraint(constraint) }
        for index in column.indexes { inlineIndex(index) }
    }

    mutating func nullability(_ isNullable: Bool?) {
        if let isNullable { write(isNullable ? "NULL" : "NOT NULL") }
    }

    private mutating func identity(_ identity: ColumnDefinition.Identity) {
        write("IDENTITY")
        if identity.hasArguments {
            parenthesized([identity.seed, identity.increment]) { printer, number in printer.write(number) }
        }
        write("NOT FOR REPLICATION", if: identity.notForReplication)
    }

    // MARK: - Constraints

    mutating func constraint(_ constraint: ConstraintDefinition) {
        if let name = constraint.name {
            write("CONSTRAINT")
            identifier(name)
        }
        switch constraint.kind {
        case .primaryKey(let key):
            write("PRIMARY KEY")
            self.key(key)
        case .unique(let key):
            write("UNIQUE")
            self.key(key)
        case .foreignKey(let key): foreignKey(key)
        case .check(let condition, let notForReplication):
            write("CHECK")
            write("NOT FOR REPLICATION", if: notForReplication)
            parenthesized { printer in printer.expression(condition) }
        case .defaultValue(let value, let column):
            write("DEFAULT")
            expression(value)
            if let column {
                write("FOR")
                identifier(column)
            }
            write("WITH VALUES", if: constraint.withValues)
        case .connection(let words):
            write("CONNECTION")
            parenthesized { printer in printer.write(words: words) }
        }
    }

    private mutating func key(_ key: KeyDefinition) {
        clustered(key.isClustered)
        indexColumns(key.columns)
        options(key.options)
        storage(key.storage)
        write("NOT ENFORCED", if: key.isNotEnforced)
    }

    private mutating func foreignKey(_ key: ForeignKeyDefinition) {
        write("FOREIGN KEY", if: key.hasKeyword)
        nameList(key.columns)
        write("REFERENCES")
        name(key.table)
        nameList(key.referencedColumns)
        if let action = key.onDelete {
            write("ON DELETE")
            write(action.rawValue)
        }
        if let action = key.onUpdate {
            write("ON UPDATE")
            write(action.rawValue)
        }
        write("NOT FOR REPLICATION", if: key.notForReplication)
        write("NOT ENFORCED", if: key.isNotEnforced)
    }

    // MARK: - Indexes

    private mutating func inlineIndex(_ index: InlineIndex) {
        write("INDEX")
        identifier(index.name)
        write("UNIQUE", if: index.isUnique)
        clustered(index.isClustered)
        write("COLUMNSTORE", if: index.isColumnstore)
        indexParts(index.columns, index.included, index.condition)
        options(index.options)
        storage(index.storage)
    }

    mutating func createIndex(_ index: CreateIndexStatement) {
        write("CREATE")
        write("UNIQUE", if: index.isUnique)
        clustered(index.isClustered)
        write("COLUMNSTORE", if: index.isColumnstore)
        write("INDEX")
        identifier(index.name)
        write("ON")
        name(index.table)
        indexParts(index.columns, index.included, index.condition)
        options(index.options)
        storage(index.storage)
    }

    private mutating func indexParts(_ columns: [IndexColumn], _ included: [Identifier], _ condition: SQLExpression?) {
        indexColumns(columns)
        if !included.isEmpty {
            write("INCLUDE")
            nameList(included)
        }
        clause("WHERE", condition)
    }

    private mutating func clustered(_ isClustered: Bool?) {
        if let isClustered { write(isClustered ? "CLUSTERED" : "NONCLUSTERED") }
    }

    private mutating func indexColumns(_ columns: [IndexColumn]) {
        guard !columns.isEmpty else { return }
        parenthesized(columns) { printer, column in
            printer.identifier(column.name)
            printer.write("DESC", if: column.isDescending)
        }
    }

    // MARK: - Options and storage

    private mutating func storage(_ clauses: [StorageClause]) {
        for clause in clauses {
            write(clause.keyword)
            identifier(clause.name)
            nameList(clause.columns)
        }
    }

    /// `WITH (option, …)`; nothing for none.
    mutating func options(_ options: [DefinitionOption]) {
        guard !options.isEmpty else { return }
        write("WITH")
        if options[0].isParenthesized {
            parenthesized(options) { printer, option in printer.option(option) }
        } else {
            list(options) { printer, option in printer.option(option) }
        }
    }

    mutating func option(_ option: DefinitionOption) {
        write(option.name)
        write("=", if: option.isAssigned)
        write(words: option.value)
    }
}
