/// What a permission can be on.
enum SecurableClass: String, Codable, Sendable, CaseIterable {
    case server = "SERVER"
    case login = "LOGIN"
    case serverRole = "SERVER ROLE"
    case database = "DATABASE"
    case user = "USER"
    case role = "ROLE"
    case schema = "SCHEMA"
    case object = "OBJECT"
    case type = "TYPE"

    /// The class that holds securables of this one.
    var parent: SecurableClass? {
        switch self {
        case .server: nil
        case .login, .serverRole, .database: .server
        case .user, .role, .schema: .database
        case .object, .type: .schema
        }
    }

    /// Whether permissions on it are kept by the server, not by a database.
    var isOfServer: Bool { self == .server || self == .login || self == .serverRole }

    /// The number in sys.database_permissions.class and sys.server_permissions.class.
    var code: Int {
        switch self {
        case .database: 0
        case .object: 1
        case .schema: 3
        case .user, .role: 4
        case .type: 6
        case .server: 100
        case .login, .serverRole: 101
        }
    }

    /// The name in class_desc of those views.
    var description: String {
        switch self {
        case .object: "OBJECT_OR_COLUMN"
        case .user, .role: "DATABASE_PRINCIPAL"
        case .login, .serverRole: "SERVER_PRINCIPAL"
        default: rawValue
        }
    }
}

/// One thing that a permission is on, with what the check must know of it.
struct Securable: Equatable {
    var kind: SecurableClass
    /// Its id; 0 for the server and for the database.
    var id = 0
    /// The schema of an object or type.
    var schema = 0
    /// Who owns it; nil for what has no owner.
    var owner: Int?
    /// Who owns the schema of an object or type.
    var schemaOwner: Int?

    static let server = Securable(kind: .server)
    static let database = Securable(kind: .database)
}
