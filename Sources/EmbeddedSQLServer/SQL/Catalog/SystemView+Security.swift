import SQLValues

extension SystemView {
    /// The catalogue views on logins, users, roles and permissions.
    static let security: [SystemView] = [
        serverPrincipals, sqlLogins, serverRoleMembers, serverPermissions, databasePrincipals, databaseRoleMembers,
        databasePermissions, userMessages,
    ]

    private static func binary(_ name: String) -> OutputColumn { column(name, .varBinary(85), isNullable: true) }

    // MARK: Server

    private static func isVisible(_ principal: ServerPrincipal, _ source: Source) -> Bool {
        guard let evaluator = source.evaluator else { return true }
        if evaluator.token.server.contains(principal.id) || principal.isFixed || principal.id <= 2 { return true }
        let kind: SecurableClass = principal.kind == .login ? .login : .serverRole
        return evaluator.sees(Securable(kind: kind, id: principal.id, owner: principal.owner))
    }

    private static let principalColumns = [
        text("name"), column("principal_id", .int), binary("sid"), column("type", .char(1)),
        column("type_desc", .nVarChar(60), isNullable: true), column("is_disabled", .bit, isNullable: true),
        column("create_date", .dateTime), column("modify_date", .dateTime),
        text("default_database_name", isNullable: true), text("default_language_name", isNullable: true),
        column("credential_id", .int, isNullable: true),
    ]

    private static func principalRow(_ principal: ServerPrincipal) -> [SQLValue] {
        let isLogin = principal.kind == .login
        return [
            .string(principal.name), .int(Int64(principal.id)), .bytes(principal.sid), .string(isLogin ? "S" : "R"),
            .string(isLogin ? "SQL_LOGIN" : "SERVER_ROLE"), .bit(principal.isDisabled), moment(principal.created),
            moment(principal.modified), isLogin ? .string(principal.defaultDatabase) : .null,
            isLogin ? .string(principal.defaultLanguage) : .null, .null,
        ]
    }

    static let serverPrincipals = SystemView(
        "sys.server_principals",
        principalColumns + [column("owning_principal_id", .int, isNullable: true), column("is_fixed_role", .bit)]
    ) { source in
        source.server.principals.filter { isVisible($0, source) }.map { principal in
            principalRow(principal) + [
                principal.owner.map { .int(Int64($0)) } ?? .null,
                .bit(principal.isFixed && principal.id != ServerSecurity.everyone),
            ]
        }
    }

    static let sqlLogins = SystemView(
        "sys.sql_logins",
        principalColumns + [
            column("is_policy_checked", .bit, isNullable: true),
            column("is_expiration_checked", .bit, isNullable: true),
        ]
    ) { source in
        source.server.principals.filter { $0.kind == .login && isVisible($0, source) }.map {
            principalRow($0) + [.bit($0.isPolicyChecked), .bit($0.isExpirationChecked)]
        }
    }

    static let serverRoleMembers = SystemView(
        "sys.server_role_members", [column("role_principal_id", .int), column("member_principal_id", .int)]
    ) { source in
        let visible = Set(source.server.principals.filter { isVisible($0, source) }.map(\.id))
        return source.server.members.filter { visible.contains($0.role) && visible.contains($0.member) }.map {
            [.int(Int64($0.role)), .int(Int64($0.member))]
        }
    }

    private static let permissionColumns = [
        column("class", .tinyInt), column("class_desc", .nVarChar(60), isNullable: true), column("major_id", .int),
        column("minor_id", .int), column("grantee_principal_id", .int), column("grantor_principal_id", .int),
        column("type", .char(4)), column("permission_name", .nVarChar(128), isNullable: true),
        column("state", .char(1)), column("state_desc", .nVarChar(60), isNullable: true),
    ]

    private static func permissionRow(_ entry: PermissionEntry) -> [SQLValue] {
        let code = PermissionTable.row(PermissionKey(kind: entry.kind, name: entry.permission))?.code ?? ""
        return [
            .int(Int64(entry.kind.code)), .string(entry.kind.description), .int(Int64(entry.id)),
            .int(Int64(entry.column)), .int(Int64(entry.grantee)), .int(Int64(entry.grantor)),
            .string(code + String(repeating: " ", count: 4 - code.count)), .string(entry.permission),
            .string(entry.state.rawValue), .string(entry.state.description),
        ]
    }

    static let serverPermissions = SystemView("sys.server_permissions", permissionColumns) { source in
        let visible = Set(source.server.principals.filter { isVisible($0, source) }.map(\.id))
        return source.server.permissions.filter { visible.contains($0.grantee) }.map(permissionRow)
    }

    // MARK: Database

    private static func isVisible(_ principal: DatabasePrincipal, _ source: Source) -> Bool {
        guard let evaluator = source.evaluator, !evaluator.token.isOwner else { return true }
        if principal.id <= 4 || principal.isFixed || evaluator.token.database.contains(principal.id) { return true }
        return evaluator.sees(EmbeddedSession.securable(principal, source.security))
    }

    static let databasePrincipals = SystemView(
        "sys.database_principals",
        [
            text("name"), column("principal_id", .int), column("type", .char(1)),
            column("type_desc", .nVarChar(60), isNullable: true), text("default_schema_name", isNullable: true),
            column("create_date", .dateTime), column("modify_date", .dateTime),
            column("owning_principal_id", .int, isNullable: true), binary("sid"), column("is_fixed_role", .bit),
            column("authentication_type", .int), column("authentication_type_desc", .nVarChar(60), isNullable: true),
        ]
    ) { source in
        source.security.principals.filter { isVisible($0, source) }.map { principal in
            let isUser = principal.kind == .user
            let sid = principal.id == DatabaseSecurity.owner ? source.security.ownerSID : principal.sid
            let hasLogin = isUser && sid.map { source.server.login(sid: $0) != nil } ?? false
            return [
                .string(principal.name), .int(Int64(principal.id)), .string(isUser ? "S" : "R"),
                .string(isUser ? "SQL_USER" : "DATABASE_ROLE"), principal.defaultSchema.map { .string($0) } ?? .null,
                moment(principal.created), moment(principal.modified),
                principal.owner.map { .int(Int64($0)) } ?? .null, sid.map { .bytes($0) } ?? .null,
                .bit(principal.isFixed), .int(hasLogin ? 1 : 0), .string(hasLogin ? "INSTANCE" : "NONE"),
            ]
        }
    }

    static let databaseRoleMembers = SystemView(
        "sys.database_role_members", [column("role_principal_id", .int), column("member_principal_id", .int)]
    ) { source in
        let visible = Set(source.security.principals.filter { isVisible($0, source) }.map(\.id))
        return source.security.members.filter { visible.contains($0.role) && visible.contains($0.member) }.map {
            [.int(Int64($0.role)), .int(Int64($0.member))]
        }
    }

    static let databasePermissions = SystemView("sys.database_permissions", permissionColumns) { source in
        let visible = Set(source.security.principals.filter { isVisible($0, source) }.map(\.id))
        return source.security.permissions.filter { entry in
            visible.contains(entry.grantee)
                && (entry.kind != .object || source.catalog.schemaName(of: entry.id) != nil)
        }.map(permissionRow)
    }
}
