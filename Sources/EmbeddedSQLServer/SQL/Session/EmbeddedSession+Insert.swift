import SQLValues
import TransactSQL

/// An INSERT that is ready to run.
struct InsertPlan {
    var target: ResolvedTable
    /// The columns that get values, in the order of the values.
    var columns: [ColumnInfo]
    /// Rows of constants.
    var constants: [[SQLValue]]?
    /// The query that makes the rows, when they are not constants.
    var sql = ""
    var parameters: [Emitter.Parameter] = []
    var databases: Set<String> = []
    var givesIdentity = false
    /// CurCmd of the DONE token.
    var command: UInt16 = 195
    /// What OUTPUT returns of each inserted row.
    var output: [InsertedColumn] = []
}

extension EmbeddedSession {
    func insertPlan(_ insert: InsertStatement, _ binder: Binder, line: Int) throws -> InsertPlan {
        if insert.with != nil { throw ServerMessage.unsupported("WITH before INSERT", line: line) }
        if insert.top != nil { throw ServerMessage.unsupported("INSERT TOP", line: line) }
        try binder.accept(insert.tableHints)
        let target = try target(insert.target, binder)
        let identity = target.table.identityColumn
        var columns: [ColumnInfo]
        if insert.columns.isEmpty {
            columns = target.table.columns.filter { $0.identity == nil }
        } else {
            columns = try insert.columns.map { try column($0, of: target) }
            for (index, column) in columns.enumerated() where columns[..<index].contains(where: { $0.id == column.id })
            {
                throw ServerMessage.error(
                    264, line: line,
                    "The column name '\(column.name)' is specified more than once in the SET clause or column list of an INSERT. A column cannot be assigned more than one value in the same clause. Modify the clause to make sure that a column is updated only once. If this statement updates or inserts columns into a view, column aliasing can conceal the duplication in your code."
                )
            }
        }
        if case .defaultValues = insert.source { columns = [] }
        // Columns that are not named get their defaults.
        let missing = target.table.columns.filter { column in
            column.identity == nil && !columns.contains { $0.id == column.id }
        }
        let defaults = try missing.map { try defaultValue(of: $0, binder, line: line) }
        var plan = InsertPlan(target: target, columns: columns + missing)
        plan.output = try insertedColumns(insert.output, of: target)
        plan.givesIdentity = identity.map { one in columns.contains { $0.id == one.id } } ?? false
        if insert.columns.isEmpty { try checkCount(insert.source, columns.count, target, line: line) }
        try fill(&plan, insert.source, count: columns.count, defaults, binder, line: line)
        return plan
    }

    /// Without a column list the values must match the table.
    private func checkCount(
        _ source: InsertStatement.Source, _ count: Int, _ target: ResolvedTable, line: Int
    ) throws {
        guard case .values(let rows) = source, let first = rows.first, first.count != count else { return }
        if first.count == count + 1, target.table.identityColumn != nil {
            throw ServerMessage.error(
                8101, line: line,
                "An explicit value for the identity column in table '\(target.table.name)' can only be specified when a column list is used and IDENTITY_INSERT is ON."
            )
        }
        throw ServerMessage.error(
            213, line: line, "Column name or number of supplied values does not match table definition.")
    }

    /// IDENTITY_INSERT decides when the statement runs.
    private func checkIdentity(_ plan: InsertPlan) throws {
        let table = plan.target.table
        let isOn = settings.identityInsert == "\(plan.target.alias).\(table.id)"
        guard table.identityColumn != nil, isOn != plan.givesIdentity else { return }
        guard isOn else {
            throw ServerMessage.error(
                544,
                "Cannot insert explicit value for identity column in table '\(table.name)' when IDENTITY_INSERT is set to OFF."
            )
        }
        throw ServerMessage.error(
            545,
            "Explicit value must be specified for identity column in table '\(table.name)' either when IDENTITY_INSERT is set to ON or when a replication user is inserting into a NOT FOR REPLICATION identity column."
        )
    }

    /// The table that a statement changes.
    func target(_ target: ModificationTarget, _ binder: Binder) throws -> ResolvedTable {
        let name: MultipartName
        switch target {
        case .table(let written): name = written
        case .variable(let variable, let range):
            let table = try binder.tableVariable(variable, line: range.line)
            guard !table.isReadOnly else {
                throw ServerMessage.error(
                    10700, line: range.line,
                    "The table-valued parameter \"\(variable)\" is READONLY and cannot be modified.")
            }
            return table.variable.target
        }
        switch try resolve(name) {
        case .table(let resolved): return resolved
        case .view: throw ServerMessage.unsupported("data modification of a view", line: name.range.line)
        case .system:
            throw ServerMessage.error(
                259, line: name.range.line, "Ad hoc updates to system catalogs are not allowed.")
        }
    }

    func column(_ name: MultipartName, of target: ResolvedTable) throws -> ColumnInfo {
        guard let column = target.table.column(named: name.name) else {
            throw ServerMessage.error(207, line: name.range.line, "Invalid column name '\(name.name)'.")
        }
        return column
    }

    /// The default of a column, NULL without one, in the form in which a value is assigned.
    func defaultValue(of column: ColumnInfo, _ binder: Binder, line: Int) throws -> BoundExpression {
        guard let text = column.defaultValue?.text else { return .constant(.null, column.assignedType) }
        let expression = try StoredExpression.parse(text)
        return try binder.coerce(binder.bindAlone(expression), to: column.assignedType, line: line)
    }

    private func fill(
        _ plan: inout InsertPlan, _ source: InsertStatement.Source, count: Int, _ defaults: [BoundExpression],
        _ binder: Binder, line: Int
    ) throws {
        let types = plan.columns.prefix(count).map(\.assignedType)
        func mismatch(isFewer: Bool) -> ServerMessage {
            isFewer
                ? .error(
                    109, line: line,
                    "There are more columns in the INSERT statement than values specified in the VALUES clause. The number of values in the VALUES clause must match the number of columns specified in the INSERT statement."
                )
                : .error(
                    110, line: line,
                    "There are fewer columns in the INSERT statement than values specified in the VALUES clause. The number of values in the VALUES clause must match the number of columns specified in the INSERT statement."
                )
        }
        switch source {
        case .execute: throw ServerMessage.unsupported("INSERT EXECUTE", line: line)
        case .defaultValues: try fill(&plan, rows: [defaults], binder)
        case .values(let rows):
            if rows.count > 1_000 {
                throw ServerMessage.error(
                    10738, line: line,
                    "The number of row value expressions in the INSERT statement exceeds the maximum allowed number of 1000 row values."
                )
            }
            let bound = try bindValues(rows, plan.columns, count, binder, line: line, mismatch)
            try fill(&plan, rows: bound.map { $0 + defaults }, binder)
        case .query(let query):
            var bound = try binder.bindQuery(query, outer: nil, place: .statement)
            guard bound.columns.count == count else {
                let isFewer = bound.columns.count < count
                throw ServerMessage.error(
                    isFewer ? 120 : 121, line: line,
                    "The select list for the INSERT statement contains \(isFewer ? "fewer" : "more") items than the insert list. The number of SELECT values must match the number of INSERT columns."
                )
            }
            bound = try binder.coerce(bound, to: types, line: line)
            let alias = binder.nextAlias()
            var select = BoundSelect()
            select.from = [.derived(bound, alias: alias)]
            select.items = types.enumerated().map { index, type in
                let reference = ColumnReference(source: alias, column: "c\(index + 1)", displayName: "", scope: 0)
                return BoundExpression(node: .column(reference), type: type, isNullable: true)
            }
            select.items += defaults
            setQuery(&plan, BoundQuery(body: .select(select), columns: []), binder)
        }
    }

    private func bindValues(
        _ rows: [[SQLExpression]], _ columns: [ColumnInfo], _ count: Int, _ binder: Binder, line: Int,
        _ mismatch: (Bool) -> ServerMessage
    ) throws -> [[BoundExpression]] {
        // DEFAULT stands for the column's default and takes no part in the common type.
        let hasDefault = rows.contains { $0.contains { $0.kind == .defaultValue } }
        if hasDefault {
            return try rows.map { row in
                guard row.count == count else { throw mismatch(row.count < count) }
                return try zip(row, columns).map { expression, column in
                    if expression.kind == .defaultValue { return try defaultValue(of: column, binder, line: line) }
                    return try binder.coerce(
                        binder.bindAlone(expression), to: column.assignedType, line: expression.range.line)
                }
            }
        }
        if let first = rows.first, first.count != count { throw mismatch(first.count < count) }
        let scope = binder.scope(inside: nil)
        scope.aggregateRefusal = Binder.aggregateInWhere
        let bound = try binder.unifiedRows(rows, scope, line: line)
        return try bound.map { row in
            try zip(row, columns).map { try binder.coerce($0, to: $1.assignedType, line: line) }
        }
    }

    func fill(_ plan: inout InsertPlan, rows: [[BoundExpression]], _ binder: Binder) throws {
        let constants = rows.map { row in row.compactMap { $0.isUntypedNull ? .null : $0.constantValue } }
        if zip(rows, constants).allSatisfy({ $0.count == $1.count }) {
            plan.constants = constants
            return
        }
        let columns = plan.columns.map { OutputColumn(name: $0.name, type: $0.assignedType, isNullable: true) }
        let alias = binder.nextAlias()
        var select = BoundSelect()
        select.from = [.rows(rows, columns: columns, alias: alias)]
        select.items = columns.enumerated().map { index, column in
            let reference = ColumnReference(source: alias, column: "c\(index + 1)", displayName: "", scope: 0)
            return BoundExpression(node: .column(reference), type: column.type, isNullable: true)
        }
        setQuery(&plan, BoundQuery(body: .select(select), columns: []), binder)
    }

    private func setQuery(_ plan: inout InsertPlan, _ query: BoundQuery, _ binder: Binder) {
        var emitter = Emitter()
        emitter.query(query)
        plan.sql = emitter.text
        plan.parameters = emitter.parameters
        plan.databases = binder.databases
    }

    // MARK: Running

    func run(_ plan: InsertPlan, _ context: BatchContext) throws {
        try checkIdentity(plan)
        var inserted: [[Int: StoredValue]] = []
        if plan.target.table.identityColumn == nil { lastIdentity = nil }
        let count = try change(plan.target.alias) {
            let rows = try plan.constants ?? self.rows(plan, context)
            try insert(rows, plan) { if !plan.output.isEmpty { inserted.append($0) } }
            try checkForeignKeys(plan.target, "INSERT")
            return rows.count
        }
        try send(inserted, plan.output, context)
        try done(plan.command, rows: count, context)
    }

    /// All rows of the source before the first is written, so that a table can be read into itself.
    private func rows(_ plan: InsertPlan, _ context: BatchContext) throws -> [[SQLValue]] {
        let statement = try prepare(plan.sql, plan.parameters, context)
        defer { statement.reset() }
        let types = plan.columns.map(\.assignedType)
        var rows: [[SQLValue]] = []
        while try statement.step() {
            rows.append(types.enumerated().map { StoredForm.decode(statement.cell($0), as: $1) })
        }
        return rows
    }

    private func insert(
        _ rows: [[SQLValue]], _ plan: InsertPlan, _ inserted: ([Int: StoredValue]) -> Void
    ) throws {
        let table = plan.target.table
        let identity = plan.givesIdentity ? nil : table.identityColumn
        var stored = plan.columns.map(\.storedName)
        if let identity { stored.append(identity.storedName) }
        let marks = stored.map { _ in "?" }.joined(separator: ", ")
        let names = stored.joined(separator: ", ")
        let statement = try connection.prepare(
            stored.isEmpty
                ? "INSERT INTO \(plan.target.alias).\(table.storedName) DEFAULT VALUES"
                : "INSERT INTO \(plan.target.alias).\(table.storedName)(\(names)) VALUES (\(marks))")
        for row in rows {
            var values: [StoredValue] = []
            values.reserveCapacity(stored.count)
            for (value, column) in zip(row, plan.columns) {
                values.append(try self.stored(value, in: column, plan.target, "INSERT"))
            }
            if let identity { values.append(.integer(try nextIdentity(identity, plan.target))) }
            try statement.bind(values)
            let columns = plan.columns + (identity.map { [$0] } ?? [])
            func written() -> [Int: StoredValue] { Dictionary(uniqueKeysWithValues: zip(columns.map(\.id), values)) }
            do {
                try statement.run()
            } catch let error as SQLiteError {
                throw violation(error, plan.target, "INSERT", written())
            }
            if !plan.output.isEmpty { inserted(written()) }
            if plan.givesIdentity { noteIdentity(row, plan) }
        }
        try keepIdentity(plan.target)
    }

    /// A value in its stored form, if the column can hold it.
    func stored(_ value: SQLValue, in column: ColumnInfo, _ target: ResolvedTable, _ verb: String) throws -> StoredValue
    {
        let type = column.type
        switch value {
        case .null:
            guard column.isNullable else {
                throw ServerMessage.error(
                    515, state: 2,
                    "Cannot insert the value NULL into column '\(column.name)', table '\(target.nameOfNullRefusal)'; column does not allow nulls. \(verb) fails."
                )
            }
        case .string(let text):
            guard let length = type.length else { break }
            let isFixed = type.kind == .char || type.kind == .nChar
            if text.utf8.count > length, text.units > length {
                let cut = text.prefixUnits(length)
                let rest = text.substringUnits(from: length, count: text.units)
                guard rest.allSatisfy({ $0 == " " }) else { throw truncation(column, target, cut) }
                return .text(cut)
            }
            if isFixed { return .text(text + String(repeating: " ", count: max(0, length - text.units))) }
        case .bytes(let bytes):
            guard let length = type.length else { break }
            if bytes.count > length {
                let cut = SQLValue.bytes(Array(bytes.prefix(length))).description
                throw truncation(column, target, cut)
            }
            if type.kind == .binary { return .blob(bytes + [UInt8](repeating: 0, count: length - bytes.count)) }
        default: break
        }
        return StoredForm.encode(value, as: type)
    }

    private func truncation(_ column: ColumnInfo, _ target: ResolvedTable, _ value: String) -> ServerMessage {
        .error(
            2628,
            "String or binary data would be truncated in table '\(target.nameOfTruncation)', column '\(column.name)'. Truncated value: '\(value)'."
        )
    }
}

extension ColumnInfo {
    /// The type in which a value comes to the column: without a length, so that a value too long is noticed.
    var assignedType: SQLType {
        switch type.kind {
        case .char, .varChar: .varCharMax
        case .nChar, .nVarChar: .nVarCharMax
        case .binary, .varBinary: .varBinaryMax
        default: type
        }
    }
}
