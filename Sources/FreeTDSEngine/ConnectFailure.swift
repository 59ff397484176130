import SQLServerCore

/// Finds out from what db-lib reported why connecting failed.
struct ConnectFailure {
    let error: SQLServerError

    init(_ configuration: SQLServerConfiguration, _ context: CallContext) {
        let server = "\(configuration.host):\(configuration.port)"
        let numbers = Set(context.failures.map(\.number))
        if context.messages.contains(where: \.isError) {
            let cause = SQLServerError.server(context.messages)
            error = SQLServerError(
                .loginFailed, "\(server) refused the login of '\(configuration.userName)': \(cause.message)",
                messages: context.messages)
        } else if !numbers.isDisjoint(with: LibraryFailure.unknownHosts) {
            error = SQLServerError(
                .connectionFailed, "the host name '\(configuration.host)' is unknown: check its spelling and DNS")
        } else if numbers.contains(LibraryFailure.cannotConnect) {
            let system = context.failures.first { !$0.systemText.isEmpty }.map { " (\($0.systemText))" } ?? ""
            error = SQLServerError(
                .connectionFailed,
                "\(server) does not accept connections\(system): is SQL Server running there, with TCP on this port, and "
                    + "does the firewall let it through?")
        } else if numbers.contains(LibraryFailure.timeout) {
            error = SQLServerError(
                .connectionFailed,
                "\(server) accepted the connection but did not answer as a SQL Server within "
                    + "\(FreeTDSLibrary.loginSeconds) s: is it the right port?")
        } else {
            error = Self.brokenHandshake(configuration, server, context)
        }
    }

    /// db-lib reports a failed TLS handshake and a server that hangs up with the same number and no reason.
    private static func brokenHandshake(
        _ configuration: SQLServerConfiguration, _ server: String, _ context: CallContext
    ) -> SQLServerError {
        guard configuration.encryption != .off else {
            return SQLServerError(
                .connectionFailed,
                "\(server) closed the connection during login: it is no SQL Server, or it demands encryption "
                    + "(encrypt=require)")
        }
        let trust =
            configuration.trustServerCertificate
            ? ""
            : ", or its certificate was refused (unknown CA: set caFile, or trustServerCertificate if you must; "
                + "other host name; expired)"
        return SQLServerError(
            .tlsFailed,
            "no encrypted session with \(server): it is no SQL Server, or it offers no TLS 1.2\(trust). "
                + "FreeTDS does not say which")
    }
}
