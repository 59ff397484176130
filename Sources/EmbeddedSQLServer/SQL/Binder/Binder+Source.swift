import SQLValues
import TransactSQL

extension Binder {
    /// A source in FROM, with the names it gives to the query.
    ///
    /// Under APPLY `lateral` holds what stands to its left.
    func bindSource(_ source: TableSource, _ scope: Scope, lateral: Scope? = nil) throws -> (
        BoundSource, [Scope.Source]
    ) {
        switch source {
        case .parenthesized(let inner): return try bindSource(inner, scope, lateral: lateral)
        case .table(let table): return try bindTable(table, scope)
        case .derived(let query, let alias, let names, let range):
            guard lateral != nil else {
                let bound = try bindQuery(query, outer: scope.outer, place: sourcePlace)
                let (source, sources) = try derived(
                    bound, name: alias.value, exposed: alias.value, columns: names.map(\.value), line: range.line)
                return (source, sources.map(\.asDerivedTable))
            }
            return try laterally(lateral, name: alias.value, columns: names.map(\.value), line: range.line) {
                try bindQuery(query, outer: lateral ?? scope.outer)
            }
        case .values(let rows, let alias, let names, let range):
            guard let lateral else {
                return try bindRows(rows, alias.value, names.map(\.value), scope.outer, line: range.line)
            }
            return try laterally(lateral, name: alias.value, columns: [], line: range.line) {
                let (source, names) = try bindRows(rows, alias.value, names.map(\.value), lateral, line: range.line)
                return Self.everything(of: source, names[0])
            }
        case .join(let join): return try bindJoin(join, scope, lateral: lateral)
        case .variable(let name, let alias, let range):
            let table = try tableVariable(name, line: range.line).variable.target
            return tableSource(table, alias?.value ?? name, hasAlias: alias != nil)
        case .function(let function): return try bindFunction(function, scope, lateral: lateral)
        case .pivot(let pivot): return try bindPivot(pivot, scope, lateral: lateral)
        case .unpivot(let pivot): return try bindUnpivot(pivot, scope, lateral: lateral)
        }
    }

    /// The table variable of a name.
    func tableVariable(_ name: String, line: Int) throws -> Variables.Table {
        guard let table = variables.table(named: name) else {
            throw ServerMessage.error(1087, state: 2, line: line, "Must declare the table variable \"\(name)\".")
        }
        return table
    }

    private func bindTable(_ table: NamedTable, _ scope: Scope) throws -> (BoundSource, [Scope.Source]) {
        let line = table.range.line
        try accept(table.hints)
        if !table.systemTime.isEmpty { throw ServerMessage.unsupported("FOR SYSTEM_TIME", line: line) }
        if !table.sample.isEmpty { throw ServerMessage.unsupported("TABLESAMPLE", line: line) }
        let exposed = table.alias?.value ?? table.name.name
        if table.name.parts.count == 1, let common = commonTables[table.name.name.lowercased()] {
            return try bindCommonTable(common, exposed)
        }
        return try bindObject(
            table.name, exposed: exposed, hasAlias: table.alias != nil, hints: table.hints, line: line)
    }

    /// The common table expression, table or view of a name.
    func bindNamed(_ name: MultipartName, exposed: String, hasAlias: Bool, line: Int) throws
        -> (BoundSource, [Scope.Source])
    {
        if name.parts.count == 1, let common = commonTables[name.name.lowercased()] {
            return try bindCommonTable(common, exposed)
        }
        return try bindObject(name, exposed: exposed, hasAlias: hasAlias, hints: [], line: line)
    }

    private func bindObject(
        _ name: MultipartName, exposed: String, hasAlias: Bool, hints: [TableHint], line: Int
    ) throws -> (BoundSource, [Scope.Source]) {
        if name.parts.count == 1, let transition = variables.transition(named: name.name) {
            return tableSource(transition, exposed, hasAlias: hasAlias)
        }
        let object = try resolver.resolve(name)
        if expanding.isEmpty, let schemaBinding { try schemaBinding.check(name, object, line: line) }
        switch object {
        case .table(let resolved):
            try checkIndexes(hints, of: resolved.table, line: line)
            return tableSource(resolved, exposed, hasAlias: hasAlias)
        case .view(let view, let database):
            let access = note("SELECT", id: view.id, schema: view.schema, name: view.name, database: database)
            var (bound, sources) = try bindView(view, database, exposed, line: line)
            sources[0].access = access
            return (bound, sources)
        case .system(let view, let key):
            note(view, key: key)
            return systemSource(view, key, exposed)
        }
    }

    /// A catalogue view, whose rows are made once for a statement and then kept, so that SQLite can index them.
    private func systemSource(_ view: SystemView, _ key: String, _ exposed: String) -> (BoundSource, [Scope.Source]) {
        let inner = nextAlias()
        var select = BoundSelect()
        select.from = [.function("ts_session_rows", [.constant(.string(key), .nVarCharMax)], alias: inner)]
        select.items = view.columns.enumerated().map { index, column in
            let reference = ColumnReference(source: inner, column: "c\(index + 1)", displayName: "", scope: 0)
            return BoundExpression(node: .column(reference), type: column.type, isNullable: column.isNullable)
        }
        var query = BoundQuery(body: .select(select), columns: view.columns)
        query.offset = .constant(.int(0), .bigInt)
        let alias = nextAlias()
        var source = Self.source(exposed, nil, alias, view.columns)
        source.isSystem = true
        return (.derived(query, alias: alias), [source])
    }

    /// A table of a database as a source.
    func tableSource(_ resolved: ResolvedTable, _ exposed: String, hasAlias: Bool) -> (BoundSource, [Scope.Source]) {
        let alias = nextAlias()
        databases.insert(resolved.alias)
        let columns = resolved.table.columns.map {
            Scope.Column(
                name: $0.name, storedName: $0.storedName, type: $0.type, isNullable: $0.isNullable,
                identity: $0.identity, isComputed: $0.computed != nil)
        }
        var source = Scope.Source(
            name: exposed, schema: hasAlias ? nil : resolved.table.schema, alias: alias, columns: columns,
            table: resolved)
        source.access = note("SELECT", on: resolved)
        let ids = resolved.table.columns.map { ($0.storedName, $0.id) }
        source.bases = [Scope.Base(table: resolved, rowID: "_rowid_", columns: Dictionary(uniqueKeysWithValues: ids))]
        return (.table(database: resolved.alias, name: resolved.table.storedName, alias: alias), [source])
    }

    func bindView(_ view: ViewInfo, _ database: String, _ exposed: String, line: Int) throws
        -> (BoundSource, [Scope.Source])
    {
        let key = "view \(database).\(view.schema).\(view.name)".lowercased()
        guard !expanding.contains(key), expanding.count < 32 else {
            throw ServerMessage.error(4429, line: line, "View or function '\(view.name)' contains a self-reference.")
        }
        expanding.append(key)
        let saved = (commonTables, expandedModule, resolver.lookupSchema)
        (commonTables, expandedModule, resolver.lookupSchema) = ([:], view.id, view.schema)
        defer {
            expanding.removeLast()
            (commonTables, expandedModule, resolver.lookupSchema) = saved
        }
        var bound = try bindQuery(
            try resolver.query(of: view, database: database), outer: nil, place: sourcePlace)
        if view.hasCheckOption ?? false { bound.changeable?.check(view) }
        guard bound.columns.map(\.name) == view.queryColumns else {
            // SQL Server keeps the columns that `*` meant when the view was made.
            throw ServerMessage.unsupported("view \(view.name), whose tables changed since it was made", line: line)
        }
        let (source, plain) = try derived(
            bound, name: view.name, exposed: exposed, columns: view.columns, line: line)
        var sources = plain
        sources[0].view = Scope.View(info: view, database: database)
        return (source, sources)
    }

    func derived(_ query: BoundQuery, name: String, exposed: String, columns names: [String], line: Int) throws
        -> (BoundSource, [Scope.Source])
    {
        let columns = try Self.named(query.columns, name: name, columns: names, line: line)
        let alias = nextAlias()
        var source = Self.source(exposed, nil, alias, columns)
        source.bases = query.changeable?.bases ?? []
        source.refusal = query.changeable?.refusal
        return (.derived(query, alias: alias), [source])
    }

    /// The columns of a derived table under the names that stand after its alias.
    static func named(_ columns: [OutputColumn], name: String, columns names: [String], line: Int) throws
        -> [OutputColumn]
    {
        var columns = columns
        if !names.isEmpty {
            guard names.count == columns.count else {
                let isLess = names.count < columns.count
                throw ServerMessage.error(
                    isLess ? 8158 : 8159, line: line,
                    "'\(name)' has \(isLess ? "more" : "fewer") columns than were specified in the column list.")
            }
            for index in columns.indices { columns[index].name = names[index] }
        }
        for (index, column) in columns.enumerated() {
            if column.name.isEmpty {
                throw ServerMessage.error(
                    8155, state: 2, line: line, "No column name was specified for column \(index + 1) of '\(name)'.")
            }
            if columns[..<index].contains(where: { TextCollation.areEqual($0.name, column.name) }) {
                throw ServerMessage.error(
                    8156, line: line, "The column '\(column.name)' was specified multiple times for '\(name)'.")
            }
        }
        return columns
    }

    static func source(_ name: String, _ schema: String?, _ alias: String, _ columns: [OutputColumn])
        -> Scope.Source
    {
        let scoped = columns.enumerated().map { index, column in
            Scope.Column(
                name: column.name, storedName: "c\(index + 1)", type: column.type, isNullable: column.isNullable,
                identity: column.identity, isComputed: column.isComputed)
        }
        return Scope.Source(name: name, schema: schema, alias: alias, columns: scoped, table: nil)
    }

    private func bindRows(_ rows: [[SQLExpression]], _ name: String, _ names: [String], _ outer: Scope?, line: Int)
        throws
        -> (BoundSource, [Scope.Source])
    {
        let alias = nextAlias()
        let bound = try unifiedRows(rows, outer ?? scope(inside: nil), line: line)
        guard let first = bound.first, first.count == names.count else {
            throw ServerMessage.error(
                8158, line: line, "'\(name)' has more columns than were specified in the column list.")
        }
        let columns = names.indices.map { index in
            OutputColumn(
                name: names[index], type: first[index].type, isNullable: bound.contains { $0[index].isNullable })
        }
        return (.rows(bound, columns: columns, alias: alias), [Self.source(name, nil, alias, columns)])
    }

    /// Rows of VALUES with one type for each column.
    func unifiedRows(_ rows: [[SQLExpression]], _ scope: Scope, line: Int) throws -> [[BoundExpression]] {
        var bound = try rows.map { try $0.map { try bind($0, scope) } }
        guard let count = bound.first?.count, bound.allSatisfy({ $0.count == count }) else {
            throw ServerMessage.error(
                10709, line: line,
                "The number of columns for each row in a table value constructor must be the same.")
        }
        guard bound.count > 1 else { return bound }
        for column in 0..<count {
            var type: SQLType?
            for row in bound where !row[column].isUntypedNull {
                type = type.map { TypeRules.common($0, row[column].type) } ?? row[column].type
            }
            guard let type else { continue }
            for row in bound.indices { bound[row][column] = try coerce(bound[row][column], to: type, line: line) }
        }
        return bound
    }

    private func bindJoin(_ join: JoinedTable, _ scope: Scope, lateral: Scope?) throws -> (
        BoundSource, [Scope.Source]
    ) {
        let isApply = join.kind == .crossApply || join.kind == .outerApply
        let isOuter = [.left, .right, .full, .outerApply].contains(join.kind)
        try checkMember(462, line: join.range.line, when: isOuter)
        let (left, leftSourcesAsWritten) = try bindSource(join.left, scope, lateral: lateral)
        let visible = isApply ? try lateralScope(scope, leftSourcesAsWritten, lateral, line: join.range.line) : lateral
        let (right, rightSourcesAsWritten) = try bindSource(join.right, scope, lateral: visible)
        if case .join = right, isApply { throw ServerMessage.unsupported("APPLY of a join", line: join.range.line) }
        var (leftSources, rightSources) = (leftSourcesAsWritten, rightSourcesAsWritten)
        let inner = Scope(id: scope.id, outer: scope.outer)
        try Self.add(leftSources, to: inner, line: join.range.line)
        try Self.add(rightSources, to: inner, line: join.range.line)
        let condition = try join.condition.map {
            try bindWithoutAggregates($0, inner, .error(1015, "An aggregate cannot appear in an ON clause."))
        }
        if join.kind == .left || join.kind == .full || join.kind == .outerApply {
            rightSources = rightSources.map(Self.nullable)
        }
        if join.kind == .right || join.kind == .full { leftSources = leftSources.map(Self.nullable) }
        return (.join(join.kind, left, right, on: condition), leftSources + rightSources)
    }

    private static func nullable(_ source: Scope.Source) -> Scope.Source {
        var result = source
        for index in result.columns.indices { result.columns[index].isNullable = true }
        return result
    }
}
