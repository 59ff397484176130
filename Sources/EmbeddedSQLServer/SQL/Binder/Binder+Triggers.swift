import SQLValues
import TransactSQL

/// What only the body of a trigger may use.
extension Binder {
    /// The condition UPDATE(column).
    func updatePredicate(_ call: FunctionCall, line: Int) throws -> BoundExpression {
        guard let table = variables.transition(named: "inserted") else {
            throw ServerMessage.error(140, line: line, "Can only use IF UPDATE within a CREATE TRIGGER statement.")
        }
        guard let values = call.values, values.count == 1, case .column(let name) = values[0].kind else {
            throw ServerMessage.error(102, line: line, "Incorrect syntax near 'UPDATE'.")
        }
        guard let column = table.table.column(named: name.name) else {
            throw ServerMessage.error(207, line: line, "Invalid column name '\(name.name)'.")
        }
        return .condition(.stored("ts_lookup_updated", [.constant(.int(Int64(column.id)), .int)]))
    }

    /// COLUMNS_UPDATED and TRIGGER_NESTLEVEL.
    func triggerFunction(_ name: String, _ arguments: [BoundExpression], line: Int) throws -> BoundExpression? {
        switch name {
        case "COLUMNS_UPDATED":
            guard arguments.isEmpty else { throw wrongCount(name, "0", line: line) }
            return BoundExpression(
                node: .stored("ts_lookup_columns_updated", []), type: .varBinary(128), isNullable: true)
        case "TRIGGER_NESTLEVEL":
            guard arguments.count < 2 else {
                throw ServerMessage.unsupported("TRIGGER_NESTLEVEL with a kind of trigger", line: line)
            }
            let id = try arguments.map { try coerce($0, to: .int, line: line) }
            return BoundExpression(node: .stored("ts_lookup_trigger_nestlevel", id), type: .int, isNullable: true)
        default: return nil
        }
    }
}
