import SQLValues
import TransactSQL

extension EmbeddedSession {
    // MARK: Finding

    /// The enabled triggers of a table or view for an action.
    func triggers(of parent: ObjectKey, _ database: String, on action: ChangeClause.Action, insteadOf: Bool) throws
        -> [PreparedModule]
    {
        guard parent.alias != "temp", let home = instance.database(named: database) else { return [] }
        return try triggers(of: parent.id, alias: parent.alias, in: home).filter { module in
            guard let trigger = module.info.trigger else { return false }
            return trigger.isInsteadOf == insteadOf && trigger.events.contains(action.rawValue)
        }
    }

    /// The AFTER triggers that a change fires, without the one whose own statement it is (RECURSIVE_TRIGGERS OFF).
    func firing(_ plan: ChangePlan) throws -> [ChangeClause.Action: [PreparedModule]] {
        var result: [ChangeClause.Action: [PreparedModule]] = [:]
        for action in Set(plan.clauses.map(\.action)) {
            let found = try triggers(of: plan.target.key, plan.target.database, on: action, insteadOf: false)
                .filter { $0.info.id != triggerFrames.last?.module }
            if !found.isEmpty { result[action] = found }
        }
        return result
    }

    /// Msg 334 and 331: OUTPUT and triggers that cannot stand beside each other.
    func checkTriggers(_ plan: ChangePlan, _ name: String, line: Int) throws {
        for action in Set(plan.clauses.map(\.action)) where plan.outputs.contains(where: { $0.into == nil }) {
            let found =
                try triggers(of: plan.target.key, plan.target.database, on: action, insteadOf: false)
                + triggers(of: plan.target.key, plan.target.database, on: action, insteadOf: true)
            guard found.isEmpty else {
                throw ServerMessage.error(
                    334, line: line,
                    "The target table '\(name)' of the DML statement cannot have any enabled triggers if the statement contains an OUTPUT clause without INTO clause."
                )
            }
        }
        for into in plan.outputs.compactMap(\.into) where into.target.alias != "temp" {
            guard let home = instance.database(named: into.target.database),
                try !triggers(of: into.target.table.id, alias: into.target.alias, in: home).isEmpty
            else { continue }
            throw ServerMessage.error(
                331, line: line,
                "The target table '\(into.target.table.name)' of the OUTPUT INTO clause cannot have any enabled triggers."
            )
        }
    }

    // MARK: Firing

    /// Fires the AFTER triggers of a change, once for each action of the statement, even for no row.
    func fire(
        _ triggers: [ChangeClause.Action: [PreparedModule]], _ plan: ChangePlan, _ changed: [ChangedRow],
        _ context: BatchContext
    ) throws {
        for action in [ChangeClause.Action.insert, .update, .delete] {
            guard let modules = triggers[action] else { continue }
            let rows = changed.filter { $0.action == action }
            let columns = plan.target.table.columns
            let set = plan.clauses.filter { $0.action == action }.flatMap { $0.columns.map(\.id) }
            let updated = action == .insert ? columns.map(\.id) : action == .update ? set : []
            let event = TriggerEvent(
                action: action, parent: plan.target.key, columns: columns, updated: Set(updated),
                deleted: rows.compactMap(\.old), inserted: rows.compactMap(\.new), count: changed.count)
            for module in modules { try run(module, event, context) }
        }
    }

    /// Runs one trigger, with XACT_ABORT ON as all triggers do.
    func run(_ trigger: PreparedModule, _ event: TriggerEvent, _ context: BatchContext) throws {
        let level = triggerFrames.filter { $0.parent == event.parent }.count
        let variables = Variables()
        for (isInserted, rows) in [(true, event.inserted), (false, event.deleted)] {
            let key = TransitionStore.Key(parent: event.parent, isInserted: isInserted, level: level)
            let table = transitions.table(key, event.columns)
            try fill(table, rows)
            variables.declareTransition(table)
        }
        triggerFrames.append(
            TriggerFrame(
                module: trigger.info.id, parent: event.parent, updated: event.updated, columns: event.columns,
                isInsteadOf: trigger.info.trigger?.isInsteadOf ?? false))
        // The plans of an outer call read other tables, and those of others fire this trigger.
        let isPlannedAnew = level > 0 || trigger.info.trigger?.isInsteadOf ?? false
        if isPlannedAnew { stamp += 1 }
        let number = transactionNumber
        let saved = settings
        settings.isOn["XACT_ABORT"] = true
        lastRowCount = Int64(event.count)
        defer {
            triggerFrames.removeLast()
            settings = saved
            if isPlannedAnew { stamp += 1 }
        }
        try context.sink.beginProcedure()
        do {
            try runModule(trigger, variables: variables, outer: context)
            try context.sink.endProcedure()
        } catch let ended as BatchEnded {
            // The statement that fired the first trigger is told to have ended, unlike others that end their batch; not
            // after THROW and not when triggers nest too deeply.
            if triggerFrames.count == 1, lastError < 40_000, lastError != 217 {
                try context.sink.message(.statementTerminated.at(line: 1))
            }
            try context.sink.endProcedure()
            throw ended
        } catch {
            if !(error is RequestStopped) { try context.sink.endProcedure() }
            throw error
        }
        guard transactionNumber == number else { throw try endedInTrigger(context) }
    }

    private func endedInTrigger(_ context: BatchContext) throws -> ServerMessage {
        guard transactionCount > 0 else {
            return .error(3609, "The transaction ended in the trigger. The batch has been aborted.")
        }
        try rollBackTransaction(into: context.sink)
        return .unsupported("BEGIN TRANSACTION after ROLLBACK in a trigger")
    }

    /// Puts rows into `inserted` or `deleted`.
    private func fill(_ target: ResolvedTable, _ rows: [[StoredValue]]) throws {
        let name = "temp.\(target.table.storedName)"
        let columns = target.table.columns
        let definitions = columns.map { column in
            column.storedName + (StoredForm.collation(of: column.type).map { " COLLATE \($0)" } ?? "")
        }
        try connection.execute(
            "CREATE TABLE IF NOT EXISTS \(name)(\(definitions.joined(separator: ", "))); DELETE FROM \(name)")
        guard !rows.isEmpty else { return }
        let names = columns.map(\.storedName).joined(separator: ", ")
        let marks = columns.map { _ in "?" }.joined(separator: ", ")
        let statement = try connection.prepare("INSERT INTO \(name)(\(names)) VALUES (\(marks))")
        for row in rows {
            try statement.bind(row)
            try statement.run()
        }
    }

    /// After a rollback in a trigger `inserted` and `deleted` hold no rows.
    func emptyTransitions() {
        guard !triggerFrames.isEmpty else { return }
        do {
            for table in transitions.all { try fill(table, []) }
        } catch {
            // They are made anew for the next trigger.
            return
        }
    }

    // MARK: Transactions

    /// Runs a change with other statements in it as a transaction of its own, unless one is open.
    func inTransaction<Result>(_ body: () throws -> Result) throws -> Result {
        guard transactionCount == 0 else { return try body() }
        transactionCount = 1
        let number = transactionNumber
        do {
            let result = try body()
            if transactionNumber == number {
                if connection.isInTransaction { try connection.execute("COMMIT") }
                forgetTransaction()
            }
            return result
        } catch {
            if transactionNumber == number { rollBackAll() }
            throw error
        }
    }

    // MARK: Functions

    /// What UPDATE(column), COLUMNS_UPDATED() and TRIGGER_NESTLEVEL() ask.
    func triggerFact(_ name: String, _ arguments: [StoredValue]) -> StoredValue {
        switch (name, arguments.first) {
        case ("updated", .integer(let id)):
            return .integer(triggerFrames.last?.updated.contains(Int(id)) ?? false ? 1 : 0)
        case ("columns_updated", _):
            guard let frame = triggerFrames.last else { return .null }
            return .blob(frame.columnsUpdated)
        case ("trigger_nestlevel", .integer(let id)) where id != 0:
            return .integer(Int64(triggerFrames.filter { $0.module == Int(id) }.count))
        case ("trigger_nestlevel", .null?): return .null
        default: return .integer(Int64(triggerFrames.count))
        }
    }
}

extension TriggerFrame {
    /// One bit for each column, the first in the lowest bit of the first byte.
    var columnsUpdated: [UInt8] {
        guard !updated.isEmpty else { return [] }
        var bytes = [UInt8](repeating: 0, count: ((columns.map(\.id).max() ?? 0) + 7) / 8)
        for id in updated { bytes[(id - 1) / 8] |= 1 << UInt8((id - 1) % 8) }
        return bytes
    }
}

extension ResolvedTable {
    var key: ObjectKey { ObjectKey(alias: alias, id: table.id) }
}
