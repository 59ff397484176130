import SQLValues
import TransactSQL

extension EmbeddedSession {
    /// EXECUTE of a procedure or a text.
    func run(_ execute: ExecuteStatement, _ context: BatchContext, line: Int) throws {
        if !execute.context.isEmpty, !execute.isText {
            throw ServerMessage.unsupported("EXECUTE AS \(execute.context[0])", line: line)
        }
        if execute.linkedServer != nil { throw ServerMessage.unsupported("EXECUTE AT", line: line) }
        if let option = execute.options.first, option != "RECOMPILE" {
            throw ServerMessage.unsupported("WITH RESULT SETS", line: line)
        }
        switch execute.target {
        case .text(let expression):
            guard execute.arguments.isEmpty else {
                throw ServerMessage.unsupported("EXECUTE with arguments", line: line)
            }
            guard case .string(let text) = try evaluate(expression, as: .nVarCharMax, context).value else { return }
            let depth = security.frames.count
            if !execute.context.isEmpty { try impersonate(execute.context) }
            defer { endImpersonation(to: depth) }
            let scope = try asProcedure(context) {
                try executeNested(text, declarations: "", arguments: [], levels: 1, outer: context).scope
            }
            if !scope.wasRejected { try context.sink.returnStatus(Self.status(of: scope)) }
            try endCall(context, failed: scope.wasRejected)
        case .variable(let name):
            guard let index = context.variables.index(of: name) else { throw Self.undeclared(name, line: line) }
            guard case .string(let text) = context.variables[index], !text.isEmpty else {
                throw ServerMessage.error(2812, state: 62, line: line, "Could not find stored procedure ''.")
            }
            try runProcedure(Self.procedureName(text, line: line), execute, context, line: line)
        case .procedure(let name): try runProcedure(name, execute, context, line: line)
        }
    }

    /// A procedure's name in a text.
    static func procedureName(_ text: String, line: Int) throws -> MultipartName {
        do throws(SyntaxError) {
            return try Parser.parse(objectName: text)
        } catch {
            throw missingProcedure(text, line: line)
        }
    }

    static func missingProcedure(_ name: String, line: Int) -> ServerMessage {
        .error(2812, state: 62, line: line, "Could not find stored procedure '\(name)'.")
    }

    static func undeclared(_ name: String, line: Int) -> CompileError {
        CompileError(message: .error(137, state: 2, line: line, "Must declare the scalar variable \"\(name)\"."))
    }

    private func runProcedure(
        _ name: MultipartName, _ execute: ExecuteStatement, _ context: BatchContext, line: Int
    ) throws {
        if let server = name.server { throw ServerMessage.unsupported("linked server \(server)", line: line) }
        guard let module = try module(name), module.info.kind == .procedure else {
            return try executeSystem(name, execute, context, line: line)
        }
        let arguments = try execute.arguments.map { try callArgument($0, context) }
        let result = try asProcedure(context) { try call(module, as: name, arguments, outer: context) }
        // Without a status the variables stay as they are.
        if result.wasRejected { return try endCall(context, failed: true) }
        try context.sink.returnStatus(result.status)
        for output in result.outputs {
            guard case .variable(let variable) = execute.arguments[output.argument].value.kind,
                let index = context.variables.index(of: variable)
            else { continue }
            context.variables[index] = try Self.convert(
                output.value, from: output.parameter.type, to: context.variables.type(at: index))
        }
        try assign(status: result.status, execute, context, line: line)
        if let mismatch = result.mismatch { throw mismatch }
        try endCall(context)
    }

    /// Runs what a statement calls: its statements end inside a procedure.
    private func asProcedure<Result>(_ context: BatchContext, _ body: () throws -> Result) throws -> Result {
        try context.sink.beginProcedure()
        do {
            let result = try body()
            try context.sink.endProcedure()
            return result
        } catch {
            if !(error is RequestStopped) { try context.sink.endProcedure() }
            throw error
        }
    }

    /// Ends an EXECUTE, which leaves @@ROWCOUNT and @@ERROR as what it called left them.
    private func endCall(_ context: BatchContext, failed: Bool = false) throws {
        try context.sink.done(
            StatementDone(command: StatementCommand.execute, failed: failed, isSilent: settings.has("NOCOUNT")))
    }

    /// Gives a return status to the variable of `EXEC @status = …`.
    private func assign(
        status: Int32, _ execute: ExecuteStatement, _ context: BatchContext, line: Int
    ) throws {
        guard let name = execute.returnVariable else { return }
        guard let index = context.variables.index(of: name) else { throw Self.undeclared(name, line: line) }
        context.variables[index] = try Self.convert(
            .int(Int64(status)), from: .int, to: context.variables.type(at: index))
    }

    private func callArgument(_ argument: ExecuteStatement.Argument, _ context: BatchContext) throws -> CallArgument {
        let name = argument.name ?? ""
        if case .defaultValue = argument.value.kind {
            return CallArgument(name: name, value: .null, type: .int, isDefault: true)
        }
        if let table = try tableArgument(argument, context) {
            return CallArgument(name: name, value: .null, type: .int, table: table.table)
        }
        let (value, type) = try self.argument(argument.value, context)
        return CallArgument(name: name, value: value, type: type, isOutput: argument.isOutput)
    }

    /// RETURN; a value is the status of a procedure, or what a function gives.
    func returnFrom(_ context: BatchContext, with value: SQLExpression?, line: Int) throws {
        guard let value else {
            lastRowCount = 0
            return try tell(StatementCommand.returned, context)
        }
        try setReturnValue(value, context, line: line)
        try done(StatementCommand.select, rows: 1, context)
    }

    private func setReturnValue(_ expression: SQLExpression, _ context: BatchContext, line: Int) throws {
        guard let module = context.module else { return }
        let type = module.info.returnType ?? .int
        let value = try evaluate(expression, as: type, context).value
        context.returnValue = value
        guard value.isNull, module.info.kind == .procedure else { return }
        context.returnValue = .int(0)
        let note = ServerMessage.error(
            282, line: line,
            "The '\(module.info.name)' procedure attempted to return a status of NULL, which is not allowed. A status of 0 will be returned instead."
        )
        try context.sink.message(note.inside(context.procedure))
    }

    // MARK: System procedures

    private func executeSystem(
        _ name: MultipartName, _ execute: ExecuteStatement, _ context: BatchContext, line: Int
    ) throws {
        let word = name.name.lowercased()
        if try runMembershipProcedure(word, execute, context, line: line) { return try endCall(context) }
        let isInSystem = ["sys", "dbo", nil].contains(name.schema?.lowercased())
        if isInSystem, let procedure = SystemProcedure.named(word) {
            return try run(procedure, execute, context, line: line)
        }
        guard word == "sp_executesql", isInSystem else {
            if word.hasPrefix("sp_") || word.hasPrefix("xp_") {
                throw ServerMessage.unsupported(name.description, line: line)
            }
            throw Self.missingProcedure(name.description, line: line)
        }
        let scope: BatchContext
        do {
            scope = try asProcedure(context) { try executeSQL(execute, context, line: line) }
        } catch let error as ServerMessage where [214, 8162, 8178].contains(error.number) {
            // sp_executesql returns the number of its own errors.
            failedCallStatus = execute.arguments.count < 3 && error.number == 8178 ? 1 : error.number
            throw error
        }
        let status = lastError
        try context.sink.returnStatus(status)
        try assign(status: status, execute, context, line: line)
        try endCall(context, failed: scope.wasRejected)
    }

    private func run(
        _ procedure: SystemProcedure, _ execute: ExecuteStatement, _ context: BatchContext, line: Int
    ) throws {
        let arguments = try execute.arguments.map { try callArgument($0, context) }
        let status = try asProcedure(context) { try procedure.run(arguments, in: self, context, line: line) }
        // It ends with RETURN of the status.
        (lastError, lastRowCount) = (0, 1)
        try context.sink.returnStatus(status)
        try assign(status: status, execute, context, line: line)
        try endCall(context)
    }

    /// `EXEC sp_executesql N'…', N'@p int', @p = 1` inside T-SQL.
    private func executeSQL(_ execute: ExecuteStatement, _ context: BatchContext, line: Int) throws -> BatchContext {
        var texts: [String] = []
        for (index, argument) in execute.arguments.prefix(2).enumerated() {
            let name = index == 0 ? "@statement" : "@params"
            let (value, type) = try self.argument(argument.value, context)
            if index == 1, value.isNull {
                texts.append("")
                continue
            }
            guard case .string(let text) = value, type.kind.isNational else {
                throw ServerMessage.error(
                    214, state: index == 0 ? 2 : 3, line: line,
                    "Procedure expects parameter '\(name)' of type 'ntext/nchar/nvarchar'."
                ).inside("sp_executesql")
            }
            texts.append(text)
        }
        guard let statement = texts.first else {
            throw ServerMessage.error(
                201, state: 10,
                "Procedure or function 'sp_executesql' expects parameter '@statement', which was not supplied."
            ).inside("sp_executesql")
        }
        let given = execute.arguments.dropFirst(2)
        let arguments = try given.map { argument in
            if let table = try tableArgument(argument, context) { return table }
            let (value, type) = try self.argument(argument.value, context)
            return RequestArgument(name: argument.name ?? "", type: type, value: value, isOutput: argument.isOutput)
        }
        let (results, scope) = try executeNested(
            statement, declarations: texts.count > 1 ? texts[1] : "", arguments: arguments, levels: 2, outer: context)
        for (place, argument) in given.enumerated() where argument.isOutput {
            guard case .variable(let variable) = argument.value.kind,
                let index = context.variables.index(of: variable),
                let result = results.first(where: { $0.argument == place })
            else { continue }
            context.variables[index] = try Self.convert(
                result.value, from: result.type, to: context.variables.type(at: index))
        }
        return scope
    }
}
