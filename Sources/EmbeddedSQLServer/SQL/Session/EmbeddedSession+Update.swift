import SQLValues
import TransactSQL

/// Plans of UPDATE and DELETE.
extension EmbeddedSession {
    func updatePlan(_ update: UpdateStatement, _ binder: Binder, line: Int) throws -> ChangePlan {
        try binder.accept(update.tableHints)
        try binder.declare(update.with)
        let scope = binder.scope(inside: nil)
        var select = BoundSelect()
        let written = try bindTarget(update.target, update.from, scope, &select, binder, line: line)
        let instead = try insteadTarget(written, .update)
        let target = instead ?? written
        if instead != nil, !update.from.isEmpty { throw Self.insteadOfJoin(written, line: line) }
        var sets = UpdateItems(target: target, scope: scope)
        try registerVariables(update.assignments, binder)
        scope.aggregateRefusal = .error(157, "An aggregate may not appear in the set list of an UPDATE statement.")
        for assignment in update.assignments { try bind(assignment, &sets, binder, line: line) }
        scope.aggregateRefusal = nil
        try sets.refuseRacing(line: line)
        let base = try target.base(changing: sets.columns.map(\.sourceName), line: line)
        if let condition = try currentOf(update.condition, base, target) {
            select.condition = condition
        } else if let condition = update.condition {
            select.condition = try binder.bindWithoutAggregates(condition, scope, Binder.aggregateInWhere)
        }
        let columns = sets.columns.map(\.column)
        let checks = try viewChecks(base, binder, line: line)
        select.items = [base.rowID(of: target.source)] + sets.columns.map(\.value) + sets.variables.map(\.value)
        var plan = ChangePlan(
            verb: .update, target: base.table, clauses: [ChangeClause(action: .update, columns: columns)],
            source: .constants([]))
        plan.isInstead = instead != nil
        if plan.isInstead { captureOld(target, &plan, &select) }
        plan.checks = checks
        plan.assignments =
            sets.variables.enumerated().map {
                .init(variable: $1.variable, place: 1 + columns.count + $0, isColumn: false)
            } + sets.copies
        try addOutputs(update.output, &plan, &select, scope, target, binder, line: line)
        try finish(&plan, select, update.top, binder, line: line)
        return plan
    }

    func deletePlan(_ delete: DeleteStatement, _ binder: Binder, line: Int) throws -> ChangePlan {
        try binder.accept(delete.tableHints)
        try binder.declare(delete.with)
        let scope = binder.scope(inside: nil)
        var select = BoundSelect()
        let written = try bindTarget(delete.target, delete.from, scope, &select, binder, line: line)
        let instead = try insteadTarget(written, .delete)
        let target = instead ?? written
        let base = try target.base(changing: [], line: line)
        select.items = [base.rowID(of: target.source)]
        if let condition = try currentOf(delete.condition, base, target) {
            select.condition = condition
        } else if let condition = delete.condition {
            select.condition = try binder.bindWithoutAggregates(condition, scope, Binder.aggregateInWhere)
        }
        var plan = ChangePlan(
            verb: .delete, target: base.table, clauses: [ChangeClause(action: .delete)], source: .constants([]))
        plan.isInstead = instead != nil
        if plan.isInstead { captureOld(target, &plan, &select) }
        try addOutputs(delete.output, &plan, &select, scope, target, binder, line: line)
        try finish(&plan, select, delete.top, binder, line: line)
        return plan
    }

    /// Msg 4422, and its like for a table.
    private static func insteadOfJoin(_ target: ChangeTarget, line: Int) -> ServerMessage {
        guard target.source.view != nil else {
            return .unsupported("UPDATE FROM of a table with an INSTEAD OF trigger", line: line)
        }
        return .error(
            4422, line: line,
            "View '\(target.name)' has an INSTEAD OF UPDATE trigger and cannot be a target of an UPDATE FROM statement."
        )
    }

    /// Writes the query of a plan, with its TOP.
    func finish(_ plan: inout ChangePlan, _ select: BoundSelect, _ top: TopClause?, _ binder: Binder, line: Int) throws
    {
        var query = BoundQuery(body: .select(select), columns: [])
        if let top { try limit(&query, top, &plan, binder, line: line) }
        plan.source = .query(QueryText(query))
    }

    private func limit(
        _ query: inout BoundQuery, _ top: TopClause, _ plan: inout ChangePlan, _ binder: Binder, line: Int
    ) throws {
        if top.withTies {
            throw ServerMessage.error(
                1062, line: line, "The TOP N WITH TIES clause is not allowed without a corresponding ORDER BY clause.")
        }
        guard top.isPercent else {
            query.limit = try binder.limit(top.count, kind: 0)
            return
        }
        guard plan.assignments.isEmpty else {
            throw ServerMessage.unsupported("TOP PERCENT with UPDATE SET @variable", line: line)
        }
        let share = try binder.coerce(binder.bindAlone(top.count), to: .float, line: top.count.range.line)
        var emitter = Emitter()
        emitter.write("SELECT ")
        emitter.expression(share)
        plan.percent = QueryText(emitter)
    }

    // MARK: SET

    private func registerVariables(_ assignments: [UpdateStatement.Assignment], _ binder: Binder) throws {
        for assignment in assignments {
            switch assignment {
            case .column: continue
            case .variable(let name, _, let value), .variableAndColumn(let name, _, _, let value):
                guard let index = binder.variables.index(of: name) else {
                    throw ServerMessage.error(
                        137, line: value.range.line, "Must declare the scalar variable \"\(name)\".")
                }
                binder.liveVariables.insert(index)
            }
        }
    }

    private func bind(
        _ assignment: UpdateStatement.Assignment, _ sets: inout UpdateItems, _ binder: Binder, line: Int
    ) throws {
        switch assignment {
        case .column(let name, let sign, let expression):
            try sets.add(try setColumn(name, sign, expression, sets, binder, line: line))
        case .variable(let name, let sign, let expression):
            guard let index = binder.variables.index(of: name) else { return }
            let type = binder.variables.type(at: index)
            var value = try binder.bind(expression, sets.scope)
            if let operation = sign.binary {
                let old = BoundExpression(node: .liveVariable(index), type: type, isNullable: true)
                value = try binder.binary(operation, old, value, line: expression.range.line)
            }
            value = try binder.coerce(value, to: type, line: expression.range.line)
            sets.variables.append(.init(variable: index, value: value))
        case .variableAndColumn(let name, let column, let sign, let expression):
            guard let index = binder.variables.index(of: name) else { return }
            let set = try setColumn(column, sign, expression, sets, binder, line: line)
            let type = binder.variables.type(at: index)
            if let refusal = TypeRules.implicitRefusal(from: set.column.type, to: type) {
                throw refusal.at(line: expression.range.line)
            }
            sets.copies.append(.init(variable: index, place: sets.columns.count, isColumn: true))
            try sets.add(set)
        }
    }

    func setColumn(
        _ name: MultipartName, _ sign: AssignmentOperator, _ expression: SQLExpression, _ sets: UpdateItems,
        _ binder: Binder, line: Int
    ) throws -> UpdateItems.Column {
        let (column, source) = try sets.target.column(name)
        guard column.identity == nil else {
            throw ServerMessage.error(8102, line: line, "Cannot update identity column '\(column.name)'.")
        }
        if column.computed != nil { throw Self.computedColumn(column, line: line) }
        if column.isRowVersion { throw ServerMessage.error(272, line: line, "Cannot update a timestamp column.") }
        if expression.kind == .defaultValue {
            let value = try defaultValue(of: column, binder, line: line)
            return .init(column: column, sourceName: source.storedName, value: value)
        }
        var value = try binder.bind(expression, sets.scope)
        if let operation = sign.binary {
            let reference = ColumnReference(
                source: sets.target.source.alias, column: source.storedName, displayName: column.name,
                scope: sets.scope.id)
            let old = BoundExpression(node: .column(reference), type: column.type, isNullable: column.isNullable)
            value = try binder.binary(operation, old, value, line: expression.range.line)
        }
        value = try binder.coerce(value, to: column.assignedType, line: expression.range.line)
        return .init(column: column, sourceName: source.storedName, value: value)
    }
}

/// What the SET of an UPDATE assigns.
struct UpdateItems {
    struct Column {
        var column: ColumnInfo
        /// The column's name in the source that is changed.
        var sourceName: String
        var value: BoundExpression
    }

    struct Variable {
        var variable: Int
        var value: BoundExpression
    }

    let target: ChangeTarget
    let scope: Scope
    var columns: [Column] = []
    var variables: [Variable] = []
    /// Variables that get the new value of a column.
    var copies: [ChangePlan.Assignment] = []

    mutating func add(_ column: Column) throws {
        guard !columns.contains(where: { $0.column.id == column.column.id && $0.sourceName == column.sourceName })
        else {
            throw ServerMessage.error(
                264,
                "The column name '\(column.column.name)' is specified more than once in the SET clause or column list of an INSERT. A column cannot be assigned more than one value in the same clause. Modify the clause to make sure that a column is updated only once. If this statement updates or inserts columns into a view, column aliasing can conceal the duplication in your code."
            )
        }
        columns.append(column)
    }

    /// Which item sees a variable's old value and which its new one is not defined when one sets what another reads.
    func refuseRacing(line: Int) throws {
        for variable in variables.map(\.variable) + copies.map(\.variable) {
            let word = "liveVariable(\(variable))"
            let own = copies.first { $0.variable == variable }?.place
            let readers =
                columns.indices.contains { $0 != own && "\(columns[$0].value.node)".contains(word) }
                || variables.contains { $0.variable != variable && "\($0.value.node)".contains(word) }
            if readers {
                throw ServerMessage.unsupported("UPDATE that sets a variable and reads it elsewhere", line: line)
            }
        }
    }
}
