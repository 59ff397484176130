/// A user or a role of a database.
struct DatabasePrincipal: Codable, Equatable, Sendable {
    enum Kind: String, Codable, Sendable { case user, role }

    var id: Int
    var name: String
    var kind: Kind
    /// The security identifier of its login; a user WITHOUT LOGIN has one of its own; nil for system users and roles.
    var sid: [UInt8]?
    var isFixed = false
    var defaultSchema: String?
    /// Who owns a role.
    var owner: Int?
    /// 100 ns ticks since year one.
    var created: Int
    var modified: Int
}

/// The users, roles and permissions of a database.
struct DatabaseSecurity: Codable, Equatable, Sendable {
    /// An owner other than the one that a securable has by its place.
    struct Ownership: Codable, Equatable, Sendable {
        var kind: SecurableClass
        var id: Int
        var owner: Int
    }

    /// The login that owns the database.
    var ownerSID: [UInt8] = [1]
    var principals: [DatabasePrincipal]
    var members: [RoleMembership] = []
    var permissions: [PermissionEntry] = []
    var ownerships: [Ownership] = []
    var nextID = 5

    static let everyone = 0
    static let owner = 1
    static let guest = 2
    static let ownerRole = 16_384

    /// What a new database has.
    ///
    /// - Parameters:
    ///   - time: When the database was made.
    ///   - admitsGuests: Whether every login may enter, as in master, tempdb and msdb.
    /// - Returns: The system users and the fixed roles.
    static func initial(at time: Int, admitsGuests: Bool) -> DatabaseSecurity {
        var principals = [
            DatabasePrincipal(id: everyone, name: "public", kind: .role, owner: owner, created: time, modified: time)
        ]
        let users: [(Int, String, String?)] = [
            (1, "dbo", "dbo"), (2, "guest", "guest"), (3, "INFORMATION_SCHEMA", nil), (4, "sys", nil),
        ]
        for (id, name, schema) in users {
            principals.append(
                DatabasePrincipal(
                    id: id, name: name, kind: .user, sid: id == 1 ? [1] : id == 2 ? [0] : nil, defaultSchema: schema,
                    created: time, modified: time))
        }
        for (id, name) in fixedRoles {
            principals.append(
                DatabasePrincipal(
                    id: id, name: name, kind: .role, isFixed: true, owner: owner, created: time, modified: time))
        }
        var result = DatabaseSecurity(principals: principals)
        result.permissions = (admitsGuests ? [owner, guest] : [owner]).map {
            PermissionEntry(kind: .database, id: 0, permission: "CONNECT", grantee: $0, grantor: owner, state: .grant)
        }
        return result
    }

    private static let fixedRoles = [
        (16_384, "db_owner"), (16_385, "db_accessadmin"), (16_386, "db_securityadmin"), (16_387, "db_ddladmin"),
        (16_389, "db_backupoperator"), (16_390, "db_datareader"), (16_391, "db_datawriter"),
        (16_392, "db_denydatareader"), (16_393, "db_denydatawriter"),
    ]

    /// What the fixed roles may do in the database ("Database-level roles").
    static let roleGrants: [Int: [String]] = [
        16_384: ["CONTROL"], 16_385: ["ALTER ANY USER", "CONNECT", "CREATE SCHEMA"],
        16_386: ["ALTER ANY ROLE", "ALTER ANY APPLICATION ROLE", "CREATE SCHEMA", "VIEW DEFINITION"],
        16_387: [
            "ALTER ANY DATABASE DDL TRIGGER", "ALTER ANY SCHEMA", "CHECKPOINT", "CREATE DEFAULT", "CREATE FUNCTION",
            "CREATE PROCEDURE", "CREATE RULE", "CREATE SYNONYM", "CREATE TABLE", "CREATE TYPE", "CREATE VIEW",
            "REFERENCES",
        ],
        16_389: ["BACKUP DATABASE", "BACKUP LOG", "CHECKPOINT"], 16_390: ["SELECT"],
        16_391: ["INSERT", "UPDATE", "DELETE"],
    ]

    /// What the fixed roles may not do.
    static let roleDenials: [Int: [String]] = [16_392: ["SELECT"], 16_393: ["INSERT", "UPDATE", "DELETE"]]

    func principal(named name: String) -> DatabasePrincipal? {
        principals.first { TextCollation.areEqual($0.name, name) }
    }

    func principal(id: Int) -> DatabasePrincipal? { principals.first { $0.id == id } }
    func user(named name: String) -> DatabasePrincipal? {
        principal(named: name).flatMap { $0.kind == .user ? $0 : nil }
    }
    func role(named name: String) -> DatabasePrincipal? {
        principal(named: name).flatMap { $0.kind == .role ? $0 : nil }
    }

    /// The user of a login, of those made by CREATE USER.
    func user(sid: [UInt8]) -> DatabasePrincipal? {
        principals.first { $0.kind == .user && $0.id > 4 && $0.sid == sid }
    }

    /// A user with its roles.
    func identities(of id: Int) -> Set<Int> { RoleMembership.closure(of: id, in: members).union([Self.everyone]) }

    /// The owner that was set for a securable; nil when it has the one of its place.
    func owner(of kind: SecurableClass, _ id: Int) -> Int? {
        ownerships.first { $0.kind == kind && $0.id == id }?.owner
    }

    /// Who owns a schema.
    func owner(ofSchema id: Int) -> Int { owner(of: .schema, id) ?? ((1...4).contains(id) ? id : Self.owner) }

    mutating func setOwner(_ owner: Int?, of kind: SecurableClass, _ id: Int) {
        ownerships.removeAll { $0.kind == kind && $0.id == id }
        if let owner { ownerships.append(Ownership(kind: kind, id: id, owner: owner)) }
    }

    /// Changes one principal in place.
    mutating func update(_ principal: DatabasePrincipal) {
        guard let index = principals.firstIndex(where: { $0.id == principal.id }) else { return }
        principals[index] = principal
    }

    /// Removes a principal with all that speaks of it.
    mutating func remove(_ id: Int) {
        principals.removeAll { $0.id == id }
        members.removeAll { $0.member == id || $0.role == id }
        permissions.removeAll { $0.grantee == id || (($0.kind == .user || $0.kind == .role) && $0.id == id) }
    }

    /// Forgets what was said of a securable that is dropped.
    mutating func forget(_ kind: SecurableClass, _ id: Int) {
        permissions.removeAll { $0.kind == kind && $0.id == id }
        ownerships.removeAll { $0.kind == kind && $0.id == id }
    }
}
