import SQLValues
import TransactSQL

extension Binder {
    /// A call of a scalar function of the user's, which is written with its schema.
    func moduleFunction(_ call: FunctionCall, _ scope: Scope, line: Int) throws -> BoundExpression {
        let name = call.name.description
        guard let values = call.values, call.over == nil else {
            throw ServerMessage.unsupported("\(name) with these arguments", line: line)
        }
        guard let found = try resolver.scalarFunction(call.name) else {
            let first = call.name.parts[0].value
            throw ServerMessage.error(
                4121, line: line,
                "Cannot find either column \"\(first)\" or the user-defined function or aggregate \"\(name)\", or the name is ambiguous."
            )
        }
        try noteFunction(call.name, "EXECUTE")
        guard values.count >= found.parameters.count else {
            throw ServerMessage.error(
                313, state: 2, line: line,
                "An insufficient number of arguments were supplied for the procedure or function \(name).")
        }
        guard values.count == found.parameters.count else {
            throw ServerMessage.error(
                8144, state: 2, line: line, "Procedure or function \(name) has too many arguments specified.")
        }
        let arguments = try zip(values, found.parameters).map { value, parameter -> BoundExpression in
            if case .defaultValue = value.kind {
                guard let standard = parameter.defaultValue else { return .constant(.null, parameter.type) }
                return try coerce(bindAlone(standard), to: parameter.type, line: line)
            }
            return try coerce(bind(value, scope), to: parameter.type, line: line)
        }
        let key = BoundExpression.constant(.string(found.key), .nVarCharMax)
        return BoundExpression(
            node: .stored(Self.moduleCall, [key] + arguments), type: found.type, isNullable: true)
    }

    /// The function in SQLite that runs functions of the user's.
    static let moduleCall = "ts_module"
}
