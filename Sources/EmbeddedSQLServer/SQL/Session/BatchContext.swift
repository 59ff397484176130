import TransactSQL

/// What the statements of one running batch share.
final class BatchContext {
    let text: String
    let variables: Variables
    let sink: any ResultSink
    /// Statements that are bound and written out, by their place in the batch.
    var plans: [Int: CachedPlan] = [:]
    /// The rows for INSERT BULK, when the batch runs again because they came.
    var bulkRows: BulkRows?
    /// How many TRY blocks the running statement stands in.
    var tryDepth = 0
    /// A TRY block of the batch that runs this one as dynamic SQL catches what this one does not.
    var hasOuterTry = false
    /// An error ended the batch, and with it the batches that run it as dynamic SQL.
    var wasEnded = false

    init(text: String, variables: Variables, sink: any ResultSink) {
        self.text = text
        self.variables = variables
        self.sink = sink
    }
}

/// A plan with the session's stamp when it was made: any other stamp makes it stale.
struct CachedPlan {
    var stamp: Int
    var plan: StatementPlan
}

/// A data statement that is ready to run.
enum StatementPlan {
    case select(SelectPlan)
    case insert(InsertPlan)
    case update(UpdatePlan)
    case delete(DeletePlan)
}

/// How a batch goes on after a statement.
enum Flow {
    case next, breakLoop, continueLoop, leave
}

/// An error found while a statement was bound: it ends the batch, and no CATCH of the same scope sees it.
struct CompileError: Error {
    var message: ServerMessage
}

/// Dynamic SQL ended with an error that ends the batch which runs it, too; the error is reported.
struct BatchEnded: Error {}

/// An error on its way to the CATCH of the innermost TRY.
struct CaughtError: Error {
    var message: ServerMessage
}
