import SQLValues

extension BoundExpression {
    /// The expression with parts replaced, from the outside in; `replace` gives nil for what stays.
    func rewritten(_ replace: (BoundExpression) -> BoundExpression?) -> BoundExpression {
        if let other = replace(self) { return other }
        func all(_ list: [BoundExpression]) -> [BoundExpression] { list.map { $0.rewritten(replace) } }
        func one(_ part: BoundExpression) -> BoundExpression { part.rewritten(replace) }
        var result = self
        switch node {
        case .constant, .untypedNull, .parameter, .liveVariable, .column, .argument, .subquery, .exists, .aggregate,
            .grouping:
            return self
        case .call(let name, let list): result.node = .call(name, all(list))
        case .stored(let name, let list): result.node = .stored(name, all(list))
        case .coalesce(let list): result.node = .coalesce(all(list))
        case .integer(let name, let a, let b): result.node = .integer(name, one(a), one(b))
        case .comparison(let sign, let a, let b): result.node = .comparison(sign, one(a), one(b))
        case .and(let a, let b): result.node = .and(one(a), one(b))
        case .or(let a, let b): result.node = .or(one(a), one(b))
        case .isDistinct(let a, let b, let negated): result.node = .isDistinct(one(a), one(b), negated: negated)
        case .convert(let inner, let isTry, let style):
            result.node = .convert(one(inner), isTry: isTry, style: style.map(one))
        case .caseWhen(let branches, let otherwise):
            let parts = branches.map { Branch(when: one($0.when), then: one($0.then)) }
            result.node = .caseWhen(parts, otherwise: otherwise.map(one))
        case .retyped(let inner): result.node = .retyped(one(inner))
        case .not(let inner): result.node = .not(one(inner))
        case .isNull(let inner, let negated): result.node = .isNull(one(inner), negated: negated)
        case .inQuery(let value, let query, let negated): result.node = .inQuery(one(value), query, negated: negated)
        case .inList(let value, let list, let negated): result.node = .inList(one(value), all(list), negated: negated)
        }
        return result
    }

    /// The expression of a query with one way of grouping: GROUPING is 0.
    var withoutGrouping: BoundExpression {
        rewritten { part in
            guard case .grouping = part.node else { return nil }
            return .constant(.int(0), part.type)
        }
    }

    /// Whether a part, outside of subqueries, fulfils a condition.
    func contains(_ condition: (BoundExpression) -> Bool) -> Bool {
        condition(self) || children.contains { $0.contains(condition) }
    }

    /// Whether a column of a scope is named.
    func names(_ scope: Int) -> Bool {
        contains { part in
            if case .column(let reference) = part.node { return reference.scope == scope }
            return false
        }
    }

    var holdsSubquery: Bool {
        contains { part in
            switch part.node {
            case .subquery, .exists, .inQuery: true
            default: false
            }
        }
    }

    var holdsWindow: Bool {
        contains { part in
            if case .aggregate(let aggregate) = part.node { return aggregate.window != nil }
            return false
        }
    }

    var isAggregate: Bool {
        if case .aggregate = node { return true }
        return false
    }
}
