extension SQLServerConfiguration {
    /// A configuration from an ADO.NET connection string: `Server=db.example.com,1433;Database=shop;UID=app;PWD=secret`.
    ///
    /// It reads every keyword and synonym of Microsoft.Data.SqlClient, and our own `Cancel Timeout` and `Code Page`. One that this library does not support is
    /// accepted with the values that ask for nothing (`MultipleActiveResultSets=False`) and is an error with others. When
    /// a keyword comes twice the last one counts, as in SqlClient; so does an empty value, which means the default.
    ///
    /// ```swift
    /// let configuration = try SQLServerConfiguration(
    ///     connectionString: "Server=tcp:db.example.com,1433;Database=shop;UID=app;PWD='semi;colon';Encrypt=Strict")
    /// ```
    ///
    /// - Parameter connectionString: The connection string. `Data Source` is required; an instance needs its port.
    /// - Throws: A ``SQLServerError`` with the code `configuration` that names the keyword, never the password.
    public init(connectionString: String) throws(SQLServerError) {
        let values = try Self.values(of: connectionString)
        guard let source = values[.dataSource] else {
            throw .configuration("connection string: Data Source (Server) is missing; give the server's name")
        }
        let address = try DataSource(source)
        self.init(host: address.host, port: address.port ?? 1433, instanceName: address.instanceName)
        for keyword in ConnectionStringKeyword.allCases where keyword != .dataSource {
            guard let value = values[keyword], !value.isEmpty else { continue }
            try apply(keyword, ConfigurationValue(name: "connection string: \(keyword.rawValue)", text: value))
        }
        try validateFields()
    }

    /// The last value of every keyword in the string.
    private static func values(of text: String) throws(SQLServerError) -> [ConnectionStringKeyword: String] {
        var values: [ConnectionStringKeyword: String] = [:]
        var isAfterPlainPassword = false
        for pair in try ConnectionStringPairs(text).pairs {
            guard let keyword = ConnectionStringKeyword(named: pair.keyword) else {
                throw unknown(pair.keyword, isAfterPlainPassword: isAfterPlainPassword)
            }
            values[keyword] = pair.value
            isAfterPlainPassword = keyword == .password && !pair.isQuoted
        }
        return values
    }

    /// An unknown keyword right after a password without quotes may be the rest of that password: it is not repeated.
    private static func unknown(_ keyword: String, isAfterPlainPassword: Bool) -> SQLServerError {
        let near = NearestName.suggestion(for: keyword, among: ConnectionStringKeyword.names)
        switch (near, isAfterPlainPassword) {
        case (let near?, false):
            return .configuration("connection string: there is no keyword \"\(keyword)\"; did you mean \"\(near)\"?")
        case (nil, false):
            return .configuration(
                "connection string: there is no keyword \"\(keyword)\"; Microsoft.Data.SqlClient's keywords are accepted"
            )
        case (_, true):
            let hint = near.map { "; did you mean \"\($0)\"?" } ?? ""
            return .configuration(
                "connection string: the keyword after the password is unknown; "
                    + "a password that holds a ; must stand in quotes\(hint)")
        }
    }

    private mutating func apply(
        _ keyword: ConnectionStringKeyword, _ value: ConfigurationValue
    ) throws(SQLServerError) {
        if let harmless = keyword.harmlessValues {
            guard harmless.contains(value.text.lowercased()) else {
                throw .configuration("\(value.name)=\(value.text) is not supported\(keyword.advice)")
            }
            return
        }
        switch keyword {
        case .applicationIntent: applicationIntent = try value.choice(of: ApplicationIntent.self)
        case .applicationName: applicationName = value.text
        case .cancelTimeout: cancelTimeout = try value.seconds()
        case .codePage: codePage = try value.codePage()
        case .commandTimeout: commandTimeout = try value.secondsOrNoLimit()
        case .connectTimeout: connectTimeout = try value.seconds()
        case .currentLanguage: language = value.text
        case .encrypt: encryption = try value.encryption()
        case .hostNameInCertificate: hostNameInCertificate = value.text
        case .initialCatalog: database = value.text
        case .maxPoolSize: maximumPoolSize = try value.integer()
        case .minPoolSize: minimumPoolSize = try value.integer()
        case .packetSize: packetSize = try value.integer()
        case .password: password = SQLSecret(value.text)
        case .trustServerCertificate: trustServerCertificate = try value.boolean()
        case .userID: userName = value.text
        case .workstationID: workstationID = value.text
        default: throw .configuration("\(value.name) is not supported")
        }
    }
}
