import SQLValues
import TransactSQL

extension EmbeddedSession {
    // MARK: Values

    /// The sequence of a name; Msg 11726 for another object, 208 for none.
    func sequence(_ name: MultipartName) throws -> (info: SequenceInfo, key: String) {
        let home = try database(of: name)
        let alias = try attach(home)
        let catalog = try catalog(alias)
        let schema = name.schema ?? "dbo"
        guard let info = catalog.sequence(schema: schema, name: name.name) else {
            guard catalog.objectID(schema: schema, name: name.name) == nil else {
                throw ServerMessage.error(
                    11_726, line: name.range.line, "Object '\(name.description)' is not a sequence object.")
            }
            throw ServerMessage.invalidObject(name.description, line: name.range.line)
        }
        return (info, "\(alias).\(info.id)")
    }

    /// The next value of a sequence, which no rollback gives back; its error goes to the running statement.
    func nextValue(_ key: String) -> StoredValue {
        do {
            let parts = key.split(separator: ".")
            guard parts.count == 2, let id = Int(parts[1]), let info = catalogs[String(parts[0])]?.sequences[id] else {
                return .null
            }
            let next = try instance.nextValue(key, of: info)
            return StoredForm.encode(info.value(next), as: info.type)
        } catch let error as ServerMessage {
            connection.functions.error = connection.functions.error ?? error
        } catch {
            connection.functions.error = connection.functions.error ?? .error(8624, "\(error)")
        }
        return .null
    }

    // MARK: Definitions

    func define(_ statement: SequenceStatement, line: Int) throws {
        let home = try database(of: statement.name)
        let alias = try attach(home)
        var restarts = false
        var id = 0
        try change(alias) {
            let catalog = try catalog(alias)
            let schema = try self.schema(statement.name, catalog, line: line)
            let old = catalog.sequence(schema: schema, name: statement.name.name)
            var info: SequenceInfo
            if statement.isAlter {
                guard let old else {
                    throw ServerMessage.error(
                        15_151, line: line,
                        "Cannot find the sequence object '\(statement.name.name)', because it does not exist or you do not have permission."
                    )
                }
                info = old
                try info.alter(statement, last: instance.identity("\(alias).\(old.id)"), line: line)
                restarts = statement.restart != nil
            } else {
                guard catalog.objectID(schema: schema, name: statement.name.name) == nil else {
                    throw ServerMessage.error(
                        2714, state: 3, line: line,
                        "There is already an object named '\(statement.name.name)' in the database.")
                }
                let type = try statement.type.map { try self.type($0, place: 1).type } ?? .bigInt
                info = try SequenceInfo(statement, type: type ?? .bigInt, schema: schema, line: line)
                info.id = try DatabaseCatalog.nextID(in: connection, schema: alias)
            }
            info.modified = Clock.ticks(utc: false)
            try DatabaseCatalog.save(info, kind: "sequence", id: info.id, in: connection, schema: alias)
            id = info.id
        }
        _ = try catalog(alias)
        if restarts { try instance.restartSequence("\(alias).\(id)") }
    }

    func dropSequence(_ name: MultipartName, _ ifExists: Bool, line: Int) throws {
        let alias = currentAlias
        guard name.database == nil,
            let found = try catalog(alias).sequence(schema: name.schema ?? "dbo", name: name.name)
        else {
            if ifExists { return }
            throw Self.missing("sequence object", name.description, line: line)
        }
        if let user = try catalog(alias).user(ofSequence: found) {
            throw ServerMessage.error(
                3729, line: line,
                "Cannot DROP SEQUENCE '\(name.description)' because it is being referenced by object '\(user)'.")
        }
        try change(alias) { try DatabaseCatalog.remove(id: found.id, in: connection, schema: alias) }
        try instance.restartSequence("\(alias).\(found.id)")
        _ = try catalog(alias)
    }
}
