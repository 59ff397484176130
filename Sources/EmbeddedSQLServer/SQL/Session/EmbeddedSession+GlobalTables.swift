import TransactSQL

extension EmbeddedSession {
    /// The database of global temporary tables.
    func temporaryDatabase() throws -> EmbeddedInstance.Database {
        guard let found = instance.database(named: "tempdb") else {
            throw ServerMessage.error(
                911, "Database 'tempdb' does not exist. Make sure that the name is entered correctly.")
        }
        return found
    }

    /// A global temporary table, which all sessions see.
    func globalTable(_ name: MultipartName) throws -> ResolvedTable? {
        let home = try temporaryDatabase()
        let alias = try attach(home)
        guard let found = try catalog(alias).table(schema: "dbo", name: name.name) else { return nil }
        return ResolvedTable(table: found, database: home.name, alias: alias)
    }

    /// Drops the global temporary tables of a session that ends, and those that earlier ones had to leave.
    func dropGlobalTables() {
        let wanted = globalTables.union(instance.takeOrphans())
        globalTables = []
        guard !wanted.isEmpty else { return }
        let saved = settings.lockTimeout
        settings.lockTimeout = 1_000
        defer {
            settings.lockTimeout = saved
            releaseStatementLocks()
        }
        for id in wanted {
            do {
                try boundAgain { try dropGlobalTable(id) }
            } catch {
                // Another session uses it: the next one that ends drops it.
                instance.addOrphan(id)
            }
        }
    }

    private func dropGlobalTable(_ id: Int) throws {
        let alias = try attach(temporaryDatabase())
        guard let table = try catalog(alias).tables[id] else { return }
        try change(alias) {
            connection.emptyCache()
            try forgetIdentity(ResolvedTable(table: table, database: "tempdb", alias: alias))
            try connection.execute("DROP TABLE \(alias).\(table.storedName)")
            try DatabaseCatalog.remove(id: id, in: connection, schema: alias)
        }
    }
}
