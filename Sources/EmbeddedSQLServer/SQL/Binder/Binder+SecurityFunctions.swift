import SQLValues

extension Binder {
    private struct SecurityFunction {
        var inputs: [SQLType]
        /// How many of the inputs must be given.
        var least: Int
        var output: SQLType
    }

    private static let name = SQLType.nVarChar(128)

    private static let securityFunctions: [String: SecurityFunction] = [
        "SUSER_SNAME": SecurityFunction(inputs: [.varBinary(85)], least: 1, output: name),
        "SUSER_NAME": SecurityFunction(inputs: [.int], least: 1, output: name),
        "SUSER_ID": SecurityFunction(inputs: [name], least: 0, output: .int),
        "SUSER_SID": SecurityFunction(inputs: [name, .int], least: 0, output: .varBinary(85)),
        "USER_ID": SecurityFunction(inputs: [name], least: 0, output: .int),
        "USER_NAME": SecurityFunction(inputs: [.int], least: 1, output: name),
        "DATABASE_PRINCIPAL_ID": SecurityFunction(inputs: [name], least: 0, output: .int),
        "IS_MEMBER": SecurityFunction(inputs: [name], least: 1, output: .int),
        "IS_ROLEMEMBER": SecurityFunction(inputs: [name, name], least: 1, output: .int),
        "IS_SRVROLEMEMBER": SecurityFunction(inputs: [name, name], least: 1, output: .int),
        "HAS_DBACCESS": SecurityFunction(inputs: [name], least: 1, output: .int),
        "HAS_PERMS_BY_NAME": SecurityFunction(
            inputs: [.nVarChar(776), .nVarChar(60), .nVarChar(60), name, .nVarChar(60)], least: 3, output: .int),
    ]

    /// Functions on logins, users, roles and permissions; nil for other names.
    func securityFunction(_ name: String, _ arguments: [BoundExpression], line: Int) throws -> BoundExpression? {
        guard let function = Self.securityFunctions[name] else { return nil }
        guard (function.least...function.inputs.count).contains(arguments.count) else {
            let isFixed = function.least == function.inputs.count
            throw isFixed
                ? wrongCount(name, "\(function.least)", line: line)
                : ServerMessage.error(
                    189, line: line,
                    "The \(name.lowercased()) function requires \(function.least) to \(function.inputs.count) arguments."
                )
        }
        let inputs = try zip(arguments, function.inputs).map { try coerce($0, to: $1, line: line) }
        return BoundExpression(
            node: .stored("ts_lookup_\(name.lowercased())", inputs), type: function.output, isNullable: true)
    }

    /// The names under which the session answers these functions.
    static let securityLookups = securityFunctions.keys.map { $0.lowercased() }.sorted()
}
