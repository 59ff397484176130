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
        /// The place of its note among the statement\'s accesses.
        var access: Int?
        /// The base tables whose rows can be changed through the source.
        var bases: [Base] = []
        /// Why no row can be changed through it.
        var refusal: Changeable.Refusal?
        /// A derived table, of which messages speak otherwise than of views.
        var isDerivedTable = false
        /// The view that the source is.
        var view: View?
        /// Columns are only found with the source's name before them: `inserted` and `deleted` of OUTPUT.
        var needsQualifier = false
    }

    /// A view of a database.
    struct View: Equatable {
        var info: ViewInfo
        var database: String
    }

    /// A base table behind a source.
    struct Base: Equatable {
        var table: ResolvedTable
        /// The name, in the source, of the row's id.
        var rowID: String
        /// The base columns behind the source's columns, by the latter's stored names.
        var columns: [String: Int]
        /// The views WITH CHECK OPTION on the way.
        var checks: [ViewInfo] = []
    }

    /// A column that a source gives.
    struct Column {
        var name: String
        var storedName: String
        var type: SQLType
        var isNullable: Bool
        var identity: ColumnInfo.Identity?
        var isComputed = false

        var isIdentity: Bool { identity != nil }
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
    /// Whether a condition is being bound, where NEXT VALUE FOR may not stand (Msg 11720).
    var refusesNextValue = false
    /// The scope holds what stands left of an APPLY, for the query on its right.
    var isLateral = false
    /// Whether a name was found in this scope.
    var wasUsed = false

    init(id: Int, outer: Scope?) {
        self.id = id
        self.outer = outer
    }
}
