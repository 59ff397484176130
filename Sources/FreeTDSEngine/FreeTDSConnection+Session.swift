import CFreeTDS
import SQLServerCore

extension FreeTDSConnection {
    /// ODBC's options with ARITHABORT ON: a db-lib login starts with all of them OFF and TEXTSIZE 4096.
    ///
    /// DATEFORMAT and LANGUAGE stay the login's.
    private static let sessionOptions = """
        SET QUOTED_IDENTIFIER, ANSI_NULLS, ANSI_PADDING, ANSI_WARNINGS, ANSI_NULL_DFLT_ON, CONCAT_NULL_YIELDS_NULL, \
        ARITHABORT ON; SET CURSOR_CLOSE_ON_COMMIT, IMPLICIT_TRANSACTIONS, NUMERIC_ROUNDABORT OFF; \
        SET TEXTSIZE 2147483647; SET TRANSACTION ISOLATION LEVEL READ COMMITTED;
        """

    /// Logs in and sets the session options.
    func open(_ configuration: SQLServerConfiguration) throws(SQLServerError) {
        try FreeTDSLibrary.prepare()
        context.attach()
        context.clear()
        context.grace = configuration.cancelTimeout
        codePages = DatabaseCodePages(configuration.codePage)
        let opened = try DatabaseProcess.open(configuration, context)
        socket.opened(opened.descriptor)
        process = consume opened
        do {
            try setSessionOptions(limit: configuration.connectTimeout)
        } catch {
            close()
            throw error
        }
    }

    func reset(limit: Duration) throws(SQLServerError) {
        do {
            try visit(limit: limit, discardResponse)
            try visit(limit: limit, resetSession)
            try setSessionOptions(limit: limit)
        } catch {
            close()
            throw error
        }
    }

    /// Calls `sys.sp_reset_connection`, which restores the login's defaults.
    ///
    /// Over db-lib these are the ANSI options OFF, so the options must be set again. The isolation level is among
    /// them, because a reset does not restore it.
    private func resetSession() throws(SQLServerError) {
        try beginResponse()
        preparedStatements.removeAll()
        try process?.call("sys.sp_reset_connection") { (_, _) throws(SQLServerError) in }
        phase = .sent
        while true {
            if case .end = try next() { break }
        }
        if context.messages.contains(where: \.isError) { throw SQLServerError.server(context.messages) }
    }

    private func setSessionOptions(limit: Duration) throws(SQLServerError) {
        _ = try run(SQLRequest(text: Self.sessionOptions), limit: limit)
    }
}
