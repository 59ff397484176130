import SQLValues
import TransactSQL

/// Finds the results that may be the first of a batch, without running it.
///
/// Every path through IF, WHILE, TRY and the procedures that the batch calls is taken ("sp_describe_first_result_set").
final class ResultAnalysis {
    /// What some statements may give before others follow.
    private struct Paths {
        var results: [DescribedResult] = []
        /// Some path comes to the end.
        var reachesEnd = true
        /// Some path leaves without an error.
        var returns = false
    }

    private let session: EmbeddedSession
    /// Keys that FOR BROWSE adds are wanted.
    private let browses: Bool
    /// The modules whose bodies are being analyzed, the innermost last.
    private var modules: [PreparedModule] = []
    private var statementCount = 0

    init(_ session: EmbeddedSession, browses: Bool) {
        self.session = session
        self.browses = browses
    }

    /// The first result of a batch; nil when it gives none.
    func firstResult(of statements: [Statement], _ context: BatchContext) throws -> DescribedResult? {
        statementCount = statements.count
        let paths = try list(statements, context)
        guard let first = paths.results.first else {
            if !paths.reachesEnd, !paths.returns {
                throw ServerMessage.error(
                    11_529,
                    "The metadata could not be determined because every code path results in an error; see previous errors for some of these."
                )
            }
            return nil
        }
        return try paths.results.dropFirst().reduce(first) { try $0.merged(with: $1) }
    }

    private func list(_ statements: [Statement], _ context: BatchContext) throws -> Paths {
        var all = Paths()
        for statement in statements {
            let next = try one(statement, context)
            all.results += next.results
            all.returns = all.returns || next.returns
            guard next.reachesEnd else {
                all.reachesEnd = false
                break
            }
        }
        return all
    }

    private func either(_ branches: [Paths]) -> Paths {
        Paths(
            results: branches.flatMap(\.results), reachesEnd: branches.contains(where: \.reachesEnd),
            returns: branches.contains(where: \.returns))
    }

    private func one(_ statement: Statement, _ context: BatchContext) throws -> Paths {
        switch statement.kind {
        case .select, .insert, .update, .delete, .merge: return try data(statement, context)
        case .block(let inner): return try list(inner, context)
        case .conditional(let branch):
            let otherwise = try branch.otherwise.map { try one($0, context) } ?? Paths()
            return either([try one(branch.then, context), otherwise])
        case .loop(let loop): return either([try one(loop.body, context), Paths()])
        case .tryCatch(let parts): return either([try list(parts.body, context), try list(parts.handler, context)])
        case .returnValue: return Paths(reachesEnd: false, returns: true)
        case .throwError, .raiserror: return Paths(reachesEnd: false)
        case .execute(let execute): return try call(execute, statement, context)
        case .cursor(.fetch(let fetch)) where fetch.into.isEmpty:
            throw undetermined(11_527, statement, context, "does not support metadata discovery.")
        case .goto: throw ServerMessage.unsupported("GOTO in a batch that is described")
        case .unsupported(let construct): throw ServerMessage.unsupported(construct.construct)
        default: return Paths()
        }
    }

    /// Msg 115xx for a statement of the batch, and the next number for one in a procedure.
    private func undetermined(
        _ number: Int32, _ statement: Statement, _ context: BatchContext, _ reason: String, inProcedure: String? = nil
    ) -> ServerMessage {
        let text = statement.range.text(in: context.text)
        let start = "The metadata could not be determined because statement '\(text)' "
        guard let module = modules.last else { return .error(number, start + reason) }
        return .error(number + 1, "\(start)in procedure '\(module.info.name)' \(inProcedure ?? reason)")
    }

    // MARK: Data

    private func data(_ statement: Statement, _ context: BatchContext) throws -> Paths {
        let names = NameReference.all(in: [statement])
        if names.contains(where: { $0.kind == .source && $0.name.name.hasPrefix("#") }),
            statementCount > 1 || !modules.isEmpty
        {
            throw undetermined(
                11_525, statement, context,
                "uses a temp table. Metadata discovery only supports temp tables when analyzing a single-statement batch.",
                inProcedure: "uses a temp table.")
        }
        try session.checkAccess(statement, context)
        let text = statement.range.text(in: context.text)
        let procedure = modules.last?.info.name ?? ""
        switch try session.plan(for: statement, context) {
        case .selectInto: return Paths()
        case .change(let plan):
            guard let output = plan.outputs.first(where: { $0.into == nil }) else { return Paths() }
            let columns = output.columns.map {
                DescribedColumn(name: $0.name, type: $0.type, isNullable: $0.isNullable, isIdentity: $0.isIdentity)
            }
            return Paths(
                results: [DescribedResult(columns: columns, statement: text, procedure: procedure)],
                reachesEnd: false, returns: true)
        case .select(let plan):
            guard plan.assigned.isEmpty else { return Paths() }
            guard case .select(let query) = statement.kind else { return Paths() }
            let bound = try session.makeBinder(context.variables).bindQuery(query, outer: nil, place: .statement)
            let result = DescribedResult(
                columns: columns(of: bound), orderLength: bound.orderBy.isEmpty ? nil : bound.orderBy.count,
                statement: text, procedure: procedure)
            return Paths(results: [result], reachesEnd: false, returns: true)
        }
    }

    private func columns(of query: BoundQuery) -> [DescribedColumn] {
        func lookUp(_ alias: String, _ storedName: String) -> (String, TableInfo)? {
            guard let table = session.catalogs[alias]?.tables.values.first(where: { $0.storedName == storedName })
            else { return nil }
            let home = session.instance.databases.first { session.attached[$0.id] == alias }
            return (home?.name ?? "tempdb", table)
        }
        var columns = query.columns.enumerated().map { index, column in
            var described = DescribedColumn(
                name: column.name, type: column.type, isNullable: column.isNullable, isIdentity: column.isIdentity,
                origin: query.origin(of: index, lookUp))
            let place = query.orderBy.firstIndex { $0.key == .position(index + 1) }
            described.order = place.map { ($0 + 1, query.orderBy[$0].isDescending) }
            return described
        }
        guard browses else { return columns }
        for (database, table) in query.baseTables(lookUp) {
            guard let key = table.primaryKey ?? table.keys.first(where: { $0.isUnique && $0.filter == nil }) else {
                continue
            }
            for part in key.columns {
                guard let column = table.column(id: part.id),
                    !columns.contains(where: { $0.origin?.table.id == table.id && $0.origin?.column.id == part.id })
                else { continue }
                columns.append(
                    DescribedColumn(
                        name: column.name, type: column.type, isNullable: column.isNullable,
                        isIdentity: column.identity != nil,
                        origin: .init(database: database, table: table, column: column), isHidden: true))
            }
        }
        return columns
    }

    // MARK: Calls

    private func call(_ execute: ExecuteStatement, _ statement: Statement, _ context: BatchContext) throws -> Paths {
        let dynamic =
            "contains dynamic SQL. Consider using the WITH RESULT SETS clause to explicitly describe the result set."
        if let option = execute.options.first, option != "RECOMPILE" {
            throw ServerMessage.unsupported("WITH RESULT SETS")
        }
        switch execute.target {
        case .text(let text):
            guard let literal = text.constantText else { throw undetermined(11_513, statement, context, dynamic) }
            return try nested(literal, declarations: "")
        case .variable: throw undetermined(11_513, statement, context, dynamic)
        case .procedure(let name):
            if let module = try session.module(name), module.info.kind == .procedure {
                return try body(of: module, statement, context)
            }
            let word = name.name.lowercased()
            if word == "sp_executesql" {
                let texts = execute.arguments.prefix(2).map { $0.value.constantText }
                guard let literal = texts.first ?? nil else { throw undetermined(11_513, statement, context, dynamic) }
                return try nested(literal, declarations: texts.count > 1 ? texts[1] ?? "" : "")
            }
            if SystemProcedure.named(word)?.returnsRows == false { return Paths() }
            guard word.hasPrefix("sp_") || word.hasPrefix("xp_") else {
                throw EmbeddedSession.missingProcedure(name.description, line: statement.range.line)
            }
            throw undetermined(11_527, statement, context, "does not support metadata discovery.")
        }
    }

    private func nested(_ text: String, declarations: String) throws -> Paths {
        let variables = Variables()
        try session.declareTypes(declarations, variables)
        let context = BatchContext(text: text, variables: variables, sink: SilentSink { false })
        let statements = try Parser.parse(batch: text, quotedIdentifier: session.settings.has("QUOTED_IDENTIFIER"))
        try session.check(statements, context)
        return try list(statements, context)
    }

    private func body(of module: PreparedModule, _ statement: Statement, _ context: BatchContext) throws -> Paths {
        if modules.contains(where: { $0.info.id == module.info.id }) {
            // A procedure that calls itself gives what it gives without that call.
            guard modules.last?.info.id != module.info.id else { return Paths() }
            throw undetermined(11_523, statement, context, "causes indirect recursion.")
        }
        try session.requireExecute(module, context)
        let variables = Variables()
        for (index, parameter) in module.info.parameters.enumerated() {
            if parameter.isTable {
                let declaration = module.statement.parameters[index]
                let named = try session.type(declaration.type, place: 0)
                try session.declare(table: declaration, named, nil, variables)
            } else {
                _ = variables.declare(parameter.name, parameter.type)
            }
        }
        let inner = BatchContext(module: module, variables: variables, sink: SilentSink { false })
        let scope = session.enterScope(module)
        modules.append(module)
        defer { modules.removeLast() }
        do {
            try session.refreshCatalogs()
            try session.check(module.statement.body, inner)
            let paths = try list(module.statement.body, inner)
            try session.leave(scope, isModule: true, into: inner.sink)
            // RETURN ends the procedure alone.
            return Paths(
                results: paths.results, reachesEnd: paths.results.isEmpty || paths.reachesEnd, returns: paths.returns)
        } catch {
            try session.leave(scope, isModule: true, into: inner.sink)
            throw error
        }
    }
}

extension SQLExpression {
    /// The text of a string constant, also in parentheses.
    var constantText: String? {
        switch kind {
        case .literal(.string(let text, _)): text
        case .parenthesized(let inner): inner.constantText
        default: nil
        }
    }
}
