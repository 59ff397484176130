import SQLValues

/// The local variables and parameters of a batch, in the order of their declarations.
final class Variables {
    struct Variable {
        var name: String
        var type: SQLType
        var value: SQLValue
    }

    private(set) var list: [Variable] = []
    private var indices: [String: Int] = [:]
    private var tables: [String: Table] = [:]
    /// The tables behind the table variables, in the order of their declarations.
    private(set) var tableIDs: [Int] = []

    /// A table variable, or a parameter that refers to one.
    struct Table {
        var variable: TableVariable
        var isReadOnly: Bool
    }

    func index(of name: String) -> Int? { indices[name.lowercased()] }

    func type(at index: Int) -> SQLType { list[index].type }

    /// Declares a variable; nil when the name is taken.
    func declare(_ name: String, _ type: SQLType, _ value: SQLValue = .null) -> Int? {
        guard indices[name.lowercased()] == nil, tables[name.lowercased()] == nil else { return nil }
        indices[name.lowercased()] = list.count
        list.append(Variable(name: name, type: type, value: value))
        return list.count - 1
    }

    /// The table variable of a name.
    func table(named name: String) -> Table? { tables[name.lowercased()] }

    /// Declares a table variable; false when the name is taken.
    func declare(_ name: String, _ table: TableVariable, isReadOnly: Bool = false) -> Bool {
        guard indices[name.lowercased()] == nil, tables[name.lowercased()] == nil else { return false }
        tables[name.lowercased()] = Table(variable: table, isReadOnly: isReadOnly)
        tableIDs.append(table.target.table.id)
        return true
    }

    /// `inserted` and `deleted` in the body of a trigger.
    private var transitions: [String: ResolvedTable] = [:]

    func transition(named name: String) -> ResolvedTable? { transitions[name.lowercased()] }

    func declareTransition(_ table: ResolvedTable) { transitions[table.table.name] = table }

    /// The same variables with their values of now.
    func copy() -> Variables {
        let copy = Variables()
        (copy.list, copy.indices, copy.tables) = (list, indices, tables)
        return copy
    }

    subscript(index: Int) -> SQLValue {
        get { list[index].value }
        set { list[index].value = newValue }
    }
}
