import TransactSQL

extension EmbeddedSession {
    /// CHECKPOINT: nothing to do, because SQLite writes what is committed when it is committed.
    func checkpoint(line: Int) throws {
        guard try security.isUnrestricted || evaluator.has("CHECKPOINT", on: .database) else {
            throw ServerMessage.denied("CHECKPOINT", database: database.name, line: line)
        }
    }

    /// RECONFIGURE: no value of sp_configure waits for it, because there is no sp_configure.
    func reconfigure(line: Int) throws {
        guard try hasServerRole(ServerSecurity.serverAdministrators) else {
            throw ServerMessage.error(
                5812, line: line, "You do not have permission to run the RECONFIGURE statement.")
        }
        guard transactionCount == 0 else {
            throw ServerMessage.error(
                574, state: 0, line: line, "CONFIG statement cannot be used inside a user transaction.")
        }
    }

    /// Whether the session's login is a member of a fixed server role, or of sysadmin.
    func hasServerRole(_ role: Int) throws -> Bool {
        if security.isUnrestricted { return true }
        return try serverEvaluator().token.server.contains(role)
    }

    /// SET PARSEONLY in a batch, which counts when the batch is parsed; false when the batch must not run.
    func parsesOnly(_ statements: [Statement]) throws -> Bool {
        let changes = statements.flatMap { $0.settings(of: "PARSEONLY") }
        if let last = changes.last {
            guard changes.allSatisfy({ $0.isOn == last.isOn }) else {
                throw ServerMessage.unsupported("SET PARSEONLY ON and OFF in one batch", line: last.line)
            }
            settings.isOn["PARSEONLY"] = last.isOn
        }
        return settings.has("PARSEONLY")
    }
}

extension Statement {
    /// SET NOEXEC OFF, which alone runs under SET NOEXEC ON.
    var endsNoExecution: Bool {
        guard case .set(.options(let names, let isOn)) = kind else { return false }
        return names.contains("NOEXEC") && !isOn
    }

    /// Where the statement, or one inside it, sets an option.
    fileprivate func settings(of option: String) -> [(isOn: Bool, line: Int)] {
        if case .set(.options(let names, let isOn)) = kind, names.contains(option) { return [(isOn, range.line)] }
        return inner.flatMap { $0.settings(of: option) }
    }
}
