extension Parser {
    /// `GRANT`, `DENY` or `REVOKE`.
    mutating func permissionStatement() throws(Fault) -> Statement.Kind {
        let start = advance()
        let verb: PermissionStatement.Verb = start.word == .grant ? .grant : start.word == .deny ? .deny : .revoke
        var grantOptionOnly = false
        if verb == .revoke, at(.grant), peek().word == .option {
            for _ in 0..<2 { advance() }
            try expect(.for)
            grantOptionOnly = true
        }
        let permissions = try commaList { parser throws(Fault) in try parser.permission() }
        let securable = accept(.on) ? try permissionSecurable() : nil
        guard at(.to) || (verb == .revoke && at(.from)) else { throw unexpected() }
        let usesFrom = advance().word == .from
        let principals = try commaList { parser throws(Fault) in try parser.principalName() }
        var withGrantOption = false
        if verb == .grant, at(.with), peek().word == .grant {
            for _ in 0..<2 { advance() }
            try expect(.option)
            withGrantOption = true
        }
        let cascades = verb != .grant && accept(.cascade)
        let grantor = accept(.as) ? try principalName() : nil
        return .security(
            .permission(
                PermissionStatement(
                    verb: verb, permissions: permissions, securable: securable, principals: principals,
                    withGrantOption: withGrantOption, grantOptionOnly: grantOptionOnly, cascades: cascades,
                    grantor: grantor, usesFrom: usesFrom)))
    }

    /// The name of a principal; PUBLIC is a reserved word.
    private mutating func principalName() throws(Fault) -> Identifier {
        guard at(.public) else { return try identifier() }
        let token = advance()
        return Identifier(value: written(token), quoting: .none, range: token.range)
    }

    /// One permission: its words, and perhaps columns.
    private mutating func permission() throws(Fault) -> PermissionStatement.Permission {
        let start = current
        var words: [String] = []
        while at(.name) || at(.keyword), !at(.on), !at(.to), !(at(.from) && !words.isEmpty) {
            words.append(upperText(advance()))
        }
        guard !words.isEmpty else { throw unexpected() }
        if words == ["ALL", "PRIVILEGES"] { words = ["ALL"] }
        if words == ["EXEC"] { words = ["EXECUTE"] }
        let columns = at(.leftParenthesis) ? try nameList() : []
        return PermissionStatement.Permission(
            name: words.joined(separator: " "), columns: columns, range: range(from: start))
    }

    /// The securable: `[class ::] name [(columns)]`.
    private mutating func permissionSecurable() throws(Fault) -> PermissionSecurable {
        var className: String?
        var length = 0
        while length < 4, peek(length).kind == .name || peek(length).kind == .keyword { length += 1 }
        if length > 0, peek(length).kind == .doubleColon {
            className = (0..<length).map { upperText(peek($0)) }.joined(separator: " ")
            for _ in 0...length { advance() }
        }
        let name: MultipartName
        if at(.public) {
            let principal = try principalName()
            name = MultipartName(parts: [principal], range: principal.range)
        } else {
            name = try objectName()
        }
        let columns = at(.leftParenthesis) ? try nameList() : []
        return PermissionSecurable(className: className, name: name, columns: columns)
    }

    /// `ALTER AUTHORIZATION ON … TO …`, after ALTER.
    mutating func alterAuthorization() throws(Fault) -> Statement.Kind {
        try expect(.authorization)
        try expect(.on)
        let securable = try permissionSecurable()
        try expect(.to)
        if accept(.schema) {
            guard accept(text: "OWNER") else { throw unexpected() }
            return .security(.authorization(securable, owner: nil))
        }
        return .security(.authorization(securable, owner: try identifier()))
    }

    // MARK: - EXECUTE AS

    /// Whether `EXECUTE AS` is the statement, and not a procedure's name.
    var startsExecuteAs: Bool { (at(.exec) || at(.execute)) && peek().word == .as }

    mutating func executeAsStatement() throws(Fault) -> Statement.Kind {
        advance()
        try expect(.as)
        let principal: ExecuteAsStatement.Principal
        switch current.word {
        case .user, .login:
            let isUser = advance().word == .user
            try expect(.equal)
            let token = current
            guard at(.string) || at(.nationalString) || at(.variable) else { throw unexpected(token) }
            let name = try expression()
            principal = isUser ? .user(name) : .login(name)
        default:
            guard accept(text: "CALLER") else { throw unexpected() }
            principal = .caller
        }
        var noRevert = false
        var cookie: String?
        if accept(.with) {
            if accept(text: "NO") {
                try expect(.revert)
                noRevert = true
            } else {
                guard accept(text: "COOKIE") else { throw unexpected() }
                try expect(.into)
                cookie = written(try expect(.variable))
            }
        }
        return .security(
            .executeAs(ExecuteAsStatement(principal: principal, noRevert: noRevert, cookie: cookie)))
    }

    mutating func revertStatement() throws(Fault) -> Statement.Kind {
        try expect(.revert)
        guard at(.with), at(text: "COOKIE", 1) else { return .security(.revert(cookie: nil)) }
        advance()
        advance()
        try expect(.equal)
        return .security(.revert(cookie: written(try expect(.variable))))
    }
}
