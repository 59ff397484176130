extension SyntaxPrinter {
    mutating func block(_ begin: String, _ statements: [Statement], _ end: String) {
        write(begin)
        newLine()
        self.statements(statements)
        write(end)
    }

    mutating func conditional(_ conditional: IfStatement) {
        write("IF")
        expression(conditional.condition)
        newLine()
        statement(conditional.then)
        guard let otherwise = conditional.otherwise else { return }
        write(";")
        newLine()
        write("ELSE")
        newLine()
        statement(otherwise)
    }

    mutating func loop(_ loop: WhileStatement) {
        write("WHILE")
        expression(loop.condition)
        newLine()
        statement(loop.body)
    }

    mutating func tryCatch(_ statement: TryCatchStatement) {
        block("BEGIN TRY", statement.body, "END TRY")
        newLine()
        block("BEGIN CATCH", statement.handler, "END CATCH")
    }

    mutating func throwError(_ error: ThrowStatement?) {
        write("THROW")
        guard let error else { return }
        list([error.number, error.message, error.state]) { printer, value in printer.expression(value) }
    }

    mutating func raiserror(_ error: RaiserrorStatement) {
        write("RAISERROR")
        parenthesized([error.message, error.severity, error.state] + error.arguments) { printer, value in
            printer.expression(value)
        }
        guard !error.options.isEmpty else { return }
        write("WITH")
        list(error.options) { printer, option in printer.write(option) }
    }
}
