/// Who asks: a login, a user, and the roles of both.
struct SecurityToken: Equatable {
    /// The login; nil while EXECUTE AS USER holds, which has no rights on the server.
    var login: Int?
    /// The login and its server roles.
    var server: Set<Int> = []
    /// The user in the database.
    var user: Int
    /// The user and its roles.
    var database: Set<Int> = []

    /// A member of sysadmin, whom nothing is denied.
    var isSysadmin: Bool { server.contains(ServerSecurity.sysadmin) }
    /// `dbo`, whom nothing is denied in its database.
    var isOwner: Bool { user == DatabaseSecurity.owner }
}

/// Decides who may do what in one database, from what was granted and denied alone.
///
/// As documented in "Permissions (Database Engine)": the permission and all that imply it, on the securable and on those
/// that hold it, are looked up for the user and its roles; a DENY wins over any GRANT, but not over ownership. A GRANT on
/// a column wins over a DENY on its table.
struct PermissionEvaluator {
    enum Decision: Equatable { case granted, denied, unknown }

    var server: ServerSecurity
    var database: DatabaseSecurity
    var token: SecurityToken

    func has(_ permission: String, on securable: Securable, column: Int = 0) -> Bool {
        decide(permission, on: securable, column: column) == .granted
    }

    func decide(_ permission: String, on securable: Securable, column: Int = 0) -> Decision {
        if token.isSysadmin || (token.isOwner && !securable.kind.isOfServer) { return .granted }
        if owns(securable) { return .granted }
        let key = PermissionKey(kind: securable.kind, name: permission)
        if column != 0, let decision = decide(key, securable, column: column) { return decision }
        var isGranted = false
        for implying in PermissionTable.space(key) {
            switch decide(implying, among: securable) {
            case .denied: return .denied
            case .granted: isGranted = true
            case .unknown: continue
            }
        }
        return isGranted ? .granted : .unknown
    }

    private func owns(_ securable: Securable) -> Bool {
        guard let owner = securable.owner else { return false }
        return securable.kind.isOfServer ? token.server.contains(owner) : token.database.contains(owner)
    }

    /// What entries of the column itself say.
    private func decide(_ key: PermissionKey, _ securable: Securable, column: Int) -> Decision? {
        let entries = database.permissions.filter {
            $0.kind == .object && $0.id == securable.id && $0.column == column && $0.permission == key.name
                && token.database.contains($0.grantee)
        }
        guard !entries.isEmpty else { return nil }
        return entries.contains { $0.state == .deny } ? .denied : .granted
    }

    /// What one permission of the space says, on the securable or on what holds it.
    private func decide(_ key: PermissionKey, among securable: Securable) -> Decision {
        if key.kind.isOfServer { return decideOnServer(key, securable) }
        let id: Int
        switch key.kind {
        case securable.kind: id = securable.id
        case .schema:
            id = securable.schema
            if key.name == "CONTROL", let owner = securable.schemaOwner, token.database.contains(owner) {
                return .granted
            }
        default: id = 0
        }
        if key.kind == .database {
            for role in token.database where DatabaseSecurity.roleDenials[role]?.contains(key.name) ?? false {
                return .denied
            }
        }
        let decision = Self.decide(database.permissions, key, id, token.database)
        guard decision == .unknown, key.kind == .database else { return decision }
        let isGranted = token.database.contains { DatabaseSecurity.roleGrants[$0]?.contains(key.name) ?? false }
        return isGranted ? .granted : .unknown
    }

    private func decideOnServer(_ key: PermissionKey, _ securable: Securable) -> Decision {
        let id = key.kind == securable.kind ? securable.id : 0
        let decision = Self.decide(server.permissions, key, id, token.server)
        guard decision == .unknown, key.kind == .server else { return decision }
        let isGranted = token.server.contains { ServerSecurity.rolePermissions[$0]?.contains(key.name) ?? false }
        return isGranted ? .granted : .unknown
    }

    private static func decide(
        _ entries: [PermissionEntry], _ key: PermissionKey, _ id: Int, _ identities: Set<Int>
    ) -> Decision {
        var isGranted = false
        for entry in entries
        where entry.id == id && entry.column == 0 && entry.kind == key.kind && entry.permission == key.name
            && identities.contains(entry.grantee)
        {
            if entry.state == .deny { return .denied }
            isGranted = true
        }
        return isGranted ? .granted : .unknown
    }

    // MARK: Questions of several permissions

    /// Whether entries of single columns say something about a permission.
    func hasColumnEntries(_ permission: String, on securable: Securable) -> Bool {
        database.permissions.contains {
            $0.kind == .object && $0.id == securable.id && $0.column != 0 && $0.permission == permission
                && token.database.contains($0.grantee)
        }
    }

    /// Whether the metadata of a securable may be seen: its owner and whoever has some permission on it.
    func sees(_ securable: Securable) -> Bool {
        if token.isSysadmin || owns(securable) { return true }
        if decide("VIEW DEFINITION", on: securable) == .denied { return false }
        if PermissionTable.rows(securable.kind).contains(where: { has($0.name, on: securable) }) { return true }
        return securable.kind == .object
            && database.permissions.contains {
                $0.kind == .object && $0.id == securable.id && $0.column != 0 && $0.state != .deny
                    && token.database.contains($0.grantee)
            }
    }

    /// Whether a permission may be given to others: with GRANT OPTION, CONTROL, or as a security administrator.
    func mayGrant(_ permission: String, on securable: Securable) -> Bool {
        let control = securable.kind == .server ? "CONTROL SERVER" : "CONTROL"
        if has(control, on: securable) { return true }
        if securable.kind.isOfServer {
            if token.server.contains(4), permission != "CONTROL SERVER" { return true }
        } else if token.database.contains(16_386) {
            return true
        }
        let entries = securable.kind.isOfServer ? server.permissions : database.permissions
        let identities = securable.kind.isOfServer ? token.server : token.database
        return decide(permission, on: securable) == .granted
            && entries.contains {
                $0.kind == securable.kind && $0.id == securable.id && $0.permission == permission
                    && $0.state == .grantWithOption && identities.contains($0.grantee)
            }
    }
}
