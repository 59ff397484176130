import SQLValues

/// A procedure, function or trigger, as its definition and what others ask of it.
struct ModuleInfo: Codable, Equatable {
    /// The kind, as sys.objects.type names it.
    enum Kind: String, Codable {
        case procedure = "P"
        case scalarFunction = "FN"
        case inlineFunction = "IF"
        case tableFunction = "TF"
        case trigger = "TR"

        /// The kind as sys.objects.type_desc names it.
        var description: String {
            switch self {
            case .procedure: "SQL_STORED_PROCEDURE"
            case .scalarFunction: "SQL_SCALAR_FUNCTION"
            case .inlineFunction: "SQL_INLINE_TABLE_VALUED_FUNCTION"
            case .tableFunction: "SQL_TABLE_VALUED_FUNCTION"
            case .trigger: "SQL_TRIGGER"
            }
        }

        var isFunction: Bool { self == .scalarFunction || self == .inlineFunction || self == .tableFunction }
    }

    struct Parameter: Codable, Equatable {
        /// With its `@`.
        var name: String
        var typeCode: Int64
        /// The constant after `=` as its T-SQL text; nil without a default.
        var defaultText: String?
        var isOutput = false
        /// The alias or table type of the user's, by its id.
        var userType: Int?
        var isTable = false

        var type: SQLType { SQLType(code: typeCode) ?? .int }
    }

    /// What a trigger waits for.
    struct Trigger: Codable, Equatable {
        /// The id of its table or view.
        var parent: Int
        var isInsteadOf: Bool
        /// `INSERT`, `UPDATE`, `DELETE`.
        var events: [String]
        var isDisabled = false
        /// `First` or `Last` by event, as sp_settriggerorder sets it.
        var order: [String: String] = [:]
    }

    var id: Int
    var schema: String
    var name: String
    var kind: Kind
    /// The batch that made it, in which messages count lines.
    var definition: String
    /// SET ANSI_NULLS and QUOTED_IDENTIFIER when it was made, with which it always runs.
    var usesAnsiNulls: Bool
    var usesQuotedIdentifier: Bool
    var parameters: [Parameter] = []
    /// The type of a scalar function.
    var returnTypeCode: Int64?
    /// The names of an inline function's columns when it was made.
    var columns: [String] = []
    var isSchemaBound = false
    var isRecompiled = false
    /// RETURNS NULL ON NULL INPUT.
    var isNullOnNullInput = false
    var trigger: Trigger?
    /// WITH EXECUTE AS: the id of a user, or ``owner``; nil for CALLER.
    var executesAs: Int?
    /// 100 ns ticks since year one.
    var created: Int
    var modified: Int

    /// EXECUTE AS OWNER, as sys.sql_modules.execute_as_principal_id shows it.
    static let owner = -2

    var qualifiedName: String { "\(schema).\(name)" }
    var returnType: SQLType? { returnTypeCode.flatMap { SQLType(code: $0) } }
}
