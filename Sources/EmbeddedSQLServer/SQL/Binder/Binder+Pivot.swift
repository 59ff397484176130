import SQLValues
import TransactSQL

extension Binder {
    /// PIVOT: groups by every column of its source that it does not name, with an aggregate for each value.
    func bindPivot(_ pivot: PivotedTable, _ scope: Scope, lateral: Scope?) throws -> (BoundSource, [Scope.Source]) {
        let line = pivot.range.line
        try checkMember(467, line: line)
        let (source, inner) = try pivotSource(pivot.source, scope, lateral, line: line)
        let key = try column(pivot.column, inner)
        let call = pivot.aggregate
        guard call.values?.count == 1, call.over == nil, !call.isDistinct else {
            throw ServerMessage.unsupported("PIVOT with \(call.uppercasedName) of these arguments", line: line)
        }
        let bound = try aggregate(call, inner, line: line)
        guard case .aggregate(let aggregate) = bound.node else {
            throw ServerMessage.unsupported("PIVOT with \(call.uppercasedName)", line: line)
        }
        var select = BoundSelect()
        select.from = [source]
        var columns: [OutputColumn] = []
        for own in inner.sources {
            for column in own.columns {
                let reference = ColumnReference(
                    source: own.alias, column: column.storedName, displayName: column.name, scope: inner.id)
                let value = BoundExpression(
                    node: .column(reference), type: column.type, isNullable: column.isNullable)
                guard !key.names(reference), !bound.contains({ $0.names(reference) }) else { continue }
                select.items.append(value)
                select.groupBy.append(value)
                columns.append(OutputColumn(name: column.name, type: column.type, isNullable: column.isNullable))
            }
        }
        select.isAggregate = select.groupBy.isEmpty
        for value in pivot.values {
            let text = BoundExpression.constant(.string(value.value), .nVarChar(max(1, value.value.units)))
            let converted = try coerce(text, to: key.type, line: line)
            guard converted.constantValue != nil else {
                throw ServerMessage.error(
                    473, line: line, "The incorrect value \"\(value.value)\" is supplied in the PIVOT operator.")
            }
            var one = aggregate
            one.filter = try comparison(.equal, key, converted, line: line)
            select.items.append(BoundExpression(node: .aggregate(one), type: bound.type, isNullable: true))
            columns.append(OutputColumn(name: value.value, type: bound.type, isNullable: true))
        }
        return try laterally(lateral, name: pivot.alias.value, columns: [], line: line) {
            BoundQuery(body: .select(select), columns: columns)
        }
    }

    private func pivotSource(_ table: TableSource, _ scope: Scope, _ lateral: Scope?, line: Int) throws -> (
        BoundSource, Scope
    ) {
        let (source, sources) = try bindSource(table, scope)
        if lateral != nil { throw ServerMessage.unsupported("PIVOT under APPLY", line: line) }
        let inner = self.scope(inside: scope.outer)
        try Self.add(sources, to: inner, line: line)
        return (source, inner)
    }

    /// UNPIVOT: a row for each of the columns that is not NULL, with the column's name.
    func bindUnpivot(_ pivot: UnpivotedTable, _ scope: Scope, lateral: Scope?) throws -> (
        BoundSource, [Scope.Source]
    ) {
        let line = pivot.range.line
        let (source, inner) = try pivotSource(pivot.source, scope, lateral, line: line)
        let cells = try pivot.columns.map { name in
            (name.name, try column(name, inner))
        }
        guard let first = cells.first?.1 else {
            throw ServerMessage.error(102, line: line, "Incorrect syntax near ')'.")
        }
        for (name, cell) in cells where cell.type != first.type {
            throw ServerMessage.error(
                8167, line: line,
                "The type of column \"\(name)\" conflicts with the type of other columns specified in the UNPIVOT list."
            )
        }
        let alias = nextAlias()
        let number = BoundExpression(
            node: .column(ColumnReference(source: alias, column: "c1", displayName: "n", scope: inner.id)), type: .int,
            isNullable: false)
        func choice(_ values: [BoundExpression], _ type: SQLType) -> BoundExpression {
            let branches = values.enumerated().map { index, value in
                BoundExpression.Branch(
                    when: .condition(.comparison(.equal, number, .constant(.int(Int64(index + 1)), .int))), then: value)
            }
            return BoundExpression(node: .caseWhen(branches, otherwise: nil), type: type, isNullable: false)
        }
        let value = choice(cells.map(\.1), first.type)
        var select = BoundSelect()
        let rows = cells.indices.map { [BoundExpression.constant(.int(Int64($0 + 1)), .int)] }
        let numbers = [OutputColumn(name: "n", type: .int, isNullable: false)]
        select.from = [source, .rows(rows, columns: numbers, alias: alias)]
        select.condition = .condition(.isNull(value, negated: true))
        var columns: [OutputColumn] = []
        for own in inner.sources {
            for column in own.columns {
                let reference = ColumnReference(
                    source: own.alias, column: column.storedName, displayName: column.name, scope: inner.id)
                guard !cells.contains(where: { $0.1.names(reference) }) else { continue }
                select.items.append(
                    BoundExpression(node: .column(reference), type: column.type, isNullable: column.isNullable))
                columns.append(OutputColumn(name: column.name, type: column.type, isNullable: column.isNullable))
            }
        }
        select.items += [value, choice(cells.map { .constant(.string($0.0), .nVarChar(128)) }, .nVarChar(128))]
        columns += [
            OutputColumn(name: pivot.value.value, type: first.type, isNullable: true),
            OutputColumn(name: pivot.column.value, type: .nVarChar(128), isNullable: true),
        ]
        return try laterally(lateral, name: pivot.alias.value, columns: [], line: line) {
            BoundQuery(body: .select(select), columns: columns)
        }
    }
}

extension BoundExpression {
    /// Whether the expression is the column of a reference.
    fileprivate func names(_ reference: ColumnReference) -> Bool {
        guard case .column(let own) = node else { return false }
        return own.source == reference.source && own.column == reference.column
    }
}
