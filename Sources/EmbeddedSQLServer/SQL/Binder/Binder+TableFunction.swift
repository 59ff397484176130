import SQLValues
import TransactSQL

/// A table-valued function found by its name.
enum ResolvedTableFunction {
    struct Parameter {
        /// With its sign.
        var name: String
        var type: SQLType
        var defaultValue: SQLExpression?
    }

    /// A function of one query, in which the arguments stand for the parameters.
    case inline(Query, parameters: [Parameter], columns: [String], key: String)
    /// A function whose rows the session makes, asked by a name that ``FunctionContext/rows`` understands.
    case session(String, parameters: [Parameter], columns: [OutputColumn])
}

extension Binder {
    /// A table-valued function in FROM.
    func bindFunction(_ function: TableFunction, _ scope: Scope, lateral: Scope?) throws -> (
        BoundSource, [Scope.Source]
    ) {
        let line = function.range.line
        let name = function.call.name
        guard function.call.arguments.count == function.call.values?.count ?? -1, let values = function.call.values
        else { throw ServerMessage.unsupported("\(name.description) with these arguments", line: line) }
        if name.parts.count == 1, let builtIn = try builtIn(function, values, scope, lateral) { return builtIn }
        guard let found = try resolver.tableFunction(name) else {
            throw ServerMessage.invalidObject(name.description, line: line)
        }
        let access = try noteFunction(name, "SELECT")
        let exposed = function.alias?.value ?? name.name
        let columns = function.columns.map(\.value)
        switch found {
        case .inline(let query, let parameters, let names, let key):
            let arguments = try bind(values, parameters, name, scope, lateral, line: line)
            let caller = expandedModule
            expandedModule = access ?? caller
            defer { expandedModule = caller }
            return try expand(
                query, Array(zip(parameters, arguments)), names: columns.isEmpty ? names : columns, key: key,
                exposed: exposed, lateral: lateral, line: line)
        case .session(let key, let parameters, let outputs):
            let arguments = try bind(values, parameters, name, scope, lateral, line: line)
            let named = try Self.named(outputs, name: exposed, columns: columns, line: line)
            return rows(
                "ts_session_rows", [.constant(.string(key), .nVarCharMax)] + arguments, named, exposed)
        }
    }

    /// A table function of ours as a source.
    func rows(_ function: String, _ arguments: [BoundExpression], _ columns: [OutputColumn], _ exposed: String) -> (
        BoundSource, [Scope.Source]
    ) {
        let alias = nextAlias()
        return (.function(function, arguments, alias: alias), [Self.source(exposed, nil, alias, columns)])
    }

    /// An argument of a table function, which may name what stands left of its APPLY.
    func argument(_ value: SQLExpression, _ scope: Scope, _ lateral: Scope?) throws -> BoundExpression {
        if let visible = lateral ?? scope.outer { return try bind(value, visible) }
        return try bindAlone(value)
    }

    private func bind(
        _ values: [SQLExpression], _ parameters: [ResolvedTableFunction.Parameter], _ name: MultipartName,
        _ scope: Scope, _ lateral: Scope?, line: Int
    ) throws -> [BoundExpression] {
        guard values.count >= parameters.count else {
            throw ServerMessage.error(
                313, state: 3, line: line,
                "An insufficient number of arguments were supplied for the procedure or function \(name.description).")
        }
        guard values.count == parameters.count else {
            throw ServerMessage.error(
                8144, state: 3, line: line,
                "Procedure or function \(name.description) has too many arguments specified.")
        }
        return try zip(values, parameters).map { value, parameter in
            if case .defaultValue = value.kind {
                guard let standard = parameter.defaultValue else { return .constant(.null, parameter.type) }
                return try coerce(bindAlone(standard), to: parameter.type, line: line)
            }
            return try coerce(argument(value, scope, lateral), to: parameter.type, line: line)
        }
    }

    /// The query of an inline function, with its arguments in the places of its parameters.
    private func expand(
        _ query: Query, _ arguments: [(ResolvedTableFunction.Parameter, BoundExpression)], names: [String], key: String,
        exposed: String, lateral: Scope?, line: Int
    ) throws -> (BoundSource, [Scope.Source]) {
        guard expanding.count < 32 else {
            throw ServerMessage.error(
                217, line: line,
                "Maximum stored procedure, function, trigger, or view nesting level exceeded (limit 32).")
        }
        let frame = nextFrame()
        let isPlain = arguments.allSatisfy { $0.1.isSteady }
        let (savedArguments, savedTables, savedVariables) = (self.arguments, commonTables, liveVariables)
        expanding.append(key)
        commonTables = [:]
        defer {
            expanding.removeLast()
            (self.arguments, commonTables, liveVariables) = (savedArguments, savedTables, savedVariables)
        }
        var places: [String: BoundExpression] = [:]
        for (parameter, value) in arguments {
            var place = value
            if !isPlain { place.node = .argument(of: frame, value) }
            place.isNullable = true
            places[parameter.name.lowercased()] = place
        }
        return try laterally(lateral, name: exposed, columns: names, line: line, frame: isPlain ? nil : frame) {
            self.arguments = places
            defer { self.arguments = savedArguments }
            return try bindQuery(query, outer: nil)
        }
    }

    // MARK: Built in

    private func builtIn(_ function: TableFunction, _ values: [SQLExpression], _ scope: Scope, _ lateral: Scope?)
        throws -> (BoundSource, [Scope.Source])?
    {
        let line = function.range.line
        let name = function.call.uppercasedName
        let source: (function: String, arguments: [BoundExpression], columns: [OutputColumn])
        switch name {
        case "STRING_SPLIT":
            source = try stringSplit(values, values.map { try argument($0, scope, lateral) }, line: line)
        case "GENERATE_SERIES":
            source = try generateSeries(values.map { try argument($0, scope, lateral) }, line: line)
        case "OPENJSON":
            source = try openJSON(function, values.map { try argument($0, scope, lateral) })
        default: return nil
        }
        let exposed = function.alias?.value ?? function.call.name.name
        let columns = try Self.named(
            source.columns, name: exposed, columns: function.columns.map(\.value), line: line)
        return rows(source.function, source.arguments, columns, exposed)
    }

    private func stringSplit(_ values: [SQLExpression], _ bound: [BoundExpression], line: Int) throws -> (
        String, [BoundExpression], [OutputColumn]
    ) {
        guard (2...3).contains(bound.count) else { throw wrongCount("STRING_SPLIT", "2 to 3", line: line) }
        var arguments = try bound.enumerated().map { index, value in
            guard index < 2 else { return try coerce(value, to: .bigInt, line: line) }
            guard value.type.isCharacter || value.isUntypedNull else {
                throw ServerMessage.error(
                    8116, line: line,
                    "Argument data type \(value.type.name) is invalid for argument \(index + 1) of string_split function."
                )
            }
            return value.isUntypedNull ? .constant(.null, .varChar(1)) : value
        }
        if case .constant(.string(let separator)) = arguments[1].node, separator.units != 1 {
            throw ServerMessage.error(
                214, state: 11, line: line, "Procedure expects parameter 'separator' of type 'nchar(1)/nvarchar(1)'.")
        }
        var hasOrdinal = false
        if arguments.count == 3 {
            guard case .constant(let flag) = arguments[2].node else {
                throw ServerMessage.error(
                    8748, line: line,
                    "The enable_ordinal argument for string_split only supports constant values (not variables or columns)."
                )
            }
            hasOrdinal = flag == .int(1)
            if flag.isNull { arguments[2] = .constant(.int(0), .bigInt) }
        }
        let isNational = arguments.prefix(2).contains { $0.type.kind.isNational }
        let type = SQLType(kind: isNational ? .nVarChar : .varChar, length: arguments[0].type.length)
        var columns = [OutputColumn(name: "value", type: type, isNullable: false)]
        if hasOrdinal { columns.append(OutputColumn(name: "ordinal", type: .bigInt, isNullable: false)) }
        return ("ts_string_split", arguments, columns)
    }

    private func generateSeries(_ bound: [BoundExpression], line: Int) throws -> (
        String, [BoundExpression], [OutputColumn]
    ) {
        guard (2...3).contains(bound.count) else { throw wrongCount("GENERATE_SERIES", "2 to 3", line: line) }
        let typed = bound.filter { !$0.isUntypedNull }
        let isExact = typed.allSatisfy { TypeRules.isInteger($0.type) || [.decimal, .numeric].contains($0.type.kind) }
        guard let first = typed.first, isExact, typed.allSatisfy({ $0.type.kind == first.type.kind }),
            let type = commonType(typed)
        else {
            throw ServerMessage.error(
                5373, line: line,
                "All the input parameters should be of the same type. Supported types are tinyint, smallint, int, bigint, decimal and numeric."
            )
        }
        let arguments = try bound.map { try coerce($0, to: type, line: line) }
        let code = BoundExpression.constant(.int(type.code), .bigInt)
        return ("ts_generate_series", [code] + arguments, [OutputColumn(name: "value", type: type, isNullable: true)])
    }
}

extension BoundExpression {
    /// Whether the value is the same for every row and costs nothing: a constant, or a variable.
    fileprivate var isSteady: Bool {
        switch node {
        case .constant, .untypedNull, .parameter: true
        default: false
        }
    }
}
