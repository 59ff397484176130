import TransactSQL

/// Reads the T-SQL of defaults and checks back from the catalogue.
enum StoredExpression {
    /// The value of a DEFAULT.
    static func parse(_ text: String) throws -> SQLExpression {
        guard case .select(let query)? = try Parser.parse(batch: "SELECT \(text)").first?.kind,
            case .select(let select) = query.body, case .expression(let value, _)? = select.items.first
        else { throw ServerMessage.error(8624, "The catalogue holds no expression: \(text)") }
        return value
    }

    /// The search condition of a CHECK.
    static func parse(condition text: String) throws -> SQLExpression {
        guard case .select(let query)? = try Parser.parse(batch: "SELECT 1 WHERE \(text)").first?.kind,
            case .select(let select) = query.body, let condition = select.condition
        else { throw ServerMessage.error(8624, "The catalogue holds no condition: \(text)") }
        return condition
    }
}
