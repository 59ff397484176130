import TransactSQL

extension EmbeddedSession {
    /// Begins the transaction that SET IMPLICIT_TRANSACTIONS ON puts before some statements.
    ///
    /// "SET IMPLICIT_TRANSACTIONS (Transact-SQL)" lists them; a SELECT begins one when it reads a table.
    func beginImplicitly(before statement: Statement, _ context: BatchContext) throws {
        guard settings.has("IMPLICIT_TRANSACTIONS"), transactionCount == 0 else { return }
        guard try beginsTransaction(statement, context) else { return }
        try begin(name: "", into: context.sink)
    }

    private func beginsTransaction(_ statement: Statement, _ context: BatchContext) throws -> Bool {
        switch statement.kind {
        case .insert, .update, .delete, .merge, .truncateTable, .createTable, .alterTable, .createIndex, .createSchema,
            .view,
            .drop, .transaction(.begin):
            return true
        case .select:
            guard case .select(let plan) = try plan(for: statement, context) else { return true }
            return !plan.databases.isEmpty
        default: return false
        }
    }
}
