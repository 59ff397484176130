import SQLValues
import TransactSQL

extension EmbeddedSession {
    /// Runs a definition of an object other than a table, a view or a module.
    func run(_ statement: ObjectStatement, _ context: BatchContext, line: Int) throws {
        switch statement {
        case .createType(let create): try createType(create, context, line: line)
        case .sequence(let sequence): try define(sequence, line: line)
        case .createSynonym(let name, let target): try createSynonym(name, for: target, line: line)
        case .alterIndex(let alter): try alterIndex(alter, line: line)
        case .transfer(let transfer): try self.transfer(transfer, line: line)
        case .createStatistics(let create): try createStatistics(create, line: line)
        case .updateStatistics(let name, let update): try updateStatistics(name, update.names, line: line)
        case .checkIdentity(let check): try checkIdentity(check, context, line: line)
        }
    }

    // MARK: Indexes and statistics

    func indexed(_ name: MultipartName, line: Int) throws -> ResolvedTable {
        guard let target = try table(name) else {
            throw ServerMessage.error(
                1088, state: 9, line: line,
                "Cannot find the object \"\(name.description)\" because it does not exist or you do not have permissions."
            )
        }
        return target
    }

    func createStatistics(_ statement: CreateStatisticsStatement, line: Int) throws {
        if statement.condition != nil { throw ServerMessage.unsupported("filtered statistics", line: line) }
        var target = try indexed(statement.table, line: line)
        try change(target.alias) {
            let taken = target.table.keys.map(\.name) + (target.table.statistics ?? []).map(\.name)
            guard !taken.contains(where: { TextCollation.areEqual($0, statement.name.value) }) else {
                throw ServerMessage.error(
                    1927, line: line,
                    "There are already statistics on table '\(statement.table.description)' named '\(statement.name.value)'."
                )
            }
            let columns = try statement.columns.map { name -> Int in
                guard let column = target.table.column(named: name.value) else {
                    throw ServerMessage.error(
                        1911, line: line, "Column name '\(name.value)' does not exist in the target table or view.")
                }
                return column.id
            }
            target.table.statistics =
                (target.table.statistics ?? []) + [
                    StatisticsInfo(name: statement.name.value, columns: columns)
                ]
            try DatabaseCatalog.save(
                target.table, kind: "table", id: target.table.id, in: connection, schema: target.alias)
        }
        _ = try catalog(target.alias)
    }

    /// There are no statistics to bring up to date; names are checked all the same.
    func updateStatistics(_ name: MultipartName, _ names: [Identifier], line: Int) throws {
        guard let target = try table(name) else {
            throw ServerMessage.error(
                2706, state: 6, line: line, "Table '\(name.name)' does not exist.")
        }
        let known = target.table.keys.map(\.name) + (target.table.statistics ?? []).map(\.name)
        for wanted in names where !known.contains(where: { TextCollation.areEqual($0, wanted.value) }) {
            throw ServerMessage.error(
                2767, line: line,
                "Could not locate statistics '\(wanted.value)' in the system catalogs.")
        }
    }

    func dropStatistics(_ name: MultipartName, line: Int) throws {
        let parts = name.parts
        guard parts.count >= 2 else {
            throw ServerMessage.error(
                3739, state: 7, line: line,
                "Cannot DROP the index '\(name.name)' because it is not a statistics collection.")
        }
        let owner = MultipartName(parts.dropLast().map(\.value), line: line)
        guard var target = try table(owner),
            let index = target.table.statistics?.firstIndex(where: { TextCollation.areEqual($0.name, name.name) })
        else { throw Self.missing("statistics", name.description, line: line) }
        try change(target.alias) {
            target.table.statistics?.remove(at: index)
            try DatabaseCatalog.save(
                target.table, kind: "table", id: target.table.id, in: connection, schema: target.alias)
        }
        _ = try catalog(target.alias)
    }
}
