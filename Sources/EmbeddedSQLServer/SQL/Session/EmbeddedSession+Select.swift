import SQLValues
import TransactSQL

/// A SELECT that is ready to run.
struct SelectPlan {
    var sql: String
    var parameters: [Emitter.Parameter]
    var columns: [OutputColumn]
    var databases: Set<String>
    var locks: ReadLocks
    /// Variables that the rows are assigned to; empty for a query that returns rows.
    var assigned: [Int]
    /// Rows are grouped, combined or made unique: a cursor on them is static.
    var isWorktable = false
    /// The rows make one text (FOR JSON, FOR XML).
    var isDocument = false
    /// The columns, from 1, by which the rows are ordered before anything else.
    var order: [Int] = []
    /// The places of columns that are expressions.
    var computed: Set<Int> = []

    /// The result's columns as the client sees them.
    var resultColumns: [ResultColumn] {
        columns.enumerated().map { index, column in
            ResultColumn(
                name: column.name, type: column.type, isNullable: column.isNullable, isIdentity: column.isIdentity,
                isComputed: column.isComputed || computed.contains(index))
        }
    }
}

extension EmbeddedSession {
    func selectPlan(_ query: Query, _ binder: Binder) throws -> SelectPlan {
        let bound = try binder.bindQuery(query, outer: nil, place: .statement)
        if !binder.assigned.isEmpty, !bound.orderBy.isEmpty || bound.select?.isDistinct ?? false {
            if "\(bound.body)".contains("liveVariable") {
                throw ServerMessage.unsupported(
                    "SELECT @variable with ORDER BY that reads the variable", line: query.range.line)
            }
        }
        var emitter = Emitter()
        emitter.query(bound)
        return SelectPlan(
            sql: emitter.text, parameters: emitter.parameters, columns: bound.columns, databases: binder.databases,
            locks: binder.locks, assigned: binder.assigned, isDocument: bound.document != nil,
            order: bound.leadingOrder,
            computed: bound.computedColumns)
    }

    /// The plan of a cursor, and the table whose rows' ids stand behind its columns.
    func cursorPlan(_ query: Query, _ binder: Binder) throws -> (SelectPlan, ResolvedTable?) {
        var bound = try binder.bindQuery(query, outer: nil, place: .statement)
        guard binder.assigned.isEmpty else {
            throw ServerMessage.unsupported("DECLARE CURSOR with variable assignment", line: query.range.line)
        }
        var table: ResolvedTable?
        var isPlain = false
        if var select = bound.select {
            isPlain = !select.isDistinct && select.groupBy.isEmpty && !select.isAggregate
            if isPlain, select.from.count == 1, case .table(let alias, let name, let source)? = select.from.first {
                table = catalogs[alias]?.tables.values.first { $0.storedName == name }.map {
                    ResolvedTable(table: $0, database: database.name, alias: alias)
                }
                if table != nil {
                    let id = ColumnReference(source: source, column: "_rowid_", displayName: "", scope: 0)
                    select.items.append(BoundExpression(node: .column(id), type: .bigInt, isNullable: false))
                    bound.body = .select(select)
                }
            }
        }
        var emitter = Emitter()
        emitter.query(bound)
        let plan = SelectPlan(
            sql: emitter.text, parameters: emitter.parameters, columns: bound.columns, databases: binder.databases,
            locks: binder.locks, assigned: [], isWorktable: !isPlain)
        return (plan, table)
    }

    func run(_ plan: SelectPlan, _ context: BatchContext) throws {
        if settings.has("FMTONLY") {
            if plan.assigned.isEmpty { try context.sink.columns(plan.resultColumns) }
            return try done(StatementCommand.select, rows: 0, context, hasResult: true)
        }
        do {
            try prepareToRead(plan.databases, locks: plan.locks)
        } catch let failure as LockFailure {
            if plan.assigned.isEmpty { try sendColumns(plan, context) }
            throw failure
        }
        let statement = try prepare(plan.sql, plan.parameters, context)
        defer { statement.reset() }
        if plan.assigned.isEmpty {
            try send(statement, plan, context)
        } else {
            try assign(statement, plan, context)
        }
        if connection.functions.sawNull, settings.has("ANSI_WARNINGS") { try context.sink.message(Self.nullEliminated) }
        // The rows of an assignment are counted, too.
        try done(StatementCommand.select, rows: Int(lastRowCount), context, hasResult: plan.assigned.isEmpty)
    }

    static let nullEliminated = ServerMessage.error(
        8153, line: 1, "Warning: Null value is eliminated by an aggregate or other SET operation.")

    /// A statement with its parameters bound.
    func prepare(_ sql: String, _ parameters: [Emitter.Parameter], _ context: BatchContext) throws -> SQLiteStatement {
        connection.functions.variable = { [variables = context.variables] index in
            StoredForm.encode(variables[index], as: variables.type(at: index))
        }
        if !systemCache.isEmpty { systemCache = [:] }
        let statement = try connection.prepare(sql)
        for (index, parameter) in parameters.enumerated() {
            let value = value(of: parameter.source, context.variables)
            try statement.bind(StoredForm.encode(value, as: parameter.type), at: index + 1)
        }
        return statement
    }

    private func sendColumns(_ plan: SelectPlan, _ context: BatchContext) throws {
        try context.sink.columns(plan.resultColumns)
        if !plan.order.isEmpty { try context.sink.order(plan.order) }
    }

    private func send(_ statement: SQLiteStatement, _ plan: SelectPlan, _ context: BatchContext) throws {
        let sink = context.sink
        try sendColumns(plan, context)
        if plan.isDocument { return try sendDocument(statement, sink) }
        let types = plan.columns.map(\.type)
        var count: Int64 = 0
        defer { rowsSent = Int(count) }
        while try statement.step() {
            var row: [SQLValue] = []
            row.reserveCapacity(types.count)
            for (index, type) in types.enumerated() {
                let value = StoredForm.decode(statement.cell(index), as: type)
                row.append(type.length == nil ? cut(value, type) : value)
            }
            try sink.row(row)
            count += 1
            if count & 0xFF == 0, sink.isCancelled { throw RequestStopped.attention }
            if count == settings.rowCount { break }
        }
        lastRowCount = count
    }

    /// Sends the text of FOR JSON or FOR XML in pieces of 2,033 characters, or one less where that would tear a
    /// surrogate pair; the count is that of its rows.
    private func sendDocument(_ statement: SQLiteStatement, _ sink: any ResultSink) throws {
        lastRowCount = 0
        guard try statement.step() else { return }
        lastRowCount = statement.cell(1).integer
        guard !statement.cell(0).isNull else { return }
        let units = Array(statement.cell(0).text.utf16)
        var start = 0
        while start < units.count {
            var end = min(units.count, start + 2_033)
            if end < units.count, UTF16.isLeadSurrogate(units[end - 1]) { end -= 1 }
            try sink.row([.string(String(decoding: units[start..<end], as: UTF16.self))])
            start = end
        }
    }

    /// SET TEXTSIZE cuts long values on their way to the client.
    private func cut(_ value: SQLValue, _ type: SQLType) -> SQLValue {
        guard settings.textSize >= 0, settings.textSize < Int(Int32.max) else { return value }
        switch value {
        case .string(let text):
            let limit = type.kind.isNational ? settings.textSize / 2 : settings.textSize
            return text.units > limit ? .string(text.prefixUnits(limit)) : value
        case .bytes(let bytes):
            return bytes.count > settings.textSize ? .bytes(Array(bytes.prefix(settings.textSize))) : value
        default: return value
        }
    }

    private func assign(_ statement: SQLiteStatement, _ plan: SelectPlan, _ context: BatchContext) throws {
        var count: Int64 = 0
        while try statement.step() {
            for (index, variable) in plan.assigned.enumerated() {
                context.variables[variable] = StoredForm.decode(statement.cell(index), as: plan.columns[index].type)
            }
            count += 1
            if count == settings.rowCount { break }
        }
        lastRowCount = count
    }

    /// Ends a statement that counts rows.
    func done(_ command: UInt16, rows: Int, _ context: BatchContext, hasResult: Bool = false) throws {
        lastRowCount = Int64(rows)
        lastError = 0
        let isCounted = !settings.has("NOCOUNT")
        try context.sink.done(
            StatementDone(
                rowCount: isCounted ? rows : nil, command: command, isSilent: !isCounted && !hasResult))
    }

    /// Ends a statement that counts none; nil for one without a DONE of its own.
    func done(_ command: UInt16?, _ context: BatchContext) throws {
        lastRowCount = 0
        lastError = 0
        try tell(command, context)
    }

    /// Sends the DONE of something that leaves @@ROWCOUNT and @@ERROR alone.
    func tell(_ command: UInt16?, _ context: BatchContext) throws {
        guard let command else { return }
        try context.sink.done(StatementDone(command: command, isSilent: settings.has("NOCOUNT")))
    }

    // MARK: Single values

    /// The value of an expression outside a query.
    ///
    /// With an operation the old value of the variable `index` is combined with it, as in `SET @v += 1`.
    func evaluate(
        _ expression: SQLExpression, as type: SQLType? = nil, combining operation: BinaryOperator? = nil,
        with index: Int = 0, _ context: BatchContext
    ) throws -> (value: SQLValue, type: SQLType) {
        let binder = makeBinder(context.variables)
        var bound: BoundExpression
        do {
            bound = try binder.bindAlone(expression)
            if let operation {
                let old = BoundExpression(
                    node: .parameter(.variable(index)), type: context.variables.type(at: index), isNullable: true)
                bound = try binder.binary(operation, old, bound, line: expression.range.line)
            }
            if let type { bound = try binder.coerce(bound, to: type, line: expression.range.line) }
        } catch let error as ServerMessage {
            throw CompileError(message: error)
        }
        return (try value(of: bound, binder, context), bound.type)
    }

    /// Whether a search condition holds; NULL does not.
    func holds(_ condition: SQLExpression, _ context: BatchContext) throws -> Bool {
        let binder = makeBinder(context.variables)
        let bound: BoundExpression
        do {
            bound = try binder.bindConditionAlone(condition)
        } catch let error as ServerMessage {
            throw CompileError(message: error)
        }
        return try value(of: bound, binder, context) == .bit(true)
    }

    private func value(of bound: BoundExpression, _ binder: Binder, _ context: BatchContext) throws -> SQLValue {
        if let constant = bound.constantValue { return constant }
        if bound.isUntypedNull { return .null }
        try check(binder.accesses, context)
        try prepareToRead(binder.databases, locks: binder.locks)
        var emitter = Emitter()
        emitter.write("SELECT ")
        emitter.expression(bound)
        let statement = try prepare(emitter.text, emitter.parameters, context)
        defer { statement.reset() }
        return try statement.step() ? StoredForm.decode(statement.cell(0), as: bound.type) : .null
    }
}

extension BoundQuery {
    /// The columns of the result, from 1, by which the rows are ordered before other expressions.
    fileprivate var leadingOrder: [Int] {
        // A document is one value, whatever the order of its parts.
        guard document == nil else { return [] }
        var columns: [Int] = []
        for item in orderBy {
            guard case .position(let index) = item.key else { break }
            columns.append(index)
        }
        return columns
    }

    /// The places of columns that are expressions.
    fileprivate var computedColumns: Set<Int> {
        guard let select else { return [] }
        guard document == nil else { return [0] }
        return Set(
            select.items.indices.filter {
                if case .column = select.items[$0].node { false } else { true }
            })
    }
}
