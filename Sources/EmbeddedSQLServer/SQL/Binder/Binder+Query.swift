import SQLValues
import TransactSQL

/// Where a query stands, which decides what it may hold.
enum QueryPlace {
    case statement, subquery
    /// A source whose rows are changed.
    case target
}

extension Binder {
    /// A query with its ORDER BY and limits.
    func bindQuery(_ query: Query, outer: Scope?, place: QueryPlace = .subquery, isExists: Bool = false) throws
        -> BoundQuery
    {
        let line = query.range.line
        queryDepth += 1
        defer { queryDepth -= 1 }
        try acceptQueryHints(query.hints)
        let asText = documentAsText
        documentAsText = false
        try declare(query.with)
        var result: BoundQuery
        var scope: Scope?
        if case .select(let select) = query.body {
            let bound = try bindSelect(select, outer: outer, place: place, isExists: isExists)
            scope = bound.scope
            result = BoundQuery(body: .select(bound.select), columns: bound.columns)
            try setTop(select.top, isOrdered: !query.orderBy.isEmpty, &result)
            if place == .target { expose(select, bound.scope, in: &result) }
        } else {
            let (body, columns) = try bindBody(query.body, outer: outer)
            result = BoundQuery(body: body, columns: columns)
            if place == .target { result.changeable = Changeable(refusal: .setOperation) }
        }
        let hasLimit = result.limit != nil || query.offset != nil || query.forClause != nil
        if place != .statement, !query.orderBy.isEmpty, !hasLimit {
            throw ServerMessage.error(
                1033, line: line,
                "The ORDER BY clause is invalid in views, inline functions, derived tables, subqueries, and common table"
                    + " expressions, unless TOP, OFFSET or FOR XML is also specified.")
        }
        for item in query.orderBy { result.orderBy.append(try order(item, in: result, scope: scope)) }
        // One row has no order, and its sources are out of reach behind HAVING.
        if let select = result.select, select.isAggregate, select.having != nil { result.orderBy = [] }
        if let offset = query.offset {
            try checkMember(461, line: offset.range.line)
            guard result.limit == nil else {
                throw ServerMessage.error(
                    10_741, state: 2, line: offset.range.line,
                    "A TOP can not be used in the same query or sub-query as a OFFSET.")
            }
            result.offset = try limit(offset, kind: 1)
            result.limit = try query.fetch.map { try limit($0, kind: 2) }
        }
        if place == .statement { try checkUnused(query.with) }
        if let clause = query.forClause {
            return try document(clause, result, scope, place: place, asText: asText)
        }
        return result
    }

    private func setTop(_ clause: TopClause?, isOrdered: Bool, _ result: inout BoundQuery) throws {
        guard let clause else { return }
        let line = clause.count.range.line
        try checkMember(461, line: line)
        guard isOrdered || !clause.withTies else {
            throw ServerMessage.error(
                1062, line: line,
                "The TOP N WITH TIES clause is not allowed without a corresponding ORDER BY clause.")
        }
        (result.isPercent, result.withTies) = (clause.isPercent, clause.withTies)
        guard clause.isPercent else {
            result.limit = try limit(clause.count, kind: 0)
            return
        }
        let bound = try bindAlone(clause.count)
        result.limit = try coerce(bound, to: .float, line: line)
    }

    /// A number of rows; `kind` tells TOP (0), OFFSET (1) and FETCH (2) apart in errors.
    func limit(_ expression: SQLExpression, kind: Int64) throws -> BoundExpression {
        let bound = try bindAlone(expression)
        guard TypeRules.isInteger(bound.type) || bound.type.kind == .bit, !bound.isUntypedNull else {
            throw ServerMessage.notAnInteger.at(line: expression.range.line)
        }
        let value = try coerce(bound, to: .bigInt, line: expression.range.line)
        if case .constant(.int(let count)) = value.node, count > 0 { return value }
        return BoundExpression(
            node: .stored("ts_limit", [value, .constant(.int(kind), .int)]), type: .bigInt, isNullable: false)
    }

    func bindBody(_ body: QueryBody, outer: Scope?) throws -> (BoundBody, [OutputColumn]) {
        switch body {
        case .select(let select):
            let bound = try bindSelect(select, outer: outer, place: .subquery, isExists: false)
            guard select.top != nil else { return (.select(bound.select), bound.columns) }
            var nested = BoundQuery(body: .select(bound.select), columns: bound.columns)
            try setTop(select.top, isOrdered: false, &nested)
            return (.nested(nested), bound.columns)
        case .parenthesized(let inner): return try bindBody(inner, outer: outer)
        case .setOperation(let sign, let left, let right, let range):
            var (a, leftColumns) = try bindBody(left, outer: outer)
            var (b, rightColumns) = try bindBody(right, outer: outer)
            guard leftColumns.count == rightColumns.count else {
                throw Self.unequalColumns.at(line: range.line)
            }
            let types = zip(leftColumns, rightColumns).map { Self.unified($0, $1) }
            (a, leftColumns) = try coerce(a, leftColumns, to: types, line: range.line)
            (b, rightColumns) = try coerce(b, rightColumns, to: types, line: range.line)
            let columns = zip(leftColumns, rightColumns).map { x, y in
                OutputColumn(
                    name: x.name, type: x.type, isNullable: x.isNullable || y.isNullable,
                    isUntyped: x.isUntyped && y.isUntyped)
            }
            return (.setOperation(sign, a, b), columns)
        }
    }

    static let unequalColumns = ServerMessage.error(
        205,
        "All queries combined using a UNION, INTERSECT or EXCEPT operator must have an equal number of expressions in"
            + " their target lists.")

    private static func unified(_ a: OutputColumn, _ b: OutputColumn) -> SQLType {
        if a.isUntyped { return b.type }
        return b.isUntyped ? a.type : TypeRules.common(a.type, b.type)
    }

    /// A query whose columns have the given types.
    func coerce(_ query: BoundQuery, to types: [SQLType], line: Int) throws -> BoundQuery {
        if query.columns.map(\.type) == types { return query }
        if query.limit == nil, query.offset == nil, query.orderBy.isEmpty {
            let (body, columns) = try coerce(query.body, query.columns, to: types, line: line)
            return BoundQuery(body: body, columns: columns)
        }
        let (body, columns) = try coerce(.nested(query), query.columns, to: types, line: line)
        return BoundQuery(body: body, columns: columns)
    }

    private func coerce(_ body: BoundBody, _ columns: [OutputColumn], to types: [SQLType], line: Int) throws
        -> (BoundBody, [OutputColumn])
    {
        var result = columns
        for index in columns.indices { result[index].type = types[index] }
        if columns.map(\.type) == types, !columns.contains(where: \.isUntyped) { return (body, result) }
        switch body {
        case .select(var select) where !select.isDistinct:
            select.items = try zip(select.items, types).map { try coerce($0, to: $1, line: line) }
            return (.select(select), result)
        default:
            let alias = nextAlias()
            let inner = BoundQuery(body: body, columns: columns)
            var select = BoundSelect()
            select.from = [.derived(inner, alias: alias)]
            select.items = try columns.enumerated().map { index, column in
                let reference = ColumnReference(
                    source: alias, column: "c\(index + 1)", displayName: column.name, scope: 0)
                let value = BoundExpression(
                    node: .column(reference), type: column.type, isNullable: column.isNullable)
                return try coerce(value, to: types[index], line: line)
            }
            return (.select(select), result)
        }
    }

    /// The digits of a place in ORDER BY: an integer, perhaps with signs and in parentheses.
    private static func ordinal(_ expression: SQLExpression) -> String? {
        switch expression.kind {
        case .literal(.integer(let digits)): return digits
        case .parenthesized(let inner), .unary(.plus, let inner): return ordinal(inner)
        case .unary(.minus, let inner):
            return ordinal(inner).map { $0.hasPrefix("-") ? String($0.dropFirst()) : "-" + $0 }
        default: return nil
        }
    }

    private func order(_ item: OrderItem, in query: BoundQuery, scope: Scope?) throws -> BoundOrder {
        let line = item.value.range.line
        func position(_ index: Int) -> BoundOrder { BoundOrder(key: .position(index), isDescending: item.isDescending) }
        if let digits = Self.ordinal(item.value) {
            guard let index = Int(digits), (1...query.columns.count).contains(index) else {
                throw ServerMessage.error(
                    108, line: line,
                    "The ORDER BY position number \(digits) is out of range of the number of items in the select list.")
            }
            return position(index)
        }
        if case .column(let name) = item.value.kind, name.parts.count == 1 {
            let matches = query.columns.indices.filter { TextCollation.areEqual(query.columns[$0].name, name.name) }
            if matches.count == 1 || !matches.isEmpty && scope == nil { return position(matches[0] + 1) }
            if matches.count > 1, let select = query.select, Set(matches.map { "\(select.items[$0].node)" }).count > 1 {
                throw ServerMessage.error(209, line: line, "Ambiguous column name '\(name.name)'.")
            }
            if let first = matches.first { return position(first + 1) }
        }
        guard let scope, let select = query.select else {
            throw ServerMessage.error(
                104, line: line,
                "ORDER BY items must appear in the select list if the statement contains a UNION, INTERSECT or EXCEPT"
                    + " operator.")
        }
        let value = try orderKey(item.value, scope, line: line)
        if value.isConstant {
            let place = query.orderBy.count + 1
            throw ServerMessage.error(
                408, line: line, "A constant expression was encountered in the ORDER BY list, position \(place).")
        }
        if case .parameter(.variable) = value.node {
            throw ServerMessage.error(
                1008, line: line,
                "The SELECT item identified by the ORDER BY number \(query.orderBy.count + 1) contains a variable as part of the expression identifying a column position. Variables are only allowed when ordering by an expression referencing a column name."
            )
        }
        if let index = select.items.firstIndex(where: { $0.node == value.node }) { return position(index + 1) }
        if select.isDistinct {
            throw ServerMessage.error(
                145, line: line, "ORDER BY items must appear in the select list if SELECT DISTINCT is specified.")
        }
        if scope.hasAggregate, scope.groups == nil { scope.groups = [] }
        try checkGrouped(value, scope, .orderBy, line: line)
        return BoundOrder(key: .expression(value), isDescending: item.isDescending)
    }
}

extension BoundQuery {
    /// The SELECT of a query without set operators.
    var select: BoundSelect? {
        if case .select(let select) = body { return select }
        return nil
    }
}
