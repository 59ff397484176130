import SQLValues
import TransactSQL

/// The source that UPDATE, DELETE or MERGE changes.
struct ChangeTarget {
    /// The name by which the statement calls it.
    var name: String
    var source: Scope.Source

    /// The column that is set, in its base table and in the source.
    func column(_ name: MultipartName) throws -> (column: ColumnInfo, source: Scope.Column) {
        try column(named: name.name, line: name.range.line)
    }

    func column(named name: String, line: Int) throws -> (column: ColumnInfo, source: Scope.Column) {
        guard let column = source.columns.first(where: { TextCollation.areEqual($0.name, name) }) else {
            throw ServerMessage.error(207, line: line, "Invalid column name '\(name)'.")
        }
        for base in source.bases {
            if let id = base.columns[column.storedName], let found = base.table.table.column(id: id) {
                return (found, column)
            }
        }
        if let refusal = source.refusal { throw self.refusal(refusal).at(line: line) }
        throw ServerMessage.error(
            source.isDerivedTable ? 4421 : 4406, line: line,
            source.isDerivedTable
                ? "Derived table '\(self.name)' is not updatable because a column of the derived table is derived or constant."
                : "Update or insert of view or function '\(self.name)' failed because it contains a derived or constant field."
        )
    }

    /// The one base table that is changed when these columns of the source are; all of its rows for DELETE.
    func base(changing columns: [String], line: Int) throws -> Scope.Base {
        if let refusal = source.refusal { throw self.refusal(refusal).at(line: line) }
        let candidates =
            columns.isEmpty
            ? source.bases : source.bases.filter { base in columns.allSatisfy { base.columns[$0] != nil } }
        guard candidates.count == 1, let base = candidates.first else {
            throw ServerMessage.error(
                source.isDerivedTable ? 4420 : 4405, line: line,
                "\(kind) '\(name)' is not updatable because the modification affects multiple base tables.")
        }
        return base
    }

    private var kind: String { source.isDerivedTable ? "Derived table" : "View or function" }

    private func refusal(_ reason: Changeable.Refusal) -> ServerMessage {
        let clause = "it contains aggregates, or a DISTINCT or GROUP BY clause, or PIVOT or UNPIVOT operator."
        switch (reason, source.isDerivedTable) {
        case (.aggregate, true): return .error(4418, "Derived table '\(name)' is not updatable because \(clause)")
        case (.aggregate, false): return .error(4403, "Cannot update the view or function '\(name)' because \(clause)")
        case (.setOperation, true):
            return .error(
                4417, "Derived table '\(name)' is not updatable because the definition contains a UNION operator.")
        case (.setOperation, false):
            return .error(4426, "View '\(name)' is not updatable because the definition contains a UNION operator.")
        }
    }
}

extension Scope.Source {
    /// The same source as a derived table.
    var asDerivedTable: Scope.Source {
        var copy = self
        copy.isDerivedTable = true
        return copy
    }
}

extension Scope.Base {
    /// The row's id in SQLite.
    func rowID(of source: Scope.Source) -> BoundExpression {
        // Behind a view with INSTEAD OF triggers there may be no one table.
        guard !rowID.isEmpty else { return .constant(.null, .bigInt) }
        let reference = ColumnReference(source: source.alias, column: rowID, displayName: "", scope: 0)
        return BoundExpression(node: .column(reference), type: .bigInt, isNullable: true)
    }
}

extension EmbeddedSession {
    /// The source to change: one of FROM, or one of its own.
    func bindTarget(
        _ target: ModificationTarget, _ from: [TableSource], alias: Identifier? = nil, _ scope: Scope,
        _ select: inout BoundSelect, _ binder: Binder, line: Int
    ) throws -> ChangeTarget {
        let exposed = binder.exposesRows
        binder.exposesRows = true
        defer { binder.exposesRows = exposed }
        for source in from {
            let (bound, sources) = try binder.bindSource(source, scope)
            try Binder.add(sources, to: scope, line: line)
            select.from.append(bound)
        }
        switch target {
        case .table(let name):
            if name.parts.count == 1,
                let source = scope.sources.first(where: { TextCollation.areEqual($0.name, name.name) })
            {
                return try changeable(source, target, binder)
            }
            let known = scope.sources.isEmpty ? nil : try table(name)
            if let known, let source = try self.source(of: known, scope, line: line) {
                return try changeable(source, target, binder)
            }
            let (bound, sources) = try binder.bindNamed(
                name, exposed: alias?.value ?? name.name, hasAlias: alias != nil, line: name.range.line)
            try Binder.add(sources, to: scope, line: line)
            select.from.append(bound)
            return try changeable(sources[0], target, binder)
        case .variable(let name, let range):
            let table = try binder.tableVariable(name, line: range.line)
            guard !table.isReadOnly else {
                throw ServerMessage.error(
                    10700, line: range.line,
                    "The table-valued parameter \"\(name)\" is READONLY and cannot be modified.")
            }
            if let source = try self.source(of: table.variable.target, scope, line: line) {
                return try changeable(source, target, binder)
            }
            let (bound, sources) = binder.tableSource(
                table.variable.target, alias?.value ?? name, hasAlias: alias != nil)
            try Binder.add(sources, to: scope, line: line)
            select.from.append(bound)
            return try changeable(sources[0], target, binder)
        }
    }

    /// The one source that is the table; nil when there is none.
    private func source(of resolved: ResolvedTable, _ scope: Scope, line: Int) throws -> Scope.Source? {
        let same = scope.sources.filter {
            $0.table?.table.id == resolved.table.id && $0.table?.alias == resolved.alias
        }
        if same.count > 1 {
            throw ServerMessage.error(8154, line: line, "The table '\(resolved.table.name)' is ambiguous.")
        }
        return same.first
    }

    private func changeable(
        _ source: Scope.Source, _ target: ModificationTarget, _ binder: Binder
    ) throws -> ChangeTarget {
        binder.noteTarget(source)
        if source.isSystem {
            throw ServerMessage.error(
                259, line: target.range.line, "Ad hoc updates to system catalogs are not allowed.")
        }
        if let table = source.table, transitions.holds(table.table.storedName) {
            throw ServerMessage.error(
                286, line: target.range.line, "The logical tables INSERTED and DELETED cannot be updated.")
        }
        return ChangeTarget(name: target.writtenName, source: source)
    }
}
