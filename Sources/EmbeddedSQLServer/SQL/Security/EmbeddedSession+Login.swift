import SQLValues

extension EmbeddedInstance {
    /// Makes logins administrators, with their passwords; what they were before in the storage gives way.
    func prepare(administrators: [(name: String, password: String)]) throws {
        guard let master = database(named: "master") else { return }
        let session = try EmbeddedSession(
            instance: self, database: master, options: SessionOptions(userName: "sa", processID: 1))
        defer { session.close() }
        for (name, password) in administrators {
            let known = try session.serverSecurity().login(named: name)
            if let known, !known.isDisabled, try known.password?.matches(password) ?? false,
                try session.serverSecurity().identities(of: known.id).contains(ServerSecurity.sysadmin)
            {
                continue
            }
            try session.changeServer { security in
                var login =
                    try known ?? security.addLogin(name, sid: EmbeddedSession.newSID(), at: Clock.ticks(utc: false))
                login.password = try ServerPrincipal.Password(password)
                login.isDisabled = false
                security.update(login)
                let membership = RoleMembership(role: ServerSecurity.sysadmin, member: login.id)
                if !security.members.contains(membership) { security.members.append(membership) }
            }
        }
    }
}

extension ServerSecurity {
    /// Adds a login, which may connect.
    mutating func addLogin(_ name: String, sid: [UInt8], at time: Int) throws -> ServerPrincipal {
        guard principal(named: name) == nil else {
            throw ServerMessage.error(15_025, "The server principal '\(name)' already exists.")
        }
        let login = ServerPrincipal(id: nextID, name: name, kind: .login, sid: sid, created: time, modified: time)
        nextID += 1
        principals.append(login)
        permissions.append(
            PermissionEntry(
                kind: .server, id: 0, permission: "CONNECT SQL", grantee: login.id, grantor: Self.administrator,
                state: .grant))
        return login
    }
}

extension EmbeddedSession {
    /// Checks the login and opens its session in a database.
    ///
    /// - Parameters:
    ///   - instance: The databases.
    ///   - name: The database; empty for the login's default one.
    ///   - options: Who logs in, and with which password.
    /// - Returns: The session.
    /// - Throws: Msg 18456, 18470, 4060, 4064.
    static func open(
        instance: EmbeddedInstance, database name: String, options: SessionOptions
    ) throws -> EmbeddedSession {
        guard let master = instance.database(named: "master") else { throw ServerMessage.loginFailed(options.userName) }
        let session = try EmbeddedSession(instance: instance, database: master, options: options)
        do {
            let login = try session.authenticate(options.userName, password: options.password)
            let wanted = name.isEmpty ? login?.defaultDatabase ?? "master" : name
            guard let database = instance.database(named: wanted), !database.isOffline,
                try session.security.isUnrestricted || session.token(in: database) != nil
            else {
                throw name.isEmpty
                    ? ServerMessage.error(4064, "Cannot open user default database. Login failed.")
                    : ServerMessage.error(
                        4060, "Cannot open database \"\(wanted)\" requested by the login. The login failed.")
            }
            try session.start(in: database)
            session.countedLogin = session.security.current.login
            if let login = session.countedLogin { instance.logIn(login) }
            return session
        } catch {
            session.close()
            throw error
        }
    }

    /// Makes the database of the login current.
    private func start(in target: EmbeddedInstance.Database) throws {
        try attach(target)
        instance.enter(target)
        instance.leave(database)
        database = target
        loginDatabase = target
    }

    /// A new security identifier.
    static func newSID() -> [UInt8] { (0..<16).map { _ in UInt8.random(in: 0...255) } }

    /// Checks the login's name and password, and makes the session act as it.
    ///
    /// - Parameters:
    ///   - name: The login's name.
    ///   - password: Nil when it was checked elsewhere.
    /// - Returns: The login; nil for one checked elsewhere that the storage does not know.
    /// - Throws: Msg 18456, which tells clients nothing more, or 18470 for a disabled login with the right password.
    func authenticate(_ name: String, password: String?) throws -> ServerPrincipal? {
        let server = try serverSecurity()
        guard let login = server.login(named: name) else {
            if password != nil { throw ServerMessage.loginFailed(name) }
            security = SessionSecurity(login: ServerSecurity.administrator, name: name)
            return nil
        }
        if let password {
            guard try login.password?.matches(password) ?? false else { throw ServerMessage.loginFailed(name) }
            if login.isDisabled {
                throw ServerMessage.error(
                    18_470, line: 1, "Login failed for user '\(name)'. Reason: The account is disabled.")
            }
        }
        security = SessionSecurity(login: login.id, name: login.name)
        try refreshSecurity()
        guard try serverEvaluator().has("CONNECT SQL", on: .server) else { throw ServerMessage.loginFailed(name) }
        return login
    }
}
