import SQLValues
import TransactSQL

/// A function of the user's that returns one value, found by its name.
struct ResolvedScalarFunction {
    /// What ``EmbeddedSession/invoke(_:_:)`` finds it by.
    var key: String
    var name: String
    var parameters: [ResolvedTableFunction.Parameter]
    var type: SQLType
}

extension EmbeddedSession {
    /// A scalar function by its name, which always has a schema; nil when there is none.
    func scalarFunction(_ name: MultipartName) throws -> ResolvedScalarFunction? {
        guard let module = try defined(name) ?? module(name), module.info.kind == .scalarFunction,
            let type = module.info.returnType
        else { return nil }
        return ResolvedScalarFunction(
            key: Self.key(of: module), name: module.info.qualifiedName, parameters: Self.parameters(of: module),
            type: type)
    }

    /// The function whose definition is being checked, which may call itself.
    private func defined(_ name: MultipartName) -> PreparedModule? {
        guard let module = modules.last ?? nil, module.info.id == 0, name.database == nil,
            TextCollation.areEqual(module.info.name, name.name),
            TextCollation.areEqual(module.info.schema, name.schema ?? "")
        else { return nil }
        return module
    }

    func tableFunction(_ name: MultipartName) throws -> ResolvedTableFunction? {
        if let system = Self.systemFunction(name) { return system }
        guard let module = try module(name) else { return nil }
        let parameters = Self.parameters(of: module)
        switch module.statement.kind {
        case .inlineFunction(let query):
            if module.database.id != database.id {
                throw ServerMessage.unsupported("table-valued function of another database", line: name.range.line)
            }
            try checkColumns(of: module, query)
            return .inline(
                query, parameters: parameters, columns: [],
                key: "function \(module.database.name).\(module.info.qualifiedName)".lowercased())
        case .tableFunction(_, let definition):
            return .session(Self.key(of: module), parameters: parameters, columns: try Self.columns(of: definition))
        default: return nil
        }
    }

    private static func key(of module: PreparedModule) -> String { "\(module.database.id).\(module.info.id)" }

    private static func parameters(of module: PreparedModule) -> [ResolvedTableFunction.Parameter] {
        zip(module.info.parameters, module.statement.parameters).map { info, declaration in
            ResolvedTableFunction.Parameter(
                name: info.name, type: info.type, defaultValue: declaration.defaultValue)
        }
    }

    /// The columns of a function's table.
    static func columns(of definition: TableDefinition) throws -> [OutputColumn] {
        try definition.columns.map { column in
            guard let type = column.type else {
                throw ServerMessage.unsupported("computed column in a table-valued function", line: column.range.line)
            }
            let isKey = column.constraints.contains { if case .primaryKey = $0.kind { true } else { false } }
            return OutputColumn(
                name: column.name.value, type: try TypeNames.resolve(type), isNullable: column.isNullable ?? !isKey)
        }
    }

    /// The columns that an inline function had when it was made stay what they are in SQL Server.
    private func checkColumns(of module: PreparedModule, _ query: Query) throws {
        let columns = try columnNames(of: query, module.info)
        guard columns == module.info.columns else {
            throw ServerMessage.unsupported("function \(module.info.name), whose tables changed since it was made")
        }
    }

    /// The names of an inline function's columns as its tables are now.
    func columnNames(of query: Query, _ info: ModuleInfo) throws -> [String] {
        let variables = Variables()
        for parameter in info.parameters { _ = variables.declare(parameter.name, parameter.type) }
        return try makeBinder(variables).bindQuery(query, outer: nil).columns.map(\.name)
    }

    // MARK: Running

    /// Answers a call of a scalar function.
    func invoke(_ key: String, _ arguments: [StoredValue]) throws(ServerMessage) -> StoredValue {
        do {
            if let name = Binder.CursorKey(key) { return .integer(try currentRow(name)) }
            return try callFunction(key, arguments)
        } catch {
            if error is RequestStopped { connection.functions.wasCancelled = true }
            throw message(of: error)
        }
    }

    /// Runs a scalar function inside a statement.
    private func callFunction(_ key: String, _ arguments: [StoredValue]) throws -> StoredValue {
        let module = try module(key: key)
        guard let type = module.info.returnType else { return .null }
        if module.info.isNullOnNullInput, arguments.contains(.null) { return .null }
        let context = try runFunction(module, arguments) { _ in }
        return StoredForm.encode(context.returnValue ?? .null, as: type)
    }

    /// Runs a function of several statements inside a statement.
    ///
    /// - Returns: The rows of its table.
    func tableRows(_ key: String, _ arguments: [StoredValue]) throws -> [[StoredValue]] {
        if key == "fn_my_permissions" { return try systemRows(key, arguments) }
        let module = try module(key: key)
        guard case .tableFunction(let variable, let definition) = module.statement.kind else { return [] }
        var rows: [[StoredValue]] = []
        let context = try runFunction(module, arguments) { context in
            try self.declareTable(variable, definition, context, line: module.statement.name.range.line)
        }
        guard let target = context.variables.table(named: variable)?.variable.target else { return [] }
        let columns = target.table.columns.map(\.storedName).joined(separator: ", ")
        let statement = try connection.prepareOnce(
            "SELECT \(columns) FROM temp.\(target.table.storedName) ORDER BY _rowid_")
        while try statement.step() { rows.append(target.table.columns.indices.map { statement.cell($0).storedValue }) }
        return rows
    }

    private func module(key: String) throws -> PreparedModule {
        let parts = key.split(separator: ".").compactMap { Int($0) }
        guard parts.count == 2, let home = instance.databases.first(where: { $0.id == parts[0] }) else {
            throw ServerMessage.error(8624, "There is no function \(key).")
        }
        let alias = try attach(home)
        guard let info = try catalog(alias).modules[parts[1]] else {
            throw ServerMessage.error(8624, "There is no function \(key).")
        }
        return try prepare(info, alias: alias, home)
    }

    /// Runs a function's body while a statement of its caller runs.
    private func runFunction(
        _ module: PreparedModule, _ arguments: [StoredValue], _ declare: (BatchContext) throws -> Void
    ) throws -> BatchContext {
        let saved = SavedStatement(self)
        defer { saved.restore(self) }
        let variables = Variables()
        for (parameter, value) in zip(module.info.parameters, arguments) {
            let decoded = StoredForm.decode(PlainCell(value), as: parameter.type)
            _ = variables.declare(parameter.name, parameter.type, decoded)
        }
        let sink = SilentSink(isCancelled: connection.functions.isCancelled)
        let outer = BatchContext(text: "", variables: Variables(), sink: sink)
        // Its error is an error of the statement that calls it.
        outer.hasOuterTry = true
        do {
            return try runModule(module, variables: variables, outer: outer, prepare: declare)
        } catch let error as CaughtError {
            throw error.message
        } catch is BatchEnded {
            throw sink.refusal ?? ServerMessage.unsupported("function \(module.info.qualifiedName)")
        }
    }
}

/// What a function must leave as it found it in the statement that calls it.
private struct SavedStatement {
    private let sawNull: Bool
    private let variable: (Int) -> StoredValue
    private let time: Int
    private let rowCount: Int64
    private let error: Int32

    init(_ session: EmbeddedSession) {
        sawNull = session.connection.functions.sawNull
        variable = session.connection.functions.variable
        time = session.statementTime
        rowCount = session.lastRowCount
        error = session.lastError
    }

    func restore(_ session: EmbeddedSession) {
        session.connection.functions.sawNull = sawNull
        session.connection.functions.variable = variable
        session.connection.functions.error = nil
        session.statementTime = time
        session.lastRowCount = rowCount
        session.lastError = error
    }
}

/// Takes what the statements of a function or the query of a cursor would send to a client.
final class SilentSink: ResultSink {
    private let cancelled: () -> Bool
    /// The refusal that ended the function.
    private(set) var refusal: ServerMessage?

    init(isCancelled: @escaping () -> Bool) { cancelled = isCancelled }

    func columns(_ columns: [ResultColumn]) {}
    func row(_ values: [SQLValue]) {}
    func done(_ done: StatementDone) {}
    func message(_ message: ServerMessage) { if message.number == 40517 { refusal = message } }
    func change(_ change: SessionChange) {}
    var isCancelled: Bool { cancelled() }
}

/// A value as a cell.
private struct PlainCell: SQLiteCell {
    private let value: StoredValue

    init(_ value: StoredValue) { self.value = value }

    var isNull: Bool { value == .null }

    var integer: Int64 {
        if case .integer(let number) = value { return number }
        return 0
    }

    var text: String {
        if case .text(let text) = value { return text }
        return ""
    }

    var bytes: [UInt8] {
        if case .blob(let bytes) = value { return bytes }
        return []
    }
}
