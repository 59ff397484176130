/// A query expression with what may stand around it: a SELECT statement, or a subquery.
package struct Query: Sendable, Equatable {
    /// Common table expressions; only a statement has them, never a subquery.
    package let with: WithClause?
    package let body: QueryBody
    package let orderBy: [OrderItem]
    /// The form `OFFSET n ROWS`.
    package let offset: SQLExpression?
    /// The form `FETCH NEXT n ROWS ONLY`.
    package let fetch: SQLExpression?
    package let forClause: ForClause?
    /// `OPTION (…)`; only a statement has it.
    package let hints: [QueryHint]
    package let range: SourceRange
}

/// The part of a query before ORDER BY.
package indirect enum QueryBody: Sendable, Equatable {
    case select(SelectSpecification)
    case setOperation(SetOperator, left: QueryBody, right: QueryBody, range: SourceRange)
    case parenthesized(QueryBody)

    /// The leftmost SELECT, whose columns name those of the whole.
    package var first: SelectSpecification {
        switch self {
        case .select(let select): select
        case .setOperation(_, let left, _, _): left.first
        case .parenthesized(let inner): inner.first
        }
    }
}

/// An operator between two queries.
package enum SetOperator: String, Sendable, Equatable {
    case union = "UNION"
    case unionAll = "UNION ALL"
    case intersect = "INTERSECT"
    case except = "EXCEPT"
}

/// One `SELECT … FROM … WHERE … GROUP BY … HAVING …`.
package struct SelectSpecification: Sendable, Equatable {
    package let isDistinct: Bool
    package let top: TopClause?
    package let items: [SelectItem]
    /// The form `INTO table`.
    package let into: MultipartName?
    /// `ON filegroup` after INTO.
    package var filegroup: Identifier?
    /// The comma-separated sources of FROM; empty without FROM.
    package let from: [TableSource]
    package let condition: SQLExpression?
    package let groupBy: GroupByClause?
    package let having: SQLExpression?
    /// The form `WINDOW name AS (…)`.
    package let windows: [NamedWindow]
    package let range: SourceRange
}

/// One definition of the WINDOW clause.
package struct NamedWindow: Sendable, Equatable {
    package let name: Identifier
    package let over: OverClause
}

/// One item of a select list.
package enum SelectItem: Sendable, Equatable {
    /// The form `*`.
    case star(SourceRange)
    /// The form `table.*`.
    case qualifiedStar(MultipartName)
    case expression(SQLExpression, alias: Identifier?)
    /// `@name = value` or a compound assignment.
    case assignment(variable: String, AssignmentOperator, SQLExpression)
}

/// An operator that stores.
package enum AssignmentOperator: String, Sendable, Equatable {
    case assign = "="
    case add = "+="
    case subtract = "-="
    case multiply = "*="
    case divide = "/="
    case modulo = "%="
    case bitwiseAnd = "&="
    case bitwiseXor = "^="
    case bitwiseOr = "|="
    case concatenate = "||="

    /// The operator that combines the old value with the new, or nil for `=`.
    package var binary: BinaryOperator? {
        switch self {
        case .assign: nil
        case .add: .add
        case .subtract: .subtract
        case .multiply: .multiply
        case .divide: .divide
        case .modulo: .modulo
        case .bitwiseAnd: .bitwiseAnd
        case .bitwiseXor: .bitwiseXor
        case .bitwiseOr: .bitwiseOr
        case .concatenate: .concatenate
        }
    }
}

/// The form `TOP (n) [PERCENT] [WITH TIES]`.
package struct TopClause: Sendable, Equatable {
    package let count: SQLExpression
    package let isPercent: Bool
    package let withTies: Bool
    package var hasParentheses = true
}

/// `GROUP BY` and its items.
package struct GroupByClause: Sendable, Equatable {
    /// One item.
    package indirect enum Item: Sendable, Equatable {
        case expression(SQLExpression)
        /// Several expressions in one parenthesis, inside ROLLUP, CUBE or GROUPING SETS.
        case composite([SQLExpression])
        case rollup([Item])
        case cube([Item])
        case groupingSets([Item])
        /// The form `()`.
        case grandTotal
    }

    package let items: [Item]
    /// The old `WITH ROLLUP` or `WITH CUBE` after the list.
    package let legacyOption: String?
}

/// The form `WITH name AS (…), …`.
package struct WithClause: Sendable, Equatable {
    package let expressions: [CommonTableExpression]
    /// `WITH XMLNAMESPACES (…)` stood before the first expression.
    package let hasXMLNamespaces: Bool
    package let range: SourceRange
    /// The tokens of `(…)` after XMLNAMESPACES, with the parentheses.
    package var namespaces: [String] = []
}

/// One common table expression; recursive when its query names it.
package struct CommonTableExpression: Sendable, Equatable {
    package let name: Identifier
    package let columns: [Identifier]
    package let query: Query
    package let range: SourceRange
}

/// `FOR JSON …`, `FOR XML …` or `FOR BROWSE`.
package struct ForClause: Sendable, Equatable {
    /// What rows are turned into.
    package enum Format: String, Sendable, Equatable {
        case json = "JSON"
        case xml = "XML"
        case browse = "BROWSE"
    }

    /// One word or call after the format: `AUTO`, `PATH('row')`, `ROOT('x')`, `INCLUDE_NULL_VALUES`.
    package struct Option: Sendable, Equatable {
        /// The words in upper case, joined by one blank.
        package let name: String
        package let argument: String?
        package var isNational = false
    }

    package let format: Format
    package let options: [Option]
    package let range: SourceRange
}

/// One hint of `OPTION (…)` as words in upper case: `MAXDOP 1`, `RECOMPILE`, `HASH JOIN`.
package struct QueryHint: Sendable, Equatable {
    package let words: [String]
    package let range: SourceRange
}
