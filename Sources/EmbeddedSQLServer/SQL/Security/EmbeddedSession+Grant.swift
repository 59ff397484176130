import SQLValues
import TransactSQL

extension EmbeddedSession {
    /// GRANT, DENY and REVOKE.
    func run(_ statement: PermissionStatement, line: Int) throws {
        if statement.grantor != nil { throw ServerMessage.unsupported("\(statement.verb.rawValue) AS", line: line) }
        let found = try statement.securable.map { try find($0, line: line) }
        var entries: [PermissionEntry] = []
        for permission in statement.permissions {
            let target = try found ?? Self.scope(of: permission)
            try check(permission, on: target)
            try checkGrantor(permission, target, line: line)
            let columns = try self.columns(permission, statement.securable, of: target)
            for name in statement.principals {
                let grantee = try self.grantee(name, of: target)
                for column in columns {
                    entries.append(
                        PermissionEntry(
                            kind: target.securable.kind, id: target.securable.id, column: column,
                            permission: permission.name, grantee: grantee, grantor: try grantor(permission, target),
                            state: statement.withGrantOption ? .grantWithOption : .grant))
                }
            }
        }
        let ofServer = entries.filter(\.kind.isOfServer)
        if !ofServer.isEmpty {
            try changeServer { try Self.apply(statement, ofServer, to: &$0.permissions) }
        }
        let ofDatabase = entries.filter { !$0.kind.isOfServer }
        guard !ofDatabase.isEmpty else { return }
        try changeDatabase(currentAlias) { try Self.apply(statement, ofDatabase, to: &$0.permissions) }
    }

    /// What a permission without ON is on: the database, or else the server.
    private static func scope(of permission: PermissionStatement.Permission) throws -> NamedSecurable {
        if PermissionTable.row(PermissionKey(kind: .database, name: permission.name)) != nil {
            return NamedSecurable(securable: .database, name: "", noun: "database")
        }
        return NamedSecurable(securable: .server, name: "", noun: "server")
    }

    /// Checks that there is such a permission on such a securable.
    private func check(_ permission: PermissionStatement.Permission, on target: NamedSecurable) throws {
        let line = permission.range.line
        let kind = target.securable.kind
        guard PermissionTable.row(PermissionKey(kind: kind, name: permission.name)) != nil else {
            if kind == .server || !PermissionTable.isKnown(permission.name) {
                throw ServerMessage.unsupported("permission \(permission.name)", line: line)
            }
            throw ServerMessage.error(
                102, line: line, "Incorrect syntax near '\(permission.name.lowercased())'.")
        }
        if kind == .object, !ObjectPermissions.isCompatible(permission.name, with: target.type) {
            throw ServerMessage.error(
                4606, line: line, "Granted or revoked privilege \(permission.name) is not compatible with object.")
        }
        if kind == .server, database.id != 1 {
            throw ServerMessage.error(
                4621, state: 10, line: line,
                "Permissions at the server scope can only be granted when the current database is master")
        }
        if kind == .database, permission.name == "CREATE DATABASE", database.id != 1 {
            throw ServerMessage.error(
                4628, line: line,
                "CREATE DATABASE permission can only be granted in the master database.")
        }
    }

    /// Checks that the session may give the permission to others.
    private func checkGrantor(
        _ permission: PermissionStatement.Permission, _ target: NamedSecurable, line: Int
    ) throws {
        guard !security.isUnrestricted else { return }
        let evaluator = try target.securable.kind.isOfServer ? serverEvaluator() : evaluator
        guard !evaluator.mayGrant(permission.name, on: target.securable) else { return }
        switch target.securable.kind {
        case .server, .database:
            throw ServerMessage.error(4613, line: line, "Grantor does not have GRANT permission.")
        default: throw target.missing
        }
    }

    /// Who is recorded as the grantor: the owner, for whom administrators speak, or the user itself.
    private func grantor(_ permission: PermissionStatement.Permission, _ target: NamedSecurable) throws -> Int {
        let isOfServer = target.securable.kind.isOfServer
        let owner = target.securable.owner ?? DatabaseSecurity.owner
        guard !security.isUnrestricted else { return owner }
        let evaluator = try isOfServer ? serverEvaluator() : evaluator
        let control = target.securable.kind == .server ? "CONTROL SERVER" : "CONTROL"
        if evaluator.has(control, on: target.securable) { return owner }
        return isOfServer ? evaluator.token.login ?? owner : evaluator.token.user
    }

    private func columns(
        _ permission: PermissionStatement.Permission, _ written: PermissionSecurable?, of target: NamedSecurable
    ) throws -> [Int] {
        let names = permission.columns + (written?.columns ?? [])
        guard !names.isEmpty else { return [0] }
        guard target.securable.kind == .object, ObjectPermissions.onColumns.contains(permission.name) else {
            throw ServerMessage.error(
                1020, line: permission.range.line,
                "Sub-entity lists (such as column or security expressions) cannot be specified for entity-level permissions."
            )
        }
        guard target.type == "U" else {
            throw ServerMessage.unsupported("permissions on columns of a view or function", line: permission.range.line)
        }
        return try names.map { name in
            guard let column = target.columns.first(where: { TextCollation.areEqual($0.name, name.value) }) else {
                throw ServerMessage.error(
                    4615, line: name.range.line, "Invalid column name '\(name.value)'.")
            }
            return column.id
        }
    }

    /// The principal that gets or loses permissions.
    private func grantee(_ name: Identifier, of target: NamedSecurable) throws -> Int {
        let special = ServerMessage.error(
            4624, line: name.range.line,
            "Cannot grant, deny, or revoke permissions to sa, dbo, entity owner, information_schema, sys, or yourself.")
        let fixed = ServerMessage.error(
            4617, line: name.range.line, "Cannot grant, deny or revoke permissions to or from special roles.")
        if target.securable.kind.isOfServer {
            guard let found = try serverSecurity().principal(named: name.value) else {
                throw ServerMessage.cannot("find", "login", name.value, line: name.range.line)
            }
            if found.isFixed, found.id != ServerSecurity.everyone { throw fixed }
            if found.id == ServerSecurity.administrator || found.id == security.current.login { throw special }
            return found.id
        }
        guard let found = try databaseSecurity(currentAlias).principal(named: name.value) else {
            throw ServerMessage.cannot("find", "user", name.value, line: name.range.line)
        }
        if found.isFixed { throw fixed }
        let user = security.isUnrestricted ? DatabaseSecurity.owner : try evaluator.token.user
        if [1, 3, 4, user].contains(found.id) || found.id == target.securable.owner { throw special }
        return found.id
    }

    // MARK: The list of permissions

    /// Applies a statement to the permissions that are in force.
    private static func apply(
        _ statement: PermissionStatement, _ entries: [PermissionEntry], to list: inout [PermissionEntry]
    ) throws {
        for entry in entries {
            let isGrantable = list.contains { $0.isAbout(entry) && $0.state == .grantWithOption }
            if statement.verb != .grant, isGrantable, !statement.cascades {
                throw ServerMessage.error(
                    4611, "To revoke or deny grantable privileges, specify the CASCADE option.")
            }
            switch statement.verb {
            case .grant: list.set(entry)
            case .deny:
                var denial = entry
                denial.state = .deny
                for other in dependents(of: entry, in: list) {
                    denial.grantee = other.grantee
                    list.set(denial)
                }
                denial.grantee = entry.grantee
                list.set(denial)
            case .revoke:
                let dependents = isGrantable ? dependents(of: entry, in: list) : []
                list.removeAll { old in dependents.contains(old) }
                if statement.grantOptionOnly {
                    for index in list.indices where list[index].isAbout(entry) && isGrantable {
                        list[index].state = .grant
                    }
                } else {
                    list.removeAll { $0.isAbout(entry) || isColumn($0, of: entry) }
                }
            }
        }
    }

    /// Whether an entry is about a column of the table that another is about.
    private static func isColumn(_ column: PermissionEntry, of table: PermissionEntry) -> Bool {
        var whole = column
        whole.column = 0
        return table.kind == .object && table.column == 0 && column.column != 0 && whole.isAbout(table)
    }

    /// The permissions that a grantee gave on, and those whom it gave them gave on.
    private static func dependents(of entry: PermissionEntry, in list: [PermissionEntry]) -> [PermissionEntry] {
        var found: [PermissionEntry] = []
        var waiting = [entry.grantee]
        while let grantor = waiting.popLast() {
            for other in list
            where other.grantor == grantor && other.kind == entry.kind && other.id == entry.id
                && other.column == entry.column && other.permission == entry.permission && !found.contains(other)
            {
                found.append(other)
                waiting.append(other.grantee)
            }
        }
        return found
    }
}
