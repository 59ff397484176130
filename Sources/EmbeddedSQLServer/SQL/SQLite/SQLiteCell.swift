internal import CSQLite

/// A value of SQLite to be read: a result column, or an argument of a function.
protocol SQLiteCell {
    var isNull: Bool { get }
    var integer: Int64 { get }
    var text: String { get }
    var bytes: [UInt8] { get }
}

/// A result column of the current row.
@safe
struct ColumnCell: SQLiteCell {
    private let statement: OpaquePointer
    private let index: Int32

    init(statement: OpaquePointer, index: Int) {
        unsafe self.statement = statement
        self.index = Int32(index)
    }

    var isNull: Bool { unsafe sqlite3_column_type(statement, index) == SQLITE_NULL }
    var integer: Int64 { unsafe sqlite3_column_int64(statement, index) }

    var text: String {
        guard let start = unsafe sqlite3_column_text(statement, index) else { return "" }
        let count = unsafe Int(sqlite3_column_bytes(statement, index))
        return unsafe String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    }

    var bytes: [UInt8] {
        guard let start = unsafe sqlite3_column_blob(statement, index) else { return [] }
        let count = unsafe Int(sqlite3_column_bytes(statement, index))
        return unsafe [UInt8](UnsafeRawBufferPointer(start: start, count: count))
    }

    /// The value in the form in which it is stored.
    var storedValue: StoredValue {
        switch unsafe sqlite3_column_type(statement, index) {
        case SQLITE_INTEGER: .integer(integer)
        case SQLITE_TEXT: .text(text)
        case SQLITE_BLOB: .blob(bytes)
        default: .null
        }
    }
}

/// An argument of a function that SQLite calls.
@safe
struct ArgumentCell: SQLiteCell {
    private let value: OpaquePointer?

    init(_ value: OpaquePointer?) { unsafe self.value = value }

    var isNull: Bool { unsafe sqlite3_value_type(value) == SQLITE_NULL }
    var integer: Int64 { unsafe sqlite3_value_int64(value) }

    var text: String {
        guard let start = unsafe sqlite3_value_text(value) else { return "" }
        let count = unsafe Int(sqlite3_value_bytes(value))
        return unsafe String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    }

    /// A number that SQLite made.
    var real: Double { unsafe sqlite3_value_double(value) }

    var bytes: [UInt8] {
        guard let start = unsafe sqlite3_value_blob(value) else { return [] }
        let count = unsafe Int(sqlite3_value_bytes(value))
        return unsafe [UInt8](UnsafeRawBufferPointer(start: start, count: count))
    }
}

/// A value in its stored form, on its way into SQLite.
enum StoredValue: Sendable, Hashable {
    case null
    case integer(Int64)
    case text(String)
    case blob([UInt8])
}

/// A stored value that is read again.
struct StoredCell: SQLiteCell {
    private let value: StoredValue

    init(_ value: StoredValue) { self.value = value }

    var isNull: Bool { value == .null }

    var integer: Int64 {
        if case .integer(let number) = value { return number }
        return 0
    }

    var text: String {
        if case .text(let text) = value { return text }
        return ""
    }

    var bytes: [UInt8] {
        if case .blob(let bytes) = value { return bytes }
        return []
    }
}
