import SQLValues
import TransactSQL

/// The columns that an INSERT fills: those that get given values, and the others with their defaults.
struct InsertColumns {
    var base: Scope.Base
    var named: [ColumnInfo]
    var others: [ColumnInfo]
    /// The defaults of the others, in the form in which values are assigned.
    var defaults: [BoundExpression]

    var target: ResolvedTable { base.table }
    var all: [ColumnInfo] { named + others }

    var clause: ChangeClause {
        let identity = target.table.identityColumn
        return ChangeClause(
            action: .insert, columns: all,
            givesIdentity: identity.map { one in named.contains { $0.id == one.id } } ?? false)
    }
}

extension EmbeddedSession {
    /// The columns that are named, or all but the identity column.
    func insertColumns(
        _ names: [MultipartName], _ target: ChangeTarget, isDefault: Bool = false, _ binder: Binder, line: Int
    ) throws -> InsertColumns {
        var found: [(column: ColumnInfo, source: Scope.Column)] = []
        if names.isEmpty, !isDefault {
            found = try target.source.columns.map { try target.column(named: $0.name, line: line) }
                .filter { $0.column.identity == nil && $0.column.computed == nil }
        }
        for name in names {
            let one = try target.column(name)
            if one.column.computed != nil { throw Self.computedColumn(one.column, line: line) }
            guard !found.contains(where: { $0.column.id == one.column.id }) else {
                throw ServerMessage.error(
                    264, line: line,
                    "The column name '\(one.column.name)' is specified more than once in the SET clause or column list of an INSERT. A column cannot be assigned more than one value in the same clause. Modify the clause to make sure that a column is updated only once. If this statement updates or inserts columns into a view, column aliasing can conceal the duplication in your code."
                )
            }
            found.append(one)
        }
        let base = try target.base(changing: found.map(\.source.storedName), line: line)
        let named = found.map(\.column)
        // Columns that are not named get their defaults.
        let others = base.table.table.columns.filter { column in
            column.isGiven && !named.contains { $0.id == column.id }
        }
        return InsertColumns(
            base: base, named: named, others: others,
            defaults: try others.map { try defaultValue(of: $0, binder, line: line) })
    }

    static func computedColumn(_ column: ColumnInfo, line: Int) -> ServerMessage {
        .error(
            271, line: line,
            "The column \"\(column.name)\" cannot be modified because it is either a computed column or is the result of a UNION operator."
        )
    }

    /// Msg 8101 or 213: without a column list the values must match the table.
    func mismatch(_ count: Int, _ columns: InsertColumns, line: Int) -> ServerMessage {
        if count == columns.named.count + 1, columns.target.table.identityColumn != nil {
            return .error(
                8101, line: line,
                "An explicit value for the identity column in table '\(columns.target.table.name)' can only be specified when a column list is used and IDENTITY_INSERT is ON."
            )
        }
        return .error(
            213, line: line, "Column name or number of supplied values does not match table definition.")
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

    /// Queries that find a changed row, by its id as their last parameter, in the views WITH CHECK OPTION.
    func viewChecks(_ base: Scope.Base, _ binder: Binder, line: Int) throws -> [QueryText] {
        try base.checks.map { view in
            let exposed = binder.exposesRows
            binder.exposesRows = true
            defer { binder.exposesRows = exposed }
            let (source, named) = try binder.bindView(view, base.table.database, view.name, line: line)
            var emitter = Emitter()
            emitter.write("SELECT 1 FROM ")
            emitter.source(source)
            let rowID = named[0].bases.first { $0.table == base.table }?.rowID ?? "_rowid_"
            emitter.write(" WHERE \(named[0].alias).\(rowID) = ?\(emitter.parameters.count + 1)")
            return QueryText(emitter)
        }
    }
}
