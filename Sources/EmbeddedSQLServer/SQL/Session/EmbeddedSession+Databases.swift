import SQLValues
import TransactSQL

extension EmbeddedSession: NameResolver {
    /// Eight and master, which stays attached.
    private static let mostAttached = 9

    /// SQLite's alias of a database, which is attached at its first use.
    @discardableResult
    func attach(_ database: EmbeddedInstance.Database) throws -> String {
        if let alias = attached[database.id] { return alias }
        if attached.count >= Self.mostAttached {
            guard !connection.isInTransaction,
                let other = attached.keys.first(where: { $0 != self.database.id && $0 != 1 })
            else {
                throw ServerMessage.unsupported("a statement or transaction over more than 8 databases")
            }
            try detach(id: other)
        }
        let alias = "d\(database.id)"
        let path = instance.path(of: database).replacing("'", with: "''")
        try connection.execute("ATTACH '\(path)' AS \(alias); PRAGMA \(alias).synchronous = OFF")
        attached[database.id] = alias
        return alias
    }

    func detach(id: Int) throws {
        guard let alias = attached[id] else { return }
        connection.emptyCache()
        try connection.execute("DETACH \(alias)")
        attached[id] = nil
        catalogs[alias] = nil
        stamp += 1
    }

    /// The session's current database in SQLite.
    var currentAlias: String { attached[database.id] ?? "d\(database.id)" }

    /// What a database holds now, read anew when another transaction changed it.
    func catalog(_ alias: String) throws -> DatabaseCatalog {
        if mustLockToRead(alias) { try lock(alias, .update, isBinding: true) }
        return try readCatalog(alias)
    }

    /// The catalogue as SQLite shows it now.
    func readCatalog(_ alias: String) throws -> DatabaseCatalog {
        let version = try connection.integer("SELECT version FROM \(alias).sys_state") ?? 0
        if let known = catalogs[alias], known.version == version { return known }
        let catalog = try DatabaseCatalog(reading: connection, schema: alias, version: version)
        catalogs[alias] = catalog
        stamp += 1
        return catalog
    }

    /// Notices changes that other sessions made to what this session may have bound.
    func refreshCatalogs() throws {
        for alias in catalogs.keys where !mustLockToRead(alias) { _ = try readCatalog(alias) }
    }

    /// The catalogue of the session's temporary tables, or nil before the first.
    func temporaryCatalog() throws -> DatabaseCatalog? {
        catalogs["temp"] == nil ? nil : try catalog("temp")
    }

    /// Begins to watch temporary tables.
    func useTemporaryCatalog() throws { _ = try catalog("temp") }

    /// The session's temporary tables and procedures.
    var temporaryObjects: Set<Int> {
        guard let catalog = catalogs["temp"] else { return [] }
        return Set(catalog.tables.keys).union(catalog.modules.keys)
    }

    // MARK: Names

    /// The database of a name.
    func database(of name: MultipartName) throws -> EmbeddedInstance.Database {
        if let server = name.server {
            throw ServerMessage.unsupported("linked server \(server)", line: name.range.line)
        }
        guard let wanted = name.database else { return database }
        try editionRules.check(name, in: database.name)
        guard let found = instance.database(named: wanted) else {
            throw ServerMessage.error(
                911, line: name.range.line,
                "Database '\(wanted)' does not exist. Make sure that the name is entered correctly.")
        }
        if found.isOffline { throw Self.offline(found.name, line: name.range.line) }
        try requireAccess(to: found, line: name.range.line)
        return found
    }

    static func offline(_ name: String, line: Int) -> ServerMessage {
        .error(942, state: 4, line: line, "Database '\(name)' cannot be opened because it is offline.")
    }

    func resolve(_ name: MultipartName) throws -> ResolvedObject {
        if let schema = name.schema, let view = instance.provisions.dynamicViews.view("\(schema).\(name.name)") {
            return .system(view, key: "dynamic:\(database.id):\(schema).\(name.name)")
        }
        if let view = SystemView.named(name, inMaster: isMaster(name)) {
            guard !editionRules.hides(view, in: database.name) else {
                throw ServerMessage.invalidObject(name.description, line: name.range.line)
            }
            let home = try name.database == nil ? database : database(of: name)
            _ = try catalog(attach(home))
            return .system(view, key: "view:\(home.id):\(view.name)")
        }
        if let schema = name.schema?.lowercased(), schema == "sys" || schema == "information_schema" {
            throw ServerMessage.unsupported(name.description, line: name.range.line)
        }
        if let table = try table(name) { return .table(table) }
        guard !name.name.hasPrefix("#"), let home = try existingDatabase(name) else {
            throw ServerMessage.invalidObject(name.description, line: name.range.line)
        }
        let catalog = try catalog(attach(home))
        for schema in try schemas(of: name, in: home) {
            if let view = catalog.view(schema: schema, name: name.name) {
                return .view(view, database: home.name)
            }
            if let synonym = catalog.synonym(schema: schema, name: name.name) {
                return try resolve(synonym, of: home, as: name)
            }
        }
        throw ServerMessage.invalidObject(name.description, line: name.range.line)
    }

    private func isMaster(_ name: MultipartName) -> Bool {
        (name.database ?? database.name).lowercased() == "master"
    }

    func existingDatabase(_ name: MultipartName) throws -> EmbeddedInstance.Database? {
        do {
            return try database(of: name)
        } catch let error as ServerMessage where error.number == 911 {
            return nil
        }
    }

    /// The table of a name, or nil.
    func table(_ name: MultipartName) throws -> ResolvedTable? {
        if name.name.hasPrefix("##") { return try globalTable(name) }
        if name.name.hasPrefix("#") {
            guard let found = try temporaryCatalog()?.table(schema: "dbo", name: name.name) else { return nil }
            return ResolvedTable(table: found, database: "tempdb", alias: "temp")
        }
        guard let home = try existingDatabase(name) else { return nil }
        let alias = try attach(home)
        for schema in try schemas(of: name, in: home) {
            guard let found = try catalog(alias).table(schema: schema, name: name.name) else { continue }
            try refuseRedefined(found, home, line: name.range.line)
            return ResolvedTable(table: found, database: home.name, alias: alias)
        }
        return nil
    }

    func query(of view: ViewInfo, database: String) throws -> Query {
        let statements = try Parser.parse(batch: view.definition)
        guard case .view(let statement)? = statements.first?.kind else {
            throw ServerMessage.error(208, "Invalid object name '\(view.name)'.")
        }
        if database != self.database.name { throw ServerMessage.unsupported("view of another database") }
        return statement.query
    }

    // MARK: USE

    /// Makes another database current and tells the client.
    func use(_ target: EmbeddedInstance.Database, into sink: any ResultSink) throws {
        try attach(target)
        let old = database
        instance.enter(target)
        instance.leave(old)
        database = target
        stamp += 1
        try sink.change(.database(new: target.name, old: old.name))
        try sink.message(
            .error(5701, line: 1, "Changed database context to '\(target.name)'."))
    }

    /// Undoes USE and temporary tables at the end of a scope.
    func restore(_ old: EmbeddedInstance.Database, _ temporaries: Set<Int>, into sink: any ResultSink)
        throws(RequestStopped)
    {
        dropTemporaryObjects(besides: temporaries)
        guard old != database else { return }
        do {
            try use(old, into: sink)
        } catch let stop as RequestStopped {
            throw stop
        } catch {
            return
        }
    }

    func dropTemporaryObjects(besides kept: Set<Int>) {
        for id in temporaryObjects.subtracting(kept) {
            do {
                if catalogs["temp"]?.tables[id] != nil {
                    connection.emptyCache()
                    try connection.execute("DROP TABLE IF EXISTS temp.o\(id)")
                }
                try DatabaseCatalog.remove(id: id, in: connection, schema: "temp")
                _ = try catalog("temp")
            } catch {
                // The object goes with the connection then.
                continue
            }
        }
    }
}
