import SQLValues

extension TableInfo {
    var rowVersionColumn: ColumnInfo? { columns.first(where: \.isRowVersion) }
}

extension ColumnInfo {
    /// An identity value in the form in which the column stores it.
    func storedIdentity(_ value: Int64) -> StoredValue {
        type.precision == nil
            ? .integer(value) : StoredForm.encode(.decimal(SQLDecimal(Int(value))), as: type)
    }
}

extension EmbeddedSession {
    /// What @@DBTS is before the first row version of a database.
    private static let firstVersion: Int64 = 2_000
    /// The place of the counter among the identity values.
    private static let place = -1

    private func key(_ alias: String) -> String {
        alias == "temp" ? "\(options.processID).temp.version" : "\(alias).version"
    }

    private func storedVersion(_ alias: String) throws -> Int64? {
        try connection.integer("SELECT value FROM \(alias).sys_identity WHERE id = \(Self.place)")
    }

    /// The next value of a database's counter of row versions, as it is stored.
    func nextRowVersion(_ alias: String) throws -> StoredValue {
        let key = key(alias)
        let stored = instance.identity(key) == nil ? try storedVersion(alias) : nil
        let next = instance.nextIdentity(key, seed: Self.firstVersion + 1, increment: 1, stored: stored) ?? 0
        try connection.execute("INSERT OR REPLACE INTO \(alias).sys_identity VALUES (\(Self.place), \(next))")
        return Self.bytes(next)
    }

    /// @@DBTS, or the first version that is not yet given out.
    func rowVersion(isNext: Bool) throws -> StoredValue {
        let last = try instance.identity(key(currentAlias)) ?? storedVersion(currentAlias) ?? Self.firstVersion
        return Self.bytes(isNext ? last + 1 : last)
    }

    private static func bytes(_ number: Int64) -> StoredValue {
        .blob((0..<8).map { UInt8(truncatingIfNeeded: number >> (56 - 8 * $0)) })
    }

    /// Gives the rows of a table versions for a new column.
    func fillRowVersions(_ column: ColumnInfo, _ target: ResolvedTable) throws {
        let name = "\(target.alias).\(target.table.storedName)"
        let read = try connection.prepareOnce("SELECT _rowid_ FROM \(name) ORDER BY _rowid_")
        var ids: [Int64] = []
        while try read.step() { ids.append(read.cell(0).integer) }
        read.reset()
        let write = try connection.prepareOnce("UPDATE \(name) SET \(column.storedName) = ? WHERE _rowid_ = ?")
        for id in ids {
            try write.bind([try nextRowVersion(target.alias), .integer(id)])
            try write.run()
        }
    }

    /// Whether a unique index that was broken leaves such rows out (IGNORE_DUP_KEY).
    func ignoresDuplicate(_ error: SQLiteError, _ target: ResolvedTable) -> Bool {
        guard target.table.keys.contains(where: { $0.ignoresDuplicates == true }) else { return false }
        return brokenKey(error, target.table)?.ignoresDuplicates == true
    }
}
