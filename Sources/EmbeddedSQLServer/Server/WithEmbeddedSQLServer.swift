import Threads

/// Starts an embedded server, runs `body` with it, and stops it whatever happens.
///
/// ```swift
/// try await withEmbeddedSQLServer { server in
///     print(server.url)
/// }
/// ```
///
/// - Parameters:
///   - configuration: Address, storage, logins, encryption; by default in memory on a free port.
///   - body: Work with the server, which is stopped when it returns or throws.
/// - Returns: What `body` returned.
/// - Throws: ``EmbeddedServerError`` when the server cannot start, or the error of `body`.
public nonisolated(nonsending) func withEmbeddedSQLServer<Result>(
    _ configuration: EmbeddedServer.Configuration = EmbeddedServer.Configuration(),
    _ body: nonisolated(nonsending) (EmbeddedServer) async throws -> Result
) async throws -> Result {
    let server = try EmbeddedServer.start(configuration)
    do {
        let result = try await body(server)
        await stopOutsideOfThePool(server)
        return result
    } catch {
        await stopOutsideOfThePool(server)
        throw error
    }
}

/// Waits for the server's threads on a thread of its own, since Swift's cooperative threads must not wait.
private nonisolated(nonsending) func stopOutsideOfThePool(_ server: EmbeddedServer) async {
    await withCheckedContinuation { continuation in
        do {
            try OperatingSystemThread(stackSize: 256 << 10) {
                server.stop()
                continuation.resume()
            }.detach()
        } catch {
            // No thread to be had: then this one has to wait.
            server.stop()
            continuation.resume()
        }
    }
}
