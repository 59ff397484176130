import Foundation
import SQLValues

extension EmbeddedSession {
    // MARK: What is stored

    /// The logins and server roles, which master keeps.
    func serverSecurity() throws -> ServerSecurity {
        guard let master = instance.databases.first(where: { $0.id == 1 }) else {
            return .initial(at: Clock.ticks(utc: false))
        }
        let alias = try attach(master)
        let version = try securityVersion(alias)
        if let known = security.cachedServer, known.version == version { return known.security }
        let found = try storedSecurity("server", alias, ServerSecurity.self)
        let result = found ?? .initial(at: master.created)
        security.cachedServer = (version, result)
        return result
    }

    /// The users and roles of an attached database.
    func databaseSecurity(_ alias: String) throws -> DatabaseSecurity {
        let version = try securityVersion(alias)
        if let known = security.cachedDatabases[alias], known.version == version { return known.security }
        let result = try storedSecurity("database", alias, DatabaseSecurity.self) ?? initialSecurity(alias)
        security.cachedDatabases[alias] = (version, result)
        return result
    }

    private func initialSecurity(_ alias: String) -> DatabaseSecurity {
        let database = instance.databases.first { attached[$0.id] == alias }
        return .initial(
            at: database?.created ?? Clock.ticks(utc: false), admitsGuests: [1, 2, 4].contains(database?.id ?? 0))
    }

    private func securityVersion(_ alias: String) throws -> Int64 {
        try connection.integer("SELECT version FROM \(alias).sys_state") ?? 0
    }

    private func storedSecurity<Value: Decodable>(_ kind: String, _ alias: String, _ type: Value.Type) throws -> Value?
    {
        let statement = try connection.prepare("SELECT body FROM \(alias).sys_security WHERE kind = '\(kind)'")
        defer { statement.reset() }
        guard try statement.step() else { return nil }
        return try JSONDecoder().decode(type, from: Data(statement.cell(0).text.utf8))
    }

    /// Changes the logins and server roles.
    func changeServer(_ body: (inout ServerSecurity) throws -> Void) throws {
        guard let master = instance.databases.first(where: { $0.id == 1 }) else { return }
        let alias = try attach(master)
        try boundAgain {
            _ = try catalog(alias)
            try change(alias) {
                var value = try serverSecurity()
                try body(&value)
                try store(value, "server", alias)
            }
        }
        try refreshSecurity()
    }

    /// Changes the users and roles of a database.
    func changeDatabase(_ alias: String, _ body: (inout DatabaseSecurity) throws -> Void) throws {
        try boundAgain {
            _ = try catalog(alias)
            try change(alias) { try editDatabase(alias, body) }
        }
        _ = try catalog(alias)
    }

    /// Changes the users and roles of a database for a statement that has begun its change.
    func editDatabase(_ alias: String, _ body: (inout DatabaseSecurity) throws -> Void) throws {
        var value = try databaseSecurity(alias)
        try body(&value)
        try store(value, "database", alias)
    }

    private func store(_ value: some Encodable, _ kind: String, _ alias: String) throws {
        let body = String(decoding: try JSONEncoder().encode(value), as: UTF8.self)
        let statement = try connection.prepare("INSERT OR REPLACE INTO \(alias).sys_security VALUES (?, ?)")
        try statement.bind([.text(kind), .text(body)])
        try statement.run()
        try DatabaseCatalog.touch(connection, schema: alias)
    }

    // MARK: Who asks

    /// Notices what other sessions changed of this session's rights.
    func refreshSecurity() throws {
        guard let login = security.current.login else {
            security.isUnrestricted = false
            return
        }
        security.isUnrestricted = try serverSecurity().identities(of: login).contains(ServerSecurity.sysadmin)
    }

    /// Who the session is in a database; nil when it may not enter.
    func token(in database: EmbeddedInstance.Database) throws -> SecurityToken? {
        let frame = security.current
        let known = try databaseSecurity(attach(database))
        var token = SecurityToken(login: frame.login, user: DatabaseSecurity.guest)
        let server = try serverSecurity()
        if let login = frame.login { token.server = server.identities(of: login) }
        if let user = frame.user, frame.database == database.id {
            token.user = user
        } else if let login = frame.login, let principal = server.principal(id: login) {
            if token.isSysadmin || principal.sid == known.ownerSID {
                token.user = DatabaseSecurity.owner
            } else if let user = known.user(sid: principal.sid) {
                token.user = user.id
            }
        }
        token.database = known.identities(of: token.user)
        let evaluator = PermissionEvaluator(server: server, database: known, token: token)
        return evaluator.has("CONNECT", on: .database) ? token : nil
    }

    /// Decides about the securables of a database.
    func evaluator(in database: EmbeddedInstance.Database) throws -> PermissionEvaluator {
        guard let token = try token(in: database) else { throw noAccess(to: database.name) }
        return PermissionEvaluator(
            server: try serverSecurity(), database: try databaseSecurity(attach(database)), token: token)
    }

    /// Decides about the server alone.
    func serverEvaluator() throws -> PermissionEvaluator {
        let server = try serverSecurity()
        var token = SecurityToken(login: security.current.login, user: DatabaseSecurity.guest)
        if let login = token.login { token.server = server.identities(of: login) }
        return PermissionEvaluator(server: server, database: .initial(at: 0, admitsGuests: false), token: token)
    }

    /// Msg 916.
    func noAccess(to database: String, line: Int = 0) -> ServerMessage {
        .error(
            916, state: 2, line: line,
            "The server principal \"\(security.current.loginName)\" is not able to access the database \"\(database)\" under the current security context."
        )
    }

    /// Msg 916 unless the session may enter a database.
    func requireAccess(to database: EmbeddedInstance.Database, line: Int) throws {
        guard !security.isUnrestricted, database.id != self.database.id else { return }
        guard try token(in: database) != nil else { throw noAccess(to: database.name, line: line) }
    }

    /// The name of the session's user in its database.
    func currentUserName() throws -> String {
        if security.isUnrestricted { return "dbo" }
        guard let token = try token(in: database) else { return "guest" }
        return try databaseSecurity(attach(database)).principal(id: token.user)?.name ?? "guest"
    }

    /// The schema in which names without one are looked up first.
    func defaultSchema(in database: EmbeddedInstance.Database) throws -> String {
        if security.isUnrestricted { return "dbo" }
        guard let token = try token(in: database) else { return "dbo" }
        return try databaseSecurity(attach(database)).principal(id: token.user)?.defaultSchema ?? "dbo"
    }
}
