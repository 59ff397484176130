extension NameCollector {
    mutating func visit(_ expression: SQLExpression?) {
        if let expression { visit(expression) }
    }

    mutating func visit(_ expression: SQLExpression) {
        switch expression.kind {
        case .literal, .variable, .defaultValue, .currentOf: break
        case .column(let name): note(.column(scopes), name)
        case .unary(_, let inner), .parenthesized(let inner), .collate(let inner, _), .not(let inner),
            .isNull(let inner, _):
            visit(inner)
        case .binary:
            let (first, rest) = expression.operands
            visit(first)
            for (_, operand) in rest { visit(operand) }
        case .and: for condition in expression.conjuncts { visit(condition) }
        case .or: for condition in expression.disjuncts { visit(condition) }
        case .atTimeZone(let left, let right), .comparison(_, let left, let right), .isDistinct(let left, let right, _):
            visit(left)
            visit(right)
        case .function(let call), .predicate(let call): visit(call)
        case .cast(let cast):
            visit(cast.type)
            for value in [cast.value, cast.style, cast.culture] { visit(value) }
        case .caseWhen(let choice): visit(choice)
        case .subquery(let query), .exists(let query): visit(query)
        case .nextValue(let name, let over):
            note(.sequence, name)
            if let over { visit(over) }
        case .quantified(_, let value, _, let query), .inQuery(let value, let query, _):
            visit(value)
            visit(query)
        case .between(let value, let low, let high, _): for part in [value, low, high] { visit(part) }
        case .like(let value, let pattern, let escape, _): for part in [value, pattern, escape] { visit(part) }
        case .inList(let value, let list, _): for part in [value] + list { visit(part) }
        }
    }

    private mutating func visit(_ choice: CaseExpression) {
        visit(choice.operand)
        for branch in choice.branches {
            visit(branch.when)
            visit(branch.then)
        }
        visit(choice.otherwise)
    }

    private mutating func visit(_ call: FunctionCall) {
        if call.name.parts.count > 1 { note(.function, call.name) }
        visit(arguments: call)
        for item in call.withinGroup { visit(item.value) }
        if let over = call.over { visit(over) }
    }

    mutating func visit(arguments call: FunctionCall) {
        for argument in call.arguments {
            switch argument {
            case .value(let value): visit(value)
            case .star, .words: break
            case .pair(let key, let value):
                visit(key)
                visit(value)
            case .trim(_, let characters, let text):
                visit(characters)
                visit(text)
            }
        }
    }

    mutating func visit(_ over: OverClause) {
        for value in over.partitionBy { visit(value) }
        for item in over.orderBy { visit(item.value) }
    }

    /// A type; those that the server has are left to whoever looks names up.
    mutating func visit(_ type: DataTypeName) { note(.type, type.name) }

    /// The types, defaults, computed columns and checks of a table.
    mutating func visit(_ table: TableDefinition) {
        for column in table.columns {
            if let type = column.type { visit(type) }
            visit(column.computed)
        }
        for constraint in table.constraints + table.columns.flatMap(\.constraints) {
            switch constraint.kind {
            case .check(let condition, _): visit(condition)
            case .defaultValue(let value, _): visit(value)
            case .primaryKey, .unique, .foreignKey, .connection: break
            }
        }
    }
}
