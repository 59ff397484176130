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
            _ = try executeNested(text, declarations: "", arguments: [], levels: 1, outer: context)
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
        let isOutermost = context.module == nil
        try context.sink.beginProcedure()
        let result: CallResult
        do {
            result = try call(module, arguments, outer: context)
        } catch {
            if !(error is RequestStopped) { try context.sink.endProcedure(status: nil) }
            throw error
        }
        try context.sink.endProcedure(status: isOutermost ? result.status : nil)
        for output in result.outputs {
            guard case .variable(let variable) = execute.arguments[output.argument].value.kind,
                let index = context.variables.index(of: variable)
            else { continue }
            context.variables[index] = try Self.convert(
                output.value, from: output.parameter.type, to: context.variables.type(at: index))
        }
        try assign(status: result.status, execute, context, line: line)
        if let mismatch = result.mismatch { throw mismatch }
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

    /// RETURN with a value: the status of a procedure, or the value of a function.
    func setReturnValue(_ expression: SQLExpression, _ context: BatchContext, line: Int) throws {
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
        if try runMembershipProcedure(word, execute, context, line: line) { return }
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
        try context.sink.beginProcedure()
        do {
            try executeSQL(execute, context, line: line)
        } catch {
            if !(error is RequestStopped) { try context.sink.endProcedure(status: nil) }
            throw error
        }
        let status = lastError
        try context.sink.endProcedure(status: context.module == nil ? status : nil)
        try assign(status: status, execute, context, line: line)
    }

    private func run(
        _ procedure: SystemProcedure, _ execute: ExecuteStatement, _ context: BatchContext, line: Int
    ) throws {
        let arguments = try execute.arguments.map { try callArgument($0, context) }
        try context.sink.beginProcedure()
        let status: Int32
        do {
            status = try procedure.run(arguments, in: self, context, line: line)
        } catch {
            if !(error is RequestStopped) { try context.sink.endProcedure(status: nil) }
            throw error
        }
        try context.sink.endProcedure(status: context.module == nil ? status : nil)
        try assign(status: status, execute, context, line: line)
    }

    /// `EXEC sp_executesql N'…', N'@p int', @p = 1` inside T-SQL.
    private func executeSQL(_ execute: ExecuteStatement, _ context: BatchContext, line: Int) throws {
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
        let results = try executeNested(
            statement, declarations: texts.count > 1 ? texts[1] : "", arguments: arguments, levels: 2, outer: context)
        for (place, argument) in given.enumerated() where argument.isOutput {
            guard case .variable(let variable) = argument.value.kind,
                let index = context.variables.index(of: variable),
                let result = results.first(where: { $0.argument == place })
            else { continue }
            context.variables[index] = try Self.convert(
                result.value, from: result.type, to: context.variables.type(at: index))
        }
    }
}
