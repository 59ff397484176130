internal import CSQLite
import SQLValues

/// One connection to SQLite, with our collations and functions in it.
///
/// Used by one thread at a time.
@safe
final class SQLiteConnection {
    private let handle: OpaquePointer
    private var cache: [String: SQLiteStatement] = [:]
    private var cacheOrder: [String] = []
    /// Statements of table functions that wait to be used again, by their text.
    private var idle: [String: [SQLiteStatement]] = [:]
    /// What functions tell the running statement.
    let functions = FunctionContext()

    private static let cacheLimit = 100

    /// Opens a file, or a private scratch database for `:memory:`.
    init(path: String) throws {
        var opened: OpaquePointer?
        let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX
        let code = unsafe sqlite3_open_v2(path, &opened, flags, nil)
        guard code == SQLITE_OK, let opened = unsafe opened else {
            unsafe sqlite3_close_v2(opened)
            throw SQLiteError(code: code, message: "cannot open \(path)", statement: "")
        }
        unsafe handle = opened
        unsafe sqlite3_extended_result_codes(handle, 1)
        try registerCollations()
        try registerFunctions()
        try unsafe registerRowFunctions(handle)
        let context = unsafe Unmanaged.passUnretained(functions).toOpaque()
        unsafe sqlite3_progress_handler(handle, 2_000, sqliteProgress, context)
        unsafe sqlite3_busy_handler(handle, sqliteBusy, context)
    }

    deinit {
        emptyCache()
        unsafe sqlite3_close_v2(handle)
    }

    /// Runs statements without parameters or rows.
    func execute(_ text: String) throws {
        let code = unsafe sqlite3_exec(handle, text, nil, nil, nil)
        guard code == SQLITE_OK else { throw failure(code, in: text) }
    }

    /// Prepares a statement, or takes it from the cache.
    func prepare(_ text: String) throws -> SQLiteStatement {
        if let statement = cache[text] {
            // A function that runs inside a statement may use the same text again.
            if statement.isBusy { return try prepareOnce(text) }
            statement.reset()
            return statement
        }
        let statement = try prepareOnce(text)
        if text.utf8.count < 20_000 {
            if cacheOrder.count >= Self.cacheLimit { cache[cacheOrder.removeFirst()] = nil }
            cache[text] = statement
            cacheOrder.append(text)
        }
        return statement
    }

    /// Prepares a statement that is used once, or that may run while another of the same text does.
    func prepareOnce(_ text: String) throws -> SQLiteStatement {
        var prepared: OpaquePointer?
        let code = unsafe sqlite3_prepare_v2(handle, text, -1, &prepared, nil)
        guard code == SQLITE_OK, let prepared = unsafe prepared else { throw failure(code, in: text) }
        return unsafe SQLiteStatement(connection: self, handle: prepared, text: text)
    }

    /// Forgets prepared statements, which hold locks on what they read.
    func emptyCache() {
        cache = [:]
        cacheOrder = []
        idle = [:]
    }

    /// A statement for one user alone, until it gives the statement back.
    func borrow(_ text: String) throws -> SQLiteStatement {
        if let statement = idle[text]?.popLast() { return statement }
        return try prepareOnce(text)
    }

    /// Keeps a borrowed statement for the next user.
    func giveBack(_ statement: SQLiteStatement) {
        statement.reset()
        if idle.count >= Self.cacheLimit { idle = [:] }
        idle[statement.text, default: []].append(statement)
    }

    /// The first column of the first row, or nil without a row.
    func integer(_ text: String) throws -> Int64? {
        let statement = try prepare(text)
        defer { statement.reset() }
        return try statement.step() ? statement.cell(0).integer : nil
    }

    /// Rows changed by the last INSERT, UPDATE or DELETE.
    var changes: Int { unsafe Int(sqlite3_changes64(handle)) }

    /// Rows changed since the connection was opened.
    var totalChanges: Int { unsafe Int(sqlite3_total_changes64(handle)) }

    /// The id of the row that was inserted last.
    var lastRowID: Int64 { unsafe sqlite3_last_insert_rowid(handle) }

    /// Whether a transaction is open.
    var isInTransaction: Bool { unsafe sqlite3_get_autocommit(handle) == 0 }

    /// Whether some foreign key is violated by what the open transaction did so far.
    var hasForeignKeyViolation: Bool {
        var current: Int32 = 0
        var highest: Int32 = 0
        unsafe sqlite3_db_status(handle, SQLITE_DBSTATUS_DEFERRED_FKS, &current, &highest, 0)
        return current != 0
    }

    /// SQLite's error for a result code.
    func failure(_ code: Int32, in text: String) -> SQLiteError {
        let message = unsafe sqlite3_errmsg(handle).map { unsafe String(cString: $0) } ?? "error \(code)"
        let extended = unsafe sqlite3_extended_errcode(handle)
        return SQLiteError(code: extended == SQLITE_OK ? code : extended, message: message, statement: text)
    }

    private func registerCollations() throws {
        var code = unsafe sqlite3_create_collation_v2(handle, "TSQL", SQLITE_UTF8, nil, compareText, nil)
        guard code == SQLITE_OK else { throw failure(code, in: "TSQL") }
        code = unsafe sqlite3_create_collation_v2(handle, "TSQL_OFFSET", SQLITE_UTF8, nil, compareOffsets, nil)
        guard code == SQLITE_OK else { throw failure(code, in: "TSQL_OFFSET") }
        let context = unsafe Unmanaged.passUnretained(functions).toOpaque()
        code = unsafe sqlite3_create_collation_v2(handle, "TSQL_N", SQLITE_UTF8, context, compareNational, nil)
        guard code == SQLITE_OK else { throw failure(code, in: "TSQL_N") }
        code = unsafe sqlite3_create_collation_v2(handle, "TSQL_VARIANT", SQLITE_UTF8, context, compareVariants, nil)
        guard code == SQLITE_OK else { throw failure(code, in: "TSQL_VARIANT") }
    }

    private func registerFunctions() throws {
        for function in ScalarFunction.all + ScalarFunction.modules {
            let box = unsafe Unmanaged.passRetained(FunctionBox(function: function, context: functions)).toOpaque()
            let flags = SQLITE_UTF8 | (function.isDeterministic ? SQLITE_DETERMINISTIC : 0)
            let code = unsafe sqlite3_create_function_v2(
                handle, function.name, -1, flags, box, callScalar, nil, nil, releaseBox)
            guard code == SQLITE_OK else { throw failure(code, in: function.name) }
        }
        for aggregate in AggregateFunction.allCases {
            let box = unsafe Unmanaged.passRetained(AggregateBox(function: aggregate, context: functions)).toOpaque()
            let code = unsafe sqlite3_create_window_function(
                handle, aggregate.rawValue, -1, SQLITE_UTF8, box, stepAggregate, finishAggregate, valueOfAggregate,
                inverseAggregate, releaseAggregateBox)
            guard code == SQLITE_OK else { throw failure(code, in: aggregate.rawValue) }
        }
    }
}

private typealias Comparison =
    @convention(c) (
        UnsafeMutableRawPointer?, Int32, UnsafeRawPointer?, Int32, UnsafeRawPointer?
    ) -> Int32

private let compareText: Comparison = { _, countA, a, countB, b in
    let left = unsafe UnsafeRawBufferPointer(start: a, count: Int(countA))
    let right = unsafe UnsafeRawBufferPointer(start: b, count: Int(countB))
    return unsafe TextCollation.compare(left, right)
}

private let compareNational: Comparison = { context, countA, a, countB, b in
    let left = unsafe UnsafeRawBufferPointer(start: a, count: Int(countA))
    let right = unsafe UnsafeRawBufferPointer(start: b, count: Int(countB))
    return unsafe LinguisticCollation.compare(left, right) { scalar in
        guard let context = unsafe context else { return }
        let functions = unsafe Unmanaged<FunctionContext>.fromOpaque(context).takeUnretainedValue()
        let code = String(scalar.value, radix: 16, uppercase: true)
        functions.error = functions.error ?? .unsupported("comparison of the nvarchar character U+\(code)")
    }
}

/// Compares only the moment of stored `datetimeoffset` values, which stands first.
private let compareOffsets: Comparison = { _, countA, a, countB, b in
    let left = unsafe UnsafeRawBufferPointer(start: a, count: min(Int(countA), 16))
    let right = unsafe UnsafeRawBufferPointer(start: b, count: min(Int(countB), 16))
    for index in 0..<min(left.count, right.count) {
        let (x, y) = unsafe (left[index], right[index])
        if x != y { return x < y ? -1 : 1 }
    }
    return 0
}

/// Compares values of `sql_variant`; two moments that do not convert into each other are refused.
private let compareVariants: Comparison = { context, countA, a, countB, b in
    let left = unsafe String(decoding: UnsafeRawBufferPointer(start: a, count: Int(countA)), as: UTF8.self)
    let right = unsafe String(decoding: UnsafeRawBufferPointer(start: b, count: Int(countB)), as: UTF8.self)
    guard let x = VariantValue(left), let y = VariantValue(right) else {
        return left < right ? -1 : left == right ? 0 : 1
    }
    if let order = VariantValue.compare(x, y) { return Int32(order) }
    if let context = unsafe context {
        let functions = unsafe Unmanaged<FunctionContext>.fromOpaque(context).takeUnretainedValue()
        functions.error =
            functions.error ?? .unsupported("comparison of \(x.type.name) with \(y.type.name) in sql_variant")
    }
    return 0
}

private func sqliteProgress(_ context: UnsafeMutableRawPointer?) -> Int32 {
    guard let context = unsafe context else { return 0 }
    return unsafe Unmanaged<FunctionContext>.fromOpaque(context).takeUnretainedValue().mustStop() ? 1 : 0
}

private func sqliteBusy(_ context: UnsafeMutableRawPointer?, _ attempts: Int32) -> Int32 {
    guard let context = unsafe context else { return 0 }
    return unsafe Unmanaged<FunctionContext>.fromOpaque(context).takeUnretainedValue().waitsForLock() ? 1 : 0
}
