import TransactSQL

/// Writes trees as short S-expressions, without positions, so that a test shows the shape it promises.
enum TreeText {
    static func expression(_ node: SQLExpression) -> String {
        switch node.kind {
        case .literal(let literal): TreeText.literal(literal)
        case .variable(let name): name
        case .column(let name): TreeText.name(name)
        case .defaultValue: "DEFAULT"
        case .unary(let symbol, let value): "(\(symbol.rawValue) \(expression(value)))"
        case .binary(let symbol, let left, let right): list(symbol.rawValue, left, right)
        case .parenthesized(let inner): "[\(expression(inner))]"
        case .collate(let value, let collation): "(collate \(expression(value)) \(collation.value))"
        case .atTimeZone(let value, let zone): list("zone", value, zone)
        case .function(let call): function(call)
        case .cast(let cast): TreeText.cast(cast)
        case .caseWhen(let node): caseWhen(node)
        case .subquery(let query): "(query \(TreeText.query(query)))"
        case .nextValue(let name, _): "(next \(TreeText.name(name)))"
        default: condition(node)
        }
    }

    private static func condition(_ node: SQLExpression) -> String {
        switch node.kind {
        case .comparison(let symbol, let left, let right): list(symbol.rawValue, left, right)
        case .quantified(let symbol, let left, let quantifier, let query):
            "(\(symbol.rawValue) \(expression(left)) \(quantifier.rawValue) \(TreeText.query(query)))"
        case .and(let left, let right): list("and", left, right)
        case .or(let left, let right): list("or", left, right)
        case .not(let inner): "(not \(expression(inner)))"
        case .isNull(let value, let negated): "(\(negated ? "notnull" : "isnull") \(expression(value)))"
        case .isDistinct(let left, let right, let negated): list(negated ? "same" : "distinct", left, right)
        case .between(let value, let lower, let upper, let negated):
            "(\(negated ? "not" : "")between \(expression(value)) \(expression(lower)) \(expression(upper)))"
        case .like(let value, let pattern, let escape, let negated):
            "(\(negated ? "not" : "")like \(expression(value)) \(expression(pattern))"
                + (escape.map { " \(expression($0))" } ?? "") + ")"
        case .inList(let value, let items, let negated):
            "(\(negated ? "not" : "")in \(expression(value)) \(items.map(expression).joined(separator: " ")))"
        case .inQuery(let value, let query, let negated):
            "(\(negated ? "not" : "")in \(expression(value)) \(TreeText.query(query)))"
        case .exists(let query): "(exists \(TreeText.query(query)))"
        case .predicate(let call): "(predicate \(function(call)))"
        default: "?"
        }
    }

    private static func list(_ head: String, _ left: SQLExpression, _ right: SQLExpression) -> String {
        "(\(head) \(expression(left)) \(expression(right)))"
    }

    private static func literal(_ literal: Literal) -> String {
        switch literal {
        case .null: "NULL"
        case .integer(let text), .decimal(let text): text
        case .float(let text): "\(text)f"
        case .money(let text): "$\(text)"
        case .string(let text, let isNational): "\(isNational ? "N" : "")'\(text)'"
        case .binary(let bytes): "0x" + bytes.map { String($0, radix: 16) }.joined(separator: ",")
        }
    }

    static func name(_ name: MultipartName) -> String { name.description }

    static func type(_ type: DataTypeName) -> String {
        let arguments = type.arguments.map { argument in
            switch argument {
            case .number(let number): String(number)
            case .max: "max"
            case .name(let name): TreeText.name(name)
            }
        }
        return name(type.name) + (arguments.isEmpty ? "" : "(\(arguments.joined(separator: ",")))")
    }

    static func function(_ call: FunctionCall) -> String {
        var parts = [name(call.name)]
        if !call.hasParentheses { parts.append("-") }
        if call.isDistinct { parts.append("distinct") }
        for argument in call.arguments {
            switch argument {
            case .value(let value): parts.append(expression(value))
            case .star: parts.append("*")
            case .pair(let key, let value): parts.append("\(expression(key)):\(expression(value))")
            case .trim(let side, let characters, let text):
                parts.append("\(side ?? "") \(expression(characters)) from \(expression(text))")
            case .words(let words): parts.append(words.joined(separator: "_"))
            }
        }
        if !call.withinGroup.isEmpty { parts.append("within:\(order(call.withinGroup))") }
        if let ignores = call.ignoresNulls { parts.append(ignores ? "ignore" : "respect") }
        if let over = call.over { parts.append(window(over)) }
        return "(\(parts.joined(separator: " ")))"
    }

    private static func window(_ over: OverClause) -> String {
        var parts = ["over"]
        if let name = over.windowName { parts.append(name.value) }
        if !over.partitionBy.isEmpty { parts.append("by " + over.partitionBy.map(expression).joined(separator: " ")) }
        if !over.orderBy.isEmpty { parts.append("order " + order(over.orderBy)) }
        if let frame = over.frame {
            parts.append("\(frame.unit.rawValue.lowercased()) \(bound(frame.start))")
            if let end = frame.end { parts.append("to \(bound(end))") }
        }
        return "(\(parts.joined(separator: " ")))"
    }

    private static func bound(_ bound: WindowFrame.Bound) -> String {
        switch bound {
        case .unboundedPreceding: "-inf"
        case .preceding(let distance): "-\(expression(distance))"
        case .currentRow: "0"
        case .following(let distance): "+\(expression(distance))"
        case .unboundedFollowing: "+inf"
        }
    }

    static func order(_ items: [OrderItem]) -> String {
        items.map { expression($0.value) + ($0.isDescending ? "-" : "") }.joined(separator: " ")
    }

    private static func cast(_ cast: Cast) -> String {
        var parts = [(cast.isTry ? "try_" : "") + cast.form.rawValue.lowercased(), expression(cast.value)]
        parts.append(type(cast.type))
        if let style = cast.style { parts.append(expression(style)) }
        if let culture = cast.culture { parts.append(expression(culture)) }
        return "(\(parts.joined(separator: " ")))"
    }

    private static func caseWhen(_ node: CaseExpression) -> String {
        var parts = ["case"]
        if let operand = node.operand { parts.append(expression(operand)) }
        for branch in node.branches { parts.append("\(expression(branch.when))->\(expression(branch.then))") }
        if let otherwise = node.otherwise { parts.append("else \(expression(otherwise))") }
        return "(\(parts.joined(separator: " ")))"
    }
}
