/// How conditions are joined.
///
/// ```swift
/// let either = [SQLQuery]([isOpen, isLate]).joined(operator: .or)
/// ```
public enum SQLLogicalOperator: Sendable, Hashable {
    /// All conditions must hold.
    case and
    /// One condition must hold.
    case or
}

extension SQLQuery {
    /// Whether there is no text but blanks, and no parameter.
    ///
    /// ```swift
    /// let nothing: SQLQuery = ""
    /// print(nothing.isEmpty)    // true
    /// ```
    public var isEmpty: Bool {
        failure == nil
            && segments.allSatisfy { segment in
                guard case .text(let text) = segment else { return false }
                return text.allSatisfy(\.isWhitespace)
            }
    }

    /// Adds another query at the end, with its parameters.
    ///
    /// ```swift
    /// var query: SQLQuery = "SELECT Name FROM dbo.Users"
    /// if let age { query.append(" WHERE Age >= \(age)") }
    /// ```
    public mutating func append(_ fragment: SQLQuery) {
        segments += fragment.segments
        if !fragment.namedParameters.isEmpty {
            fail("a query whose text names its parameters cannot be a part of another query")
        }
        if let failure = fragment.failure { fail(failure) }
    }

    /// This condition and another one, each in parentheses; an empty one is left out.
    ///
    /// ```swift
    /// let filter = base.and("Age >= \(18)")    // (base) AND (Age >= @p1)
    /// ```
    public func and(_ other: SQLQuery) -> SQLQuery { [self, other].joined(operator: .and) }

    /// This condition or another one, each in parentheses; an empty one is left out.
    ///
    /// ```swift
    /// let filter = base.or("Role = \("admin")")    // (base) OR (Role = @p1)
    /// ```
    public func or(_ other: SQLQuery) -> SQLQuery { [self, other].joined(operator: .or) }

    mutating func fail(_ reason: String) {
        if failure == nil { failure = reason }
    }
}

extension Sequence where Element == SQLQuery {
    /// The fragments with a separator between them; empty fragments are left out, and none give an empty one.
    ///
    /// ```swift
    /// let rows: [SQLQuery] = users.map { "(\($0.name), \($0.age))" }
    /// try await db.execute("INSERT dbo.Users (Name, Age) VALUES \(rows.joined(separator: ", "))")
    /// ```
    public func joined(separator: SQLQuery) -> SQLQuery {
        var result = SQLQuery()
        for (index, fragment) in filter({ !$0.isEmpty }).enumerated() {
            if index > 0 { result.append(separator) }
            result.append(fragment)
        }
        return result
    }

    /// The conditions, each in parentheses, joined by AND or OR; empty ones are left out.
    ///
    /// No condition at all gives one that is always true for AND, `1 = 1`, and one that is never true for OR, `1 = 0`,
    /// so that the result can always stand behind WHERE.
    ///
    /// ```swift
    /// var conditions: [SQLQuery] = ["Tenant = \(tenant)"]
    /// if let city { conditions.append("City = \(city)") }
    /// let query: SQLQuery = "SELECT Name FROM dbo.Users WHERE \(conditions.joined(operator: .and))"
    /// ```
    public func joined(operator logical: SQLLogicalOperator) -> SQLQuery {
        let conditions = filter { !$0.isEmpty }
        switch (logical, conditions.count) {
        case (.and, 0): return "1 = 1"
        case (.or, 0): return "1 = 0"
        case (_, 1): return conditions[0]
        case (.and, _): return conditions.map { "(\($0))" }.joined(separator: " AND ")
        case (.or, _): return conditions.map { "(\($0))" }.joined(separator: " OR ")
        }
    }
}
