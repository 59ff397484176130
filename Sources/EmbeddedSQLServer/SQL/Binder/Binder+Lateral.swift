import SQLValues
import TransactSQL

extension Binder {
    /// What the right side of an APPLY may name: all that stands to its left.
    func lateralScope(_ scope: Scope, _ left: [Scope.Source], _ outer: Scope?, line: Int) throws -> Scope {
        let visible = Scope(id: scope.id, outer: outer ?? scope.outer)
        visible.isLateral = true
        visible.aggregateRefusal = Self.aggregateInFrom
        visible.sources = scope.sources
        try Self.add(left, to: visible, line: line)
        return visible
    }

    private static let aggregateInFrom = ServerMessage.unsupported("aggregate of outer columns in FROM")

    /// A derived table, which runs for every row before it when it names one of them.
    func laterally(
        _ lateral: Scope?, name: String, columns: [String], line: Int, frame: Int? = nil,
        _ body: () throws -> BoundQuery
    ) throws -> (BoundSource, [Scope.Source]) {
        let before = lateral?.wasUsed ?? false
        lateral?.wasUsed = false
        defer { lateral?.wasUsed = before || lateral?.wasUsed ?? false }
        let first = aliasCount
        let query = try body()
        let named = try Self.named(query.columns, name: name, columns: columns, line: line)
        // An alias of its own, so that the range is never empty.
        let alias = nextAlias()
        var source = Self.source(name, nil, alias, named)
        source.bases = query.changeable?.bases ?? []
        source.refusal = query.changeable?.refusal
        guard frame != nil || lateral?.wasUsed ?? false else { return (.derived(query, alias: alias), [source]) }
        source.bases = []
        let inner = LateralQuery(query: query, frame: frame ?? 0, aliases: first + 1...aliasCount)
        return (.lateral(inner, alias: alias), [source])
    }

    /// All columns of a source as a query.
    static func everything(of source: BoundSource, _ names: Scope.Source) -> BoundQuery {
        var select = BoundSelect()
        select.from = [source]
        select.items = names.columns.map { column in
            let reference = ColumnReference(
                source: names.alias, column: column.storedName, displayName: column.name, scope: 0)
            return BoundExpression(node: .column(reference), type: column.type, isNullable: column.isNullable)
        }
        let columns = names.columns.map { OutputColumn(name: $0.name, type: $0.type, isNullable: $0.isNullable) }
        return BoundQuery(body: .select(select), columns: columns)
    }
}
