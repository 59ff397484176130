import SQLValues
import TransactSQL

/// A module of one database.
struct ModuleKey: Hashable {
    var alias: String
    var id: Int
}

extension EmbeddedSession {
    // MARK: Finding

    /// The module of a name that an alias of the session's databases holds, ready to run; nil when there is none.
    func module(_ name: MultipartName) throws -> PreparedModule? {
        if name.name.hasPrefix("##") { throw ServerMessage.unsupported("global temporary procedure") }
        if name.name.hasPrefix("#") {
            guard let info = try temporaryCatalog()?.module(schema: "dbo", name: name.name) else { return nil }
            return try prepare(info, alias: "temp", database)
        }
        guard let home = try existingDatabase(name) else { return nil }
        let alias = try attach(home)
        for schema in try schemas(of: name, in: home) {
            guard let info = try catalog(alias).module(schema: schema, name: name.name) else { continue }
            return try prepare(info, alias: alias, home)
        }
        // A synonym stands for no other synonym.
        guard let synonym = try catalog(alias).synonym(schema: name.schema ?? "dbo", name: name.name) else {
            return nil
        }
        guard security.isUnrestricted else {
            throw ServerMessage.unsupported("synonym of a module for a login with limited permissions")
        }
        let base = baseName(of: synonym, in: home)
        guard let baseHome = try existingDatabase(base) else { return nil }
        let baseAlias = try attach(baseHome)
        guard let info = try catalog(baseAlias).module(schema: base.schema ?? "dbo", name: base.name) else {
            return nil
        }
        return try prepare(info, alias: baseAlias, baseHome)
    }

    /// The triggers of a table or view that are enabled, oldest first, ready to run.
    func triggers(of parent: Int, alias: String, in home: EmbeddedInstance.Database) throws -> [PreparedModule] {
        try catalog(alias).triggers(of: parent).filter { $0.trigger?.isDisabled == false }
            .map { try prepare($0, alias: alias, home) }
    }

    /// A module with its body, which is parsed once in a session.
    func prepare(_ info: ModuleInfo, alias: String, _ home: EmbeddedInstance.Database) throws
        -> PreparedModule
    {
        let key = ModuleKey(alias: alias, id: info.id)
        if let known = prepared[key], known.info == info { return known }
        let statements = try Parser.parse(batch: info.definition, quotedIdentifier: info.usesQuotedIdentifier)
        guard case .module(let statement)? = statements.first?.kind else {
            throw ServerMessage.error(8624, "The catalogue holds no module: \(info.qualifiedName)")
        }
        let module = PreparedModule(info: info, statement: statement, database: home)
        prepared[key] = module
        return module
    }

    // MARK: CREATE and ALTER

    /// CREATE, ALTER or CREATE OR ALTER of a procedure, function or trigger.
    func defineModule(_ statement: ModuleStatement, _ range: SourceRange, _ context: BatchContext) throws {
        let line = range.line
        do {
            try define(statement, range, context)
        } catch let error as ServerMessage {
            throw error.at(line: line).inside(statement.name.name)
        } catch let error as CompileError {
            throw error.message.at(line: line).inside(statement.name.name)
        }
    }

    private func define(_ statement: ModuleStatement, _ range: SourceRange, _ context: BatchContext) throws {
        let line = range.line
        try ModuleRules.check(statement)
        try FunctionRules.checkCalls(statement, range, context.text)
        let (alias, _) = try home(of: statement.name)
        if alias == "temp" {
            guard statement.kind == .procedure else {
                throw ServerMessage.error(
                    1764, line: line,
                    "Cannot create \(statement.kindName) on temporary object names beginning with '#'.")
            }
            try useTemporaryCatalog()
        }
        var info = try record(statement, range, context, alias: alias)
        let variables = Variables()
        for (info, parameter) in zip(info.parameters, statement.parameters) {
            if info.isTable {
                try declare(table: parameter, try type(parameter.type, place: 0), nil, variables)
            } else if variables.declare(info.name, info.type) == nil {
                throw Self.declaredTwice(info.name, line: line)
            }
        }
        try declareTransitions(info, variables, alias)
        let module = PreparedModule(info: info, statement: statement, database: database)
        modules.append(module)
        defer { modules.removeLast() }
        let scope = BatchContext(module: module, variables: variables, sink: context.sink)
        scope.isDefinition = true
        if info.id != 0 { try refuseBound(info.schema, info.name, "ALTER", statement.name, alias, line: line) }
        if info.isSchemaBound { schemaBinding = SchemaBinding(kind: statement.kindName, name: statement.name) }
        defer { schemaBinding = nil }
        switch statement.kind {
        case .inlineFunction(let query): info.columns = try columns(of: query, info, line: line)
        case .tableFunction(let variable, let definition):
            try declareTable(variable, definition, scope, line: line)
        default: break
        }
        try check(statement.body, scope)
        try change(alias) {
            let catalog = try catalog(alias)
            let old = catalog.module(schema: info.schema, name: info.name)
            if let old {
                info.id = old.id
                info.created = old.created
                if let trigger = old.trigger { info.trigger?.isDisabled = trigger.isDisabled }
            } else {
                info.id = try DatabaseCatalog.nextID(in: connection, schema: alias)
            }
            try DatabaseCatalog.save(info, kind: "module", id: info.id, in: connection, schema: alias)
        }
        _ = try self.catalog(alias)
    }

    /// The names of an inline function's columns, each of which must have one of its own.
    private func columns(of query: Query, _ info: ModuleInfo, line: Int) throws -> [String] {
        let names = try columnNames(of: query, info)
        for (index, name) in names.enumerated() {
            if name.isEmpty {
                throw ServerMessage.error(
                    4514, line: line,
                    "CREATE FUNCTION failed because a column name is not specified for column \(index + 1).")
            }
            if names[..<index].contains(where: { TextCollation.areEqual($0, name) }) {
                throw ServerMessage.error(
                    4506, line: line,
                    "Column names in each view or function must be unique. Column name '\(name)' in view or function '\(info.name)' is specified more than once."
                )
            }
        }
        return names
    }

    /// What the catalogue keeps of a module, after the checks of its name.
    private func record(
        _ statement: ModuleStatement, _ range: SourceRange, _ context: BatchContext, alias: String
    ) throws -> ModuleInfo {
        let line = range.line
        let catalog = try catalog(alias)
        let schema = try self.schema(statement.name, catalog, line: line)
        let name = statement.name.name
        let old = catalog.module(schema: schema, name: name)
        if catalog.objectID(schema: schema, name: name) != nil {
            if statement.mode == .create {
                throw ServerMessage.error(
                    2714, state: statement.isTrigger ? 2 : 3, line: line,
                    "There is already an object named '\(name)' in the database.")
            }
            guard let old, statement.mayReplace(old.kind) else {
                throw ServerMessage.error(
                    2010, line: line,
                    "Cannot perform alter on '\(statement.name.description)' because it is an incompatible object type."
                )
            }
        } else if statement.mode == .alter {
            throw ServerMessage.error(
                208, state: 6, line: line, "Invalid object name '\(statement.name.description)'.")
        }
        let now = Clock.ticks(utc: false)
        var info = ModuleInfo(
            id: old?.id ?? 0, schema: schema, name: old?.name ?? name, kind: statement.objectKind,
            definition: ModuleRules.definition(statement, range, context.text),
            usesAnsiNulls: settings.has("ANSI_NULLS"),
            usesQuotedIdentifier: settings.has("QUOTED_IDENTIFIER"), created: now, modified: now)
        info.parameters = try statement.parameters.enumerated().map {
            try parameter($1, place: $0 + 1, of: statement, in: context.text)
        }
        info.executesAs = try executingUser(of: statement, alias)
        info.isSchemaBound = statement.has("SCHEMABINDING")
        info.isRecompiled = statement.has("RECOMPILE")
        info.isNullOnNullInput = statement.has("RETURNS NULL ON NULL INPUT")
        if case .scalarFunction(let name) = statement.kind {
            guard let type = try self.type(name, place: 0).type else {
                throw ServerMessage.unsupported("function that returns a table type", line: line)
            }
            info.returnTypeCode = type.code
        }
        if case .trigger(let trigger) = statement.kind {
            info.trigger = try self.trigger(trigger, info, replaces: old, catalog, line: line)
        }
        return info
    }

    /// A parameter as the catalogue keeps it.
    private func parameter(
        _ parameter: ParameterDeclaration, place: Int, of statement: ModuleStatement, in batch: String
    ) throws -> ModuleInfo.Parameter {
        let named = try type(parameter.type, place: place)
        if named.type == nil, statement.kind != .procedure {
            throw ServerMessage.unsupported("table-valued parameter of a function", line: parameter.range.line)
        }
        if named.type == nil, !parameter.isReadOnly {
            throw ServerMessage.error(
                352, line: parameter.range.line,
                "The table-valued parameter \"\(parameter.name)\" must be declared with the READONLY option.")
        }
        if named.type != nil, parameter.isReadOnly {
            throw ServerMessage.error(
                346, line: parameter.range.line,
                "The parameter \"\(parameter.name)\" can not be declared READONLY since it is not a table-valued parameter."
            )
        }
        return ModuleInfo.Parameter(
            name: parameter.name, typeCode: named.type?.code ?? 0,
            defaultText: parameter.defaultValue.map { $0.range.text(in: batch) }, isOutput: parameter.isOutput,
            userType: named.info?.id, isTable: named.type == nil)
    }

    /// What a trigger waits for, after the checks of its table.
    private func trigger(
        _ definition: TriggerDefinition, _ info: ModuleInfo, replaces old: ModuleInfo?, _ catalog: DatabaseCatalog,
        line: Int
    ) throws -> ModuleInfo.Trigger {
        let target = definition.target
        let schema = target.schema ?? info.schema
        let table = catalog.table(schema: schema, name: target.name)
        let view = catalog.view(schema: schema, name: target.name)
        if let parent = old?.trigger?.parent, parent != table?.id, parent != view?.id {
            throw ServerMessage.error(
                2110, line: line,
                "Cannot alter trigger '\(info.name)' on '\(target.description)' because this trigger does not belong to this object. Specify the correct trigger name or the correct target object name."
            )
        }
        // An AFTER trigger stands on a table only.
        guard target.database == nil, let parent = table?.id ?? (definition.isInsteadOf ? view?.id : nil) else {
            throw ServerMessage.error(
                8197, state: view == nil ? 4 : 6, line: line,
                "The object '\(target.description)' does not exist or is invalid for this operation.")
        }
        guard TextCollation.areEqual(schema, info.schema) else {
            throw ServerMessage.error(
                2103, line: line,
                "Cannot create trigger '\(info.qualifiedName)' because its schema is different from the schema of the target table or view."
            )
        }
        for other in catalog.triggers(of: parent) where definition.isInsteadOf && other.id != old?.id {
            guard let trigger = other.trigger, trigger.isInsteadOf,
                let event = definition.events.first(where: { trigger.events.contains($0.rawValue) })
            else { continue }
            throw ServerMessage.error(
                2111, line: line,
                "Cannot create trigger '\(info.name)' on \(table == nil ? "view" : "table") '\(target.description)' because an INSTEAD OF \(event.rawValue) trigger already exists on this object."
            )
        }
        return ModuleInfo.Trigger(
            parent: parent, isInsteadOf: definition.isInsteadOf, events: definition.events.map(\.rawValue))
    }

    // MARK: DROP

    /// DROP PROCEDURE, FUNCTION or TRIGGER of one module.
    func dropModule(_ item: DropStatement.Item, _ statement: DropStatement, line: Int) throws {
        let name = item.name
        let kind = statement.kind.rawValue
        let missing = ServerMessage.error(
            3701, state: 5, line: line,
            "Cannot drop the \(kind.lowercased()) '\(name.description)', because it does not exist or you do not have permission."
        )
        if name.database != nil {
            throw ServerMessage.error(
                166, line: line,
                "'DROP \(kind)' does not allow specifying the database name as a prefix to the object name.")
        }
        let alias = name.name.hasPrefix("#") ? "temp" : currentAlias
        let catalog = try alias == "temp" ? temporaryCatalog() : catalog(alias)
        guard let catalog,
            let id = try schemas(of: name, in: database).lazy
                .compactMap({ catalog.objectID(schema: $0, name: name.name) }).first
        else {
            if statement.ifExists { return }
            throw missing
        }
        guard let module = catalog.modules[id], ModuleRules.drop(statement.kind, drops: module.kind) else {
            if catalog.modules[id] == nil, catalog.tables[id] == nil, catalog.views[id] == nil { throw missing }
            let (what, how) = ModuleRules.noun(id, in: catalog)
            throw ServerMessage.error(
                3705, line: line,
                "Cannot use DROP \(kind) with '\(name.description)' because '\(name.description)' is a \(what). Use \(how)."
            )
        }
        try refuseBound(module.schema, module.name, "DROP \(kind)", name, alias, line: line)
        try change(alias) { try DatabaseCatalog.remove(id: id, in: connection, schema: alias) }
        prepared[ModuleKey(alias: alias, id: id)] = nil
        _ = try self.catalog(alias)
    }
}
