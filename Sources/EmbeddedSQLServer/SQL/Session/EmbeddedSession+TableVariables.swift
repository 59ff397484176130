import SQLValues
import TransactSQL

extension EmbeddedSession {
    /// Makes the table of `DECLARE @name TABLE (…)`; it exists from the start of its batch.
    func declareTable(_ name: String, _ definition: TableDefinition, _ context: BatchContext, line: Int) throws {
        if !definition.period.isEmpty { throw ServerMessage.unsupported("PERIOD FOR SYSTEM_TIME", line: line) }
        let id = tableVariables.nextID()
        let table = TableInfo(
            id: id, schema: "dbo", name: name, columns: [], nextColumnID: 1, created: Clock.ticks(utc: false))
        var builder = TableBuilder(
            session: self, table: table, alias: "temp", database: "tempdb", batch: context.text)
        try builder.add(definition)
        guard !builder.table.columns.isEmpty else {
            throw ServerMessage.error(173, line: line, "The definition for a table needs at least one column.")
        }
        let variable = try makeTableVariable(builder.table, typeID: nil)
        guard context.variables.declare(name, variable) else { throw Self.declaredTwice(name, line: line) }
    }

    /// Makes the table of a variable in SQLite.
    func makeTableVariable(_ table: TableInfo, typeID: Int?) throws -> TableVariable {
        dropReleasedTables()
        let target = ResolvedTable(table: table, database: "tempdb", alias: "temp")
        try createStored(target)
        tableVariables.live[table.id] = target
        return TableVariable(target: target, typeID: typeID) { [weak self] in
            self?.tableVariables.live[table.id] = nil
            self?.tableVariables.released.append(target)
        }
    }

    private func createStored(_ target: ResolvedTable) throws {
        try connection.execute(
            "CREATE TABLE temp.\(target.table.storedName)\(try definition(of: target.table, "temp"))")
        for key in target.table.keys { try create(key, of: target) }
    }

    /// Drops the tables of variables that are out of scope.
    func dropReleasedTables() {
        guard !tableVariables.released.isEmpty else { return }
        connection.emptyCache()
        tableVariables.released.removeAll { target in
            do {
                try connection.execute("DROP TABLE IF EXISTS temp.\(target.table.storedName)")
                try forgetIdentity(target)
                return true
            } catch {
                // A statement that runs keeps all tables; it goes with the next.
                return false
            }
        }
    }

    static func declaredTwice(_ name: String, line: Int) -> ServerMessage {
        .error(
            134, state: 2, line: line,
            "The variable name '\(name)' has already been declared. Variable names must be unique within a query batch or stored procedure."
        )
    }

    // MARK: Rollback

    /// Runs a rollback of SQLite, which table variables do not take part in.
    func keepingTableVariables(_ rollBack: () throws -> Void) throws {
        guard !tableVariables.live.isEmpty || !tableVariables.released.isEmpty else { return try rollBack() }
        let kept = try tableVariables.live.values.map { target in (target, try storedRows(target)) }
        try rollBack()
        for (target, rows) in kept { try restore(target, rows) }
        dropReleasedTables()
    }

    /// The ids and values of all rows.
    private func storedRows(_ target: ResolvedTable) throws -> [[StoredValue]] {
        let given = target.table.columns.filter { $0.computed == nil }
        let columns = given.map { ", \($0.storedName)" }.joined()
        let statement = try connection.prepareOnce(
            "SELECT _rowid_\(columns) FROM temp.\(target.table.storedName) ORDER BY _rowid_")
        defer { statement.reset() }
        var rows: [[StoredValue]] = []
        while try statement.step() {
            rows.append((0...given.count).map { statement.cell($0).storedValue })
        }
        return rows
    }

    private func restore(_ target: ResolvedTable, _ rows: [[StoredValue]]) throws {
        let name = target.table.storedName
        if try connection.integer("SELECT 1 FROM temp.sqlite_master WHERE name = '\(name)'") == nil {
            connection.emptyCache()
            try createStored(target)
        } else {
            try connection.execute("DELETE FROM temp.\(name)")
        }
        let given = target.table.columns.filter { $0.computed == nil }
        let columns = given.map { ", \($0.storedName)" }.joined()
        let marks = Array(repeating: "?", count: given.count + 1).joined(separator: ", ")
        let statement = try connection.prepareOnce("INSERT INTO temp.\(name)(_rowid_\(columns)) VALUES (\(marks))")
        for row in rows {
            try statement.bind(row)
            try statement.run()
        }
    }
}
