import SQLValues
import TransactSQL

extension Binder {
    /// `NEXT VALUE FOR sequence`: a new value for each row.
    func nextValue(_ name: MultipartName, _ over: OverClause?, _ scope: Scope, line: Int) throws -> BoundExpression {
        if over != nil { throw ServerMessage.unsupported("NEXT VALUE FOR OVER", line: line) }
        guard queryDepth < 2, scope.outer == nil else {
            throw ServerMessage.error(
                11_719, line: line,
                "NEXT VALUE FOR function is not allowed in check constraints, default objects, computed columns, views, user-defined functions, user-defined aggregates, user-defined table types, sub-queries, common table expressions, derived tables or return statements."
            )
        }
        guard !scope.refusesNextValue else {
            throw ServerMessage.error(
                11_720, line: line,
                "NEXT VALUE FOR function is not allowed in the TOP, OVER, OUTPUT, ON, WHERE, GROUP BY, HAVING, or ORDER BY clauses."
            )
        }
        let (sequence, key) = try resolver.sequence(name)
        note("UPDATE", id: sequence.id, schema: sequence.schema, name: sequence.name, database: name.database ?? "")
        let value = BoundExpression.constant(.string(key), .nVarChar(128))
        return BoundExpression(node: .stored("ts_lookup_next_value", [value]), type: sequence.type, isNullable: false)
    }

    /// @@DBTS and MIN_ACTIVE_ROWVERSION.
    func rowVersionCounter(isNext: Bool) -> BoundExpression {
        let flag = BoundExpression.constant(.int(isNext ? 1 : 0), .int)
        return BoundExpression(node: .stored("ts_lookup_dbts", [flag]), type: .varBinary(8), isNullable: false)
    }
}
