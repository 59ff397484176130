import Foundation

/// What a database holds, as one transaction sees it.
final class DatabaseCatalog {
    private(set) var schemas: [SchemaInfo] = []
    private(set) var tables: [Int: TableInfo] = [:]
    private(set) var views: [Int: ViewInfo] = [:]
    private(set) var types: [Int: UserTypeInfo] = [:]
    private(set) var sequences: [Int: SequenceInfo] = [:]
    private(set) var synonyms: [Int: SynonymInfo] = [:]
    private(set) var modules: [Int: ModuleInfo] = [:]
    private(set) var version: Int64 = 0
    private var objectIDs: [String: Int] = [:]

    /// Names compare without case.
    private static func key(_ schema: String, _ name: String) -> String {
        "\(schema.lowercased()).\(name.withoutTrailingBlanks.lowercased())"
    }

    func table(schema: String, name: String) -> TableInfo? { objectIDs[Self.key(schema, name)].flatMap { tables[$0] } }
    func view(schema: String, name: String) -> ViewInfo? { objectIDs[Self.key(schema, name)].flatMap { views[$0] } }
    func sequence(schema: String, name: String) -> SequenceInfo? {
        objectIDs[Self.key(schema, name)].flatMap { sequences[$0] }
    }
    func synonym(schema: String, name: String) -> SynonymInfo? {
        objectIDs[Self.key(schema, name)].flatMap { synonyms[$0] }
    }
    /// Types have names of their own, apart from those of objects.
    func type(schema: String, name: String) -> UserTypeInfo? {
        types.values.first { Self.key($0.schema, $0.name) == Self.key(schema, name) }
    }
    func module(schema: String, name: String) -> ModuleInfo? {
        objectIDs[Self.key(schema, name)].flatMap { modules[$0] }
    }

    /// The triggers of a table or view, oldest first.
    func triggers(of parent: Int) -> [ModuleInfo] {
        modules.values.filter { $0.trigger?.parent == parent }.sorted { $0.id < $1.id }
    }

    func schema(named name: String) -> SchemaInfo? { schemas.first { $0.name.lowercased() == name.lowercased() } }
    func objectID(schema: String, name: String) -> Int? {
        if let id = objectIDs[Self.key(schema, name)] { return id }
        for table in tables.values where table.schema.lowercased() == schema.lowercased() {
            let names =
                table.keys.filter { $0.kind != .index }.map { ($0.name, $0.id) }
                + table.foreignKeys.map { ($0.name, $0.id) } + table.checks.map { ($0.name, $0.id) }
                + table.columns.compactMap { $0.defaultValue.map { ($0.name, $0.id) } }
            if let found = names.first(where: { $0.0.lowercased() == name.lowercased() }) { return found.1 }
        }
        return nil
    }
    var sortedTables: [TableInfo] { tables.values.sorted { $0.id < $1.id } }

    /// Reads the catalogue tables of an attached database.
    init(reading connection: SQLiteConnection, schema alias: String, version: Int64) throws {
        self.version = version
        let statement = try connection.prepare("SELECT kind, body FROM \(alias).sys_object ORDER BY id")
        defer { statement.reset() }
        let decoder = JSONDecoder()
        while try statement.step() {
            let body = Data(statement.cell(1).text.utf8)
            switch statement.cell(0).text {
            case "schema": schemas.append(try decoder.decode(SchemaInfo.self, from: body))
            case "table": add(try decoder.decode(TableInfo.self, from: body))
            case "type": add(try decoder.decode(UserTypeInfo.self, from: body))
            case "sequence": add(try decoder.decode(SequenceInfo.self, from: body))
            case "synonym": add(try decoder.decode(SynonymInfo.self, from: body))
            case "module": add(try decoder.decode(ModuleInfo.self, from: body))
            default: add(try decoder.decode(ViewInfo.self, from: body))
            }
        }
    }

    /// A copy with a session's temporary tables, as tempdb shows them: with names that other sessions cannot have.
    func including(_ temporary: DatabaseCatalog, processID: Int) -> DatabaseCatalog {
        let copy = filtered { _, _ in true }
        for var table in temporary.tables.values {
            let suffix = String(processID, radix: 16, uppercase: true)
            let number = String(repeating: "0", count: 12 - suffix.count) + suffix
            table.name += String(repeating: "_", count: max(0, 116 - table.name.utf16.count)) + number
            copy.add(table)
        }
        return copy
    }

    private init(_ other: DatabaseCatalog) {
        schemas = other.schemas
        version = other.version
    }

    /// A copy with the objects that may be seen, by their ids and the names of their schemas; triggers go with their
    /// tables.
    func filtered(_ isVisible: (Int, String) -> Bool) -> DatabaseCatalog {
        let copy = DatabaseCatalog(self)
        for table in tables.values where isVisible(table.id, table.schema) { copy.add(table) }
        for view in views.values where isVisible(view.id, view.schema) { copy.add(view) }
        for module in modules.values where isVisible(module.trigger?.parent ?? module.id, module.schema) {
            copy.add(module)
        }
        for sequence in sequences.values where isVisible(sequence.id, sequence.schema) { copy.add(sequence) }
        for synonym in synonyms.values where isVisible(synonym.id, synonym.schema) { copy.add(synonym) }
        for type in types.values { copy.add(type) }
        return copy
    }

    private func add(_ table: TableInfo) {
        tables[table.id] = table
        objectIDs[Self.key(table.schema, table.name)] = table.id
    }

    private func add(_ view: ViewInfo) {
        views[view.id] = view
        objectIDs[Self.key(view.schema, view.name)] = view.id
    }

    private func add(_ type: UserTypeInfo) { types[type.id] = type }

    private func add(_ sequence: SequenceInfo) {
        sequences[sequence.id] = sequence
        objectIDs[Self.key(sequence.schema, sequence.name)] = sequence.id
    }

    private func add(_ synonym: SynonymInfo) {
        synonyms[synonym.id] = synonym
        objectIDs[Self.key(synonym.schema, synonym.name)] = synonym.id
    }

    private func add(_ module: ModuleInfo) {
        modules[module.id] = module
        objectIDs[Self.key(module.schema, module.name)] = module.id
    }

    /// Makes the catalogue tables of a new database.
    static func create(in connection: SQLiteConnection, schema alias: String, firstID: Int) throws {
        try connection.execute(
            """
            CREATE TABLE \(alias).sys_object(id INTEGER PRIMARY KEY, kind TEXT, body TEXT);
            CREATE TABLE \(alias).sys_state(version INTEGER, next_id INTEGER, lock INTEGER);
            CREATE TABLE \(alias).sys_identity(id INTEGER PRIMARY KEY, value INTEGER);
            CREATE TABLE \(alias).sys_security(kind TEXT PRIMARY KEY, body TEXT);
            INSERT INTO \(alias).sys_state VALUES (1, \(firstID), 0);
            """)
        for (id, name) in [(1, "dbo"), (2, "guest"), (3, "INFORMATION_SCHEMA"), (4, "sys")] {
            try save(SchemaInfo(id: id, name: name), kind: "schema", id: id, in: connection, schema: alias)
        }
    }

    /// Writes one object and gives the catalogue a new version.
    static func save(_ object: some Encodable, kind: String, id: Int, in connection: SQLiteConnection, schema: String)
        throws
    {
        let body = String(decoding: try JSONEncoder().encode(object), as: UTF8.self)
        let statement = try connection.prepare("INSERT OR REPLACE INTO \(schema).sys_object VALUES (?, ?, ?)")
        try statement.bind([.integer(Int64(id)), .text(kind), .text(body)])
        try statement.run()
        try touch(connection, schema: schema)
    }

    static func remove(id: Int, in connection: SQLiteConnection, schema: String) throws {
        try connection.execute("DELETE FROM \(schema).sys_object WHERE id = \(id)")
        try touch(connection, schema: schema)
    }

    /// Gives the catalogue a new version.
    static func touch(_ connection: SQLiteConnection, schema: String) throws {
        // Random, so that no two transactions, of which one rolled back, ever share a version.
        try connection.execute(
            "UPDATE \(schema).sys_state SET version = \(Int64.random(in: 1...Int64.max))")
    }

    /// A new object id.
    static func nextID(in connection: SQLiteConnection, schema: String) throws -> Int {
        let id = try connection.integer("SELECT next_id FROM \(schema).sys_state") ?? 0
        try connection.execute("UPDATE \(schema).sys_state SET next_id = next_id + 16")
        return Int(id)
    }
}
