public import Foundation

extension SQLExecutor {
    /// Runs a query that ends in `FOR JSON` and returns the whole document; nil when it has no rows.
    ///
    /// ```swift
    /// let document = try await db.json("SELECT Id, Name FROM dbo.Users FOR JSON PATH")
    /// // [{"Id":1,"Name":"Ada"},{"Id":2,"Name":"Grace"}]
    /// ```
    ///
    /// SQL Server sends a document in rows of about 2,033 characters, which are joined here. A query with one row and
    /// one column of JSON text, such as `SELECT Settings FROM dbo.Users WHERE Id = 1`, works too; NULL is nil.
    ///
    /// - Throws: ``SQLServerError``; `decoding` when the result is no `FOR JSON` document, so that the rows of an
    ///   ordinary query are never taken for parts of one.
    public func json(
        _ query: SQLQuery, options: SQLCallOptions = .standard
    ) async throws(SQLServerError) -> String? {
        let rows = try await self.query(query, options: options)
        return try naming(query) { () throws(SQLServerError) in
            guard var parts = JSONParts(rows.columns) else { return nil }
            var document: String?
            for row in rows {
                if let part = try parts.next(row) { document = (document ?? "") + part }
            }
            return document
        }
    }

    /// Runs a query that ends in `FOR JSON` and returns the whole document as UTF-8; nil when it has no rows.
    ///
    /// ```swift
    /// let body = try await db.jsonData("SELECT Id, Name FROM dbo.Users FOR JSON PATH") ?? Data("[]".utf8)
    /// ```
    ///
    /// - Throws: ``SQLServerError``, as ``json(_:options:)`` does.
    public func jsonData(
        _ query: SQLQuery, options: SQLCallOptions = .standard
    ) async throws(SQLServerError) -> Data? {
        try await json(query, options: options).map { Data($0.utf8) }
    }

    /// Runs a query that ends in `FOR JSON` and decodes the document; nil when it has no rows.
    ///
    /// ```swift
    /// struct User: Decodable { let id: Int; let roles: [Role] }
    ///
    /// let users = try await db.json(
    ///     """
    ///     SELECT u.Id AS id, (SELECT r.Name AS name FROM dbo.Roles r WHERE r.UserId = u.Id FOR JSON PATH) AS roles
    ///     FROM dbo.Users u FOR JSON PATH
    ///     """, as: [User].self) ?? []
    /// ```
    ///
    /// - Parameters:
    ///   - query: The query.
    ///   - type: The type of the document: an array, unless the query says WITHOUT_ARRAY_WRAPPER.
    ///   - decoder: The decoder, with its strategies for dates and keys.
    ///   - options: The time limit, and a listener for messages.
    /// - Returns: The document; nil when there is none.
    /// - Throws: ``SQLServerError``; `decoding` when the result is no document of that type; the message says where in
    ///   it, and shows none of its values.
    public func json<Value: Decodable>(
        _ query: SQLQuery, as type: Value.Type, decoder: JSONDecoder = JSONDecoder(),
        options: SQLCallOptions = .standard
    ) async throws(SQLServerError) -> Value? {
        guard let data = try await jsonData(query, options: options) else { return nil }
        do {
            return try decoder.decode(type, from: data)
        } catch {
            throw SQLServerError(
                .decoding, "the document cannot be read as \(type): \(jsonFailure(error))", query: query.text)
        }
    }
}

/// Reads the rows of a `FOR JSON` result, each a part of one document.
package struct JSONParts: Sendable {
    /// The column's name that SQL Server gives to a `FOR JSON` document.
    package static let columnName = "JSON_F52E2B61-18A1-11d1-B105-00805F49916B"

    private let column: SQLColumn?
    private let columnCount: Int
    private var rowCount = 0

    /// Nil when there is no result set.
    package init?(_ columns: [SQLColumn]) {
        guard !columns.isEmpty else { return nil }
        column = columns.first
        columnCount = columns.count
    }

    /// The part in a row; nil for NULL.
    ///
    /// - Throws: `decoding` when the row is no part of a document.
    package mutating func next(_ row: SQLRow) throws(SQLServerError) -> String? {
        rowCount += 1
        guard columnCount == 1 else {
            throw SQLServerError(
                .decoding, "a JSON document is one column, there are \(columnCount); end the query with FOR JSON")
        }
        guard rowCount == 1 || column?.name == Self.columnName else {
            throw SQLServerError(
                .decoding,
                "the rows of column '\(column?.name ?? "")' are not the parts of one document; end the query with FOR JSON"
            )
        }
        return try row.decode(String?.self, at: 0)
    }
}
