extension SyntaxPrinter {
    /// An expression or a condition; chains of operators lean to the left and are written without recursion.
    mutating func expression(_ expression: SQLExpression) {
        switch expression.kind {
        case .literal(let literal): self.literal(literal)
        case .variable(let name): write(name)
        case .column(let name): self.name(name)
        case .defaultValue: write("DEFAULT")
        case .unary(let symbol, let value): unary(symbol, value)
        case .binary: binary(expression)
        case .parenthesized(let inner): parenthesized { printer in printer.expression(inner) }
        case .collate, .atTimeZone: suffixed(expression)
        case .function(let call): self.call(call)
        case .cast(let cast): self.cast(cast)
        case .caseWhen(let expression): caseWhen(expression)
        case .subquery(let query): parenthesized(query)
        case .nextValue(let sequence, let over):
            write("NEXT VALUE FOR")
            name(sequence)
            if let over { self.over(over) }
        case .and: chain(expression.conjuncts, "AND")
        case .or: chain(expression.disjuncts, "OR")
        case .not(let inner):
            write("NOT")
            self.expression(inner)
        case .exists(let query):
            write("EXISTS")
            parenthesized(query)
        case .predicate(let call): self.call(call)
        case .currentOf(let cursor):
            write("CURRENT OF")
            cursorName(cursor)
        case .comparison, .quantified, .isNull, .isDistinct, .between, .like, .inList, .inQuery:
            predicate(expression.kind)
        }
    }

    private mutating func expressions(_ values: [SQLExpression]) {
        parenthesized(values) { printer, value in printer.expression(value) }
    }

    // MARK: - Operators

    /// A sign stands right before its operand, but two minus signs would begin a comment.
    private mutating func unary(_ symbol: UnaryOperator, _ value: SQLExpression) {
        write(symbol.rawValue)
        expression(value)
    }

    private mutating func binary(_ expression: SQLExpression) {
        let (first, rest) = expression.operands
        self.expression(first)
        for (symbol, operand) in rest {
            write(symbol.rawValue)
            self.expression(operand)
        }
    }

    private mutating func chain(_ conditions: [SQLExpression], _ symbol: String) {
        for index in conditions.indices {
            write(symbol, if: index > 0)
            expression(conditions[index])
        }
    }

    private mutating func suffixed(_ expression: SQLExpression) {
        var suffixes: [SQLExpression.Kind] = []
        var first = expression
        while true {
            switch first.kind {
            case .collate(let value, _), .atTimeZone(let value, _):
                suffixes.append(first.kind)
                first = value
                continue
            default: break
            }
            break
        }
        self.expression(first)
        for suffix in suffixes.reversed() {
            if case .collate(_, let collation) = suffix {
                write("COLLATE")
                identifier(collation)
            } else if case .atTimeZone(_, let zone) = suffix {
                write("AT TIME ZONE")
                self.expression(zone)
            }
        }
    }

    // MARK: - Predicates

    private mutating func predicate(_ kind: SQLExpression.Kind) {
        switch kind {
        case .comparison(let symbol, let left, let right):
            infix(left, symbol.rawValue)
            expression(right)
        case .quantified(let symbol, let left, let quantifier, let query):
            infix(left, symbol.rawValue)
            write(quantifier.rawValue)
            parenthesized(query)
        case .isNull(let value, let negated): infix(value, negated ? "IS NOT NULL" : "IS NULL")
        case .isDistinct(let left, let right, let negated):
            infix(left, negated ? "IS NOT DISTINCT FROM" : "IS DISTINCT FROM")
            expression(right)
        case .between(let value, let lower, let upper, let negated):
            infix(value, negated ? "NOT BETWEEN" : "BETWEEN")
            infix(lower, "AND")
            expression(upper)
        case .like(let value, let pattern, let escape, let negated):
            infix(value, negated ? "NOT LIKE" : "LIKE")
            expression(pattern)
            guard let escape else { return }
            write("ESCAPE")
            expression(escape)
        case .inList(let value, let values, let negated):
            infix(value, negated ? "NOT IN" : "IN")
            expressions(values)
        case .inQuery(let value, let query, let negated):
            infix(value, negated ? "NOT IN" : "IN")
            parenthesized(query)
        default: break
        }
    }

    private mutating func infix(_ left: SQLExpression, _ symbol: String) {
        expression(left)
        write(symbol)
    }

    // MARK: - Constants

    private mutating func literal(_ literal: Literal) {
        switch literal {
        case .null: write("NULL")
        case .integer(let text), .decimal(let text), .float(let text): write(text)
        case .money(let text): write("$" + text)
        case .string(let value, let isNational): string(value, isNational: isNational)
        case .binary(let bytes): write("0x" + bytes.map(SyntaxPrinter.hexadecimal).joined())
        }
    }

    private static func hexadecimal(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16, uppercase: true)
        return digits.count == 1 ? "0" + digits : digits
    }
}
