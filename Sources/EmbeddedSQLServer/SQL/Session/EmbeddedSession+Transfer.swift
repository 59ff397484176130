import SQLValues
import TransactSQL

extension EmbeddedSession {
    /// ALTER SCHEMA … TRANSFER.
    func transfer(_ statement: TransferStatement, line: Int) throws {
        if statement.isType { throw ServerMessage.unsupported("ALTER SCHEMA TRANSFER TYPE", line: line) }
        let alias = currentAlias
        try change(alias) {
            let catalog = try catalog(alias)
            guard let schema = catalog.schema(named: statement.schema.value) else {
                throw ServerMessage.error(
                    15_151, line: line,
                    "Cannot alter the schema '\(statement.schema.value)', because it does not exist or you do not have permission."
                )
            }
            let old = statement.name.schema ?? "dbo"
            let name = statement.name.name
            guard let id = catalog.objectID(schema: old, name: name) else {
                throw ServerMessage.error(
                    15_151, line: line,
                    "Cannot find the object '\(name)', because it does not exist or you do not have permission.")
            }
            guard catalog.objectID(schema: schema.name, name: name) == nil else {
                throw ServerMessage.error(
                    15_530, line: line, "The object with name \"\(name)\" already exists.")
            }
            try move(id, to: schema.name, catalog, alias, line: line)
        }
        _ = try catalog(alias)
    }

    private func move(_ id: Int, to schema: String, _ catalog: DatabaseCatalog, _ alias: String, line: Int) throws {
        if var table = catalog.tables[id] {
            table.schema = schema
            try DatabaseCatalog.save(table, kind: "table", id: id, in: connection, schema: alias)
        } else if var view = catalog.views[id] {
            view.schema = schema
            try DatabaseCatalog.save(view, kind: "view", id: id, in: connection, schema: alias)
        } else if var sequence = catalog.sequences[id] {
            sequence.schema = schema
            try DatabaseCatalog.save(sequence, kind: "sequence", id: id, in: connection, schema: alias)
        } else if var synonym = catalog.synonyms[id] {
            synonym.schema = schema
            try DatabaseCatalog.save(synonym, kind: "synonym", id: id, in: connection, schema: alias)
        } else {
            throw ServerMessage.unsupported("ALTER SCHEMA TRANSFER of this object", line: line)
        }
    }
}
