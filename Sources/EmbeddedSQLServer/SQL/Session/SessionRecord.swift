import SQLValues

/// What others may know of a session (sys.dm_exec_sessions).
struct SessionRecord: Sendable {
    var lockID: Int32
    var options: SessionOptions
    var loginTime: Int
    var database: Int
    var settings: SessionSettings
    /// The login as which the session acts now.
    var loginName: String
    var contextInfo: [UInt8]?
    /// @@ROWCOUNT and @@ERROR.
    var rowCount: Int64 = 0
    var lastError: Int32 = 0
    var isRunning = false
    var transactionCount = 0
    /// The descriptor, name and start of the open transaction.
    var transaction: (id: UInt64, name: String, begun: Int)?

    /// As sys.dm_exec_sessions numbers the levels.
    var isolationNumber: Int64 {
        switch settings.isolation {
        case .readUncommitted: 1
        case .readCommitted: 2
        case .repeatableRead: 3
        case .serializable: 4
        case .snapshot: 5
        }
    }
}

/// The sessions and locks of an instance at one moment.
struct LiveState: Sendable {
    var sessions: [SessionRecord] = []
    var locks = LockTable()

    func session(_ lockID: Int32) -> SessionRecord? { sessions.first { $0.lockID == lockID } }

    /// The process id of a session of the lock manager.
    func processID(_ lockID: Int32) -> SQLValue { .int(Int64(session(lockID)?.options.processID ?? 0)) }
}

extension EmbeddedSession {
    /// This session as others see it.
    var record: SessionRecord {
        var record = SessionRecord(
            lockID: lockID, options: options, loginTime: loginTime, database: database.id, settings: settings,
            loginName: security.current.loginName, contextInfo: contextInfo, rowCount: lastRowCount,
            lastError: lastError)
        record.transactionCount = transactionCount
        if transactionCount > 0 {
            let name = transactionName.isEmpty ? "user_transaction" : transactionName
            record.transaction = (transactionDescriptor, name, transactionStart)
        }
        return record
    }

    /// Tells the instance what the session does now.
    func publish(isRunning: Bool) {
        var record = record
        record.isRunning = isRunning
        instance.publish(record)
    }

    /// The state of the instance, with this session's own as of now.
    var liveState: LiveState {
        publish(isRunning: true)
        return instance.liveState
    }
}
