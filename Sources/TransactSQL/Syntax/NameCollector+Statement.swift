extension NameCollector {
    mutating func visit(_ statement: Statement) {
        switch statement.kind {
        case .select(let query): visit(query)
        case .insert(let insert): visit(insert)
        case .update(let update):
            visit(
                update.with, update.top, update.target, update.from, update.condition, update.output,
                update.assignments)
        case .delete(let delete):
            visit(delete.with, delete.top, delete.target, delete.from, delete.condition, delete.output, [])
        case .merge(let merge): visit(merge)
        case .declare(let declare): for item in declare.items { visit(item) }
        case .set(.variable(_, _, let value)), .set(.value(_, let value)): visit(value)
        case .execute(let execute): visit(execute)
        case .cursor(.declare(_, let definition)), .cursor(.assign(_, let definition)): visit(definition.query)
        case .block(let list): for inner in list { visit(inner) }
        case .conditional(let branch):
            visit(branch.condition)
            visit(branch.then)
            if let otherwise = branch.otherwise { visit(otherwise) }
        case .loop(let loop):
            visit(loop.condition)
            visit(loop.body)
        case .returnValue(let value): visit(value)
        case .tryCatch(let parts): for inner in parts.body + parts.handler { visit(inner) }
        case .throwError(let error?): for value in [error.number, error.message, error.state] { visit(value) }
        case .raiserror(let error):
            for value in [error.message, error.severity, error.state] + error.arguments { visit(value) }
        case .print(let value): visit(value)
        default: break
        }
    }

    private mutating func visit(_ item: DeclareStatement.Item) {
        switch item.kind {
        case .scalar(let type, let initial):
            visit(type)
            visit(initial)
        case .table(let definition): visit(definition)
        case .cursor: break
        }
    }

    private mutating func visit(_ execute: ExecuteStatement) {
        switch execute.target {
        case .procedure(let name): note(.procedure, name)
        case .variable: break
        case .text(let text): visit(text)
        }
    }

    private mutating func visit(_ insert: InsertStatement) {
        with(insert.with) { collector in
            collector.visit(target: insert.target, among: [])
            switch insert.source {
            case .values(let rows): for row in rows { for value in row { collector.visit(value) } }
            case .query(let query): collector.visit(query)
            case .execute(let execute): collector.visit(execute)
            case .defaultValues: break
            }
            collector.visit(insert.output)
        }
    }

    /// UPDATE and DELETE: the target may be an alias of FROM.
    private mutating func visit(
        _ clause: WithClause?, _ top: TopClause?, _ target: ModificationTarget, _ from: [TableSource],
        _ condition: SQLExpression?, _ output: [OutputClause], _ assignments: [UpdateStatement.Assignment]
    ) {
        with(clause) { collector in
            collector.inScope(of: from) { collector in
                collector.visit(target: target, among: collector.scopes.first ?? [])
                if from.isEmpty, case .table(let name) = target, !collector.isCommon(name) {
                    collector.scopes[0].append(.init(exposed: name.name, name: name))
                }
                collector.visit(top?.count)
                for assignment in assignments { collector.visit(assignment) }
                collector.visit(condition)
                collector.visit(output)
            }
        }
    }

    private mutating func visit(_ merge: MergeStatement) {
        with(merge.with) { collector in
            collector.inScope(of: [merge.source]) { collector in
                collector.visit(target: merge.target, among: [])
                if case .table(let name) = merge.target {
                    collector.scopes[0].append(
                        .init(exposed: merge.alias?.value ?? name.name, name: collector.isCommon(name) ? nil : name))
                }
                collector.visit(merge.condition)
                for clause in merge.clauses {
                    collector.visit(clause.condition)
                    switch clause.action {
                    case .update(let assignments): for item in assignments { collector.visit(item) }
                    case .delete: break
                    case .insert(_, let values): for value in values ?? [] { collector.visit(value) }
                    }
                }
                collector.visit(merge.output)
            }
        }
    }

    private mutating func visit(_ assignment: UpdateStatement.Assignment) {
        switch assignment {
        case .column(let name, _, let value), .variableAndColumn(_, let name, _, let value):
            note(.column(scopes), name)
            visit(value)
        case .variable(_, _, let value): visit(value)
        }
    }

    private mutating func visit(_ output: [OutputClause]) {
        for clause in output {
            for case .expression(let value, _) in clause.items { visit(value) }
            if let into = clause.into { visit(target: into, among: []) }
        }
    }

    /// The table that is changed, unless it is an alias or a common table expression.
    private mutating func visit(target: ModificationTarget, among sources: [NameReference.Source]) {
        guard case .table(let name) = target, !isCommon(name) else { return }
        if name.parts.count == 1,
            let source = sources.first(where: { $0.exposed.lowercased() == name.name.lowercased() }),
            source.name?.parts.map({ $0.value }) != name.parts.map({ $0.value })
        {
            return
        }
        note(.source, name)
    }
}
