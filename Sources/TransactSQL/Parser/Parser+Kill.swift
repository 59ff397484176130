extension Parser {
    /// `KILL 53`; of units of work, statistics jobs and query notifications nothing is known here.
    mutating func killStatement() throws(Fault) -> KillStatement {
        let start = try expect(.kill)
        guard at(.integer) else { throw unsupported("KILL", from: start) }
        guard let sessionID = Int(text(current)) else { throw unexpected() }
        advance()
        guard at(.with) else { return KillStatement(sessionID: sessionID, isStatusOnly: false) }
        advance()
        guard upperText(current) == "STATUSONLY" else { throw unsupported("KILL WITH", from: start) }
        advance()
        return KillStatement(sessionID: sessionID, isStatusOnly: true)
    }
}
