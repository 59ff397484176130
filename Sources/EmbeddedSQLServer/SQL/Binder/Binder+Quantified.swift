import SQLValues
import TransactSQL

extension Binder {
    /// A comparison with ALL or ANY rows of a subquery.
    ///
    /// One row that decides makes the result; else one that compares with NULL makes it unknown. Without rows ALL
    /// holds and ANY does not.
    func quantified(
        _ sign: ComparisonOperator, _ value: SQLExpression, _ quantifier: Quantifier, _ query: Query, _ scope: Scope,
        line: Int
    ) throws -> BoundExpression {
        switch (sign, quantifier) {
        case (.equal, .any): return try inQuery(value, query, false, scope, line: line)
        case (.notEqual, .all): return try inQuery(value, query, true, scope, line: line)
        default: break
        }
        let operand = try bind(value, scope)
        let bound = try singleColumn(query, scope, line: line)
        let isAll = quantifier == .all
        func rows(_ condition: (BoundExpression) -> BoundExpression) throws -> BoundExpression {
            let alias = nextAlias()
            let column = bound.columns[0]
            let reference = ColumnReference(source: alias, column: "c1", displayName: column.name, scope: 0)
            let item = BoundExpression(
                node: column.isUntyped ? .untypedNull : .column(reference), type: column.type, isNullable: true)
            var select = BoundSelect()
            select.items = [.constant(.int(1), .int)]
            select.from = [.derived(bound, alias: alias)]
            select.condition = condition(try comparison(sign, operand, item, line: line))
            let columns = [OutputColumn(name: "", type: .int, isNullable: false)]
            return .condition(.exists(BoundQuery(body: .select(select), columns: columns)))
        }
        let decides = try rows { isAll ? .condition(.not($0)) : $0 }
        let isUnknown = try rows { .condition(.isNull($0, negated: false)) }
        let result = BoundExpression(
            node: .caseWhen(
                [
                    .init(when: decides, then: .constant(.int(isAll ? 0 : 1), .int)),
                    .init(when: isUnknown, then: .constant(.null, .int)),
                ], otherwise: .constant(.int(isAll ? 1 : 0), .int)), type: .int, isNullable: true)
        return .condition(.comparison(.equal, result, .constant(.int(1), .int)))
    }
}
