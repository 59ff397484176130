extension SyntaxPrinter {
    mutating func insert(_ insert: InsertStatement) {
        if let with = insert.with { withClause(with) }
        write("INSERT")
        if let top = insert.top { self.top(top) }
        write("INTO")
        target(insert.target)
        tableHints(insert.tableHints)
        nameList(insert.columns)
        outputs(insert.output)
        newLine()
        switch insert.source {
        case .values(let rows):
            write("VALUES")
            self.rows(rows)
        case .query(let query): self.query(query)
        case .execute(let call): execute(call)
        case .defaultValues: write("DEFAULT VALUES")
        }
        hints(insert.hints)
    }

    mutating func insertBulk(_ load: InsertBulkStatement) {
        write("INSERT BULK")
        name(load.target)
        if !load.columns.isEmpty {
            parenthesized(load.columns) { printer, column in
                printer.name(column.name)
                printer.dataType(column.type)
                guard let collation = column.collation else { return }
                printer.write("COLLATE")
                printer.identifier(collation)
            }
        }
        guard !load.options.isEmpty else { return }
        write("WITH")
        parenthesized(load.options) { printer, option in
            printer.write(option.name)
            printer.write("=", if: option.name != "ORDER" && !option.words.isEmpty)
            printer.write(words: option.words)
        }
    }

    mutating func update(_ update: UpdateStatement) {
        if let with = update.with { withClause(with) }
        write("UPDATE")
        if let top = update.top { self.top(top) }
        target(update.target)
        tableHints(update.tableHints)
        write("SET")
        assignments(update.assignments)
        outputs(update.output)
        from(update.from)
        clause("WHERE", update.condition)
        hints(update.hints)
    }

    private mutating func assignments(_ assignments: [UpdateStatement.Assignment]) {
        list(assignments) { printer, assignment in
            switch assignment {
            case .column(let column, let operation, let value):
                printer.name(column)
                printer.assigned(operation, value)
            case .variable(let variable, let operation, let value):
                printer.write(variable)
                printer.assigned(operation, value)
            case .variableAndColumn(let variable, let column, let operation, let value):
                printer.write(variable)
                printer.write("=")
                printer.name(column)
                printer.assigned(operation, value)
            }
        }
    }

    private mutating func assigned(_ operation: AssignmentOperator, _ value: SQLExpression) {
        write(operation.rawValue)
        expression(value)
    }

    mutating func delete(_ delete: DeleteStatement) {
        if let with = delete.with { withClause(with) }
        write("DELETE")
        if let top = delete.top { self.top(top) }
        write("FROM")
        target(delete.target)
        tableHints(delete.tableHints)
        outputs(delete.output)
        from(delete.from)
        clause("WHERE", delete.condition)
        hints(delete.hints)
    }

    private mutating func target(_ target: ModificationTarget) {
        switch target {
        case .table(let name): self.name(name)
        case .variable(let name, _): write(name)
        }
    }

    private mutating func outputs(_ clauses: [OutputClause]) {
        for clause in clauses {
            newLine()
            write("OUTPUT")
            selectItems(clause.items)
            guard let into = clause.into else { continue }
            write("INTO")
            target(into)
            nameList(clause.intoColumns)
        }
    }

    // MARK: - MERGE

    mutating func merge(_ merge: MergeStatement) {
        if let with = merge.with { withClause(with) }
        write("MERGE")
        if let top = merge.top { self.top(top) }
        write("INTO")
        target(merge.target)
        tableHints(merge.tableHints)
        alias(merge.alias)
        newLine()
        write("USING")
        tableSource(merge.source)
        write("ON")
        expression(merge.condition)
        for clause in merge.clauses { mergeClause(clause) }
        outputs(merge.output)
        hints(merge.hints)
    }

    private mutating func mergeClause(_ clause: MergeStatement.Clause) {
        newLine()
        write(clause.match.rawValue)
        if let condition = clause.condition {
            write("AND")
            expression(condition)
        }
        write("THEN")
        switch clause.action {
        case .update(let assignments):
            write("UPDATE SET")
            self.assignments(assignments)
        case .delete: write("DELETE")
        case .insert(let columns, let values):
            write("INSERT")
            nameList(columns)
            write("VALUES", if: values != nil)
            write("DEFAULT VALUES", if: values == nil)
            if let values { rows([values]) }
        }
    }
}
