import SQLValues
import TransactSQL

extension EmbeddedSession {
    /// The DEFAULT of a column in SQLite, which it needs for SET DEFAULT of a foreign key only.
    func storedDefault(_ id: Int, _ table: TableInfo) throws -> String {
        guard table.foreignKeys.contains(where: { $0.setsDefault && $0.columns.contains(id) }),
            let column = table.column(id: id), let text = column.defaultValue?.text
        else { return "" }
        let binder = makeBinder(Variables())
        let bound = try binder.coerce(
            binder.bindAlone(try StoredExpression.parse(text)), to: column.assignedType, line: 0)
        guard let value = bound.constantValue else {
            throw ServerMessage.unsupported("SET DEFAULT of a column whose default is no constant")
        }
        let target = ResolvedTable(table: table, database: database.name, alias: currentAlias)
        var emitter = Emitter()
        emitter.write(" DEFAULT (")
        emitter.literal(value.isNull ? .null : try stored(value, in: column, target, "INSERT"))
        emitter.write(")")
        return emitter.text
    }
}

extension ForeignKeyInfo {
    /// Whether it has SET DEFAULT.
    var setsDefault: Bool { onDelete == "SET DEFAULT" || onUpdate == "SET DEFAULT" }
}

extension ConstraintDefinition {
    /// Whether it is a DEFAULT.
    var isDefault: Bool {
        if case .defaultValue = kind { return true }
        return false
    }
}
