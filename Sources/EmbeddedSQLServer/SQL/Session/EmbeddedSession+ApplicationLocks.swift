import SQLValues

extension EmbeddedSession {
    /// A resource name longer than this is cut ("sp_getapplock").
    private static let longestResource = 255

    private func resource(_ name: String, _ principal: String) -> LockResource {
        .application(
            database: database.id, principal: principal.lowercased(), name: name.prefixUnits(Self.longestResource))
    }

    private static func owner(_ word: String) -> LockOwner? {
        switch word.lowercased() {
        case "transaction": .transaction
        case "session": .session
        default: nil
        }
    }

    /// Msg 15600.
    private static func invalidOption(_ procedure: String) -> ServerMessage {
        .error(15600, "An invalid parameter or option was specified for procedure '\(procedure)'.").inside(procedure)
    }

    /// Msg 3918.
    private static let needsTransaction = ServerMessage.error(
        3918, "The statement or function must be executed in the context of a user transaction.")

    /// An error of a call: it goes to the TRY around it, or is reported, and the call goes on to return -999.
    private func fail(_ message: ServerMessage, _ call: SystemProcedure.Call) throws -> Int32 {
        let message = message.at(line: 1)
        if call.isCaught { throw message }
        try report(message, into: call.sink)
        return -999
    }

    private func check(principal: String, _ procedure: String) throws {
        guard ["public", "dbo", "db_owner"].contains(principal.lowercased()) else {
            throw ServerMessage.unsupported("\(procedure) for the principal \(principal)")
        }
    }

    /// sp_getapplock; the status that it returns.
    func getApplicationLock(_ call: SystemProcedure.Call) throws -> Int32 {
        guard let name = call.text("@Resource"), let word = call.text("@LockMode"),
            let ownerWord = call.text("@LockOwner"),
            let principal = call.text("@DbPrincipal"), let mode = LockMode(applicationName: word),
            let owner = Self.owner(ownerWord)
        else {
            return try fail(Self.invalidOption("sp_getapplock"), call)
        }
        try check(principal: principal, "sp_getapplock")
        guard owner == .session || transactionCount > 0 else {
            return try fail(Self.needsTransaction.inside("xp_userlock"), call)
        }
        let request = LockManager.Request(
            resource: resource(name, principal), mode: mode, owner: owner, session: lockID, worth: worth,
            timeout: call.integer("@LockTimeout") ?? settings.lockTimeout)
        let functions = connection.functions
        let outcome = instance.locks.acquire(request) { functions.mustStop() }
        if owner == .transaction, outcome == .granted || outcome == .grantedAfterWait { holdsApplicationLocks = true }
        switch outcome {
        case .granted: return 0
        case .grantedAfterWait: return 1
        case .timedOut: return -1
        case .deadlock: return -3
        case .cancelled: throw RequestStopped.attention
        }
    }

    /// sp_releaseapplock; the status that it returns.
    func releaseApplicationLock(_ call: SystemProcedure.Call) throws -> Int32 {
        guard let name = call.text("@Resource"), let ownerWord = call.text("@LockOwner"),
            let principal = call.text("@DbPrincipal"), let owner = Self.owner(ownerWord)
        else {
            return try fail(Self.invalidOption("sp_releaseapplock"), call)
        }
        try check(principal: principal, "sp_releaseapplock")
        guard owner == .session || transactionCount > 0 else {
            return try fail(Self.needsTransaction.inside("xp_userlock"), call)
        }
        guard instance.locks.release(resource(name, principal), owner: owner, session: lockID) else {
            let message = ServerMessage.error(
                1223,
                "Cannot release the application lock (Database Principal: '\(principal)', Resource: '\(name)') because it is not"
                    + " currently held.")
            return try fail(message.inside("xp_userlock"), call)
        }
        return 0
    }

    /// APPLOCK_MODE and APPLOCK_TEST: nil for arguments that they do not have.
    func applicationLock(_ function: String, _ words: [String]) -> StoredValue {
        guard let principal = words.first, let owner = words.last.flatMap(Self.owner), words.count > 2 else {
            return .null
        }
        let resource = resource(words[1], principal)
        let table = instance.locks.table
        if function == "applock_mode" { return .text(table.held(resource, by: lockID, owner).applicationName) }
        guard words.count == 4, let mode = LockMode(applicationName: words[2]) else { return .null }
        return .integer(table.isFree(resource, mode, for: lockID) ? 1 : 0)
    }
}
