import SQLValues
import TransactSQL

extension EmbeddedSession {
    static func clash(_ given: String, _ wanted: String, line: Int) -> ServerMessage {
        .error(206, state: 2, line: line, "Operand type clash: \(given) is incompatible with \(wanted)")
    }

    /// The argument of EXECUTE that a table variable makes; nil for all other values.
    func tableArgument(_ argument: ExecuteStatement.Argument, _ context: BatchContext) throws -> RequestArgument? {
        guard case .variable(let name) = argument.value.kind, let table = context.variables.table(named: name) else {
            return nil
        }
        let target = table.variable.target
        let given = target.table.columns.filter { $0.computed == nil }
        let columns = given.map { TableArgument.Column(type: $0.type, isNullable: $0.isNullable) }
        let list = given.map(\.storedName).joined(separator: ", ")
        let statement = try connection.prepareOnce(
            "SELECT \(list) FROM temp.\(target.table.storedName) ORDER BY _rowid_")
        defer { statement.reset() }
        var rows: [[SQLValue]] = []
        while try statement.step() {
            rows.append(columns.enumerated().map { StoredForm.decode(statement.cell($0), as: $1.type) })
        }
        let type = try catalog(currentAlias).types[table.variable.typeID ?? 0]
        return RequestArgument(
            name: argument.name ?? "",
            table: TableArgument(schema: type?.schema ?? "", name: type?.name ?? "table", columns: columns, rows: rows))
    }

    /// Puts the rows of an argument into a parameter's table.
    func fill(_ table: TableVariable, of type: UserTypeInfo, _ argument: TableArgument, line: Int) throws {
        guard argument.name.isEmpty || TextCollation.areEqual(argument.name, type.name) else {
            throw Self.clash(argument.name, type.name, line: line)
        }
        let target = table.target
        let columns = target.table.columns.filter { $0.computed == nil }
        guard !argument.rows.isEmpty else { return }
        guard argument.columns.count == columns.count else {
            throw ServerMessage.error(
                500, line: line,
                "Trying to pass a table-valued parameter with \(argument.columns.count) column(s) where the corresponding user-defined table type requires \(columns.count) column(s)."
            )
        }
        let marks = columns.map { _ in "?" }.joined(separator: ", ")
        let statement = try connection.prepareOnce(
            "INSERT INTO temp.\(target.table.storedName)(\(columns.map(\.storedName).joined(separator: ", "))) VALUES (\(marks))"
        )
        try change("temp") {
            for row in argument.rows {
                var values: [StoredValue] = []
                for (index, column) in columns.enumerated() {
                    values.append(try stored(row[index], of: argument.columns[index], in: column, target))
                }
                try statement.bind(values)
                do {
                    try statement.run()
                } catch let error as SQLiteError {
                    throw violation(
                        error, target, "INSERT", Dictionary(uniqueKeysWithValues: zip(columns.map(\.id), values)))
                }
            }
        }
    }

    /// A value of an argument's row as it is stored; a column of defaults gets its default or identity value.
    private func stored(
        _ value: SQLValue, of source: TableArgument.Column, in column: ColumnInfo, _ target: ResolvedTable
    ) throws -> StoredValue {
        guard source.isDefault else {
            if source.isOpened, !value.isNull {
                throw ServerMessage.unsupported("sql_variant in a table-valued parameter")
            }
            let converted = try Conversion.convert(value, from: source.type, to: column.assignedType)
            return try stored(converted, in: column, target, "INSERT")
        }
        if column.identity != nil { return column.storedIdentity(try nextIdentity(column, target)) }
        let binder = makeBinder(Variables())
        var emitter = Emitter()
        emitter.write("SELECT ")
        emitter.expression(try defaultValue(of: column, binder, line: 0))
        let statement = try connection.prepareOnce(emitter.text)
        for (index, parameter) in emitter.parameters.enumerated() {
            let value = self.value(of: parameter.source, Variables())
            try statement.bind(StoredForm.encode(value, as: parameter.type), at: index + 1)
        }
        defer { statement.reset() }
        guard try statement.step() else { return .null }
        let made = StoredForm.decode(statement.cell(0), as: column.assignedType)
        return try stored(made, in: column, target, "INSERT")
    }
}
