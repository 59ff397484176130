/// The keywords of Microsoft.Data.SqlClient, with their synonyms.
///
/// The names are those of `SqlConnectionStringBuilder` and the `SqlConnection.ConnectionString` page, .NET and .NET
/// Framework together. `Cancel Timeout` and `Code Page` are ours.
enum ConnectionStringKeyword: String, CaseIterable {
    case applicationIntent = "Application Intent"
    case applicationName = "Application Name"
    case attachDBFilename = "AttachDbFilename"
    case attestationProtocol = "Attestation Protocol"
    case authentication = "Authentication"
    case cancelTimeout = "Cancel Timeout"
    case codePage = "Code Page"
    case columnEncryptionSetting = "Column Encryption Setting"
    case commandTimeout = "Command Timeout"
    case connectRetryCount = "Connect Retry Count"
    case connectRetryInterval = "Connect Retry Interval"
    case connectTimeout = "Connect Timeout"
    case connectionReset = "Connection Reset"
    case contextConnection = "Context Connection"
    case currentLanguage = "Current Language"
    case dataSource = "Data Source"
    case enclaveAttestationURL = "Enclave Attestation Url"
    case encrypt = "Encrypt"
    case enlist = "Enlist"
    case failoverPartner = "Failover Partner"
    case failoverPartnerSPN = "Failover Partner SPN"
    case hostNameInCertificate = "Host Name In Certificate"
    case idleTimeout = "Idle Timeout"
    case initialCatalog = "Initial Catalog"
    case integratedSecurity = "Integrated Security"
    case ipAddressPreference = "IP Address Preference"
    case loadBalanceTimeout = "Load Balance Timeout"
    case maxPoolSize = "Max Pool Size"
    case minPoolSize = "Min Pool Size"
    case multiSubnetFailover = "Multi Subnet Failover"
    case multipleActiveResultSets = "Multiple Active Result Sets"
    case networkLibrary = "Network Library"
    case packetSize = "Packet Size"
    case password = "Password"
    case persistSecurityInfo = "Persist Security Info"
    case poolBlockingPeriod = "Pool Blocking Period"
    case pooling = "Pooling"
    case replication = "Replication"
    case serverCertificate = "Server Certificate"
    case serverSPN = "Server SPN"
    case transactionBinding = "Transaction Binding"
    case transparentNetworkIPResolution = "Transparent Network IP Resolution"
    case trustServerCertificate = "Trust Server Certificate"
    case typeSystemVersion = "Type System Version"
    case userID = "User ID"
    case userInstance = "User Instance"
    case workstationID = "Workstation ID"

    /// Finds a keyword by its name or a synonym, in any case.
    init?(named name: String) {
        guard let keyword = Self.byName[name.lowercased()] else { return nil }
        self = keyword
    }

    /// Every name, for suggestions.
    static let names: [String] = allCases.flatMap { [$0.rawValue] + $0.synonyms }

    private static let byName: [String: ConnectionStringKeyword] = {
        var byName: [String: ConnectionStringKeyword] = [:]
        for keyword in allCases {
            for name in [keyword.rawValue] + keyword.synonyms { byName[name.lowercased()] = keyword }
        }
        return byName
    }()

    private var synonyms: [String] {
        switch self {
        case .applicationIntent: ["ApplicationIntent"]
        case .applicationName: ["App"]
        case .cancelTimeout: ["CancelTimeout"]
        case .codePage: ["CodePage"]
        case .attachDBFilename: ["Extended Properties", "Initial File Name"]
        case .connectRetryCount: ["ConnectRetryCount"]
        case .connectRetryInterval: ["ConnectRetryInterval"]
        case .connectTimeout: ["Connection Timeout", "ConnectTimeout", "Timeout"]
        case .currentLanguage: ["Language"]
        case .dataSource: ["Addr", "Address", "Network Address", "Server"]
        case .failoverPartner: ["FailoverPartner"]
        case .failoverPartnerSPN: ["FailoverPartnerSPN"]
        case .hostNameInCertificate: ["HostNameInCertificate"]
        case .initialCatalog: ["Database"]
        case .integratedSecurity: ["Trusted_Connection"]
        case .ipAddressPreference: ["IPAddressPreference"]
        case .loadBalanceTimeout: ["Connection Lifetime"]
        case .multiSubnetFailover: ["MultiSubnetFailover"]
        case .multipleActiveResultSets: ["MultipleActiveResultSets"]
        case .networkLibrary: ["Net", "Network"]
        case .packetSize: ["PacketSize"]
        case .password: ["PWD"]
        case .persistSecurityInfo: ["PersistSecurityInfo"]
        case .poolBlockingPeriod: ["PoolBlockingPeriod"]
        case .serverCertificate: ["ServerCertificate"]
        case .serverSPN: ["ServerSPN"]
        case .transparentNetworkIPResolution: ["TransparentNetworkIPResolution"]
        case .trustServerCertificate: ["TrustServerCertificate"]
        case .userID: ["UID", "User"]
        case .workstationID: ["WorkstationID", "WSID"]
        default: []
        }
    }

    /// For a keyword we do not support: the values that ask for nothing we lack, in lower case; nil when supported.
    ///
    /// The first is SqlClient's default. An empty value always is the default.
    var harmlessValues: [String]? {
        switch self {
        case .attachDBFilename, .enclaveAttestationURL, .failoverPartner, .failoverPartnerSPN, .serverCertificate,
            .serverSPN:
            []
        case .attestationProtocol: ["notspecified", "none"]
        case .authentication: ["notspecified", "sqlpassword", "sql password"]
        case .columnEncryptionSetting: ["disabled"]
        case .connectRetryCount: ["1", "0"]
        case .connectRetryInterval: ["10"]
        case .connectionReset, .pooling: ["true", "yes"]
        // There are no ambient transactions in Swift, so there is nothing to enlist in.
        case .enlist, .transparentNetworkIPResolution: ["true", "yes", "false", "no"]
        case .contextConnection, .integratedSecurity, .multiSubnetFailover, .multipleActiveResultSets,
            .persistSecurityInfo, .replication, .userInstance:
            ["false", "no"]
        case .idleTimeout, .loadBalanceTimeout: ["0"]
        case .ipAddressPreference: ["ipv4first", "useplatformdefault"]
        case .networkLibrary: ["dbmssocn"]
        case .poolBlockingPeriod: ["auto", "neverblock"]
        case .transactionBinding: ["implicit unbind"]
        case .typeSystemVersion: ["latest", "sql server 2012"]
        default: nil
        }
    }

    /// What to do instead of an unsupported value; empty when there is nothing.
    var advice: String {
        switch self {
        case .authentication, .integratedSecurity: "; use a SQL login with User ID and Password"
        case .serverCertificate: "; it pins one certificate: set caFile to the authority that signed it"
        case .failoverPartner, .multiSubnetFailover: "; name the listener or the primary in Data Source"
        case .pooling: "; set Max Pool Size=1 for a single connection"
        case .multipleActiveResultSets: "; take a second connection from the pool"
        case .networkLibrary: "; connections use TCP"
        default: ""
        }
    }
}
