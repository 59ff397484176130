/// The form `MERGE`.
package struct MergeStatement: Sendable, Equatable {
    /// Which rows a clause is for.
    package enum Match: String, Sendable, Equatable {
        case matched = "WHEN MATCHED"
        case notMatched = "WHEN NOT MATCHED"
        case notMatchedBySource = "WHEN NOT MATCHED BY SOURCE"
    }

    /// What a clause does.
    package enum Action: Sendable, Equatable {
        case update([UpdateStatement.Assignment])
        case delete
        /// The values are nil for DEFAULT VALUES.
        case insert(columns: [MultipartName], values: [SQLExpression]?)
    }

    /// One WHEN … THEN ….
    package struct Clause: Sendable, Equatable {
        package let match: Match
        /// What stands after AND.
        package let condition: SQLExpression?
        package let action: Action
        package let range: SourceRange
    }

    package let with: WithClause?
    package let top: TopClause?
    package let target: ModificationTarget
    package let tableHints: [TableHint]
    package let alias: Identifier?
    package let source: TableSource
    package let condition: SQLExpression
    package let clauses: [Clause]
    package let output: [OutputClause]
    package let hints: [QueryHint]
}
