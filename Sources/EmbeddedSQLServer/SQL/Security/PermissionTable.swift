/// A permission on one class of securables.
struct PermissionKey: Hashable, Sendable {
    var kind: SecurableClass
    /// In upper case.
    var name: String
}

/// The permissions there are, and which implies which ("sys.fn_builtin_permissions", SQL Server 2022).
enum PermissionTable {
    struct Row: Sendable {
        var name: String
        /// The short code that catalogue views show.
        var code: String
        /// The permission of the same class that implies it.
        var covering: String?
        /// The permission of the parent class that implies it.
        var parent: String?
    }

    /// The permission of a name on a class; nil when there is none.
    static func row(_ key: PermissionKey) -> Row? { byKey[key] }

    /// The permissions of a class, in the order of their names.
    static func rows(_ kind: SecurableClass) -> [Row] { (rows[kind] ?? []).sorted { $0.name < $1.name } }

    /// Whether some class has a permission of this name.
    static func isKnown(_ name: String) -> Bool { rows.values.contains { $0.contains { $0.name == name } } }

    /// The permission itself and all that imply it, in its class and in those above.
    static func space(_ key: PermissionKey) -> Set<PermissionKey> { spaces[key] ?? [key] }

    private static let byKey: [PermissionKey: Row] = {
        var table: [PermissionKey: Row] = [:]
        for (kind, list) in rows {
            for row in list { table[PermissionKey(kind: kind, name: row.name)] = row }
        }
        return table
    }()

    private static let spaces: [PermissionKey: Set<PermissionKey>] = {
        var table: [PermissionKey: Set<PermissionKey>] = [:]
        for key in byKey.keys {
            var found: Set<PermissionKey> = [key]
            var waiting = [key]
            while let next = waiting.popLast() {
                guard let row = byKey[next] else { continue }
                var implying: [PermissionKey] = []
                if let name = row.covering { implying.append(PermissionKey(kind: next.kind, name: name)) }
                if let name = row.parent, let parent = next.kind.parent {
                    implying.append(PermissionKey(kind: parent, name: name))
                }
                for other in implying where found.insert(other).inserted { waiting.append(other) }
            }
            table[key] = found
        }
        return table
    }()

    private static let rows: [SecurableClass: [Row]] = [
        .server: server, .login: login, .serverRole: serverRole, .database: database, .user: user, .role: role,
        .schema: schema, .object: object, .type: type,
    ]

    private static func row(_ name: String, _ code: String, _ covering: String?, _ parent: String? = nil) -> Row {
        Row(name: name, code: code, covering: covering, parent: parent)
    }

    private static let server: [Row] = [
        row("CONTROL SERVER", "CL", nil), row("CONNECT SQL", "COSQ", "CONTROL SERVER"),
        row("CONNECT ANY DATABASE", "CADB", "CONTROL SERVER"), row("VIEW ANY DATABASE", "VWDB", "VIEW ANY DEFINITION"),
        row("VIEW ANY DEFINITION", "VWAD", "CONTROL SERVER"),
        row("VIEW ANY SECURITY DEFINITION", "VASD", "VIEW ANY DEFINITION"),
        row("VIEW SERVER STATE", "VWSS", "ALTER SERVER STATE"),
        row("VIEW SERVER PERFORMANCE STATE", "VSPS", "VIEW SERVER STATE"),
        row("VIEW SERVER SECURITY STATE", "VSSS", "VIEW SERVER STATE"),
        row("ALTER SERVER STATE", "ALSS", "CONTROL SERVER"), row("ALTER ANY LOGIN", "ALLG", "CONTROL SERVER"),
        row("CREATE LOGIN", "CRLG", "ALTER ANY LOGIN"), row("ALTER ANY DATABASE", "ALDB", "CONTROL SERVER"),
        row("CREATE ANY DATABASE", "CRDB", "ALTER ANY DATABASE"),
        row("ALTER ANY SERVER ROLE", "ALSR", "CONTROL SERVER"),
        row("CREATE SERVER ROLE", "CRSR", "ALTER ANY SERVER ROLE"),
        row("ALTER ANY CONNECTION", "ALCO", "CONTROL SERVER"),
        row("ALTER ANY LINKED SERVER", "ALLS", "CONTROL SERVER"), row("ALTER RESOURCES", "ALRS", "CONTROL SERVER"),
        row("ALTER SETTINGS", "ALST", "CONTROL SERVER"), row("ALTER TRACE", "ALTR", "CONTROL SERVER"),
        row("ADMINISTER BULK OPERATIONS", "ADBO", "CONTROL SERVER"),
        row("AUTHENTICATE SERVER", "AUTH", "CONTROL SERVER"), row("IMPERSONATE ANY LOGIN", "IAL", "CONTROL SERVER"),
        row("SELECT ALL USER SECURABLES", "SUS", "CONTROL SERVER"), row("SHUTDOWN", "SHDN", "CONTROL SERVER"),
    ]

    private static let login: [Row] = [
        row("CONTROL", "CL", nil, "CONTROL SERVER"), row("ALTER", "AL", "CONTROL", "ALTER ANY LOGIN"),
        row("IMPERSONATE", "IM", "CONTROL", "IMPERSONATE ANY LOGIN"),
        row("VIEW DEFINITION", "VW", "CONTROL", "VIEW ANY SECURITY DEFINITION"),
    ]

    private static let serverRole: [Row] = [
        row("CONTROL", "CL", nil, "CONTROL SERVER"), row("ALTER", "AL", "CONTROL", "ALTER ANY SERVER ROLE"),
        row("TAKE OWNERSHIP", "TO", "CONTROL", "CONTROL SERVER"),
        row("VIEW DEFINITION", "VW", "CONTROL", "VIEW ANY SECURITY DEFINITION"),
    ]

    private static let database: [Row] = [
        row("CONTROL", "CL", nil, "CONTROL SERVER"), row("ALTER", "AL", "CONTROL", "ALTER ANY DATABASE"),
        row("ALTER ANY USER", "ALUS", "ALTER", "CONTROL SERVER"),
        row("CREATE USER", "CUSR", "ALTER ANY USER", "CONTROL SERVER"),
        row("ALTER ANY ROLE", "ALRL", "ALTER", "CONTROL SERVER"),
        row("CREATE ROLE", "CRRL", "ALTER ANY ROLE", "CONTROL SERVER"),
        row("ALTER ANY APPLICATION ROLE", "ALAR", "ALTER", "CONTROL SERVER"),
        row("ALTER ANY DATABASE DDL TRIGGER", "ALTG", "ALTER", "CONTROL SERVER"),
        row("ALTER ANY SCHEMA", "ALSM", "ALTER", "CONTROL SERVER"),
        row("CREATE SCHEMA", "CRSM", "ALTER ANY SCHEMA", "CONTROL SERVER"),
        row("CREATE TABLE", "CRTB", "ALTER", "CONTROL SERVER"), row("CREATE VIEW", "CRVW", "ALTER", "CONTROL SERVER"),
        row("CREATE PROCEDURE", "CRPR", "ALTER", "CONTROL SERVER"),
        row("CREATE FUNCTION", "CRFN", "ALTER", "CONTROL SERVER"),
        row("CREATE TYPE", "CRTY", "ALTER", "CONTROL SERVER"), row("CREATE SYNONYM", "CRSN", "ALTER", "CONTROL SERVER"),
        row("CREATE DEFAULT", "CRDF", "ALTER", "CONTROL SERVER"), row("CREATE RULE", "CRRU", "ALTER", "CONTROL SERVER"),
        row("CREATE DATABASE", "CRDB", "CONTROL", "CREATE ANY DATABASE"),
        row("CONNECT", "CO", "CONTROL", "CONNECT ANY DATABASE"),
        row("AUTHENTICATE", "AUTH", "CONTROL", "AUTHENTICATE SERVER"),
        row("SELECT", "SL", "CONTROL", "SELECT ALL USER SECURABLES"), row("INSERT", "IN", "CONTROL", "CONTROL SERVER"),
        row("UPDATE", "UP", "CONTROL", "CONTROL SERVER"), row("DELETE", "DL", "CONTROL", "CONTROL SERVER"),
        row("EXECUTE", "EX", "CONTROL", "CONTROL SERVER"), row("REFERENCES", "RF", "CONTROL", "CONTROL SERVER"),
        row("TAKE OWNERSHIP", "TO", "CONTROL", "CONTROL SERVER"),
        row("VIEW DEFINITION", "VW", "CONTROL", "VIEW ANY DEFINITION"),
        row("VIEW SECURITY DEFINITION", "VWSD", "VIEW DEFINITION", "VIEW ANY SECURITY DEFINITION"),
        row("VIEW DATABASE STATE", "VWDS", "CONTROL", "VIEW SERVER STATE"),
        row("VIEW DATABASE PERFORMANCE STATE", "VDPS", "VIEW DATABASE STATE", "VIEW SERVER PERFORMANCE STATE"),
        row("VIEW DATABASE SECURITY STATE", "VDSS", "VIEW DATABASE STATE", "VIEW SERVER SECURITY STATE"),
        row("SHOWPLAN", "SPLN", "CONTROL", "ALTER TRACE"), row("BACKUP DATABASE", "BADB", "CONTROL", "CONTROL SERVER"),
        row("BACKUP LOG", "BALO", "CONTROL", "CONTROL SERVER"), row("CHECKPOINT", "CP", "CONTROL", "CONTROL SERVER"),
    ]

    private static let user: [Row] = [
        row("CONTROL", "CL", nil, "CONTROL"), row("ALTER", "AL", "CONTROL", "ALTER ANY USER"),
        row("IMPERSONATE", "IM", "CONTROL", "CONTROL"),
        row("VIEW DEFINITION", "VW", "CONTROL", "VIEW SECURITY DEFINITION"),
    ]

    private static let role: [Row] = [
        row("CONTROL", "CL", nil, "CONTROL"), row("ALTER", "AL", "CONTROL", "ALTER ANY ROLE"),
        row("TAKE OWNERSHIP", "TO", "CONTROL", "CONTROL"),
        row("VIEW DEFINITION", "VW", "CONTROL", "VIEW SECURITY DEFINITION"),
    ]

    private static let data = [
        "SELECT": "SL", "INSERT": "IN", "UPDATE": "UP", "DELETE": "DL", "EXECUTE": "EX", "REFERENCES": "RF",
    ]

    private static let schema: [Row] =
        data.map { row($0.key, $0.value, "CONTROL", $0.key) } + [
            row("CONTROL", "CL", nil, "CONTROL"), row("ALTER", "AL", "CONTROL", "ALTER ANY SCHEMA"),
            row("CREATE SEQUENCE", "CRSO", "ALTER", "ALTER ANY SCHEMA"),
            row("TAKE OWNERSHIP", "TO", "CONTROL", "CONTROL"),
            row("VIEW DEFINITION", "VW", "CONTROL", "VIEW DEFINITION"),
            row("VIEW CHANGE TRACKING", "VWCT", "CONTROL", "CONTROL"),
        ]

    private static let object: [Row] =
        data.map { row($0.key, $0.value, "CONTROL", $0.key) } + [
            row("CONTROL", "CL", nil, "CONTROL"), row("ALTER", "AL", "CONTROL", "ALTER"),
            row("TAKE OWNERSHIP", "TO", "CONTROL", "CONTROL"),
            row("VIEW DEFINITION", "VW", "CONTROL", "VIEW DEFINITION"),
            row("VIEW CHANGE TRACKING", "VWCT", "CONTROL", "VIEW CHANGE TRACKING"),
        ]

    private static let type: [Row] = [
        row("CONTROL", "CL", nil, "CONTROL"), row("EXECUTE", "EX", "CONTROL", "EXECUTE"),
        row("REFERENCES", "RF", "CONTROL", "REFERENCES"), row("TAKE OWNERSHIP", "TO", "CONTROL", "CONTROL"),
        row("VIEW DEFINITION", "VW", "CONTROL", "VIEW DEFINITION"),
    ]
}
