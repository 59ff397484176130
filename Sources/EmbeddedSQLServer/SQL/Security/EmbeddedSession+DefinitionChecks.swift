import SQLValues
import TransactSQL

extension EmbeddedSession {
    /// Checks that the session may run a definition; the messages are those for what does not exist.
    func checkDefinition(_ statement: Statement) throws {
        guard !security.isUnrestricted else { return }
        let line = statement.range.line
        switch statement.kind {
        case .createTable(let create): try checkCreation(create.name, "CREATE TABLE", line: line)
        case .view(let view): try checkModule(view.name, view.mode, "VIEW", line: line)
        case .module(let module): try checkModule(module, line: line)
        case .alterTable(let alter):
            try requireObject("ALTER", alter.name) {
                .error(
                    1088, state: 13, line: line,
                    "Cannot find the object \"\($0)\" because it does not exist or you do not have permissions.")
            }
        case .createIndex(let create):
            try requireObject("ALTER", create.table) {
                .error(
                    1088, state: 12, line: line,
                    "Cannot find the object \"\($0)\" because it does not exist or you do not have permissions.")
            }
        case .truncateTable(let name):
            try requireObject("ALTER", name) {
                .error(
                    1088, state: 7, line: line,
                    "Cannot find the object \"\($0)\" because it does not exist or you do not have permissions.")
            }
        case .createSchema(let create): try checkSchema(create, line: line)
        case .createDatabase:
            guard try !serverEvaluator().has("CREATE ANY DATABASE", on: .server) else { return }
            try requireDatabase("CREATE DATABASE", in: instance.database(named: "master"), line: line)
        case .alterDatabase(let alter):
            let target = alter.name.map { instance.database(named: $0.value) } ?? database
            guard let target, try isAllowed("ALTER", on: .database, in: target) else {
                throw ServerMessage.error(
                    5011, state: 9, line: line,
                    "User does not have permission to alter database '\(alter.name?.value ?? database.name)', the database does not exist, or the database is not in a state that allows access checks."
                )
            }
        case .object(let object): try checkObject(object, line: line)
        case .set(.identityInsert(let name, _)):
            try requireObject("ALTER", name) {
                .error(
                    1088, state: 11, line: line,
                    "Cannot find the object \"\($0)\" because it does not exist or you do not have permissions.")
            }
        case .drop(let drop): for item in drop.items { try checkDrop(item, drop, line: line) }
        default: return
        }
    }

    /// Whether a permission is there; false where the session may not even enter the database.
    private func isAllowed(
        _ permission: String, on securable: Securable, in home: EmbeddedInstance.Database
    ) throws -> Bool {
        guard try token(in: home) != nil else { return false }
        return try evaluator(in: home).has(permission, on: securable)
    }

    private func requireDatabase(_ permission: String, in home: EmbeddedInstance.Database?, line: Int) throws {
        let home = home ?? database
        guard try isAllowed(permission, on: .database, in: home) else {
            throw ServerMessage.denied(permission, database: home.name, line: line)
        }
    }

    /// Checks the permission to make an object, and to put it into its schema.
    func checkCreation(_ name: MultipartName, _ permission: String, line: Int) throws {
        guard !name.name.hasPrefix("#") else { return }
        let home = try database(of: name)
        try requireDatabase(permission, in: home, line: line)
        let alias = try attach(home)
        let wanted = try name.schema ?? defaultSchema(in: home)
        guard let schema = try catalog(alias).schema(named: wanted) else { return }
        guard try isAllowed("ALTER", on: securable(ofSchema: schema, alias: alias), in: home) else {
            throw ServerMessage.error(
                2760, line: line,
                "The specified schema name \"\(wanted)\" either does not exist or you do not have permission to use it."
            )
        }
    }

    private func checkModule(_ statement: ModuleStatement, line: Int) throws {
        let kind: String
        switch statement.kind {
        case .procedure: kind = "PROCEDURE"
        case .trigger(let trigger):
            return try requireObject("ALTER", trigger.target) {
                .error(
                    8197, state: 6, line: line,
                    "The object '\($0)' does not exist or is invalid for this operation.")
            }
        default: kind = "FUNCTION"
        }
        try checkModule(statement.name, statement.mode, kind, line: line)
    }

    private func checkModule(_ name: MultipartName, _ mode: DefinitionMode, _ kind: String, line: Int) throws {
        if mode != .create, !name.name.hasPrefix("#"), let found = try object(name) {
            guard try isAllowed("ALTER", on: found.securable, in: found.home) else {
                throw ServerMessage.error(
                    208, state: 6, line: line, "Invalid object name '\(name.description)'.")
            }
            return
        }
        do {
            try checkCreation(name, "CREATE \(kind)", line: line)
        } catch let message as ServerMessage {
            throw message.inside(name.name)
        }
    }

    private func checkObject(_ statement: ObjectStatement, line: Int) throws {
        let missing: (String) -> ServerMessage = {
            .error(
                1088, state: 9, line: line,
                "Cannot find the object \"\($0)\" because it does not exist or you do not have permissions.")
        }
        switch statement {
        case .createType(let create): try checkCreation(create.name, "CREATE TYPE", line: line)
        case .createSynonym(let name, _): try checkCreation(name, "CREATE SYNONYM", line: line)
        case .sequence(let sequence) where sequence.isAlter:
            try requireObject("ALTER", sequence.name) { .cannot("alter", "sequence object", $0, line: line) }
        case .sequence(let sequence):
            let wanted = try sequence.name.schema ?? defaultSchema(in: database)
            guard let schema = try catalog(currentAlias).schema(named: wanted) else { return }
            let securable = try securable(ofSchema: schema, alias: currentAlias)
            guard try isAllowed("CREATE SEQUENCE", on: securable, in: database) else {
                throw ServerMessage.error(
                    2760, line: line,
                    "The specified schema name \"\(wanted)\" either does not exist or you do not have permission to use it."
                )
            }
        case .alterIndex(let alter): try requireObject("ALTER", alter.table, or: missing)
        case .createStatistics(let create): try requireObject("ALTER", create.table, or: missing)
        case .updateStatistics(let name, _): try requireObject("ALTER", name, or: missing)
        case .checkIdentity(let check):
            guard case .literal(.string(let text, _)) = check.table.kind else { return }
            try requireObject("ALTER", MultipartName(NameSplitter.parts(text))) { [user = userName] in
                .error(
                    2557, state: 5, line: line,
                    "User '\(user)' does not have permission to run DBCC CHECKIDENT for object '\($0)'.")
            }
        case .transfer(let transfer):
            let target = try catalog(currentAlias).schema(named: transfer.schema.value)
            if let target, try !isAllowed("ALTER", on: securable(ofSchema: target, alias: currentAlias), in: database) {
                throw ServerMessage.cannot("alter", "schema", target.name, line: line)
            }
            try requireObject("CONTROL", transfer.name) { .cannot("find", "object", $0, line: line) }
        }
    }

    private func checkSchema(_ create: CreateSchemaStatement, line: Int) throws {
        try requireDatabase("CREATE SCHEMA", in: database, line: line)
        guard let owner = create.owner else { return }
        let known = try databaseSecurity(currentAlias)
        let evaluator = try evaluator
        guard let principal = known.principal(named: owner.value),
            evaluator.token.database.contains(principal.id) || evaluator.token.isOwner
                || evaluator.has(
                    principal.kind == .user ? "IMPERSONATE" : "ALTER", on: Self.securable(principal, known))
        else { throw ServerMessage.cannot("find", "user", owner.value, line: line) }
    }

    private func checkDrop(_ item: DropStatement.Item, _ drop: DropStatement, line: Int) throws {
        switch drop.kind {
        case .table, .view, .procedure, .function, .trigger, .sequence, .synonym, .type:
            guard !item.name.name.hasPrefix("#"), let found = try object(item.name) else { return }
            guard
                try isAllowed("CONTROL", on: found.securable, in: found.home)
                    || isAllowed("ALTER", on: found.schema, in: found.home)
            else {
                throw Self.notDropped(
                    20,
                    "Cannot drop the \(drop.kind.rawValue.lowercased()) '\(item.name.description)', because it does not exist or you do not have permission.",
                    line: line)
            }
        case .index:
            guard let table = item.table else { return }
            try requireObject("ALTER", table) { _ in
                Self.notDropped(
                    6,
                    "Cannot drop the index '\(table.description).\(item.name.name)', because it does not exist or you do not have permission.",
                    line: line)
            }
        case .schema:
            guard let schema = try catalog(currentAlias).schema(named: item.name.name) else { return }
            guard try isAllowed("CONTROL", on: securable(ofSchema: schema, alias: currentAlias), in: database) else {
                throw ServerMessage.cannot("drop", "schema", item.name.name, line: line)
            }
        case .database:
            guard let target = instance.database(named: item.name.name) else { return }
            guard
                try isAllowed("CONTROL", on: .database, in: target)
                    || serverEvaluator().has("ALTER ANY DATABASE", on: .server)
            else {
                throw ServerMessage.error(
                    3701, line: line,
                    "Cannot drop the database '\(item.name.name)', because it does not exist or you do not have permission."
                )
            }
        default: return
        }
    }

    /// Msg 3701 in the severity that it has for what exists and may not be dropped.
    private static func notDropped(_ state: UInt8, _ text: String, line: Int) -> ServerMessage {
        var message = ServerMessage.error(3701, state: state, line: line, text)
        message.severity = 14
        return message
    }

    // MARK: Objects by name

    /// An object with what its permissions are on.
    struct FoundObject {
        var id: Int
        var schemaName: String
        var home: EmbeddedInstance.Database
        var securable: Securable
        var schema: Securable
    }

    /// The object of a name, whoever asks; nil when there is none.
    func object(_ name: MultipartName) throws -> FoundObject? {
        let home = try database(of: name)
        let alias = try attach(home)
        let catalog = try catalog(alias)
        for schemaName in try schemas(of: name, in: home) {
            guard let id = catalog.objectID(schema: schemaName, name: name.name),
                let schema = catalog.schema(named: schemaName)
            else { continue }
            var owning = id
            if let parent = catalog.modules[id]?.trigger?.parent { owning = parent }
            return FoundObject(
                id: id, schemaName: schema.name, home: home,
                securable: try securable(ofObject: owning, schema: schemaName, alias: alias),
                schema: try securable(ofSchema: schema, alias: alias))
        }
        return nil
    }

    /// Checks a permission on an object that is there; what is missing is told by who needs it.
    func requireObject(_ permission: String, _ name: MultipartName, or message: (String) -> ServerMessage) throws {
        guard !security.isUnrestricted, !name.name.hasPrefix("#"), let found = try object(name) else { return }
        guard try isAllowed(permission, on: found.securable, in: found.home) else { throw message(name.description) }
    }

    /// Msg 229 unless the session may do something with an object of a database.
    func require(
        _ permission: String, onObject id: Int, schema: String, name: String, in home: EmbeddedInstance.Database,
        _ context: BatchContext
    ) throws {
        guard !security.isUnrestricted else { return }
        try check(
            [ObjectAccess(database: home.name, id: id, schema: schema, name: name, permission: permission)], context)
    }
}
