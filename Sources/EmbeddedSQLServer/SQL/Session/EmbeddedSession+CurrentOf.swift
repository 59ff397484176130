import SQLValues
import TransactSQL

extension Binder {
    /// What a statement with `WHERE CURRENT OF` asks the session for.
    struct CursorKey {
        var name: CursorName
        var alias: String
        var table: Int

        init(name: CursorName, target: ResolvedTable) {
            self.name = name
            alias = target.alias
            table = target.table.id
        }

        /// Reads what ``text`` wrote; nil for the key of a function.
        init?(_ text: String) {
            let parts = text.split(separator: "|", maxSplits: 4, omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 5, parts[0] == "cursor", let table = Int(parts[2]) else { return nil }
            alias = parts[1]
            self.table = table
            guard parts[3] != "variable" else {
                name = .variable(parts[4])
                return
            }
            do throws(SyntaxError) {
                let parsed = try Parser.parse(objectName: "[" + parts[4].replacing("]", with: "]]") + "]")
                guard let identifier = parsed.parts.first else { return nil }
                name = .name(identifier, isGlobal: parts[3] == "global")
            } catch {
                return nil
            }
        }

        var text: String {
            switch name {
            case .variable(let variable): "cursor|\(alias)|\(table)|variable|\(variable)"
            case .name(let identifier, let isGlobal):
                "cursor|\(alias)|\(table)|\(isGlobal ? "global" : "any")|\(identifier.value)"
            }
        }
    }
}

extension EmbeddedSession {
    /// The condition of `WHERE CURRENT OF`; nil for any other.
    func currentOf(_ condition: SQLExpression?, _ base: Scope.Base, _ target: ChangeTarget) throws -> BoundExpression? {
        guard let condition, case .currentOf(let name) = condition.kind else { return nil }
        let key = BoundExpression.constant(
            .string(Binder.CursorKey(name: name, target: base.table).text), .nVarCharMax)
        let row = BoundExpression(node: .stored(Binder.moduleCall, [key]), type: .bigInt, isNullable: true)
        return .condition(.comparison(.equal, base.rowID(of: target.source), row))
    }

    /// The id of the row that the cursor of a key stands on.
    func currentRow(_ key: Binder.CursorKey) throws -> Int64 {
        guard let context = currentContext, let table = catalogs[key.alias]?.tables[key.table] else {
            throw ServerMessage.error(
                16933,
                "The cursor does not include the table being modified or the table is not updatable through the cursor."
            )
        }
        let target = ResolvedTable(table: table, database: database.name, alias: key.alias)
        do {
            return try currentRow(key.name, of: target, context)
        } catch let error as CompileError {
            throw error.message
        }
    }
}
