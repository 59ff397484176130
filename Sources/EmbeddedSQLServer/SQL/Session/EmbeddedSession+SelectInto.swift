import SQLValues
import TransactSQL

/// A SELECT INTO that is ready to run.
struct SelectIntoPlan {
    var name: MultipartName
    var query: QueryText
    var columns: [ColumnInfo]
    var databases: Set<String>
    var locks: ReadLocks
}

extension EmbeddedSession {
    func selectIntoPlan(_ query: Query, into name: MultipartName, _ binder: Binder, line: Int) throws -> SelectIntoPlan
    {
        binder.acceptsInto = true
        let bound = try binder.bindQuery(query, outer: nil, place: .statement)
        guard binder.assigned.isEmpty else {
            throw ServerMessage.error(
                194, line: line,
                "A SELECT INTO statement cannot contain a SELECT statement that assigns values to a variable.")
        }
        let identities = bound.columns.filter { $0.identity != nil }.count
        // Of a join or a union, or named twice, an identity column becomes a plain one.
        let keepsIdentity = identities == 1 && bound.select.map { Self.isSingle($0.from) } ?? false
        var columns: [ColumnInfo] = []
        for (index, column) in bound.columns.enumerated() {
            guard !column.name.isEmpty else {
                throw ServerMessage.error(
                    1038, state: 5, line: line,
                    "An object or column name is missing or empty. For SELECT INTO statements, verify each column has a name. For other statements, look for empty alias names. Aliases defined as \"\" or [] are not allowed. Change the alias to a valid name."
                )
            }
            guard !columns.contains(where: { TextCollation.areEqual($0.name, column.name) }) else {
                throw ServerMessage.error(
                    2705, state: 3, line: line,
                    "Column names in each table must be unique. Column name '\(column.name)' in table '\(name.name)' is specified more than once."
                )
            }
            var info = ColumnInfo(
                id: index + 1, name: column.name, typeCode: column.type.code, isNullable: column.isNullable)
            if keepsIdentity { info.identity = column.identity }
            columns.append(info)
        }
        return SelectIntoPlan(
            name: name, query: QueryText(bound), columns: columns, databases: binder.databases,
            locks: binder.locks)
    }

    private static func isSingle(_ sources: [BoundSource]) -> Bool {
        guard sources.count == 1 else { return false }
        switch sources[0] {
        case .table: return true
        case .derived(let query, _): return query.select.map { isSingle($0.from) } ?? false
        default: return false
        }
    }

    func run(_ plan: SelectIntoPlan, _ context: BatchContext, line: Int) throws {
        try editionRules.check(plan.columns.map { ($0.name, $0.type) })
        let (alias, databaseName) = try home(of: plan.name)
        if alias == "temp" { try useTemporaryCatalog() }
        try prepareToRead(plan.databases, locks: plan.locks)
        let count = try change(alias) {
            let catalog = try catalog(alias)
            let schema = try self.schema(plan.name, catalog, line: line)
            guard catalog.objectID(schema: schema, name: plan.name.name) == nil else {
                throw ServerMessage.error(
                    2714, state: 6, "There is already an object named '\(plan.name.name)' in the database.")
            }
            let id = try DatabaseCatalog.nextID(in: connection, schema: alias)
            let table = TableInfo(
                id: id, schema: schema, name: plan.name.name, columns: plan.columns,
                nextColumnID: plan.columns.count + 1, created: Clock.ticks(utc: false))
            try DatabaseCatalog.save(table, kind: "table", id: id, in: connection, schema: alias)
            try connection.execute("CREATE TABLE \(alias).\(table.storedName)\(try definition(of: table, alias))")
            let target = ResolvedTable(table: table, database: databaseName, alias: alias)
            return try fill(target, plan, context)
        }
        _ = try self.catalog(alias)
        try done(StatementCommand.selectInto, rows: count, context)
    }

    /// Writes the rows as they come: a column has the type of its expression, and so the same stored form.
    private func fill(_ target: ResolvedTable, _ plan: SelectIntoPlan, _ context: BatchContext) throws -> Int {
        let names = plan.columns.map(\.storedName).joined(separator: ", ")
        let limit = settings.rowCount > 0 ? " LIMIT \(settings.rowCount)" : ""
        let statement = try prepare(
            "INSERT INTO \(target.alias).\(target.table.storedName)(\(names)) SELECT * FROM (\(plan.query.sql))\(limit)",
            plan.query.parameters, context)
        try statement.run()
        let count = connection.changes
        if let column = target.table.identityColumn, let identity = column.identity, count > 0 {
            let last = try connection.integer(
                "SELECT \(identity.increment > 0 ? "max" : "min")(\(column.storedName)) FROM \(target.alias).\(target.table.storedName)"
            )
            if let last { try startIdentity(after: last, target) }
        }
        return count
    }
}
