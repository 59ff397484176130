import SQLValues
package import TDSProtocol
import TLS

/// PRELOGIN, TLS and LOGIN7: from a new connection to a session (MS-TDS 3.3.5.1 to 3.3.5.3).
package struct LoginNegotiation {
    let core: ServerCore
    let transport: Transport
    let processID: UInt16

    /// Milliseconds for each step, so that a client that says nothing does not hold a thread forever.
    static let patience: Int32 = 30_000
    /// The program version in PRELOGIN and LOGINACK.
    private var version: PreLogin.Version {
        let version = core.configuration.edition.version
        return PreLogin.Version(version.major, version.minor, version.build)
    }

    /// Negotiates with the client; nil when it was refused, which it has been told.
    func run() throws -> AcceptedLogin? {
        let isStrict = try beginStrict()
        let preLogin = try transport.nextMessage(timeout: Self.patience)
        guard preLogin.type == .preLogin else {
            throw TDSProtocolError("a PRELOGIN was expected, a message of type \(preLogin.type) came")
        }
        let encryption = try answer(try PreLogin(payload: preLogin.payload), isStrict: isStrict)
        if let contexts = core.tls, encryption != .notSupported, !isStrict {
            try transport.startTLS(contexts.inBand, timeout: Self.patience)
        }
        let message = try transport.nextMessage(timeout: Self.patience)
        if encryption == .off, !isStrict { transport.stopTLS() }
        let response = ResponseWriter(
            transport, serverName: core.configuration.serverName, processID: processID, faults: core.faults)
        guard message.type == .login7 else {
            throw TDSProtocolError("a LOGIN7 was expected, a message of type \(message.type) came")
        }
        return try logIn(try Login7(payload: message.payload), isStrict: isStrict, response)
    }

    /// Shakes hands first when the client begins so (TDS 8.0).
    private func beginStrict() throws -> Bool {
        guard try transport.beginsWithTLS(timeout: Self.patience) else {
            guard core.configuration.encryption.mode != .strict else {
                throw SocketFailure("the client does not begin with TLS, as TDS 8.0 does")
            }
            return false
        }
        guard let contexts = core.tls else { throw SocketFailure("the client begins with TLS, and there is none here") }
        try transport.startStrictTLS(contexts.strict, timeout: Self.patience)
        return true
    }

    /// Answers PRELOGIN.
    ///
    /// Under TDS 8.0 the option of encryption means nothing, since TLS is there already.
    ///
    /// - Returns: What both sides do now.
    private func answer(_ request: PreLogin, isStrict: Bool) throws -> EncryptionOption {
        let wanted = request.encryption ?? .notSupported
        let mode = core.configuration.encryption.mode
        let decided = isStrict ? wanted : Self.decide(mode, client: wanted)
        var reply = PreLogin(version: version, encryption: decided)
        if request.instance != nil { reply.instance = [0] }
        if request.isMARS != nil { reply.isMARS = false }
        reply.federatedAuthenticationRequired = request.federatedAuthenticationRequired
        try transport.send(
            PacketWriter.packets(of: Message(type: .response, payload: reply.encoded()), processID: processID))
        guard !isStrict else { return decided }
        let clientDemands = wanted == .on || wanted == .required
        if decided == .notSupported, clientDemands { throw SocketFailure("the client demands encryption") }
        if decided == .required, wanted == .notSupported { throw SocketFailure("the client cannot encrypt") }
        return decided
    }

    /// The server's answer to what a client wants of encryption (the table in MS-TDS 2.2.6.5).
    package static func decide(_ mode: EmbeddedServer.Encryption.Mode, client: EncryptionOption) -> EncryptionOption {
        switch (mode, client) {
        case (.off, _): .notSupported
        case (.optional, .off): .off
        case (.optional, .on), (.optional, .required): .on
        case (.optional, .notSupported): .notSupported
        case (.required, .on), (.required, .required): .on
        case (.required, .off), (.required, .notSupported), (.strict, _): .required
        }
    }

    private func logIn(_ login: Login7, isStrict: Bool, _ response: ResponseWriter) throws -> AcceptedLogin? {
        guard let fault = core.faults.take(at: .login) else {
            return try logIn(login, isStrict: isStrict, fault: nil, response)
        }
        var accepted: AcceptedLogin?
        do {
            try FaultPlayer(transport: transport, response: response).play(fault, rollBack: {}) {
                accepted = try logIn(login, isStrict: isStrict, fault: fault, response)
            }
        } catch {
            accepted?.session.close()
            throw error
        }
        return accepted
    }

    private func logIn(
        _ login: Login7, isStrict: Bool, fault: EmbeddedServerFault?, _ response: ResponseWriter
    ) throws -> AcceptedLogin? {
        var login = login
        if let refusal = refusal(of: login, isStrict: isStrict) { return try refuse([refusal], response) }
        if let feature = login.feature(Login7.Feature.federatedAuthentication) {
            let request = try FederatedAuthenticationRequest(data: feature.data)
            switch try userName(of: request, isExpiring: fault?.kind == .expireTokens, response) {
            case .success(let userName): login.userName = userName
            case .failure(let refusal): return try refuse([refusal], response)
            }
        }
        let language: String
        do throws(ServerMessage) {
            language = login.language.isEmpty ? "us_english" : try SessionLanguage.named(login.language).name
        } catch {
            return try refuse([error, .loginFailed(login.userName)], response)
        }
        let isFederated = login.feature(Login7.Feature.federatedAuthentication) != nil
        var options = SessionOptions(
            userName: login.userName, applicationName: login.applicationName, hostName: login.hostName,
            language: language, isODBC: login.isODBC, processID: Int32(processID),
            password: isFederated ? nil : login.password)
        options.clientProcessID = login.clientProcessID
        options.libraryName = login.libraryName
        options.connection = facts(of: login)
        let session: any SQLSession
        do {
            session = try core.instance.openSession(database: login.database, options: options)
        } catch {
            let isAboutLogin = [18_456, 18_470].contains(error.number)
            return try refuse(isAboutLogin ? [error] : [error, .loginFailed(login.userName)], response)
        }
        if case .redirect(let host, let port) = fault?.kind {
            defer { session.close() }
            try accept(login, session, language, response, route: .routing(server: host, port: port))
            return nil
        }
        try accept(login, session, language, response)
        return AcceptedLogin(session: session, response: response)
    }

    /// What the login and the socket say of the connection.
    private func facts(of login: Login7) -> ConnectionFacts {
        let (client, server) = transport.ends()
        return ConnectionFacts(
            id: SQLUniqueIdentifier(high: .random(in: 0...UInt64.max), low: .random(in: 0...UInt64.max)),
            connected: Clock.ticks(utc: false), isEncrypted: transport.isEncrypted,
            protocolVersion: min(login.tdsVersion, TDSVersion.tds74), packetSize: Self.packetSize(of: login),
            client: client, server: server)
    }

    /// The size of packets that the client asks for, in the range that there is.
    private static func packetSize(of login: Login7) -> Int {
        let size = login.packetSize == 0 ? PacketHeader.defaultPacketSize : Int(login.packetSize)
        let range = PacketHeader.packetSizes
        return min(max(size, range.lowerBound), range.upperBound)
    }

    /// Why a login is not possible; nil when it is.
    private func refusal(of login: Login7, isStrict: Bool) -> ServerMessage? {
        if login.usesIntegratedSecurity || !login.sspi.isEmpty {
            return .unsupportedLogin("integrated (Windows, Kerberos) authentication")
        }
        guard login.tdsVersion >= TDSVersion.tds73A || isStrict && login.tdsVersion == TDSVersion.tds80 else {
            return .unsupportedLogin(
                "TDS versions before 7.3 (0x\(String(login.tdsVersion, radix: 16)))", advice: "use TDS 7.4")
        }
        guard login.newPassword.isEmpty else {
            return .unsupportedLogin("new passwords", advice: "change the server's configuration")
        }
        if login.feature(Login7.Feature.federatedAuthentication) != nil { return nil }
        if core.instance.checksPasswords { return nil }
        let isKnown = core.configuration.logins.contains {
            $0.userName.lowercased() == login.userName.lowercased()
                && $0.password.utf16.elementsEqual(login.password.utf16)
        }
        return isKnown ? nil : .loginFailed(login.userName)
    }

    private func refuse(_ messages: [ServerMessage], _ response: ResponseWriter) throws -> AcceptedLogin? {
        for message in messages { try response.message(message) }
        try response.finish(failed: true)
        return nil
    }

    /// Accepts a login, with the tokens in SQL Server's order.
    private func accept(
        _ login: Login7, _ session: any SQLSession, _ language: String, _ response: ResponseWriter,
        route: EnvironmentChange? = nil
    ) throws {
        let packetSize = Self.packetSize(of: login)
        let database = session.databaseName
        response.announce(.database(new: database, old: "master"))
        try response.message(.changedDatabase(database))
        response.announce(.collation(new: .latin1, old: nil))
        response.announce(.language(new: language, old: ""))
        try response.message(.changedLanguage(language))
        response.acknowledge(
            LoginAcknowledgement(
                tdsVersion: min(login.tdsVersion, TDSVersion.tds74), programName: "Microsoft SQL Server",
                version: version))
        response.announce(.packetSize(new: packetSize, old: PacketHeader.defaultPacketSize))
        if let route { response.announce(route) }
        var features: [Login7.Feature] = []
        if login.feature(Login7.Feature.federatedAuthentication) != nil {
            features.append(.init(id: Login7.Feature.federatedAuthentication))
        }
        if login.feature(Login7.Feature.utf8Support) != nil {
            features.append(.init(id: Login7.Feature.utf8Support, data: [1]))
        }
        if !features.isEmpty { response.acknowledge(FeatureAcknowledgement(features)) }
        try response.finish()
        // The login's own response still goes in packets of the first size.
        response.packetSize = packetSize
        transport.allowLargeMessages()
        response.nullBitmap = login.tdsVersion >= TDSVersion.tds73B ? .whenNotLonger : .never
    }
}

extension ServerMessage {
    /// Msg 18456, the same for an unknown login and a wrong password.
    static func loginFailed(_ userName: String) -> ServerMessage {
        error(18_456, line: 1, "Login failed for user '\(userName)'.")
    }

    /// Msg 18452, for what the embedded server cannot do at login.
    static func unsupportedLogin(
        _ what: String, advice: String = "use a SQL Server login and password"
    ) -> ServerMessage {
        error(
            18_452, line: 1,
            "Login failed. The embedded server does not support \(what); \(advice).")
    }

    /// Msg 5701, which tells of every change of the database.
    static func changedDatabase(_ name: String) -> ServerMessage {
        error(5701, state: 2, line: 1, "Changed database context to '\(name)'.")
    }

    /// Msg 5703, which tells of every change of the language.
    static func changedLanguage(_ name: String) -> ServerMessage {
        error(5703, line: 1, "Changed language setting to \(name).")
    }
}
