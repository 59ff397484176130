import SQLValues
import TransactSQL

/// The sources whose columns an expression may name.
final class Scope {
    /// A source in FROM.
    struct Source {
        /// The alias, or the table's own name.
        var name: String
        /// The table's schema when there is no alias.
        var schema: String?
        /// Its alias in SQLite.
        var alias: String
        var columns: [Column]
        /// The table behind it, for INSERT, UPDATE and DELETE.
        var table: ResolvedTable?
        /// A catalogue view, of which some columns may be missing here.
        var isSystem = false
    }

    struct Column {
        var name: String
        var storedName: String
        var type: SQLType
        var isNullable: Bool
        var isIdentity = false
    }

    let id: Int
    let outer: Scope?
    var sources: [Source] = []
    /// What the query groups by; nil when it does not group.
    var groups: [BoundExpression]?
    /// Whether an aggregate was seen while binding.
    var hasAggregate = false
    /// Windows of the WINDOW clause, by their names in lower case.
    var windows: [String: OverClause] = [:]
    /// Why a windowed function may not stand here (Msg 4108 and 4109); nil where it may.
    var windowRefusal: ServerMessage?
    /// Why an aggregate may not stand here (Msg 147 and the like); nil where it may.
    var aggregateRefusal: ServerMessage?
    /// The scope holds what stands left of an APPLY, for the query on its right.
    var isLateral = false
    /// Whether a name was found in this scope.
    var wasUsed = false

    init(id: Int, outer: Scope?) {
        self.id = id
        self.outer = outer
    }
}
