extension Parser {
    /// The kind of principal that a definition is about, and how many tokens name it; nil for other objects.
    private var principalKind: (kind: PrincipalStatement.Kind, tokens: Int)? {
        switch current.word {
        case .login: (.login, 1)
        case .user: (.user, 1)
        case .role: (.role, 1)
        default: at(text: "SERVER") && peek().word == .role ? (.serverRole, 2) : nil
        }
    }

    /// `CREATE | ALTER | DROP` of a principal, after the verb; nil when it is about something else.
    mutating func principalStatement(_ verb: DefinitionVerb, _ start: Token) throws(Fault) -> Statement.Kind? {
        guard let (kind, count) = principalKind else { return nil }
        for _ in 0..<count { advance() }
        var ifExists = false
        if verb == .drop, accept(.if) {
            try expect(.exists)
            ifExists = true
        }
        let name = try identifier()
        let action: PrincipalStatement.Action
        switch verb {
        case .create: action = try createPrincipal(kind, start)
        case .alter: action = try alterPrincipal(kind, start)
        case .drop: action = .drop(ifExists: ifExists)
        }
        return .security(.principal(PrincipalStatement(kind: kind, name: name, action: action)))
    }

    private mutating func createPrincipal(
        _ kind: PrincipalStatement.Kind, _ start: Token
    ) throws(Fault) -> PrincipalStatement.Action {
        var binding = PrincipalStatement.Binding.none
        var owner: Identifier?
        switch kind {
        case .login:
            if at(.from) { throw unsupported("CREATE LOGIN FROM \(upperText(peek()))", from: start) }
            guard at(.with) else { throw unexpected() }
        case .user:
            if accept(text: "WITHOUT") {
                try expect(.login)
                binding = .withoutLogin
            } else if at(.for) || at(.from) {
                advance()
                guard accept(.login) else { throw unsupported("CREATE USER FOR \(upperText(current))", from: start) }
                binding = .login(try identifier())
            }
        case .role, .serverRole: owner = accept(.authorization) ? try identifier() : nil
        }
        let options = kind == .login || kind == .user ? try securityOptions() : []
        return .create(binding, options, owner: owner)
    }

    private mutating func alterPrincipal(
        _ kind: PrincipalStatement.Kind, _ start: Token
    ) throws(Fault) -> PrincipalStatement.Action {
        switch kind {
        case .login:
            if accept(text: "ENABLE") { return .enable(true) }
            if accept(text: "DISABLE") { return .enable(false) }
            if at(.add) || at(.drop) { throw unsupported("ALTER LOGIN \(upperText(current)) CREDENTIAL", from: start) }
        case .role, .serverRole:
            if at(.add) || at(.drop) {
                let adds = advance().word == .add
                guard accept(text: "MEMBER") else { throw unexpected() }
                let member = try identifier()
                return adds ? .addMember(member) : .dropMember(member)
            }
        case .user: break
        }
        guard at(.with) else { throw unexpected() }
        return .alter(try securityOptions())
    }

    /// `WITH name = value, …`, or nothing.
    private mutating func securityOptions() throws(Fault) -> [SecurityOption] {
        guard accept(.with) else { return [] }
        var options: [SecurityOption] = []
        repeat {
            options.append(try securityOption())
            // OLD_PASSWORD follows PASSWORD without a comma.
            while at(text: "OLD_PASSWORD") {
                var option = try securityOption()
                option.followsComma = false
                options.append(option)
            }
        } while accept(.comma)
        return options
    }

    private mutating func securityOption() throws(Fault) -> SecurityOption {
        let start = current
        guard at(.name) || at(.keyword) else { throw unexpected() }
        if at(text: "NO"), at(text: "CREDENTIAL", 1) {
            throw unsupported("NO CREDENTIAL", from: start)
        }
        let name = upperText(advance())
        try expect(.equal)
        var value = SecurityOption.Value.none
        let isNational = at(.nationalString)
        switch current.kind {
        case .string, .nationalString: value = .text(text(advance()))
        case .binary: value = .binary(written(advance()))
        case .keyword where at(.on) || at(.off) || at(.null):
            let token = advance()
            value = .name(Identifier(value: upperText(token), quoting: .none, range: token.range))
        default: value = .name(try identifier())
        }
        var flags: [String] = []
        while at(text: "MUST_CHANGE") || at(text: "HASHED") || at(text: "UNLOCK") {
            flags.append(upperText(advance()))
        }
        return SecurityOption(
            name: name, value: value, flags: flags, range: range(from: start), isNational: isNational)
    }
}

/// The verb of a definition.
enum DefinitionVerb {
    case create, alter, drop
}
