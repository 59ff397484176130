import SQLValues
import TransactSQL

/// What a type's name stands for: a type of values, or a table type.
struct NamedType {
    /// Nil for a table type.
    var type: SQLType?
    /// The user's type behind the name.
    var info: UserTypeInfo?
}

extension EmbeddedSession {
    /// The type of a name in a declaration; `place` is the number of the column or variable in Msg 2715.
    func type(_ name: DataTypeName, place: Int, isColumn: Bool = false) throws -> NamedType {
        let isBuiltIn = name.name.parts.count == 1 || name.name.schema?.lowercased() == "sys"
        if isBuiltIn, TypeNames.isKnown(name) { return NamedType(type: try TypeNames.resolve(name), info: nil) }
        let catalog = try self.catalog(currentAlias)
        guard name.name.parts.count <= 2,
            let info = catalog.type(schema: name.name.schema ?? "dbo", name: name.name.name)
        else {
            throw ServerMessage.error(
                2715, state: isColumn ? 6 : 3, line: name.range.line,
                "Column, parameter, or variable #\(place): Cannot find data type \(name.name.description).")
        }
        guard name.arguments.isEmpty else {
            throw ServerMessage.error(
                2716, line: name.range.line,
                "Column, parameter, or variable #\(place): Cannot specify a column width on data type \(info.name).")
        }
        return NamedType(type: info.type, info: info)
    }

    /// Declares a variable of a type of values or of a table type.
    func declare(_ item: DeclareStatement.Item, _ typeName: DataTypeName, _ context: BatchContext) throws {
        let line = item.range.line
        let named = try type(typeName, place: context.variables.list.count + 1)
        if let type = named.type {
            guard context.variables.declare(item.name, type) != nil else {
                throw Self.declaredTwice(item.name, line: line)
            }
            return
        }
        if case .scalar(_, .some) = item.kind {
            throw ServerMessage.unsupported("DECLARE of a table with =", line: line)
        }
        guard let info = named.info else { return }
        let variable = try makeTable(of: info, named: item.name)
        guard context.variables.declare(item.name, variable) else { throw Self.declaredTwice(item.name, line: line) }
    }

    /// An empty table of a table type.
    func makeTable(of type: UserTypeInfo, named name: String) throws -> TableVariable {
        guard var table = type.table else { throw ServerMessage.unsupported("table of an alias type") }
        table.id = tableVariables.nextID()
        table.name = name
        for index in table.keys.indices { table.keys[index].id = tableVariables.nextID() }
        for index in table.checks.indices { table.checks[index].id = tableVariables.nextID() }
        return try makeTableVariable(table, typeID: type.id)
    }

    /// Declares a parameter of a table type with the rows that were given; none is an empty table.
    func declare(
        table parameter: ParameterDeclaration, _ named: NamedType, _ argument: RequestArgument?, _ variables: Variables
    ) throws {
        let line = parameter.range.line
        guard named.type == nil, let info = named.info else {
            throw ServerMessage.error(
                346, line: line,
                "The parameter \"\(parameter.name)\" can not be declared READONLY since it is not a table-valued parameter."
            )
        }
        guard parameter.isReadOnly else {
            throw ServerMessage.error(
                352, line: line,
                "The table-valued parameter \"\(parameter.name)\" must be declared with the READONLY option.")
        }
        let table = try makeTable(of: info, named: parameter.name)
        if let argument, !argument.isDefault {
            guard let rows = argument.table else { throw Self.clash(argument.type.name, info.name, line: line) }
            try fill(table, of: info, rows, line: line)
        }
        guard variables.declare(parameter.name, table, isReadOnly: true) else {
            throw Self.declaredTwice(parameter.name, line: line)
        }
    }

    // MARK: CREATE TYPE and DROP TYPE

    func createType(_ statement: CreateTypeStatement, _ context: BatchContext, line: Int) throws {
        let alias = currentAlias
        let name = statement.name
        if let database = name.database {
            throw ServerMessage.error(
                117, line: line,
                "The type name '\(database).\(name.schema ?? "").\(name.name)' contains more than the maximum number of prefixes. The maximum is 1."
            )
        }
        try change(alias) {
            let catalog = try catalog(alias)
            let schema = try self.schema(name, catalog, line: line)
            guard catalog.type(schema: schema, name: name.name) == nil, !TypeNames.isKnown(name.name) else {
                throw ServerMessage.error(
                    219, line: line,
                    "The type '\(name.description)' already exists, or you do not have permission to create it.")
            }
            let id = max(256, catalog.types.keys.max() ?? 256) + 1
            var info = UserTypeInfo(id: id, schema: schema, name: name.name, isNullable: true)
            switch statement.definition {
            case .alias(let typeName, let isNullable):
                let type = try TypeNames.resolve(typeName)
                info.typeCode = type.code
                info.isNullable = isNullable ?? (typeName.lowercasedName != "sysname")
            case .table(let definition):
                info.table = try table(of: definition, alias, context, line: line)
            }
            let place = try DatabaseCatalog.nextID(in: connection, schema: alias)
            info.table?.id = place
            try DatabaseCatalog.save(info, kind: "type", id: place, in: connection, schema: alias)
        }
        _ = try catalog(alias)
    }

    private func table(of definition: TableDefinition, _ alias: String, _ context: BatchContext, line: Int) throws
        -> TableInfo
    {
        for constraint in definition.constraints + definition.columns.flatMap(\.constraints) {
            guard case .foreignKey = constraint.kind else { continue }
            throw ServerMessage.unsupported("FOREIGN KEY of a table type", line: constraint.range.line)
        }
        let empty = TableInfo(
            id: 0, schema: "dbo", name: "@type", columns: [], nextColumnID: 1, created: Clock.ticks(utc: false))
        var builder = TableBuilder(
            session: self, table: empty, alias: alias, database: database.name, batch: context.text)
        try builder.add(definition)
        // Binding the checks tells now what would fail at the first DECLARE.
        _ = try self.definition(of: builder.table, alias)
        return builder.table
    }

    func dropType(_ name: MultipartName, _ ifExists: Bool, line: Int) throws {
        let alias = currentAlias
        let catalog = try catalog(alias)
        guard let type = catalog.type(schema: name.schema ?? "dbo", name: name.name) else {
            if ifExists { return }
            throw ServerMessage.error(
                218, line: line,
                "Could not find the type '\(name.description)'. Either it does not exist or you do not have the necessary permission."
            )
        }
        if let user = catalog.user(of: type) {
            throw ServerMessage.error(
                3732, line: line,
                "Cannot drop type '\(name.description)' because it is being referenced by object '\(user)'. There may be other objects that reference this type."
            )
        }
        try change(alias) {
            try connection.execute(
                "DELETE FROM \(alias).sys_object WHERE kind = 'type' AND json_extract(body, '$.id') = \(type.id)")
            try DatabaseCatalog.touch(connection, schema: alias)
        }
        _ = try self.catalog(alias)
    }
}

extension DatabaseCatalog {
    /// The name of an object that uses a type; nil when none does.
    func user(of type: UserTypeInfo) -> String? {
        sortedTables.first { $0.columns.contains { $0.userType == type.id } }?.name
            ?? modules.values.first { $0.parameters.contains { $0.userType == type.id } }?.name
    }
}

extension DatabaseCatalog {
    /// The name of an object whose default takes values of a sequence.
    func user(ofSequence sequence: SequenceInfo) throws -> String? {
        for column in sortedTables.flatMap(\.columns) {
            guard let value = column.defaultValue, value.text.uppercased().contains("NEXT"),
                let name = try StoredExpression.parse(value.text).nextValueName
            else { continue }
            let isSame = TextCollation.areEqual(name.name, sequence.name)
            if isSame, TextCollation.areEqual(name.schema ?? "dbo", sequence.schema) { return value.name }
        }
        return nil
    }
}

extension SQLExpression {
    /// The sequence of `NEXT VALUE FOR`, in parentheses or without.
    fileprivate var nextValueName: MultipartName? {
        switch kind {
        case .nextValue(let name, _): name
        case .parenthesized(let inner): inner.nextValueName
        default: nil
        }
    }
}
