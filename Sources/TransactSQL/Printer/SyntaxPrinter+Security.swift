extension SyntaxPrinter {
    mutating func security(_ statement: SecurityStatement) {
        switch statement {
        case .principal(let principal): self.principal(principal)
        case .permission(let permission): self.permission(permission)
        case .authorization(let securable, let owner):
            write("ALTER AUTHORIZATION ON")
            self.securable(securable)
            write("TO")
            if let owner { identifier(owner) } else { write("SCHEMA OWNER") }
        case .executeAs(let change): executeAs(change)
        case .revert(let cookie):
            write("REVERT")
            if let cookie { write("WITH COOKIE = \(cookie)") }
        }
    }

    // MARK: - Principals

    private mutating func principal(_ statement: PrincipalStatement) {
        switch statement.action {
        case .create: write("CREATE")
        case .drop: write("DROP")
        case .alter, .enable, .addMember, .dropMember: write("ALTER")
        }
        write(statement.kind.rawValue)
        if case .drop(let ifExists) = statement.action { write("IF EXISTS", if: ifExists) }
        identifier(statement.name)
        switch statement.action {
        case .create(let binding, let options, let owner):
            self.binding(binding)
            if let owner {
                write("AUTHORIZATION")
                identifier(owner)
            }
            securityOptions(options)
        case .alter(let options): securityOptions(options)
        case .enable(let isEnabled): write(isEnabled ? "ENABLE" : "DISABLE")
        case .addMember(let member):
            write("ADD MEMBER")
            identifier(member)
        case .dropMember(let member):
            write("DROP MEMBER")
            identifier(member)
        case .drop: break
        }
    }

    private mutating func binding(_ binding: PrincipalStatement.Binding) {
        switch binding {
        case .none: break
        case .login(let login):
            write("FOR LOGIN")
            identifier(login)
        case .withoutLogin: write("WITHOUT LOGIN")
        }
    }

    private mutating func securityOptions(_ options: [SecurityOption]) {
        guard !options.isEmpty else { return }
        write("WITH")
        for index in options.indices {
            let option = options[index]
            write(",", if: index > 0 && option.followsComma)
            write("\(option.name) =")
            switch option.value {
            case .text(let text): string(text, isNational: option.isNational)
            case .name(let name): identifier(name)
            case .binary(let text): write(text)
            case .none: break
            }
            write(words: option.flags)
        }
    }

    // MARK: - Permissions

    private mutating func permission(_ statement: PermissionStatement) {
        write(statement.verb.rawValue)
        write("GRANT OPTION FOR", if: statement.grantOptionOnly)
        list(statement.permissions) { printer, permission in
            printer.write(permission.name)
            printer.nameList(permission.columns)
        }
        if let securable = statement.securable {
            write("ON")
            self.securable(securable)
        }
        write(statement.usesFrom ? "FROM" : "TO")
        list(statement.principals) { printer, principal in printer.identifier(principal) }
        write("WITH GRANT OPTION", if: statement.withGrantOption)
        write("CASCADE", if: statement.cascades)
        guard let grantor = statement.grantor else { return }
        write("AS")
        identifier(grantor)
    }

    private mutating func securable(_ securable: PermissionSecurable) {
        if let className = securable.className { write("\(className)::") }
        name(securable.name)
        nameList(securable.columns)
    }

    private mutating func executeAs(_ change: ExecuteAsStatement) {
        write("EXECUTE AS")
        switch change.principal {
        case .caller: write("CALLER")
        case .user(let user):
            write("USER =")
            expression(user)
        case .login(let login):
            write("LOGIN =")
            expression(login)
        }
        write("WITH NO REVERT", if: change.noRevert)
        if let cookie = change.cookie { write("WITH COOKIE INTO \(cookie)") }
    }
}
