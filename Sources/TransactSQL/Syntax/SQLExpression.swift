/// An expression or a search condition.
///
/// One type holds both, since they nest in each other; the parser puts a condition only where T-SQL allows one
/// (see ``isCondition``).
package struct SQLExpression: Sendable, Equatable {
    package let kind: Kind
    package let range: SourceRange

    /// What the expression is.
    package indirect enum Kind: Sendable, Equatable {
        case literal(Literal)
        /// `@name` or `@@NAME`, with its signs.
        case variable(String)
        /// A column by its name of one to five parts; also `$IDENTITY`, `$ROWGUID` and `$ACTION`.
        case column(MultipartName)
        /// `DEFAULT` as a value of INSERT, UPDATE or EXEC.
        case defaultValue

        case unary(UnaryOperator, SQLExpression)
        case binary(BinaryOperator, SQLExpression, SQLExpression)
        /// Parentheses as written; they never change the value of what they hold.
        case parenthesized(SQLExpression)
        case collate(SQLExpression, Identifier)
        case atTimeZone(SQLExpression, zone: SQLExpression)

        case function(FunctionCall)
        case cast(Cast)
        case caseWhen(CaseExpression)
        case subquery(Query)
        /// The form `NEXT VALUE FOR sequence`.
        case nextValue(MultipartName, over: OverClause?)

        // Conditions.
        /// `CURRENT OF cursor` after WHERE.
        case currentOf(CursorName)
        case comparison(ComparisonOperator, SQLExpression, SQLExpression)
        case quantified(ComparisonOperator, SQLExpression, Quantifier, Query)
        case and(SQLExpression, SQLExpression)
        case or(SQLExpression, SQLExpression)
        case not(SQLExpression)
        case isNull(SQLExpression, negated: Bool)
        /// The form `IS [NOT] DISTINCT FROM`.
        case isDistinct(SQLExpression, SQLExpression, negated: Bool)
        case between(SQLExpression, SQLExpression, SQLExpression, negated: Bool)
        case like(SQLExpression, pattern: SQLExpression, escape: SQLExpression?, negated: Bool)
        case inList(SQLExpression, [SQLExpression], negated: Bool)
        case inQuery(SQLExpression, Query, negated: Bool)
        case exists(Query)
        /// CONTAINS, FREETEXT and UPDATE(column) in a trigger: conditions written as calls.
        case predicate(FunctionCall)
    }

    /// Whether this is a search condition, which has no value that could be selected or stored.
    package var isCondition: Bool {
        switch kind {
        case .comparison, .quantified, .and, .or, .not, .isNull, .isDistinct, .between, .like, .inList, .inQuery,
            .exists, .predicate:
            true
        case .parenthesized(let inner): inner.isCondition
        default: false
        }
    }
}

/// A constant as written.
package enum Literal: Sendable, Equatable {
    case null
    /// Digits only; the text may exceed any integer type, in which case the server takes it as decimal.
    case integer(String)
    /// Digits with a point.
    case decimal(String)
    /// A number with an exponent.
    case float(String)
    /// A currency sign and a number; the text has no sign, and is empty for a sign alone, which means 0.
    case money(String)
    /// `'…'` or `N'…'`, with escapes undone.
    case string(String, isNational: Bool)
    case binary([UInt8])
}

/// An operator before its operand.
package enum UnaryOperator: String, Sendable, Equatable {
    case plus = "+"
    case minus = "-"
    case bitwiseNot = "~"
}

/// An operator between two values that makes a value.
package enum BinaryOperator: String, Sendable, Equatable {
    case multiply = "*"
    case divide = "/"
    case modulo = "%"
    case add = "+"
    case subtract = "-"
    case bitwiseAnd = "&"
    case bitwiseXor = "^"
    case bitwiseOr = "|"
    case shiftLeft = "<<"
    case shiftRight = ">>"
    /// `||`, string concatenation of SQL Server 2025.
    case concatenate = "||"
}

/// An operator that compares two values; `!=`, `!<` and `!>` become their synonyms.
package enum ComparisonOperator: String, Sendable, Equatable {
    case equal = "="
    case notEqual = "<>"
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
}

/// The word between a comparison and its subquery; SOME is ANY.
package enum Quantifier: String, Sendable, Equatable {
    case all = "ALL"
    case any = "ANY"
}

/// `CASE` in both its forms.
package struct CaseExpression: Sendable, Equatable {
    /// One `WHEN … THEN …`.
    package struct Branch: Sendable, Equatable {
        /// A value to compare with the operand, or a condition when there is no operand.
        package let when: SQLExpression
        package let then: SQLExpression
    }

    /// The value after `CASE`; nil for the searched form.
    package let operand: SQLExpression?
    package let branches: [Branch]
    package let otherwise: SQLExpression?
}

/// `CAST`, `TRY_CAST`, `CONVERT`, `TRY_CONVERT`, `PARSE` and `TRY_PARSE`.
package struct Cast: Sendable, Equatable {
    /// Which of the functions was written.
    package enum Form: String, Sendable, Equatable {
        case cast = "CAST"
        case convert = "CONVERT"
        case parse = "PARSE"
    }

    package let form: Form
    /// The `TRY_` variant, which yields NULL instead of an error.
    package let isTry: Bool
    package let value: SQLExpression
    package let type: DataTypeName
    /// CONVERT's third argument.
    package let style: SQLExpression?
    /// PARSE's culture.
    package let culture: SQLExpression?
}
