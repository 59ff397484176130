internal import CSQLite
import SQLValues

/// One prepared statement of SQLite, freed with this object.
@safe
final class SQLiteStatement {
    private let handle: OpaquePointer
    private unowned let connection: SQLiteConnection
    let text: String

    init(connection: SQLiteConnection, handle: OpaquePointer, text: String) {
        self.connection = connection
        unsafe self.handle = handle
        self.text = text
    }

    deinit { unsafe sqlite3_finalize(handle) }

    /// Whether the statement is at a row.
    var isBusy: Bool { unsafe sqlite3_stmt_busy(handle) != 0 }

    var columnCount: Int { unsafe Int(sqlite3_column_count(handle)) }

    /// Binds a value to a parameter, counted from 1.
    func bind(_ value: StoredValue, at index: Int) throws {
        let place = Int32(index)
        let code: Int32
        switch value {
        case .null: code = unsafe sqlite3_bind_null(handle, place)
        case .integer(let number): code = unsafe sqlite3_bind_int64(handle, place, number)
        case .text(var text):
            code = text.withUTF8 { bytes in
                guard let start = bytes.baseAddress else { return unsafe csqlite_bind_text(handle, place, "", 0) }
                return unsafe start.withMemoryRebound(to: CChar.self, capacity: bytes.count) {
                    unsafe csqlite_bind_text(handle, place, $0, Int32(bytes.count))
                }
            }
        case .blob(let bytes):
            code = unsafe bytes.withUnsafeBytes {
                unsafe csqlite_bind_blob(handle, place, $0.baseAddress, Int32($0.count))
            }
        }
        guard code == SQLITE_OK else { throw connection.failure(code, in: text) }
    }

    /// Binds all values in order, from parameter 1.
    func bind(_ values: [StoredValue]) throws {
        for (index, value) in values.enumerated() { try bind(value, at: index + 1) }
    }

    /// Goes to the next row; false at the end.
    func step() throws -> Bool {
        let code = unsafe sqlite3_step(handle)
        // A comparison cannot fail in SQLite: what it raised counts now.
        if let raised = connection.functions.error, code == SQLITE_ROW || code == SQLITE_DONE {
            reset()
            throw raised
        }
        if code == SQLITE_ROW { return true }
        if code == SQLITE_DONE { return false }
        let error = connection.failure(code, in: text)
        reset()
        throw error
    }

    /// Runs to the end without reading rows.
    func run() throws {
        defer { reset() }
        while try step() {}
    }

    /// A column of the current row, from 0.
    func cell(_ index: Int) -> ColumnCell { unsafe ColumnCell(statement: handle, index: index) }

    /// A column of the current row as it is stored, from 0.
    func stored(_ index: Int) -> StoredValue {
        let cell = cell(index)
        switch unsafe sqlite3_column_type(handle, Int32(index)) {
        case SQLITE_INTEGER: return .integer(cell.integer)
        case SQLITE_TEXT: return .text(cell.text)
        case SQLITE_BLOB: return .blob(cell.bytes)
        default: return .null
        }
    }

    /// Makes the statement ready to run again; its error, if any, was thrown by `step`.
    func reset() { unsafe sqlite3_reset(handle) }
}
