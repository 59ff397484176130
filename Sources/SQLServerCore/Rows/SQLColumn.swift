public import SQLValues

/// A column of a result set.
///
/// ```swift
/// for column in rows.columns { print(column.name, column.type, column.isNullable ?? true) }
/// ```
public struct SQLColumn: Sendable, Hashable {
    /// The name; empty for an expression without an alias.
    public let name: String
    /// The type with length, precision and scale.
    public let type: SQLType
    /// Whether the column may be NULL; nil when the engine cannot know.
    public let isNullable: Bool?

    /// A column with its description.
    ///
    /// ```swift
    /// let id = SQLColumn(name: "Id", type: .int, isNullable: false)
    /// ```
    public init(name: String, type: SQLType, isNullable: Bool? = nil) {
        self.name = name
        self.type = type
        self.isNullable = isNullable
    }
}

/// The columns of one result set, with an index by name that is made once.
package final class ColumnList: Sendable {
    package let columns: [SQLColumn]
    private let positions: [String: Int]
    /// The first position of each name without regard to case.
    private let foldedPositions: [String: Int]

    package init(_ columns: [SQLColumn]) {
        self.columns = columns
        // Names that differ in case only stay apart; a look-up that fails by case falls back on the first that fits.
        let names = columns.enumerated().map { ($1.name, $0) }
        positions = Dictionary(names) { first, _ in first }
        foldedPositions = Dictionary(names.map { ($0.lowercased(), $1) }) { first, _ in first }
    }

    /// The position of a column: its exact name first, then without regard to case.
    package func position(of name: String) -> Int? { positions[name] ?? foldedPositions[name.lowercased()] }
}
