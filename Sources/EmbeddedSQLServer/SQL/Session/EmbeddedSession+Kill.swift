import TransactSQL

extension EmbeddedSession {
    /// KILL of another session: its connection is hung up, and its transaction rolled back.
    func kill(_ statement: KillStatement, line: Int) throws {
        let wanted = statement.sessionID
        guard wanted != Int(options.processID) else {
            throw ServerMessage.error(6104, line: line, "Cannot use KILL to kill your own process.")
        }
        guard (1...Int(Int16.max)).contains(wanted) else {
            throw ServerMessage.error(6101, line: line, "Session ID \(wanted) is not valid.")
        }
        guard wanted > 50 else {
            throw ServerMessage.error(6107, line: line, "Only user processes can be killed.")
        }
        guard instance.liveState.sessions.contains(where: { $0.options.processID == Int32(wanted) }) else {
            throw ServerMessage.error(
                6106, state: 2, line: line, "Process ID \(wanted) is not an active process ID.")
        }
        guard !statement.isStatusOnly else {
            throw ServerMessage.error(
                6120, line: line,
                "Status report cannot be obtained. Rollback operation for Process ID \(wanted) is not in progress.")
        }
        instance.disconnect(Int32(wanted))
    }
}
