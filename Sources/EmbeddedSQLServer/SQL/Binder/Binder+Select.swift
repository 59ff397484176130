import SQLValues
import TransactSQL

extension Binder {
    /// One SELECT with the scope that its ORDER BY sees.
    func bindSelect(_ select: SelectSpecification, outer: Scope?, place: QueryPlace, isExists: Bool) throws -> (
        select: BoundSelect, columns: [OutputColumn], scope: Scope
    ) {
        if let into = select.into, !acceptsInto {
            throw ServerMessage.unsupported("SELECT INTO", line: into.range.line)
        }
        acceptsInto = false
        try checkMember(460, line: select.range.line, when: select.isDistinct)
        try checkMember(467, line: select.range.line, when: select.groupBy != nil || select.having != nil)
        let scope = scope(inside: outer)
        for window in select.windows { scope.windows[window.name.value.lowercased()] = window.over }
        let exposed = exposesRows
        exposesRows = place == .target
        defer { exposesRows = exposed }
        var result = BoundSelect(isDistinct: select.isDistinct)
        for source in select.from {
            let (bound, sources) = try bindSource(source, scope)
            try Self.add(sources, to: scope, line: select.range.line)
            result.from.append(bound)
        }
        exposesRows = false
        if let condition = select.condition {
            result.condition = try bindWithoutAggregates(condition, scope, Self.aggregateInWhere)
        }
        try bindGroups(select.groupBy, scope, &result)
        try registerLiveVariables(select.items)
        var columns: [OutputColumn] = []
        for item in select.items {
            try bindItem(item, scope, place: place, isExists: isExists, &result, &columns, line: select.range.line)
        }
        if !assigned.isEmpty, place == .statement, assigned.count != columns.count {
            throw ServerMessage.error(
                141, line: select.range.line,
                "A SELECT statement that assigns a value to a variable must not be combined with data-retrieval operations."
            )
        }
        if let having = select.having {
            result.having = try withoutWindows(scope, Self.misplacedWindow) { try bindCondition(having, scope) }
        }
        try finishGroups(select, scope, &result)
        if result.groupingSets != nil {
            for index in columns.indices { columns[index].isNullable = result.items[index].isNullable }
        }
        return (result, columns, scope)
    }

    static let aggregateInWhere = ServerMessage.error(
        147,
        "An aggregate may not appear in the WHERE clause unless it is in a subquery contained in a HAVING clause or a"
            + " select list, and the column being aggregated is an outer reference.")

    func bindWithoutAggregates(_ condition: SQLExpression, _ scope: Scope, _ refusal: ServerMessage) throws
        -> BoundExpression
    {
        scope.aggregateRefusal = refusal
        scope.refusesNextValue = true
        defer {
            scope.aggregateRefusal = nil
            scope.refusesNextValue = false
        }
        return try withoutWindows(scope, Self.misplacedWindow) { try bindCondition(condition, scope) }
    }

    static func add(_ sources: [Scope.Source], to scope: Scope, line: Int) throws {
        for source in sources {
            let clash = scope.sources.contains {
                TextCollation.areEqual($0.name, source.name) && ($0.schema ?? "") == (source.schema ?? "")
            }
            if clash, source.schema == nil {
                throw ServerMessage.error(
                    1011, line: line,
                    "The correlation name '\(source.name)' is specified multiple times in a FROM clause.")
            }
            if clash {
                throw ServerMessage.error(
                    1013, line: line,
                    "The objects \"\(source.name)\" and \"\(source.name)\" in the FROM clause have the same exposed names."
                        + " Use correlation names to distinguish them.")
            }
            scope.sources.append(source)
        }
    }

    /// A variable that the statement both assigns and reads is read anew for each row.
    private func registerLiveVariables(_ items: [SelectItem]) throws {
        for case .assignment(let name, _, let value) in items {
            guard let index = variables.index(of: name) else {
                throw ServerMessage.error(
                    137, state: 1, line: value.range.line, "Must declare the scalar variable \"\(name)\".")
            }
            liveVariables.insert(index)
        }
    }

    func bindItem(
        _ item: SelectItem, _ scope: Scope, place: QueryPlace, isExists: Bool, _ result: inout BoundSelect,
        _ columns: inout [OutputColumn], line: Int
    ) throws {
        switch item {
        case .star(let range):
            if isExists {
                result.items.append(.constant(.int(1), .int))
                columns.append(OutputColumn(name: "", type: .int, isNullable: false))
                return
            }
            guard !scope.sources.isEmpty else {
                throw ServerMessage.error(263, line: range.line, "Must specify table to select from.")
            }
            if expanding.isEmpty, let schemaBinding { throw schemaBinding.star(line: range.line) }
            for source in scope.sources { expand(source, scope, &result, &columns) }
        case .qualifiedStar(let name):
            guard let source = scope.sources.first(where: { TextCollation.areEqual($0.name, name.name) }) else {
                throw ServerMessage.error(
                    107, line: name.range.line,
                    "The column prefix '\(name.description)' does not match with a table name or alias name used in the query."
                )
            }
            if expanding.isEmpty, let schemaBinding { throw schemaBinding.star(line: name.range.line) }
            expand(source, scope, &result, &columns)
        case .expression(let expression, let alias):
            let value = try bind(expression, scope)
            result.items.append(value)
            columns.append(output(value, named: alias?.value ?? Self.name(of: expression), scope))
        case .assignment(let name, let sign, let expression):
            guard place == .statement, let index = variables.index(of: name) else {
                throw ServerMessage.error(102, line: line, "Incorrect syntax near '='.")
            }
            var value = try bind(expression, scope)
            if let operation = sign.binary {
                let old = BoundExpression(node: .liveVariable(index), type: variables.type(at: index), isNullable: true)
                value = try binary(operation, old, value, line: expression.range.line)
            }
            value = try coerce(value, to: variables.type(at: index), line: expression.range.line)
            assigned.append(index)
            result.items.append(value)
            columns.append(OutputColumn(name: "", type: value.type, isNullable: true))
        }
    }

    static func name(of expression: SQLExpression) -> String {
        switch expression.kind {
        case .column(let name): name.name
        case .parenthesized(let inner), .collate(let inner, _): Self.name(of: inner)
        default: ""
        }
    }

    private func output(_ value: BoundExpression, named name: String, _ scope: Scope) -> OutputColumn {
        var column = OutputColumn(name: name, type: value.type, isNullable: value.isNullable)
        column.isUntyped = value.isUntypedNull
        if case .column(let reference) = value.node {
            let source = scope.sources.first { $0.alias == reference.source }
            let origin = source?.columns.first { $0.storedName == reference.column }
            column.identity = origin?.identity
            column.isComputed = origin?.isComputed ?? false
        }
        return column
    }

    private func expand(
        _ source: Scope.Source, _ scope: Scope, _ result: inout BoundSelect, _ columns: inout [OutputColumn]
    ) {
        for column in source.columns { noteColumn(column, of: source) }
        for column in source.columns {
            let reference = ColumnReference(
                source: source.alias, column: column.storedName, displayName: "\(source.name).\(column.name)",
                scope: scope.id)
            let value = BoundExpression(node: .column(reference), type: column.type, isNullable: column.isNullable)
            result.items.append(value)
            columns.append(output(value, named: column.name, scope))
        }
    }
}
