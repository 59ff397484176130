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
            // A module has its schema in its text too, and a constraint that of its table.
            guard var object = catalog.object(id), !(object is ModuleInfo) else {
                throw ServerMessage.unsupported("ALTER SCHEMA TRANSFER of this object", line: line)
            }
            object.schema = schema.name
            try DatabaseCatalog.save(object, in: connection, schema: alias)
        }
        _ = try catalog(alias)
    }
}
