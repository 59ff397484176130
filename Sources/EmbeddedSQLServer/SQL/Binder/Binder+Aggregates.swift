import SQLValues
import TransactSQL

extension Binder {
    /// An aggregate, or a function with OVER.
    func aggregate(_ call: FunctionCall, _ scope: Scope, line: Int) throws -> BoundExpression {
        let name = call.uppercasedName
        let window = try call.over.map { try bindWindow($0, scope, line: line) }
        guard Self.aggregates.contains(name) else {
            throw ServerMessage.error(
                4113, line: line,
                "The function '\(name)' is not a valid windowing function, and cannot be used with the OVER clause.")
        }
        if let grouping = try grouping(name, call, scope, line: line) { return grouping }
        if window == nil {
            try checkMember(467, line: line)
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
        guard call.withinGroup.isEmpty || name == "STRING_AGG" else {
            throw ServerMessage.error(
                10_757, line: line, "The function '\(name)' may not have a WITHIN GROUP clause.")
        }
        guard let values = call.values, values.count == (name == "STRING_AGG" ? 2 : 1) else {
            throw wrongCount(name, name == "STRING_AGG" ? "2" : "1", line: line)
        }
        // Arguments may not hold aggregates; they see columns, whatever the query groups by.
        let inner = scope.aggregateRefusal
        if window == nil {
            scope.aggregateRefusal = .error(
                130, line: line,
                "Cannot perform an aggregate function on an expression containing an aggregate or a subquery.")
        }
        defer { scope.aggregateRefusal = inner }
        let argument = try insideWindow(scope) { try bind(values[0], scope) }
        if argument.holdsSubquery, window == nil {
            throw ServerMessage.error(
                130, line: line,
                "Cannot perform an aggregate function on an expression containing an aggregate or a subquery.")
        }
        if name == "STRING_AGG" { return try stringAggregate(argument, values[1], call, window, scope, line: line) }
        return try typed(name, argument, call.isDistinct, window, line: line)
    }

    /// STRING_AGG, whose result is as wide as its texts may be; other values become nvarchar.
    private func stringAggregate(
        _ argument: BoundExpression, _ separator: SQLExpression, _ call: FunctionCall, _ window: BoundWindow?,
        _ scope: Scope, line: Int
    ) throws -> BoundExpression {
        if window != nil {
            throw ServerMessage.error(
                4113, line: line,
                "The function 'STRING_AGG' is not a valid windowing function, and cannot be used with the OVER clause.")
        }
        if call.isDistinct { throw ServerMessage.error(102, line: line, "Incorrect syntax near ','.") }
        guard !argument.isUntypedNull, ![.text, .nText, .image].contains(argument.type.kind) else {
            let name = argument.isUntypedNull ? "NULL" : argument.type.name
            throw ServerMessage.error(
                8116, line: line, "Argument data type \(name) is invalid for argument 1 of string_agg function.")
        }
        let isText = argument.type.isCharacter
        let isNational = argument.type.kind.isNational || !isText
        let type: SQLType =
            isText && argument.type.isMax
            ? (isNational ? .nVarCharMax : .varCharMax) : (isNational ? .nVarChar(4_000) : .varChar(8_000))
        let text = isText ? argument : try coerce(argument, to: .nVarChar(4_000), line: line)
        var between = try bind(separator, scope)
        if between.isUntypedNull { between = .constant(.null, .varChar(1)) }
        guard between.type.isCharacter else {
            throw ServerMessage.error(
                8116, line: line,
                "Argument data type \(between.type.name) is invalid for argument 2 of string_agg function.")
        }
        var extra = [between]
        for item in call.withinGroup {
            if case .literal(.integer) = item.value.kind {
                throw ServerMessage.error(
                    5308, line: line,
                    "Windowed functions, aggregates and NEXT VALUE FOR functions do not support integer indices as ORDER BY clause expressions."
                )
            }
            let key = try bind(item.value, scope)
            extra += [key, Self.sorting(key, isDescending: item.isDescending)]
        }
        let aggregate = BoundAggregate(
            function: "ts_string_agg", argument: text, isDistinct: false, extra: extra, window: nil)
        return BoundExpression(node: .aggregate(aggregate), type: type, isNullable: true)
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
        case "STDEV", "STDEVP", "VAR", "VARP":
            guard argument.type.isNumeric, argument.type.kind != .bit, !argument.isUntypedNull else { throw invalid() }
            return result(
                name == "VAR" ? "ts_var_of" : "ts_\(name.lowercased())", try coerce(argument, to: .float, line: line),
                .float)
        case "APPROX_COUNT_DISTINCT":
            if argument.isUntypedNull { throw invalid() }
            let aggregate = BoundAggregate(function: "count", argument: watched, isDistinct: true, window: window)
            return BoundExpression(node: .aggregate(aggregate), type: .bigInt, isNullable: false)
        default: throw ServerMessage.unsupported(name, line: line)
        }
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
            for part in [aggregate.argument].compactMap({ $0 }) + aggregate.extra {
                try checkGrouped(part, scope, place, line: line)
            }
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
        case .constant, .untypedNull, .parameter, .liveVariable, .column, .argument, .subquery, .exists,
            .grouping:
            []
        case .call(_, let arguments), .stored(_, let arguments), .coalesce(let arguments): arguments
        case .integer(_, let a, let b), .comparison(_, let a, let b), .and(let a, let b), .or(let a, let b),
            .isDistinct(let a, let b, _):
            [a, b]
        case .convert(let inner, _, let style): [inner] + (style.map { [$0] } ?? [])
        case .caseWhen(let branches, let otherwise):
            branches.flatMap { [$0.when, $0.then] } + (otherwise.map { [$0] } ?? [])
        case .aggregate(let aggregate): (aggregate.argument.map { [$0] } ?? []) + aggregate.extra
        case .retyped(let inner), .not(let inner), .isNull(let inner, _), .inQuery(let inner, _, _): [inner]
        case .inList(let value, let list, _): [value] + list
        }
    }
}
