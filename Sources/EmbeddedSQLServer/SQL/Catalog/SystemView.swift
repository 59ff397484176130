import SQLValues
import TransactSQL

/// A catalogue view that is answered from our catalogue.
struct SystemView: Sendable {
    let name: String
    let columns: [OutputColumn]
    /// What reading it needs; nil for what everyone may read, if only the rows that they may see.
    private(set) var required: Requirement?
    private let produce: @Sendable (Source) -> [[SQLValue]]

    init(_ name: String, _ columns: [OutputColumn], _ produce: @escaping @Sendable (Source) -> [[SQLValue]]) {
        self.name = name
        self.columns = columns
        self.produce = produce
    }

    /// A live view.
    static func live(
        _ name: String, _ columns: [OutputColumn], _ produce: @escaping @Sendable (LiveState) -> [[SQLValue]]
    ) -> SystemView {
        SystemView(name, columns) { produce($0.live) }
    }

    /// The view, which may be read with permissions only.
    func requiring(_ requirement: Requirement) -> SystemView {
        var view = self
        view.required = requirement
        return view
    }

    /// The view that a name means, if any.
    static func named(_ name: MultipartName, inMaster: Bool) -> SystemView? {
        let schema = name.schema?.lowercased()
        switch schema {
        case "sys", "information_schema": return all["\(schema ?? "").\(name.name.lowercased())"]
        case nil, "dbo":
            // The views of SQL Server 2000 live on in every database under `dbo`.
            return name.name.lowercased() == "sysdatabases" && (inMaster || schema == nil)
                ? all["sys.sysdatabases"] : nil
        default: return nil
        }
    }

    /// The rows in their stored form.
    func rows(_ source: Source) -> [[StoredValue]] {
        let types = columns.map(\.type)
        return produce(source).map { row in zip(row, types).map { StoredForm.encode($0, as: $1) } }
    }

    static let all: [String: SystemView] = {
        let views =
            serverViews + objectViews + moduleViews + columnViews + keyViews + informationViews + usageViews
            + routineViews + liveViews + sessionViews + [timeZones, dependencies, configurations] + systemObjectViews
            + security
        return Dictionary(views.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }()

    // MARK: Columns

    static func column(_ name: String, _ type: SQLType, isNullable: Bool = false) -> OutputColumn {
        OutputColumn(name: name, type: type, isNullable: isNullable)
    }

    static func text(_ name: String, isNullable: Bool = false) -> OutputColumn {
        column(name, .nVarChar(128), isNullable: isNullable)
    }

    private static let types: [String: SQLType] = [
        "sysname": .nVarChar(128), "sql_variant": .variant, "int": .int, "bit": .bit, "tinyint": .tinyInt,
        "smallint": .smallInt,
        "bigint": .bigInt, "datetime": .dateTime, "nvarchar(max)": .nVarCharMax, "char(2)": .char(2),
        "uniqueidentifier": .uniqueIdentifier,
    ]

    /// The type that a column's text names; one that is not known has the length in its parentheses.
    private static func type(_ text: String) -> SQLType {
        if let type = types[text] { return type }
        let length = Int(text.drop { $0 != "(" }.dropFirst().dropLast()) ?? 128
        if text.hasPrefix("varchar") { return .varChar(length) }
        return text.hasPrefix("varbinary") ? .varBinary(length) : .nVarChar(length)
    }

    /// Columns from a text such as `name sysname, parent_id int?`, where `?` marks those that may be NULL.
    static func columns(_ text: String) -> [OutputColumn] {
        text.split(separator: ",").map { item in
            let words = item.split { $0 == " " || $0 == "\n" }
            let name = words.first.map(String.init) ?? ""
            var type = words.last.map(String.init) ?? ""
            let isNullable = type.hasSuffix("?")
            if isNullable { type.removeLast() }
            return OutputColumn(name: name, type: Self.type(type), isNullable: isNullable)
        }
    }

    /// A moment of the catalogue as `datetime`.
    static func moment(_ ticks: Int) -> SQLValue {
        guard let moment = SQLDateTime(ticksSinceYearOne: ticks), let fields = moment.dateTimeFields,
            let rounded = SQLDateTime(
                daysSince1900: fields.daysSince1900, threeHundredths: fields.threeHundredths)
        else { return .null }
        return .dateTime(rounded)
    }
}

extension SystemView {
    /// What a view reads.
    struct Source {
        let session: EmbeddedSession
        let database: EmbeddedInstance.Database
        let alias: String
        /// What the session may see of the database.
        let catalog: DatabaseCatalog
        let databases: [EmbeddedInstance.Database]
        let server: ServerSecurity
        let security: DatabaseSecurity
        /// Nil for sessions that may see everything.
        let evaluator: PermissionEvaluator?

        var sortedViews: [ViewInfo] { catalog.views.values.sorted { $0.id < $1.id } }
        var sortedModules: [ModuleInfo] { catalog.modules.values.sorted { $0.id < $1.id } }
        var sortedTypes: [UserTypeInfo] { catalog.types.values.sorted { $0.id < $1.id } }
        var sortedSequences: [SequenceInfo] { catalog.sequences.values.sorted { $0.id < $1.id } }
        var sortedSynonyms: [SynonymInfo] { catalog.synonyms.values.sorted { $0.id < $1.id } }

        /// Sessions and locks at this moment.
        var live: LiveState { session.liveState }

        /// The schema of a name.
        func schemaID(_ name: String) -> SQLValue { .number(catalog.schema(named: name)?.id ?? 1) }

        /// The columns of a view's query; none when it can no longer be bound.
        func columns(of view: ViewInfo) -> [OutputColumn] {
            do {
                let query = try session.query(of: view, database: database.name)
                var columns = try session.makeBinder(Variables()).bindQuery(query, outer: nil).columns
                for (index, name) in view.columns.enumerated() where columns.indices.contains(index) {
                    columns[index].name = name
                }
                return columns
            } catch {
                return []
            }
        }

        func rowCount(_ table: TableInfo) -> Int {
            do {
                return Int(try session.connection.integer("SELECT count(*) FROM \(alias).\(table.storedName)") ?? 0)
            } catch {
                return 0
            }
        }

        func lastIdentity(_ table: TableInfo) -> Int64? {
            do {
                return try session.lastIdentity(
                    of: ResolvedTable(table: table, database: database.name, alias: alias))
            } catch {
                return nil
            }
        }

        /// The last value that a sequence gave.
        func lastValue(_ sequence: Int) -> Int64? { session.instance.identity("\(alias).\(sequence)") }

        /// The statistics of a table: those of indexes, and those that were made by name.
        func statistics(of table: TableInfo) -> [(id: Int, name: String, isUser: Bool, columns: [Int])] {
            let indexes = SystemView.numbered(table).sorted { $0.id < $1.id }
            let next = (indexes.map(\.id).max() ?? 1) + 1
            return indexes.map { ($0.id, $0.key.name, false, $0.key.columns.map(\.id)) }
                + (table.statistics ?? []).enumerated().map { (next + $0, $1.name, true, $1.columns) }
        }
    }
}

extension EmbeddedSession {
    /// The rows of a table-valued function that the session answers.
    func rows(of name: String, _ arguments: [StoredValue]) throws -> [[StoredValue]] {
        if name.hasPrefix("view:") || name.hasPrefix("dynamic:") { return try systemRows(name) }
        return try tableRows(name, arguments)
    }

    /// The catalogue view of a key, and the database of which it tells.
    func systemView(_ key: String) -> (SystemView, EmbeddedInstance.Database)? {
        let parts = key.split(separator: ":", maxSplits: 2).map(String.init)
        guard parts.count == 3,
            let view = parts[0] == "view" ? SystemView.all[parts[2]] : instance.provisions.dynamicViews.view(parts[2]),
            let home = instance.databases.first(where: { String($0.id) == parts[1] })
        else { return nil }
        return (view, home)
    }

    /// The rows of a catalogue view, which are made once for a statement.
    func systemRows(_ key: String) throws -> [[StoredValue]] {
        if let known = systemCache[key] { return known }
        guard let (view, home) = systemView(key) else { return [] }
        let alias = try attach(home)
        var catalog = try visibleCatalog(alias)
        if home.name == "tempdb", let temporary = try temporaryCatalog() {
            catalog = catalog.including(temporary, processID: Int(options.processID))
        }
        let source = SystemView.Source(
            session: self, database: home, alias: alias, catalog: catalog,
            databases: try visibleDatabases().sorted { $0.id < $1.id }, server: try serverSecurity(),
            security: try databaseSecurity(alias),
            evaluator: security.isUnrestricted ? nil : try evaluator(in: home))
        let rows = view.rows(source)
        systemCache[key] = rows
        return rows
    }
}
