import SQLValues
import TransactSQL

extension EmbeddedSession {
    /// The expression of a computed column, or of a CHECK or filter, on the columns of one table.
    private func scope(_ table: TableInfo, _ binder: Binder) -> Scope {
        let scope = binder.scope(inside: nil)
        let columns = table.columns.map {
            Scope.Column(name: $0.name, storedName: $0.storedName, type: $0.type, isNullable: $0.isNullable)
        }
        scope.sources = [Scope.Source(name: table.name, schema: table.schema, alias: "", columns: columns, table: nil)]
        scope.aggregateRefusal = Binder.aggregateInWhere
        scope.refusesNextValue = true
        return scope
    }

    private static let subquery = ServerMessage.error(
        1046, "Subqueries are not allowed in this context. Only scalar expressions are allowed.")

    /// A search condition on the columns of a table, in SQLite's words.
    func condition(_ text: String, _ table: TableInfo) throws -> String {
        let binder = makeBinder(Variables())
        let bound = try binder.bindCondition(
            try StoredExpression.parse(condition: text), scope(table, binder))
        var emitter = Emitter()
        emitter.expression(bound)
        guard emitter.parameters.isEmpty else {
            throw ServerMessage.unsupported("CHECK that depends on the session or the time")
        }
        guard !emitter.text.contains(Binder.moduleCall) else {
            throw ServerMessage.unsupported("CHECK with a user-defined function")
        }
        guard !"\(bound)".contains("BoundQuery") else { throw Self.subquery }
        return emitter.text
    }

    /// The value of a computed column: in SQLite's words, as it was bound, and whether it is the same every time.
    func computedExpression(_ text: String, _ table: TableInfo) throws -> (
        sql: String, bound: BoundExpression, isDeterministic: Bool
    ) {
        let binder = makeBinder(Variables())
        let bound = try binder.bind(try StoredExpression.parse(text), scope(table, binder))
        var emitter = Emitter()
        emitter.expression(bound)
        guard !"\(bound)".contains("BoundQuery") else { throw Self.subquery }
        guard !emitter.text.contains(Binder.moduleCall) else {
            throw ServerMessage.unsupported("computed column with a user-defined function")
        }
        let isSteady = !["ts_newid", "ts_lookup", "ts_rand"].contains { emitter.text.contains($0) }
        return (emitter.text, bound, emitter.parameters.isEmpty && isSteady)
    }
}

extension TableBuilder {
    /// Gives a computed column its type, when all other columns are known.
    mutating func resolve(_ definition: ColumnDefinition) throws {
        let line = definition.range.line
        guard let index = table.columns.firstIndex(where: { TextCollation.areEqual($0.name, definition.name.value) }),
            let computed = table.columns[index].computed
        else { return }
        var plain = table
        plain.columns.removeAll { $0.computed != nil }
        let value: (sql: String, bound: BoundExpression, isDeterministic: Bool)
        do {
            value = try session.computedExpression(computed.text, plain)
        } catch let error as ServerMessage where error.number == 207 {
            let names = table.columns.filter { $0.computed != nil && $0.id != table.columns[index].id }.map(\.name)
            guard let other = names.first(where: { error.text.contains("'\($0)'") }) else { throw error.at(line: line) }
            throw ServerMessage.error(
                1759, state: 0, line: line,
                "Computed column '\(other)' in table '\(table.name)' is not allowed to be used in another computed-column definition."
            )
        }
        guard value.isDeterministic else {
            guard computed.isPersisted else {
                throw ServerMessage.unsupported("computed column that depends on the session or the time", line: line)
            }
            throw ServerMessage.error(
                4936, line: line,
                "Computed column '\(definition.name.value)' in table '\(table.name)' cannot be persisted because the column is non-deterministic."
            )
        }
        let isSure: Bool
        switch value.bound.node {
        case .column, .coalesce, .constant: isSure = !value.bound.isNullable
        default: isSure = false
        }
        table.columns[index].typeCode = value.bound.type.code
        table.columns[index].isNullable = definition.isNullable == false && computed.isPersisted ? false : !isSure
    }
}
