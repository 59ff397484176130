import SQLValues
import TransactSQL

extension EmbeddedSession {
    /// A statement on logins, users, roles and permissions.
    func run(_ statement: SecurityStatement, _ context: BatchContext, line: Int) throws {
        switch statement {
        case .principal(let principal):
            switch principal.kind {
            case .login: try runLogin(principal, line: line)
            case .user: try runUser(principal, line: line)
            case .role: try runRole(principal, line: line)
            case .serverRole: try runServerRole(principal, line: line)
            }
        case .permission(let permission): try run(permission, line: line)
        case .authorization(let securable, let owner): try changeOwner(of: securable, to: owner, line: line)
        case .executeAs(let statement): try executeAs(statement, context, line: line)
        case .revert(let cookie): try revert(cookie: cookie, context)
        }
        // Names, and what may be done with them, may mean something else now.
        stamp += 1
    }

    /// Evaluates permissions in the current database.
    var evaluator: PermissionEvaluator {
        get throws { try evaluator(in: database) }
    }

    private func require(
        _ permission: String, on securable: Securable, or message: @autoclosure () -> ServerMessage
    ) throws {
        guard !security.isUnrestricted else { return }
        let evaluator = try securable.kind.isOfServer ? serverEvaluator() : evaluator
        guard evaluator.has(permission, on: securable) else { throw message() }
    }

    // MARK: Users

    private func runUser(_ statement: PrincipalStatement, line: Int) throws {
        let name = statement.name.value
        let alias = currentAlias
        let time = Clock.ticks(utc: false)
        switch statement.action {
        case .create(let binding, let options, _):
            try require("ALTER ANY USER", on: .database, or: .notAllowed(line: line))
            let defaultSchema = try schemaOption(options, refusing: "CREATE USER")
            let sid = try self.sid(of: binding, user: name)
            try changeDatabase(alias) { security in
                guard security.principal(named: name) == nil else { throw ServerMessage.principalExists(name) }
                guard security.user(sid: sid) == nil, sid != security.ownerSID else {
                    throw ServerMessage.error(
                        15_063, "The login already has an account under a different user name.")
                }
                let user = DatabasePrincipal(
                    id: security.nextID, name: name, kind: .user, sid: sid, defaultSchema: defaultSchema ?? "dbo",
                    created: time, modified: time)
                security.nextID += 1
                security.principals.append(user)
                security.permissions.append(
                    PermissionEntry(
                        kind: .database, id: 0, permission: "CONNECT", grantee: user.id,
                        grantor: DatabaseSecurity.owner, state: .grant))
            }
        case .alter(let options): try alterUser(name, options, alias, at: time)
        case .drop(let ifExists):
            try dropPrincipal(name, .user, ifExists, alias)
        default: throw ServerMessage.unsupported("ALTER USER", line: line)
        }
    }

    private func sid(of binding: PrincipalStatement.Binding, user: String) throws -> [UInt8] {
        let wanted: String
        switch binding {
        case .withoutLogin: return Self.newSID()
        case .none: wanted = user
        case .login(let name): wanted = name.value
        }
        guard let login = try serverSecurity().login(named: wanted) else {
            throw ServerMessage.error(
                15_007, "'\(wanted)' is not a valid login or you do not have permission.")
        }
        return login.sid
    }

    /// DEFAULT_SCHEMA, the only option that users here have besides NAME and LOGIN.
    private func schemaOption(_ options: [SecurityOption], refusing statement: String) throws -> String? {
        var result: String?
        for option in options {
            switch (option.name, option.value) {
            case ("DEFAULT_SCHEMA", .name(let schema)): result = schema.value
            case ("PASSWORD", _):
                throw ServerMessage.error(
                    33_233, line: option.range.line,
                    "You can only create a user with a password in a contained database.")
            case ("NAME", _), ("LOGIN", _): continue
            default: throw ServerMessage.unsupported("\(statement) \(option.name)", line: option.range.line)
            }
        }
        return result
    }

    private func alterUser(_ name: String, _ options: [SecurityOption], _ alias: String, at time: Int) throws {
        let missing = ServerMessage.cannot("alter", "user", name)
        let known = try databaseSecurity(alias)
        guard var user = known.user(named: name) else { throw missing }
        try require("ALTER", on: Self.securable(user, known), or: missing)
        guard user.id > 4 else { throw ServerMessage.cannotAtAll("alter", "user", user.name) }
        if let schema = try schemaOption(options, refusing: "ALTER USER") { user.defaultSchema = schema }
        for option in options {
            guard case .name(let value) = option.value else { continue }
            if option.name == "NAME" {
                if let other = known.principal(named: value.value), other.id != user.id {
                    throw ServerMessage.principalExists(value.value)
                }
                user.name = value.value
            } else if option.name == "LOGIN" {
                user.sid = try sid(of: .login(value), user: name)
            }
        }
        user.modified = time
        try changeDatabase(alias) { $0.update(user) }
    }

    /// What a permission on a user or role is on.
    static func securable(_ principal: DatabasePrincipal, _ security: DatabaseSecurity) -> Securable {
        Securable(
            kind: principal.kind == .user ? .user : .role, id: principal.id,
            owner: principal.kind == .role ? principal.owner : nil)
    }

    private func dropPrincipal(
        _ name: String, _ kind: DatabasePrincipal.Kind, _ ifExists: Bool, _ alias: String
    ) throws {
        let noun = kind == .user ? "user" : "role"
        let missing = ServerMessage.cannot("drop", noun, name)
        let known = try databaseSecurity(alias)
        guard let principal = known.principal(named: name), principal.kind == kind else {
            if ifExists { return }
            throw missing
        }
        try require("ALTER", on: Self.securable(principal, known), or: missing)
        guard principal.id > 4, !principal.isFixed else {
            throw ServerMessage.cannotAtAll("drop", noun, principal.name)
        }
        if known.ownerships.contains(where: { $0.kind == .schema && $0.owner == principal.id }) {
            throw ServerMessage.error(
                15_138, "The database principal owns a schema in the database, and cannot be dropped.")
        }
        if known.ownerships.contains(where: { $0.owner == principal.id }) {
            throw ServerMessage.error(
                15_183, "The database principal owns objects in the database and cannot be dropped.")
        }
        if known.principals.contains(where: { $0.kind == .role && $0.owner == principal.id }) {
            throw ServerMessage.error(15_421, "The database principal owns a database role and cannot be dropped.")
        }
        if known.permissions.contains(where: { $0.grantor == principal.id }) {
            throw ServerMessage.error(
                15_284,
                "The database principal has granted or denied permissions to objects in the database and cannot be dropped."
            )
        }
        if kind == .role, known.members.contains(where: { $0.role == principal.id }) {
            throw ServerMessage.error(15_144, "The role has members. It must be empty before it can be dropped.")
        }
        try changeDatabase(alias) { $0.remove(principal.id) }
    }

    // MARK: Roles

    private func runRole(_ statement: PrincipalStatement, line: Int) throws {
        let name = statement.name.value
        let alias = currentAlias
        switch statement.action {
        case .create(_, _, let owner): try createRole(name, owner: owner, alias, line: line)
        case .addMember(let member): try changeMembers(of: name, member.value, adds: true)
        case .dropMember(let member): try changeMembers(of: name, member.value, adds: false)
        case .alter(let options):
            let known = try databaseSecurity(alias)
            let missing = ServerMessage.cannot("alter", "role", name)
            guard var role = known.role(named: name) else { throw missing }
            try require("ALTER", on: Self.securable(role, known), or: missing)
            guard !role.isFixed, role.id != DatabaseSecurity.everyone else {
                throw ServerMessage.cannotAtAll("alter", "role", role.name)
            }
            for option in options {
                guard option.name == "NAME", case .name(let value) = option.value else {
                    throw ServerMessage.unsupported("ALTER ROLE \(option.name)", line: option.range.line)
                }
                guard known.principal(named: value.value) == nil else {
                    throw ServerMessage.principalExists(value.value)
                }
                role.name = value.value
            }
            try changeDatabase(alias) { $0.update(role) }
        case .drop(let ifExists): try dropPrincipal(name, .role, ifExists, alias)
        default: throw ServerMessage.unsupported("ALTER ROLE", line: line)
        }
    }

    private func createRole(_ name: String, owner: Identifier?, _ alias: String, line: Int) throws {
        try require("CREATE ROLE", on: .database, or: .notAllowed(line: line))
        let time = Clock.ticks(utc: false)
        let known = try databaseSecurity(alias)
        let creator = security.isUnrestricted ? DatabaseSecurity.owner : try evaluator.token.user
        let ownerID = try owner.map { name in
            guard let found = known.principal(named: name.value) else {
                throw ServerMessage.cannot("find", "principal", name.value)
            }
            return found.id
        }
        try changeDatabase(alias) { security in
            guard security.principal(named: name) == nil else { throw ServerMessage.principalExists(name) }
            security.principals.append(
                DatabasePrincipal(
                    id: security.nextID, name: name, kind: .role, owner: ownerID ?? creator, created: time,
                    modified: time))
            security.nextID += 1
        }
    }

    /// ALTER ROLE … ADD or DROP MEMBER, and sp_addrolemember.
    func changeMembers(of role: String, _ member: String, adds: Bool) throws {
        let alias = currentAlias
        let known = try databaseSecurity(alias)
        let missing = ServerMessage.cannot("alter", "role", role)
        guard let role = known.role(named: role) else { throw missing }
        if role.id == DatabaseSecurity.everyone {
            throw ServerMessage.error(15_081, "Membership of the public role cannot be changed.")
        }
        if role.isFixed {
            // Members of fixed roles are changed with CONTROL of the database only.
            try require("CONTROL", on: .database, or: missing)
        } else {
            try require("ALTER", on: Self.securable(role, known), or: missing)
        }
        guard let member = known.principal(named: member) else {
            throw ServerMessage.cannot(adds ? "add" : "drop", "principal", member)
        }
        if (1...4).contains(member.id) || member.id == DatabaseSecurity.everyone, member.id != 2 {
            throw ServerMessage.specialPrincipal(member.name)
        }
        let entry = RoleMembership(role: role.id, member: member.id)
        if adds, RoleMembership.closure(of: role.id, in: known.members).contains(member.id) {
            throw ServerMessage.error(15_413, "Cannot make a role a member of itself.")
        }
        if known.members.contains(entry) == adds { return }
        try changeDatabase(alias) { security in
            security.members.removeAll { $0 == entry }
            if adds { security.members.append(entry) }
        }
    }

    // MARK: Server roles

    private func runServerRole(_ statement: PrincipalStatement, line: Int) throws {
        let name = statement.name.value
        switch statement.action {
        case .create(_, _, let owner):
            try require("CREATE SERVER ROLE", on: .server, or: .notAllowed(line: line))
            if owner != nil { throw ServerMessage.unsupported("CREATE SERVER ROLE AUTHORIZATION", line: line) }
            let time = Clock.ticks(utc: false)
            let creator = security.current.login ?? ServerSecurity.administrator
            try changeServer { security in
                guard security.principal(named: name) == nil else {
                    throw ServerMessage.error(15_025, "The server principal '\(name)' already exists.")
                }
                security.principals.append(
                    ServerPrincipal(
                        id: security.nextID, name: name, kind: .role, sid: Self.newSID(), owner: creator,
                        created: time, modified: time))
                security.nextID += 1
            }
        case .addMember(let member): try changeServerMembers(of: name, member.value, adds: true)
        case .dropMember(let member): try changeServerMembers(of: name, member.value, adds: false)
        case .drop(let ifExists): try dropServerRole(name, ifExists)
        default: throw ServerMessage.unsupported("ALTER SERVER ROLE WITH", line: line)
        }
    }

    private func changeServerMembers(of role: String, _ member: String, adds: Bool) throws {
        let known = try serverSecurity()
        let missing = ServerMessage.cannot("alter", "server role", role)
        guard let role = known.role(named: role) else { throw missing }
        if !security.isUnrestricted {
            let evaluator = try serverEvaluator()
            let isAllowed =
                role.isFixed
                ? evaluator.token.server.contains(role.id)
                : evaluator.has("ALTER", on: Securable(kind: .serverRole, id: role.id, owner: role.owner))
            guard isAllowed else { throw missing }
        }
        if role.id == ServerSecurity.everyone {
            throw ServerMessage.error(15_081, "Membership of the public role cannot be changed.")
        }
        guard let member = known.principal(named: member) else {
            throw ServerMessage.cannot(adds ? "add" : "drop", "principal", member)
        }
        if member.id <= ServerSecurity.everyone || member.isFixed {
            throw ServerMessage.specialPrincipal(member.name)
        }
        let entry = RoleMembership(role: role.id, member: member.id)
        if adds, RoleMembership.closure(of: role.id, in: known.members).contains(member.id) {
            throw ServerMessage.error(15_413, "Cannot make a role a member of itself.")
        }
        try changeServer { security in
            security.members.removeAll { $0 == entry }
            if adds { security.members.append(entry) }
        }
    }

    private func dropServerRole(_ name: String, _ ifExists: Bool) throws {
        let known = try serverSecurity()
        let missing = ServerMessage.cannot("drop", "server role", name)
        guard let role = known.role(named: name) else {
            if ifExists { return }
            throw missing
        }
        try require("ALTER", on: Securable(kind: .serverRole, id: role.id, owner: role.owner), or: missing)
        guard !role.isFixed else { throw ServerMessage.cannotAtAll("drop", "server role", role.name) }
        guard !known.members.contains(where: { $0.role == role.id }) else {
            throw ServerMessage.error(15_144, "The role has members. It must be empty before it can be dropped.")
        }
        try changeServer { $0.remove(role.id) }
    }
}
