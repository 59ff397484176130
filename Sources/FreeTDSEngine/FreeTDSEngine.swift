package import SQLServerCore
import Threads

/// The engine over FreeTDS's db-lib: TDS 7.4, SQL authentication, TLS 1.2.
package struct FreeTDSEngine: SQLEngine {
    /// The engine.
    package init() {}

    /// `freeTDS`.
    package var name: String { "freeTDS" }

    /// The version of the FreeTDS library in use, such as `freetds v1.3.17`.
    package static var libraryVersion: String { FreeTDSLibrary.version }

    /// Connects on a thread of the new connection's own.
    ///
    /// `dbopen` cannot be interrupted and has one time limit for the process, 60 s. When the caller's limit is shorter,
    /// the caller gets its error then, and the attempt ends by itself in the background.
    ///
    /// - Throws: `configuration`, `connectionFailed`, `tlsFailed`, `loginFailed`, `timeout`, `cancelled` or
    ///   `unsupported`.
    package func connect(
        _ configuration: SQLServerConfiguration, whenOver: @escaping @Sendable () -> Void
    ) async throws(SQLServerError) -> any SQLEngineConnection {
        let thread: DedicatedThread
        do throws(SQLServerError) {
            try Self.checkCapabilities(configuration)
            thread = try Self.makeThread()
        } catch {
            whenOver()
            throw error
        }
        let connection = FreeTDSConnection(thread: thread)
        let server = "\(configuration.host):\(configuration.port)"
        return try await ConnectAttempt().run(limit: configuration.connectTimeout, server: server, whenOver: whenOver) {
            () async throws(SQLServerError) in
            try await connection.open(configuration)
            return connection
        }
    }

    private static func makeThread() throws(SQLServerError) -> DedicatedThread {
        do {
            return try DedicatedThread()
        } catch {
            throw SQLServerError(.connectionFailed, "\(error)")
        }
    }

    private static func checkCapabilities(_ configuration: SQLServerConfiguration) throws(SQLServerError) {
        if configuration.hostNameInCertificate != nil {
            throw SQLServerError(
                .unsupported,
                "hostNameInCertificate needs the native engine: FreeTDS 1.3 checks the certificate against the host only"
            )
        }
        if configuration.connectTimeout > .seconds(Int(FreeTDSLibrary.loginSeconds)) {
            throw SQLServerError(
                .unsupported, "connectTimeout: FreeTDS waits for a login \(FreeTDSLibrary.loginSeconds) s at most")
        }
        if configuration.encryption == .strict {
            throw SQLServerError(
                .unsupported, "encrypt=strict (TDS 8.0) needs the native engine: FreeTDS 1.3 does not have it")
        }
    }
}
