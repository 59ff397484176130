import SQLValues
import TransactSQL

/// A table found by its name.
struct ResolvedTable: Equatable {
    var table: TableInfo
    /// The database's name.
    var database: String
    /// The database's alias in SQLite.
    var alias: String

    /// The name as messages show it: `database.schema.table`.
    var fullName: String { "\(database).\(table.schema).\(table.name)" }
}

/// What a name in FROM stands for.
enum ResolvedObject {
    case table(ResolvedTable)
    case view(ViewInfo, database: String)
    /// A catalogue view, and the key under which the session makes its rows.
    case system(SystemView, key: String)
}

/// Finds objects by name, in the session's databases.
protocol NameResolver: AnyObject {
    /// The object of a name; Msg 208 when there is none.
    func resolve(_ name: MultipartName) throws -> ResolvedObject
    /// The sequence of a name, and the key of its current value.
    func sequence(_ name: MultipartName) throws -> (info: SequenceInfo, key: String)
    /// The parsed query of a view.
    func query(of view: ViewInfo, database: String) throws -> Query
    /// The table-valued function of a name, or nil.
    func tableFunction(_ name: MultipartName) throws -> ResolvedTableFunction?
    /// The schema of the view or module whose names are being looked up; nil for the session's own.
    var lookupSchema: String? { get set }
    /// The use of a function of the session's databases, to be checked; nil when there is none.
    func access(toFunction name: MultipartName, _ permission: String) throws -> ObjectAccess?
    /// The scalar function of a name with its schema; nil when there is none.
    func scalarFunction(_ name: MultipartName) throws -> ResolvedScalarFunction?
}

/// Gives names and types to the parts of one statement.
///
/// Every expression gets its SQL Server type, and conversions that T-SQL makes silently become visible.
final class Binder {
    let resolver: any NameResolver
    let variables: Variables
    /// Variables that the statement assigns while it reads rows.
    var liveVariables: Set<Int> = []
    /// What the statement does with objects.
    var accesses: [ObjectAccess] = []
    /// The view or function whose query is being bound.
    var expandedModule: Int?
    /// The place of the note for the source that the statement changes.
    var changedAccess: Int?
    /// How many calls of RAND were bound: each has a number of its own.
    var randomCount = 0
    /// Common table expressions in reach.
    var commonTables: [String: CommonTable] = [:]
    /// The common table expression whose recursive member is being bound.
    var restrictedMember: String?
    /// OPTION (MAXRECURSION n); 0 sets no limit.
    var maxRecursion = 100
    /// Whether names that are not found are remembered in ``problems``, so that a statement shows all of them.
    var remembersProblems = false
    var problems: [ServerMessage] = []
    /// The next FOR XML gives its texts alone, for the method value().
    var documentAsText = false
    /// How deep in subqueries of expressions the binder is.
    var subqueryDepth = 0
    /// Names of the views and functions that are being expanded.
    var expanding: [String] = []

    /// Variables that the statement's select list assigns, in order.
    var assigned: [Int] = []
    /// The locks that hints ask for.
    var locks = ReadLocks()
    /// The schema-bound view or function whose body is bound.
    var schemaBinding: SchemaBinding?
    /// Aliases of the databases that the statement reads.
    var databases: Set<String> = []

    /// Sources that are bound now show the ids of their rows, so that these can be changed.
    var exposesRows = false

    /// The next SELECT may have INTO: it is the first of its statement.
    var acceptsInto = false

    /// SET ANSI_NULLS and CONCAT_NULL_YIELDS_NULL; what their OFF would change is refused.
    var ansiNulls = true
    /// SET DATEFIRST.
    var dateFirst = 7
    var concatNullYieldsNull = true

    /// How many queries are being bound in each other.
    var queryDepth = 0

    /// Values that stand for variables: the arguments of the inline function that is being expanded, by lower case.
    var arguments: [String: BoundExpression]?

    private(set) var aliasCount = 0
    private var scopeCount = 0

    init(resolver: any NameResolver, variables: Variables) {
        self.resolver = resolver
        self.variables = variables
    }

    func nextAlias() -> String {
        aliasCount += 1
        return "s\(aliasCount)"
    }

    /// A number for a query that gets values from outside; 0 names none.
    func nextFrame() -> Int {
        scopeCount += 1
        return scopeCount
    }

    func scope(inside outer: Scope?) -> Scope {
        scopeCount += 1
        return Scope(id: scopeCount, outer: outer)
    }

    /// An expression that stands outside a query: a SET, an IF, a default.
    func bindAlone(_ expression: SQLExpression) throws -> BoundExpression {
        let scope = scope(inside: nil)
        scope.aggregateRefusal = .error(147, "An aggregate may not appear here.")
        return try bind(expression, scope)
    }

    /// A search condition that stands outside a query.
    func bindConditionAlone(_ expression: SQLExpression) throws -> BoundExpression {
        try bindCondition(expression, scope(inside: nil))
    }

    /// An expression in the form of another type, as an assignment converts it.
    func coerce(_ expression: BoundExpression, to type: SQLType, line: Int) throws -> BoundExpression {
        if expression.isUntypedNull { return .constant(.null, type) }
        if expression.type == type { return expression }
        if let refusal = TypeRules.implicitRefusal(from: expression.type, to: type) { throw refusal.at(line: line) }
        return convert(expression, to: type)
    }

    /// A conversion without a check of whether it needs CAST.
    func convert(_ expression: BoundExpression, to type: SQLType) -> BoundExpression {
        if expression.isUntypedNull { return .constant(.null, type) }
        var result = expression
        result.type = type
        if expression.type == type { return result }
        if Self.sharesForm(expression.type, type) {
            switch expression.node {
            case .constant, .parameter, .column, .liveVariable, .caseWhen, .coalesce: break
            // These compute in their type: what overflows or is cut there must not depend on the new one.
            default: result.node = .retyped(expression)
            }
            return result
        }
        if case .constant(let value) = expression.node {
            // A constant that cannot be converted fails when it is reached.
            if let folded = Self.fold(value, expression.type, type) { return .constant(folded, type) }
        }
        result.node = .convert(expression, isTry: false, style: nil)
        return result
    }

    private static func fold(_ value: SQLValue, _ from: SQLType, _ to: SQLType) -> SQLValue? {
        do throws(ServerMessage) {
            return try Conversion.convert(value, from: from, to: to)
        } catch {
            return nil
        }
    }

    /// Whether every value of one type has the same stored form in another.
    static func sharesForm(_ from: SQLType, _ to: SQLType) -> Bool {
        switch (from.kind, to.kind) {
        case (.bit, .tinyInt), (.bit, .smallInt), (.bit, .int), (.bit, .bigInt), (.tinyInt, .smallInt),
            (.tinyInt, .int), (.tinyInt, .bigInt), (.smallInt, .int), (.smallInt, .bigInt), (.int, .bigInt),
            (.smallMoney, .money), (.real, .float):
            return true
        case (.varChar, .varChar), (.varChar, .nVarChar), (.nVarChar, .nVarChar), (.char, .varChar), (.char, .nVarChar),
            (.nChar, .nVarChar), (.varBinary, .varBinary), (.binary, .varBinary):
            guard let limit = to.length else { return true }
            return (from.length ?? Int.max) <= limit
        case (.decimal, .decimal), (.numeric, .numeric), (.decimal, .numeric), (.numeric, .decimal):
            let (a, b) = (from.precision ?? 18, to.precision ?? 18)
            return from.scale == to.scale && a <= b && (a <= 18) == (b <= 18)
        case (.time, .time), (.dateTime2, .dateTime2), (.dateTimeOffset, .dateTimeOffset):
            return (from.scale ?? 7) <= (to.scale ?? 7)
        default: return false
        }
    }

    /// Brings expressions to their common type.
    func unify(_ expressions: [BoundExpression], lines: [Int]) throws -> [BoundExpression] {
        guard let type = commonType(expressions) else { return expressions }
        return try expressions.enumerated().map { try coerce($1, to: type, line: lines[min($0, lines.count - 1)]) }
    }

    /// The common type; nil when all are untyped NULLs.
    func commonType(_ expressions: [BoundExpression]) -> SQLType? {
        let typed = expressions.filter { !$0.isUntypedNull }
        guard let first = typed.first else { return nil }
        return typed.dropFirst().reduce(shapeType(first)) { TypeRules.common($0, shapeType($1)) }
    }

    /// An integer constant counts with its own digits beside decimals only; here its type stands.
    private func shapeType(_ expression: BoundExpression) -> SQLType { expression.type }
}
