import SQLValues
import TransactSQL

/// What the statements of one running batch or module share.
final class BatchContext {
    let text: String
    let variables: Variables
    let sink: any ResultSink
    /// The procedure, function or trigger whose body runs; nil for a batch and for dynamic SQL.
    let module: PreparedModule?
    /// A procedure's name as its caller wrote it, without brackets.
    private let calledAs: String
    private let store: PlanStore
    /// Statements that are bound and written out, by their place in the batch.
    var plans: [Int: CachedPlan] {
        get { store.plans }
        set { store.plans = newValue }
    }
    /// Local cursors by name in lower case, and variables of type cursor with what they refer to.
    var cursors: [String: Cursor] = [:]
    var cursorVariables: [String: Cursor?] = [:]
    /// The module is being defined, and not run.
    var isDefinition = false
    /// What RETURN gave.
    var returnValue: SQLValue?
    /// The highest severity of the errors of its own statements, also of those that a TRY caught; 0 without one.
    var failure: UInt8 = 0
    /// An error of syntax or of names ended it, which no TRY of its own catches.
    var wasRejected = false
    /// The rows for INSERT BULK, when the batch runs again because they came.
    var bulkRows: BulkRows?
    /// How many TRY blocks the running statement stands in.
    var tryDepth = 0
    /// How many CATCH blocks the statement that is being checked stands in.
    var catchDepth = 0
    /// What the check of the batch found in its statements.
    var problems: [ServerMessage] = []
    /// A TRY block of the batch that runs this one as dynamic SQL catches what this one does not.
    var hasOuterTry = false
    /// An error ended the batch, and with it the batches that run it as dynamic SQL.
    var wasEnded = false

    init(text: String, variables: Variables, sink: any ResultSink) {
        self.text = text
        self.variables = variables
        self.sink = sink
        module = nil
        calledAs = ""
        store = PlanStore()
    }

    /// The same scope, which sends its results elsewhere.
    init(_ other: BatchContext, sink: any ResultSink) {
        text = other.text
        variables = other.variables
        self.sink = sink
        module = other.module
        calledAs = other.calledAs
        store = other.store
        tryDepth = other.tryDepth
        hasOuterTry = other.hasOuterTry
    }

    /// The scope of a module's body.
    init(module: PreparedModule, calledAs: String = "", variables: Variables, sink: any ResultSink) {
        text = module.info.definition
        self.variables = variables
        self.sink = sink
        self.module = module
        self.calledAs = calledAs
        store = module.declaresTable ? PlanStore() : module.store
    }

    /// The name that messages carry: a procedure's as its caller wrote it, a trigger's without its schema.
    ///
    /// Empty in a batch, and in a function, whose errors are those of the statement that calls it.
    var procedure: String {
        guard let info = module?.info else { return "" }
        if isDefinition || info.kind == .trigger { return info.name }
        return calledAs
    }
}

/// Plans of statements, by their place in the batch.
final class PlanStore {
    var plans: [Int: CachedPlan] = [:]
}

/// A module as one session runs it.
final class PreparedModule {
    let info: ModuleInfo
    let statement: ModuleStatement
    let database: EmbeddedInstance.Database
    /// Plans, which all calls in the session share.
    let store = PlanStore()
    /// Table variables are other tables in each call, so that plans cannot be shared.
    let declaresTable: Bool

    init(info: ModuleInfo, statement: ModuleStatement, database: EmbeddedInstance.Database) {
        self.info = info
        self.statement = statement
        self.database = database
        declaresTable =
            info.kind == .tableFunction || info.parameters.contains(where: \.isTable)
            || Self.declaresTable(statement.body)
    }

    private static func declaresTable(_ statements: [Statement]) -> Bool {
        statements.contains { statement in
            guard case .declare(let declare) = statement.kind else { return declaresTable(statement.inner) }
            return declare.items.contains { if case .table = $0.kind { true } else { false } }
        }
    }
}

/// A plan with the session's stamp when it was made: any other stamp makes it stale.
struct CachedPlan {
    var stamp: Int
    /// The table variables that were in scope.
    var tables: [Int]
    var plan: StatementPlan
    /// Aliases of the databases that the statement reads.
    var databases: Set<String> = []
    /// What it does with objects.
    var accesses: [ObjectAccess]
}

/// A data statement that is ready to run.
enum StatementPlan {
    case select(SelectPlan)
    case change(ChangePlan)
    case selectInto(SelectIntoPlan)
}

/// How a batch goes on after a statement.
enum Flow: Equatable {
    case next, breakLoop, continueLoop, leave
    /// GOTO a label.
    case jump(String)
}

/// An error found while a statement was bound: it ends the batch, and no CATCH of the same scope sees it.
struct CompileError: Error {
    var message: ServerMessage
    /// What the same statement showed before ``message``.
    var earlier: [ServerMessage] = []

    var messages: [ServerMessage] { earlier + [message] }

    init(message: ServerMessage, earlier: [ServerMessage] = []) {
        self.message = message
        self.earlier = earlier
    }

    /// The errors of names in a statement, and the error at which binding stopped; nil without any.
    ///
    /// A missing object (Msg 208) puts the statement off, and a refusal stands alone. Other errors may come from the
    /// NULL in the place of an unknown name, and are left out.
    init?(names: [ServerMessage], last: ServerMessage?) {
        if let last, names.isEmpty || last.number == 208 || last.number == 40517 {
            self.init(message: last)
            return
        }
        let all = names + (last.map { [207, 209, 4104].contains($0.number) ? [$0] : [] } ?? [])
        guard let message = all.last else { return nil }
        self.init(message: message, earlier: all.dropLast())
    }
}

/// THROW without arguments: the error that CATCH handles, with its own line and module.
struct RethrownError: Error {
    var message: ServerMessage
}

/// Dynamic SQL ended with an error that ends the batch which runs it, too; the error is reported.
struct BatchEnded: Error {}

/// An error on its way to the CATCH of the innermost TRY.
struct CaughtError: Error {
    var message: ServerMessage
}
