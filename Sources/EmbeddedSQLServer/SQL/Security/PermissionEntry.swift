/// One GRANT or DENY that is in force.
struct PermissionEntry: Codable, Equatable, Sendable {
    enum State: String, Codable, Sendable {
        case deny = "D"
        case grant = "G"
        /// GRANT … WITH GRANT OPTION.
        case grantWithOption = "W"

        var description: String {
            switch self {
            case .deny: "DENY"
            case .grant: "GRANT"
            case .grantWithOption: "GRANT_WITH_GRANT_OPTION"
            }
        }
    }

    var kind: SecurableClass
    /// The id of the securable; 0 for the server and the database.
    var id: Int
    /// The column; 0 for the whole object.
    var column = 0
    /// In upper case.
    var permission: String
    var grantee: Int
    var grantor: Int
    var state: State

    func isAbout(_ other: PermissionEntry) -> Bool {
        kind == other.kind && id == other.id && column == other.column && permission == other.permission
            && grantee == other.grantee
    }
}

/// A principal that belongs to a role.
struct RoleMembership: Codable, Equatable, Sendable {
    var role: Int
    var member: Int

    /// A principal with all roles it belongs to, directly or through other roles.
    static func closure(of id: Int, in list: [RoleMembership]) -> Set<Int> {
        var found: Set<Int> = [id]
        var waiting = [id]
        while let next = waiting.popLast() {
            for entry in list where entry.member == next && found.insert(entry.role).inserted {
                waiting.append(entry.role)
            }
        }
        return found
    }
}

extension [PermissionEntry] {
    /// Sets a permission, in place of any earlier entry about the same.
    mutating func set(_ entry: PermissionEntry) {
        var entry = entry
        if entry.state == .grant, contains(where: { $0.isAbout(entry) && $0.state == .grantWithOption }) {
            entry.state = .grantWithOption
        }
        removeAll { $0.isAbout(entry) }
        append(entry)
        // Permissions on a whole object replace those on its columns.
        if entry.kind == .object, entry.column == 0 {
            removeAll {
                $0.kind == .object && $0.id == entry.id && $0.column != 0 && $0.permission == entry.permission
                    && $0.grantee == entry.grantee
            }
        }
    }
}
