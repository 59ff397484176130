/// Where rows come from in FROM.
package indirect enum TableSource: Sendable, Equatable {
    case table(NamedTable)
    /// The form `@table [AS alias]`.
    case variable(name: String, alias: Identifier?, range: SourceRange)
    case derived(Query, alias: Identifier, columns: [Identifier], range: SourceRange)
    /// The form `(VALUES (…), …) AS alias (columns)`.
    case values([[SQLExpression]], alias: Identifier, columns: [Identifier], range: SourceRange)
    case function(TableFunction)
    case join(JoinedTable)
    case pivot(PivotedTable)
    case unpivot(UnpivotedTable)
    case parenthesized(TableSource)
}

/// A table, view or synonym in FROM.
package struct NamedTable: Sendable, Equatable {
    package let name: MultipartName
    package let alias: Identifier?
    package let hints: [TableHint]
    /// `FOR SYSTEM_TIME …` as words; empty when not written.
    package let systemTime: [String]
    /// `TABLESAMPLE …` as words; empty when not written.
    package let sample: [String]
    package let range: SourceRange
}

/// A function that returns rows: `OPENJSON(@j) WITH (…)`, `STRING_SPLIT(…)`, `dbo.Lines(1)`, `col.nodes('…')`.
package struct TableFunction: Sendable, Equatable {
    package let call: FunctionCall
    package let alias: Identifier?
    package let columns: [Identifier]
    /// The columns of `OPENJSON(…) WITH (…)`.
    package let schema: [JSONColumn]
    package let range: SourceRange
}

/// One column of OPENJSON's WITH clause.
package struct JSONColumn: Sendable, Equatable {
    package let name: Identifier
    package let type: DataTypeName
    package let path: String?
    package let isJSON: Bool
}

/// One table hint, in upper case: `NOLOCK`, `INDEX`, `FORCESEEK`.
package struct TableHint: Sendable, Equatable {
    package let name: String
    /// What stands in the hint's parentheses or after its `=`.
    package let arguments: [String]
    package let range: SourceRange
    /// Whether `=` stands before the arguments, and whether they are in parentheses.
    package var isAssigned = false
    package var hasParentheses = false
    /// Whether the hints begin with WITH, which the old form `(NOLOCK)` leaves out.
    package var followsWith = true
    /// Whether a comma stands before this hint, if it is not the first; it may be left out.
    package var followsComma = true
}

/// Two sources joined.
package struct JoinedTable: Sendable, Equatable {
    /// The kind of join.
    package enum Kind: String, Sendable, Equatable {
        case inner = "INNER JOIN"
        case left = "LEFT JOIN"
        case right = "RIGHT JOIN"
        case full = "FULL JOIN"
        case cross = "CROSS JOIN"
        case crossApply = "CROSS APPLY"
        case outerApply = "OUTER APPLY"
    }

    package let kind: Kind
    /// `LOOP`, `HASH`, `MERGE` or `REMOTE`.
    package let hint: String?
    package let left: TableSource
    package let right: TableSource
    /// Present for INNER, LEFT, RIGHT and FULL; nil for CROSS and APPLY.
    package let condition: SQLExpression?
    package let range: SourceRange
}

/// The form `source PIVOT (aggregate(column) FOR column IN (values)) AS alias`.
package struct PivotedTable: Sendable, Equatable {
    package let source: TableSource
    package let aggregate: FunctionCall
    package let column: MultipartName
    package let values: [Identifier]
    package let alias: Identifier
    package let range: SourceRange
}

/// The form `source UNPIVOT (value FOR column IN (columns)) AS alias`.
package struct UnpivotedTable: Sendable, Equatable {
    package let source: TableSource
    package let value: Identifier
    package let column: Identifier
    package let columns: [MultipartName]
    package let alias: Identifier
    package let range: SourceRange
}
