import SQLValues
import TransactSQL

extension EmbeddedSession {
    /// Checks what a statement does with objects: Msg 229 and 230.
    ///
    /// An object that a view or module of the same owner names is not checked ("Ownership chains").
    func check(_ accesses: [ObjectAccess], _ context: BatchContext) throws {
        guard !security.isUnrestricted, !accesses.isEmpty else { return }
        var refusals: [ServerMessage] = []
        for access in accesses {
            for refusal in try self.refusals(of: access, context.module) where !refusals.contains(refusal) {
                refusals.append(refusal)
            }
        }
        guard let last = refusals.popLast() else { return }
        precedingErrors = refusals
        throw last
    }

    /// Checks a data statement that is about to run.
    func checkAccess(_ statement: Statement, _ context: BatchContext) throws {
        guard !security.isUnrestricted else { return }
        let plan = try plan(for: statement, context)
        try check(context.plans[statement.range.start.offset]?.accesses ?? [], context)
        if case .selectInto(let into) = plan {
            try checkCreation(into.name, "CREATE TABLE", line: statement.range.line)
        }
    }

    func access(toFunction name: MultipartName, _ permission: String) throws -> ObjectAccess? {
        guard let module = try module(name), module.info.id != 0 else { return nil }
        return ObjectAccess(
            database: module.database.name, id: module.info.id, schema: module.info.schema, name: module.info.name,
            permission: permission)
    }

    /// Checks that the session may execute a procedure.
    func requireExecute(_ module: PreparedModule, _ context: BatchContext) throws {
        guard !security.isUnrestricted, !module.info.name.hasPrefix("#") else { return }
        do {
            try require(
                "EXECUTE", onObject: module.info.id, schema: module.info.schema, name: module.info.name,
                in: module.database, context)
        } catch let message as ServerMessage {
            throw message.at(line: 1).inside(module.info.name)
        }
    }

    private func refusals(of access: ObjectAccess, _ module: PreparedModule?) throws -> [ServerMessage] {
        if let key = access.systemView {
            guard let (view, home) = systemView(key), let required = view.required else { return [] }
            return try refusals(of: required, view: view.name, in: home)
        }
        let named = access.database.isEmpty ? database : instance.database(named: access.database)
        guard let home = named else { return [] }
        let alias = try attach(home)
        let securable = try securable(ofObject: access.id, schema: access.schema, alias: alias)
        if try isChained(access, securable, module, alias, home) { return [] }
        let evaluator = try evaluator(in: home)
        let whole = ServerMessage.denied(
            access.permission, object: access.name, database: home.name, schema: access.schema)
        guard evaluator.hasColumnEntries(access.permission, on: securable) else {
            if access.isForColumnsOnly, access.columns.isEmpty { return [] }
            return evaluator.has(access.permission, on: securable) ? [] : [whole]
        }
        if access.columns.isEmpty { return [] }
        let table = try catalog(alias).tables[access.id]
        return access.columns.sorted().compactMap { id in
            guard !evaluator.has(access.permission, on: securable, column: id) else { return nil }
            return .denied(
                access.permission, column: table?.column(id: id)?.name ?? "", object: access.name, database: home.name,
                schema: access.schema)
        }
    }

    /// Whether the object is reached through a view or module of its own owner.
    private func isChained(
        _ access: ObjectAccess, _ securable: Securable, _ module: PreparedModule?, _ alias: String,
        _ home: EmbeddedInstance.Database
    ) throws -> Bool {
        if let via = access.via {
            return try owner(ofObject: via, alias: alias) == securable.owner
        }
        guard let module, module.database.id == home.id else { return false }
        return try owner(ofObject: module.info.trigger?.parent ?? module.info.id, alias: alias) == securable.owner
    }

    /// Who owns an object of a database; nil for an object that is gone.
    func owner(ofObject id: Int, alias: String) throws -> Int? {
        let catalog = try catalog(alias)
        guard let schema = catalog.schemaName(of: id) else { return nil }
        return try securable(ofObject: id, schema: schema, alias: alias).owner
    }
}

extension DatabaseCatalog {
    /// The name of the schema in which an object stands.
    func schemaName(of id: Int) -> String? {
        tables[id]?.schema ?? views[id]?.schema ?? modules[id]?.schema ?? sequences[id]?.schema ?? synonyms[id]?.schema
    }
}
