import SQLValues
import TransactSQL

/// A declared cursor: its query, and the rows that it holds while it is open.
final class Cursor {
    let name: String
    let definition: CursorDefinition
    let plan: SelectPlan
    /// The variables of the query as they were when the cursor was declared.
    let variables: Variables
    /// The table whose rows the query returns, when it is only one.
    let table: ResolvedTable?

    /// Nil while the cursor is closed.
    var rows: [Row]?
    /// 0 before the first row, `rows.count + 1` behind the last.
    var position = 0
    /// What the session's data looked like when ``rows`` was read.
    var seen = DataVersion()

    /// One row, with the row's id in its table.
    struct Row: Equatable {
        var values: [SQLValue]
        var id: Int64?
    }

    /// Tells whether anything changed since.
    struct DataVersion: Equatable {
        var ownChanges = 0
        var others: [Int64] = []
    }

    init(
        name: String, definition: CursorDefinition, plan: SelectPlan, variables: Variables, table: ResolvedTable?
    ) {
        self.name = name
        self.definition = definition
        self.plan = plan
        self.variables = variables
        self.table = table
    }

    /// Whether the rows are those of OPEN whatever changes; grouped and combined rows always are.
    var isStatic: Bool { definition.has("STATIC") || definition.has("INSENSITIVE") || plan.isWorktable }

    var isScrollable: Bool {
        if definition.has("SCROLL") { return true }
        if definition.has("FORWARD_ONLY") || definition.has("FAST_FORWARD") { return false }
        return definition.has("STATIC") || definition.has("KEYSET") || definition.has("DYNAMIC")
    }

    var isReadOnly: Bool {
        definition.has("READ_ONLY") || definition.has("FAST_FORWARD") || definition.has("STATIC")
            || definition.has("INSENSITIVE") || table == nil
    }

    /// @@CURSOR_ROWS after OPEN: a dynamic cursor does not know how many there are.
    var openRowCount: Int { isStatic || definition.has("KEYSET") ? rows?.count ?? 0 : -1 }

    /// The row that was fetched last.
    var current: Row? {
        guard let rows, position > 0, position <= rows.count else { return nil }
        return rows[position - 1]
    }
}
