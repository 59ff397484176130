import SQLValues
import TransactSQL

extension EmbeddedSession {
    func run(_ statement: CursorStatement, _ context: BatchContext, line: Int) throws {
        switch statement {
        case .declare(let name, let definition):
            let key = name.value.lowercased()
            let isLocal = definition.has("LOCAL")
            guard (isLocal ? context.cursors[key] : globalCursors[key]) == nil else {
                throw ServerMessage.error(16915, "A cursor with the name '\(name.value)' already exists.")
            }
            let cursor = try makeCursor(name.value, definition, context)
            if isLocal { context.cursors[key] = cursor } else { globalCursors[key] = cursor }
        case .assign(let variable, let definition):
            guard context.cursorVariables.keys.contains(variable.lowercased()) else {
                throw ServerMessage.error(
                    16948,
                    "The variable '\(variable)' is not a cursor variable, but it is used in a place where a cursor variable is expected."
                )
            }
            let cursor = try makeCursor(variable, definition, context)
            context.cursorVariables[variable.lowercased()] = .some(cursor)
        case .open(let name): try open(try cursor(name, context))
        case .close(let name):
            let cursor = try cursor(name, context)
            guard cursor.rows != nil else { throw Self.notOpen }
            cursor.rows = nil
        case .deallocate(let name): try deallocate(name, context)
        case .fetch(let fetch):
            try run(fetch, context)
            return
        }
        try done(statement.command, context)
    }

    private static let notOpen = ServerMessage.error(16917, "Cursor is not open.")

    // MARK: Names

    /// The cursor of a name, local before global, or of a variable.
    private func cursor(_ name: CursorName, _ context: BatchContext) throws -> Cursor {
        switch name {
        case .name(let identifier, let isGlobal):
            let key = identifier.value.lowercased()
            if !isGlobal, let local = context.cursors[key] { return local }
            if let global = globalCursors[key] { return global }
            throw ServerMessage.error(16916, "A cursor with the name '\(identifier.value)' does not exist.")
        case .variable(let variable):
            guard let known = context.cursorVariables[variable.lowercased()] else {
                throw CompileError(
                    message: .error(137, state: 2, "Must declare the scalar variable \"\(variable)\"."))
            }
            guard let cursor = known else {
                throw ServerMessage.error(
                    16950, state: 2, "The variable '\(variable)' does not currently have a cursor allocated to it.")
            }
            return cursor
        }
    }

    private func deallocate(_ name: CursorName, _ context: BatchContext) throws {
        _ = try cursor(name, context)
        switch name {
        case .variable(let variable): context.cursorVariables[variable.lowercased()] = .some(nil)
        case .name(let identifier, let isGlobal):
            let key = identifier.value.lowercased()
            if !isGlobal, context.cursors.removeValue(forKey: key) != nil { return }
            globalCursors[key] = nil
        }
    }

    /// `SET @cursor = name` or `= @other`; false when the variable is none of cursors.
    func assignCursor(_ variable: String, _ value: SQLExpression, _ context: BatchContext) throws -> Bool {
        let key = variable.lowercased()
        guard context.cursorVariables.keys.contains(key) else { return false }
        switch value.kind {
        case .variable(let other): context.cursorVariables[key] = .some(try cursor(.variable(other), context))
        case .column(let name) where name.parts.count == 1:
            context.cursorVariables[key] = .some(try cursor(.name(name.parts[0], isGlobal: false), context))
        default:
            throw ServerMessage.error(
                16949,
                "The variable '\(variable)' is a cursor variable, but it is used in a place where a cursor variable is not valid."
            )
        }
        return true
    }

    /// CURSOR_STATUS of 'local', 'global' or 'variable' and a name.
    func cursorStatus(_ source: String, _ name: String) -> Int64 {
        let key = name.lowercased()
        let found: Cursor?
        switch source.lowercased() {
        case "local": found = currentContext?.cursors[key]
        case "global": found = globalCursors[key]
        case "variable":
            guard let known = currentContext?.cursorVariables[key] else { return -3 }
            guard let cursor = known else { return -2 }
            found = cursor
        default: return -3
        }
        guard let found else { return -3 }
        guard let rows = found.rows else { return -1 }
        return rows.isEmpty && found.openRowCount >= 0 ? 0 : 1
    }

    // MARK: Making and opening

    private func makeCursor(_ name: String, _ definition: CursorDefinition, _ context: BatchContext) throws -> Cursor {
        let clashes: [(String, String)] = [
            ("FAST_FORWARD", "SCROLL"), ("FAST_FORWARD", "SCROLL_LOCKS"), ("FAST_FORWARD", "OPTIMISTIC"),
            ("FORWARD_ONLY", "SCROLL"), ("LOCAL", "GLOBAL"),
        ]
        for (first, second) in clashes where definition.has(first) && definition.has(second) {
            throw ServerMessage.error(
                1048, line: definition.range.line, "Conflicting cursor options \(first) and \(second).")
        }
        for option in ["SCROLL_LOCKS", "TYPE_WARNING"] where definition.has(option) {
            throw ServerMessage.unsupported("cursor option \(option)", line: definition.range.line)
        }
        if settings.has("CURSOR_CLOSE_ON_COMMIT") {
            throw ServerMessage.unsupported("cursor under CURSOR_CLOSE_ON_COMMIT ON", line: definition.range.line)
        }
        let binder = makeBinder(context.variables)
        let cursor: Cursor
        do {
            let (plan, table) = try cursorPlan(definition.query, binder)
            cursor = Cursor(
                name: name, definition: definition, plan: plan, variables: context.variables.copy(), table: table)
        } catch let error as ServerMessage {
            throw CompileError(message: error)
        }
        try check(binder.accesses, context)
        return cursor
    }

    private func open(_ cursor: Cursor) throws {
        guard cursor.rows == nil else { throw ServerMessage.error(16905, "The cursor is already open.") }
        try prepareToRead(cursor.plan.databases, locks: cursor.plan.locks)
        cursor.seen = try dataVersion(cursor)
        cursor.rows = try readRows(of: cursor)
        cursor.position = 0
        cursorRows = Int64(cursor.openRowCount)
    }

    private func readRows(of cursor: Cursor) throws -> [Cursor.Row] {
        let scope = BatchContext(
            text: "", variables: cursor.variables, sink: SilentSink(isCancelled: connection.functions.isCancelled))
        let statement = try prepare(cursor.plan.sql, cursor.plan.parameters, scope)
        defer { statement.reset() }
        let types = cursor.plan.columns.map(\.type)
        var rows: [Cursor.Row] = []
        while try statement.step() {
            let values = types.enumerated().map { StoredForm.decode(statement.cell($0), as: $1) }
            rows.append(.init(values: values, id: cursor.table == nil ? nil : statement.cell(types.count).integer))
            if rows.count & 0xFF == 0, connection.functions.mustStop() { throw RequestStopped.attention }
        }
        return rows
    }

    private func dataVersion(_ cursor: Cursor) throws -> Cursor.DataVersion {
        let others = try cursor.plan.databases.sorted().map { try connection.integer("PRAGMA \($0).data_version") ?? 0 }
        return Cursor.DataVersion(ownChanges: connection.totalChanges, others: others)
    }

    /// Follows what changed since the rows were read, as far as one way to do so is certain.
    private func refresh(_ cursor: Cursor, _ rows: [Cursor.Row]) throws {
        guard !cursor.isStatic else { return }
        try prepareToRead(cursor.plan.databases, locks: cursor.plan.locks)
        let version = try dataVersion(cursor)
        guard version != cursor.seen else { return }
        let now = try readRows(of: cursor)
        cursor.seen = version
        let rest = Array(rows.dropFirst(min(cursor.position, rows.count)))
        if now == rows { return }
        let changed = ServerMessage.unsupported("FETCH of rows that changed since OPEN (declare the cursor STATIC)")
        guard !cursor.isScrollable, !cursor.definition.has("KEYSET") else { throw changed }
        // What was fetched does not come again; what is left is the same.
        if now.suffix(rest.count).elementsEqual(rest), rest.count > 0 || now.count <= rows.count {
            cursor.rows = Array(rows.prefix(cursor.position)) + rest
            return
        }
        // The row fetched last is still there: the cursor goes on after it.
        guard let id = cursor.current?.id, let place = now.firstIndex(where: { $0.id == id }) else { throw changed }
        cursor.rows = now
        cursor.position = place + 1
    }

    // MARK: FETCH

    private func run(_ fetch: FetchStatement, _ context: BatchContext) throws {
        let cursor = try cursor(fetch.cursor, context)
        guard let rows = cursor.rows else { throw Self.notOpen }
        if !fetch.into.isEmpty, fetch.into.count != cursor.plan.columns.count {
            throw ServerMessage.error(
                16924,
                "Cursorfetch: The number of variables declared in the INTO list must match that of selected columns.")
        }
        try refresh(cursor, rows)
        try move(cursor, fetch.direction, context)
        let row = cursor.current
        fetchStatus = row == nil ? -1 : 0
        if fetch.into.isEmpty {
            try context.sink.columns(
                cursor.plan.columns.map { ResultColumn(name: $0.name, type: $0.type, isNullable: $0.isNullable) })
            if let row { try context.sink.row(row.values) }
            return try done(StatementCommand.select, rows: row == nil ? 0 : 1, context, hasResult: true)
        }
        if let row { try store(row, of: cursor, in: fetch.into, context) }
        try done(StatementCommand.select, context)
        lastRowCount = row == nil ? 0 : 1
    }

    private func store(
        _ row: Cursor.Row, of cursor: Cursor, in names: [String], _ context: BatchContext
    ) throws {
        for (index, name) in names.enumerated() {
            guard let variable = context.variables.index(of: name) else { throw Self.undeclared(name, line: 0) }
            let (from, to) = (cursor.plan.columns[index].type, context.variables.type(at: variable))
            if TypeRules.implicitRefusal(from: from, to: to) != nil {
                throw ServerMessage.error(
                    16922,
                    "Cursor Fetch: Implicit conversion from data type \(from.name) to \(to.name) is not allowed.")
            }
            context.variables[variable] = try Conversion.convert(row.values[index], from: from, to: to)
        }
    }

    /// Moves the cursor to the row that is wanted, or beyond the ends.
    private func move(_ cursor: Cursor, _ direction: FetchStatement.Direction, _ context: BatchContext) throws {
        let count = cursor.rows?.count ?? 0
        var target: Int
        switch direction {
        case .next: target = cursor.position + 1
        case .prior: target = try scroll(cursor, "PRIOR", cursor.position - 1)
        case .first: target = try scroll(cursor, "FIRST", 1)
        case .last: target = try scroll(cursor, "LAST", count)
        case .absolute(let value):
            let place = try number(value, context)
            target = try scroll(cursor, "ABSOLUTE", place < 0 ? count + 1 + place : place)
        case .relative(let value):
            let distance = try number(value, context)
            target = try scroll(cursor, "RELATIVE", cursor.position + distance)
        }
        target = max(0, min(count + 1, target))
        cursor.position = target
    }

    private func scroll(_ cursor: Cursor, _ kind: String, _ target: Int) throws -> Int {
        guard cursor.isScrollable else {
            throw ServerMessage.error(
                16911, "fetch: The fetch type \(kind.lowercased()) cannot be used with forward only cursors.")
        }
        return target
    }

    private func number(_ value: SQLExpression, _ context: BatchContext) throws -> Int {
        guard case .int(let number) = try evaluate(value, as: .int, context).value else { return 0 }
        return Int(number)
    }

    // MARK: WHERE CURRENT OF

    /// The id of the row that a cursor stands on, in the table that a statement changes.
    func currentRow(_ name: CursorName, of target: ResolvedTable, _ context: BatchContext) throws -> Int64 {
        let cursor = try cursor(name, context)
        guard let rows = cursor.rows else { throw Self.notOpen }
        guard !cursor.isReadOnly else { throw ServerMessage.error(16929, "The cursor is READ ONLY.") }
        guard let table = cursor.table, table.table.id == target.table.id, table.alias == target.alias else {
            throw ServerMessage.error(
                16933,
                "The cursor does not include the table being modified or the table is not updatable through the cursor."
            )
        }
        guard let id = cursor.current?.id else {
            throw ServerMessage.error(
                rows.isEmpty ? 16931 : 16930,
                rows.isEmpty
                    ? "There are no rows in the current fetch buffer."
                    : "The requested row is not in the fetch buffer.")
        }
        return id
    }
}
