import SQLValues
import TransactSQL

extension Binder {
    /// A search condition.
    func bindCondition(_ expression: SQLExpression, _ scope: Scope) throws -> BoundExpression {
        let line = expression.range.line
        switch expression.kind {
        case .parenthesized(let inner): return try bindCondition(inner, scope)
        case .and(let a, let b): return .condition(.and(try bindCondition(a, scope), try bindCondition(b, scope)))
        case .or(let a, let b): return .condition(.or(try bindCondition(a, scope), try bindCondition(b, scope)))
        case .not(let inner): return .condition(.not(try bindCondition(inner, scope)))
        case .comparison(let sign, let a, let b):
            if let collated = try collatedComparison(sign, a, b, scope, line: line) { return collated }
            return try comparison(sign, bind(a, scope), bind(b, scope), line: line)
        case .isNull(let value, let negated): return .condition(.isNull(try bind(value, scope), negated: negated))
        case .isDistinct(let a, let b, let negated):
            let pair = try pair(bind(a, scope), bind(b, scope), "=", line: line)
            return .condition(.isDistinct(pair.0, pair.1, negated: negated))
        case .between(let value, let low, let high, let negated):
            let operand = try bind(value, scope)
            let lower = try comparison(.greaterOrEqual, operand, bind(low, scope), line: line)
            let upper = try comparison(.lessOrEqual, operand, bind(high, scope), line: line)
            let both = BoundExpression.condition(.and(lower, upper))
            return negated ? .condition(.not(both)) : both
        case .like(let value, let pattern, let escape, let negated):
            return try like(value, pattern, escape, negated, scope, line: line)
        case .inList(let value, let list, let negated): return try inList(value, list, negated, scope, line: line)
        case .inQuery(let value, let query, let negated): return try inQuery(value, query, negated, scope, line: line)
        case .exists(let query): return .condition(.exists(try bindSubquery(query, scope, isExists: true)))
        case .quantified(let sign, let value, let quantifier, let query):
            return try quantified(sign, value, quantifier, query, scope, line: line)
        case .predicate(let call) where call.uppercasedName == "UPDATE":
            return try updatePredicate(call, line: line)
        case .predicate(let call): throw ServerMessage.unsupported(call.uppercasedName, line: line)
        default:
            throw ServerMessage.error(
                4145, line: line,
                "An expression of non-boolean type specified in a context where a condition is expected.")
        }
    }

    /// A comparison of two values in their common type.
    func comparison(_ sign: ComparisonOperator, _ a: BoundExpression, _ b: BoundExpression, line: Int) throws
        -> BoundExpression
    {
        if !ansiNulls, [a, b].contains(where: \.mayBeNullOperand) {
            return try comparisonWithNull(sign, a, b, line: line)
        }
        let (left, right) = try pair(a, b, sign.rawValue, line: line)
        return .condition(.comparison(sign, left, right))
    }

    /// Under ANSI_NULLS OFF NULL equals NULL, and nothing else, where an operand is NULL or a variable.
    private func comparisonWithNull(_ sign: ComparisonOperator, _ a: BoundExpression, _ b: BoundExpression, line: Int)
        throws -> BoundExpression
    {
        let (left, right) = try pair(a, b, sign.rawValue, line: line)
        switch sign {
        case .equal: return .condition(.isDistinct(left, right, negated: true))
        case .notEqual: return .condition(.isDistinct(left, right, negated: false))
        default: return .condition(.comparison(sign, left, right))
        }
    }

    static func operatorName(_ sign: String) -> String {
        switch sign {
        case "=": "equal to"
        case "<>": "not equal to"
        case "<": "less than"
        case "<=": "less than or equal to"
        case ">": "greater than"
        default: "greater than or equal to"
        }
    }

    private func pair(_ a: BoundExpression, _ b: BoundExpression, _ sign: String, line: Int) throws
        -> (BoundExpression, BoundExpression)
    {
        guard let type = commonType([a, b]) else { return (.constant(.null, .int), .constant(.null, .int)) }
        for operand in [a, b] where [.text, .nText, .image, .xml].contains(operand.type.kind) && !operand.isUntypedNull
        {
            throw ServerMessage.error(
                402, line: line,
                "The data types \(a.type.name) and \(b.type.name) are incompatible in the \(Self.operatorName(sign)) operator."
            )
        }
        if a.type.isCharacter, b.type.isCharacter, !a.isUntypedNull, !b.isUntypedNull { return (a, b) }
        for operand in [a, b] where !operand.isUntypedNull {
            guard TypeRules.allowance(from: operand.type, to: type) == .never else { continue }
            if TypeRules.isMoment(a.type), TypeRules.isMoment(b.type) {
                throw ServerMessage.error(
                    402, line: line,
                    "The data types \(a.type.name) and \(b.type.name) are incompatible in the \(Self.operatorName(sign)) operator."
                )
            }
            throw ServerMessage.error(
                206, state: 2, line: line,
                "Operand type clash: \(a.type.name) is incompatible with \(b.type.name)")
        }
        return (try coerce(a, to: type, line: line), try coerce(b, to: type, line: line))
    }

    private func like(
        _ value: SQLExpression, _ pattern: SQLExpression, _ escape: SQLExpression?, _ negated: Bool, _ scope: Scope,
        line: Int
    ) throws -> BoundExpression {
        var arguments = [try bind(value, scope), try bind(pattern, scope)]
        if let escape { arguments.append(try bind(escape, scope)) }
        let texts = try arguments.map { argument in
            argument.type.isCharacter ? argument : try coerce(argument, to: .varChar(8_000), line: line)
        }
        // One text of Unicode makes all of it a comparison of Unicode, in which blanks at the end count.
        let isNational = texts.contains { $0.type.kind.isNational }
        let test = BoundExpression.condition(.stored(isNational ? "ts_like_n" : "ts_like", texts))
        return negated ? .condition(.not(test)) : test
    }

    private func inList(_ value: SQLExpression, _ list: [SQLExpression], _ negated: Bool, _ scope: Scope, line: Int)
        throws -> BoundExpression
    {
        let operand = try bind(value, scope)
        let items = try list.map { try bind($0, scope) }
        guard let type = commonType([operand] + items) else {
            return .condition(.inList(.constant(.null, .int), [.constant(.null, .int)], negated: negated))
        }
        if operand.type.isCharacter, items.allSatisfy({ $0.type.isCharacter || $0.isUntypedNull }) {
            let texts = items.map { $0.isUntypedNull ? BoundExpression.constant(.null, type) : $0 }
            return .condition(.inList(operand, texts, negated: negated))
        }
        let converted = try items.map { try coerce($0, to: type, line: line) }
        return .condition(.inList(try coerce(operand, to: type, line: line), converted, negated: negated))
    }

    func inQuery(_ value: SQLExpression, _ query: Query, _ negated: Bool, _ scope: Scope, line: Int) throws
        -> BoundExpression
    {
        var operand = try bind(value, scope)
        var bound = try singleColumn(query, scope, line: line)
        let column = bound.columns[0]
        if operand.isUntypedNull { operand = .constant(.null, column.type) }
        if operand.type.isCharacter, column.type.isCharacter {
            return .condition(.inQuery(operand, bound, negated: negated))
        }
        let type = TypeRules.common(operand.type, column.type)
        operand = try coerce(operand, to: type, line: line)
        bound = try coerce(bound, to: [type], line: line)
        return .condition(.inQuery(operand, bound, negated: negated))
    }

    func singleColumn(_ query: Query, _ scope: Scope, line: Int) throws -> BoundQuery {
        let bound = try bindSubquery(query, scope)
        guard bound.columns.count == 1 else {
            throw ServerMessage.error(
                116, line: line,
                "Only one expression can be specified in the select list when the subquery is not introduced with EXISTS."
            )
        }
        return bound
    }
}

extension BoundExpression {
    /// NULL or a variable, which compare otherwise under SET ANSI_NULLS OFF.
    fileprivate var mayBeNullOperand: Bool {
        switch node {
        case .untypedNull: true
        case .parameter, .liveVariable: isNullable
        default: false
        }
    }
}
