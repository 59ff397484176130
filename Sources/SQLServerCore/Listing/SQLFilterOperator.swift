/// What a filter of a list can ask of a column.
///
/// The raw value is the name in a query string, as in `total[ge]=100`.
///
/// ```swift
/// let wanted = SQLFilterOperator(rawValue: "ge")    // .ge
/// let asked: Set<SQLFilterOperator> = [.eq, .between, .isNull]
/// ```
public enum SQLFilterOperator: String, Sendable, Hashable, CaseIterable {
    /// Equal.
    case eq
    /// Not equal; as in SQL, a NULL is neither equal nor not equal to a value.
    case ne
    /// Less than.
    case lt
    /// Less than or equal.
    case le
    /// Greater than.
    case gt
    /// Greater than or equal.
    case ge
    /// Equal to one of several values.
    case `in`
    /// From one value to another, both included.
    case between
    /// A text that holds another.
    case contains
    /// A text that starts with another.
    case startsWith
    /// A text that ends with another.
    case endsWith
    /// NULL (`true`) or not NULL (`false`).
    case isNull

    /// The operator of SQL, for those that compare with one value.
    var comparison: SQLQuery? {
        switch self {
        case .eq: "="
        case .ne: "<>"
        case .lt: "<"
        case .le: "<="
        case .gt: ">"
        case .ge: ">="
        default: nil
        }
    }

    var needsText: Bool { self == .contains || self == .startsWith || self == .endsWith }
}

extension Set<SQLFilterOperator> {
    /// `eq`, `ne` and `in`.
    ///
    /// ```swift
    /// let status: SQLAllowList.Column = .column("status", "o.Status", .tinyInt, filter: .equality)
    /// ```
    public static var equality: Self { [.eq, .ne, .in] }

    /// `eq`, `ne`, `in`, `lt`, `le`, `gt`, `ge` and `between`.
    ///
    /// ```swift
    /// let total: SQLAllowList.Column = .column("total", "o.Total", .decimal(19, 4), filter: .comparison)
    /// ```
    public static var comparison: Self { [.eq, .ne, .in, .lt, .le, .gt, .ge, .between] }

    /// `eq`, `ne`, `in`, `contains`, `startsWith` and `endsWith`.
    ///
    /// ```swift
    /// let customer: SQLAllowList.Column = .column("customer", "c.Name", .nVarChar(100), filter: .text)
    /// ```
    public static var text: Self { [.eq, .ne, .in, .contains, .startsWith, .endsWith] }

    /// The names in the order of the declaration, for messages.
    var names: String {
        SQLFilterOperator.allCases.filter(contains).map(\.rawValue).joined(separator: ", ")
    }
}
