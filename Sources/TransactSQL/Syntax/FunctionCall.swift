/// A call of a built-in or user-defined function, aggregate or window function.
package struct FunctionCall: Sendable, Equatable {
    /// The name; several parts for a user-defined function, or for a method on a column of an xml or CLR type.
    package let name: MultipartName
    package let arguments: [Argument]
    /// False for functions that are written without parentheses, such as CURRENT_TIMESTAMP.
    package let hasParentheses: Bool
    /// `DISTINCT` before the first argument of an aggregate.
    package let isDistinct: Bool
    /// `IGNORE NULLS` or `RESPECT NULLS`; nil when neither was written.
    package let ignoresNulls: Bool?
    /// The form `WITHIN GROUP (ORDER BY …)`.
    package let withinGroup: [OrderItem]
    package let over: OverClause?

    /// One argument.
    package enum Argument: Sendable, Equatable {
        case value(SQLExpression)
        /// The `*` of COUNT(*).
        case star(SourceRange)
        /// `key : value` of JSON_OBJECT.
        case pair(key: SQLExpression, value: SQLExpression)
        /// The form `TRIM([LEADING | TRAILING | BOTH] characters FROM text)`.
        case trim(side: String?, characters: SQLExpression, text: SQLExpression)
        /// Trailing words of an argument list: `ABSENT ON NULL`, `NULL ON NULL`.
        case words([String])
    }

    /// The last part of the name in upper case, for looking up a built-in function.
    package var uppercasedName: String { name.name.uppercased() }

    /// The arguments when all of them are plain values, else nil.
    package var values: [SQLExpression]? {
        var result: [SQLExpression] = []
        for argument in arguments {
            guard case .value(let value) = argument else { return nil }
            result.append(value)
        }
        return result
    }
}

/// What follows OVER.
package struct OverClause: Sendable, Equatable {
    /// A window named in the WINDOW clause.
    package let windowName: Identifier?
    package let partitionBy: [SQLExpression]
    package let orderBy: [OrderItem]
    package let frame: WindowFrame?
    package let range: SourceRange
    package var hasParentheses = true
}

/// `ROWS` or `RANGE` of a window.
package struct WindowFrame: Sendable, Equatable {
    /// The unit in which bounds count.
    package enum Unit: String, Sendable, Equatable {
        case rows = "ROWS"
        case range = "RANGE"
    }

    /// One end of the frame.
    package enum Bound: Sendable, Equatable {
        case unboundedPreceding
        case preceding(SQLExpression)
        case currentRow
        case following(SQLExpression)
        case unboundedFollowing
    }

    package let unit: Unit
    package let start: Bound
    /// Nil when only a start was written; the end is then the current row.
    package let end: Bound?
}

/// One item of an ORDER BY list.
package struct OrderItem: Sendable, Equatable {
    package let value: SQLExpression
    package let isDescending: Bool
}
