import SQLValues

extension EmbeddedSession {
    /// IDENTITY_INSERT decides when the statement runs.
    func checkIdentity(_ plan: ChangePlan) throws {
        let table = plan.target.table
        guard table.identityColumn != nil else { return }
        let isOn = settings.identityInsert == "\(plan.target.alias).\(table.id)"
        for clause in plan.clauses where clause.action == .insert && clause.givesIdentity != isOn {
            guard isOn else {
                throw ServerMessage.error(
                    544,
                    "Cannot insert explicit value for identity column in table '\(table.name)' when IDENTITY_INSERT is set to OFF."
                )
            }
            throw ServerMessage.error(
                545,
                "Explicit value must be specified for identity column in table '\(table.name)' either when IDENTITY_INSERT is set to ON or when a replication user is inserting into a NOT FOR REPLICATION identity column."
            )
        }
    }

    /// Writes one new row and returns its id; nil when IGNORE_DUP_KEY left it out.
    func insert(_ row: [SQLValue], _ clause: ChangeClause, _ target: ResolvedTable, _ verb: ChangePlan.Verb) throws
        -> Int64?
    {
        let table = target.table
        let identity = clause.givesIdentity ? nil : table.identityColumn
        let version = table.rowVersionColumn
        // The server gives a row version of its own, even where DEFAULT stands.
        let given = zip(row, clause.columns).filter { !$1.isRowVersion }
        let columns = given.map(\.1) + (identity.map { [$0] } ?? []) + (version.map { [$0] } ?? [])
        let marks = columns.map { _ in "?" }.joined(separator: ", ")
        let names = columns.map(\.storedName).joined(separator: ", ")
        let statement = try connection.prepare(
            columns.isEmpty
                ? "INSERT INTO \(target.alias).\(table.storedName) DEFAULT VALUES"
                : "INSERT INTO \(target.alias).\(table.storedName)(\(names)) VALUES (\(marks))")
        var values: [StoredValue] = []
        values.reserveCapacity(columns.count)
        for (value, column) in given {
            values.append(try stored(value, in: column, target, "INSERT"))
        }
        if let identity { values.append(identity.storedIdentity(try nextIdentity(identity, target))) }
        if version != nil { values.append(try nextRowVersion(target.alias)) }
        try statement.bind(values)
        do {
            try statement.run()
        } catch let error as SQLiteError {
            if ignoresDuplicate(error, target) { return nil }
            let written = Dictionary(uniqueKeysWithValues: zip(columns.map(\.id), values))
            throw violation(error, target, verb.rawValue, written)
        }
        if clause.givesIdentity { noteIdentity(row, clause.columns, target) }
        return connection.lastRowID
    }

    /// A value in its stored form, if the column can hold it.
    func stored(_ value: SQLValue, in column: ColumnInfo, _ target: ResolvedTable, _ verb: String) throws -> StoredValue
    {
        let type = column.type
        switch value {
        case .null:
            guard column.isNullable else {
                throw ServerMessage.error(
                    515, state: 2,
                    "Cannot insert the value NULL into column '\(column.name)', table '\(target.nameOfNullRefusal)'; column does not allow nulls. \(verb) fails."
                )
            }
        case .string(let text):
            guard let length = type.length else { break }
            let isFixed = type.kind == .char || type.kind == .nChar
            if text.utf8.count > length, text.units > length {
                let cut = text.prefixUnits(length)
                let rest = text.substringUnits(from: length, count: text.units)
                guard cutsSilently || rest.allSatisfy({ $0 == " " }) else { throw truncation(column, target, cut) }
                return .text(cut)
            }
            if isFixed { return .text(text + String(repeating: " ", count: max(0, length - text.units))) }
        case .bytes(let bytes):
            guard let length = type.length else { break }
            if bytes.count > length {
                if cutsSilently { return .blob(Array(bytes.prefix(length))) }
                let cut = SQLValue.bytes(Array(bytes.prefix(length))).description
                throw truncation(column, target, cut)
            }
            if type.kind == .binary { return .blob(bytes + [UInt8](repeating: 0, count: length - bytes.count)) }
        default: break
        }
        return StoredForm.encode(value, as: type)
    }

    /// Under ANSI_WARNINGS OFF a value that is too long is cut.
    private var cutsSilently: Bool { !settings.has("ANSI_WARNINGS") }

    private func truncation(_ column: ColumnInfo, _ target: ResolvedTable, _ value: String) -> ServerMessage {
        .error(
            2628,
            "String or binary data would be truncated in table '\(target.nameOfTruncation)', column '\(column.name)'. Truncated value: '\(value)'."
        )
    }
}

extension ColumnInfo {
    /// The type in which a value comes to the column: without a length, so that a value too long is noticed.
    var assignedType: SQLType {
        switch type.kind {
        case .char, .varChar: .varCharMax
        case .nChar, .nVarChar: .nVarCharMax
        case .binary, .varBinary: .varBinaryMax
        default: type
        }
    }
}
