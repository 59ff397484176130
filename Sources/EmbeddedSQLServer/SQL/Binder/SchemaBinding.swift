import TransactSQL

/// The view or function WITH SCHEMABINDING whose body is being bound.
struct SchemaBinding {
    /// `view` or `function`.
    var kind: String
    var name: MultipartName

    /// Msg 1054: the columns are named one by one.
    func star(line: Int) -> ServerMessage {
        .error(1054, state: 6, line: line, "Syntax '*' is not allowed in schema-bound objects.").inside(name.name)
    }

    /// Msg 4512 and 4513: what stands in FROM has two-part names, and is bound itself.
    func check(_ other: MultipartName, _ object: ResolvedObject, line: Int) throws {
        guard other.parts.count == 2 else {
            throw ServerMessage.error(
                4512, state: 3, line: line,
                "Cannot schema bind \(kind) '\(name.description)' because name '\(other.description)' is invalid for schema binding. Names must be in two-part format and an object cannot reference itself."
            ).inside(name.name)
        }
        switch object {
        case .table: return
        case .view(let view, _):
            guard view.isSchemaBound != true else { return }
            throw ServerMessage.error(
                4513, state: 2, line: line,
                "Cannot schema bind \(kind) '\(name.description)'. '\(other.description)' is not schema bound."
            ).inside(name.name)
        case .system: throw ServerMessage.unsupported("SCHEMABINDING to a catalogue view", line: line)
        }
    }
}
