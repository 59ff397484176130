/// A name as written, with its delimiters taken off and their escapes undone.
package struct Identifier: Sendable, Equatable {
    /// How the name was written.
    package enum Quoting: Sendable, Equatable {
        case none
        /// The form `[name]`.
        case bracket
        /// `"name"`, with QUOTED_IDENTIFIER on.
        case double
        /// `'name'`, which T-SQL allows for column aliases.
        case string
    }

    package let value: String
    package let quoting: Quoting
    package let range: SourceRange
    /// Whether this is a column alias in front of its value: `alias = value`.
    package var isBeforeValue = false
}

/// A name of up to four parts (five for a column): `server.database.schema.object`.
///
/// A part left out, as in `database..object`, is an identifier with an empty value.
package struct MultipartName: Sendable, Equatable {
    /// The parts in written order; never empty.
    package let parts: [Identifier]
    package let range: SourceRange

    /// The last part, by which the object or column is called.
    package var name: String { parts.last?.value ?? "" }

    /// The part before the last: a schema for an object, a table or alias for a column; nil when left out.
    package var schema: String? { part(fromEnd: 1) }

    /// The third part from the end: the database of an object.
    package var database: String? { part(fromEnd: 2) }

    /// The fourth part from the end: the linked server of an object.
    package var server: String? { part(fromEnd: 3) }

    private func part(fromEnd distance: Int) -> String? {
        guard parts.count > distance else { return nil }
        let value = parts[parts.count - 1 - distance].value
        return value.isEmpty ? nil : value
    }

    /// The name with dots and without delimiters, as SQL Server's messages show it.
    package var description: String { parts.map(\.value).joined(separator: ".") }
}

extension MultipartName {
    /// A name that no batch holds, such as one made from a text.
    package init(_ names: [String], line: Int = 0) {
        let range = SourceRange(start: SourcePosition(line: line, offset: 0), end: 0)
        self.init(parts: names.map { Identifier(value: $0, quoting: .bracket, range: range) }, range: range)
    }
}
