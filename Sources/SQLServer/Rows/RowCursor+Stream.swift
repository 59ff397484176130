public import SQLServerCore

extension SQLServerClient {
    /// The rows of a query, read while they come, on a connection that is lent from the first row to the last.
    ///
    /// ```swift
    /// for try await row in db.stream("SELECT Id, Name FROM dbo.Users") { print(row.values) }
    /// ```
    ///
    /// Nothing runs before the loop begins; errors come from the loop.
    public func stream(_ query: SQLQuery, options: SQLCallOptions) -> SQLRowSequence {
        let source = source
        return SQLRowSequence { () throws(SQLServerError) in
            try options.checkStream()
            return RowCursor(.pool(source), try query.rendered(), options)
        }
    }
}

extension SQLServerConnection {
    /// The rows of a query, read while they come, on this connection.
    ///
    /// ```swift
    /// for try await row in connection.stream("SELECT Id, Name FROM #found") { print(row.values) }
    /// ```
    ///
    /// Until the last row is read or the loop is left, no other statement can run on this connection. Nothing runs before
    /// the loop begins; errors come from the loop.
    public func stream(_ query: SQLQuery, options: SQLCallOptions) -> SQLRowSequence {
        SQLRowSequence { () throws(SQLServerError) in
            try options.checkStream()
            return RowCursor(.lease(self), try query.rendered(), options)
        }
    }
}

extension SQLCallOptions {
    /// Refuses to repeat what has been seen.
    fileprivate func checkStream() throws(SQLServerError) {
        guard retry.isAllowed else { return }
        throw SQLServerError(
            .misuse, "a stream cannot be repeated, because its rows have been seen; leave out retry, or use query")
    }
}
