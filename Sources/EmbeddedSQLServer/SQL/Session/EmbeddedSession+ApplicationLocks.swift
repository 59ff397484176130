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

    /// Msg 15625, with the line inside the procedure at which it is told.
    private static func invalidOption(_ value: String?, _ parameter: String, line: Int) -> ServerMessage {
        .error(15625, line: line, "Option '\(value ?? "(null)")' not recognized for '\(parameter)' parameter.")
    }

    /// Msg 3918.
    private static let needsTransaction = ServerMessage.error(
        3918, "The statement or function must be executed in the context of a user transaction.")

    /// An error of the extended procedure inside: it goes to the TRY around the call, or is reported, and the call goes
    /// on to return -999.
    private func fail(_ error: ServerMessage, _ call: SystemProcedure.Call) throws -> Int32 {
        let error = error.at(line: 1).inside("sys.xp_userlock")
        if call.isCaught { throw error }
        try report(error, into: call.sink)
        try call.sink.done(StatementDone(command: StatementCommand.execute, failed: true))
        return -999
    }

    /// A message of the procedure itself, which is no error.
    private func refuse(_ note: ServerMessage, _ procedure: String, _ call: SystemProcedure.Call) throws -> Int32 {
        try call.sink.message(note.inside(procedure))
        try call.sink.done(StatementDone(command: StatementCommand.raise, isSilent: settings.has("NOCOUNT")))
        return -999
    }

    /// What is wrong with a resource or a principal; nil when they can be locked.
    private func problem(_ call: SystemProcedure.Call, _ procedure: String) throws -> ServerMessage? {
        guard call.text("@Resource") != nil else {
            return .error(1224, state: 5, "An invalid application lock resource was passed to xp_userlock.")
        }
        guard let principal = call.text("@DbPrincipal") else {
            return .error(1230, "An invalid database principal was passed to xp_userlock.")
        }
        if ["public", "dbo", "db_owner"].contains(principal.lowercased()) { return nil }
        guard try databaseSecurity(currentAlias).principal(named: principal) != nil else {
            return Self.missingPrincipal(principal)
        }
        throw ServerMessage.unsupported("\(procedure) for the principal \(principal)")
    }

    private static func missingPrincipal(_ name: String) -> ServerMessage {
        .error(1202, "The database-principal '\(name)' does not exist or user is not a member.")
    }

    /// sp_getapplock; the status that it returns.
    func getApplicationLock(_ call: SystemProcedure.Call) throws -> Int32 {
        let procedure = "sp_getapplock"
        guard let mode = call.text("@LockMode").flatMap(LockMode.init(applicationName:)) else {
            return try refuse(Self.invalidOption(call.text("@LockMode"), "@LockMode", line: 26), procedure, call)
        }
        guard let owner = call.text("@LockOwner").flatMap(Self.owner) else {
            return try refuse(Self.invalidOption(call.text("@LockOwner"), "@LockOwner", line: 39), procedure, call)
        }
        guard owner == .session || transactionCount > 0 else {
            let note = ServerMessage.error(
                15626, line: 52,
                "You attempted to acquire a transactional application lock without an active transaction.")
            return try refuse(note, procedure, call)
        }
        let timeout = call.integer("@LockTimeout") ?? settings.lockTimeout
        guard timeout >= -1 else {
            return try fail(
                .error(1227, state: 2, "An invalid application lock time-out was passed to xp_userlock."), call)
        }
        if let problem = try problem(call, procedure) { return try fail(problem, call) }
        let request = LockManager.Request(
            resource: resource(call.text("@Resource") ?? "", call.text("@DbPrincipal") ?? ""), mode: mode,
            owner: owner, session: lockID, worth: worth, timeout: timeout)
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
        let procedure = "sp_releaseapplock"
        guard let owner = call.text("@LockOwner").flatMap(Self.owner) else {
            return try refuse(Self.invalidOption(call.text("@LockOwner"), "@LockOwner", line: 20), procedure, call)
        }
        if let problem = try problem(call, procedure) { return try fail(problem, call) }
        guard owner == .session || transactionCount > 0 else { return try fail(Self.needsTransaction, call) }
        let (name, principal) = (call.text("@Resource") ?? "", call.text("@DbPrincipal") ?? "")
        guard instance.locks.release(resource(name, principal), owner: owner, session: lockID) else {
            let error = ServerMessage.error(
                1223,
                "Cannot release the application lock (Database Principal: '\(principal)', Resource: '\(name)') because it is not"
                    + " currently held.")
            return try fail(error, call)
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
