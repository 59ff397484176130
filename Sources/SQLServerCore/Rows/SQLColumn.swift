public import SQLValues
import Synchronization

/// A column of a result set.
///
/// ```swift
/// for column in rows.columns { print(column.name, column.type, column.isNullable ?? true) }
/// ```
///
/// What an engine cannot know is nil. FreeTDS does not tell collations.
public struct SQLColumn: Sendable, Hashable {
    /// The name; empty for an expression without an alias.
    public let name: String
    /// The type with length, precision and scale.
    public let type: SQLType
    /// Whether the column may be NULL; nil when the engine cannot know.
    public let isNullable: Bool?
    /// The collation of a character column; nil for other types and when the engine cannot know.
    public let collation: String?

    /// A column with its description.
    ///
    /// ```swift
    /// let id = SQLColumn(name: "Id", type: .int, isNullable: false)
    /// ```
    public init(name: String, type: SQLType, isNullable: Bool? = nil, collation: String? = nil) {
        self.name = name
        self.type = type
        self.isNullable = isNullable
        self.collation = collation
    }
}

/// The columns of one result set, with an index by name that is made when it is needed first.
package final class ColumnList: Sendable {
    package let columns: [SQLColumn]
    private let names = AtomicLazyReference<ColumnNames>()

    package init(_ columns: [SQLColumn]) {
        self.columns = columns
    }

    /// The position of a column: its exact name first, then without regard to case.
    package func position(of name: String) -> Int? {
        let names = names.load() ?? names.storeIfNil(ColumnNames(columns))
        return names.exact[name] ?? names.folded[name.lowercased()]
    }

    /// The position of a column that must be there.
    func existingPosition(of name: String) throws(SQLServerError) -> Int {
        if let position = position(of: name) { return position }
        let names = columns.map { "'\($0.name)'" }.joined(separator: ", ")
        throw SQLServerError(.decoding, "there is no column '\(name)': the row has \(names)")
    }
}

/// The positions of columns by name.
private final class ColumnNames: Sendable {
    let exact: [String: Int]
    /// The first position of each name without regard to case.
    let folded: [String: Int]

    init(_ columns: [SQLColumn]) {
        // Names that differ in case only stay apart; a look-up that fails by case falls back on the first that fits.
        let names = columns.enumerated().map { ($1.name, $0) }
        exact = Dictionary(names) { first, _ in first }
        folded = Dictionary(names.map { ($0.lowercased(), $1) }) { first, _ in first }
    }
}
