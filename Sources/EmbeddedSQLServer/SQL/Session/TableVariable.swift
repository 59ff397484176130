/// A table variable: a temporary table of SQLite that goes when nothing refers to it any more.
///
/// A READONLY parameter refers to the caller's own table.
final class TableVariable {
    let target: ResolvedTable
    /// The object id of its table type; nil when the declaration lists its columns.
    let typeID: Int?
    private let release: () -> Void

    init(target: ResolvedTable, typeID: Int?, release: @escaping () -> Void) {
        self.target = target
        self.typeID = typeID
        self.release = release
    }

    deinit { release() }
}

/// The table variables of a session that exist in SQLite.
struct TableVariableStore {
    /// Tables by their ids.
    var live: [Int: ResolvedTable] = [:]
    /// Tables that nothing refers to and that are not yet dropped.
    var released: [ResolvedTable] = []
    private var lastID = 1_800_000_000

    /// A new id for a table, a key or a constraint: not one of the catalogue, which a rollback gives out again.
    mutating func nextID() -> Int {
        lastID += 16
        return lastID
    }
}

extension ResolvedTable {
    /// Whether this is a table variable.
    var isVariable: Bool { table.name.hasPrefix("@") }

    /// The table as Msg 515 names it.
    var nameOfNullRefusal: String { isVariable ? table.name : fullName }

    /// The table as Msg 2628 names it: a table variable by its table in tempdb.
    var nameOfTruncation: String { isVariable ? "tempdb.dbo.\(Self.internalName(table.id))" : fullName }

    /// The table as Msg 547 names it.
    var nameOfConflict: String { isVariable ? table.name : table.qualifiedName }

    /// The name of a table variable's table in tempdb.
    static func internalName(_ id: Int) -> String {
        let digits = String(id, radix: 16, uppercase: true)
        return "#" + String(repeating: "0", count: max(0, 8 - digits.count)) + digits
    }
}
