import SQLValues
import TransactSQL

/// What a statement was bound to has changed while it waited for a lock: it is bound anew.
struct StaleBinding: Error {}

/// A lock was not given: Msg 1222 or 1205, an error of running even while the statement is being bound.
struct LockFailure: Error {
    var message: ServerMessage
}

extension EmbeddedSession {
    /// Takes a lock on an attached database and waits for it as SET LOCK_TIMEOUT says.
    ///
    /// SQLite's own lock is only asked for by who holds ours, so that SQLite never waits.
    ///
    /// - Parameters:
    ///   - alias: The database's alias in SQLite.
    ///   - mode: The lock; one that is held already costs nothing.
    ///   - owner: What ends it.
    ///   - isBinding: The statement is being bound: what it has found of this database so far is nothing.
    /// - Throws: ``LockFailure``; ``StaleBinding`` when other sessions changed the database's catalogue before.
    func lock(_ alias: String, _ mode: LockMode, owner: LockOwner = .transaction, isBinding: Bool = false) throws {
        guard let id = attached.first(where: { $0.value == alias })?.key else { return }
        let resource = LockResource.database(id)
        if let held = heldLocks[resource], held.isSuperset(of: mode) { return }
        let request = LockManager.Request(
            resource: resource, mode: mode, owner: owner, session: lockID, worth: worth,
            timeout: isChecking ? 0 : settings.lockTimeout)
        try wait(for: request)
        if owner == .transaction {
            heldLocks[resource, default: []].formUnion(mode)
        } else {
            holdsStatementLocks = true
        }
        let before = stamp
        _ = try readCatalog(alias)
        if stamp != before, !isBinding { throw StaleBinding() }
    }

    /// Runs `body` again as often as it waited for a lock and found its database changed.
    func boundAgain<Result>(_ body: () throws -> Result) throws -> Result {
        while true {
            do {
                return try body()
            } catch is StaleBinding {
                continue
            }
        }
    }

    private func wait(for request: LockManager.Request) throws {
        let functions = connection.functions
        switch instance.locks.acquire(request, isCancelled: { functions.mustStop() }) {
        case .granted, .grantedAfterWait: return
        case .timedOut: throw LockFailure(message: .error(1222, state: 51, "Lock request time out period exceeded."))
        case .deadlock: throw LockFailure(message: deadlockVictim)
        case .cancelled: throw RequestStopped.attention
        }
    }

    /// Keeps writers away from the databases that a change in a transaction reads, because it reads them in SQLite's
    /// transaction, whose snapshots last to its end.
    func lockSources(of statement: Statement, _ context: BatchContext) throws {
        guard transactionCount > 0, settings.isolation != .snapshot, statement.isModification else { return }
        let databases = context.plans[statement.range.start.offset]?.databases ?? []
        guard databases != [currentAlias] else { return }
        for alias in databases.sorted() { try lock(alias, .update) }
    }

    /// What the session's transaction is worth when a deadlock is broken.
    var worth: LockTable.Worth {
        LockTable.Worth(priority: settings.deadlockPriority, cost: connection.totalChanges - changesBefore)
    }

    /// Msg 1205.
    var deadlockVictim: ServerMessage {
        .error(
            1205, state: 51,
            "Transaction (Process ID \(options.processID)) was deadlocked on lock resources with another process and has been"
                + " chosen as the deadlock victim. Rerun the transaction.")
    }

    /// Gives back what a statement locked for itself, and outside a transaction all that it locked.
    func releaseStatementLocks() {
        if holdsStatementLocks {
            instance.locks.releaseAll([.statement], of: lockID)
            holdsStatementLocks = false
        }
        guard transactionCount == 0, !connection.isInTransaction else { return }
        changesBefore = connection.totalChanges
        releaseTransactionLocks()
    }

    /// Gives back the locks of a transaction that has ended.
    func releaseTransactionLocks() {
        guard !heldLocks.isEmpty || holdsApplicationLocks else { return }
        heldLocks = [:]
        holdsApplicationLocks = false
        instance.locks.releaseAll([.transaction], of: lockID)
    }
}
