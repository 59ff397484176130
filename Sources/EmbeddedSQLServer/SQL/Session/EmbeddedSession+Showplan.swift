import SQLValues
import TransactSQL

extension EmbeddedSession {
    /// Msg 1067: SET SHOWPLAN_XML stands alone in its batch.
    func checkShowplan(_ statements: [Statement]) throws {
        guard statements.count > 1,
            let set = statements.first(where: { $0.setsOption { $0.hasPrefix("SHOWPLAN") } })
        else { return }
        throw ServerMessage.error(
            1067, line: set.range.line, "The SET SHOWPLAN statements must be the only statements in the batch.")
    }

    /// Answers a batch with its plan instead of running it, under SET SHOWPLAN_XML ON.
    ///
    /// - Returns: False when the batch is to be run, since it turns the option off or the option is not on.
    func showPlan(of statements: [Statement], _ context: BatchContext) throws -> Bool {
        guard settings.has("SHOWPLAN_XML"), !statements.contains(where: { $0.setsOption { $0 == "SHOWPLAN_XML" } })
        else { return false }
        guard let document = instance.provisions.plans.document(for: context.text) else {
            throw ServerMessage.unsupported("SHOWPLAN_XML of a batch without a document (server.plans)", line: 1)
        }
        try send(showplan: document, context)
        return true
    }

    /// Sends the plan of a statement that ran, under SET STATISTICS XML ON.
    func sendActualPlan(of statement: Statement, _ context: BatchContext) throws {
        guard settings.has("STATISTICS XML"), statement.isOfData else { return }
        let text = statement.range.text(in: context.text)
        guard let document = instance.provisions.plans.document(for: text) else {
            throw ServerMessage.unsupported(
                "STATISTICS XML of a statement without a document (server.plans)", line: statement.range.line)
        }
        let rows = lastRowCount
        try send(showplan: document, context)
        lastRowCount = rows
    }

    /// A result with one row and one column, as "SET SHOWPLAN_XML" describes it.
    private func send(showplan document: String, _ context: BatchContext) throws {
        try context.sink.columns([
            ResultColumn(name: "Microsoft SQL Server 2005 XML Showplan", type: .nVarCharMax, isNullable: true)
        ])
        try context.sink.row([.string(document)])
        try context.sink.done(
            StatementDone(rowCount: settings.has("NOCOUNT") ? nil : 1, command: StatementCommand.select))
    }
}

extension Statement {
    /// Whether this is a SET of an option for which `isWanted` holds.
    fileprivate func setsOption(_ isWanted: (String) -> Bool) -> Bool {
        guard case .set(.options(let names, _)) = kind else { return false }
        return names.contains(where: isWanted)
    }
}
