import SQLValues
import TransactSQL

/// A catalogue view that is answered from our catalogue.
struct SystemView: Sendable {
    let name: String
    let columns: [OutputColumn]
    /// The rows change from moment to moment: a statement reads them when it runs, whenever it was bound.
    let isLive: Bool
    private let produce: @Sendable (Source) -> [[SQLValue]]

    /// What a view reads.
    struct Source {
        let databases: [EmbeddedInstance.Database]
        let database: EmbeddedInstance.Database
        /// What the session may see of the database.
        let catalog: DatabaseCatalog
        let server: ServerSecurity
        let security: DatabaseSecurity
        /// Nil for sessions that may see everything.
        let evaluator: PermissionEvaluator?
        /// Sessions and locks, for a live view.
        var live = LiveState()

        /// The schema of a name.
        func schemaID(_ name: String) -> SQLValue { .int(Int64(catalog.schema(named: name)?.id ?? 1)) }
    }

    init(_ name: String, _ columns: [OutputColumn], _ produce: @escaping @Sendable (Source) -> [[SQLValue]]) {
        self.init(name: name, columns: columns, isLive: false, produce: produce)
    }

    private init(
        name: String, columns: [OutputColumn], isLive: Bool, produce: @escaping @Sendable (Source) -> [[SQLValue]]
    ) {
        self.name = name
        self.columns = columns
        self.isLive = isLive
        self.produce = produce
    }

    /// A live view.
    static func live(
        _ name: String, _ columns: [OutputColumn], _ produce: @escaping @Sendable (LiveState) -> [[SQLValue]]
    ) -> SystemView {
        SystemView(name: name, columns: columns, isLive: true) { produce($0.live) }
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

    func rows(for session: EmbeddedSession, in database: EmbeddedInstance.Database) throws -> [[SQLValue]] {
        let alias = try session.attach(database)
        var source = Source(
            databases: try session.visibleDatabases(), database: database, catalog: try session.visibleCatalog(alias),
            server: try session.serverSecurity(), security: try session.databaseSecurity(alias),
            evaluator: session.security.isUnrestricted ? nil : try session.evaluator(in: database))
        if isLive { source.live = session.liveState }
        return produce(source)
    }

    static let all: [String: SystemView] = {
        var table: [String: SystemView] = [:]
        for view in [
            databases, sysDatabases, schemas, objects, tables, views, columnsView, informationTables,
            informationColumns, indexes, foreignKeys, timeZones,
        ] + security + liveViews {
            table[view.name.lowercased()] = view
        }
        return table
    }()

    static func column(_ name: String, _ type: SQLType, isNullable: Bool = false) -> OutputColumn {
        OutputColumn(name: name, type: type, isNullable: isNullable)
    }

    static func text(_ name: String, isNullable: Bool = false) -> OutputColumn {
        column(name, .nVarChar(128), isNullable: isNullable)
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
