import SQLValues

/// The rows of one call of a table-valued function, one after another.
protocol RowProducer: AnyObject {
    /// Goes to the next row; false at the end.
    func next() throws -> Bool

    /// A column of the current row, from 0.
    func column(_ index: Int) -> StoredValue
}

/// A function of ours that SQLite reads as a table: `FROM t CROSS JOIN ts_rows('…', t.c1)`.
///
/// Its columns are called c1, c2 and so on; its arguments are hidden columns of an eponymous virtual table, so that
/// they may name the sources that stand before it.
struct RowFunction {
    let name: String
    /// How many columns it has at most.
    let width: Int
    let make: ([StoredValue], SQLiteConnection) throws -> any RowProducer

    /// How many arguments a call may have.
    static let argumentLimit = 120

    /// All functions.
    static var all: [RowFunction] {
        [
            // The rows of a query whose text comes first; the other arguments are its parameters.
            RowFunction(name: "ts_rows", width: 1_024) { arguments, connection in
                try QueryRows(arguments, connection)
            },
            // The rows that the session makes: its name for the function, then the arguments.
            RowFunction(name: "ts_session_rows", width: 1_024) { arguments, connection in
                guard case .text(let name)? = arguments.first else { return ListRows([]) }
                return ListRows(try connection.functions.rows(name, Array(arguments.dropFirst())))
            },
        ] + builtIn
    }
}

/// Rows that are all known.
final class ListRows: RowProducer {
    private let rows: [[StoredValue]]
    private var place = -1

    init(_ rows: [[StoredValue]]) { self.rows = rows }

    func next() -> Bool {
        place += 1
        return place < rows.count
    }

    func column(_ index: Int) -> StoredValue {
        let row = rows[place]
        return index < row.count ? row[index] : .null
    }
}

/// The rows of a query on the same connection, which runs inside the statement that asks for them.
final class QueryRows: RowProducer {
    private let connection: SQLiteConnection
    private let statement: SQLiteStatement
    private let count: Int

    init(_ arguments: [StoredValue], _ connection: SQLiteConnection) throws {
        guard case .text(let text)? = arguments.first else {
            throw ServerMessage.error(8624, "Internal error of the embedded server: a query without a text")
        }
        self.connection = connection
        statement = try connection.borrow(text)
        count = statement.columnCount
        try statement.bind(Array(arguments.dropFirst()))
    }

    deinit { connection.giveBack(statement) }

    func next() throws -> Bool { try statement.step() }

    func column(_ index: Int) -> StoredValue { index < count ? statement.stored(index) : .null }
}
