public import SQLValues

/// The columns by which callers of an API may filter and sort one list, and nothing else.
///
/// Declared once, in the program's text. What comes from a query string reaches SQL only as a typed parameter, or by
/// choosing one of these columns:
///
/// ```swift
/// let orders = SQLAllowList(
///     [
///         .column("id", "o.Id", .bigInt, filter: .equality, isNullable: false),
///         .column("customer", "c.Name", .nVarChar(100), filter: .text, isSortable: true),
///         .column("placed", "o.PlacedAt", .dateTime2(7), filter: .comparison, isSortable: true, isNullable: false),
///         .column("total", "o.Total", .decimal(19, 4), filter: .comparison, isSortable: true),
///     ],
///     uniqueKey: ["id"], defaultOrder: "-placed")
/// let filter = try orders.filter(query: "customer[startsWith]=A&total[ge]=100")
/// let order = try orders.order(by: "-total")
/// let query: SQLQuery = "SELECT o.Id AS id FROM dbo.Orders AS o WHERE \(filter) ORDER BY \(order)"
/// ```
public struct SQLAllowList: Sendable {
    /// One column of the list.
    ///
    /// ```swift
    /// let total: SQLAllowList.Column = .column("total", "o.Total", .decimal(19, 4), filter: .comparison)
    /// ```
    public struct Column: Sendable {
        /// The name in the API, which is also the name of the result column from which keyset pages read their keys.
        public let name: String
        /// The column, or any expression without a subquery, in the statement that the list is made for.
        public let expression: SQLQuery
        /// The column's SQL type: parameters that are compared with it have the same.
        public let type: SQLType
        /// What callers may ask of it.
        public let operators: Set<SQLFilterOperator>
        /// Whether callers may sort by it.
        public let isSortable: Bool
        /// Whether it can be NULL.
        public let isNullable: Bool
        /// The code page of the database, for `char` and `varchar`, if it is known.
        ///
        /// With it a character that the column cannot hold is an `invalidRequest`, the caller's fault; without it the
        /// statement fails with `encoding` when it is sent.
        public let codePage: SQLCodePage?

        /// A column of a list.
        ///
        /// ```swift
        /// let placed: SQLAllowList.Column = .column(
        ///     "placed", "o.PlacedAt", .dateTime2(7), filter: .comparison, isSortable: true, isNullable: false)
        /// ```
        ///
        /// - Parameters:
        ///   - name: The name in the API, case-sensitive; no blanks, commas, brackets, or a minus at the start.
        ///   - expression: The column in the statement.
        ///   - type: The column's type exactly: another one is slower, and can sort or compare differently.
        ///   - operators: What callers may ask; nothing unless given.
        ///   - isSortable: Whether callers may sort by it.
        ///   - isNullable: Whether it can be NULL. Say false only if it never is: keyset pages would lose such rows.
        ///   - codePage: The code page of the database, for `char` and `varchar`, so that a character that it lacks is
        ///     the caller's fault (`invalidRequest`); nil leaves it to the statement, which fails with `encoding`.
        /// - Returns: The column.
        public static func column(
            _ name: String, _ expression: SQLQuery, _ type: SQLType, filter operators: Set<SQLFilterOperator> = [],
            isSortable: Bool = false, isNullable: Bool = true, codePage: SQLCodePage? = nil
        ) -> Column {
            Column(
                name: name, expression: expression, type: type, operators: operators, isSortable: isSortable,
                isNullable: isNullable, codePage: codePage)
        }
    }

    /// The name of the list: a cursor of one list is refused by a list of another name.
    public let name: String
    /// The columns, in order.
    public let columns: [Column]
    /// The names of columns that no two rows share; they end every order, so that pages are stable.
    public let uniqueKey: [String]
    /// The order when a caller gives none, written as callers write it; by the unique key when empty.
    public let defaultOrder: String
    /// The most conditions that one filter may have.
    public let maximumConditions: Int
    /// The most values that one `in` may have.
    public let maximumValues: Int

    /// What is wrong with the declaration, told by the first use.
    let mistake: String?

    /// An allow-list of columns.
    ///
    /// ```swift
    /// let users = SQLAllowList([.column("id", "Id", .int, filter: .equality)], uniqueKey: ["id"])
    /// ```
    ///
    /// A declaration that makes no sense, such as two columns of one name, is a `misuse` error of every use.
    ///
    /// - Parameters:
    ///   - name: The name of the list, to which cursors are bound; give one where lists share column expressions.
    ///   - columns: The columns.
    ///   - uniqueKey: Names of columns that no two rows share; needed for sorting only.
    ///   - defaultOrder: The order when a caller gives none, such as `-placed,customer`.
    ///   - maximumConditions: The most conditions that one filter may have.
    ///   - maximumValues: The most values that one `in` may have.
    public init(
        name: String = "", _ columns: [Column], uniqueKey: [String] = [], defaultOrder: String = "",
        maximumConditions: Int = 50, maximumValues: Int = 1_000
    ) {
        self.name = name
        self.columns = columns
        self.uniqueKey = uniqueKey
        self.defaultOrder = defaultOrder
        self.maximumConditions = maximumConditions
        self.maximumValues = maximumValues
        mistake = Self.mistake(columns, uniqueKey)
    }

    func column(named name: String) -> Column? { columns.first { $0.name == name } }

    func checkDeclaration() throws(SQLServerError) {
        if let mistake { throw SQLServerError(.misuse, "the allow-list is wrong: \(mistake)") }
    }

    private static func mistake(_ columns: [Column], _ uniqueKey: [String]) -> String? {
        var names: Set<String> = []
        for column in columns {
            if let mistake = mistake(column) { return mistake }
            guard names.insert(column.name).inserted else { return "there are two columns '\(column.name)'" }
        }
        for (index, name) in uniqueKey.enumerated() {
            guard let column = columns.first(where: { $0.name == name }) else {
                return "there is no column '\(name)' for the unique key"
            }
            guard column.type.isComparable else { return "'\(name)' (\(column.type)) cannot be sorted" }
            guard !uniqueKey[..<index].contains(name) else { return "the unique key names '\(name)' twice" }
        }
        return nil
    }

    private static func mistake(_ column: Column) -> String? {
        let name = column.name
        guard !name.isEmpty, !name.hasPrefix("-"), !name.contains(where: { $0.isWhitespace || "[],".contains($0) })
        else { return "'\(name)' is no name for a column: no blanks, commas, brackets, or a minus at the start" }
        guard !column.expression.isEmpty else { return "'\(name)' has no expression" }
        guard column.type.exists else { return "'\(name)' has the type \(column.type), which does not exist" }
        guard column.type.isComparable || (column.operators.subtracting([.isNull]).isEmpty && !column.isSortable) else {
            return "'\(name)' (\(column.type)) can be neither compared nor sorted"
        }
        let hasText = column.type.isCharacter
        if let wrong = column.operators.first(where: \.needsText), !hasText {
            return "'\(name)' (\(column.type)) is no text, so it has no \(wrong.rawValue)"
        }
        return nil
    }
}
