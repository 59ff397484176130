import SQLValues
import TransactSQL

/// How MERGE finds the rows that it changes.
struct MergePlan {
    /// Each source row with its target row's id or NULL, the number of the clause that applies, and its columns.
    var pairs: QueryText
    /// The target rows without a source row, for NOT MATCHED BY SOURCE: the id and the number of the clause.
    var lonely: QueryText?
    /// The values of each clause for one row: the last parameters are the target's id, unless it inserts, and the
    /// source's columns.
    var values: [QueryText?]
    /// The number of rows of TOP.
    var top: QueryText?
}

/// The plan of MERGE.
extension EmbeddedSession {
    func mergePlan(_ merge: MergeStatement, _ binder: Binder, line: Int) throws -> ChangePlan {
        try binder.accept(merge.tableHints)
        try binder.declare(merge.with)
        let scope = binder.scope(inside: nil)
        var unused = BoundSelect()
        let target = try bindTarget(
            merge.target, [], alias: merge.alias, scope, &unused, binder, line: line)
        for action in [ChangeClause.Action.insert, .update, .delete]
        where try insteadTarget(target, action) != nil {
            throw ServerMessage.unsupported("MERGE with INSTEAD OF triggers", line: line)
        }
        let (source, sources) = try binder.bindSource(merge.source, scope)
        guard !sources.contains(where: { TextCollation.areEqual($0.name, target.source.name) }) else {
            throw ServerMessage.error(
                5318, line: line,
                "In a MERGE statement, the source and target cannot have the same name or alias. Use different aliases for the source and target to ensure that they have unique names in the MERGE statement."
            )
        }
        try Binder.add(sources, to: scope, line: line)
        var plan = ChangePlan(
            verb: .merge, target: try target.base(changing: [], line: line).table, clauses: [],
            source: .constants([]))
        var select = BoundSelect()
        let captured = capture(sources, &plan, &select, scope)
        var parts = MergeParts(
            target: target, targetSource: unused.from[0], source: source, sources: sources, captured: captured,
            binder: binder, line: line)
        let on = try binder.bindWithoutAggregates(merge.condition, scope, Binder.aggregateInWhere)
        var merged = MergePlan(pairs: try parts.pairs(merge.clauses, on, select), values: [])
        merged.lonely = try parts.lonely(merge.clauses, on)
        for clause in merge.clauses {
            let (change, values) = try bind(clause, &parts, plan)
            plan.clauses.append(change)
            merged.values.append(values)
        }
        if let top = merge.top { try limit(&merged, top, &plan, binder) }
        plan.source = .merge(merged)
        plan.checks = try viewChecks(parts.base, binder, line: line)
        try bindOutputs(merge.output, &plan, captured, binder, line: line)
        return plan
    }

    private func limit(_ merged: inout MergePlan, _ top: TopClause, _ plan: inout ChangePlan, _ binder: Binder) throws {
        let line = top.count.range.line
        var emitter = Emitter()
        emitter.write("SELECT ")
        guard top.isPercent else {
            emitter.expression(try binder.limit(top.count, kind: 0))
            merged.top = QueryText(emitter)
            return
        }
        emitter.expression(try binder.coerce(binder.bindAlone(top.count), to: .float, line: line))
        plan.percent = QueryText(emitter)
    }

    // MARK: Clauses

    /// What a clause does, and the query of its values.
    private func bind(_ clause: MergeStatement.Clause, _ parts: inout MergeParts, _ plan: ChangePlan) throws
        -> (ChangeClause, QueryText?)
    {
        switch clause.action {
        case .delete: return (ChangeClause(action: .delete), nil)
        case .update(let assignments):
            var sets = UpdateItems(target: parts.target, scope: parts.valueScope(of: clause.match))
            sets.scope.aggregateRefusal = Self.aggregateInWhen
            for assignment in assignments { try bind(assignment, &sets, clause.match, parts) }
            let query = parts.query(of: sets.columns.map(\.value), plan, updates: true)
            return (ChangeClause(action: .update, columns: sets.columns.map(\.column)), query)
        case .insert(let names, let values):
            if let long = names.first(where: { $0.parts.count > 1 }) {
                throw ServerMessage.error(
                    10739, line: long.range.line,
                    "The insert column list used in the MERGE statement cannot contain multi-part identifiers. Use single part identifiers instead."
                )
            }
            let columns = try insertColumns(
                names, parts.target, isDefault: values == nil, parts.binder, line: clause.range.line)
            let bound = try bind(values ?? [], columns, names.isEmpty, parts, line: clause.range.line)
            return (columns.clause, parts.query(of: bound + columns.defaults, plan, updates: false))
        }
    }

    private static let aggregateInWhen = ServerMessage.error(
        5319, "Aggregates are not allowed in a WHEN clause of a MERGE statement.")

    private func bind(
        _ assignment: UpdateStatement.Assignment, _ sets: inout UpdateItems, _ match: MergeStatement.Match,
        _ parts: MergeParts
    ) throws {
        guard case .column(let name, let sign, let expression) = assignment else {
            if case .variableAndColumn = assignment {
                throw ServerMessage.error(
                    10723, line: parts.line,
                    "In a MERGE statement, a variable cannot be set to a column and expression in the same assignment in the SET clause of an UPDATE action. Assignments of the form 'SET @variable = column = expression' are not valid in the SET clause of an UPDATE action in a MERGE statement. Modify the SET clause to only specify assignments of the form 'SET @variable = column' or 'SET @variable = expression'."
                )
            }
            throw ServerMessage.unsupported("MERGE UPDATE SET @variable", line: parts.line)
        }
        let current = sets
        try sets.add(
            try parts.explaining(match) {
                try setColumn(name, sign, expression, current, parts.binder, line: expression.range.line)
            })
    }

    private func bind(
        _ values: [SQLExpression], _ columns: InsertColumns, _ isBare: Bool, _ parts: MergeParts, line: Int
    ) throws -> [BoundExpression] {
        guard values.count == columns.named.count else {
            throw isBare
                ? mismatch(values.count, columns, line: line)
                : Self.mismatch(values.count, of: columns.named.count, line: line)
        }
        let scope = parts.valueScope(of: .notMatched)
        scope.aggregateRefusal = Self.aggregateInWhen
        return try zip(values, columns.named).map { value, column in
            if value.kind == .defaultValue { return try defaultValue(of: column, parts.binder, line: line) }
            return try parts.explaining(.notMatched) {
                try parts.binder.coerce(
                    parts.binder.bind(value, scope), to: column.assignedType, line: value.range.line)
            }
        }
    }
}
