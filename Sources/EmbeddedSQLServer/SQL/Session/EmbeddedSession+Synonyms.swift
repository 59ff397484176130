import TransactSQL

extension EmbeddedSession {
    /// The object that a synonym stands for; Msg 5313 when there is none.
    func resolve(_ synonym: SynonymInfo, of home: EmbeddedInstance.Database, as name: MultipartName) throws
        -> ResolvedObject
    {
        let line = name.range.line
        do {
            let target = try resolve(baseName(of: synonym, in: home))
            guard case .view(_, let database) = target, database != self.database.name else { return target }
            throw ServerMessage.unsupported("view of another database", line: line)
        } catch let error as ServerMessage where error.number == 208 || error.number == 911 {
            throw ServerMessage.error(
                5313, line: line, "Synonym '\(name.description)' refers to an invalid object.")
        }
    }

    /// The name behind a synonym, with the synonym's own database and schema where it says none.
    func baseName(of synonym: SynonymInfo, in home: EmbeddedInstance.Database) -> MultipartName {
        var parts = synonym.base
        if parts.count < 2 { parts.insert(synonym.schema, at: 0) }
        if parts.count < 3, home.id != database.id { parts.insert(home.name, at: 0) }
        return MultipartName(parts)
    }

    func createSynonym(_ name: MultipartName, for target: MultipartName, line: Int) throws {
        if let server = target.server { throw ServerMessage.unsupported("linked server \(server)", line: line) }
        let home = try database(of: name)
        let alias = try attach(home)
        try change(alias) {
            let catalog = try catalog(alias)
            let schema = try self.schema(name, catalog, line: line)
            guard catalog.objectID(schema: schema, name: name.name) == nil else {
                throw ServerMessage.error(
                    2714, state: 3, line: line,
                    "There is already an object named '\(name.name)' in the database.")
            }
            let info = SynonymInfo(
                id: try DatabaseCatalog.nextID(in: connection, schema: alias), schema: schema, name: name.name,
                base: target.parts.map(\.value), created: Clock.ticks(utc: false))
            try DatabaseCatalog.save(info, kind: "synonym", id: info.id, in: connection, schema: alias)
        }
        _ = try catalog(alias)
    }

    func dropSynonym(_ name: MultipartName, _ ifExists: Bool, line: Int) throws {
        let home = try database(of: name)
        let alias = try attach(home)
        guard let found = try catalog(alias).synonym(schema: name.schema ?? "dbo", name: name.name) else {
            if ifExists { return }
            throw Self.missing("synonym", name.description, line: line)
        }
        try change(alias) { try DatabaseCatalog.remove(id: found.id, in: connection, schema: alias) }
        _ = try catalog(alias)
    }
}
