import SQLValues
import TransactSQL

extension ExecuteStatement {
    /// `EXEC ('text')`.
    var isText: Bool { if case .text = target { true } else { false } }
}

extension EmbeddedSession {
    /// sp_addrolemember and sp_droprolemember; false for other names.
    func runMembershipProcedure(
        _ name: String, _ execute: ExecuteStatement, _ context: BatchContext, line: Int
    ) throws -> Bool {
        guard name == "sp_addrolemember" || name == "sp_droprolemember" else { return false }
        var values: [String: String] = [:]
        let names = ["@rolename", "@membername"]
        for (index, argument) in execute.arguments.enumerated() {
            let key = argument.name?.lowercased() ?? (index < names.count ? names[index] : "")
            guard names.contains(key) else {
                throw ServerMessage.error(
                    8144, state: 2, line: line, "Procedure or function \(name) has too many arguments specified.")
            }
            values[key] = try text(argument.value, context)
        }
        guard let role = values["@rolename"], let member = values["@membername"] else {
            let missing = names.first { values[$0] == nil } ?? ""
            throw ServerMessage.error(
                201, state: 4, line: line,
                "Procedure or function '\(name)' expects parameter '\(missing)', which was not supplied.")
        }
        if try databaseSecurity(currentAlias).principal(named: member) == nil {
            throw ServerMessage.error(
                15_410, line: line, "User or role '\(member)' does not exist in this database.")
        }
        try changeMembers(of: role, member, adds: name == "sp_addrolemember")
        stamp += 1
        return true
    }

    /// A constant, a variable, or a bare word.
    private func text(_ value: SQLExpression, _ context: BatchContext) throws -> String {
        if case .column(let name) = value.kind { return name.name }
        guard case .string(let text) = try evaluate(value, as: .nVarChar(128), context).value else { return "" }
        return text
    }
}
