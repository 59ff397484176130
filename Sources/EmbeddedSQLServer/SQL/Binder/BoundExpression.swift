import SQLValues
import TransactSQL

/// An expression or condition with its SQL Server type; conversions are explicit.
struct BoundExpression: Equatable {
    var node: Node
    var type: SQLType
    var isNullable: Bool

    indirect enum Node: Equatable {
        case constant(SQLValue)
        /// NULL whose type comes from what stands beside it.
        case untypedNull
        case parameter(ParameterSource)
        /// A variable that the running SELECT changes, read for each row.
        case liveVariable(Int)
        case column(ColumnReference)
        /// A value handed into a lateral query: an argument of an inline function.
        case argument(of: Int, BoundExpression)
        /// A typed function of ours.
        case call(String, [BoundExpression])
        /// Integer arithmetic.
        case integer(String, BoundExpression, BoundExpression)
        /// A function of stored forms.
        case stored(String, [BoundExpression])
        case convert(BoundExpression, isTry: Bool, style: BoundExpression?)
        /// A value of a type with the same stored form, which was computed in its own type.
        case retyped(BoundExpression)
        case caseWhen([Branch], otherwise: BoundExpression?)
        case coalesce([BoundExpression])
        case subquery(BoundQuery)
        case aggregate(BoundAggregate)
        /// GROUPING of expressions by their places in GROUP BY; a constant before the query is written.
        case grouping([Int])

        // Conditions, of type bit.
        case comparison(ComparisonOperator, BoundExpression, BoundExpression)
        case and(BoundExpression, BoundExpression)
        case or(BoundExpression, BoundExpression)
        case not(BoundExpression)
        case isNull(BoundExpression, negated: Bool)
        case isDistinct(BoundExpression, BoundExpression, negated: Bool)
        case inList(BoundExpression, [BoundExpression], negated: Bool)
        case inQuery(BoundExpression, BoundQuery, negated: Bool)
        case exists(BoundQuery)
    }

    /// One WHEN and its THEN.
    struct Branch: Equatable {
        var when: BoundExpression
        var then: BoundExpression
    }

    static func constant(_ value: SQLValue, _ type: SQLType) -> BoundExpression {
        BoundExpression(node: .constant(value), type: type, isNullable: value.isNull)
    }

    static func condition(_ node: Node) -> BoundExpression {
        BoundExpression(node: node, type: .bit, isNullable: true)
    }

    /// The value of a constant.
    var constantValue: SQLValue? {
        if case .constant(let value) = node { return value }
        return nil
    }

    var isUntypedNull: Bool { node == .untypedNull }
}

/// A column of a source of the query.
struct ColumnReference: Equatable {
    /// The source's alias in SQLite.
    var source: String
    var column: String
    /// As messages name it: `table.column`.
    var displayName: String
    /// The scope in which the source stands, to tell outer columns.
    var scope: Int
}

/// Where the value of a parameter comes from when a statement starts.
enum ParameterSource: Hashable {
    case variable(Int)
    case session(SessionValue)
}

/// What functions without arguments read from the session; one value for the whole statement.
enum SessionValue: String, Hashable {
    case rowCount, error, identity, scopeIdentity, transactionCount, transactionState, processID, serverName, version
    case databaseName, databaseID, userName, loginName, originalLogin, options, textSize, lockTimeout, language
    case localTime, utcTime, preciseLocalTime, preciseUTCTime, offsetTime, random, nestLevel, dateFirst
    case errorNumber, errorMessage, errorSeverity, errorState, errorLine, errorProcedure, hostName, applicationName
    case maxPrecision, fetchStatus, cursorRows, procedureID, serviceName, schemaName, connectionCount, contextInfo
    case transactionID, languageID
}

/// An aggregate or window function.
struct BoundAggregate: Equatable {
    /// The function in SQLite.
    var function: String
    /// Nil for COUNT(*) and ranking functions.
    var argument: BoundExpression?
    var isDistinct: Bool
    /// More arguments, as of LAG and NTILE.
    var extra: [BoundExpression] = []
    var window: BoundWindow?
    /// The rows that count; nil for all.
    var filter: BoundExpression?
}

/// What stands after OVER.
struct BoundWindow: Equatable {
    var partition: [BoundExpression]
    var order: [BoundOrder]
    /// The frame in SQLite's words.
    var frame: String
}

/// One item of ORDER BY.
struct BoundOrder: Equatable {
    enum Key: Equatable {
        /// A column of the result, from 1.
        case position(Int)
        case expression(BoundExpression)
    }

    var key: Key
    var isDescending: Bool
}
