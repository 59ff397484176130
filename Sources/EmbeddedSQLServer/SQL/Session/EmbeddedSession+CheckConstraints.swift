import SQLValues
import TransactSQL

extension EmbeddedSession {
    /// `CHECK CONSTRAINT` and `NOCHECK CONSTRAINT`.
    func setConstraints(
        _ names: [Identifier], isEnabled: Bool, checksExisting: Bool, of target: ResolvedTable, line: Int
    ) throws {
        var changed = target
        for name in names { try refuse(name.value, target, line: line) }
        func isMeant(_ name: String) -> Bool {
            names.isEmpty || names.contains { TextCollation.areEqual($0.value, name) }
        }
        for index in changed.table.checks.indices where isMeant(changed.table.checks[index].name) {
            changed.table.checks[index].isDisabled = !isEnabled
            changed.table.checks[index].isNotTrusted =
                isEnabled && checksExisting ? false : (!isEnabled || changed.table.checks[index].isNotTrusted ?? false)
        }
        for index in changed.table.foreignKeys.indices where isMeant(changed.table.foreignKeys[index].name) {
            changed.table.foreignKeys[index].isDisabled = !isEnabled
            changed.table.foreignKeys[index].isNotTrusted =
                isEnabled && checksExisting
                ? false : (!isEnabled || changed.table.foreignKeys[index].isNotTrusted ?? false)
        }
        try DatabaseCatalog.save(
            changed.table, kind: "table", id: changed.table.id, in: connection, schema: target.alias)
        try redefine(changed)
        guard isEnabled, checksExisting else { return }
        for check in changed.table.checks where isMeant(check.name) { try verify(check, changed) }
        for index in changed.table.foreignKeys.indices where isMeant(changed.table.foreignKeys[index].name) {
            try verifyForeignKey(index, changed)
        }
    }

    /// Msg 4916 for a name that is no CHECK and no foreign key.
    private func refuse(_ name: String, _ target: ResolvedTable, line: Int) throws {
        let table = target.table
        func isNamed(_ other: String) -> Bool { TextCollation.areEqual(other, name) }
        if table.checks.contains(where: { isNamed($0.name) }) || table.foreignKeys.contains(where: { isNamed($0.name) })
        {
            return
        }
        let isOther =
            table.keys.contains { isNamed($0.name) }
            || table.columns.contains { $0.defaultValue.map { isNamed($0.name) } ?? false }
        precedingErrors = [
            isOther
                ? .error(
                    11_415, line: line,
                    "Object '\(name)' cannot be disabled or enabled. This action applies only to foreign key and check constraints."
                ) : .error(4917, state: 0, line: line, "Constraint '\(name)' does not exist.")
        ]
        throw ServerMessage.error(
            4916, state: 0, line: line, "Could not enable or disable the constraint. See previous errors.")
    }
}
