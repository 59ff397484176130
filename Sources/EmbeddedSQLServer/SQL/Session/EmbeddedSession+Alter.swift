import SQLValues
import TransactSQL

extension EmbeddedSession {
    /// ALTER TABLE.
    func alterTable(_ statement: AlterTableStatement, _ context: BatchContext, line: Int) throws {
        guard let target = try table(statement.name) else {
            throw ServerMessage.error(
                4902, line: line,
                "Cannot find the object \"\(statement.name.description)\" because it does not exist or you do not have permissions."
            )
        }
        try change(target.alias) {
            switch statement.action {
            case .add(let definition, let checksExisting):
                try add(definition, to: target, checksExisting ?? true, context, line: line)
            case .drop(let items): for item in items { try drop(item, of: statement.name, line: line) }
            case .alterColumn(let column): try alterColumn(column, of: target, line: line)
            case .alterColumnProperty(let name, let words):
                try alterColumn(name, words: words, of: target, line: line)
            case .checkConstraints(let isEnabled, let checksExisting, let names):
                try setConstraints(
                    names, isEnabled: isEnabled, checksExisting: checksExisting ?? false, of: target, line: line)
            case .triggers(let isEnabled, let names):
                try switchTriggers(names.map(\.value), of: target.table.id, target.alias, isEnabled) { trigger in
                    ServerMessage.error(
                        4920, state: 0, line: line,
                        "ALTER TABLE failed because trigger '\(trigger)' on table '\(target.table.name)' does not exist."
                    )
                }
            }
        }
        noteDefinition(of: target)
        _ = try catalog(target.alias)
    }

    private func add(
        _ definition: TableDefinition, to target: ResolvedTable, _ checksExisting: Bool, _ context: BatchContext,
        line: Int
    ) throws {
        if !definition.period.isEmpty { throw ServerMessage.unsupported("PERIOD FOR SYSTEM_TIME", line: line) }
        let old = target.table
        var builder = TableBuilder(
            session: self, table: old, alias: target.alias, database: target.database, batch: context.text)
        try addingConstraints(line: line) { try builder.add(definition) }
        var changed = target
        changed.table = builder.table
        try editionRules.check(builder.table.columns.map { ($0.name, $0.type) })
        if !checksExisting {
            for index in changed.table.checks.indices.dropFirst(old.checks.count) {
                changed.table.checks[index].isNotTrusted = true
            }
            for index in changed.table.foreignKeys.indices.dropFirst(old.foreignKeys.count) {
                changed.table.foreignKeys[index].isNotTrusted = true
            }
        }
        try DatabaseCatalog.save(
            changed.table, kind: "table", id: old.id, in: connection, schema: target.alias)
        try redefine(changed)
        try fill(changed, from: old, context, line: line)
        try addingConstraints(line: line) {
            for key in changed.table.keys.dropFirst(old.keys.count) { try create(key, of: changed) }
        }
        for name in builder.skippedForeignKeys { try skipForeignKey(name, context, line: line) }
        guard checksExisting else { return }
        for check in changed.table.checks.dropFirst(old.checks.count) { try verify(check, changed) }
        for index in old.foreignKeys.count..<changed.table.foreignKeys.count { try verifyForeignKey(index, changed) }
    }

    /// Gives new columns their values in existing rows.
    private func fill(_ target: ResolvedTable, from old: TableInfo, _ context: BatchContext, line: Int) throws {
        let name = "\(target.alias).\(target.table.storedName)"
        let isEmpty = try connection.integer("SELECT EXISTS (SELECT 1 FROM \(name))") == 0
        guard !isEmpty else { return }
        for column in target.table.columns.dropFirst(old.columns.count) {
            if let computed = column.computed {
                // SQLite computes stored values when it writes a row.
                guard computed.isPersisted, let other = old.columns.first(where: { $0.computed == nil }) else {
                    continue
                }
                try connection.execute("UPDATE \(name) SET \(other.storedName) = \(other.storedName)")
                continue
            }
            if column.isRowVersion {
                try fillRowVersions(column, target)
                continue
            }
            if column.identity != nil {
                let ids = try connection.prepareOnce("SELECT _rowid_ FROM \(name) ORDER BY _rowid_")
                var rows: [Int64] = []
                while try ids.step() { rows.append(ids.cell(0).integer) }
                let update = try connection.prepare("UPDATE \(name) SET \(column.storedName) = ? WHERE _rowid_ = ?")
                for row in rows {
                    try update.bind([column.storedIdentity(try nextIdentity(column, target)), .integer(row)])
                    try update.run()
                }
                try keepIdentity(target)
                continue
            }
            guard !column.isNullable else { continue }
            let binder = makeBinder(context.variables)
            guard column.defaultValue != nil else {
                throw ServerMessage.error(
                    4901, line: line,
                    "ALTER TABLE only allows columns to be added that can contain nulls, or have a DEFAULT definition specified, or the column being added is an identity or timestamp column, or alternatively if none of the previous conditions are satisfied the table must be empty to allow addition of this column. Column '\(column.name)' cannot be added to non-empty table '\(target.table.name)' because it does not satisfy these conditions."
                )
            }
            let bound = try defaultValue(of: column, binder, line: line)
            var emitter = Emitter()
            emitter.write("SELECT ")
            emitter.expression(bound)
            let statement = try prepare(emitter.text, emitter.parameters, context)
            guard try statement.step() else { continue }
            let value = StoredForm.decode(statement.cell(0), as: column.assignedType)
            statement.reset()
            let update = try connection.prepare("UPDATE \(name) SET \(column.storedName) = ?")
            try update.bind([try stored(value, in: column, target, "ALTER TABLE")])
            try update.run()
        }
    }

    /// Errors of constraints are followed by Msg 1750.
    func addingConstraints(line: Int, _ body: () throws -> Void) throws {
        let explained: Set<Int32> = [
            1505, 1752, 1753, 1761, 1762, 1767, 1769, 1770, 1773, 1776, 1778, 1779, 1781, 2714, 8111, 8112,
        ]
        do {
            try body()
        } catch let error as ServerMessage where explained.contains(error.number) {
            precedingErrors = [error.at(line: line)]
            let isOfColumn = [1752, 1769, 1779, 1781, 8111].contains(error.number)
            throw ServerMessage.error(
                1750, state: isOfColumn ? 0 : 1, line: line,
                "Could not create constraint or index. See previous errors.")
        }
    }

    /// A temporary table has no foreign keys.
    func skipForeignKey(_ name: String, _ context: BatchContext, line: Int) throws {
        try context.sink.message(
            .error(
                1766, line: line,
                "Skipping FOREIGN KEY constraint '\(name)' definition for temporary table. FOREIGN KEY constraints are not enforced on local or global temporary tables."
            ))
    }

    func verify(_ check: CheckInfo, _ target: ResolvedTable) throws {
        let condition = try condition(of: check, target.table)
        let broken = try connection.integer(
            "SELECT 1 FROM \(target.alias).\(target.table.storedName) WHERE NOT (\(condition)) LIMIT 1")
        guard broken == nil else {
            throw ServerMessage.error(
                547, state: 0,
                "The ALTER TABLE statement conflicted with the CHECK constraint \"\(check.name)\". The conflict occurred in database \"\(target.database)\", table \"\(target.table.qualifiedName)\"."
            )
        }
    }

    func verifyForeignKey(_ index: Int, _ target: ResolvedTable) throws {
        let key = target.table.foreignKeys[index]
        let pairs = zip(key.columns, key.referencedColumns).map { "p.c\($1) = t.c\($0)" }.joined(separator: " AND ")
        let given = key.columns.map { "t.c\($0) IS NOT NULL" }.joined(separator: " AND ")
        let broken = try connection.integer(
            "SELECT 1 FROM \(target.alias).\(target.table.storedName) AS t WHERE \(given) AND NOT EXISTS (SELECT 1 FROM "
                + "\(target.alias).o\(key.referencedTable) AS p WHERE \(pairs)) LIMIT 1")
        guard broken != nil else { return }
        let parent = try catalog(target.alias).tables[key.referencedTable] ?? target.table
        let column =
            key.referencedColumns.count == 1
            ? key.referencedColumns.first.flatMap { parent.column(id: $0) }.map { ", column '\($0.name)'" } : nil
        throw ServerMessage.error(
            547, state: 0,
            "The ALTER TABLE statement conflicted with the FOREIGN KEY constraint \"\(key.name)\". The conflict occurred in database \"\(target.database)\", table \"\(parent.qualifiedName)\"\(column ?? "")."
        )
    }

    // MARK: DROP of parts

    private func drop(_ item: AlterTableStatement.DropItem, of name: MultipartName, line: Int) throws {
        guard var target = try table(name) else { return }
        if item.isColumn {
            try dropColumn(item, &target, line: line)
        } else {
            do {
                try dropConstraint(item, &target, line: line)
            } catch let error as ServerMessage where [3725, 3728].contains(error.number) {
                precedingErrors = [error]
                throw ServerMessage.error(
                    3727, state: 0, line: line, "Could not drop constraint. See previous errors.")
            }
        }
        try DatabaseCatalog.save(
            target.table, kind: "table", id: target.table.id, in: connection, schema: target.alias)
        try redefine(target)
    }

    private func dropColumn(_ item: AlterTableStatement.DropItem, _ target: inout ResolvedTable, line: Int) throws {
        guard let column = target.table.column(named: item.name.value) else {
            if item.ifExists { return }
            throw ServerMessage.error(
                4924, line: line,
                "ALTER TABLE DROP COLUMN failed because column '\(item.name.value)' does not exist in table '\(target.table.name)'."
            )
        }
        let table = target.table
        let dependents = try self.dependents(on: column, of: target)
        guard dependents.isEmpty else {
            precedingErrors = dependents.map { $0.message(column.name, line: line) }
            throw ServerMessage.error(
                4922, state: 9, line: line,
                "ALTER TABLE DROP COLUMN \(column.name) failed because one or more objects access this column.")
        }
        guard table.columns.count > 1 else {
            throw ServerMessage.error(
                4923, line: line,
                "ALTER TABLE DROP COLUMN failed because '\(column.name)' is the only data column in table '\(table.name)'."
            )
        }
        if column.computed?.isPersisted == false {
            target.table.droppedVirtual = (target.table.droppedVirtual ?? []) + [column.id]
        }
        target.table.columns.removeAll { $0.id == column.id }
    }

    private func dropConstraint(_ item: AlterTableStatement.DropItem, _ target: inout ResolvedTable, line: Int) throws {
        let name = item.name.value
        func isNamed(_ other: String) -> Bool { TextCollation.areEqual(other, name) }
        if let key = target.table.keys.first(where: { $0.kind != .index && isNamed($0.name) }) {
            let users = try catalog(target.alias).sortedTables.flatMap(\.foreignKeys).filter {
                $0.referencedTable == target.table.id && Set($0.referencedColumns) == Set(key.columns.map(\.id))
            }
            if let user = users.first {
                throw ServerMessage.error(
                    3725, state: 0, line: line,
                    "The constraint '\(name)' is being referenced by table, foreign key constraint '\(user.name)'.")
            }
            try dropIndex(key, target)
            target.table.keys.removeAll { $0.id == key.id }
        } else if let index = target.table.foreignKeys.firstIndex(where: { isNamed($0.name) }) {
            target.table.foreignKeys.remove(at: index)
        } else if let index = target.table.checks.firstIndex(where: { isNamed($0.name) }) {
            target.table.checks.remove(at: index)
        } else if let index = target.table.columns.firstIndex(where: {
            $0.defaultValue.map { isNamed($0.name) } ?? false
        }) {
            target.table.columns[index].defaultValue = nil
        } else if !item.ifExists {
            throw ServerMessage.error(3728, line: line, "'\(name)' is not a constraint.")
        }
    }

    func dropIndex(_ key: KeyInfo, _ target: ResolvedTable) throws {
        connection.emptyCache()
        try connection.execute(
            "DROP INDEX IF EXISTS \(target.alias).\(key.storedName); DROP INDEX IF EXISTS \(target.alias).\(key.storedName)n"
        )
    }
}
