import TransactSQL

/// What the edition that a server was started as lacks, though others run it here.
///
/// From "Transact-SQL differences between SQL Server and Azure SQL Database", "Editions and supported features of SQL
/// Server 2022", "T-SQL surface area in Fabric Data Warehouse" and "Data types in Fabric Data Warehouse".
struct EditionRules {
    let edition: EmbeddedServer.Edition

    /// Refuses the first statement with something that the edition lacks.
    func check(_ statements: [Statement], in database: String) throws {
        guard edition != .developer, edition != .enterprise else { return }
        for statement in statements {
            try check(statement, in: database)
            try check(statement.inner, in: database)
        }
    }

    private func check(_ statement: Statement, in database: String) throws {
        let line = statement.range.line
        if edition.hasOneDatabase { try checkDatabase(statement, in: database, line: line) }
        if edition == .fabricWarehouse, let construct = Self.missingInWarehouse(statement) {
            throw refusal(construct, line: line)
        }
        if edition == .standard || edition == .express, Self.isOnline(statement) {
            throw ServerMessage.error(
                1_712, line: line,
                "Online index operations can only be performed in Enterprise edition of SQL Server or Azure SQL Edge.")
        }
        if case .module(let module) = statement.kind { try check(module.body, in: database) }
    }

    /// Msg 40517 that names the construct and the edition.
    func refusal(_ construct: String, line: Int = 0) -> ServerMessage {
        .unsupported("\(construct) in \(edition.title)", line: line)
    }

    /// Whether an index is to be made or rebuilt ONLINE, which Enterprise edition alone can do.
    private static func isOnline(_ statement: Statement) -> Bool {
        let options: [DefinitionOption]
        switch statement.kind {
        case .createIndex(let create): options = create.options
        case .object(.alterIndex(let alter)): options = alter.options
        case .alterTable(let alter): options = alter.options
        default: options = []
        }
        return options.contains { $0.name == "ONLINE" && $0.value.first?.uppercased() != "OFF" }
    }

    // MARK: One database

    private func checkDatabase(_ statement: Statement, in database: String, line: Int) throws {
        switch statement.kind {
        case .use(let name) where !TextCollation.areEqual(name.value, database):
            throw ServerMessage.error(
                40_508, line: line,
                "USE statement is not supported to switch between databases. Use a new connection to connect to a different database."
            )
        case .security(.principal(let principal)) where principal.kind == .login && database.lowercased() != "master":
            throw ServerMessage.error(5_001, line: line, "User must be in the master database.")
        case .security(.principal(let principal)) where principal.kind == .serverRole:
            throw refusal("SERVER ROLE", line: line)
        case .security(.executeAs(let execute)):
            guard case .login = execute.principal else { return }
            throw refusal("EXECUTE AS LOGIN", line: line)
        default: return
        }
    }

    /// Msg 40515 for a name with another database.
    func check(_ name: MultipartName, in database: String) throws {
        guard edition.hasOneDatabase, let wanted = name.database, wanted.lowercased() != "tempdb",
            !TextCollation.areEqual(wanted, database)
        else { return }
        throw ServerMessage.error(
            40_515, line: name.range.line,
            "Reference to database and/or server name in '\(name.description)' is not supported in this version of SQL Server."
        )
    }

    /// Catalogue views on logins, which only `master` has where a database stands for itself.
    func hides(_ view: SystemView, in database: String) -> Bool {
        guard edition.hasOneDatabase, database.lowercased() != "master" else { return false }
        return [
            "sys.server_principals", "sys.server_role_members", "sys.server_permissions", "sys.sql_logins",
        ].contains(view.name)
    }
}
