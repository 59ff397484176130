/// The name of a table with up to three parts, each with or without brackets or quotation marks.
package struct SQLTableName: Sendable, Hashable {
    /// Database, schema and table as far as they were given; the schema may be empty, as in `db..t`.
    package let parts: [String]

    /// Reads a name such as `Users`, `dbo.Users`, `[Order Details]`, `shop.dbo."Order Details"` or `#ids`.
    ///
    /// - Throws: `encoding` for text that is no such name.
    package init(_ text: String) throws(SQLServerError) {
        var parts: [String] = []
        var rest = text.unicodeScalars[...]
        while true {
            parts.append(try Self.part(&rest, of: text))
            guard rest.popFirst() == "." else { break }
        }
        guard rest.isEmpty, parts.count <= 3, let table = parts.last, !table.isEmpty, parts.first?.isEmpty == false,
            parts.allSatisfy({ $0.utf16.count <= 128 && !$0.utf8.contains(0) })
        else { throw Self.malformed(text) }
        self.parts = parts
    }

    private static func part(
        _ rest: inout Substring.UnicodeScalarView, of text: String
    ) throws(SQLServerError) -> String {
        var part = String.UnicodeScalarView()
        guard let first = rest.first, first == "[" || first == "\"" else {
            while let scalar = rest.first, scalar != "." {
                guard scalar != "[", scalar != "]", scalar != "\"" else { throw malformed(text) }
                part.append(scalar)
                rest.removeFirst()
            }
            return String(part)
        }
        let close: Unicode.Scalar = first == "[" ? "]" : "\""
        rest.removeFirst()
        while let scalar = rest.popFirst() {
            if scalar == close {
                // A doubled closing character stands for itself.
                guard rest.first == close else { return String(part) }
                rest.removeFirst()
            }
            part.append(scalar)
        }
        throw malformed(text)
    }

    private static func malformed(_ text: String) -> SQLServerError {
        SQLServerError(
            .encoding,
            "'\(text)' is not the name of a table: write it like Users, dbo.Users, [Order Details] or shop.dbo.Users")
    }

    /// The name in brackets, as a part of SQL text.
    package var quoted: String { parts.map(Self.quote).joined(separator: ".") }

    /// One part in brackets; nothing for an empty one.
    package static func quote(_ part: String) -> String {
        guard !part.isEmpty else { return "" }
        var quoted = "[".unicodeScalars
        for scalar in part.unicodeScalars {
            quoted.append(scalar)
            if scalar == "]" { quoted.append(scalar) }
        }
        quoted.append("]")
        return String(quoted)
    }

    /// Whether it is a temporary table, which lives in tempdb.
    package var isTemporary: Bool { parts.last?.hasPrefix("#") == true }

    /// The database it is in, if that is not the current one.
    package var database: String? { isTemporary ? "tempdb" : parts.count == 3 ? parts[0] : nil }

    /// The name as OBJECT_ID takes it.
    package var objectName: String {
        isTemporary ? "tempdb..\(Self.quote(parts[parts.count - 1]))" : quoted
    }
}
