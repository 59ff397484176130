import TransactSQL

extension EmbeddedSession {
    /// The schema-bound views and functions that name an object, and a column of it if one is given.
    ///
    /// Names in schema-bound objects have two parts, so that their texts show what they use.
    func schemaBound(to schema: String, _ name: String, column: String? = nil, _ alias: String) throws -> [String] {
        let catalog = try catalog(alias)
        let bound =
            catalog.views.values.filter { $0.isSchemaBound == true }.map { ($0.schema, $0.name, $0.definition) }
            + catalog.modules.values.filter(\.isSchemaBound).map { ($0.schema, $0.name, $0.definition) }
        return bound.filter { other in
            if TextCollation.areEqual(other.0, schema), TextCollation.areEqual(other.1, name) { return false }
            let words = Self.words(of: other.2)
            let namesObject = words.indices.dropFirst(2).contains { index in
                words[index - 1] == "." && TextCollation.areEqual(words[index], name)
                    && TextCollation.areEqual(words[index - 2], schema)
            }
            guard namesObject, let column else { return namesObject }
            return words.contains { TextCollation.areEqual($0, column) }
        }.map(\.1).sorted()
    }

    /// The names in a text, without brackets and quotes, and all else as it stands.
    private static func words(of text: String) -> [String] {
        let bytes = Array(text.utf8)
        return Lexer.tokens(of: bytes).map { token in
            let word = String(decoding: bytes[token.start..<token.end], as: UTF8.self)
            switch token.kind {
            case .bracketedName, .quotedName: return NameSplitter.parts(word).first ?? word
            default: return word
            }
        }
    }

    /// Msg 3729: a schema-bound object uses what a statement would drop or alter.
    func refuseBound(
        _ schema: String, _ name: String, _ statement: String, _ written: MultipartName, _ alias: String, line: Int
    ) throws {
        guard alias != "temp", let user = try schemaBound(to: schema, name, alias).first else { return }
        throw ServerMessage.error(
            3729, line: line,
            "Cannot \(statement) '\(written.description)' because it is being referenced by object '\(user)'.")
    }
}
