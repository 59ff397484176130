import SQLValues
import TransactSQL

/// INSERT BULK, and the rows that follow it in a message of their own.
extension EmbeddedSession {
    var expectsBulkLoad: Bool { announcedBulkLoad != nil }

    func forgetBulkLoad() { announcedBulkLoad = nil }

    func load(_ rows: BulkRows, into sink: any ResultSink) throws(RequestStopped) {
        guard let text = announcedBulkLoad else { return }
        announcedBulkLoad = nil
        try runBatch(text, variables: Variables(), bulkRows: rows, into: sink)
    }

    /// Runs INSERT BULK: without rows it only announces them.
    func run(_ bulk: InsertBulkStatement, _ context: BatchContext, line: Int) throws {
        guard !bulk.columns.isEmpty else { throw ServerMessage.unsupported("INSERT BULK without columns", line: line) }
        let options = try BulkLoadOptions(bulk.options)
        let binder = makeBinder(context.variables)
        var unused = BoundSelect()
        let target = try bindTarget(
            .table(bulk.target), [], binder.scope(inside: nil), &unused, binder, line: line)
        let names = bulk.columns.map(\.name)
        let columns = try insertColumns(names, target, binder, line: line)
        let declared = try bulk.columns.map { try TypeNames.resolve($0.type) }
        if !options.firesTriggers, try hasInsertTriggers(columns.target) {
            throw ServerMessage.unsupported("INSERT BULK without FIRE_TRIGGERS into a table with triggers", line: line)
        }
        guard let rows = context.bulkRows else {
            let batch = try Parser.parse(batch: context.text, quotedIdentifier: settings.has("QUOTED_IDENTIFIER"))
            guard batch.count == 1 else {
                throw ServerMessage.unsupported("INSERT BULK beside other statements", line: line)
            }
            announcedBulkLoad = context.text
            return try done(StatementCommand.insertBulk, context)
        }
        var plan = ChangePlan(verb: .insert, target: columns.target, clauses: [columns.clause], source: .constants([]))
        plan.command = StatementCommand.insertBulk
        plan.checks = try viewChecks(columns.base, binder, line: line)
        let bound = try bind(
            rows, zip(columns.named, declared).map { BulkColumn(info: $0, declared: $1) }, options, binder, context,
            line: line)
        try fill(&plan, rows: bound.map { $0 + columns.defaults }, nil, binder, line: line)
        try runTakingIdentities(plan, context)
    }

    private func hasInsertTriggers(_ target: ResolvedTable) throws -> Bool {
        try catalog(target.alias).triggers(of: target.table.id).contains { module in
            guard let trigger = module.trigger else { return false }
            return !trigger.isDisabled && trigger.events.contains("INSERT")
        }
    }

    /// Runs a plan whose values of an identity column are taken when they are there, whatever IDENTITY_INSERT says.
    private func runTakingIdentities(_ plan: ChangePlan, _ context: BatchContext) throws {
        let identityInsert = settings.identityInsert
        let givesIdentity = plan.clauses.contains { $0.givesIdentity }
        settings.identityInsert = givesIdentity ? "\(plan.target.alias).\(plan.target.table.id)" : nil
        defer { settings.identityInsert = identityInsert }
        try run(plan, context)
    }

    // MARK: Rows

    /// A column of the rows, with the type that the statement gave its values.
    private struct BulkColumn {
        var info: ColumnInfo
        var declared: SQLType
    }

    private func bind(
        _ bulk: BulkRows, _ columns: [BulkColumn], _ options: BulkLoadOptions, _ binder: Binder,
        _ context: BatchContext, line: Int
    ) throws -> [[BoundExpression]] {
        guard bulk.types.count == columns.count else {
            throw Self.invalidType(min(bulk.types.count, columns.count) + 1)
        }
        let ofNull = try columns.map { column in
            options.keepsNulls
                ? .constant(.null, column.info.assignedType) : try defaultValue(of: column.info, binder, line: line)
        }
        var rows: [[BoundExpression]] = []
        rows.reserveCapacity(bulk.rows.count)
        for (index, row) in bulk.rows.enumerated() {
            if index & 0xFF == 0, context.sink.isCancelled { throw RequestStopped.attention }
            rows.append(try self.row(row, bulk.types, columns, ofNull))
        }
        return rows
    }

    private func row(
        _ values: [SQLValue], _ types: [SQLType], _ columns: [BulkColumn], _ ofNull: [BoundExpression]
    ) throws -> [BoundExpression] {
        var result: [BoundExpression] = []
        result.reserveCapacity(columns.count)
        for (index, column) in columns.enumerated() {
            guard !values[index].isNull else {
                result.append(ofNull[index])
                continue
            }
            try Self.checkLength(values[index], column.declared, index + 1)
            let type = column.info.assignedType
            // Rows of a bulk load do not say which types were inside.
            if types[index].kind == .variant { throw ServerMessage.unsupported("sql_variant in a bulk load") }
            guard TypeRules.implicitRefusal(from: types[index], to: type) == nil else {
                throw Self.invalidType(index + 1)
            }
            result.append(.constant(try Conversion.convert(values[index], from: types[index], to: type), type))
        }
        return result
    }

    /// Msg 4815 for a value longer than the statement said.
    private static func checkLength(_ value: SQLValue, _ type: SQLType, _ column: Int) throws(ServerMessage) {
        guard let limit = type.length else { return }
        let length: Int
        switch value {
        case .string(let text): length = text.utf16.count
        case .bytes(let bytes): length = bytes.count
        default: return
        }
        guard length > limit else { return }
        throw .error(4815, "Received an invalid column length from the bcp client for colid \(column).")
    }

    private static func invalidType(_ column: Int) -> ServerMessage {
        .error(4816, "Invalid column type from bcp client for colid \(column).")
    }
}

/// What WITH says of a bulk load.
private struct BulkLoadOptions {
    /// NULL stays NULL in a column with a default.
    var keepsNulls = false
    var firesTriggers = false

    init(_ options: [InsertBulkStatement.Option]) throws(ServerMessage) {
        for option in options {
            switch option.name {
            case "KEEP_NULLS": keepsNulls = true
            case "FIRE_TRIGGERS": firesTriggers = true
            // Constraints are always checked, one writer at a time works anyway, and sizes are of no interest.
            case "CHECK_CONSTRAINTS", "TABLOCK", "ROWS_PER_BATCH", "KILOBYTES_PER_BATCH": continue
            default: throw .unsupported("\(option.name) of INSERT BULK", line: option.range.line)
            }
        }
    }
}
