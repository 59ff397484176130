import SQLValues

/// Views of locks and transactions at this moment: read anew by every statement.
extension SystemView {
    static let liveViews: [SystemView] = [locks, activeTransactions, sessionTransactions].map {
        $0.requiring(.server("VIEW SERVER PERFORMANCE STATE"))
    }

    private static func int(_ value: Int) -> SQLValue { .int(Int64(value)) }

    // MARK: sys.dm_tran_locks

    private static let locks = SystemView.live(
        "sys.dm_tran_locks",
        [
            column("resource_type", .nVarChar(60)), column("resource_subtype", .nVarChar(60)),
            column("resource_database_id", .int), column("resource_description", .nVarChar(256)),
            column("resource_associated_entity_id", .bigInt, isNullable: true),
            column("resource_lock_partition", .int), column("request_mode", .nVarChar(60)),
            column("request_type", .nVarChar(60)), column("request_status", .nVarChar(60)),
            column("request_reference_count", .smallInt), column("request_lifetime", .int),
            column("request_session_id", .int), column("request_exec_context_id", .int),
            column("request_request_id", .int), column("request_owner_type", .nVarChar(60)),
            column("request_owner_id", .bigInt, isNullable: true),
            column("request_owner_guid", .uniqueIdentifier, isNullable: true),
            column("request_owner_lockspace_id", .nVarChar(32)),
        ]
    ) { state in
        var rows: [[SQLValue]] = []
        for session in state.sessions {
            rows.append(
                lock(.database(session.database), "S", "GRANT", 1, session.lockID, .session, state))
        }
        for (resource, grants) in state.locks.grants {
            for grant in grants {
                rows.append(
                    lock(
                        resource, grant.mode.shortName, "GRANT", grant.count, grant.session, grant.owner, state))
            }
        }
        for (resource, waits) in state.locks.queues {
            for wait in waits {
                let status = wait.isConversion ? "CONVERT" : "WAIT"
                rows.append(lock(resource, wait.mode.shortName, status, 1, wait.session, wait.owner, state))
            }
        }
        return rows
    }

    private static func lock(
        _ resource: LockResource, _ mode: String, _ status: String, _ count: Int, _ session: Int32, _ owner: LockOwner,
        _ state: LiveState
    ) -> [SQLValue] {
        var description = ""
        var type = "DATABASE"
        if case .application(_, let principal, let name) = resource {
            type = "APPLICATION"
            // Only the first 32 characters can be read ("sp_getapplock").
            description = "\(principal == "public" ? 0 : 1):[\(name.prefixUnits(32))]:(\(checksum(name)))"
        }
        let transaction = owner == .session ? nil : state.session(session)?.transaction?.id
        return [
            .string(type), .string(""), int(resource.databaseID), .string(description), int(0), int(0), .string(mode),
            .string("LOCK"), .string(status), int(count), int(0), state.processID(session), int(0), int(0),
            .string(owner == .session ? "SESSION" : "TRANSACTION"),
            int(transaction.map { Int(truncatingIfNeeded: $0) } ?? 0), .null, .string(""),
        ]
    }

    /// Eight digits that tell long names apart (FNV-1a).
    private static func checksum(_ name: String) -> String {
        let hash = name.utf8.reduce(UInt32(2_166_136_261)) { ($0 ^ UInt32($1)) &* 16_777_619 }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 8 - digits.count) + digits
    }

    // MARK: Transactions

    private static let activeTransactions = SystemView.live(
        "sys.dm_tran_active_transactions",
        [
            column("transaction_id", .bigInt), column("name", .nVarChar(32)),
            column("transaction_begin_time", .dateTime), column("transaction_type", .int),
            column("transaction_state", .int),
        ]
    ) { state in
        // Type 1 reads and writes; state 2 is active.
        state.sessions.compactMap(\.transaction).map { transaction in
            [
                int(Int(truncatingIfNeeded: transaction.id)), .string(transaction.name), moment(transaction.begun),
                int(1), int(2),
            ]
        }
    }

    private static let sessionTransactions = SystemView.live(
        "sys.dm_tran_session_transactions",
        [
            column("session_id", .int), column("transaction_id", .bigInt), column("is_user_transaction", .bit),
            column("is_local", .bit), column("open_transaction_count", .int),
        ]
    ) { state in
        state.sessions.compactMap { session in
            guard let transaction = session.transaction else { return nil }
            return [
                int(Int(session.options.processID)), int(Int(truncatingIfNeeded: transaction.id)), .bit(true),
                .bit(true), int(session.transactionCount),
            ]
        }
    }
}
