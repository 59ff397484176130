import Foundation
import SQLValues
import TransactSQL

extension EmbeddedSession {
    /// CREATE, ALTER and DROP LOGIN.
    func runLogin(_ statement: PrincipalStatement, line: Int) throws {
        let name = statement.name.value
        switch statement.action {
        case .create(_, let options, _): try createLogin(name, options, line: line)
        case .alter(let options): try alterLogin(name, options)
        case .enable(let isOn):
            let login = try login(name, forChange: "alter")
            try changeServer { security in
                var changed = login
                changed.isDisabled = !isOn
                changed.modified = Clock.ticks(utc: false)
                security.update(changed)
            }
        case .drop: try dropLogin(name)
        default: throw ServerMessage.unsupported("ALTER LOGIN", line: line)
        }
    }

    private func createLogin(_ name: String, _ options: [SecurityOption], line: Int) throws {
        if !security.isUnrestricted, !(try serverEvaluator().has("CREATE LOGIN", on: .server)) {
            throw ServerMessage.notAllowed(line: line)
        }
        guard case .text(let password)? = options.first?.value, options.first?.name == "PASSWORD" else {
            throw ServerMessage.unsupported("CREATE LOGIN with this option first", line: line)
        }
        if name.contains("\\") {
            throw ServerMessage.error(
                15_006, line: line, "'\(name)' is not a valid name because it contains invalid characters.")
        }
        try changeServer { security in
            var login = try security.addLogin(name, sid: Self.newSID(), at: Clock.ticks(utc: false))
            for option in options { try apply(option, to: &login, among: security) }
            if login.isPolicyChecked { try Self.checkPolicy(password) }
            security.update(login)
        }
    }

    private func alterLogin(_ name: String, _ options: [SecurityOption]) throws {
        let missing = ServerMessage.cannot("alter", "login", name)
        var login: ServerPrincipal
        let old = options.first { $0.name == "OLD_PASSWORD" }
        if let known = try serverSecurity().login(named: name), known.id == security.current.login, old != nil,
            options.allSatisfy({ ["PASSWORD", "OLD_PASSWORD"].contains($0.name) })
        {
            // Everyone may change the own password, by giving the old one.
            login = known
        } else {
            login = try self.login(name, forChange: "alter")
        }
        if case .text(let text)? = old?.value, !(try login.password?.matches(text) ?? false) { throw missing }
        let known = try serverSecurity()
        for option in options {
            if option.name == "NAME", case .name(let value) = option.value {
                guard known.principal(named: value.value).map({ $0.id == login.id }) ?? true else {
                    throw ServerMessage.error(15_025, "The server principal '\(value.value)' already exists.")
                }
                login.name = value.value
            } else if option.name != "OLD_PASSWORD" {
                try apply(option, to: &login, among: known)
            }
        }
        for option in options where option.name == "PASSWORD" && login.isPolicyChecked {
            if case .text(let text) = option.value { try Self.checkPolicy(text) }
        }
        login.modified = Clock.ticks(utc: false)
        let changed = login
        try changeServer { $0.update(changed) }
    }

    /// A login that the session may change: Msg 15151 otherwise.
    private func login(_ name: String, forChange verb: String) throws -> ServerPrincipal {
        let missing = ServerMessage.cannot(verb, "login", name)
        let known = try serverSecurity()
        guard let login = known.login(named: name) else { throw missing }
        guard !security.isUnrestricted else { return login }
        let evaluator = try serverEvaluator()
        // Who may change logins does not thereby become an administrator.
        let isAdministrator = known.identities(of: login.id).contains(ServerSecurity.sysadmin)
        guard evaluator.has("ALTER", on: Securable(kind: .login, id: login.id)),
            !isAdministrator || evaluator.has("CONTROL SERVER", on: .server)
        else { throw missing }
        return login
    }

    /// One option of WITH.
    private func apply(
        _ option: SecurityOption, to login: inout ServerPrincipal, among known: ServerSecurity
    ) throws {
        let line = option.range.line
        if let flag = option.flags.first(where: { $0 != "UNLOCK" }) {
            throw ServerMessage.unsupported("PASSWORD \(flag)", line: line)
        }
        switch (option.name, option.value) {
        case ("PASSWORD", .text(let text)): login.password = try ServerPrincipal.Password(text)
        case ("PASSWORD", _): throw ServerMessage.unsupported("PASSWORD HASHED", line: line)
        case ("DEFAULT_DATABASE", .name(let name)):
            guard let database = instance.database(named: name.value) else {
                throw ServerMessage.error(
                    15_010, line: line,
                    "The database '\(name.value)' does not exist. Supply a valid database name. To see available databases, use sys.databases."
                )
            }
            login.defaultDatabase = database.name
        case ("DEFAULT_LANGUAGE", .name(let name)):
            guard ["us_english", "english"].contains(name.value.lowercased()) else {
                throw ServerMessage.unsupported("DEFAULT_LANGUAGE \(name.value)", line: line)
            }
        case ("CHECK_POLICY", .name(let value)):
            login.isPolicyChecked = value.value.uppercased() == "ON"
            if !login.isPolicyChecked { login.isExpirationChecked = false }
        case ("CHECK_EXPIRATION", .name(let value)): login.isExpirationChecked = value.value.uppercased() == "ON"
        case ("SID", .binary(let text)):
            guard let sid = Self.bytes(text), sid.count == 16, known.login(sid: sid) == nil else {
                throw ServerMessage.error(
                    15_433, line: line, "Supplied parameter sid is in use.")
            }
            login.sid = sid
        default: throw ServerMessage.unsupported("LOGIN option \(option.name)", line: line)
        }
    }

    /// The bytes of a binary constant.
    private static func bytes(_ text: String) -> [UInt8]? {
        let digits = Array(text.dropFirst(2))
        guard digits.count % 2 == 0 else { return nil }
        return stride(from: 0, to: digits.count, by: 2).map { index in
            UInt8(String(digits[index...(index + 1)]), radix: 16) ?? 0
        }
    }

    /// The password policy that SQL Server on Linux has.
    private static func checkPolicy(_ password: String) throws {
        guard password.utf16.count >= 8 else {
            throw ServerMessage.error(
                33_062,
                "Password validation failed. The password does not meet SQL Server password policy requirements because it is too short. The password must be at least 8 characters."
            )
        }
        let kinds: [(Character) -> Bool] = [
            \.isUppercase, \.isLowercase, \.isNumber, { !$0.isLetter && !$0.isNumber },
        ]
        guard kinds.filter({ password.contains(where: $0) }).count >= 3 else {
            throw ServerMessage.error(
                33_064,
                "Password validation failed. The password does not meet SQL Server password policy requirements because it is not complex enough. The password must be at least 8 characters long and contain characters from three of the following four sets: Uppercase letters, Lowercase letters, Base 10 digits, and Symbols."
            )
        }
    }

    private func dropLogin(_ name: String) throws {
        let login = try login(name, forChange: "drop")
        guard login.id != ServerSecurity.administrator else {
            throw ServerMessage.cannotAtAll("drop", "login", login.name)
        }
        guard !instance.isLoggedIn(login.id) else {
            throw ServerMessage.error(
                15_434, "Could not drop login '\(login.name)' as the user is currently logged in.")
        }
        for database in instance.databases where !database.isOffline {
            guard try databaseSecurity(attach(database)).ownerSID == login.sid else { continue }
            throw ServerMessage.error(
                15_174,
                "Login '\(login.name)' owns one or more database(s). Change the owner of the database(s) before dropping the login."
            )
        }
        try changeServer { $0.remove(login.id) }
    }
}
