import TransactSQL

extension EmbeddedSession {
    /// ENABLE and DISABLE TRIGGER.
    func switchTriggers(_ statement: TriggerSwitchStatement, line: Int) throws {
        let name = statement.target
        let missing = ServerMessage.error(
            1088, state: 21, line: line,
            "Cannot find the object \"\(name.description)\" because it does not exist or you do not have permissions.")
        guard !name.name.hasPrefix("#"), let home = try existingDatabase(name) else { throw missing }
        let alias = try attach(home)
        let catalog = try catalog(alias)
        let schema = name.schema ?? "dbo"
        guard
            let parent = catalog.table(schema: schema, name: name.name)?.id
                ?? catalog.view(schema: schema, name: name.name)?.id
        else { throw missing }
        try change(alias) {
            try switchTriggers(statement.names.map(\.name), of: parent, alias, statement.isEnabled) { trigger in
                ServerMessage.error(
                    1088, state: 119, line: line,
                    "Cannot find the object \"\(trigger)\" because it does not exist or you do not have permissions.")
            }
        }
        _ = try self.catalog(alias)
    }

    /// Enables or disables triggers of a table or view; no names mean all.
    ///
    /// - Throws: What `missing` says of the name of a trigger that is not there.
    func switchTriggers(
        _ names: [String], of parent: Int, _ alias: String, _ isEnabled: Bool, missing: (String) -> ServerMessage
    ) throws {
        let all = try catalog(alias).triggers(of: parent)
        let chosen = try names.map { name in
            guard let found = all.first(where: { TextCollation.areEqual($0.name, name) }) else {
                throw missing(name)
            }
            return found
        }
        for var module in names.isEmpty ? all : chosen {
            module.trigger?.isDisabled = !isEnabled
            try DatabaseCatalog.save(module, kind: "module", id: module.id, in: connection, schema: alias)
        }
    }
}
