/// An object of a schema with a name of its own, as the catalogue keeps it.
protocol SchemaObject: Encodable {
    /// The kind in sys_object.
    static var kind: String { get }
    var id: Int { get }
    var schema: String { get set }
    var name: String { get set }
}

extension TableInfo: SchemaObject {
    static let kind = "table"
}

extension ViewInfo: SchemaObject {
    static let kind = "view"
}

extension SequenceInfo: SchemaObject {
    static let kind = "sequence"
}

extension SynonymInfo: SchemaObject {
    static let kind = "synonym"
}

extension ModuleInfo: SchemaObject {
    static let kind = "module"
}

extension DatabaseCatalog {
    /// The object with an id; nil for a part of another one, such as a constraint.
    func object(_ id: Int) -> (any SchemaObject)? {
        tables[id] ?? views[id] ?? sequences[id] ?? synonyms[id] ?? modules[id]
    }

    /// Writes one object and gives the catalogue a new version.
    static func save<Object: SchemaObject>(_ object: Object, in connection: SQLiteConnection, schema: String) throws {
        try save(object, kind: Object.kind, id: object.id, in: connection, schema: schema)
    }
}
