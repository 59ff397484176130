extension SyntaxPrinter {
    /// The statements, each with its semicolon.
    mutating func statements(_ statements: [Statement]) {
        for statement in statements {
            self.statement(statement)
            write(";")
            newLine()
        }
    }

    /// One statement without a semicolon.
    mutating func statement(_ statement: Statement) {
        switch statement.kind {
        case .select(let query): self.query(query)
        case .insert(let insert): self.insert(insert)
        case .insertBulk(let load): insertBulk(load)
        case .update(let update): self.update(update)
        case .delete(let delete): self.delete(delete)
        case .merge(let merge): self.merge(merge)
        case .truncateTable(let table): named("TRUNCATE TABLE", table)
        case .triggerSwitch(let change): triggerSwitch(change)
        case .createTable(let table): createTable(table)
        case .alterTable(let change): alterTable(change)
        case .createIndex(let index): createIndex(index)
        case .createDatabase(let database): createDatabase(database)
        case .alterDatabase(let change): alterDatabase(change)
        case .createSchema(let schema): createSchema(schema)
        case .view(let view): self.view(view)
        case .module(let module): self.module(module)
        case .drop(let drop): self.drop(drop)
        case .object(let object): self.object(object)
        case .use(let database): named("USE", database)
        case .transaction(let transaction): self.transaction(transaction)
        case .set(let set): self.set(set)
        case .declare(let declaration): declare(declaration)
        case .execute(let call): execute(call)
        case .security(let security): self.security(security)
        case .cursor(let cursor): self.cursor(cursor)
        case .block(let statements): block("BEGIN", statements, "END")
        case .conditional(let conditional): self.conditional(conditional)
        case .loop(let loop): self.loop(loop)
        case .breakLoop: write("BREAK")
        case .continueLoop: write("CONTINUE")
        case .returnValue(let value): valued("RETURN", value)
        case .tryCatch(let statement): tryCatch(statement)
        case .throwError(let error): throwError(error)
        case .raiserror(let error): raiserror(error)
        case .print(let value): valued("PRINT", value)
        case .waitFor(let wait): valued(wait.isDelay ? "WAITFOR DELAY" : "WAITFOR TIME", wait.value)
        case .checkpoint(let seconds): write("CHECKPOINT" + (seconds.map { " \($0)" } ?? ""))
        case .reconfigure(let isOverride):
            write("RECONFIGURE")
            write("WITH OVERRIDE", if: isOverride)
        case .kill(let kill):
            write("KILL \(kill.sessionID)")
            write("WITH STATUSONLY", if: kill.isStatusOnly)
        case .goto(let label): named("GOTO", label)
        case .label(let label):
            identifier(label)
            glue(":")
        case .unsupported: giveUp()
        }
    }

    private mutating func named(_ verb: String, _ name: MultipartName) {
        write(verb)
        self.name(name)
    }

    private mutating func named(_ verb: String, _ name: Identifier) {
        write(verb)
        identifier(name)
    }

    private mutating func valued(_ verb: String, _ value: SQLExpression?) {
        write(verb)
        if let value { expression(value) }
    }
}
