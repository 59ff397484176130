public import SQLServerCore

extension SQLBulkCopying {
    /// Copies tuples into columns of a table.
    ///
    /// ```swift
    /// let users = [(1, "Ada", 36), (2, "Grace", nil)]
    /// let copied = try await db.bulkCopy(into: "dbo.Users", columns: ["Id", "Name", "Age"], rows: users)
    /// print(copied.rowsCommitted)
    /// ```
    ///
    /// - Parameters:
    ///   - table: The name, such as `dbo.Users`, `[Order Details]`, or `#ids` on a connection.
    ///   - columns: The columns in the order of the tuples' values, found without regard to case.
    ///   - options: How it is done.
    ///   - rows: Read once.
    /// - Returns: How many rows were sent and committed.
    /// - Throws: ``SQLServerCore/SQLBulkCopyError`` with the rows that were committed.
    @inlinable
    @discardableResult
    public func bulkCopy<Rows: Sequence, each Value: SQLEncodable>(
        into table: SQLObjectName, columns: [String], options: SQLBulkCopyOptions = .standard, rows: Rows
    ) async throws(SQLBulkCopyError) -> SQLBulkCopyProgress where Rows.Element == (repeat each Value) {
        try await bulkCopy(
            into: table, options: options, source: SQLBulkSource(rows, TupleForm<repeat each Value>(columns)))
    }

    /// Copies tuples of an asynchronous sequence into columns of a table, while they come.
    ///
    /// ```swift
    /// try await db.bulkCopy(into: "dbo.Readings", columns: ["Sensor", "Value"], rows: sensor.readings)
    /// ```
    ///
    /// - Throws: ``SQLServerCore/SQLBulkCopyError`` with the rows that were committed; its cause is the sequence's own
    ///   error if that failed.
    @inlinable
    @discardableResult
    public func bulkCopy<Rows: AsyncSequence, each Value: SQLEncodable>(
        into table: SQLObjectName, columns: [String], options: SQLBulkCopyOptions = .standard, rows: Rows
    ) async throws(SQLBulkCopyError) -> SQLBulkCopyProgress where Rows.Element == (repeat each Value) {
        try await bulkCopy(
            into: table, options: options, source: SQLBulkSource(awaiting: rows, TupleForm<repeat each Value>(columns)))
    }

    /// Copies single values into one column of a table.
    ///
    /// ```swift
    /// try await connection.bulkCopy(into: "#ids", columns: ["Id"], rows: 1...10_000)
    /// ```
    ///
    /// - Throws: ``SQLServerCore/SQLBulkCopyError`` with the rows that were committed.
    @inlinable
    @discardableResult
    public func bulkCopy<Rows: Sequence>(
        into table: SQLObjectName, columns: [String], options: SQLBulkCopyOptions = .standard, rows: Rows
    ) async throws(SQLBulkCopyError) -> SQLBulkCopyProgress where Rows.Element: SQLEncodable {
        try await bulkCopy(into: table, options: options, source: SQLBulkSource(rows, ValueForm<Rows.Element>(columns)))
    }

    /// Copies rows of values whose types are known only at run time.
    ///
    /// ```swift
    /// let rows = [[SQLTypedValue(.int(1), as: .int), SQLTypedValue(.null, as: .int)]]
    /// try await db.bulkCopy(into: "dbo.Users", columns: ["Id", "Age"], rows: rows)
    /// ```
    ///
    /// - Throws: ``SQLServerCore/SQLBulkCopyError`` with the rows that were committed.
    @inlinable
    @discardableResult
    public func bulkCopy<Rows: Sequence>(
        into table: SQLObjectName, columns: [String], options: SQLBulkCopyOptions = .standard, rows: Rows
    ) async throws(SQLBulkCopyError) -> SQLBulkCopyProgress where Rows.Element == [SQLTypedValue] {
        try await bulkCopy(into: table, options: options, source: SQLBulkSource(rows, ListForm(columns)))
    }

    /// Copies rows of values whose types are known only at run time, while they come.
    ///
    /// ```swift
    /// try await db.bulkCopy(into: "dbo.Users", columns: header, rows: parser.rows)
    /// ```
    ///
    /// - Throws: ``SQLServerCore/SQLBulkCopyError`` with the rows that were committed.
    @inlinable
    @discardableResult
    public func bulkCopy<Rows: AsyncSequence>(
        into table: SQLObjectName, columns: [String], options: SQLBulkCopyOptions = .standard, rows: Rows
    ) async throws(SQLBulkCopyError) -> SQLBulkCopyProgress where Rows.Element == [SQLTypedValue] {
        try await bulkCopy(
            into: table, options: options, source: SQLBulkSource(awaiting: rows, ListForm(columns)))
    }

    /// Copies the rows of a query into a table, while they come.
    ///
    /// ```swift
    /// try await target.bulkCopy(into: "dbo.Users", rows: source.stream("SELECT Id, Name FROM dbo.Users"))
    /// ```
    ///
    /// The stream and the copy need a connection each: not the same lease for both.
    ///
    /// - Parameters:
    ///   - table: The name of the table.
    ///   - columns: The table's columns in the order of the query's; nil when they have the same names.
    ///   - options: How it is done.
    ///   - rows: Read once.
    /// - Returns: How many rows were sent and committed.
    /// - Throws: ``SQLServerCore/SQLBulkCopyError`` with the rows that were committed.
    @inlinable
    @discardableResult
    public func bulkCopy<Rows: AsyncSequence>(
        into table: SQLObjectName, columns: [String]? = nil, options: SQLBulkCopyOptions = .standard, rows: Rows
    ) async throws(SQLBulkCopyError) -> SQLBulkCopyProgress where Rows.Element == SQLRow {
        try await bulkCopy(
            into: table, options: options, source: SQLBulkSource(awaiting: rows, ResultForm(columns)))
    }

    /// Copies the rows of a result set into a table.
    ///
    /// ```swift
    /// let rows = try await source.query("SELECT Id, Name FROM dbo.Users")
    /// try await target.bulkCopy(into: "dbo.Users", rows: rows)
    /// ```
    ///
    /// - Throws: ``SQLServerCore/SQLBulkCopyError`` with the rows that were committed.
    @inlinable
    @discardableResult
    public func bulkCopy<Rows: Sequence>(
        into table: SQLObjectName, columns: [String]? = nil, options: SQLBulkCopyOptions = .standard, rows: Rows
    ) async throws(SQLBulkCopyError) -> SQLBulkCopyProgress where Rows.Element == SQLRow {
        try await bulkCopy(into: table, options: options, source: SQLBulkSource(rows, ResultForm(columns)))
    }

    /// Copies `Encodable` values into a table, properties matched to columns by name without regard to case.
    ///
    /// ```swift
    /// struct User: Encodable { let id: Int; let name: String; let age: Int? }
    /// try await db.bulkCopy(into: "dbo.Users", rows: [User(id: 1, name: "Ada", age: nil)])
    /// ```
    ///
    /// The properties of the first value are the columns; one without a column, and a column without a property that
    /// needs a value, are errors. For other names give the type `CodingKeys`.
    ///
    /// - Throws: ``SQLServerCore/SQLBulkCopyError`` with the rows that were committed.
    @inlinable
    @discardableResult
    public func bulkCopy<Rows: Sequence>(
        into table: SQLObjectName, options: SQLBulkCopyOptions = .standard, rows: Rows
    ) async throws(SQLBulkCopyError) -> SQLBulkCopyProgress where Rows.Element: Encodable {
        try await bulkCopy(into: table, options: options, source: SQLBulkSource(rows, EncodableForm<Rows.Element>()))
    }

    /// Copies `Encodable` values of an asynchronous sequence into a table, while they come.
    ///
    /// ```swift
    /// try await db.bulkCopy(into: "dbo.Users", rows: importer.users)
    /// ```
    ///
    /// - Throws: ``SQLServerCore/SQLBulkCopyError`` with the rows that were committed.
    @inlinable
    @discardableResult
    public func bulkCopy<Rows: AsyncSequence>(
        into table: SQLObjectName, options: SQLBulkCopyOptions = .standard, rows: Rows
    ) async throws(SQLBulkCopyError) -> SQLBulkCopyProgress where Rows.Element: Encodable {
        try await bulkCopy(
            into: table, options: options, source: SQLBulkSource(awaiting: rows, EncodableForm<Rows.Element>()))
    }
}
