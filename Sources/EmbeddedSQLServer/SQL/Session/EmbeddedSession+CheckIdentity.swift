import SQLValues
import TransactSQL

extension EmbeddedSession {
    /// DBCC CHECKIDENT.
    func checkIdentity(_ statement: CheckIdentityStatement, _ context: BatchContext, line: Int) throws {
        let name = try nameOfTable(statement.table, context)
        guard let target = try table(NameSplitter.multipart(name)) else {
            throw ServerMessage.error(
                2501, state: 45, line: line,
                "Cannot find a table or object with the name \"\(name)\". Check the system catalog.")
        }
        guard let column = target.table.identityColumn, let identity = column.identity else {
            throw ServerMessage.error(
                7997, line: line, "'\(target.table.name)' does not contain an identity column.")
        }
        let current = try lastIdentity(of: target)
        var text = "Checking identity information: current identity value '\(Self.text(current))'"
        if case .reseed(let expression) = statement.action {
            let value = try evaluate(expression, as: .bigInt, context).value
            guard case .int(let number) = value else { throw ServerMessage.unsupported("RESEED to NULL", line: line) }
            try change(target.alias) {
                // A table that never had a row begins with the value itself.
                try setIdentity(of: target, current == nil ? number &- identity.increment : number)
            }
        } else {
            let order = identity.increment < 0 ? "min" : "max"
            let highest = try connection.prepareOnce(
                "SELECT \(order)(\(column.storedName)) FROM \(target.alias).\(target.table.storedName)")
            let found = try highest.step() && !highest.cell(0).isNull ? highest.cell(0).integer : nil
            highest.reset()
            text += ", current column value '\(Self.text(found))'"
            if case .correct = statement.action, let found {
                let isBehind = current.map { identity.increment < 0 ? found < $0 : found > $0 } ?? true
                if isBehind { try change(target.alias) { try setIdentity(of: target, found) } }
            }
        }
        guard !statement.isQuiet else { return }
        try context.sink.message(.error(7998, line: line, text + "."))
        try context.sink.message(
            .error(
                2528, line: line,
                "DBCC execution completed. If DBCC printed error messages, contact your system administrator."))
    }

    private static func text(_ number: Int64?) -> String { number.map(String.init) ?? "NULL" }

    /// The argument of DBCC: a bare name, a string or a variable.
    private func nameOfTable(_ expression: SQLExpression, _ context: BatchContext) throws -> String {
        if case .column(let name) = expression.kind { return name.description }
        guard case .string(let text) = try evaluate(expression, as: .nVarCharMax, context).value else { return "" }
        return text
    }
}

extension NameSplitter {
    /// A name in a text as the parser would read it.
    static func multipart(_ text: String) -> MultipartName { MultipartName(parts(text)) }
}
