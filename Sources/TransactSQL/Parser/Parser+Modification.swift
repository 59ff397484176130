extension Parser {
    mutating func insertStatement(with: WithClause?) throws(Fault) -> Statement.Kind {
        try expect(.insert)
        if with == nil, accept(.bulk) { return try insertBulk() }
        let top = at(.top) ? try topClause() : nil
        _ = accept(.into)
        let target = try modificationTarget()
        let hints = try tableHints()
        var columns: [MultipartName] = []
        if at(.leftParenthesis), !startsQuery {
            columns = try parenthesizedList { parser throws(Fault) in try parser.columnName() }
        }
        let output = try outputClauses()
        let source = try insertSource()
        return .insert(
            InsertStatement(
                with: with, top: top, target: target, tableHints: hints, columns: columns, output: output,
                source: source, hints: try queryHints()))
    }

    private mutating func insertSource() throws(Fault) -> InsertStatement.Source {
        switch current.word {
        case .values:
            advance()
            return .values(
                try commaList { parser throws(Fault) in
                    try parser.parenthesizedList { parser throws(Fault) in try parser.valueOrDefault() }
                })
        case .default:
            advance()
            try expect(.values)
            return .defaultValues
        case .exec, .execute: return .execute(try executeStatement())
        case .with:
            let with = try withClause()
            return .query(try query(with: with))
        default:
            guard at(.select) || at(.leftParenthesis) else { throw unexpected() }
            return .query(try query())
        }
    }

    /// A value, or DEFAULT.
    mutating func valueOrDefault() throws(Fault) -> SQLExpression {
        if at(.default) { return SQLExpression(kind: .defaultValue, range: advance().range) }
        return try expression()
    }

    mutating func modificationTarget() throws(Fault) -> ModificationTarget {
        let token = current
        if accept(.variable) { return .variable(name: written(token), range: token.range) }
        if at(.openquery) || at(.openrowset) || at(.opendatasource) { throw unsupported(upperText(token), from: token) }
        return .table(try objectName())
    }

    // MARK: - UPDATE

    mutating func updateStatement(with: WithClause?) throws(Fault) -> Statement.Kind {
        try expect(.update)
        if at(.statistics) { return try updateStatistics() }
        let top = at(.top) ? try topClause() : nil
        let target = try modificationTarget()
        let tableHints = try self.tableHints()
        try expect(.set)
        let assignments = try commaList { parser throws(Fault) in try parser.updateAssignment() }
        let output = try outputClauses()
        let from = accept(.from) ? try tableSources() : []
        let condition = accept(.where) ? try whereCondition() : nil
        return .update(
            UpdateStatement(
                with: with, top: top, target: target, tableHints: tableHints, assignments: assignments, output: output,
                from: from, condition: condition, hints: try queryHints()))
    }

    mutating func updateAssignment() throws(Fault) -> UpdateStatement.Assignment {
        if at(.variable) {
            let variable = written(advance())
            let operation = try assignmentOperator()
            guard operation == .assign, columnIsAssigned else {
                return .variable(variable, operation, try expression())
            }
            let column = try columnName()
            return .variableAndColumn(variable, column, try assignmentOperator(), try valueOrDefault())
        }
        let start = current
        let column = try columnName()
        if at(.leftParenthesis) { throw unsupported("\(column.name)()", from: start) }
        return .column(column, try assignmentOperator(), try valueOrDefault())
    }

    /// Whether a column and an assignment operator stand here.
    private var columnIsAssigned: Bool {
        var index = position
        while isPart(tokens[index]) || tokens[index].kind == .dot { index += 1 }
        return index > position && assignment(tokens[index].kind) != nil
    }

    mutating func assignmentOperator() throws(Fault) -> AssignmentOperator {
        guard let operation = assignment(current.kind) else { throw unexpected() }
        advance()
        return operation
    }

    // MARK: - DELETE

    mutating func deleteStatement(with: WithClause?) throws(Fault) -> Statement.Kind {
        try expect(.delete)
        let top = at(.top) ? try topClause() : nil
        _ = accept(.from)
        let target = try modificationTarget()
        let tableHints = try self.tableHints()
        let output = try outputClauses()
        let from = accept(.from) ? try tableSources() : []
        let condition = accept(.where) ? try whereCondition() : nil
        return .delete(
            DeleteStatement(
                with: with, top: top, target: target, tableHints: tableHints, output: output, from: from,
                condition: condition, hints: try queryHints()))
    }

    // MARK: - OUTPUT

    mutating func outputClauses() throws(Fault) -> [OutputClause] {
        var clauses: [OutputClause] = []
        while at(.output), clauses.count < 2 {
            let start = advance()
            let items = try commaList { parser throws(Fault) in try parser.selectItem() }
            var into: ModificationTarget?
            var columns: [MultipartName] = []
            if accept(.into) {
                into = try modificationTarget()
                if at(.leftParenthesis), !startsQuery {
                    columns = try parenthesizedList { parser throws(Fault) in try parser.columnName() }
                }
            }
            clauses.append(OutputClause(items: items, into: into, intoColumns: columns, range: range(from: start)))
        }
        return clauses
    }
}
