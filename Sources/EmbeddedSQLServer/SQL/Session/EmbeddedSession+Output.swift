import SQLValues
import TransactSQL

/// A column that OUTPUT returns of an inserted row.
struct InsertedColumn {
    var name: String
    var column: ColumnInfo
}

extension EmbeddedSession {
    /// The columns of `OUTPUT inserted.…`; expressions and INTO are refused.
    func insertedColumns(_ clauses: [OutputClause], of target: ResolvedTable) throws -> [InsertedColumn] {
        guard let clause = clauses.first else { return [] }
        let line = clause.range.line
        guard clauses.count == 1, clause.into == nil else { throw ServerMessage.unsupported("OUTPUT INTO", line: line) }
        return try clause.items.flatMap { item -> [InsertedColumn] in
            switch item {
            case .qualifiedStar(let name) where name.name.lowercased() == "inserted":
                return target.table.columns.map { InsertedColumn(name: $0.name, column: $0) }
            case .expression(let expression, let alias):
                guard case .column(let name) = expression.kind, name.parts.count == 2 else {
                    throw ServerMessage.unsupported("OUTPUT of an expression", line: line)
                }
                guard name.schema?.lowercased() == "inserted" else {
                    throw ServerMessage.error(
                        4104, line: name.range.line,
                        "The multi-part identifier \"\(name.description)\" could not be bound.")
                }
                let column = try self.column(name, of: target)
                return [InsertedColumn(name: alias?.value ?? column.name, column: column)]
            default: throw ServerMessage.unsupported("OUTPUT of an expression", line: line)
            }
        }
    }

    /// Sends what OUTPUT returns, when the statement has succeeded.
    func send(_ rows: [[Int: StoredValue]], _ output: [InsertedColumn], _ context: BatchContext) throws {
        guard !output.isEmpty else { return }
        try context.sink.columns(
            output.map {
                ResultColumn(
                    name: $0.name, type: $0.column.type, isNullable: $0.column.isNullable,
                    isIdentity: $0.column.identity != nil)
            })
        for row in rows {
            try context.sink.row(
                output.map { StoredForm.decode(row[$0.column.id] ?? .null, as: $0.column.type) })
        }
    }
}
