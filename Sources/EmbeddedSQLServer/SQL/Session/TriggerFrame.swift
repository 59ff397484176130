import SQLValues

/// A trigger that runs, and what fired it.
struct TriggerFrame {
    var module: Int
    /// The database's alias and the id of the table or view that was changed.
    var parent: ObjectKey
    /// The columns of UPDATE(column) and COLUMNS_UPDATED().
    var updated: Set<Int>
    /// The columns of the table or view.
    var columns: [ColumnInfo]
    var isInsteadOf: Bool
}

/// An object of an attached database.
struct ObjectKey: Hashable {
    var alias: String
    var id: Int
}

/// What happened to a table or view, for its triggers.
struct TriggerEvent {
    var action: ChangeClause.Action
    var parent: ObjectKey
    var columns: [ColumnInfo]
    var updated: Set<Int>
    var deleted: [[StoredValue]]
    var inserted: [[StoredValue]]
    /// What @@ROWCOUNT is when a trigger begins.
    var count: Int
}

/// The tables of `inserted` and `deleted` in SQLite, which triggers read.
struct TransitionStore {
    /// Which of the tables, and how many triggers of the same table run around it.
    struct Key: Hashable {
        var parent: ObjectKey
        var isInserted: Bool
        var level: Int
    }

    private var tables: [Key: TableInfo] = [:]
    private var lastID = 1_700_000_000

    /// The table for a key, with the columns of the table that fires now.
    mutating func table(_ key: Key, _ columns: [ColumnInfo]) -> ResolvedTable {
        let known = tables[key].flatMap { $0.columns == columns ? $0 : nil }
        let info = known ?? make(key, columns)
        tables[key] = info
        return ResolvedTable(table: info, database: "tempdb", alias: "temp")
    }

    private mutating func make(_ key: Key, _ columns: [ColumnInfo]) -> TableInfo {
        lastID += 1
        return TableInfo(
            id: lastID, schema: "dbo", name: key.isInserted ? "inserted" : "deleted", columns: columns,
            nextColumnID: (columns.map(\.id).max() ?? 0) + 1, created: 0)
    }

    /// Whether a table of SQLite is one of these.
    func holds(_ storedName: String) -> Bool { tables.values.contains { $0.storedName == storedName } }

    /// All of them.
    var all: [ResolvedTable] { tables.values.map { ResolvedTable(table: $0, database: "tempdb", alias: "temp") } }
}
