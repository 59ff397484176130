/// What INSERT, UPDATE or DELETE changes.
package enum ModificationTarget: Sendable, Equatable {
    /// A table, a view, or an alias of FROM.
    case table(MultipartName)
    case variable(name: String, range: SourceRange)

    package var range: SourceRange {
        switch self {
        case .table(let name): name.range
        case .variable(_, let range): range
        }
    }
}

/// The form `INSERT`.
package struct InsertStatement: Sendable, Equatable {
    /// Where the rows come from.
    package enum Source: Sendable, Equatable {
        case values([[SQLExpression]])
        case query(Query)
        case execute(ExecuteStatement)
        case defaultValues
    }

    package let with: WithClause?
    package let top: TopClause?
    package let target: ModificationTarget
    package let tableHints: [TableHint]
    /// Empty when no column list was written.
    package let columns: [MultipartName]
    package let output: [OutputClause]
    package let source: Source
    package let hints: [QueryHint]
}

/// The form `UPDATE`.
package struct UpdateStatement: Sendable, Equatable {
    /// One item of SET.
    package enum Assignment: Sendable, Equatable {
        case column(MultipartName, AssignmentOperator, SQLExpression)
        case variable(String, AssignmentOperator, SQLExpression)
        /// The form `@variable = column = value`.
        case variableAndColumn(String, MultipartName, AssignmentOperator, SQLExpression)
    }

    package let with: WithClause?
    package let top: TopClause?
    package let target: ModificationTarget
    package let tableHints: [TableHint]
    package let assignments: [Assignment]
    package let output: [OutputClause]
    package let from: [TableSource]
    package let condition: SQLExpression?
    package let hints: [QueryHint]
}

/// The form `DELETE`.
package struct DeleteStatement: Sendable, Equatable {
    package let with: WithClause?
    package let top: TopClause?
    package let target: ModificationTarget
    package let tableHints: [TableHint]
    package let output: [OutputClause]
    package let from: [TableSource]
    package let condition: SQLExpression?
    package let hints: [QueryHint]
}

/// `OUTPUT items [INTO target [(columns)]]`; a statement may have one with INTO and one without.
package struct OutputClause: Sendable, Equatable {
    package let items: [SelectItem]
    package let into: ModificationTarget?
    package let intoColumns: [MultipartName]
    package let range: SourceRange
}
