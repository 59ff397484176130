import SQLValues
import TransactSQL

/// Views, derived tables and common table expressions through which rows are changed.
extension Binder {
    /// Where the query of a source stands.
    var sourcePlace: QueryPlace { exposesRows ? .target : .subquery }

    /// Adds the ids of the base tables' rows behind the columns of a query.
    func expose(_ select: SelectSpecification, _ scope: Scope, in query: inout BoundQuery) {
        guard case .select(var bound) = query.body else { return }
        guard !bound.isDistinct, scope.groups == nil, !scope.hasAggregate, bound.having == nil else {
            query.changeable = Changeable(refusal: .aggregate)
            return
        }
        var result = Changeable()
        let items = bound.items
        for source in scope.sources {
            if let refusal = source.refusal { result.refusal = refusal }
            for base in source.bases {
                var columns: [String: Int] = [:]
                for (index, item) in items.enumerated() {
                    guard case .column(let reference) = item.node, reference.source == source.alias,
                        let id = base.columns[reference.column]
                    else { continue }
                    columns["c\(index + 1)"] = id
                }
                bound.items.append(base.rowID(of: source))
                result.bases.append(
                    Scope.Base(
                        table: base.table, rowID: "c\(bound.items.count)", columns: columns, checks: base.checks))
            }
        }
        query.body = .select(bound)
        query.changeable = result
    }
}

extension Changeable {
    /// Remembers that what is changed must stay visible in a view.
    mutating func check(_ view: ViewInfo) {
        for index in bases.indices { bases[index].checks.append(view) }
    }
}
