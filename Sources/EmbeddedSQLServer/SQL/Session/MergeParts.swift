import SQLValues
import TransactSQL

/// What the clauses of a MERGE are bound with.
struct MergeParts {
    let target: ChangeTarget
    let targetSource: BoundSource
    let source: BoundSource
    let sources: [Scope.Source]
    /// The source's columns as those of one row at hand.
    let captured: [Scope.Source]
    let binder: Binder
    let line: Int
    let base: Scope.Base

    init(
        target: ChangeTarget, targetSource: BoundSource, source: BoundSource, sources: [Scope.Source],
        captured: [Scope.Source], binder: Binder, line: Int
    ) {
        self.target = target
        self.targetSource = targetSource
        self.source = source
        self.sources = sources
        self.captured = captured
        self.binder = binder
        self.line = line
        base = target.source.bases[0]
    }

    private var rowID: BoundExpression { base.rowID(of: target.source) }

    // MARK: Scopes

    /// What the condition of a clause may name.
    private func conditionScope(of match: MergeStatement.Match) -> Scope { scope(match, sources) }

    /// What the values of a clause may name: its target row, and the columns of its source row.
    func valueScope(of match: MergeStatement.Match) -> Scope { scope(match, captured) }

    private func scope(_ match: MergeStatement.Match, _ others: [Scope.Source]) -> Scope {
        let scope = binder.scope(inside: nil)
        switch match {
        case .matched: scope.sources = [target.source] + others
        case .notMatched: scope.sources = others
        case .notMatchedBySource: scope.sources = [target.source]
        }
        return scope
    }

    /// Says of a name that only the other side has why it is not found.
    func explaining<Result>(_ match: MergeStatement.Match, _ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as ServerMessage where error.number == 4104 || error.number == 207 {
            let quote: Character = error.number == 4104 ? "\"" : "'"
            let name = error.text.split(separator: quote).dropFirst().first.map(String.init) ?? ""
            let parts = NameSplitter.parts(name)
            let others = match == .notMatched ? [target.source] : match == .matched ? [] : sources
            let isElsewhere = others.contains { other in
                (parts.count == 1 || TextCollation.areEqual(other.name, parts[parts.count - 2]))
                    && other.columns.contains { TextCollation.areEqual($0.name, parts[parts.count - 1]) }
            }
            guard isElsewhere else { throw error }
            let isSource = match == .notMatched
            throw ServerMessage.error(
                isSource ? 5333 : 5334, line: Int(error.line),
                "The identifier '\(name)' cannot be bound. Only \(isSource ? "source" : "target") columns and columns in the clause scope are allowed in the '\(match.rawValue)' clause of a MERGE statement."
            )
        }
    }

    // MARK: Queries

    /// Each source row with its target row and the clause that applies.
    func pairs(_ clauses: [MergeStatement.Clause], _ on: BoundExpression, _ columns: BoundSelect) throws -> QueryText {
        let matched = try number(clauses, .matched)
        let missing = try number(clauses, .notMatched)
        let isMissing = BoundExpression.condition(.isNull(rowID, negated: false))
        let clause = BoundExpression(
            node: .caseWhen([.init(when: isMissing, then: missing)], otherwise: matched), type: .int, isNullable: true)
        var select = BoundSelect()
        select.from = [.join(.left, source, targetSource, on: on)]
        select.items = [rowID, clause] + columns.items
        return QueryText(BoundQuery(body: .select(select), columns: []))
    }

    /// The target rows that no source row matches, when a clause is for them.
    func lonely(_ clauses: [MergeStatement.Clause], _ on: BoundExpression) throws -> QueryText? {
        guard clauses.contains(where: { $0.match == .notMatchedBySource }) else { return nil }
        var inner = BoundSelect()
        inner.items = [.constant(.int(1), .int)]
        inner.from = [source]
        inner.condition = on
        let exists = BoundExpression.condition(.exists(BoundQuery(body: .select(inner), columns: [])))
        var select = BoundSelect()
        select.from = [targetSource]
        select.items = [rowID, try number(clauses, .notMatchedBySource)]
        select.condition = .condition(.not(exists))
        return QueryText(BoundQuery(body: .select(select), columns: []))
    }

    /// The number of the first clause of a kind whose condition holds.
    private func number(_ clauses: [MergeStatement.Clause], _ match: MergeStatement.Match) throws -> BoundExpression {
        var result = BoundExpression.constant(.null, .int)
        for (index, clause) in clauses.enumerated().reversed() where clause.match == match {
            let number = BoundExpression.constant(.int(Int64(index)), .int)
            guard let condition = clause.condition else {
                result = number
                continue
            }
            let scope = conditionScope(of: match)
            let bound = try explaining(match) {
                try binder.bindWithoutAggregates(
                    condition, scope, .error(5319, "Aggregates are not allowed in a WHEN clause of a MERGE statement."))
            }
            result = BoundExpression(
                node: .caseWhen([.init(when: bound, then: number)], otherwise: result), type: .int, isNullable: true)
        }
        return result
    }

    /// The values of a clause for the row whose source columns, and target id when it updates, come last.
    func query(of values: [BoundExpression], _ plan: ChangePlan, updates: Bool) -> QueryText {
        var emitter = Emitter()
        emitter.write("SELECT ")
        emitter.list(values.isEmpty ? [.constant(.null, .int)] : values) { $0.expression($1) }
        emitter.write(" FROM ")
        if updates {
            emitter.source(targetSource)
            emitter.write(" CROSS JOIN ")
        }
        let first = emitter.parameters.count + 1
        let offset = updates ? 1 : 0
        let list = (0..<plan.extraCount).map { "?\(first + offset + $0) AS x\($0)" }.joined(separator: ", ")
        emitter.write("(SELECT \(list)) AS \(OutputRow.alias)")
        if updates { emitter.write(" WHERE \(target.source.alias).\(base.rowID) = ?\(first)") }
        return QueryText(emitter)
    }
}
