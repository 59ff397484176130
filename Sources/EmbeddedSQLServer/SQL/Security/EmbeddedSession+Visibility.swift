extension EmbeddedSession {
    /// The catalogue as the session may see it ("Metadata visibility configuration").
    func visibleCatalog(_ alias: String) throws -> DatabaseCatalog {
        let catalog = try catalog(alias)
        guard !security.isUnrestricted, alias != "temp",
            let home = instance.databases.first(where: { attached[$0.id] == alias })
        else { return catalog }
        guard try token(in: home) != nil else { return catalog.filtered { _, _ in false } }
        let evaluator = try evaluator(in: home)
        if evaluator.token.isOwner { return catalog }
        let known = try databaseSecurity(alias)
        return catalog.filtered { id, schema in
            let schemaID = catalog.schema(named: schema)?.id ?? 1
            let schemaOwner = known.owner(ofSchema: schemaID)
            return evaluator.sees(
                Securable(
                    kind: .object, id: id, schema: schemaID, owner: known.owner(of: .object, id) ?? schemaOwner,
                    schemaOwner: schemaOwner))
        }
    }

    /// The databases whose rows sys.databases shows.
    func visibleDatabases() throws -> [EmbeddedInstance.Database] {
        let all = instance.databases
        guard !security.isUnrestricted else { return all }
        let evaluator = try serverEvaluator()
        if evaluator.has("VIEW ANY DATABASE", on: .server) || evaluator.has("ALTER ANY DATABASE", on: .server) {
            return all
        }
        return try all.filter { candidate in
            if [1, 2, database.id].contains(candidate.id) { return true }
            guard !candidate.isOffline else { return false }
            return try token(in: candidate)?.isOwner ?? false
        }
    }
}
