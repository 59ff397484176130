internal import CSQLite

/// A table function with the connection on which it runs, owned by SQLite.
private final class RowFunctionBox {
    let function: RowFunction
    unowned let connection: SQLiteConnection

    init(function: RowFunction, connection: SQLiteConnection) {
        self.function = function
        self.connection = connection
    }
}

/// The rows that one cursor of SQLite reads.
private final class CursorBox {
    let table: RowFunctionBox
    var rows: (any RowProducer)?
    var number: Int64 = 0

    init(table: RowFunctionBox) { self.table = table }
}

extension SQLiteConnection {
    /// Makes our table functions known to SQLite.
    func registerRowFunctions(_ handle: OpaquePointer) throws {
        for function in RowFunction.all {
            let box = unsafe Unmanaged.passRetained(RowFunctionBox(function: function, connection: self)).toOpaque()
            let code = unsafe sqlite3_create_module_v2(handle, function.name, tableModule, box) { data in
                guard let data = unsafe data else { return }
                unsafe Unmanaged<RowFunctionBox>.fromOpaque(data).release()
            }
            guard code == SQLITE_OK else { throw failure(code, in: function.name) }
        }
    }
}

// SQLite keeps the pointer as long as a connection lives, so that the module is made once and never freed.
nonisolated(unsafe) private let tableModule: UnsafeMutablePointer<sqlite3_module> = {
    let module = UnsafeMutablePointer<sqlite3_module>.allocate(capacity: 1)
    var functions = sqlite3_module()
    unsafe functions.xConnect = connectTable
    unsafe functions.xBestIndex = planTable
    unsafe functions.xDisconnect = disconnectTable
    unsafe functions.xOpen = openCursor
    unsafe functions.xClose = closeCursor
    unsafe functions.xFilter = startCursor
    unsafe functions.xNext = advanceCursor
    unsafe functions.xEof = isAtEnd
    unsafe functions.xColumn = readColumn
    unsafe functions.xRowid = readRowID
    unsafe module.initialize(to: functions)
    return unsafe module
}()

@unsafe private func table(_ pointer: UnsafeMutablePointer<sqlite3_vtab>?) -> RowFunctionBox? {
    guard let pointer = unsafe pointer else { return nil }
    return unsafe pointer.withMemoryRebound(to: csqlite_table.self, capacity: 1) { place in
        guard let owner = unsafe place.pointee.owner else { return nil }
        return unsafe Unmanaged<RowFunctionBox>.fromOpaque(owner).takeUnretainedValue()
    }
}

@unsafe private func cursor(_ pointer: UnsafeMutablePointer<sqlite3_vtab_cursor>?) -> CursorBox? {
    guard let pointer = unsafe pointer else { return nil }
    return unsafe pointer.withMemoryRebound(to: csqlite_cursor.self, capacity: 1) { place in
        guard let owner = unsafe place.pointee.owner else { return nil }
        return unsafe Unmanaged<CursorBox>.fromOpaque(owner).takeUnretainedValue()
    }
}

private func connectTable(
    _ handle: OpaquePointer?, _ data: UnsafeMutableRawPointer?, _ count: Int32,
    _ arguments: UnsafePointer<UnsafePointer<CChar>?>?,
    _ result: UnsafeMutablePointer<UnsafeMutablePointer<sqlite3_vtab>?>?,
    _ message: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
) -> Int32 {
    guard let data = unsafe data, let result = unsafe result else { return SQLITE_ERROR }
    let box = unsafe Unmanaged<RowFunctionBox>.fromOpaque(data).takeUnretainedValue()
    let columns =
        (1...box.function.width).map { "c\($0) COLLATE TSQL" }
        + (1...RowFunction.argumentLimit).map { "a\($0) HIDDEN" }
    let code = unsafe sqlite3_declare_vtab(handle, "CREATE TABLE x(\(columns.joined(separator: ", ")))")
    guard code == SQLITE_OK else { return code }
    let place = UnsafeMutablePointer<csqlite_table>.allocate(capacity: 1)
    unsafe place.initialize(to: csqlite_table())
    unsafe place.pointee.owner = data
    unsafe result.pointee = UnsafeMutableRawPointer(place).assumingMemoryBound(to: sqlite3_vtab.self)
    return SQLITE_OK
}

private func disconnectTable(_ pointer: UnsafeMutablePointer<sqlite3_vtab>?) -> Int32 {
    unsafe UnsafeMutableRawPointer(pointer)?.assumingMemoryBound(to: csqlite_table.self).deallocate()
    return SQLITE_OK
}

/// Asks for all arguments of the call, in order; a plan in which one is not known yet is impossible.
private func planTable(
    _ pointer: UnsafeMutablePointer<sqlite3_vtab>?, _ plan: UnsafeMutablePointer<sqlite3_index_info>?
) -> Int32 {
    guard let box = unsafe table(pointer), let plan = unsafe plan else { return SQLITE_ERROR }
    let width = Int32(box.function.width)
    let count = unsafe Int(plan.pointee.nConstraint)
    var isMissing: Set<Int32> = []
    var taken: Set<Int32> = []
    for index in 0..<count {
        let constraint = unsafe plan.pointee.aConstraint[index]
        guard constraint.iColumn >= width, Int32(constraint.op) == SQLITE_INDEX_CONSTRAINT_EQ else { continue }
        guard constraint.usable != 0, taken.insert(constraint.iColumn).inserted else {
            isMissing.insert(constraint.iColumn)
            continue
        }
        unsafe plan.pointee.aConstraintUsage[index].argvIndex = constraint.iColumn - width + 1
        unsafe plan.pointee.aConstraintUsage[index].omit = 1
    }
    guard isMissing.isSubset(of: taken) else { return SQLITE_CONSTRAINT }
    unsafe plan.pointee.estimatedCost = 10
    unsafe plan.pointee.estimatedRows = 10
    return SQLITE_OK
}

private func openCursor(
    _ pointer: UnsafeMutablePointer<sqlite3_vtab>?,
    _ result: UnsafeMutablePointer<UnsafeMutablePointer<sqlite3_vtab_cursor>?>?
) -> Int32 {
    guard let box = unsafe table(pointer), let result = unsafe result else { return SQLITE_ERROR }
    let place = UnsafeMutablePointer<csqlite_cursor>.allocate(capacity: 1)
    unsafe place.initialize(to: csqlite_cursor())
    unsafe place.pointee.owner = Unmanaged.passRetained(CursorBox(table: box)).toOpaque()
    unsafe result.pointee = UnsafeMutableRawPointer(place).assumingMemoryBound(to: sqlite3_vtab_cursor.self)
    return SQLITE_OK
}

private func closeCursor(_ pointer: UnsafeMutablePointer<sqlite3_vtab_cursor>?) -> Int32 {
    guard let pointer = unsafe pointer else { return SQLITE_OK }
    let place = unsafe UnsafeMutableRawPointer(pointer).assumingMemoryBound(to: csqlite_cursor.self)
    if let owner = unsafe place.pointee.owner { unsafe Unmanaged<CursorBox>.fromOpaque(owner).release() }
    unsafe place.deallocate()
    return SQLITE_OK
}

private func startCursor(
    _ pointer: UnsafeMutablePointer<sqlite3_vtab_cursor>?, _ number: Int32, _ text: UnsafePointer<CChar>?,
    _ count: Int32, _ values: UnsafeMutablePointer<OpaquePointer?>?
) -> Int32 {
    guard let box = unsafe cursor(pointer) else { return SQLITE_ERROR }
    let arguments = unsafe StoredArguments(count: count, start: values)
    box.rows = nil
    box.number = 0
    do {
        let values = (0..<Int(count)).map { arguments.stored($0) }
        box.rows = try box.table.function.make(values, box.table.connection)
        try advance(box)
        return SQLITE_OK
    } catch {
        return unsafe fail(pointer, box, error)
    }
}

private func advance(_ box: CursorBox) throws {
    guard let rows = box.rows else { return }
    box.number += 1
    if try !rows.next() { box.rows = nil }
}

private func advanceCursor(_ pointer: UnsafeMutablePointer<sqlite3_vtab_cursor>?) -> Int32 {
    guard let box = unsafe cursor(pointer) else { return SQLITE_ERROR }
    do {
        try advance(box)
        return SQLITE_OK
    } catch {
        return unsafe fail(pointer, box, error)
    }
}

/// Hands an error to the statement around the function, with SQLite's words where it is SQLite's.
@unsafe private func fail(
    _ pointer: UnsafeMutablePointer<sqlite3_vtab_cursor>?, _ box: CursorBox, _ error: any Error
) -> Int32 {
    box.rows = nil
    let context = box.table.connection.functions
    guard let failure = error as? SQLiteError else {
        context.error = context.error ?? error as? ServerMessage ?? .error(8624, "\(error)")
        return SQLITE_ERROR
    }
    let words = Array(failure.message.utf8CString)
    if let owner = unsafe pointer?.pointee.pVtab, let copy = unsafe sqlite3_malloc(Int32(words.count)) {
        unsafe sqlite3_free(owner.pointee.zErrMsg)
        let characters = unsafe copy.assumingMemoryBound(to: CChar.self)
        for index in words.indices { unsafe characters[index] = words[index] }
        unsafe owner.pointee.zErrMsg = characters
    }
    return failure.code
}

private func isAtEnd(_ pointer: UnsafeMutablePointer<sqlite3_vtab_cursor>?) -> Int32 {
    unsafe cursor(pointer)?.rows == nil ? 1 : 0
}

private func readColumn(
    _ pointer: UnsafeMutablePointer<sqlite3_vtab_cursor>?, _ context: OpaquePointer?, _ index: Int32
) -> Int32 {
    guard let rows = unsafe cursor(pointer)?.rows else { return SQLITE_OK }
    unsafe setResult(context, rows.column(Int(index)))
    return SQLITE_OK
}

private func readRowID(
    _ pointer: UnsafeMutablePointer<sqlite3_vtab_cursor>?, _ result: UnsafeMutablePointer<Int64>?
) -> Int32 {
    unsafe result?.pointee = unsafe cursor(pointer)?.number ?? 0
    return SQLITE_OK
}
