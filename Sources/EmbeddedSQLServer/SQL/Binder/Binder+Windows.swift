import SQLValues
import TransactSQL

extension Binder {
    static let misplacedWindow = ServerMessage.error(
        4108, "Windowed functions can only appear in the SELECT or ORDER BY clauses.")
    private static let nestedWindow = ServerMessage.error(
        4109, "Windowed functions cannot be used in the context of another windowed function or aggregate.")

    private static let ranking: Set<String> = [
        "ROW_NUMBER", "RANK", "DENSE_RANK", "NTILE", "PERCENT_RANK", "CUME_DIST",
    ]
    private static let values: Set<String> = ["LAG", "LEAD", "FIRST_VALUE", "LAST_VALUE"]
    private static let percentiles: Set<String> = ["PERCENTILE_CONT", "PERCENTILE_DISC"]

    /// Binds a part in which windowed functions may not stand.
    func withoutWindows<Result>(_ scope: Scope, _ refusal: ServerMessage, _ body: () throws -> Result) rethrows
        -> Result
    {
        let outer = scope.windowRefusal
        scope.windowRefusal = outer ?? refusal
        defer { scope.windowRefusal = outer }
        return try body()
    }

    /// The argument of an aggregate or windowed function.
    func insideWindow<Result>(_ scope: Scope, _ body: () throws -> Result) rethrows -> Result {
        try withoutWindows(scope, Self.nestedWindow, body)
    }

    /// Functions that need OVER; nil for other names.
    func windowFunction(_ call: FunctionCall, _ scope: Scope, line: Int) throws -> BoundExpression? {
        let name = call.uppercasedName
        let written = call.name.name
        guard Self.ranking.contains(name) || Self.values.contains(name) || Self.percentiles.contains(name) else {
            return nil
        }
        guard let over = call.over else {
            throw ServerMessage.error(
                10_753, state: 3, line: line, "The function '\(written)' must have an OVER clause.")
        }
        if Self.percentiles.contains(name) { return try percentile(name, call, over, scope, line: line) }
        guard call.withinGroup.isEmpty else {
            throw ServerMessage.error(
                10_757, line: line,
                "The function '\(written)' may not have a WITHIN GROUP clause.")
        }
        let window = try bindWindow(over, scope, line: line)
        let isRanking = Self.ranking.contains(name)
        guard !window.order.isEmpty else {
            if over.windowName != nil {
                throw ServerMessage.error(
                    5366, state: isRanking ? 3 : 2, line: line,
                    "The function '\(written)' must have an OVER clause or a WINDOW with ORDER BY.")
            }
            throw ServerMessage.error(
                4112, line: line, "The function '\(written)' must have an OVER clause with ORDER BY.")
        }
        if !window.frame.isEmpty, name != "FIRST_VALUE", name != "LAST_VALUE" {
            if over.windowName != nil, over.frame == nil {
                throw ServerMessage.error(
                    4106, state: isRanking ? 2 : 1, line: line,
                    "The function '\(written)' may not have a window frame.")
            }
            throw ServerMessage.error(
                10_752, state: isRanking ? 3 : 1, line: line, "The function '\(written)' may not have a window frame.")
        }
        guard call.ignoresNulls == nil || Self.values.contains(name), let arguments = call.values else {
            throw ServerMessage.error(102, line: line, "Incorrect syntax near 'NULLS'.")
        }
        if Self.values.contains(name) {
            return try valueFunction(name, arguments, window, call.ignoresNulls ?? false, scope, line: line)
        }
        var aggregate = BoundAggregate(function: name.lowercased(), argument: nil, isDistinct: false, window: window)
        guard arguments.count == (name == "NTILE" ? 1 : 0) else {
            throw wrongCount(name, name == "NTILE" ? "1" : "0", line: line)
        }
        if name == "NTILE" {
            let count = try insideWindow(scope) { try coerce(bind(arguments[0], scope), to: .bigInt, line: line) }
            let checked = BoundExpression(node: .stored("ts_buckets", [count]), type: .bigInt, isNullable: false)
            aggregate.extra = [checked]
        }
        let isFloat = name == "PERCENT_RANK" || name == "CUME_DIST"
        let result = BoundExpression(
            node: .aggregate(aggregate), type: isFloat ? .float : .bigInt, isNullable: true)
        return isFloat ? BoundExpression(node: .stored("ts_real", [result]), type: .float, isNullable: true) : result
    }

    private func valueFunction(
        _ name: String, _ values: [SQLExpression], _ window: BoundWindow, _ ignoresNulls: Bool, _ scope: Scope,
        line: Int
    ) throws -> BoundExpression {
        let isOffset = name == "LAG" || name == "LEAD"
        guard (1...(isOffset ? 3 : 1)).contains(values.count) else {
            throw wrongCount(name, isOffset ? "1 to 3" : "1", line: line)
        }
        var bound = try insideWindow(scope) { try values.map { try bind($0, scope) } }
        if bound[0].isUntypedNull {
            throw ServerMessage.error(
                8117, line: line, "Operand data type NULL is invalid for \(name.lowercased()) operator.")
        }
        let type = bound[0].type
        var aggregate = BoundAggregate(
            function: name.lowercased(), argument: bound[0], isDistinct: false, window: window)
        if bound.count > 1 {
            let offset = try coerce(bound[1], to: .bigInt, line: line)
            bound[1] = BoundExpression(node: .stored("ts_offset", [offset]), type: .bigInt, isNullable: false)
        }
        if bound.count > 2 { bound[2] = try coerce(bound[2], to: type, line: line) }
        if ignoresNulls {
            aggregate.function = name == "LAG" || name == "LAST_VALUE" ? "ts_last" : "ts_first"
            if isOffset {
                let frame =
                    name == "LAG" ? "UNBOUNDED PRECEDING AND 1 PRECEDING" : "1 FOLLOWING AND UNBOUNDED FOLLOWING"
                aggregate.window?.frame = "ROWS BETWEEN \(frame)"
            }
            let standard: BoundExpression = bound.count > 2 ? bound[2] : .constant(.null, type)
            aggregate.extra = [bound.count > 1 ? bound[1] : .constant(.int(1), .bigInt), standard]
        } else {
            aggregate.extra = Array(bound.dropFirst())
        }
        return BoundExpression(node: .aggregate(aggregate), type: type, isNullable: true)
    }

    private func percentile(_ name: String, _ call: FunctionCall, _ over: OverClause, _ scope: Scope, line: Int) throws
        -> BoundExpression
    {
        guard call.withinGroup.count == 1, let item = call.withinGroup.first, let values = call.values,
            values.count == 1
        else {
            throw ServerMessage.error(
                10_754, line: line,
                "The function '\(name)' must have a WITHIN GROUP clause with one ORDER BY expression.")
        }
        let window = try bindWindow(over, scope, line: line)
        guard window.order.isEmpty, window.frame.isEmpty else {
            throw ServerMessage.error(
                10_758, line: line, "The function '\(name)' may not have ORDER BY in OVER clause.")
        }
        let (fraction, value) = try insideWindow(scope) {
            (try coerce(bind(values[0], scope), to: .float, line: line), try bind(item.value, scope))
        }
        let isContinuous = name == "PERCENTILE_CONT"
        guard value.type.isNumeric || !isContinuous else {
            throw ServerMessage.error(
                8117, line: line,
                "Operand data type \(value.type.name) is invalid for \(name.lowercased()) operator.")
        }
        let operand = isContinuous ? try coerce(value, to: .float, line: line) : value
        let aggregate = BoundAggregate(
            function: isContinuous ? "ts_percentile" : "ts_percentile_of", argument: operand, isDistinct: false,
            extra: [fraction, Self.sorting(operand, isDescending: item.isDescending)], window: window)
        return BoundExpression(node: .aggregate(aggregate), type: operand.type, isNullable: true)
    }

    /// How an aggregate of ours sorts by a value: its collation and direction as one number.
    static func sorting(_ value: BoundExpression, isDescending: Bool) -> BoundExpression {
        let code = SortKey.code(StoredForm.collation(of: value.type), isDescending: isDescending)
        return .constant(.int(code), .bigInt)
    }

    // MARK: Windows

    /// What stands after OVER.
    func bindWindow(_ over: OverClause, _ scope: Scope, line: Int) throws -> BoundWindow {
        if let refusal = scope.windowRefusal { throw refusal.at(line: line) }
        if restrictedMember != nil { throw ServerMessage.unsupported("OVER in a recursive member", line: line) }
        var base: BoundWindow?
        if let name = over.windowName {
            guard let named = scope.windows[name.value.lowercased()] else {
                throw ServerMessage.error(5362, state: 3, line: line, "Window '\(name.value)' is undefined.")
            }
            let defined = scope.windows
            // A definition may name others, but not itself.
            scope.windows[name.value.lowercased()] = nil
            defer { scope.windows = defined }
            base = try bindWindow(named, scope, line: line)
            let repeats =
                !over.partitionBy.isEmpty && base?.partition.isEmpty == false
                || !over.orderBy.isEmpty && base?.order.isEmpty == false
                || over.frame != nil && base?.frame.isEmpty == false
            if repeats {
                throw ServerMessage.error(
                    4123, state: base?.frame.isEmpty == false ? 2 : 3, line: line,
                    "Window element in OVER clause can not also be specified in WINDOW clause.")
            }
        }
        let own = try insideWindow(scope) {
            let partition = try over.partitionBy.map { try bind($0, scope) }
            return BoundWindow(
                partition: partition, order: try over.orderBy.map { try windowOrder($0, scope) }, frame: "")
        }
        var result = BoundWindow(
            partition: own.partition.isEmpty ? base?.partition ?? [] : own.partition,
            order: own.order.isEmpty ? base?.order ?? [] : own.order, frame: base?.frame ?? "")
        if let frame = over.frame {
            guard !result.order.isEmpty else {
                throw ServerMessage.error(
                    10_756, line: line, "Window frame with ROWS or RANGE must have an ORDER BY clause.")
            }
            result.frame = try self.frame(frame, line: line)
        }
        return result
    }

    private func windowOrder(_ item: OrderItem, _ scope: Scope) throws -> BoundOrder {
        let line = item.value.range.line
        if case .literal(.integer) = item.value.kind {
            throw ServerMessage.error(
                5308, line: line,
                "Windowed functions, aggregates and NEXT VALUE FOR functions do not support integer indices as ORDER BY clause expressions."
            )
        }
        let value = try bind(item.value, scope)
        guard !value.isConstant else {
            throw ServerMessage.error(
                5309, line: line,
                "Windowed functions, aggregates and NEXT VALUE FOR functions do not support constants as ORDER BY clause expressions."
            )
        }
        return BoundOrder(key: .expression(value), isDescending: item.isDescending)
    }

    private func frame(_ frame: WindowFrame, line: Int) throws -> String {
        func bound(_ bound: WindowFrame.Bound) throws -> String {
            switch bound {
            case .unboundedPreceding: return "UNBOUNDED PRECEDING"
            case .currentRow: return "CURRENT ROW"
            case .unboundedFollowing: return "UNBOUNDED FOLLOWING"
            case .preceding(let value), .following(let value):
                guard frame.unit == .rows else {
                    throw ServerMessage.error(
                        4194, line: line,
                        "RANGE is only supported with UNBOUNDED and CURRENT ROW window frame delimiters.")
                }
                guard case .literal(.integer(let digits)) = value.kind else {
                    throw ServerMessage.error(102, line: line, "Incorrect syntax near a window frame.")
                }
                if case .preceding = bound { return "\(digits) PRECEDING" }
                return "\(digits) FOLLOWING"
            }
        }
        let end = frame.end ?? .currentRow
        switch (frame.start, end) {
        case (.following, .preceding), (.following, .currentRow), (.currentRow, .preceding):
            throw ServerMessage.error(
                4193, line: line,
                "'BETWEEN \(Self.words(frame.start)) AND \(Self.words(end))' is not a valid window frame and cannot be used with the OVER clause."
            )
        case (.unboundedFollowing, _), (_, .unboundedPreceding):
            throw ServerMessage.error(102, line: line, "Incorrect syntax near the window frame.")
        default: break
        }
        return "\(frame.unit.rawValue) BETWEEN \(try bound(frame.start)) AND \(try bound(end))"
    }

    private static func words(_ bound: WindowFrame.Bound) -> String {
        switch bound {
        case .unboundedPreceding: "UNBOUNDED PRECEDING"
        case .preceding: "... PRECEDING"
        case .currentRow: "CURRENT ROW"
        case .following: "... FOLLOWING"
        case .unboundedFollowing: "UNBOUNDED FOLLOWING"
        }
    }
}
