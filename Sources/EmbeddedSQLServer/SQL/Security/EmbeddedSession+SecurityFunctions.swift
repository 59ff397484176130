import SQLValues
import TransactSQL

extension EmbeddedSession {
    /// The name of the session's user, as USER_NAME() gives it.
    var userName: String { answer { try currentUserName() } ?? "guest" }

    /// The schema of names without one, as SCHEMA_NAME() gives it.
    var schemaName: String { answer { try defaultSchema(in: database) } ?? "dbo" }

    /// What a function can answer; what cannot be read has no answer.
    func answer<Value>(_ body: () throws -> Value?) -> Value? {
        do {
            return try body()
        } catch {
            return nil
        }
    }

    /// Functions on logins, users, roles and permissions.
    func securityLookup(_ function: String, _ arguments: [StoredValue]) -> StoredValue {
        answer { try securityAnswer(function, arguments) } ?? .null
    }

    private func securityAnswer(_ function: String, _ arguments: [StoredValue]) throws -> StoredValue? {
        // A NULL among the arguments that the question needs has no answer, but for HAS_PERMS_BY_NAME.
        let texts = arguments.map { argument -> String? in
            if case .text(let text) = argument { return text.withoutTrailingBlanks }
            return nil
        }
        let first = texts.first ?? nil
        if !arguments.isEmpty, function != "has_perms_by_name", arguments[0] == .null { return .null }
        switch function {
        case "suser_sname":
            guard case .blob(let sid) = arguments[0] else { return .null }
            return try serverSecurity().principals.first { $0.sid == sid }.map { .text($0.name) }
        case "suser_name":
            guard case .integer(let id) = arguments[0] else { return .null }
            return try serverSecurity().principal(id: Int(id)).map { .text($0.name) }
        case "suser_id": return try login(first).map { .integer(Int64($0.id)) }
        case "suser_sid": return try login(first).map { .blob($0.sid) }
        case "user_id", "database_principal_id": return try principal(first).map { .integer(Int64($0.id)) }
        case "user_name":
            guard case .integer(let id) = arguments[0] else { return .null }
            return try databaseSecurity(currentAlias).principal(id: Int(id)).map { .text($0.name) }
        case "is_member": return try isMember(first ?? "", of: nil)
        case "is_rolemember": return try isMember(first ?? "", of: texts.count > 1 ? texts[1] ?? "" : nil)
        case "is_srvrolemember": return try isServerMember(first ?? "", texts.count > 1 ? texts[1] ?? "" : nil)
        case "has_dbaccess":
            guard let target = instance.database(named: first ?? "") else { return .null }
            if target.isOffline { return .integer(0) }
            return .integer(try security.isUnrestricted || token(in: target) != nil ? 1 : 0)
        case "has_perms_by_name": return try hasPermission(texts)
        default: return .null
        }
    }

    /// The login of a name, or the session's own.
    private func login(_ name: String?) throws -> ServerPrincipal? {
        let server = try serverSecurity()
        guard let name else { return security.current.login.flatMap { server.principal(id: $0) } }
        return server.principal(named: name)
    }

    /// The user or role of a name, or the session's own user.
    private func principal(_ name: String?) throws -> DatabasePrincipal? {
        let known = try databaseSecurity(currentAlias)
        if let name { return known.principal(named: name) }
        if security.isUnrestricted { return known.principal(id: DatabaseSecurity.owner) }
        return try token(in: database).flatMap { known.principal(id: $0.user) }
    }

    private func isMember(_ role: String, of name: String?) throws -> StoredValue? {
        let known = try databaseSecurity(currentAlias)
        guard let role = known.role(named: role) else { return .null }
        guard let user = try name == nil ? principal(nil) : known.principal(named: name ?? "") else { return .null }
        var identities = known.identities(of: user.id)
        if user.id == DatabaseSecurity.owner { identities.insert(DatabaseSecurity.ownerRole) }
        return .integer(identities.contains(role.id) ? 1 : 0)
    }

    private func isServerMember(_ role: String, _ name: String?) throws -> StoredValue? {
        let server = try serverSecurity()
        guard let role = server.role(named: role) else { return .null }
        guard let login = try login(name) else { return name == nil ? .integer(role.id == 2 ? 1 : 0) : .null }
        return .integer(server.identities(of: login.id).contains(role.id) ? 1 : 0)
    }

    // MARK: HAS_PERMS_BY_NAME

    /// The securable, its class, a permission or ANY, and perhaps a column.
    private func hasPermission(_ texts: [String?]) throws -> StoredValue? {
        guard let permission = texts[2]?.uppercased() else { return .null }
        let kind: SecurableClass
        switch (texts[0], texts[1]?.uppercased()) {
        case (nil, nil): kind = .server
        case (_, let name?):
            guard let known = SecurableClass(rawValue: name) else { return .null }
            kind = known
        default: return .null
        }
        guard permission == "ANY" || PermissionTable.row(PermissionKey(kind: kind, name: permission)) != nil,
            let (securable, home) = try securable(kind, texts[0])
        else { return .null }
        var column = 0
        if texts.count > 3, let name = texts[3] {
            guard texts.count > 4, texts[4]?.uppercased() == "COLUMN", kind == .object,
                let table = try catalog(attach(home)).tables[securable.id],
                let found = table.column(named: name)
            else { return .null }
            column = found.id
        }
        if security.isUnrestricted { return .integer(1) }
        guard try kind.isOfServer || token(in: home) != nil else { return .integer(0) }
        let evaluator = try kind.isOfServer ? serverEvaluator() : evaluator(in: home)
        let names = permission == "ANY" ? PermissionTable.rows(kind).map(\.name) : [permission]
        return .integer(names.contains { evaluator.has($0, on: securable, column: column) } ? 1 : 0)
    }

    /// A securable by its class and its name as text.
    func securable(_ kind: SecurableClass, _ text: String?) throws -> (Securable, EmbeddedInstance.Database)? {
        guard kind != .server else { return (.server, database) }
        let parts = NameSplitter.parts(text ?? "")
        guard let name = parts.last, !name.isEmpty else { return nil }
        switch kind {
        case .server: return (.server, database)
        case .database: return instance.database(named: name).map { (.database, $0) }
        case .schema:
            guard let schema = try catalog(currentAlias).schema(named: name) else { return nil }
            return (try securable(ofSchema: schema, alias: currentAlias), database)
        case .user, .role:
            let known = try databaseSecurity(currentAlias)
            guard let found = kind == .user ? known.user(named: name) : known.role(named: name) else { return nil }
            return (Self.securable(found, known), database)
        case .login, .serverRole:
            let server = try serverSecurity()
            guard let found = kind == .login ? server.login(named: name) : server.role(named: name) else { return nil }
            return (Securable(kind: kind, id: found.id, owner: found.owner), database)
        case .type: return nil
        case .object:
            var home = database
            if parts.count > 2, !parts[parts.count - 3].isEmpty {
                guard let other = instance.database(named: parts[parts.count - 3]) else { return nil }
                home = other
            }
            let alias = try attach(home)
            let written = parts.count > 1 ? parts[parts.count - 2] : ""
            let own = try defaultSchema(in: home)
            for schema in written.isEmpty ? [own, "dbo"] : [written] {
                guard let id = try catalog(alias).objectID(schema: schema, name: name) else { continue }
                return (try securable(ofObject: id, schema: schema, alias: alias), home)
            }
            return nil
        }
    }

    // MARK: fn_my_permissions

    /// The table-valued functions that the session answers.
    static func systemFunction(_ name: MultipartName) -> ResolvedTableFunction? {
        guard name.name.lowercased() == "fn_my_permissions", ["sys", nil].contains(name.schema?.lowercased()),
            name.database == nil
        else { return nil }
        return .session(
            "fn_my_permissions",
            parameters: [
                .init(name: "@securable", type: .nVarChar(776)), .init(name: "@securable_class", type: .nVarChar(60)),
            ],
            columns: [
                SystemView.text("entity_name", isNullable: true), SystemView.text("subentity_name", isNullable: true),
                SystemView.column("permission_name", .nVarChar(60), isNullable: true),
            ])
    }

    /// The rows of those functions.
    func systemRows(_ function: String, _ arguments: [StoredValue]) throws -> [[StoredValue]] {
        let texts = arguments.map { argument -> String? in
            if case .text(let text) = argument { return text }
            return nil
        }
        return function == "fn_my_permissions" && texts.count == 2 ? try myPermissions(texts[0], texts[1]) : []
    }

    /// What fn_my_permissions gives: the securable, a column, and a permission that the session has.
    func myPermissions(_ text: String?, _ className: String?) throws -> [[StoredValue]] {
        guard let kind = SecurableClass(rawValue: className?.uppercased() ?? "SERVER") else { return [] }
        // The class alone means the current database.
        let name = text ?? (kind == .database ? database.name : nil)
        guard let (securable, home) = try securable(kind, name) else { return [] }
        let evaluator = try kind.isOfServer ? serverEvaluator() : token(in: home) == nil ? nil : evaluator(in: home)
        guard let evaluator else { return [] }
        let type = try kind == .object ? catalog(attach(home)).kind(of: securable.id) : nil
        let entity = StoredValue.text(kind == .server ? "server" : kind == .database ? "database" : text ?? "")
        let names = PermissionTable.rows(kind).map(\.name).filter { name in
            type.map { ObjectPermissions.isCompatible(name, with: $0) } ?? true
        }
        var rows: [[StoredValue]] = []
        for name in names where security.isUnrestricted || evaluator.has(name, on: securable) {
            rows.append([entity, .text(""), .text(name)])
        }
        guard kind == .object, let table = try catalog(attach(home)).tables[securable.id] else { return rows }
        for name in names where ObjectPermissions.onColumns.contains(name) {
            for column in table.columns
            where security.isUnrestricted || evaluator.has(name, on: securable, column: column.id) {
                rows.append([entity, .text(column.name), .text(name)])
            }
        }
        return rows
    }
}
