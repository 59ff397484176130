import SQLValues
import TransactSQL

extension EmbeddedSession {
    /// EXECUTE AS USER, LOGIN or CALLER.
    func executeAs(_ statement: ExecuteAsStatement, _ context: BatchContext, line: Int) throws {
        var frame: SessionSecurity.Frame
        switch statement.principal {
        case .caller: frame = security.current
        case .user(let name): frame = try userFrame(try text(name, context))
        case .login(let name): frame = try loginFrame(try text(name, context))
        }
        frame.noRevert = statement.noRevert
        frame.cookie = nil
        if let cookie = statement.cookie {
            guard let index = context.variables.index(of: cookie) else {
                throw CompileError(
                    message: .error(137, state: 2, line: line, "Must declare the scalar variable \"\(cookie)\"."))
            }
            let bytes = Self.newSID()
            frame.cookie = bytes
            context.variables[index] = .bytes(bytes)
        }
        try push(frame)
    }

    /// `AS USER = 'name'` or `AS LOGIN = 'name'` of EXECUTE with a text.
    func impersonate(_ words: [String]) throws {
        guard words.count == 2 else { return }
        try push(words[0] == "USER" ? userFrame(words[1]) : loginFrame(words[1]))
    }

    private func text(_ expression: SQLExpression, _ context: BatchContext) throws -> String {
        guard case .string(let text) = try evaluate(expression, as: .nVarChar(128), context).value else { return "" }
        return text
    }

    /// Acts as another until the frame is taken away.
    func push(_ frame: SessionSecurity.Frame) throws {
        var frame = frame
        frame.nestLevel = nestLevel
        frame.home = database.id
        security.frames.append(frame)
        try refreshSecurity()
        stamp += 1
    }

    /// The frame of a user of the current database: Msg 15517 when it may not be impersonated.
    func userFrame(_ name: String, checked: Bool = true) throws -> SessionSecurity.Frame {
        let known = try databaseSecurity(currentAlias)
        guard let user = known.user(named: name), ![3, 4].contains(user.id),
            try !checked || mayImpersonate(user, known)
        else {
            throw ServerMessage.error(
                15_517,
                "Cannot execute as the database principal because the principal \"\(name)\" does not exist, this type of principal cannot be impersonated, or you do not have permission."
            )
        }
        let server = try serverSecurity()
        let sid = user.id == DatabaseSecurity.owner ? known.ownerSID : user.sid ?? []
        let loginName = server.login(sid: sid)?.name ?? Self.text(ofSID: sid)
        return SessionSecurity.Frame(user: user.id, database: database.id, loginName: loginName)
    }

    private func mayImpersonate(_ user: DatabasePrincipal, _ known: DatabaseSecurity) throws -> Bool {
        if security.isUnrestricted { return true }
        let evaluator = try evaluator
        return user.id == evaluator.token.user || evaluator.has("IMPERSONATE", on: Self.securable(user, known))
    }

    /// The frame of a login: Msg 15406 when it may not be impersonated.
    private func loginFrame(_ name: String) throws -> SessionSecurity.Frame {
        let server = try serverSecurity()
        let refusal = ServerMessage.error(
            15_406,
            "Cannot execute as the server principal because the principal \"\(name)\" does not exist, this type of principal cannot be impersonated, or you do not have permission."
        )
        guard let login = server.login(named: name) else { throw refusal }
        if !security.isUnrestricted, login.id != security.current.login {
            let evaluator = try serverEvaluator()
            guard evaluator.has("IMPERSONATE", on: Securable(kind: .login, id: login.id)) else { throw refusal }
        }
        let frame = SessionSecurity.Frame(login: login.id, loginName: login.name)
        // The current database must admit the login, too.
        security.frames.append(frame)
        defer { security.frames.removeLast() }
        guard try token(in: database) != nil else { throw noAccess(to: database.name) }
        return frame
    }

    /// A security identifier without a login, as SUSER_SNAME shows it.
    static func text(ofSID sid: [UInt8]) -> String {
        let words = stride(from: 0, to: sid.count - sid.count % 4, by: 4).map { index in
            sid[index..<(index + 4)].reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        }
        return "S-1-9-3" + words.map { "-\($0)" }.joined()
    }

    /// REVERT: nothing to do when no EXECUTE AS of this scope is in force.
    func revert(cookie: String?, _ context: BatchContext) throws {
        let frame = security.current
        guard security.frames.count > 1, frame.nestLevel == nestLevel else { return }
        if frame.noRevert {
            throw ServerMessage.error(15_196, "The current security context is non-revertible.")
        }
        let given = cookie.flatMap { context.variables.index(of: $0) }.map { context.variables[$0] }
        guard frame.cookie.map({ .bytes($0) }) == given else {
            throw ServerMessage.error(
                15_591,
                "The current security context cannot be reverted using this statement. A cookie may or may not be needed with 'Revert' statement depending on how the context was set with 'Execute As' statement."
            )
        }
        guard frame.home == database.id else {
            throw ServerMessage.error(
                15_199,
                "The current security context cannot be reverted. Please switch to the original database where 'Execute As' was called and try it again."
            )
        }
        try revert(to: security.frames.count - 1)
    }

    /// Takes away what a scope put on: a module's EXECUTE AS ends with it.
    func revert(to depth: Int) throws {
        guard security.frames.count > depth else { return }
        security.frames.removeSubrange(max(1, depth)...)
        try refreshSecurity()
        stamp += 1
    }

    /// Takes away what a scope put on, at its end.
    func endImpersonation(to depth: Int) {
        do {
            try revert(to: depth)
        } catch {
            // What cannot be read grants nothing.
            security.isUnrestricted = false
        }
    }

    /// Brings back the login itself.
    func revertAll() { endImpersonation(to: 1) }
}
