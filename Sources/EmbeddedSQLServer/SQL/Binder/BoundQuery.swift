import SQLValues
import TransactSQL

/// A query with resolved names and types.
struct BoundQuery: Equatable {
    var body: BoundBody
    var columns: [OutputColumn]
    var orderBy: [BoundOrder] = []
    var limit: BoundExpression?
    var offset: BoundExpression?
    /// The rows are one text.
    var document: Document?
    /// TOP counts in percent of the rows.
    var isPercent = false
    /// TOP takes the rows that equal its last one, too.
    var withTies = false
    /// What can be changed through the query, when it was bound for that.
    var changeable: Changeable?
}

/// What one text the rows of a query make.
enum Document: Equatable {
    /// JSON, which stays as it is inside other JSON.
    case json
    case text
}

/// What can be changed through a query.
struct Changeable: Equatable {
    /// The base tables; row ids stand behind the query's columns, which are called c1, c2 and so on.
    var bases: [Scope.Base] = []
    /// Why nothing can.
    var refusal: Refusal?

    /// What stands between the query's rows and those of its tables.
    enum Refusal: Equatable {
        case aggregate, setOperation
    }
}

/// A column of a query's result.
struct OutputColumn: Equatable {
    var name: String
    var type: SQLType
    var isNullable: Bool
    /// Seed and increment, when the column is an identity column itself.
    var identity: ColumnInfo.Identity?
    /// Whether the column is a computed one of a table.
    var isComputed = false
    /// The column is an untyped NULL, so that its type is open.
    var isUntyped = false

    var isIdentity: Bool { identity != nil }
}

/// The part of a query before ORDER BY.
indirect enum BoundBody: Equatable {
    case select(BoundSelect)
    case setOperation(SetOperator, BoundBody, BoundBody)
    case nested(BoundQuery)
}

/// One SELECT.
struct BoundSelect: Equatable {
    var isDistinct = false
    var items: [BoundExpression] = []
    var from: [BoundSource] = []
    var condition: BoundExpression?
    var groupBy: [BoundExpression] = []
    var having: BoundExpression?
    /// Aggregates without GROUP BY: always one row.
    var isAggregate = false
    /// The sets of GROUPING SETS, ROLLUP and CUBE, as places in `groupBy`; nil when all rows are grouped in one way.
    var groupingSets: [[Int]]?
}

/// Where rows come from.
indirect enum BoundSource: Equatable {
    /// A table by its names in SQLite.
    case table(database: String, name: String, alias: String)
    case derived(BoundQuery, alias: String)
    /// A derived table that names what stands before it.
    case lateral(LateralQuery, alias: String)
    /// A common table expression that names itself.
    case recursive(RecursiveQuery, alias: String)
    /// The place in a recursive member where it does.
    case recursion(table: String, alias: String)
    /// A table function of ours.
    case function(String, [BoundExpression], alias: String)
    case rows([[BoundExpression]], columns: [OutputColumn], alias: String)
    case join(JoinedTable.Kind, BoundSource, BoundSource, on: BoundExpression?)
}

/// A query that runs anew for every row of the sources before it.
struct LateralQuery: Equatable {
    var query: BoundQuery
    /// The number by which ``BoundExpression/Node/argument(of:_:)`` names the query.
    var frame: Int
    /// The numbers of the aliases that the query itself gives; all others come from outside.
    var aliases: ClosedRange<Int>
}

/// The members of a recursive common table expression.
struct RecursiveQuery: Equatable {
    var table: String
    var anchor: BoundQuery
    /// Each with one item more than there are columns: its level.
    var members: [BoundSelect] = []
    var count: Int
}
