extension SyntaxPrinter {
    /// `FROM` with its sources; nothing for none.
    mutating func from(_ sources: [TableSource]) {
        guard !sources.isEmpty else { return }
        newLine()
        write("FROM")
        list(sources) { printer, source in printer.tableSource(source) }
    }

    /// One source; a chain of joins leans to the left and may be long, so that it is written without recursion.
    mutating func tableSource(_ source: TableSource) {
        var chain: [TableSource] = []
        var first = source
        while let left = SyntaxPrinter.left(of: first) {
            chain.append(first)
            first = left
        }
        primary(first)
        for link in chain.reversed() {
            newLine()
            self.link(link)
        }
    }

    /// The source that comes first in one made of several; nil for a simple one.
    private static func left(of source: TableSource) -> TableSource? {
        switch source {
        case .join(let join): join.left
        case .pivot(let pivot): pivot.source
        case .unpivot(let unpivot): unpivot.source
        case .table, .variable, .derived, .values, .function, .parenthesized: nil
        }
    }

    /// What follows the first source of one made of several.
    private mutating func link(_ source: TableSource) {
        switch source {
        case .join(let join): self.join(join)
        case .pivot(let pivot): self.pivot(pivot)
        case .unpivot(let unpivot): self.unpivot(unpivot)
        case .table, .variable, .derived, .values, .function, .parenthesized: break
        }
    }

    private mutating func primary(_ source: TableSource) {
        switch source {
        case .table(let table): self.table(table)
        case .variable(let name, let alias, _):
            write(name)
            self.alias(alias)
        case .derived(let query, let alias, let columns, _):
            parenthesized(query)
            self.alias(alias)
            nameList(columns)
        case .values(let rows, let alias, let columns, _):
            parenthesized { printer in
                printer.write("VALUES")
                printer.rows(rows)
            }
            self.alias(alias)
            nameList(columns)
        case .function(let function): self.function(function)
        case .parenthesized(let inner): parenthesized { printer in printer.tableSource(inner) }
        case .join, .pivot, .unpivot: tableSource(source)
        }
    }

    /// The rows of VALUES.
    mutating func rows(_ rows: [[SQLExpression]]) {
        list(rows) { printer, row in
            printer.parenthesized(row) { printer, value in printer.expression(value) }
        }
    }

    // MARK: - Tables and functions

    private mutating func table(_ table: NamedTable) {
        name(table.name)
        if !table.systemTime.isEmpty {
            write("FOR SYSTEM_TIME")
            write(words: table.systemTime)
        }
        alias(table.alias)
        write(words: table.sample)
        tableHints(table.hints)
    }

    /// Table hints with or without WITH, as they were written; nothing for none.
    mutating func tableHints(_ hints: [TableHint]) {
        guard let first = hints.first else { return }
        write("WITH", if: first.followsWith)
        parenthesized { printer in
            for index in hints.indices {
                printer.write(",", if: index > 0 && hints[index].followsComma)
                printer.tableHint(hints[index])
            }
        }
    }

    private mutating func tableHint(_ hint: TableHint) {
        write(hint.name)
        guard !hint.arguments.isEmpty else { return }
        write("=", if: hint.isAssigned)
        if hint.hasParentheses { tableHintArguments(hint.arguments) } else { write(words: hint.arguments) }
    }

    /// The arguments of a hint, whose commas are not kept: they stand between two of them outside of parentheses.
    private mutating func tableHintArguments(_ arguments: [String]) {
        parenthesized { printer in
            for index in arguments.indices {
                let isSeparated = index > 0 && arguments[index] != "(" && arguments[index] != ")"
                printer.write(",", if: isSeparated && arguments[index - 1] != "(")
                printer.write(arguments[index])
            }
        }
    }

    private mutating func function(_ function: TableFunction) {
        call(function.call)
        if !function.schema.isEmpty {
            write("WITH")
            parenthesized(function.schema) { printer, column in
                printer.identifier(column.name)
                printer.dataType(column.type)
                if let path = column.path { printer.string(path) }
                printer.write("AS JSON", if: column.isJSON)
            }
        }
        alias(function.alias)
        nameList(function.columns)
    }

    // MARK: - Joins

    private mutating func join(_ join: JoinedTable) {
        if let hint = join.hint {
            let words = join.kind.rawValue.split(separator: " ")
            write("\(words[0]) \(hint) JOIN")
        } else {
            write(join.kind.rawValue)
        }
        tableSource(join.right)
        guard let condition = join.condition else { return }
        write("ON")
        expression(condition)
    }

    private mutating func pivot(_ pivot: PivotedTable) {
        write("PIVOT")
        parenthesized { printer in
            printer.call(pivot.aggregate)
            printer.write("FOR")
            printer.name(pivot.column)
            printer.write("IN")
            printer.nameList(pivot.values)
        }
        alias(pivot.alias)
    }

    private mutating func unpivot(_ unpivot: UnpivotedTable) {
        write("UNPIVOT")
        parenthesized { printer in
            printer.identifier(unpivot.value)
            printer.write("FOR")
            printer.identifier(unpivot.column)
            printer.write("IN")
            printer.nameList(unpivot.columns)
        }
        alias(unpivot.alias)
    }
}
