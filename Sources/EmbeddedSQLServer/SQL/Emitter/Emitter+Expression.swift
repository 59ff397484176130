import SQLValues
import TransactSQL

extension Emitter {
    /// Writes a value or a condition.
    mutating func expression(_ expression: BoundExpression) {
        if let number = captured(expression) { return write("?\(number)") }
        switch expression.node {
        case .constant(let value): literal(StoredForm.encode(value, as: expression.type))
        case .untypedNull: write("NULL")
        case .parameter(let source): write("?\(place(of: source, expression.type))")
        case .liveVariable(let index): write("ts_var(\(index))")
        case .column(let reference):
            // A CHECK constraint names the columns of its own table only.
            write(reference.source.isEmpty ? reference.column : "\(reference.source).\(reference.column)")
        case .argument(_, let value): self.expression(value)
        case .call(let function, let arguments): typedCall(function, arguments, expression.type)
        case .integer(let function, let a, let b):
            write("\(function)(")
            self.expression(a)
            write(", ")
            self.expression(b)
            write(", \(expression.type.kind.rawValue))")
        case .stored(let function, let arguments):
            write("\(function)(")
            list(arguments) { $0.expression($1) }
            write(")")
        case .convert(let inner, let isTry, let style):
            let arguments = [inner] + (style.map { [$0] } ?? [])
            typedCall(isTry ? "ts_try_cast" : "ts_cast", arguments, expression.type)
        case .retyped(let inner): self.expression(inner)
        case .caseWhen(let branches, let otherwise): caseWhen(branches, otherwise)
        case .coalesce(let arguments):
            write("coalesce(")
            list(arguments) { $0.expression($1) }
            write(")")
        case .subquery(let query): scalar(query, expression.type)
        case .aggregate(let aggregate): self.aggregate(aggregate, expression.type)
        case .grouping: write("0")
        default: condition(expression)
        }
    }

    private mutating func typedCall(_ function: String, _ arguments: [BoundExpression], _ type: SQLType) {
        write("\(function)(\(type.code)")
        for argument in arguments {
            write(", ")
            expression(argument)
            write(", \(argument.type.code)")
        }
        write(")")
    }

    private mutating func caseWhen(_ branches: [BoundExpression.Branch], _ otherwise: BoundExpression?) {
        write("CASE")
        for branch in branches {
            write(" WHEN ")
            expression(branch.when)
            write(" THEN ")
            expression(branch.then)
        }
        if let otherwise {
            write(" ELSE ")
            expression(otherwise)
        }
        write(" END")
    }

    /// A subquery as a value: more than one row is an error, which SQLite would not notice.
    private mutating func scalar(_ query: BoundQuery, _ type: SQLType) {
        let isSingle: Bool
        if let select = query.select {
            isSingle = select.isAggregate || select.from.isEmpty
        } else {
            isSingle = false
        }
        guard !isSingle else {
            write("(")
            self.query(query)
            write(")")
            return
        }
        write("(SELECT ts_single(\(type.code), c1, \(type.code)) FROM (")
        self.query(query)
        write("))")
    }

    private mutating func aggregate(_ aggregate: BoundAggregate, _ type: SQLType) {
        let isOurs = aggregate.function.hasPrefix("ts_")
        // SQLite allows DISTINCT for aggregates of one argument only: the types travel with the value.
        let isPacked = isOurs && aggregate.isDistinct
        write(aggregate.function + "(")
        if aggregate.isDistinct { write("DISTINCT ") }
        if let argument = aggregate.argument {
            if isOurs {
                if isPacked { write("ts_pack(") }
                write("\(type.code), ")
                expression(argument)
                write(", \(argument.type.code)")
                if isPacked { write(")") }
            } else if StoredForm.ignoresZeros(argument.type), !aggregate.isDistinct {
                expression(argument)
            } else {
                collated(argument)
            }
        } else if aggregate.function == "count" {
            write("*")
        }
        for (index, value) in aggregate.extra.enumerated() {
            if index > 0 || aggregate.argument != nil { write(", ") }
            expression(value)
        }
        write(")")
        if let filter = aggregate.filter {
            write(" FILTER (WHERE ")
            expression(filter)
            write(")")
        }
        guard let window = aggregate.window else { return }
        write(" OVER (")
        if !window.partition.isEmpty {
            write("PARTITION BY ")
            list(window.partition) { $0.collated($1) }
        }
        if !window.order.isEmpty {
            write(" ORDER BY ")
            list(window.order) { $0.order($1) }
        }
        write(" \(window.frame))")
    }

    private mutating func condition(_ expression: BoundExpression) {
        write("(")
        defer { write(")") }
        switch expression.node {
        case .comparison(let sign, let a, let b):
            collated(a, beside: [b])
            write(" \(sign.rawValue) ")
            comparable(b)
        case .and: chain(expression.parts(of: .and)[...], "AND")
        case .or: chain(expression.parts(of: .or)[...], "OR")
        case .not(let inner):
            write("NOT ")
            self.expression(inner)
        case .isNull(let value, let negated):
            self.expression(value)
            write(negated ? " IS NOT NULL" : " IS NULL")
        case .isDistinct(let a, let b, let negated):
            collated(a, beside: [b])
            write(negated ? " IS " : " IS NOT ")
            comparable(b)
        case .inList(let value, let list, let negated):
            collated(value, beside: list)
            write(negated ? " NOT IN (" : " IN (")
            self.list(list) { $0.comparable($1) }
            write(")")
        case .inQuery(let value, let query, let negated):
            let column = query.columns.first.map { BoundExpression.constant(.null, $0.type) }
            collated(value, beside: column.map { [$0] } ?? [])
            write(negated ? " NOT IN (" : " IN (")
            let ignoresZeros = query.columns.contains { StoredForm.ignoresZeros($0.type) }
            if ignoresZeros { write("SELECT ts_bin(c1) FROM (") }
            self.query(query)
            write(ignoresZeros ? "))" : ")")
        case .exists(let query):
            write("EXISTS (")
            self.query(query)
            write(")")
        default: write("NULL")
        }
    }

    /// Writes a chain of AND or OR as a tree of little depth, since SQLite's depth is limited.
    private mutating func chain(_ parts: ArraySlice<BoundExpression>, _ word: String) {
        guard parts.count > 1 else {
            for part in parts { expression(part) }
            return
        }
        let middle = parts.startIndex + parts.count / 2
        for (index, half) in [parts[..<middle], parts[middle...]].enumerated() {
            if index > 0 { write(" \(word) ") }
            if half.count > 1 { write("(") }
            chain(half, word)
            if half.count > 1 { write(")") }
        }
    }
}

extension BoundExpression {
    fileprivate enum Connective { case and, or }

    /// The conditions that are connected in a chain, from left to right.
    fileprivate func parts(of connective: Connective) -> [BoundExpression] {
        var reversed: [BoundExpression] = []
        var rest = [self]
        while let next = rest.popLast() {
            switch (next.node, connective) {
            case (.and(let a, let b), .and), (.or(let a, let b), .or): rest += [a, b]
            default: reversed.append(next)
            }
        }
        return reversed.reversed()
    }
}
