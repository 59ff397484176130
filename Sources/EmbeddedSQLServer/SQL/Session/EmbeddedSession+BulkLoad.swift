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
        let options = try BulkLoadOptions(bulk.options)
        let target = try target(.table(bulk.target), makeBinder(context.variables))
        let columns = try columns(bulk, of: target, line: line)
        if let rows = context.bulkRows { return try load(rows, columns, target, options, context, line: line) }
        let batch = try Parser.parse(batch: context.text, quotedIdentifier: settings.has("QUOTED_IDENTIFIER"))
        guard batch.count == 1 else {
            throw ServerMessage.unsupported("INSERT BULK beside other statements", line: line)
        }
        announcedBulkLoad = context.text
        try done(context)
    }

    /// A column of the rows, with the type that the statement gave its values.
    private struct BulkColumn {
        var info: ColumnInfo
        var declared: SQLType
    }

    private func columns(_ bulk: InsertBulkStatement, of target: ResolvedTable, line: Int) throws -> [BulkColumn] {
        guard !bulk.columns.isEmpty else { throw ServerMessage.unsupported("INSERT BULK without columns", line: line) }
        var found: [BulkColumn] = []
        for column in bulk.columns {
            guard let info = target.table.column(named: column.name.value) else {
                throw ServerMessage.error(
                    207, line: column.range.line, "Invalid column name '\(column.name.value)'.")
            }
            guard !found.contains(where: { $0.info.id == info.id }) else {
                throw ServerMessage.error(
                    264, line: column.range.line,
                    "The column name '\(info.name)' is specified more than once in the SET clause or column list of an INSERT. A column cannot be assigned more than one value in the same clause. Modify the clause to make sure that a column is updated only once. If this statement updates or inserts columns into a view, column aliasing can conceal the duplication in your code."
                )
            }
            found.append(BulkColumn(info: info, declared: try TypeNames.resolve(column.type)))
        }
        return found
    }

    // MARK: Rows

    private func load(
        _ bulk: BulkRows, _ columns: [BulkColumn], _ target: ResolvedTable, _ options: BulkLoadOptions,
        _ context: BatchContext, line: Int
    ) throws {
        guard bulk.types.count == columns.count else {
            throw Self.invalidType(min(bulk.types.count, columns.count) + 1)
        }
        let binder = makeBinder(context.variables)
        let named = columns.map(\.info)
        let missing = target.table.columns.filter { column in
            column.identity == nil && !named.contains { $0.id == column.id }
        }
        let defaults = try missing.map { try defaultValue(of: $0, binder, line: line) }
        let ofNull = try columns.map { column in
            options.keepsNulls
                ? .constant(.null, column.info.assignedType) : try defaultValue(of: column.info, binder, line: line)
        }
        var rows: [[BoundExpression]] = []
        rows.reserveCapacity(bulk.rows.count)
        for (index, row) in bulk.rows.enumerated() {
            if index & 0xFF == 0, context.sink.isCancelled { throw RequestStopped.attention }
            rows.append(try self.row(row, bulk.types, columns, ofNull) + defaults)
        }
        var plan = InsertPlan(target: target, columns: named + missing)
        plan.command = 240
        plan.givesIdentity = named.contains { $0.identity != nil }
        try fill(&plan, rows: rows, binder)
        // Values of an identity column are taken when they are sent, whatever IDENTITY_INSERT says.
        let identityInsert = settings.identityInsert
        settings.identityInsert = plan.givesIdentity ? "\(target.alias).\(target.table.id)" : nil
        defer { settings.identityInsert = identityInsert }
        try run(plan, context)
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

    init(_ options: [InsertBulkStatement.Option]) throws(ServerMessage) {
        for option in options {
            switch option.name {
            case "KEEP_NULLS": keepsNulls = true
            // Constraints are always checked, one writer at a time works anyway, and sizes are of no interest.
            case "CHECK_CONSTRAINTS", "FIRE_TRIGGERS", "TABLOCK", "ROWS_PER_BATCH", "KILOBYTES_PER_BATCH": continue
            default: throw .unsupported("\(option.name) of INSERT BULK", line: option.range.line)
            }
        }
    }
}
