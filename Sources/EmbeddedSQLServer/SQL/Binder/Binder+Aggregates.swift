import SQLValues
import TransactSQL

extension Binder {
    /// An aggregate, or a function with OVER.
    func aggregate(_ call: FunctionCall, _ scope: Scope, line: Int) throws -> BoundExpression {
        let name = call.uppercasedName
        let window = try call.over.map { try bindWindow($0, scope, line: line) }
        if let window, let ranking = try ranking(name, call, window, scope, line: line) { return ranking }
        if window == nil {
            if let refusal = scope.aggregateRefusal { throw refusal.at(line: line) }
            scope.hasAggregate = true
        }
        if call.isDistinct, window != nil {
            throw ServerMessage.error(10759, line: line, "Use of DISTINCT is not allowed with the OVER clause.")
        }
        if (name == "COUNT" || name == "COUNT_BIG"), case .star? = call.arguments.first {
            let aggregate = BoundAggregate(function: "count", argument: nil, isDistinct: false, window: window)
            return BoundExpression(
                node: .aggregate(aggregate), type: name == "COUNT" ? .int : .bigInt, isNullable: false)
        }
        guard let values = call.values, values.count == 1 else {
            if name == "STRING_AGG" { throw ServerMessage.unsupported(name, line: line) }
            throw wrongCount(name, "1", line: line)
        }
        // Arguments may not hold aggregates; they see columns, whatever the query groups by.
        let inner = scope.aggregateRefusal
        if window == nil {
            scope.aggregateRefusal = .error(
                130, line: line,
                "Cannot perform an aggregate function on an expression containing an aggregate or a subquery.")
        }
        defer { scope.aggregateRefusal = inner }
        let argument = try bind(values[0], scope)
        if case .subquery = argument.node, window == nil {
            throw ServerMessage.error(
                130, line: line,
                "Cannot perform an aggregate function on an expression containing an aggregate or a subquery.")
        }
        return try typed(name, argument, call.isDistinct, window, line: line)
    }

    private func typed(
        _ name: String, _ argument: BoundExpression, _ isDistinct: Bool, _ window: BoundWindow?, line: Int
    ) throws -> BoundExpression {
        func result(_ function: String, _ argument: BoundExpression, _ type: SQLType, isNullable: Bool = true)
            -> BoundExpression
        {
            let aggregate = BoundAggregate(
                function: function, argument: argument, isDistinct: isDistinct, window: window)
            return BoundExpression(node: .aggregate(aggregate), type: type, isNullable: isNullable)
        }
        func invalid() -> ServerMessage {
            .error(
                8117, line: line,
                "Operand data type \(argument.isUntypedNull ? "NULL" : argument.type.name) is invalid for \(name.lowercased()) operator."
            )
        }
        let watched =
            argument.isNullable
            ? BoundExpression(node: .stored("ts_seen", [argument]), type: argument.type, isNullable: true) : argument
        if isDistinct, StoredForm.ignoresZeros(argument.type) {
            throw ServerMessage.unsupported("\(name)(DISTINCT) of varbinary", line: line)
        }
        if name.hasPrefix("COUNT"), argument.isUntypedNull { throw invalid() }
        switch name {
        case "COUNT": return result("count", watched, .int, isNullable: false)
        case "COUNT_BIG": return result("count", watched, .bigInt, isNullable: false)
        case "MIN", "MAX":
            if argument.isUntypedNull || argument.type.kind == .bit
                || [.text, .nText, .image].contains(argument.type.kind)
            {
                throw invalid()
            }
            return result(name.lowercased(), watched, argument.type)
        case "SUM", "AVG":
            if argument.isUntypedNull { throw invalid() }
            // SQLite allows DISTINCT for aggregates of one argument only.
            if isDistinct { throw ServerMessage.unsupported("\(name)(DISTINCT)", line: line) }
            let function = name == "SUM" ? "ts_sum" : "ts_avg"
            switch argument.type.kind {
            case .tinyInt, .smallInt, .int: return result(function, argument, .int)
            case .bigInt: return result(function, argument, .bigInt)
            case .real, .float: return result(function, argument, .float)
            case .money, .smallMoney: return result(function, argument, .money)
            case .decimal, .numeric:
                let scale = argument.type.scale ?? 0
                return result(function, argument, .numeric(38, name == "SUM" ? scale : max(scale, 6)))
            default: throw invalid()
            }
        default: throw ServerMessage.unsupported(name, line: line)
        }
    }

    private func ranking(_ name: String, _ call: FunctionCall, _ window: BoundWindow, _ scope: Scope, line: Int) throws
        -> BoundExpression?
    {
        guard ["ROW_NUMBER", "RANK", "DENSE_RANK", "NTILE"].contains(name) else {
            if ["LAG", "LEAD", "FIRST_VALUE", "LAST_VALUE", "CUME_DIST", "PERCENT_RANK", "PERCENTILE_CONT"].contains(
                name)
            {
                throw ServerMessage.unsupported(name, line: line)
            }
            return nil
        }
        guard !window.order.isEmpty else {
            throw ServerMessage.error(
                4112, line: line, "The function '\(name)' must have an OVER clause with ORDER BY.")
        }
        var extra: [BoundExpression] = []
        if name == "NTILE", let count = call.values?.first {
            extra = [try coerce(bind(count, scope), to: .bigInt, line: line)]
        }
        let aggregate = BoundAggregate(
            function: name.lowercased(), argument: nil, isDistinct: false, extra: extra, window: window)
        return BoundExpression(node: .aggregate(aggregate), type: .bigInt, isNullable: true)
    }

    private func bindWindow(_ over: OverClause, _ scope: Scope, line: Int) throws -> BoundWindow {
        guard over.windowName == nil else { throw ServerMessage.unsupported("WINDOW", line: line) }
        let partition = try over.partitionBy.map { try bind($0, scope) }
        let order = try over.orderBy.map { item in
            if case .literal(.integer) = item.value.kind {
                throw ServerMessage.error(
                    5308, line: line,
                    "Windowed functions, aggregates and NEXT VALUE FOR functions do not support integer indices as ORDER BY clause expressions."
                )
            }
            return BoundOrder(key: .expression(try bind(item.value, scope)), isDescending: item.isDescending)
        }
        return BoundWindow(partition: partition, order: order, frame: try frame(over.frame, line: line))
    }

    private func frame(_ frame: WindowFrame?, line: Int) throws -> String {
        guard let frame else { return "" }
        func bound(_ bound: WindowFrame.Bound) throws -> String {
            switch bound {
            case .unboundedPreceding: return "UNBOUNDED PRECEDING"
            case .currentRow: return "CURRENT ROW"
            case .unboundedFollowing: return "UNBOUNDED FOLLOWING"
            case .preceding(let value), .following(let value):
                guard frame.unit == .rows, case .literal(.integer(let digits)) = value.kind else {
                    throw ServerMessage.unsupported("window frame", line: line)
                }
                if case .preceding = bound { return "\(digits) PRECEDING" }
                return "\(digits) FOLLOWING"
            }
        }
        let end = try frame.end.map { try bound($0) } ?? "CURRENT ROW"
        return "\(frame.unit.rawValue) BETWEEN \(try bound(frame.start)) AND \(end)"
    }

    /// Checks that an expression of a grouped query names no column outside aggregates and groups.
    func checkGrouped(_ expression: BoundExpression, _ scope: Scope, _ place: GroupedPlace, line: Int) throws {
        guard let groups = scope.groups else { return }
        if groups.contains(where: { $0.node == expression.node }) { return }
        switch expression.node {
        case .column(let reference):
            guard reference.scope == scope.id else { return }
            throw place.refusal(reference.displayName, hasGroups: !groups.isEmpty).at(line: line)
        case .aggregate(let aggregate):
            guard let window = aggregate.window else { return }
            for part in window.partition { try checkGrouped(part, scope, place, line: line) }
            if let argument = aggregate.argument { try checkGrouped(argument, scope, place, line: line) }
            for item in window.order {
                if case .expression(let value) = item.key { try checkGrouped(value, scope, place, line: line) }
            }
        default:
            for child in expression.children { try checkGrouped(child, scope, place, line: line) }
        }
    }
}

/// Where in a grouped query an expression stands.
enum GroupedPlace {
    case selectList, having, orderBy

    func refusal(_ column: String, hasGroups: Bool) -> ServerMessage {
        let (number, place): (Int32, String) =
            switch self {
            case .selectList: (8120, "the select list")
            case .having: (8121, "the HAVING clause")
            case .orderBy: (8127, "the ORDER BY clause")
            }
        let reason = "it is not contained in either an aggregate function or the GROUP BY clause."
        guard case .selectList = self else {
            return .error(number, "Column \"\(column)\" is invalid in \(place) because \(reason)")
        }
        return .error(number, "Column '\(column)' is invalid in \(place) because \(reason)")
    }
}

extension BoundExpression {
    /// Whether the value is known before the statement runs.
    var isConstant: Bool {
        switch node {
        case .constant, .untypedNull: true
        case .call, .integer, .convert, .retyped: children.allSatisfy(\.isConstant)
        default: false
        }
    }

    /// The expressions directly inside this one, without those of subqueries.
    var children: [BoundExpression] {
        switch node {
        case .constant, .untypedNull, .parameter, .liveVariable, .column, .argument, .subquery, .exists: []
        case .call(_, let arguments), .stored(_, let arguments), .coalesce(let arguments): arguments
        case .integer(_, let a, let b), .comparison(_, let a, let b), .and(let a, let b), .or(let a, let b),
            .isDistinct(let a, let b, _):
            [a, b]
        case .convert(let inner, _, let style): [inner] + (style.map { [$0] } ?? [])
        case .caseWhen(let branches, let otherwise):
            branches.flatMap { [$0.when, $0.then] } + (otherwise.map { [$0] } ?? [])
        case .aggregate(let aggregate): aggregate.argument.map { [$0] } ?? []
        case .retyped(let inner), .not(let inner), .isNull(let inner, _), .inQuery(let inner, _, _): [inner]
        case .inList(let value, let list, _): [value] + list
        }
    }
}
