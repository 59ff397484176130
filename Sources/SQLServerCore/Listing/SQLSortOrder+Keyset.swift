import SQLValues

extension SQLSortOrder {
    /// The condition that a row comes after the one with the given keys; NULL is the lowest, as SQL Server sorts it.
    ///
    /// A row comes after when its first key does, or its first key is the same and its second comes after, and so on.
    /// In front stands what all of that implies for the first key alone, from which an index can start.
    func follows(_ values: [SQLValue]) -> SQLQuery {
        var ways: [SQLQuery] = []
        for (index, key) in keys.enumerated() {
            guard let after = key.comesAfter(values[index]) else { continue }
            let same = keys[..<index].indices.map { keys[$0].isSame(values[$0]) }
            ways.append((same + [after]).joined(operator: .and))
        }
        let bound = keys.count > 1 ? keys.first?.isNotBefore(values[0]) ?? "" : ""
        return [bound, ways.joined(operator: .or)].joined(operator: .and)
    }
}

extension SQLSortOrder.Key {
    private func parameter(_ value: SQLValue) -> SQLQuery {
        SQLQuery(parameter: SQLTypedValue(value, as: column.type))
    }

    /// The condition that the key comes after a value; nil when nothing does.
    func comesAfter(_ value: SQLValue) -> SQLQuery? {
        let expression = column.expression
        switch (value.isNull, isDescending) {
        case (true, false): return "\(expression) IS NOT NULL"
        case (true, true): return nil
        case (false, false): return "\(expression) > \(parameter(value))"
        case (false, true):
            let less: SQLQuery = "\(expression) < \(parameter(value))"
            return column.isNullable ? less.or("\(expression) IS NULL") : less
        }
    }

    /// The condition that the key is the same as a value.
    func isSame(_ value: SQLValue) -> SQLQuery {
        value.isNull ? "\(column.expression) IS NULL" : "\(column.expression) = \(parameter(value))"
    }

    /// A condition that holds for a value and all that come after it, when one comparison says it; nil otherwise.
    func isNotBefore(_ value: SQLValue) -> SQLQuery? {
        guard !value.isNull, !(isDescending && column.isNullable) else { return nil }
        return isDescending
            ? "\(column.expression) <= \(parameter(value))" : "\(column.expression) >= \(parameter(value))"
    }
}
