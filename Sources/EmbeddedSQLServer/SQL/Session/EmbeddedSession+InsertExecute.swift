import SQLValues
import TransactSQL

/// INSERT … EXECUTE: the source of its rows.
struct ExecuteSource {
    var statement: ExecuteStatement
    /// How many columns each result must have.
    var count: Int
    /// The defaults of the other columns, for one row.
    var defaults: QueryText?
}

extension EmbeddedSession {
    /// The plan's part for `INSERT table EXECUTE …`.
    func executeSource(_ execute: ExecuteStatement, _ insert: InsertStatement, _ columns: InsertColumns, line: Int)
        throws -> ExecuteSource
    {
        guard insert.output.isEmpty else {
            throw ServerMessage.error(
                483, state: 2, line: line, "The OUTPUT clause cannot be used in an INSERT...EXEC statement.")
        }
        if insert.top != nil { throw ServerMessage.unsupported("INSERT TOP with EXECUTE", line: line) }
        var defaults: QueryText?
        if !columns.defaults.isEmpty {
            var select = BoundSelect()
            select.items = columns.defaults
            defaults = QueryText(BoundQuery(body: .select(select), columns: []))
        }
        return ExecuteSource(statement: execute, count: columns.named.count, defaults: defaults)
    }

    /// Runs the procedure or text and makes rows of all its results.
    func rowChanges(_ source: ExecuteSource, _ plan: ChangePlan, _ context: BatchContext) throws -> [RowChange] {
        guard insertExecution == nil else {
            throw ServerMessage.error(8164, "An INSERT EXEC statement cannot be nested.")
        }
        insertExecution = transactionCount
        let number = transactionNumber
        let sink = CapturingSink(outer: context.sink)
        defer { insertExecution = nil }
        try run(source.statement, BatchContext(context, sink: sink), line: source.statement.range.line)
        guard transactionNumber == number else {
            throw ServerMessage.unsupported("INSERT EXECUTE whose transaction ended")
        }
        return try sink.results.flatMap { result in
            guard result.columns.count == source.count else {
                throw ServerMessage.error(
                    213, state: 7, "Column name or number of supplied values does not match table definition.")
            }
            let columns = plan.clauses[0].columns.prefix(source.count)
            for (given, column) in zip(result.columns, columns) {
                if let refusal = TypeRules.implicitRefusal(from: given.type, to: column.assignedType) { throw refusal }
            }
            return try result.rows.map { row in
                let values = try zip(zip(row, result.columns), columns).map { pair, column in
                    try Conversion.convert(pair.0, from: pair.1.type, to: column.assignedType)
                }
                return RowChange(values: values + (try defaults(source, plan, context)))
            }
        }
    }

    private func defaults(_ source: ExecuteSource, _ plan: ChangePlan, _ context: BatchContext) throws -> [SQLValue] {
        guard let query = source.defaults else { return [] }
        let statement = try prepare(query.sql, query.parameters, context)
        defer { statement.reset() }
        guard try statement.step() else { return [] }
        return plan.clauses[0].columns.dropFirst(source.count).enumerated().map {
            StoredForm.decode(statement.cell($0), as: $1.assignedType)
        }
    }

    /// Msg 3915 and 3916: INSERT … EXECUTE stands in a transaction of its own.
    func checkInsertExecution(_ statement: TransactionStatement) throws {
        guard let outer = insertExecution else { return }
        switch statement {
        case .rollback(let name) where name == nil || savepoints.isEmpty:
            throw ServerMessage.error(
                3915, state: 0, "Cannot use the ROLLBACK statement within an INSERT-EXEC statement.")
        case .commit where transactionCount <= outer:
            throw ServerMessage.error(
                3916, state: 0,
                "Cannot use the COMMIT statement within an INSERT-EXEC statement unless BEGIN TRANSACTION is used first."
            )
        default: return
        }
    }
}
