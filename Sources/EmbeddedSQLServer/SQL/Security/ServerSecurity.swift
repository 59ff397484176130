/// A login or a server role.
struct ServerPrincipal: Codable, Equatable, Sendable {
    enum Kind: String, Codable, Sendable { case login, role }

    /// A login's password, salted and hashed.
    struct Password: Codable, Equatable, Sendable {
        var salt: [UInt8]
        var digest: [UInt8]
    }

    var id: Int
    var name: String
    var kind: Kind
    var sid: [UInt8]
    var isFixed = false
    var isDisabled = false
    var defaultDatabase = "master"
    var defaultLanguage = "us_english"
    var password: Password?
    var isPolicyChecked = true
    var isExpirationChecked = false
    var owner: Int?
    /// 100 ns ticks since year one.
    var created: Int
    var modified: Int
}

/// The logins, server roles and server permissions of an instance.
struct ServerSecurity: Codable, Equatable, Sendable {
    var principals: [ServerPrincipal]
    var members: [RoleMembership] = []
    var permissions: [PermissionEntry] = []
    var nextID = 256
    /// What sp_addmessage added; nil in storage from before it.
    var messages: [UserMessage]?

    static let administrator = 1
    static let everyone = 2
    static let sysadmin = 3
    /// serveradmin.
    static let serverAdministrators = 5

    /// What a new instance has.
    static func initial(at time: Int) -> ServerSecurity {
        var principals = [ServerPrincipal(id: 1, name: "sa", kind: .login, sid: [1], created: time, modified: time)]
        for (index, name) in fixedRoles.enumerated() {
            principals.append(
                ServerPrincipal(
                    id: index + 2, name: name, kind: .role, sid: [UInt8(index + 2)], isFixed: true,
                    owner: administrator, created: time, modified: time))
        }
        var result = ServerSecurity(principals: principals)
        result.members = [RoleMembership(role: sysadmin, member: administrator)]
        result.permissions = [
            PermissionEntry(
                kind: .server, id: 0, permission: "VIEW ANY DATABASE", grantee: everyone, grantor: administrator,
                state: .grant),
            PermissionEntry(
                kind: .server, id: 0, permission: "CONNECT SQL", grantee: administrator, grantor: administrator,
                state: .grant),
        ]
        return result
    }

    /// `public` and the fixed roles, whose ids begin with 2.
    private static let fixedRoles = [
        "public", "sysadmin", "securityadmin", "serveradmin", "setupadmin", "processadmin", "diskadmin", "dbcreator",
        "bulkadmin", "##MS_ServerStateReader##", "##MS_ServerStateManager##", "##MS_DefinitionReader##",
        "##MS_DatabaseConnector##", "##MS_DatabaseManager##", "##MS_LoginManager##", "##MS_SecurityDefinitionReader##",
        "##MS_PerformanceDefinitionReader##", "##MS_ServerSecurityStateReader##", "##MS_ServerPerformanceStateReader##",
    ]

    /// What the fixed roles may do ("Server-level roles").
    static let rolePermissions: [Int: [String]] = [
        3: ["CONTROL SERVER"], 4: ["ALTER ANY LOGIN"],
        5: ["ALTER RESOURCES", "ALTER SERVER STATE", "ALTER SETTINGS", "SHUTDOWN"], 6: ["ALTER ANY LINKED SERVER"],
        7: ["ALTER ANY CONNECTION", "ALTER SERVER STATE"], 8: ["ALTER RESOURCES"],
        9: ["ALTER ANY DATABASE", "CREATE ANY DATABASE"], 10: ["ADMINISTER BULK OPERATIONS"],
        11: ["VIEW SERVER STATE"], 12: ["ALTER SERVER STATE", "VIEW SERVER STATE"],
        13: ["VIEW ANY DATABASE", "VIEW ANY DEFINITION", "VIEW ANY SECURITY DEFINITION"],
        14: ["CONNECT ANY DATABASE"], 15: ["CREATE ANY DATABASE", "ALTER ANY DATABASE"],
        16: ["CREATE LOGIN", "ALTER ANY LOGIN"], 17: ["VIEW ANY SECURITY DEFINITION"],
        19: ["VIEW SERVER SECURITY STATE"], 20: ["VIEW SERVER PERFORMANCE STATE"],
    ]

    func principal(named name: String) -> ServerPrincipal? {
        principals.first { TextCollation.areEqual($0.name, name) }
    }

    func principal(id: Int) -> ServerPrincipal? { principals.first { $0.id == id } }
    func login(named name: String) -> ServerPrincipal? {
        principal(named: name).flatMap { $0.kind == .login ? $0 : nil }
    }
    func role(named name: String) -> ServerPrincipal? { principal(named: name).flatMap { $0.kind == .role ? $0 : nil } }
    func login(sid: [UInt8]) -> ServerPrincipal? { principals.first { $0.kind == .login && $0.sid == sid } }

    /// A login with its server roles.
    func identities(of id: Int) -> Set<Int> { RoleMembership.closure(of: id, in: members).union([Self.everyone]) }

    /// Changes one principal in place.
    mutating func update(_ principal: ServerPrincipal) {
        guard let index = principals.firstIndex(where: { $0.id == principal.id }) else { return }
        principals[index] = principal
    }

    /// Removes a principal with all that speaks of it.
    mutating func remove(_ id: Int) {
        principals.removeAll { $0.id == id }
        members.removeAll { $0.member == id || $0.role == id }
        permissions.removeAll { $0.grantee == id || (($0.kind == .login || $0.kind == .serverRole) && $0.id == id) }
    }
}
