import SQLValues
import TransactSQL

/// What one OUTPUT clause makes of each changed row.
struct OutputPlan {
    /// A SELECT whose last parameters are the row before and after, and what it needs of other tables.
    var query: QueryText
    var columns: [OutputColumn]
    /// Where OUTPUT INTO puts the rows; nil when the client gets them.
    var into: InsertColumns?
}

extension EmbeddedSession {
    // MARK: Binding

    /// The OUTPUT clauses of an INSERT, which sees no other tables.
    func addOutputs(
        _ clauses: [OutputClause], _ plan: inout ChangePlan, _ target: ChangeTarget, _ binder: Binder, line: Int
    ) throws {
        var select = BoundSelect()
        try addOutputs(clauses, &plan, &select, binder.scope(inside: nil), target, binder, line: line)
    }

    /// The OUTPUT clauses of a statement; `select` gets the columns of other tables as further items.
    func addOutputs(
        _ clauses: [OutputClause], _ plan: inout ChangePlan, _ select: inout BoundSelect, _ scope: Scope,
        _ target: ChangeTarget, _ binder: Binder, line: Int
    ) throws {
        guard !clauses.isEmpty else { return }
        let others = scope.sources.filter { $0.alias != target.source.alias }
        let captured = capture(others, &plan, &select, scope)
        try bindOutputs(clauses, &plan, captured, binder, line: line)
    }

    /// Adds the columns of sources to a query; the sources that are returned find them beside the changed row.
    func capture(_ sources: [Scope.Source], _ plan: inout ChangePlan, _ select: inout BoundSelect, _ scope: Scope)
        -> [Scope.Source]
    {
        var captured: [Scope.Source] = []
        for var source in sources {
            for (index, column) in source.columns.enumerated() {
                let reference = ColumnReference(
                    source: source.alias, column: column.storedName, displayName: column.name, scope: scope.id)
                select.items.append(
                    BoundExpression(node: .column(reference), type: column.type, isNullable: column.isNullable))
                source.columns[index].storedName = "x\(plan.extraCount)"
                plan.extraCount += 1
            }
            source.alias = OutputRow.alias
            captured.append(source)
        }
        return captured
    }

    func bindOutputs(
        _ clauses: [OutputClause], _ plan: inout ChangePlan, _ captured: [Scope.Source], _ binder: Binder, line: Int
    ) throws {
        for clause in clauses { plan.outputs.append(try outputPlan(clause, plan, captured, binder)) }
        guard plan.outputs.filter({ $0.into == nil }).count < 2 else {
            throw ServerMessage.error(102, line: line, "Incorrect syntax near 'OUTPUT'.")
        }
        if plan.isInstead, !plan.outputs.isEmpty {
            try checkTriggers(plan, plan.target.table.name, line: line)
            throw ServerMessage.unsupported("OUTPUT INTO with an INSTEAD OF trigger", line: line)
        }
        if !plan.outputs.isEmpty { try checkTriggers(plan, plan.target.table.name, line: line) }
    }

    private func outputPlan(
        _ clause: OutputClause, _ plan: ChangePlan, _ others: [Scope.Source], _ binder: Binder
    ) throws -> OutputPlan {
        let line = clause.range.line
        let scope = binder.scope(inside: nil)
        scope.sources = OutputRow.sources(of: plan) + others
        scope.aggregateRefusal = .error(158, "An aggregate may not appear in the OUTPUT clause.")
        var select = BoundSelect()
        var columns: [OutputColumn] = []
        for item in clause.items {
            if case .star = item { throw ServerMessage.error(102, line: line, "Incorrect syntax near '*'.") }
            if case .assignment = item { throw ServerMessage.error(102, line: line, "Incorrect syntax near '='.") }
            try binder.bindItem(item, scope, place: .subquery, isExists: false, &select, &columns, line: line)
        }
        guard !"\(select.items)".contains("BoundQuery") else {
            throw ServerMessage.error(10705, line: line, "Subqueries are not allowed in the OUTPUT clause.")
        }
        var into: InsertColumns?
        if let name = clause.into {
            let columns = try intoColumns(name, clause, select.items.count, binder)
            select.items = try zip(select.items, columns.named).map {
                try binder.coerce($0, to: $1.assignedType, line: line)
            }
            select.items += columns.defaults
            into = columns
        }
        return OutputPlan(query: OutputRow.query(select.items, plan), columns: columns, into: into)
    }

    private func intoColumns(_ name: ModificationTarget, _ clause: OutputClause, _ count: Int, _ binder: Binder) throws
        -> InsertColumns
    {
        let line = clause.range.line
        var unused = BoundSelect()
        let target = try bindTarget(name, [], binder.scope(inside: nil), &unused, binder, line: line)
        let columns = try insertColumns(clause.intoColumns, target, binder, line: line)
        guard columns.named.count == count else {
            if clause.intoColumns.isEmpty { throw mismatch(count, columns, line: line) }
            let isFewer = count < columns.named.count
            throw ServerMessage.error(
                isFewer ? 120 : 121, line: line,
                "The select list for the INSERT statement contains \(isFewer ? "fewer" : "more") items than the insert list. The number of SELECT values must match the number of INSERT columns."
            )
        }
        let table = columns.target.table
        let users = try catalog(columns.target.alias).sortedTables.filter { other in
            other.foreignKeys.contains { $0.referencedTable == table.id }
        }
        if let key = table.foreignKeys.first
            ?? users.first?.foreignKeys.first(where: { $0.referencedTable == table.id })
        {
            throw ServerMessage.error(
                332, line: line,
                "The target table '\(name.writtenName)' of the OUTPUT INTO clause cannot be on either side of a (primary key, foreign key) relationship. Found reference constraint '\(key.name)'."
            )
        }
        if let check = table.checks.first {
            throw ServerMessage.error(
                333, line: line,
                "The target table '\(name.writtenName)' of the OUTPUT INTO clause cannot have any enabled check constraints or any enabled rules. Found check constraint or rule '\(check.name)'."
            )
        }
        return columns
    }

    // MARK: Running

    /// What a clause makes of the changed rows.
    func rows(of output: OutputPlan, _ changed: [ChangedRow], _ context: BatchContext) throws -> [[SQLValue]] {
        let statement = try prepare(output.query.sql, output.query.parameters, context)
        defer { statement.reset() }
        let types = output.into.map { $0.all.map(\.assignedType) } ?? output.columns.map(\.type)
        return try changed.map { row in
            try OutputRow.bind(row, to: statement, after: output.query.parameters.count)
            guard try statement.step() else { return [] }
            defer { statement.reset() }
            return types.enumerated().map { StoredForm.decode(statement.cell($0), as: $1) }
        }
    }

    /// Puts the rows of OUTPUT INTO where they belong.
    func store(_ rows: [[SQLValue]], _ output: OutputPlan) throws {
        guard let into = output.into else { return }
        // The identity value that the session remembers is that of the statement's own target.
        let (identity, scoped) = (lastIdentity, scopeIdentities)
        defer { (lastIdentity, scopeIdentities) = (identity, scoped) }
        let clause = into.clause
        try checkIdentity(ChangePlan(verb: .insert, target: into.target, clauses: [clause], source: .constants([])))
        for row in rows { _ = try insert(row, clause, into.target, .insert) }
        try keepIdentity(into.target)
    }

    /// Sends what OUTPUT returns, when the statement has succeeded.
    func send(_ rows: [[SQLValue]], _ output: OutputPlan, _ context: BatchContext) throws {
        guard output.into == nil else { return }
        try context.sink.columns(
            output.columns.map {
                ResultColumn(name: $0.name, type: $0.type, isNullable: $0.isNullable, isIdentity: $0.isIdentity)
            })
        for row in rows { try context.sink.row(row) }
    }
}

/// The changed row as OUTPUT's expressions see it: one source with the columns before, after and of other tables.
enum OutputRow {
    static let alias = "changed"
    private static let action = "a"

    /// `inserted`, `deleted` and `$action`, as far as the statement has them.
    static func sources(of plan: ChangePlan) -> [Scope.Source] {
        var sources: [Scope.Source] = []
        let isMerge = plan.verb == .merge
        if plan.verb != .delete { sources.append(source("inserted", "n", plan, isNullable: isMerge)) }
        if plan.verb != .insert { sources.append(source("deleted", "o", plan, isNullable: isMerge)) }
        if isMerge {
            let column = Scope.Column(name: "$action", storedName: action, type: .nVarChar(10), isNullable: true)
            sources.append(Scope.Source(name: "", alias: alias, columns: [column]))
        }
        return sources
    }

    private static func source(_ name: String, _ prefix: String, _ plan: ChangePlan, isNullable: Bool) -> Scope.Source {
        let columns = plan.target.table.columns.map {
            Scope.Column(
                name: $0.name, storedName: "\(prefix)\($0.id)", type: $0.type, isNullable: isNullable || $0.isNullable,
                identity: $0.identity)
        }
        return Scope.Source(name: name, alias: alias, columns: columns, needsQualifier: true)
    }

    /// A SELECT of the items for one row, whose values are its last parameters.
    static func query(_ items: [BoundExpression], _ plan: ChangePlan) -> QueryText {
        var emitter = Emitter()
        emitter.write("SELECT ")
        emitter.list(items) { $0.expression($1) }
        let columns = plan.target.table.columns
        let names =
            [action] + columns.map { "o\($0.id)" } + columns.map { "n\($0.id)" }
            + (0..<plan.extraCount).map { "x\($0)" }
        let first = emitter.parameters.count + 1
        let list = names.enumerated().map { "?\(first + $0) AS \($1)" }.joined(separator: ", ")
        emitter.write(" FROM (SELECT \(list)) AS \(alias)")
        return QueryText(emitter)
    }

    /// Hands a row to the SELECT, behind its other parameters.
    static func bind(_ row: ChangedRow, to statement: SQLiteStatement, after count: Int) throws {
        let width = row.old?.count ?? row.new?.count ?? 0
        let none = [StoredValue](repeating: .null, count: width)
        let values = [.text(row.action.rawValue)] + (row.old ?? none) + (row.new ?? none) + row.extras
        for (index, value) in values.enumerated() { try statement.bind(value, at: count + 1 + index) }
    }
}

extension ModificationTarget {
    /// The name as messages show it.
    var writtenName: String {
        switch self {
        case .table(let name): name.description
        case .variable(let name, _): name
        }
    }
}
