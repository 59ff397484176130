import SQLValues
import TransactSQL

extension Binder {
    /// GROUP BY, with its grouping sets.
    func bindGroups(_ clause: GroupByClause?, _ scope: Scope, _ result: inout BoundSelect) throws {
        guard let clause else { return }
        scope.aggregateRefusal = .error(
            144,
            "Cannot use an aggregate or a subquery in an expression used for the group by list of a GROUP BY clause.")
        defer { scope.aggregateRefusal = nil }
        let sets = try withoutWindows(scope, Self.misplacedWindow) {
            try combined(clause.items.map { try groupingSets($0, scope, &result) })
        }
        let isPlain = clause.items.allSatisfy { if case .expression = $0 { true } else { false } }
        switch clause.legacyOption {
        case "ROLLUP"?: result.groupingSets = Self.rollup(sets.first ?? [])
        case "CUBE"?:
            try Self.checkCount(1 << min(clause.items.count, 20))
            result.groupingSets = Self.cube(sets.first ?? [])
        default: result.groupingSets = isPlain ? nil : sets
        }
        scope.groups = result.groupBy
    }

    /// The sets of one item; each names expressions by their places in `groupBy`.
    private func groupingSets(_ item: GroupByClause.Item, _ scope: Scope, _ result: inout BoundSelect) throws
        -> [[[Int]]]
    {
        switch item {
        case .expression(let expression): return [[[try group(expression, scope, &result)]]]
        case .composite(let expressions): return [[try expressions.map { try group($0, scope, &result) }]]
        case .grandTotal: return [[[]]]
        case .rollup(let items):
            let parts = try items.map { try groupingSets($0, scope, &result)[0][0] }
            return [Self.rollup(parts)]
        case .cube(let items):
            try Self.checkCount(1 << min(items.count, 20))
            let parts = try items.map { try groupingSets($0, scope, &result)[0][0] }
            return [Self.cube(parts)]
        case .groupingSets(let items):
            var all: [[Int]] = []
            for item in items { all += try combined([groupingSets(item, scope, &result)]) }
            return [all]
        }
    }

    /// The sets of several items together: each set of one with each set of the others.
    private func combined(_ items: [[[[Int]]]]) throws -> [[Int]] {
        var result: [[Int]] = [[]]
        for item in items {
            let sets = item.flatMap { $0 }
            try Self.checkCount(result.count * sets.count)
            result = result.flatMap { left in sets.map { left + $0.filter { !left.contains($0) } } }
        }
        return result
    }

    private static func checkCount(_ count: Int) throws {
        guard count <= 4_096 else {
            throw ServerMessage.error(10_703, "Too many grouping sets. The maximum number is 4096.")
        }
    }

    private static func rollup(_ parts: [[Int]]) -> [[Int]] {
        (0...parts.count).reversed().map { count in parts[..<count].flatMap { $0 } }
    }

    private static func rollup(_ parts: [Int]) -> [[Int]] { rollup(parts.map { [$0] }) }

    private static func cube(_ parts: [[Int]]) -> [[Int]] {
        guard let first = parts.first else { return [[]] }
        let rest = cube(Array(parts.dropFirst()))
        return rest.map { first + $0 } + rest
    }

    private static func cube(_ parts: [Int]) -> [[Int]] { cube(parts.map { [$0] }) }

    private func group(_ expression: SQLExpression, _ scope: Scope, _ result: inout BoundSelect) throws -> Int {
        let line = expression.range.line
        let value = try bind(expression, scope)
        guard !value.holdsSubquery else {
            throw ServerMessage.error(
                144, line: line,
                "Cannot use an aggregate or a subquery in an expression used for the group by list of a GROUP BY clause."
            )
        }
        guard value.names(scope.id) else {
            throw ServerMessage.error(
                164, line: line,
                "Each GROUP BY expression must contain at least one column that is not an outer reference.")
        }
        if [.text, .nText, .image, .xml].contains(value.type.kind) {
            throw ServerMessage.error(
                306, state: 2, line: line,
                "The text, ntext, and image data types cannot be compared or sorted, except when using IS NULL or LIKE operator."
            )
        }
        if let place = result.groupBy.firstIndex(where: { $0.node == value.node }) { return place }
        result.groupBy.append(value)
        return result.groupBy.count - 1
    }

    /// Checks the columns of a grouped query, and completes it.
    func finishGroups(_ select: SelectSpecification, _ scope: Scope, _ result: inout BoundSelect) throws {
        guard scope.groups != nil || scope.hasAggregate || select.having != nil else { return }
        if scope.groups == nil { scope.groups = [] }
        result.isAggregate = result.groupBy.isEmpty && result.groupingSets == nil
        let line = select.range.line
        for item in result.items { try checkGrouped(item, scope, .selectList, line: line) }
        if let having = result.having { try checkGrouped(having, scope, .having, line: line) }
        guard result.groupingSets != nil else {
            for index in result.items.indices { result.items[index] = result.items[index].withoutGrouping }
            result.having = result.having?.withoutGrouping
            return
        }
        for item in result.items where item.holdsSubquery || item.holdsWindow {
            throw ServerMessage.unsupported("subquery or windowed function beside GROUPING SETS", line: line)
        }
        for index in result.items.indices where !result.items[index].isAggregate {
            result.items[index].isNullable = true
        }
    }

    /// GROUPING and GROUPING_ID.
    func grouping(_ name: String, _ call: FunctionCall, _ scope: Scope, line: Int) throws -> BoundExpression? {
        guard name == "GROUPING" || name == "GROUPING_ID", call.over == nil, let values = call.values else {
            return nil
        }
        guard name == "GROUPING_ID" ? !values.isEmpty : values.count == 1 else {
            throw wrongCount(name, "1", line: line)
        }
        let places = try values.enumerated().map { index, value in
            let bound = try bind(value, scope)
            guard let place = scope.groups?.firstIndex(where: { $0.node == bound.node }) else {
                throw ServerMessage.error(
                    8161, line: line,
                    "Argument \(index + 1) of the \(name) function does not match any of the expressions in the GROUP BY clause."
                )
            }
            return place
        }
        return BoundExpression(
            node: .grouping(places), type: name == "GROUPING" ? .tinyInt : .int, isNullable: true)
    }
}

extension BoundSelect {
    /// The SELECT of one grouping set: what is not grouped reads as NULL.
    func grouped(by set: [Int]) -> BoundSelect {
        var result = self
        result.groupingSets = nil
        result.isDistinct = false
        result.groupBy = set.map { groupBy[$0] }
        result.isAggregate = set.isEmpty
        result.items = items.map { grouped($0, by: set) }
        result.having = having.map { grouped($0, by: set) }
        return result
    }

    /// An expression as one grouping set reads it.
    func grouped(_ expression: BoundExpression, by set: [Int]) -> BoundExpression {
        expression.rewritten { part in
            if case .grouping(let places) = part.node {
                let bits = places.reduce(0) { $0 << 1 | (set.contains($1) ? 0 : 1) }
                return .constant(.int(Int64(bits)), part.type)
            }
            if case .aggregate = part.node { return part }
            guard let place = groupBy.firstIndex(where: { $0.node == part.node }) else { return nil }
            return set.contains(place) ? part : .constant(.null, part.type)
        }
    }
}
