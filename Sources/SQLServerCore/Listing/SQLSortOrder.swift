/// An order over columns of an allow-list, ended by the unique key so that it leaves no two rows equal.
///
/// ```swift
/// let order = try orders.order(by: "-placed,customer")
/// let query: SQLQuery = "SELECT o.Id FROM dbo.Orders AS o ORDER BY \(order)"
/// // ORDER BY o.PlacedAt DESC, c.Name ASC, o.Id ASC
/// ```
public struct SQLSortOrder: Sendable {
    /// One column of an order.
    struct Key: Sendable {
        let column: SQLAllowList.Column
        let isDescending: Bool
    }

    let keys: [Key]
    /// The name of the list, to which cursors are bound.
    let listName: String

    /// The names of the columns, in order, a descending one with a minus, such as `-placed`.
    ///
    /// ```swift
    /// let order = try orders.order(by: "-placed")
    /// print(order.names)    // ["-placed", "-id"]
    /// ```
    public var names: [String] { keys.map { ($0.isDescending ? "-" : "") + $0.column.name } }

    /// What stands behind ORDER BY.
    ///
    /// ```swift
    /// let sql = try orders.order(by: "-placed").sql    // o.PlacedAt DESC, o.Id DESC
    /// ```
    public var sql: SQLQuery {
        keys.map { key -> SQLQuery in
            key.isDescending ? "\(key.column.expression) DESC" : "\(key.column.expression) ASC"
        }.joined(separator: ", ")
    }
}

extension SQLAllowList {
    /// The order that a caller asks for.
    ///
    /// ```swift
    /// let order = try orders.order(by: "-placed,customer")
    /// ```
    ///
    /// - Parameter text: Names of sortable columns with commas between them, a minus in front of each that descends;
    ///   nil or empty for the default order. The unique key is added at the end, in the direction of the last column.
    /// - Returns: The order, which leaves no two rows equal.
    /// - Throws: `invalidRequest` naming an unknown column and those that there are, or one that is named twice; `misuse`
    ///   when the allow-list has no unique key.
    public func order(by text: String?) throws(SQLServerError) -> SQLSortOrder {
        try checkDeclaration()
        guard !uniqueKey.isEmpty else {
            throw SQLServerError(.misuse, "the allow-list has no unique key; give uniqueKey, so that pages are stable")
        }
        let isDefault = text?.isEmpty ?? true
        var keys: [SQLSortOrder.Key] = []
        for part in (isDefault ? defaultOrder : text ?? "").split(separator: ",", omittingEmptySubsequences: false)
        where !(isDefault && part.isEmpty) {
            keys.append(try key(String(part), after: keys, isDefault: isDefault))
        }
        let isDescending = keys.last?.isDescending ?? false
        for name in uniqueKey where !keys.contains(where: { $0.column.name == name }) {
            guard let column = column(named: name) else { continue }
            keys.append(SQLSortOrder.Key(column: column, isDescending: isDescending))
        }
        return SQLSortOrder(keys: keys, listName: name)
    }

    private func key(
        _ text: String, after keys: [SQLSortOrder.Key], isDefault: Bool
    ) throws(SQLServerError) -> SQLSortOrder.Key {
        let isDescending = text.hasPrefix("-")
        let name = isDescending ? String(text.dropFirst()) : text
        // What the program itself says may name any column that can be sorted.
        let sortable = columns.filter { $0.isSortable || (isDefault && $0.type.isComparable) }
        guard let column = sortable.first(where: { $0.name == name }) else {
            throw Self.unknown("sort", name, among: sortable.map(\.name))
        }
        guard !keys.contains(where: { $0.column.name == name }) else {
            throw SQLServerError(.invalidRequest, "the order names '\(name)' twice")
        }
        return SQLSortOrder.Key(column: column, isDescending: isDescending)
    }
}

extension SQLQuery.StringInterpolation {
    /// An order behind ORDER BY.
    ///
    /// ```swift
    /// let query: SQLQuery = "SELECT o.Id FROM dbo.Orders AS o ORDER BY \(order)"
    /// ```
    public mutating func appendInterpolation(_ order: SQLSortOrder) {
        query.append(order.sql)
    }
}
