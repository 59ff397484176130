extension SQLExecutor {
    /// Runs a query and returns its rows as tuples, or as values when there is one type.
    ///
    /// ```swift
    /// let users = try await db.query("SELECT Id, Name FROM dbo.Users", as: (Int, String).self)
    /// let ids = try await db.query("SELECT Id FROM dbo.Users", as: Int.self)
    /// ```
    ///
    /// - Throws: ``SQLServerError``; `decoding` when a value does not fit its Swift type.
    @inlinable
    public func query<each Value: SQLDecodable>(
        _ query: SQLQuery, as types: (repeat each Value).Type, options: SQLCallOptions = .standard
    ) async throws(SQLServerError) -> [(repeat each Value)] {
        let rows = try await self.query(query, options: options)
        return try naming(query) { () throws(SQLServerError) in try rows.decode(types) }
    }

    /// Runs a query and returns its rows as `Decodable` values, properties matched to columns by name.
    ///
    /// ```swift
    /// struct User: Decodable { let id: Int; let name: String? }
    /// let users = try await db.query("SELECT Id, Name FROM dbo.Users", as: User.self)
    /// ```
    ///
    /// - Parameters:
    ///   - query: The query.
    ///   - type: The type of a row; see ``SQLRow/decode(as:matching:)`` for nested types.
    ///   - matching: How names are compared.
    ///   - options: The time limit, and a listener for messages.
    /// - Returns: One value for each row.
    /// - Throws: ``SQLServerError``; `decoding` when a value does not fit, or a column is missing or not unique.
    @_disfavoredOverload
    public func query<Value: Decodable>(
        _ query: SQLQuery, as type: Value.Type, matching: SQLColumnMatching = .ignoringCase,
        options: SQLCallOptions = .standard
    ) async throws(SQLServerError) -> [Value] {
        let rows = try await self.query(query, options: options)
        return try naming(query) { () throws(SQLServerError) in try rows.decode(as: type, matching: matching) }
    }

    /// Runs a query and returns the first column of its only row.
    ///
    /// ```swift
    /// let count = try await db.scalar("SELECT COUNT(*) FROM dbo.Users", as: Int.self)
    /// let oldest = try await db.scalar("SELECT MAX(Age) FROM dbo.Users", as: Int?.self)    // nil for NULL
    /// ```
    ///
    /// - Throws: ``SQLServerError``; `decoding` when there is no row or more than one. To allow no row, use
    ///   ``firstScalar(_:as:options:)``.
    public func scalar<Value: SQLDecodable>(
        _ query: SQLQuery, as type: Value.Type, options: SQLCallOptions = .standard
    ) async throws(SQLServerError) -> Value {
        let rows = try await self.query(query, options: options)
        guard rows.count == 1, let row = rows.first else {
            throw SQLServerError(.decoding, "a scalar needs one row, there are \(rows.count)", query: query.text)
        }
        return try naming(query) { () throws(SQLServerError) in try row.decode(type, at: 0) }
    }

    /// Runs a query and returns the first column of its first row; nil when it has no rows.
    ///
    /// ```swift
    /// let id = try await db.firstScalar("SELECT TOP (1) Id FROM dbo.Jobs ORDER BY Priority", as: Int.self)
    /// ```
    ///
    /// - Throws: ``SQLServerError``; `decoding` when the value does not fit, such as NULL for a type that is not
    ///   optional.
    public func firstScalar<Value: SQLDecodable>(
        _ query: SQLQuery, as type: Value.Type, options: SQLCallOptions = .standard
    ) async throws(SQLServerError) -> Value? {
        guard let row = try await first(query, options: options) else { return nil }
        return try naming(query) { () throws(SQLServerError) in try row.decode(type, at: 0) }
    }

    /// What `decode` makes, with the query in its error.
    @inlinable
    func naming<Value>(
        _ query: SQLQuery, _ decode: () throws(SQLServerError) -> Value
    ) throws(SQLServerError) -> Value {
        do {
            return try decode()
        } catch {
            throw error.during(query: query.text)
        }
    }
}

// MARK: - The first row

extension SQLExecutor {
    /// Runs a query and returns its first row; nil when it has none.
    ///
    /// ```swift
    /// let row = try await db.first("SELECT TOP (1) Id, Name FROM dbo.Users ORDER BY Id")
    /// ```
    ///
    /// Further rows are read and dropped, so that an error behind them is not missed and the connection needs no
    /// cancellation: say `TOP (1)` in the query. To leave a long result after its first row, loop over a stream and break.
    ///
    /// - Throws: ``SQLServerError``.
    public func first(
        _ query: SQLQuery, options: SQLCallOptions = .standard
    ) async throws(SQLServerError) -> SQLRow? {
        try await self.query(query, options: options).first
    }

    /// Runs a query and returns its first row as a tuple; nil when it has none.
    ///
    /// ```swift
    /// if let (id, name) = try await db.first("SELECT TOP (1) Id, Name FROM dbo.Users", as: (Int, String).self) {
    ///     print(id, name)
    /// }
    /// ```
    ///
    /// - Throws: ``SQLServerError``; `decoding` when a value does not fit its Swift type.
    @inlinable
    public func first<each Value: SQLDecodable>(
        _ query: SQLQuery, as types: (repeat each Value).Type, options: SQLCallOptions = .standard
    ) async throws(SQLServerError) -> (repeat each Value)? {
        guard let row = try await first(query, options: options) else { return nil }
        return try naming(query) { () throws(SQLServerError) in try row.decode(types) }
    }

    /// Runs a query and returns its first row as a `Decodable` value; nil when it has none.
    ///
    /// ```swift
    /// let user = try await db.first("SELECT * FROM dbo.Users WHERE Id = \(id)", as: User.self)
    /// ```
    ///
    /// - Throws: ``SQLServerError``; `decoding` when a value does not fit, or a column is missing or not unique.
    @_disfavoredOverload
    public func first<Value: Decodable>(
        _ query: SQLQuery, as type: Value.Type, matching: SQLColumnMatching = .ignoringCase,
        options: SQLCallOptions = .standard
    ) async throws(SQLServerError) -> Value? {
        guard let row = try await first(query, options: options) else { return nil }
        return try naming(query) { () throws(SQLServerError) in try row.decode(as: type, matching: matching) }
    }
}

// MARK: - The only row

extension SQLExecutor {
    /// Runs a query and returns its only row.
    ///
    /// ```swift
    /// let row = try await db.single("SELECT Id, Name FROM dbo.Users WHERE Email = \(email)")
    /// ```
    ///
    /// - Throws: ``SQLServerError``; `decoding` when there is no row or more than one.
    public func single(
        _ query: SQLQuery, options: SQLCallOptions = .standard
    ) async throws(SQLServerError) -> SQLRow {
        let rows = try await self.query(query, options: options)
        guard rows.count == 1, let row = rows.first else {
            throw SQLServerError(.decoding, "one row was expected, there are \(rows.count)", query: query.text)
        }
        return row
    }

    /// Runs a query and returns its only row as a tuple.
    ///
    /// ```swift
    /// let (id, name) = try await db.single("SELECT Id, Name FROM dbo.Users WHERE Id = 1", as: (Int, String).self)
    /// ```
    ///
    /// - Throws: ``SQLServerError``; `decoding` when there is no row or more than one, or a value does not fit.
    @inlinable
    public func single<each Value: SQLDecodable>(
        _ query: SQLQuery, as types: (repeat each Value).Type, options: SQLCallOptions = .standard
    ) async throws(SQLServerError) -> (repeat each Value) {
        let row = try await single(query, options: options)
        return try naming(query) { () throws(SQLServerError) in try row.decode(types) }
    }

    /// Runs a query and returns its only row as a `Decodable` value.
    ///
    /// ```swift
    /// let user = try await db.single("SELECT * FROM dbo.Users WHERE Id = \(id)", as: User.self)
    /// ```
    ///
    /// - Throws: ``SQLServerError``; `decoding` when there is no row or more than one, a value does not fit, or a
    ///   column is missing or not unique.
    @_disfavoredOverload
    public func single<Value: Decodable>(
        _ query: SQLQuery, as type: Value.Type, matching: SQLColumnMatching = .ignoringCase,
        options: SQLCallOptions = .standard
    ) async throws(SQLServerError) -> Value {
        let row = try await single(query, options: options)
        return try naming(query) { () throws(SQLServerError) in try row.decode(as: type, matching: matching) }
    }
}
