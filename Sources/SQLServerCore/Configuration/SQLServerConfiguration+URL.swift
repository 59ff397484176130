extension SQLServerConfiguration {
    /// A configuration from a URL: `mssql://user:password@host:port/database?encrypt=strict&engine=native`.
    ///
    /// The scheme is `mssql` or `sqlserver`. User name, password, database and values are percent-decoded, so `@`, `/`,
    /// `?` and `#` in a password are written `%40`, `%2F`, `%3F` and `%23`. An IPv6 address stands in brackets. Behind the
    /// `?` there can be these settings, named in any case: `encrypt`, `trustServerCertificate`, `caFile`,
    /// `hostNameInCertificate`, `connectTimeout`, `commandTimeout`, `cancelTimeout` (seconds), `packetSize`,
    /// `applicationIntent`, `applicationName`, `workstationID`, `instanceName`, `language`, `codePage`, `minPoolSize`,
    /// `maxPoolSize`, `engine`.
    ///
    /// ```swift
    /// let configuration = try SQLServerConfiguration(url: "mssql://app:p%40ss@[::1]:1434/shop?encrypt=off")
    /// ```
    ///
    /// - Parameter url: The URL.
    /// - Throws: A ``SQLServerError`` with the code `configuration` that names the part that is wrong, never the URL.
    public init(url: String) throws(SQLServerError) {
        let parts = try URLParts(url)
        self.init(host: parts.host)
        if let port = parts.port { self.port = port }
        userName = parts.userName
        password = SQLSecret(parts.password)
        database = parts.database
        var seen: Set<URLSetting> = []
        for (name, text) in parts.settings {
            guard let setting = URLSetting.allCases.first(where: { $0.rawValue.lowercased() == name.lowercased() })
            else {
                let known = URLSetting.allCases.map(\.rawValue)
                throw .unknown("URL: there is no setting", name, known: known)
            }
            guard seen.insert(setting).inserted else {
                throw .configuration("URL: the setting \(setting.rawValue) is given twice; give it once")
            }
            try setting.apply(ConfigurationValue(name: "URL: \(setting.rawValue)", text: text), to: &self)
        }
        try validateFields()
    }
}

/// The settings after the `?` of a URL.
private enum URLSetting: String, CaseIterable {
    case encrypt, trustServerCertificate, caFile, hostNameInCertificate, connectTimeout, commandTimeout, cancelTimeout
    case packetSize, applicationIntent, applicationName, workstationID, instanceName, language, codePage
    case minPoolSize, maxPoolSize, engine

    func apply(_ value: ConfigurationValue, to configuration: inout SQLServerConfiguration) throws(SQLServerError) {
        switch self {
        case .encrypt: configuration.encryption = try value.encryption()
        case .trustServerCertificate: configuration.trustServerCertificate = try value.boolean()
        case .caFile: configuration.caFile = value.optional
        case .hostNameInCertificate: configuration.hostNameInCertificate = value.optional
        case .connectTimeout: configuration.connectTimeout = try value.seconds()
        case .commandTimeout: configuration.commandTimeout = try value.secondsOrNoLimit()
        case .cancelTimeout: configuration.cancelTimeout = try value.seconds()
        case .packetSize: configuration.packetSize = try value.integer()
        case .applicationIntent:
            configuration.applicationIntent = try value.choice(of: SQLServerConfiguration.ApplicationIntent.self)
        case .applicationName: configuration.applicationName = value.text
        case .workstationID: configuration.workstationID = value.optional
        case .instanceName: configuration.instanceName = value.optional
        case .language: configuration.language = value.optional
        case .codePage: configuration.codePage = try value.codePage()
        case .minPoolSize: configuration.minimumPoolSize = try value.integer()
        case .maxPoolSize: configuration.maximumPoolSize = try value.integer()
        case .engine: configuration.engine = try value.choice(of: SQLServerConfiguration.Engine.self)
        }
    }
}

extension SQLServerError {
    /// An unknown name, with the one that was probably meant.
    static func unknown(_ what: String, _ name: String, known: [String]) -> SQLServerError {
        guard let near = NearestName.suggestion(for: name, among: known) else {
            return .configuration("\(what) \"\(name)\"; there are \(known.joined(separator: ", "))")
        }
        return .configuration("\(what) \"\(name)\"; did you mean \"\(near)\"?")
    }
}
