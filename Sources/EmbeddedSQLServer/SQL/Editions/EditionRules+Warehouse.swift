import SQLValues
import TransactSQL

extension EditionRules {
    /// System procedures that an edition does not have.
    func checkProcedure(_ name: String) throws {
        if edition == .fabricWarehouse, name.hasSuffix("applock") { throw refusal(name) }
    }

    /// The types that columns of a new table may have, checked where their names are known.
    func check(_ columns: [(name: String, type: SQLType)]) throws {
        guard edition == .fabricWarehouse else { return }
        for column in columns {
            guard let construct = Self.missingInWarehouse(column.type) else { continue }
            throw refusal("\(construct) of column \(column.name)")
        }
    }

    /// A type that no column of a warehouse has ("Data types in Fabric Data Warehouse").
    private static func missingInWarehouse(_ type: SQLType) -> String? {
        switch type.kind {
        case .bit, .smallInt, .int, .bigInt, .decimal, .numeric, .float, .real, .date, .char, .varChar, .varBinary,
            .uniqueIdentifier:
            nil
        case .time, .dateTime2: (type.scale ?? 7) <= 6 ? nil : type.description
        default: type.name
        }
    }

    /// What a statement has that a warehouse lacks ("T-SQL surface area in Fabric Data Warehouse").
    static func missingInWarehouse(_ statement: Statement) -> String? {
        switch statement.kind {
        case .createTable(let create): return missing(in: create.definition)
        case .alterTable(let alter): return missing(in: alter.action)
        case .createIndex: return "CREATE INDEX"
        case .triggerSwitch: return "TRIGGER"
        case .module(let module):
            switch module.kind {
            case .trigger: return "CREATE TRIGGER"
            case .tableFunction: return "CREATE FUNCTION of several statements"
            default: return nil
            }
        case .object(let object): return missing(in: object)
        case .set(.isolationLevel): return "SET TRANSACTION ISOLATION LEVEL"
        case .set(.value(let option, _)) where option == "ROWCOUNT": return "SET ROWCOUNT"
        case .transaction(.save): return "SAVE TRANSACTION"
        case .transaction(.begin(let name, let mark)) where name != nil || mark != nil: return "a named transaction"
        case .security(.principal(let principal)):
            return principal.kind == .role ? nil : "CREATE \(principal.kind.rawValue)"
        case .select(let query): return missing(in: query)
        case .insert(let insert):
            guard case .query(let query) = insert.source else { return nil }
            return missing(in: query)
        case .view(let view): return missing(in: view.query)
        default: return nil
        }
    }

    private static func missing(in query: Query) -> String? {
        if query.forClause?.format == .xml { return "FOR XML" }
        for expression in query.with?.expressions ?? [] {
            let isRecursive = NameReference.all(in: expression.query).contains {
                $0.kind == .source && $0.name.parts.count == 1
                    && $0.name.name.lowercased() == expression.name.value.lowercased()
            }
            if isRecursive { return "a recursive common table expression" }
        }
        return nil
    }

    private static func missing(in object: ObjectStatement) -> String? {
        switch object {
        case .createType: "CREATE TYPE"
        case .sequence: "SEQUENCE"
        case .createSynonym: "CREATE SYNONYM"
        case .alterIndex: "ALTER INDEX"
        case .createStatistics(let create): create.columns.count > 1 ? "statistics of several columns" : nil
        case .transfer, .updateStatistics, .checkIdentity: nil
        }
    }

    private static func missing(in definition: TableDefinition) -> String? {
        for column in definition.columns {
            if column.computed != nil { return "a computed column" }
            if let identity = column.identity, identity.hasArguments || column.type?.lowercasedName != "bigint" {
                return "IDENTITY other than bigint, or with a seed"
            }
        }
        if !definition.indexes.isEmpty { return "INDEX" }
        let constraints = definition.constraints + definition.columns.flatMap(\.constraints)
        return constraints.lazy.compactMap { missing(in: $0, isAdded: false) }.first
    }

    /// Keys are added by ALTER TABLE, and NOT ENFORCED.
    private static func missing(in constraint: ConstraintDefinition, isAdded: Bool) -> String? {
        switch constraint.kind {
        case .primaryKey(let key): isAdded && key.isNotEnforced ? nil : "an enforced PRIMARY KEY"
        case .unique(let key): isAdded && key.isNotEnforced ? nil : "an enforced UNIQUE constraint"
        case .foreignKey(let key): isAdded && key.isNotEnforced ? nil : "an enforced FOREIGN KEY"
        case .check: "a CHECK constraint"
        case .defaultValue: "a DEFAULT constraint"
        case .connection: "CONNECTION"
        }
    }

    private static func missing(in action: AlterTableStatement.Action) -> String? {
        switch action {
        case .add(let definition, _):
            if let column = definition.columns.first(where: { $0.isNullable == false }) {
                return "ALTER TABLE ADD of the column \(column.name.value), which is NOT NULL,"
            }
            if definition.columns.contains(where: { $0.computed != nil }) { return "a computed column" }
            return definition.constraints.lazy.compactMap { missing(in: $0, isAdded: true) }.first
        case .alterColumn, .alterColumnProperty: return "ALTER COLUMN"
        case .checkConstraints: return "CHECK CONSTRAINT"
        case .triggers: return "TRIGGER"
        case .drop: return nil
        }
    }
}
