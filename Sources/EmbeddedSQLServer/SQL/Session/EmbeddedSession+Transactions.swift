import SQLValues
import TransactSQL

extension EmbeddedSession {
    // MARK: Statements of T-SQL

    func run(_ statement: TransactionStatement, _ context: BatchContext) throws {
        try checkInsertExecution(statement)
        switch statement {
        case .begin(let name, let mark):
            if mark != nil { throw ServerMessage.unsupported("BEGIN TRANSACTION WITH MARK") }
            try begin(name: try text(of: name, context), into: context.sink)
        case .commit: try commit(into: context.sink)
        case .rollback(let name): try rollBack(to: try text(of: name, context), into: context.sink)
        case .save(let name): try save(try text(of: name, context))
        }
    }

    /// Longer names are an error when they are written, and cut when a variable holds them.
    private static let longestName = 32

    /// Msg 103 for a name that is too long.
    func check(_ statement: TransactionStatement, line: Int) throws {
        let name: TransactionName? =
            switch statement {
            case .begin(let name, _), .commit(let name, _), .rollback(let name): name
            case .save(let name): name
            }
        guard case .name(let identifier)? = name, identifier.value.units > Self.longestName else { return }
        throw ServerMessage.error(
            103, state: 2, line: line,
            "The identifier that starts with '\(identifier.value.prefixUnits(Self.longestName))' is too long. Maximum length"
                + " is \(Self.longestName).")
    }

    private func text(of name: TransactionName?, _ context: BatchContext) throws -> String {
        switch name {
        case nil: return ""
        case .name(let identifier): return identifier.value
        case .variable(let variable):
            guard let index = context.variables.index(of: variable) else {
                throw CompileError(
                    message: .error(137, state: 2, "Must declare the scalar variable \"\(variable)\"."))
            }
            guard case .string(let text) = context.variables[index] else { return "" }
            return text.prefixUnits(Self.longestName)
        }
    }

    func begin(name: String, into sink: any ResultSink) throws {
        transactionCount += 1
        guard transactionCount == 1 else { return }
        transactionName = name
        transactionStart = Clock.ticks(utc: false)
        transactionDescriptor = instance.nextDescriptor()
        try sink.change(.beginTransaction(descriptor: transactionDescriptor))
    }

    func commit(into sink: any ResultSink) throws {
        guard transactionCount > 0 else {
            throw ServerMessage.error(
                3902, "The COMMIT TRANSACTION request has no corresponding BEGIN TRANSACTION.")
        }
        if isDoomed { throw Self.doomed }
        guard transactionCount == 1 else {
            transactionCount -= 1
            return
        }
        if connection.isInTransaction { try connection.execute("COMMIT") }
        let descriptor = transactionDescriptor
        forgetTransaction()
        try sink.change(.commitTransaction(descriptor: descriptor))
    }

    static let doomed = ServerMessage.error(
        3930,
        "The current transaction cannot be committed and cannot support operations that write to the log file. Roll back"
            + " the transaction.")

    func rollBack(to name: String, into sink: any ResultSink) throws {
        guard transactionCount > 0 else {
            throw ServerMessage.error(
                3903, "The ROLLBACK TRANSACTION request has no corresponding BEGIN TRANSACTION.")
        }
        if !name.isEmpty, let index = savepoints.lastIndex(where: { $0.lowercased() == name.lowercased() }) {
            if isDoomed {
                throw ServerMessage.error(
                    3931,
                    "The current transaction cannot be committed and cannot be rolled back to a savepoint. Roll back the entire transaction."
                )
            }
            if connection.isInTransaction {
                connection.emptyCache()
                try keepingTableVariables { try connection.execute("ROLLBACK TO u\(index)") }
                try connection.execute("RELEASE u\(index)")
            }
            // The savepoint goes with those after it: an older one of its name counts from now on.
            savepoints.removeSubrange(index...)
            return
        }
        guard name.isEmpty || name == transactionName else {
            throw ServerMessage.error(
                6401, "Cannot roll back \(name). No transaction or savepoint of that name was found.")
        }
        try rollBackTransaction(into: sink)
    }

    /// Rolls back all of the open transaction and tells the client.
    func rollBackTransaction(into sink: any ResultSink) throws {
        let descriptor = transactionDescriptor
        let wasOpen = transactionCount > 0
        rollBackAll()
        if wasOpen, descriptor != 0 { try sink.change(.rollbackTransaction(descriptor: descriptor)) }
    }

    private func save(_ name: String) throws {
        guard transactionCount > 0 else {
            throw ServerMessage.error(
                628, state: 0, "Cannot issue SAVE TRANSACTION when there is no active transaction.")
        }
        if isDoomed { throw Self.doomed }
        if connection.isInTransaction { try connection.execute("SAVEPOINT u\(savepoints.count)") }
        savepoints.append(name)
    }

    func rollBackAll() {
        connection.emptyCache()
        if connection.isInTransaction {
            do {
                try keepingTableVariables { try connection.execute("ROLLBACK") }
            } catch {
                // SQLite has rolled back by itself after some errors.
            }
        }
        forgetTransaction()
        emptyTransitions()
    }

    func forgetTransaction() {
        transactionNumber += 1
        transactionCount = 0
        transactionDescriptor = 0
        transactionName = ""
        isDoomed = false
        firstIsolation = nil
        savepoints = []
        hasWritten = false
        changesBefore = connection.totalChanges
        releaseTransactionLocks()
    }

    // MARK: Requests of the transaction manager

    func perform(_ request: TransactionRequest, into sink: any ResultSink) throws(RequestStopped) {
        do {
            switch request {
            case .begin(let next): try begin(next, into: sink)
            case .commit(_, let next):
                try commit(into: sink)
                if let next { try begin(next, into: sink) }
            case .rollback(let name, let next):
                try rollBack(to: name, into: sink)
                if let next { try begin(next, into: sink) }
            case .save(let name): try save(name)
            }
            try sink.done(StatementDone())
        } catch let stop as RequestStopped {
            throw stop
        } catch {
            try report(message(of: error), into: sink)
        }
    }

    private func begin(_ next: TransactionRequest.Begin, into sink: any ResultSink) throws {
        if let isolation = next.isolation { settings.isolation = isolation }
        try begin(name: next.name, into: sink)
    }

    // MARK: SQLite's transaction

    /// Opens SQLite's transaction inside a T-SQL transaction, with the savepoints made so far.
    private func open() throws {
        guard !connection.isInTransaction else { return }
        definitionsBefore = instance.definitions.count
        try connection.execute("BEGIN")
        for index in savepoints.indices where transactionCount > 0 { try connection.execute("SAVEPOINT u\(index)") }
    }

    /// Makes ready for reading: under READ COMMITTED each statement reads its own snapshot until the first write.
    func prepareToRead(_ aliases: Set<String>, locks: ReadLocks) throws {
        let databases = aliases.filter { $0 != "temp" }.sorted()
        guard !databases.isEmpty else { return }
        try touchData()
        var held = locks.held
        switch settings.isolation {
        case .snapshot: if transactionCount > 0 { try open() }
        case .readCommitted, .readUncommitted: try leaveSnapshot()
        case .repeatableRead, .serializable:
            try leaveSnapshot()
            held.formUnion(.shared)
        }
        for alias in databases {
            if !held.isEmpty {
                try lock(alias, held, owner: transactionCount > 0 ? .transaction : .statement)
            } else if mustLockToRead(alias) {
                try lock(alias, .update)
            }
            if !locks.passing.isEmpty { try lock(alias, locks.passing, owner: .statement) }
        }
    }

    /// Whether a read would begin a snapshot that the transaction then keeps to its end.
    ///
    /// SQLite's transaction is open because of a change, and this database is not yet in it: a lock keeps other
    /// writers away, so that the snapshot never grows old.
    func mustLockToRead(_ alias: String) -> Bool {
        guard hasWritten, connection.isInTransaction, settings.isolation != .snapshot else { return false }
        guard let id = attached.first(where: { $0.value == alias })?.key else { return false }
        return heldLocks[.database(id)] == nil
    }

    /// Ends a snapshot of SNAPSHOT that has written nothing, when a statement under another level must see more.
    private func leaveSnapshot() throws {
        guard transactionCount > 0, connection.isInTransaction, !hasWritten else { return }
        try connection.execute("COMMIT")
    }

    /// Notes the level under which the open transaction begins; from another it cannot come to SNAPSHOT.
    private func touchData() throws {
        guard transactionCount > 0 else { return }
        let first = firstIsolation ?? settings.isolation
        firstIsolation = first
        guard settings.isolation == .snapshot, first != .snapshot else { return }
        throw ServerMessage.error(
            3951,
            "Transaction failed in database '\(database.name)' because the statement was run under snapshot isolation but the"
                + " transaction did not start in snapshot isolation. You cannot change the isolation level of the"
                + " transaction to snapshot after the transaction has started unless the transaction was originally"
                + " started under snapshot isolation level.")
    }

    /// Takes a database's write lock: a statement that changes no row needs it all the same.
    private func takeWriteLock(_ alias: String) throws {
        try connection.prepare("DELETE FROM \(alias).sys_identity WHERE 0").run()
    }

    /// Runs a change as one unit: all of it or, after an error, none.
    func change<Result>(_ alias: String, _ body: () throws -> Result) throws -> Result {
        if isDoomed { throw Self.doomed }
        if alias != "temp" {
            try touchData()
            if settings.isolation != .snapshot { try leaveSnapshot() }
            try lock(alias, .exclusive)
        }
        let wasOpen = connection.isInTransaction
        // A function that runs inside a change is part of it.
        let isAlone = transactionCount == 0 && !wasOpen
        try open()
        hasWritten = transactionCount > 0
        do {
            if alias != "temp" { try takeWriteLock(alias) }
            if !isAlone { try connection.execute("SAVEPOINT statement") }
        } catch {
            if !wasOpen { rollBackQuietly() }
            throw error
        }
        do {
            let result = try body()
            try connection.execute(isAlone ? "COMMIT" : "RELEASE statement")
            return result
        } catch {
            if isAlone {
                rollBackQuietly()
            } else if connection.isInTransaction {
                try connection.execute("ROLLBACK TO statement; RELEASE statement")
            }
            throw error
        }
    }

    private func rollBackQuietly() {
        do {
            if connection.isInTransaction { try connection.execute("ROLLBACK") }
        } catch {
            // SQLite has rolled back by itself after some errors.
        }
    }
}
