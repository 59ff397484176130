import SQLValues

extension Binder {
    /// Functions of texts that ask for the session's locks and options when they run.
    func stateFunction(_ name: String, _ arguments: [BoundExpression], line: Int) throws -> BoundExpression {
        let shapes: [String: (count: Int, type: SQLType)] = [
            "APPLOCK_MODE": (3, .nVarChar(32)), "APPLOCK_TEST": (4, .smallInt), "SESSIONPROPERTY": (1, .variant),
        ]
        guard let shape = shapes[name], arguments.count == shape.count else {
            throw wrongCount(name, "\(shapes[name]?.count ?? 0)", line: line)
        }
        let inputs = try arguments.map { try coerce($0, to: .nVarChar(255), line: line) }
        return BoundExpression(
            node: .stored("ts_lookup_\(name.lowercased())", inputs), type: shape.type, isNullable: true)
    }
}
