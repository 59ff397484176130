extension EmbeddedServer {
    /// The engine edition that a server says it is, and whose limits it keeps.
    ///
    /// ```swift
    /// var configuration = EmbeddedServer.Configuration()
    /// configuration.edition = .fabricWarehouse
    /// ```
    ///
    /// What the edition lacks is refused, as docs/embedded-server.md lists. What it has beyond other editions is not added.
    public enum Edition: String, Sendable, Hashable, CaseIterable {
        /// SQL Server 2022 Developer.
        case developer
        /// SQL Server 2022 Enterprise.
        case enterprise
        /// SQL Server 2022 Standard: no ONLINE or RESUMABLE index operations.
        case standard
        /// SQL Server 2022 Express: no ONLINE or RESUMABLE index operations.
        case express
        /// Azure SQL Database: one database for a connection.
        case azureSQL = "azure-sql"
        /// Azure SQL Managed Instance.
        case managedInstance = "managed-instance"
        /// SQL database in Microsoft Fabric.
        case fabricSQL = "fabric-sql"
        /// Warehouse in Microsoft Fabric.
        case fabricWarehouse = "fabric-warehouse"

        /// `SERVERPROPERTY('EngineEdition')`.
        public var engineEdition: Int {
            switch self {
            case .standard: 2
            case .developer, .enterprise: 3
            case .express: 4
            case .azureSQL: 5
            case .managedInstance: 8
            case .fabricWarehouse: 11
            case .fabricSQL: 12
            }
        }
    }
}

extension EmbeddedServer.Edition {
    /// Whether Microsoft runs it as a service, which has version numbers of its own.
    var isService: Bool { engineEdition >= 5 }

    /// Whether a connection has one database and cannot name others.
    var hasOneDatabase: Bool { self == .azureSQL || self == .fabricSQL }

    /// Its name in refusals.
    var title: String {
        switch self {
        case .developer: "SQL Server Developer edition"
        case .enterprise: "SQL Server Enterprise edition"
        case .standard: "SQL Server Standard edition"
        case .express: "SQL Server Express edition"
        case .azureSQL: "Azure SQL Database"
        case .managedInstance: "Azure SQL Managed Instance"
        case .fabricSQL: "SQL database in Microsoft Fabric"
        case .fabricWarehouse: "Warehouse in Microsoft Fabric"
        }
    }

    /// `SERVERPROPERTY('Edition')`.
    var editionName: String {
        switch self {
        case .developer: "Developer Edition (embedded)"
        case .enterprise: "Enterprise Edition (embedded)"
        case .standard: "Standard Edition (embedded)"
        case .express: "Express Edition (embedded)"
        case .azureSQL, .managedInstance, .fabricSQL, .fabricWarehouse: "SQL Azure"
        }
    }

    /// `SERVERPROPERTY('EditionID')` ("SERVERPROPERTY"); nil where none is documented.
    var editionID: Int64? {
        switch self {
        case .developer: -2_117_995_310
        case .enterprise: 1_804_890_536
        case .standard: -1_534_726_760
        case .express: -1_592_396_055
        case .azureSQL, .managedInstance: 1_674_378_470
        case .fabricSQL, .fabricWarehouse: nil
        }
    }

    /// The program version: of SQL Server 2022, or the one that services always give.
    var version: (major: UInt8, minor: UInt8, build: UInt16, revision: Int) {
        isService ? (12, 0, 2_000, 8) : (16, 0, 1_000, 6)
    }

    var productVersion: String { "\(version.major).\(version.minor).\(version.build).\(version.revision)" }

    /// `@@VERSION`.
    var versionText: String {
        let product = isService ? "Microsoft SQL Azure (RTM)" : "Microsoft SQL Server 2022"
        return "\(product) compatible (embedded) - \(productVersion)\n\tEmbeddedSQLServer of swift-sqlserver,"
            + " a development and test server on SQLite"
    }
}
