/// Statements on logins, users, roles and what they may do.
package enum SecurityStatement: Sendable, Equatable {
    /// `CREATE`, `ALTER` or `DROP` of a `LOGIN`, `USER`, `ROLE` or `SERVER ROLE`.
    case principal(PrincipalStatement)
    /// `GRANT`, `DENY` or `REVOKE`.
    case permission(PermissionStatement)
    /// `ALTER AUTHORIZATION ON securable TO owner`; nil for `SCHEMA OWNER`.
    case authorization(PermissionSecurable, owner: Identifier?)
    case executeAs(ExecuteAsStatement)
    /// `REVERT`, perhaps `WITH COOKIE = @variable`.
    case revert(cookie: String?)
}

/// The form `CREATE | ALTER | DROP LOGIN | USER | ROLE | SERVER ROLE name …`.
package struct PrincipalStatement: Sendable, Equatable {
    /// What kind of principal.
    package enum Kind: String, Sendable, Equatable, CaseIterable {
        case login = "LOGIN"
        case user = "USER"
        case role = "ROLE"
        case serverRole = "SERVER ROLE"
    }

    /// What a new user stands for.
    package enum Binding: Sendable, Equatable {
        /// Nothing is written: the login of the same name.
        case none
        case login(Identifier)
        case withoutLogin
    }

    /// What is done with it.
    package enum Action: Sendable, Equatable {
        case create(Binding, [SecurityOption], owner: Identifier?)
        case alter([SecurityOption])
        /// `ENABLE` or `DISABLE` of a login.
        case enable(Bool)
        case addMember(Identifier)
        case dropMember(Identifier)
        case drop(ifExists: Bool)
    }

    package let kind: Kind
    package let name: Identifier
    package let action: Action
}

/// One option of `WITH` in a statement on a login, user or role: `PASSWORD = 'text' MUST_CHANGE`.
package struct SecurityOption: Sendable, Equatable {
    /// What stands after `=`.
    package enum Value: Sendable, Equatable {
        case text(String)
        case name(Identifier)
        /// A binary constant, as written.
        case binary(String)
        case none
    }

    /// In upper case.
    package let name: String
    package let value: Value
    /// `MUST_CHANGE`, `HASHED`, `UNLOCK` after a password.
    package let flags: [String]
    package let range: SourceRange
    /// Whether the text is written as `N'…'`.
    package var isNational = false
    /// Whether a comma stands before this option, if it is not the first; OLD_PASSWORD follows without.
    package var followsComma = true
}

/// The form `GRANT | DENY | REVOKE permissions ON securable TO principals`.
package struct PermissionStatement: Sendable, Equatable {
    /// Which of the three.
    package enum Verb: String, Sendable, Equatable, CaseIterable {
        case grant = "GRANT"
        case deny = "DENY"
        case revoke = "REVOKE"
    }

    /// One permission, with the columns it is for.
    package struct Permission: Sendable, Equatable {
        /// In upper case, with single blanks between its words; `ALL` for `ALL [PRIVILEGES]`.
        package let name: String
        package let columns: [Identifier]
        package let range: SourceRange
    }

    package let verb: Verb
    package let permissions: [Permission]
    /// Nil when no ON is written: the server or the current database.
    package let securable: PermissionSecurable?
    package let principals: [Identifier]
    /// `WITH GRANT OPTION` of GRANT.
    package let withGrantOption: Bool
    /// `GRANT OPTION FOR` of REVOKE.
    package let grantOptionOnly: Bool
    package let cascades: Bool
    /// The form `AS principal`.
    package let grantor: Identifier?
    /// Whether REVOKE was written with FROM, and not with TO.
    package var usesFrom = false
}

/// What a permission is on: `[class ::] name`, with columns written after an object.
package struct PermissionSecurable: Sendable, Equatable {
    /// `OBJECT`, `SCHEMA`, `SERVER ROLE` …, in upper case; nil when no class is written.
    package let className: String?
    package let name: MultipartName
    package let columns: [Identifier]
}

/// `EXECUTE AS …` as a statement.
package struct ExecuteAsStatement: Sendable, Equatable {
    /// As whom.
    package enum Principal: Sendable, Equatable {
        case caller
        case user(SQLExpression)
        case login(SQLExpression)
    }

    package let principal: Principal
    package let noRevert: Bool
    /// `WITH COOKIE INTO @variable`.
    package let cookie: String?
}
