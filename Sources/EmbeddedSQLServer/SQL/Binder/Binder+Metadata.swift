import SQLValues
import TransactSQL

extension Binder {
    /// A function that looks into the catalogue: its inputs, how many of them must be given, and its result.
    private struct MetadataFunction {
        var inputs: [SQLType]
        var required: Int
        var output: SQLType

        init(_ inputs: [SQLType], _ output: SQLType, required: Int? = nil) {
            self.inputs = inputs
            self.required = required ?? inputs.count
            self.output = output
        }
    }

    private static let name = SQLType.nVarChar(776)

    private static let metadataFunctions: [String: MetadataFunction] = [
        "OBJECT_NAME": .init([.int, .int], .nVarChar(128), required: 1),
        "OBJECT_SCHEMA_NAME": .init([.int, .int], .nVarChar(128), required: 1),
        "OBJECT_DEFINITION": .init([.int], .nVarCharMax),
        "COL_LENGTH": .init([name, name], .smallInt), "COL_NAME": .init([.int, .int], .nVarChar(128)),
        "COLUMNPROPERTY": .init([.int, name, name], .int), "OBJECTPROPERTY": .init([.int, name], .int),
        "OBJECTPROPERTYEX": .init([.int, name], .variant), "INDEXPROPERTY": .init([.int, name, name], .int),
        "INDEX_COL": .init([name, .int, .int], .nVarChar(128)), "TYPE_ID": .init([name], .int),
        "TYPE_NAME": .init([.int], .nVarChar(128)), "TYPEPROPERTY": .init([name, name], .int),
        "SCHEMA_NAME": .init([.int], .nVarChar(128)), "IDENT_CURRENT": .init([name], .numeric(38, 0)),
        "IDENT_SEED": .init([name], .numeric(38, 0)), "IDENT_INCR": .init([name], .numeric(38, 0)),
        "DATABASEPROPERTYEX": .init([name, name], .variant), "COLLATIONPROPERTY": .init([name, name], .variant),
    ]

    /// A call of such a function; nil for all others.
    func metadataFunction(_ name: String, _ arguments: [BoundExpression], line: Int) throws -> BoundExpression? {
        guard let function = Self.metadataFunctions[name] else { return nil }
        guard (function.required...function.inputs.count).contains(arguments.count) else {
            throw wrongCount(name, "\(function.required)", line: line)
        }
        let inputs = try zip(arguments, function.inputs).map { try coerce($0, to: $1, line: line) }
        return BoundExpression(
            node: .stored("ts_lookup_\(name.lowercased())", inputs), type: function.output, isNullable: true)
    }

    /// Their names in SQLite.
    static let metadataLookups = metadataFunctions.keys.map { $0.lowercased() }.sorted()
}
