extension SyntaxPrinter {
    mutating func call(_ call: FunctionCall) {
        if call.name.name == "$value" { return valueMethod(call) }
        name(call.name)
        guard call.hasParentheses else { return }
        parenthesized { printer in
            printer.write("DISTINCT", if: call.isDistinct)
            printer.arguments(call.arguments)
        }
        if !call.withinGroup.isEmpty {
            write("WITHIN GROUP")
            parenthesized { printer in printer.orderBy(call.withinGroup) }
        }
        if let ignoresNulls = call.ignoresNulls { write(ignoresNulls ? "IGNORE NULLS" : "RESPECT NULLS") }
        if let over = call.over { self.over(over) }
    }

    /// The method `value` on a subquery with FOR XML, which the tree has as a call of `$value`.
    private mutating func valueMethod(_ call: FunctionCall) {
        let values = call.values ?? []
        if let subquery = values.first { expression(subquery) }
        write(".")
        write("value")
        parenthesized(Array(values.dropFirst())) { printer, value in printer.expression(value) }
    }

    private mutating func arguments(_ arguments: [FunctionCall.Argument]) {
        for index in arguments.indices {
            if case .words(let words) = arguments[index] {
                write(words: words)
                continue
            }
            write(",", if: index > 0)
            argument(arguments[index])
        }
    }

    private mutating func argument(_ argument: FunctionCall.Argument) {
        switch argument {
        case .value(let value): expression(value)
        case .star: write("*")
        case .pair(let key, let value):
            expression(key)
            write(":")
            expression(value)
        case .trim(let side, let characters, let text):
            if let side { write(side) }
            expression(characters)
            write("FROM")
            expression(text)
        case .words(let words): write(words: words)
        }
    }

    // MARK: - Windows

    mutating func over(_ over: OverClause) {
        write("OVER")
        if let name = over.windowName, !over.hasParentheses {
            identifier(name)
        } else {
            window(over)
        }
    }

    /// A window in parentheses.
    mutating func window(_ over: OverClause) {
        parenthesized { printer in
            if let name = over.windowName { printer.identifier(name) }
            if !over.partitionBy.isEmpty {
                printer.write("PARTITION BY")
                printer.list(over.partitionBy) { printer, value in printer.expression(value) }
            }
            printer.orderBy(over.orderBy)
            if let frame = over.frame { printer.frame(frame) }
        }
    }

    private mutating func frame(_ frame: WindowFrame) {
        write(frame.unit.rawValue)
        guard let end = frame.end else { return bound(frame.start) }
        write("BETWEEN")
        bound(frame.start)
        write("AND")
        bound(end)
    }

    private mutating func bound(_ bound: WindowFrame.Bound) {
        switch bound {
        case .unboundedPreceding: write("UNBOUNDED PRECEDING")
        case .preceding(let distance):
            expression(distance)
            write("PRECEDING")
        case .currentRow: write("CURRENT ROW")
        case .following(let distance):
            expression(distance)
            write("FOLLOWING")
        case .unboundedFollowing: write("UNBOUNDED FOLLOWING")
        }
    }

    // MARK: - Conversions and CASE

    mutating func cast(_ cast: Cast) {
        write((cast.isTry ? "TRY_" : "") + cast.form.rawValue)
        parenthesized { printer in
            if cast.form == .convert {
                printer.dataType(cast.type)
                printer.write(",")
                printer.expression(cast.value)
            } else {
                printer.expression(cast.value)
                printer.write("AS")
                printer.dataType(cast.type)
            }
            if let style = cast.style {
                printer.write(",")
                printer.expression(style)
            }
            if let culture = cast.culture {
                printer.write("USING")
                printer.expression(culture)
            }
        }
    }

    mutating func caseWhen(_ expression: CaseExpression) {
        write("CASE")
        if let operand = expression.operand { self.expression(operand) }
        for branch in expression.branches {
            write("WHEN")
            self.expression(branch.when)
            write("THEN")
            self.expression(branch.then)
        }
        if let otherwise = expression.otherwise {
            write("ELSE")
            self.expression(otherwise)
        }
        write("END")
    }
}
