/// What names a cursor.
package enum CursorName: Sendable, Equatable {
    /// A name, after GLOBAL when `isGlobal`.
    case name(Identifier, isGlobal: Bool)
    /// A variable of type `cursor`.
    case variable(String)
}

/// What follows CURSOR: options and the query.
package struct CursorDefinition: Sendable, Equatable {
    /// In upper case, in the order written: `LOCAL`, `GLOBAL`, `FORWARD_ONLY`, `SCROLL`, `STATIC`, `KEYSET`, `DYNAMIC`,
    /// `FAST_FORWARD`, `READ_ONLY`, `SCROLL_LOCKS`, `OPTIMISTIC`, `TYPE_WARNING`, `INSENSITIVE`.
    package let options: [String]
    package let query: Query
    /// The form `FOR UPDATE [OF columns]`.
    package let isForUpdate: Bool
    package let range: SourceRange
    /// How many of the options stand before the word CURSOR.
    package var leadingOptions = 0
    /// Whether the last option was written as FOR READ ONLY.
    package var isForReadOnly = false
    /// The columns after FOR UPDATE OF.
    package var updatedColumns: [MultipartName] = []

    /// Whether an option was written.
    package func has(_ option: String) -> Bool { options.contains(option) }
}

/// The form `FETCH`.
package struct FetchStatement: Sendable, Equatable {
    /// Which row is wanted.
    package enum Direction: Sendable, Equatable {
        case next, prior, first, last
        case absolute(SQLExpression)
        case relative(SQLExpression)
    }

    package let direction: Direction
    package let cursor: CursorName
    /// The variables after INTO; empty without.
    package let into: [String]
    /// Whether a direction stands before FROM, and whether FROM was written; NEXT is meant without.
    package var hasDirection = true
    package var hasFrom = true
}

/// Statements of cursors.
package enum CursorStatement: Sendable, Equatable {
    case declare(Identifier, CursorDefinition)
    /// `SET @variable = CURSOR …`
    case assign(variable: String, CursorDefinition)
    case open(CursorName)
    case fetch(FetchStatement)
    case close(CursorName)
    case deallocate(CursorName)
}
