/// A name in a definition that stands for an object, a type or a column.
package struct NameReference: Sendable, Equatable {
    /// What the name can stand for.
    package enum Kind: Sendable, Equatable {
        /// A table, view, synonym or table-valued function in FROM, or the target of a change.
        case source
        /// A scalar function.
        case function
        /// A procedure that EXECUTE names.
        case procedure
        case sequence
        case type
        /// A column; what stands in the FROM clauses around it, the innermost first.
        case column([[Source]])
    }

    /// What FROM gives to the columns of a query.
    package struct Source: Sendable, Equatable {
        /// The alias, or the name of the table.
        package let exposed: String
        /// The name of the object; nil for a derived table, a variable or a common table expression.
        package let name: MultipartName?
    }

    package let kind: Kind
    package let name: MultipartName
}

extension NameReference {
    /// The names in statements, in the order in which they are met; names of common table expressions and aliases,
    /// which stand for nothing outside of their statement, are left out.
    package static func all(in statements: [Statement]) -> [NameReference] {
        var collector = NameCollector()
        for statement in statements { collector.visit(statement) }
        return collector.found
    }

    /// The names in the body, the parameters and the result of a procedure, function or trigger.
    package static func all(in module: ModuleStatement) -> [NameReference] {
        var collector = NameCollector()
        for parameter in module.parameters { collector.visit(parameter.type) }
        switch module.kind {
        case .procedure, .trigger: break
        case .scalarFunction(let type): collector.visit(type)
        case .inlineFunction(let query): collector.visit(query)
        case .tableFunction(_, let table): collector.visit(table)
        }
        for statement in module.body { collector.visit(statement) }
        return collector.found
    }

    /// The names in a query.
    package static func all(in query: Query) -> [NameReference] {
        var collector = NameCollector()
        collector.visit(query)
        return collector.found
    }

    /// The names in an expression over the columns of a table.
    package static func all(in expression: SQLExpression, over table: MultipartName) -> [NameReference] {
        var collector = NameCollector()
        collector.scopes = [[Source(exposed: table.name, name: table)]]
        collector.visit(expression)
        return collector.found
    }
}

/// Walks a tree and notes its names.
struct NameCollector {
    var found: [NameReference] = []
    /// What the FROM clauses around the place give, the innermost first.
    var scopes: [[NameReference.Source]] = []
    /// The common table expressions that can be seen, in lower case.
    private var common: [String] = []

    mutating func note(_ kind: NameReference.Kind, _ name: MultipartName) {
        found.append(NameReference(kind: kind, name: name))
    }

    /// Whether a name is that of a common table expression.
    func isCommon(_ name: MultipartName) -> Bool { name.parts.count == 1 && common.contains(name.name.lowercased()) }

    // MARK: - Queries

    mutating func visit(_ query: Query) {
        with(query.with) { collector in
            collector.visit(query.body, orderedBy: query.orderBy)
            for value in [query.offset, query.fetch] { collector.visit(value) }
        }
    }

    /// Visits common table expressions, and what can see them.
    mutating func with(_ clause: WithClause?, _ body: (inout NameCollector) -> Void) {
        let outer = common
        defer { common = outer }
        for expression in clause?.expressions ?? [] {
            common.append(expression.name.value.lowercased())
            visit(expression.query)
        }
        body(&self)
    }

    private mutating func visit(_ body: QueryBody, orderedBy: [OrderItem]) {
        switch body {
        case .select(let select): visit(select, orderedBy: orderedBy)
        case .setOperation(_, let left, let right, _):
            visit(left, orderedBy: [])
            visit(right, orderedBy: [])
        case .parenthesized(let inner): visit(inner, orderedBy: orderedBy)
        }
    }

    private mutating func visit(_ select: SelectSpecification, orderedBy: [OrderItem]) {
        inScope(of: select.from) { collector in
            collector.visit(select.top?.count)
            for item in select.items { collector.visit(item) }
            collector.visit(select.condition)
            for item in select.groupBy?.items ?? [] { collector.visit(item) }
            collector.visit(select.having)
            for window in select.windows { collector.visit(window.over) }
            let aliases = select.items.compactMap { item -> String? in
                if case .expression(_, let alias?) = item { alias.value.lowercased() } else { nil }
            }
            for item in orderedBy {
                // ORDER BY may name an item of the list.
                if case .column(let name) = item.value.kind, name.parts.count == 1,
                    aliases.contains(name.name.lowercased())
                {
                    continue
                }
                collector.visit(item.value)
            }
        }
    }

    /// Visits FROM and what can see it.
    mutating func inScope(of from: [TableSource], _ body: (inout NameCollector) -> Void) {
        let sources = from.flatMap { NameCollector.sources(of: $0, self) }
        scopes.insert(sources, at: 0)
        for source in from { visit(source) }
        body(&self)
        scopes.removeFirst()
    }

    private mutating func visit(_ item: SelectItem) {
        switch item {
        case .star, .qualifiedStar: break
        case .expression(let value, _): visit(value)
        case .assignment(_, _, let value): visit(value)
        }
    }

    private mutating func visit(_ item: GroupByClause.Item) {
        switch item {
        case .expression(let value): visit(value)
        case .composite(let values): for value in values { visit(value) }
        case .rollup(let items), .cube(let items), .groupingSets(let items): for inner in items { visit(inner) }
        case .grandTotal: break
        }
    }

    // MARK: - Sources

    /// The names that a source gives to columns.
    private static func sources(of source: TableSource, _ collector: NameCollector) -> [NameReference.Source] {
        switch source {
        case .table(let table):
            let isCommon = collector.isCommon(table.name)
            return [.init(exposed: table.alias?.value ?? table.name.name, name: isCommon ? nil : table.name)]
        case .variable(let name, let alias, _): return [.init(exposed: alias?.value ?? name, name: nil)]
        case .derived(_, let alias, _, _), .values(_, let alias, _, _): return [.init(exposed: alias.value, name: nil)]
        case .function(let function):
            return [.init(exposed: function.alias?.value ?? function.call.name.name, name: nil)]
        case .join(let join): return sources(of: join.left, collector) + sources(of: join.right, collector)
        case .pivot(let pivot): return [.init(exposed: pivot.alias.value, name: nil)]
        case .unpivot(let pivot): return [.init(exposed: pivot.alias.value, name: nil)]
        case .parenthesized(let inner): return sources(of: inner, collector)
        }
    }

    mutating func visit(_ source: TableSource) {
        switch source {
        case .table(let table): if !isCommon(table.name) { note(.source, table.name) }
        case .variable: break
        case .derived(let query, _, _, _): visit(query)
        case .values(let rows, _, _, _): for row in rows { for value in row { visit(value) } }
        case .function(let function):
            // Built-in functions have no schema, and methods of columns none of ours.
            if function.call.name.parts.count > 1 { note(.source, function.call.name) }
            visit(arguments: function.call)
        case .join(let join):
            visit(join.left)
            visit(join.right)
            visit(join.condition)
        case .pivot(let pivot):
            visit(pivot.source)
        case .unpivot(let pivot): visit(pivot.source)
        case .parenthesized(let inner): visit(inner)
        }
    }
}
