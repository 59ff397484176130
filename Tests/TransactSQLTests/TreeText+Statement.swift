import TransactSQL

extension TreeText {
    /// Any node as `Type(field: value …)`, leaving out positions, nil, false and empty lists.
    static func dump(_ value: Any) -> String {
        switch value {
        case let value as Statement: return dump(value.kind)
        case let value as SQLExpression: return expression(value)
        case let value as Query: return "{\(query(value))}"
        case let value as MultipartName: return name(value)
        case let value as Identifier: return value.value
        case let value as DataTypeName: return type(value)
        case let value as TableSource: return source(value)
        case let value as SelectItem: return item(value)
        case let value as TopClause: return top(value)
        case let value as [TableHint]: return hints(value)
        case let value as String: return value
        case let value as Bool: return String(value)
        default: return reflect(value)
        }
    }

    private static func reflect(_ value: Any) -> String {
        let mirror = Mirror(reflecting: value)
        switch mirror.displayStyle {
        case .optional: return mirror.children.first.map { dump($0.value) } ?? "nil"
        case .collection: return "[\(mirror.children.map { dump($0.value) }.joined(separator: ", "))]"
        case .enum:
            guard let child = mirror.children.first else { return "\(value)" }
            return "\(child.label ?? "")(\(payload(child.value)))"
        case .struct, .tuple: return "(\(fields(mirror)))"
        default: return "\(value)"
        }
    }

    /// The values of an enum's case; a struct there needs no parentheses of its own.
    private static func payload(_ value: Any) -> String {
        let text = dump(value)
        guard text.hasPrefix("("), text.hasSuffix(")"), !(value is SQLExpression) else { return text }
        return String(text.dropFirst().dropLast())
    }

    /// What tells only how a node was spelled, which the tests of SyntaxPrinter look at.
    private static let spelling: Set<String> = [
        "bodyHasParentheses", "followsComma", "followsWith", "hasArguments", "hasDirection", "hasFrom", "hasIfExists",
        "hasKeyword", "hasParentheses", "isAssigned", "isBeforeValue", "isImplicit", "isParenthesized", "isUser",
        "kindWord",
        "leadingOptions", "usesFrom", "isNational", "namesAction",
    ]

    private static func fields(_ mirror: Mirror) -> String {
        mirror.children.compactMap { child in
            let text = child.value is SourceRange ? "" : dump(child.value)
            guard !["", "nil", "false", "[]"].contains(text) else { return nil }
            let label = child.label ?? ""
            guard !spelling.contains(label) else { return nil }
            if text == "true" { return label.hasPrefix(".") ? text : label }
            return label.hasPrefix(".") ? text : "\(label): \(text)"
        }.joined(separator: " ")
    }
}
