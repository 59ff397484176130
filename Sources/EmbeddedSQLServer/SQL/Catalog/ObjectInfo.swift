import SQLValues

/// An alias type or a table type of a database.
struct UserTypeInfo: Codable, Equatable {
    /// Its user_type_id.
    var id: Int
    var schema: String
    var name: String
    /// The type behind an alias; nil for a table type.
    var typeCode: Int64?
    /// Whether columns of an alias type may be NULL unless they say otherwise.
    var isNullable: Bool
    /// The columns, keys and checks of a table type; its id is the type_table_object_id.
    var table: TableInfo?

    var qualifiedName: String { "\(schema).\(name)" }
    var type: SQLType? { typeCode.flatMap { SQLType(code: $0) } }
}

/// A sequence; its current value is the instance's.
struct SequenceInfo: Codable, Equatable {
    var id: Int
    var schema: String
    var name: String
    var typeCode: Int64
    var start: Int64
    /// The value that comes first, or first after a restart.
    var first: Int64
    var increment: Int64
    var minimum: Int64
    var maximum: Int64
    var cycles: Bool
    var isCached: Bool
    var cacheSize: Int?
    var created: Int
    var modified: Int

    var type: SQLType { SQLType(code: typeCode) ?? .bigInt }
}

/// A synonym.
struct SynonymInfo: Codable, Equatable {
    var id: Int
    var schema: String
    var name: String
    /// The parts of the name that it stands for, as written.
    var base: [String]
    var created: Int

    /// The name that it stands for, as sys.synonyms shows it.
    var baseName: String { base.map { "[\($0)]" }.joined(separator: ".") }
}
