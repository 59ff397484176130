import SQLValues

extension EmbeddedSession {
    private func key(_ target: ResolvedTable) -> String {
        target.alias == "temp" ? "\(options.processID).temp.\(target.table.id)" : "\(target.alias).\(target.table.id)"
    }

    /// The next value of an identity column, which no rollback gives back.
    func nextIdentity(_ column: ColumnInfo, _ target: ResolvedTable) throws -> Int64 {
        guard let identity = column.identity else { return 0 }
        let key = key(target)
        var stored: Int64?
        if instance.identity(key) == nil {
            stored = try connection.integer(
                "SELECT value FROM \(target.alias).sys_identity WHERE id = \(target.table.id)")
        }
        let next = instance.nextIdentity(
            key, seed: identity.seed, increment: identity.increment, stored: stored)
        guard let next, fits(next, column.type) else {
            throw ServerMessage.identityOverflow(column.type)
        }
        remember(next)
        return next
    }

    private func fits(_ value: Int64, _ type: SQLType) -> Bool {
        if let precision = type.precision {
            return precision >= 19 || Int128(value.magnitude) < SQLDecimal.power(precision)
        }
        return IntegerRange.of(type.kind).contains(value)
    }

    private func remember(_ value: Int64) {
        lastIdentity = SQLDecimal(Int(value))
        scopeIdentities[scopeIdentities.count - 1] = lastIdentity
    }

    /// A value given under IDENTITY_INSERT moves the next one when it lies beyond the last.
    func noteIdentity(_ row: [SQLValue], _ columns: [ColumnInfo], _ target: ResolvedTable) {
        guard let column = target.table.identityColumn, let identity = column.identity,
            let index = columns.firstIndex(where: { $0.id == column.id }), let value = Self.integer(row[index])
        else { return }
        remember(value)
        let key = key(target)
        let last = instance.identity(key)
        let isBeyond = last.map { identity.increment > 0 ? value > $0 : value < $0 } ?? true
        if isBeyond { instance.setIdentity(key, value) }
    }

    private static func integer(_ value: SQLValue) -> Int64? {
        switch value {
        case .int(let number): number
        case .decimal(let number): Int64(exactly: number.rescaled(to: 0)?.coefficient ?? number.coefficient)
        default: nil
        }
    }

    /// The identity values of a new table go on after the highest one in it.
    func startIdentity(after last: Int64, _ target: ResolvedTable) throws {
        instance.setIdentity(key(target), last)
        try keepIdentity(target)
    }

    /// Writes the last identity value beside the rows, for the next start of the server.
    func keepIdentity(_ target: ResolvedTable) throws {
        guard target.table.identityColumn != nil, let last = instance.identity(key(target)) else { return }
        try connection.execute(
            "INSERT OR REPLACE INTO \(target.alias).sys_identity VALUES (\(target.table.id), \(last))")
    }

    /// The last identity value of a table; nil before the first and after TRUNCATE.
    func lastIdentity(of target: ResolvedTable) throws -> Int64? {
        if let known = instance.identity(key(target)) { return known }
        return try connection.integer("SELECT value FROM \(target.alias).sys_identity WHERE id = \(target.table.id)")
    }

    func setIdentity(of target: ResolvedTable, _ value: Int64) throws {
        instance.setIdentity(key(target), value)
        try keepIdentity(target)
    }

    func forgetIdentity(_ target: ResolvedTable) throws {
        instance.setIdentity(key(target), nil)
        try connection.execute("DELETE FROM \(target.alias).sys_identity WHERE id = \(target.table.id)")
    }
}
