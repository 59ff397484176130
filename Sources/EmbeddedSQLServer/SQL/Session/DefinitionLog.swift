import Threads

/// Which tables of an instance were defined anew, and in which order.
final class DefinitionLog: Sendable {
    private struct Table: Hashable {
        var database: Int
        var id: Int
    }

    private struct State {
        var count: UInt64 = 0
        var last: [Table: (place: UInt64, session: Int32)] = [:]
    }

    private let state = Lock(State())

    /// How many definitions changed so far.
    var count: UInt64 { state.withLock { $0.count } }

    /// Notes that a session changed a table's definition.
    func note(table id: Int, of database: Int, by session: Int32) {
        state.withLock { state in
            state.count += 1
            state.last[Table(database: database, id: id)] = (state.count, session)
        }
    }

    /// Whether another session changed a table's definition since `count`.
    func hasChanged(table id: Int, of database: Int, since count: UInt64, besides session: Int32) -> Bool {
        state.withLock { state in
            guard let last = state.last[Table(database: database, id: id)] else { return false }
            return last.place > count && last.session != session
        }
    }
}

extension EmbeddedSession {
    /// Notes that a table's definition changed, for the SNAPSHOT transactions of others.
    func noteDefinition(of target: ResolvedTable) {
        guard let home = attached.first(where: { $0.value == target.alias })?.key else { return }
        instance.definitions.note(table: target.table.id, of: home, by: lockID)
    }

    /// Msg 3961: definitions have no versions that a SNAPSHOT transaction could go on to see.
    func refuseRedefined(_ table: TableInfo, _ home: EmbeddedInstance.Database, line: Int) throws {
        guard settings.isolation == .snapshot, transactionCount > 0, connection.isInTransaction,
            instance.definitions.hasChanged(
                table: table.id, of: home.id, since: definitionsBefore, besides: lockID)
        else { return }
        throw ServerMessage.error(
            3961, line: line,
            "Snapshot isolation transaction failed in database '\(home.name)' because the object accessed by the statement has been modified by a DDL statement in another concurrent transaction since the start of this transaction.  It is disallowed because the metadata is not versioned. A concurrent update to metadata can lead to inconsistency if mixed with snapshot isolation."
        )
    }
}
