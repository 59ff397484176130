/// Who a session acts as.
struct SessionSecurity {
    /// One EXECUTE AS in force, or the login itself at the bottom.
    struct Frame {
        /// Nil while EXECUTE AS USER holds.
        var login: Int?
        /// The user of EXECUTE AS USER, and its database.
        var user: Int?
        var database = 0
        /// What SUSER_SNAME says.
        var loginName: String
        var noRevert = false
        var cookie: [UInt8]?
        /// The session's nesting when it began: a module's own ends with it.
        var nestLevel = 0
        /// The database in which it began, to which REVERT must come back.
        var home = 0
    }

    /// The innermost last; never empty.
    var frames: [Frame]
    /// A member of sysadmin acts as itself: nothing is checked.
    var isUnrestricted = true
    /// Answers to ask only once while nothing changes.
    var cachedServer: (version: Int64, security: ServerSecurity)?
    var cachedDatabases: [String: (version: Int64, security: DatabaseSecurity)] = [:]

    init(login: Int, name: String) { frames = [Frame(login: login, loginName: name)] }

    var current: Frame { frames[frames.count - 1] }
    /// The name that the client logged in with.
    var originalName: String { frames[0].loginName }
}
