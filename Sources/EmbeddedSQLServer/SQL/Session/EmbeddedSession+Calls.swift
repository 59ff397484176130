import SQLValues
import TransactSQL

/// An argument of a procedure's call, in T-SQL or over the wire.
struct CallArgument {
    /// With its `@`; empty for a positional argument.
    var name: String
    var value: SQLValue
    var type: SQLType
    var isOutput = false
    /// DEFAULT was given instead of a value.
    var isDefault = false
    /// The rows of a table.
    var table: TableArgument?
}

/// What a procedure gave back.
struct CallResult {
    var status: Int32
    /// It was ended by an error of syntax or of names, and has no status.
    var wasRejected = false
    /// The final values of the OUTPUT parameters that the caller asked for, by the place of the argument.
    var outputs: [(argument: Int, parameter: ModuleInfo.Parameter, value: SQLValue)]
    /// Msg 266, when the procedure left another transaction count than it found.
    var mismatch: ServerMessage?
}

extension EmbeddedSession {
    /// Runs a procedure, which messages name as its caller wrote it.
    func call(
        _ module: PreparedModule, as name: MultipartName, _ arguments: [CallArgument], outer: BatchContext
    ) throws -> CallResult {
        let info = module.info
        try requireExecute(module, outer)
        let places: [Int]
        let variables: Variables
        do {
            places = try Self.places(of: arguments, in: info)
            variables = try parameters(of: module, arguments, places, outer)
        } catch let error as ServerMessage {
            throw error.inside(name.description)
        }
        let transactions = transactionCount
        let scope = try runModule(module, calledAs: name.description, variables: variables, outer: outer)
        let outputs = arguments.indices.filter { arguments[$0].isOutput }.compactMap { index in
            let parameter = info.parameters[places[index]]
            return variables.index(of: parameter.name).map {
                (argument: index, parameter: parameter, value: variables[$0])
            }
        }
        var mismatch: ServerMessage?
        if transactionCount != transactions {
            mismatch = Self.mismatch(transactions, transactionCount).inside(name.description)
        }
        return CallResult(
            status: Self.status(of: scope), wasRejected: scope.wasRejected, outputs: outputs, mismatch: mismatch)
    }

    /// Runs a procedure that a client called by name.
    func callModule(
        _ procedure: String, _ arguments: [RequestArgument], into sink: any ResultSink
    ) throws(RequestStopped) -> (status: Int32, outputs: [RequestArgument]) {
        var answer: (status: Int32, outputs: [RequestArgument]) = (1, [])
        let context = BatchContext(text: "", variables: Variables(), sink: sink)
        try runRequest(context) {
            try refreshCatalogs()
            let name = try Self.procedureName(procedure, line: 1)
            guard let module = try module(name), module.info.kind == .procedure else {
                let word = name.name.lowercased()
                if let procedure = SystemProcedure.named(word) {
                    let given = arguments.map {
                        CallArgument(
                            name: $0.name, value: $0.value, type: $0.baseType ?? $0.type, isDefault: $0.isDefault)
                    }
                    answer.status = try procedure.run(given, in: self, context, line: 1)
                    return
                }
                let isSystem = word.hasPrefix("sp_") || word.hasPrefix("xp_")
                throw isSystem
                    ? ServerMessage.unsupported(procedure, line: 1) : Self.missingProcedure(procedure, line: 1)
            }
            let given = arguments.map {
                CallArgument(
                    name: $0.name, value: $0.value, type: $0.baseType ?? $0.type, isOutput: $0.isOutput,
                    isDefault: $0.isDefault, table: $0.table)
            }
            let result = try call(module, as: name, given, outer: context)
            answer.status = result.status
            answer.outputs = result.outputs.map {
                RequestArgument(name: $0.parameter.name, type: $0.parameter.type, value: $0.value, isOutput: true)
            }
            if let mismatch = result.mismatch { try report(mismatch, into: sink) }
        }
        return answer
    }

    /// What RETURN gave; without it 0, or 10 less the highest severity of its errors.
    static func status(of scope: BatchContext) -> Int32 {
        if case .int(let value)? = scope.returnValue { return Int32(clamping: value) }
        return scope.failure > 10 ? 10 - Int32(scope.failure) : 0
    }

    /// The place of the parameter that each argument is for.
    private static func places(of arguments: [CallArgument], in info: ModuleInfo) throws -> [Int] {
        if info.parameters.isEmpty, !arguments.isEmpty {
            throw ServerMessage.error(
                8146, state: 2, "Procedure \(info.name) has no parameters and arguments were supplied.")
        }
        var taken: Set<Int> = []
        return try arguments.enumerated().map { index, argument in
            var place = index
            if argument.name.isEmpty {
                guard index < info.parameters.count else {
                    throw ServerMessage.error(
                        8144, state: 2, "Procedure or function \(info.name) has too many arguments specified.")
                }
            } else {
                guard let found = info.parameters.firstIndex(where: { TextCollation.areEqual($0.name, argument.name) })
                else {
                    throw ServerMessage.error(
                        8145, "\(argument.name) is not a parameter for procedure \(info.name).")
                }
                place = found
            }
            let parameter = info.parameters[place]
            guard taken.insert(place).inserted else {
                throw ServerMessage.error(8143, "Parameter '\(parameter.name)' was supplied multiple times.")
            }
            guard parameter.isOutput || !argument.isOutput else {
                throw ServerMessage.error(
                    8162, state: 2,
                    "The formal parameter \"\(parameter.name)\" was not declared as an OUTPUT parameter, but the actual parameter passed in requested output."
                )
            }
            return place
        }
    }

    /// The parameters as the procedure's first variables.
    private func parameters(
        of module: PreparedModule, _ arguments: [CallArgument], _ places: [Int], _ outer: BatchContext
    ) throws -> Variables {
        let variables = Variables()
        for (index, parameter) in module.info.parameters.enumerated() {
            if parameter.isTable {
                let given = places.firstIndex(of: index).map { arguments[$0] }
                try declareTable(module.statement.parameters[index], given, variables)
                continue
            }
            let type = parameter.type
            let value: SQLValue
            if let place = places.firstIndex(of: index), !arguments[place].isDefault {
                let argument = arguments[place]
                if let table = argument.table { throw Self.clash(table.name, type.name, line: 0) }
                if !argument.value.isNull, let refusal = TypeRules.implicitRefusal(from: argument.type, to: type) {
                    throw refusal
                }
                value = try Self.convert(argument.value, from: argument.type, to: type)
            } else {
                value = try defaultValue(of: index, module, outer)
            }
            guard variables.declare(parameter.name, type, value) != nil else {
                throw Self.declaredTwice(parameter.name, line: 0)
            }
        }
        return variables
    }

    /// A parameter of a table type with the rows that were given.
    private func declareTable(
        _ parameter: ParameterDeclaration, _ argument: CallArgument?, _ variables: Variables
    ) throws {
        let named = try type(parameter.type, place: 0)
        var given: RequestArgument?
        if let argument, !argument.isDefault {
            guard let table = argument.table else {
                throw Self.clash(argument.type.name, named.info?.name ?? "table", line: 0)
            }
            given = RequestArgument(name: parameter.name, table: table)
        }
        try declare(table: parameter, named, given, variables)
    }

    /// A value on its way into a parameter or out of it; one that does not fit is Msg 8114.
    static func convert(_ value: SQLValue, from: SQLType, to: SQLType) throws -> SQLValue {
        do throws(ServerMessage) {
            return try Conversion.convert(value, from: from, to: to)
        } catch {
            guard error.number != 40517 else { throw error }
            throw ServerMessage.error(8114, state: 5, "Error converting data type \(from.name) to \(to.name).")
        }
    }

    private func defaultValue(of index: Int, _ module: PreparedModule, _ outer: BatchContext) throws -> SQLValue {
        let parameter = module.info.parameters[index]
        guard index < module.statement.parameters.count,
            let expression = module.statement.parameters[index].defaultValue
        else {
            throw ServerMessage.error(
                201, state: 4,
                "Procedure or function '\(module.info.name)' expects parameter '\(parameter.name)', which was not supplied."
            )
        }
        let (value, type) = try argument(expression, outer)
        return try Self.convert(value, from: type, to: parameter.type)
    }

    /// The value of an argument or a default, where a bare word is a text.
    func argument(_ expression: SQLExpression, _ context: BatchContext) throws -> (value: SQLValue, type: SQLType) {
        if case .column(let name) = expression.kind { return (.string(name.description), .nVarChar(4_000)) }
        return try evaluate(expression, context)
    }
}
