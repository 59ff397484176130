import SQLValues
import TransactSQL

/// A data modification that is ready to run: which rows it changes, and how.
struct ChangePlan {
    /// The statement's keyword, as messages name it.
    enum Verb: String {
        case insert = "INSERT"
        case update = "UPDATE"
        case delete = "DELETE"
        case merge = "MERGE"
    }

    /// Where the rows come from.
    enum Source {
        /// New rows of constants.
        case constants([[SQLValue]])
        /// For INSERT the values; otherwise a row id, then values, then those of variables, then those that OUTPUT needs.
        case query(QueryText)
        case merge(MergePlan)
        case execute(ExecuteSource)
    }

    /// A variable that UPDATE sets for each row.
    struct Assignment {
        var variable: Int
        /// The place of its value in the query's rows, or the place of the column whose new value it gets.
        var place: Int
        var isColumn: Bool
    }

    var verb: Verb
    /// The rows go to the INSTEAD OF triggers of the target, which is a table or a view.
    var isInstead = false
    var target: ResolvedTable
    var clauses: [ChangeClause]
    var source: Source
    var assignments: [Assignment] = []
    /// How many columns at the end of the query's rows are there for OUTPUT.
    var extraCount = 0
    /// The share of the rows that TOP … PERCENT takes.
    var percent: QueryText?
    var outputs: [OutputPlan] = []
    /// Queries for a changed row in the views WITH CHECK OPTION.
    var checks: [QueryText] = []
    /// CurCmd of the DONE token, when it is not the verb's.
    var command: UInt16?
}

/// What one clause of a statement does with the rows it is given.
struct ChangeClause {
    enum Action: String {
        case insert = "INSERT"
        case update = "UPDATE"
        case delete = "DELETE"
    }

    var action: Action
    /// The columns that get values, in the order of the values.
    var columns: [ColumnInfo] = []
    /// INSERT gives the identity column a value.
    var givesIdentity = false
}

/// A query in SQLite's words.
struct QueryText {
    var sql: String
    var parameters: [Emitter.Parameter]

    init(_ emitter: Emitter) {
        sql = emitter.text
        parameters = emitter.parameters
    }

    init(_ query: BoundQuery) {
        var emitter = Emitter()
        emitter.query(query)
        self.init(emitter)
    }
}

/// A row that a statement is going to change.
struct RowChange {
    /// The number of the clause that says how.
    var clause = 0
    /// The row in SQLite; nil for a new one.
    var id: Int64?
    /// A value for each column of the clause, of its assigned type.
    var values: [SQLValue] = []
    /// What OUTPUT shows of other tables.
    var extras: [StoredValue] = []
}

/// A row that was changed, with all columns of its table before and after.
struct ChangedRow {
    var action: ChangeClause.Action
    var id: Int64
    var old: [StoredValue]?
    var new: [StoredValue]?
    var extras: [StoredValue]
}
