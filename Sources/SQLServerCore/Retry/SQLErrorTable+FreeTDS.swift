/// A failure that FreeTDS itself reports, and the code of the error that it becomes.
package struct FreeTDSFailure: Sendable, Hashable {
    /// DB-Library's number.
    ///
    /// SQL Server has messages with the same numbers, so these never meet ``SQLErrorTable/facts``.
    package let number: Int
    /// The name in sybdb.h.
    package let name: String
    /// What it means, in a few words.
    package let meaning: String
    /// The code of the error, while connecting; nil when it cannot happen then.
    package let whileConnecting: SQLServerError.Code?
    /// The code of the error, while a request runs; nil when it cannot happen then.
    package let whileRunning: SQLServerError.Code?

    /// The row of the table in docs/resilience.md.
    package var markdown: String {
        // The error of a request has its text, on which the class of a timeout depends.
        let cells = [(whileConnecting, nil), (whileRunning, "SELECT 1")].map { code, query in
            guard let code else { return "-" }
            guard code != .server, code != .loginFailed else { return "\(code): as its number" }
            return "\(code): \(SQLServerError(code, meaning, query: query).retryClass)"
        }
        return "| \(number) | \(name) | \(meaning) | \(cells[0]) | \(cells[1]) |"
    }
}

extension SQLErrorTable {
    /// FreeTDS's own numbers.
    package static let freeTDS: [FreeTDSFailure] = [
        failure(20_002, "SYBEFCON", "the connection failed", .tlsFailed, .connectionLost),
        failure(20_003, "SYBETIME", "the server did not answer in time", .connectionFailed, .timeout),
        failure(20_004, "SYBEREAD", "reading from the server failed", .tlsFailed, .connectionLost),
        failure(20_006, "SYBEWRIT", "writing to the server failed", .tlsFailed, .connectionLost),
        failure(20_008, "SYBESOCK", "no socket could be opened", .tlsFailed, nil),
        failure(20_009, "SYBECONN", "the server is unreachable or refuses", .connectionFailed, nil),
        failure(20_012, "SYBEINTF", "the server's name is unknown", .connectionFailed, nil),
        failure(20_013, "SYBEUHST", "the host name is unknown", .connectionFailed, nil),
        failure(20_017, "SYBESEOF", "the server closed the connection", .tlsFailed, .connectionLost),
        failure(20_018, "SYBESMSG", "the server sent a message, which is what counts", .loginFailed, .server),
        failure(20_019, "SYBERPND", "results are pending: a mistake of the engine", nil, .connectionLost),
        failure(20_020, "SYBEBTOK", "the stream is out of step", .tlsFailed, .connectionLost),
        failure(20_047, "SYBEDDNE", "the connection is dead", .tlsFailed, .connectionLost),
    ]

    private static func failure(
        _ number: Int, _ name: String, _ meaning: String, _ connecting: SQLServerError.Code?,
        _ running: SQLServerError.Code?
    ) -> FreeTDSFailure {
        FreeTDSFailure(
            number: number, name: name, meaning: meaning, whileConnecting: connecting, whileRunning: running)
    }
}
