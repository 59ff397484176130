import TransactSQL

/// What a statement does with an object; checked whenever the statement runs.
struct ObjectAccess: Equatable {
    /// The name of the database.
    var database: String
    var id: Int
    var schema: String
    var name: String
    var permission: String
    /// The view or function whose query names the object; nil when the statement does.
    var via: Int?
    /// The columns that are used, by their ids.
    var columns: Set<Int> = []
    /// Only the columns that are used need the permission, and none are used of themselves.
    var isForColumnsOnly = false
    /// The key of a system view that takes a permission of its own.
    var systemView: String?
}

extension Binder {
    /// Notes that the statement reads a system view that takes a permission.
    func note(_ view: SystemView, key: String) {
        guard view.required != nil else { return }
        var access = ObjectAccess(database: "", id: 0, schema: "sys", name: view.name, permission: "SELECT")
        access.systemView = key
        accesses.append(access)
    }

    /// Notes that the statement needs a permission on a table; returns the note's place.
    @discardableResult
    func note(_ permission: String, on target: ResolvedTable, columns: Set<Int> = []) -> Int? {
        // Temporary tables and table variables belong to the session.
        guard target.alias != "temp" else { return nil }
        accesses.append(
            ObjectAccess(
                database: target.database, id: target.table.id, schema: target.table.schema, name: target.table.name,
                permission: permission, via: expandedModule, columns: columns))
        return accesses.count - 1
    }

    /// Notes that the statement needs a permission on a view or module.
    @discardableResult
    func note(_ permission: String, id: Int, schema: String, name: String, database: String) -> Int {
        accesses.append(
            ObjectAccess(
                database: database, id: id, schema: schema, name: name, permission: permission, via: expandedModule))
        return accesses.count - 1
    }

    /// Notes that the statement uses a function; returns the function's id.
    @discardableResult
    func noteFunction(_ name: MultipartName, _ permission: String) throws -> Int? {
        guard var access = try resolver.access(toFunction: name, permission) else { return nil }
        access.via = expandedModule
        accesses.append(access)
        return access.id
    }

    /// Notes that the statement reads a column of a source.
    func noteColumn(_ column: Scope.Column, of source: Scope.Source) {
        guard let place = source.access, let id = Int(column.storedName.dropFirst()) else { return }
        accesses[place].columns.insert(id)
    }

    /// The source that is changed is read only where its columns are named.
    func noteTarget(_ source: Scope.Source) {
        changedAccess = source.access
        if let place = source.access { accesses[place].isForColumnsOnly = true }
    }

    /// Notes what a modification does with its target, and with the table behind it.
    func noteChanges(_ plan: ChangePlan) {
        guard let place = changedAccess else { return }
        let named = accesses[place]
        if !plan.outputs.isEmpty { accesses[place].isForColumnsOnly = false }
        for clause in plan.clauses {
            var access = named
            access.permission = clause.action.rawValue
            access.isForColumnsOnly = false
            access.columns = clause.action == .update ? Set(clause.columns.map(\.id)) : []
            accesses.append(access)
            guard named.id != plan.target.table.id else { continue }
            access.id = plan.target.table.id
            access.schema = plan.target.table.schema
            access.name = plan.target.table.name
            access.via = named.id
            accesses.append(access)
        }
    }
}
