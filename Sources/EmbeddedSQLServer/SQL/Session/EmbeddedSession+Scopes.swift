import SQLValues
import TransactSQL

/// What dynamic SQL or a module may change and gets back at its end.
struct SavedScope {
    var database: EmbeddedInstance.Database
    var settings: SessionSettings
    var temporaries: Set<Int>
    /// How many EXECUTE AS were in force.
    var impersonations: Int
    var nestLevel: Int
}

extension EmbeddedSession {
    /// How deep procedures, functions, triggers and dynamic SQL may call each other.
    private static let deepestNesting = 32

    /// Begins a scope: of a module, or of dynamic SQL.
    ///
    /// - Parameters:
    ///   - module: The module; nil for dynamic SQL.
    ///   - levels: How much deeper it nests: 2 for sp_executesql, which is a procedure that runs a text.
    /// - Returns: What the end of the scope needs.
    func enterScope(_ module: PreparedModule?, levels: Int = 1) -> SavedScope {
        let saved = SavedScope(
            database: database, settings: settings, temporaries: temporaryObjects,
            impersonations: security.frames.count,
            nestLevel: nestLevel)
        nestLevel += levels
        modules.append(module)
        scopeIdentities.append(nil)
        guard let module else { return saved }
        for (option, isOn) in [
            ("ANSI_NULLS", module.info.usesAnsiNulls), ("QUOTED_IDENTIFIER", module.info.usesQuotedIdentifier),
        ] where settings.has(option) != isOn {
            settings.isOn[option] = isOn
            stamp += 1
        }
        enter(module.database)
        return saved
    }

    /// Makes a database current for a module, of which the client hears nothing.
    private func enter(_ target: EmbeddedInstance.Database) {
        guard target.id != database.id else { return }
        instance.enter(target)
        instance.leave(database)
        database = target
        stamp += 1
    }

    /// Ends a scope: its temporary objects go, and SET and USE are undone.
    func leave(_ scope: SavedScope, isModule: Bool = false, into sink: any ResultSink) throws(RequestStopped) {
        endImpersonation(to: scope.impersonations)
        nestLevel = scope.nestLevel
        modules.removeLast()
        scopeIdentities.removeLast()
        if settings.isOn != scope.settings.isOn || settings.dates != scope.settings.dates
            || settings.dateFirst != scope.settings.dateFirst
        {
            stamp += 1
        }
        settings = scope.settings
        connection.functions.lockTimeout = settings.lockTimeout
        if isModule { enter(scope.database) }
        try restore(scope.database, scope.temporaries, into: sink)
    }

    /// Runs dynamic SQL for a statement of a running batch.
    ///
    /// - Returns: The final values of the arguments that were given for output, and the scope as the text left it.
    func executeNested(
        _ statement: String, declarations: String, arguments: [RequestArgument], levels: Int, outer: BatchContext
    ) throws -> (outputs: [(argument: Int, type: SQLType, value: SQLValue)], scope: BatchContext) {
        try checkNesting()
        let variables = Variables()
        let parameters = try declare(declarations, of: statement, arguments, variables)
        let transactions = transactionCount
        let context = BatchContext(text: statement, variables: variables, sink: outer.sink)
        context.hasOuterTry = outer.tryDepth > 0 || outer.hasOuterTry
        let scope = enterScope(nil, levels: levels)
        do {
            try runScope(context) { try runAll(context) }
        } catch {
            if !(error is RequestStopped) { try leave(scope, into: outer.sink) }
            throw error
        }
        try leave(scope, into: outer.sink)
        if transactionCount != transactions { throw Self.mismatch(transactions, transactionCount) }
        let outputs: [(argument: Int, type: SQLType, value: SQLValue)] = arguments.enumerated().compactMap {
            place, argument in
            let name = argument.name.isEmpty ? parameters[place].name : argument.name
            guard argument.isOutput, let index = variables.index(of: name) else { return nil }
            return (place, variables.type(at: index), variables[index])
        }
        return (outputs, context)
    }

    /// Runs the body of a procedure, function or trigger in a scope of its own.
    ///
    /// The scope has its own variables, settings, identity and temporary tables. Errors that no TRY of the body catches
    /// are reported, or go to the TRY around the caller.
    ///
    /// - Parameters:
    ///   - module: The module, from ``module(_:in:)``.
    ///   - calledAs: A procedure's name as its caller wrote it, which messages carry.
    ///   - variables: Its parameters with their values; the body declares its own after them.
    ///   - outer: The caller's scope: its sink gets what the body sends, its TRY the errors.
    ///   - prepare: Makes the scope ready before the body runs.
    /// - Returns: The scope as the body left it, with what RETURN gave.
    /// - Throws: ``CaughtError`` for an error that a TRY of the caller catches, ``BatchEnded`` when the whole batch
    ///   ends, and Msg 217 when modules nest too deeply.
    @discardableResult
    func runModule(
        _ module: PreparedModule, calledAs: String = "", variables: Variables, outer: BatchContext,
        prepare: (BatchContext) throws -> Void = { _ in }
    ) throws -> BatchContext {
        try checkNesting()
        let context = BatchContext(module: module, calledAs: calledAs, variables: variables, sink: outer.sink)
        context.hasOuterTry = outer.tryDepth > 0 || outer.hasOuterTry
        let scope = enterScope(module)
        do {
            try prepare(context)
            try runBody(context) { try impersonate(for: module) }
        } catch {
            if !(error is RequestStopped) { try leave(scope, isModule: true, into: outer.sink) }
            throw error
        }
        try leave(scope, isModule: true, into: outer.sink)
        return context
    }

    /// Runs the statements of a module in its scope.
    private func runBody(_ context: BatchContext, _ begin: () throws -> Void) throws {
        guard let module = context.module else { return }
        try runScope(context) {
            try begin()
            connection.functions.begin()
            try refreshCatalogs()
            try check(module.statement.body, context)
            _ = try run(module.statement.body, context)
        }
    }

    /// Runs the statements of an inner scope; an error that ends them goes to the outer TRY, or is reported.
    private func runScope(_ context: BatchContext, _ body: () throws -> Void) throws {
        do {
            try body()
        } catch let stop as RequestStopped {
            throw stop
        } catch let error as CaughtError {
            throw error
        } catch let ended as BatchEnded {
            throw ended
        } catch {
            let message = message(of: error).at(line: 1).inside(context.procedure)
            if context.hasOuterTry, message.number != 40517 { throw caughtError(message) }
            context.wasRejected = true
            try report(message, into: context.sink)
            if message.number == 40517 { throw BatchEnded() }
        }
        if context.wasEnded { throw BatchEnded() }
    }

    private func checkNesting() throws {
        guard nestLevel < Self.deepestNesting else {
            throw ServerMessage.error(
                217,
                "Maximum stored procedure, function, trigger, or view nesting level exceeded (limit \(Self.deepestNesting))."
            )
        }
    }

    /// Msg 266, after a call that opened a transaction or ended one of its caller.
    static func mismatch(_ before: Int, _ after: Int) -> ServerMessage {
        .error(
            266, state: 2,
            "Transaction count after EXECUTE indicates a mismatching number of BEGIN and COMMIT statements. Previous"
                + " count = \(before), current count = \(after).")
    }
}
