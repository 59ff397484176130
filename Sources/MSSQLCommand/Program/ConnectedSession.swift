import SQLServer

/// One connection for the time of a command.
struct ConnectedSession {
    let client: SQLServerClient
    let connection: SQLServerConnection

    /// Connects, runs `body`, and closes.
    ///
    /// - Throws: ``CommandFailure`` when there is no connection; what `body` throws.
    static func open<Result>(
        _ configuration: SQLServerConfiguration, _ body: (ConnectedSession) async throws -> Result
    ) async throws -> Result {
        var isConnected = false
        do {
            return try await withSQLServer(configuration) { client in
                try await client.withConnection { connection in
                    isConnected = true
                    return try await body(ConnectedSession(client: client, connection: connection))
                }
            }
        } catch let error as SQLServerError where !isConnected {
            throw CommandFailure(connecting: error)
        }
    }
}
