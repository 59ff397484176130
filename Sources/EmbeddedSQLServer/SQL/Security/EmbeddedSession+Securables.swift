import SQLValues
import TransactSQL

/// A securable that a statement names.
struct NamedSecurable {
    var securable: Securable
    /// Its name in messages.
    var name: String
    /// sys.objects.type of an object.
    var type = ""
    /// The columns of a table.
    var columns: [ColumnInfo] = []
    /// The kind in messages: `object`, `schema`.
    var noun: String

    /// Msg 15151.
    var missing: ServerMessage { .cannot("find", noun, name) }
}

extension EmbeddedSession {
    /// What a permission on an object of a database is on.
    func securable(ofObject id: Int, schema: String, alias: String) throws -> Securable {
        let known = try databaseSecurity(alias)
        let schemaID = try catalog(alias).schema(named: schema)?.id ?? 1
        let schemaOwner = known.owner(ofSchema: schemaID)
        return Securable(
            kind: .object, id: id, schema: schemaID, owner: known.owner(of: .object, id) ?? schemaOwner,
            schemaOwner: schemaOwner)
    }

    /// What a permission on a schema is on.
    func securable(ofSchema schema: SchemaInfo, alias: String) throws -> Securable {
        Securable(kind: .schema, id: schema.id, owner: try databaseSecurity(alias).owner(ofSchema: schema.id))
    }

    /// The securable of GRANT … ON.
    func find(_ written: PermissionSecurable, line: Int) throws -> NamedSecurable {
        let name = written.name.name
        switch written.className ?? "OBJECT" {
        case "OBJECT": return try findObject(written.name)
        case "SCHEMA":
            guard let schema = try catalog(currentAlias).schema(named: name) else {
                throw ServerMessage.cannot("find", "schema", name)
            }
            return NamedSecurable(
                securable: try securable(ofSchema: schema, alias: currentAlias), name: schema.name, noun: "schema")
        case "DATABASE":
            guard TextCollation.areEqual(name, database.name) else {
                throw ServerMessage.cannot("find", "database", name)
            }
            return NamedSecurable(securable: .database, name: database.name, noun: "database")
        case "USER", "ROLE":
            let noun = written.className == "USER" ? "user" : "role"
            let known = try databaseSecurity(currentAlias)
            guard let principal = noun == "user" ? known.user(named: name) : known.role(named: name) else {
                throw ServerMessage.cannot("find", noun, name)
            }
            return NamedSecurable(securable: Self.securable(principal, known), name: principal.name, noun: noun)
        case "LOGIN", "SERVER ROLE":
            let known = try serverSecurity()
            let noun = written.className == "LOGIN" ? "login" : "server role"
            guard let principal = noun == "login" ? known.login(named: name) : known.role(named: name) else {
                throw ServerMessage.cannot("find", noun, name)
            }
            return NamedSecurable(
                securable: Securable(
                    kind: principal.kind == .login ? .login : .serverRole, id: principal.id, owner: principal.owner),
                name: principal.name, noun: noun)
        default: throw ServerMessage.unsupported("ON \(written.className ?? "")::", line: line)
        }
    }

    private func findObject(_ name: MultipartName) throws -> NamedSecurable {
        let missing = ServerMessage.cannot("find", "object", name.name)
        if let other = name.database, !TextCollation.areEqual(other, database.name) {
            throw ServerMessage.error(
                4610, "You can only grant or revoke permissions on objects in the current database.")
        }
        let catalog = try catalog(currentAlias)
        for schema in try schemas(of: name, in: database) {
            guard let id = catalog.objectID(schema: schema, name: name.name), let type = catalog.kind(of: id),
                ObjectPermissions.names[type] != nil
            else { continue }
            return NamedSecurable(
                securable: try securable(ofObject: id, schema: schema, alias: currentAlias), name: name.name,
                type: type,
                columns: catalog.tables[id]?.columns ?? [], noun: "object")
        }
        throw missing
    }

    /// The schemas in which a name is looked up: the written one, or the user's default one and `dbo`.
    func schemas(of name: MultipartName, in home: EmbeddedInstance.Database) throws -> [String] {
        if let schema = name.schema { return [schema] }
        let own = try lookupSchema ?? (modules.last ?? nil)?.info.schema ?? defaultSchema(in: home)
        return TextCollation.areEqual(own, "dbo") ? ["dbo"] : [own, "dbo"]
    }

    /// Sets the owner of a new schema: who is written, or the user that makes it.
    func setOwner(ofSchema id: Int, to owner: Identifier?, _ alias: String) throws {
        let known = try databaseSecurity(alias)
        var ownerID = security.isUnrestricted ? DatabaseSecurity.owner : try evaluator.token.user
        if let owner {
            guard let principal = known.principal(named: owner.value) else {
                throw ServerMessage.cannot("find", "user", owner.value, line: owner.range.line)
            }
            ownerID = principal.id
        }
        guard ownerID != DatabaseSecurity.owner else { return }
        try editDatabase(alias) { $0.setOwner(ownerID, of: .schema, id) }
    }

    /// Checks that foreign keys may reference a table.
    func requireReferences(to target: ResolvedTable, line: Int) throws {
        guard !security.isUnrestricted, let home = instance.database(named: target.database) else { return }
        let securable = try securable(ofObject: target.table.id, schema: target.table.schema, alias: target.alias)
        guard try evaluator(in: home).has("REFERENCES", on: securable) else {
            throw ServerMessage.denied(
                "REFERENCES", object: target.table.name, database: target.database, schema: target.table.schema
            ).at(line: line)
        }
    }

    // MARK: ALTER AUTHORIZATION

    func changeOwner(of written: PermissionSecurable, to owner: Identifier?, line: Int) throws {
        if written.className == "DATABASE" {
            return try changeOwnerOfDatabase(written.name.name, to: owner, line: line)
        }
        let found = try find(written, line: line)
        let alias = currentAlias
        let known = try databaseSecurity(alias)
        let target = try owner.map { name in
            guard let principal = known.principal(named: name.value) else {
                throw ServerMessage.cannot("find", "principal", name.value)
            }
            return principal
        }
        if !security.isUnrestricted {
            let evaluator = try evaluator
            guard evaluator.has("TAKE OWNERSHIP", on: found.securable) else { throw found.missing }
            if let target, !evaluator.token.database.contains(target.id), !evaluator.token.isOwner {
                guard evaluator.has("IMPERSONATE", on: Self.securable(target, known)) else {
                    throw ServerMessage.cannot("find", "principal", target.name)
                }
            }
        }
        switch found.securable.kind {
        case .schema where (1...4).contains(found.securable.id):
            throw ServerMessage.cannotAtAll("alter", "schema", found.name)
        case .schema, .object: break
        case .role:
            guard var role = known.principal(id: found.securable.id), !role.isFixed else {
                throw ServerMessage.cannotAtAll("alter", "role", found.name)
            }
            role.owner = target?.id ?? DatabaseSecurity.owner
            return try changeDatabase(alias) { $0.update(role) }
        default: throw ServerMessage.unsupported("ALTER AUTHORIZATION ON \(found.securable.kind.rawValue)", line: line)
        }
        try changeDatabase(alias) { security in
            security.forget(found.securable.kind, found.securable.id)
            security.setOwner(target?.id, of: found.securable.kind, found.securable.id)
        }
    }

    private func changeOwnerOfDatabase(_ name: String, to owner: Identifier?, line: Int) throws {
        guard let target = instance.database(named: name), target.id > 4 || security.isUnrestricted else {
            throw ServerMessage.cannot("find", "database", name, line: line)
        }
        try requireAccess(to: target, line: line)
        guard let owner, let login = try serverSecurity().login(named: owner.value) else {
            throw ServerMessage.cannot("find", "principal", owner?.value ?? "", line: line)
        }
        if !security.isUnrestricted {
            guard try evaluator(in: target).has("TAKE OWNERSHIP", on: .database),
                try login.id == security.current.login
                    || serverEvaluator().has("IMPERSONATE", on: Securable(kind: .login, id: login.id))
            else { throw ServerMessage.cannot("find", "principal", owner.value, line: line) }
        }
        let alias = try attach(target)
        try changeDatabase(alias) { security in
            guard security.user(sid: login.sid) == nil else {
                throw ServerMessage.error(
                    15_110, "The proposed new database owner is already a user or aliased in the database.")
            }
            security.ownerSID = login.sid
        }
    }
}

/// Which permissions objects have, by sys.objects.type.
enum ObjectPermissions {
    static let names: [String: Set<String>] = [
        "U": ["SELECT", "INSERT", "UPDATE", "DELETE", "REFERENCES"],
        "V": ["SELECT", "INSERT", "UPDATE", "DELETE", "REFERENCES"],
        "IF": ["SELECT", "INSERT", "UPDATE", "DELETE", "REFERENCES"], "TF": ["SELECT", "REFERENCES"],
        "P": ["EXECUTE"], "FN": ["EXECUTE", "REFERENCES"], "SO": ["UPDATE", "REFERENCES"],
        "SN": ["SELECT", "INSERT", "UPDATE", "DELETE", "EXECUTE"],
    ]
    /// Those that every kind of object has.
    static let common: Set<String> = ["ALTER", "CONTROL", "TAKE OWNERSHIP", "VIEW DEFINITION", "VIEW CHANGE TRACKING"]
    /// Those that may be given on columns.
    static let onColumns: Set<String> = ["SELECT", "UPDATE", "REFERENCES"]

    static func isCompatible(_ permission: String, with type: String) -> Bool {
        common.contains(permission) || names[type]?.contains(permission) ?? false
    }
}
