/// How a bulk copy is done.
///
/// ```swift
/// try await db.bulkCopy(
///     into: "dbo.Readings", columns: ["Sensor", "Value"], options: .init(tableLock: true, batchSize: 50_000),
///     rows: readings)
/// ```
///
/// FreeTDS passes on one of ``tableLock``, ``checkConstraints``, ``fireTriggers`` and ``keepNulls``; two of them are
/// refused with `unsupported` before anything is sent.
public struct SQLBulkCopyOptions: Sendable {
    /// Rows bring the values of the identity column; otherwise the server gives them and the column is left out.
    public var keepIdentity: Bool
    /// The whole table is locked while rows come, which lets SQL Server log less (`TABLOCK`).
    public var tableLock: Bool
    /// CHECK and FOREIGN KEY constraints are checked.
    ///
    /// Without it SQL Server does not check them, and marks them as not trusted.
    public var checkConstraints: Bool
    /// INSERT triggers run, once for each batch.
    ///
    /// Without it SQL Server does not run them.
    public var fireTriggers: Bool
    /// NULL stays NULL in a column that has a default; otherwise it becomes the default.
    public var keepNulls: Bool
    /// Rows that are committed together; nil for all rows or none.
    ///
    /// With batches a failure keeps those before it: ``SQLBulkCopyError/rowsCommitted`` tells how many.
    public var batchSize: Int?
    /// How long each wait for the server may take; nil for the `commandTimeout` of the configuration.
    ///
    /// The limit of a block of rows and of the end of a batch, not of the whole copy.
    public var timeout: Duration?
    /// Called after each block of rows that was sent and each batch that was committed, in the task of the copy.
    public var onProgress: (@Sendable (SQLBulkCopyProgress) -> Void)?

    /// Options with their fields.
    ///
    /// ```swift
    /// let options = SQLBulkCopyOptions(keepIdentity: true) { print("\($0.rowsSent) rows") }
    /// ```
    public init(
        keepIdentity: Bool = false, tableLock: Bool = false, checkConstraints: Bool = false,
        fireTriggers: Bool = false, keepNulls: Bool = false, batchSize: Int? = nil, timeout: Duration? = nil,
        onProgress: (@Sendable (SQLBulkCopyProgress) -> Void)? = nil
    ) {
        self.keepIdentity = keepIdentity
        self.tableLock = tableLock
        self.checkConstraints = checkConstraints
        self.fireTriggers = fireTriggers
        self.keepNulls = keepNulls
        self.batchSize = batchSize
        self.timeout = timeout
        self.onProgress = onProgress
    }

    /// All rows or none, with what SQL Server does by itself.
    public static var standard: SQLBulkCopyOptions { SQLBulkCopyOptions() }

    package var hints: BulkHints {
        var hints: BulkHints = []
        if keepIdentity { hints.insert(.keepIdentity) }
        if tableLock { hints.insert(.tableLock) }
        if checkConstraints { hints.insert(.checkConstraints) }
        if fireTriggers { hints.insert(.fireTriggers) }
        if keepNulls { hints.insert(.keepNulls) }
        return hints
    }
}

/// How far a bulk copy is.
///
/// ```swift
/// options.onProgress = { print("\($0.rowsSent) rows sent, \($0.rowsCommitted) committed") }
/// ```
public struct SQLBulkCopyProgress: Sendable, Hashable {
    /// Rows that were sent, committed or not.
    public package(set) var rowsSent = 0
    /// Rows that are in the table for good.
    ///
    /// Inside a transaction none is before its COMMIT.
    public package(set) var rowsCommitted = 0
    /// Batches that the server has taken.
    public package(set) var batchCount = 0

    package init() {}
}
