import TransactSQL

/// WITH EXECUTE AS of procedures, functions and triggers.
///
/// Source: "EXECUTE AS Clause (Transact-SQL)".
extension EmbeddedSession {
    /// Whom a module runs as: the id of a user, ``ModuleInfo/owner``, or nil for its caller.
    func executingUser(of statement: ModuleStatement, _ alias: String) throws -> Int? {
        guard let option = statement.options.first(where: { $0.name == "EXECUTE AS" }) else { return nil }
        if option.isUser {
            let known = try databaseSecurity(alias)
            guard let user = known.user(named: option.argument),
                try security.isUnrestricted || user.id == evaluator.token.user
                    || evaluator.has("IMPERSONATE", on: Self.securable(user, known))
            else { throw ServerMessage.cannot("find", "user", option.argument) }
            return user.id
        }
        switch option.argument {
        case "CALLER": return nil
        case "OWNER": return ModuleInfo.owner
        case "SELF": return try databaseSecurity(alias).user(named: currentUserName())?.id
        default: throw ServerMessage.unsupported("WITH EXECUTE AS \(option.argument)")
        }
    }

    /// Acts as the user of a module until its scope ends.
    func impersonate(for module: PreparedModule) throws {
        guard var id = module.info.executesAs else { return }
        let known = try databaseSecurity(currentAlias)
        if id == ModuleInfo.owner {
            guard let owner = try owner(ofObject: module.info.trigger?.parent ?? module.info.id, alias: currentAlias)
            else { return }
            id = owner
        }
        guard let user = known.principal(id: id) else { throw ServerMessage.unsupported("EXECUTE AS a dropped user") }
        try push(userFrame(user.name, checked: false))
    }
}
