import CFreeTDS
import SQLServerCore
import SQLValues

/// What db-lib's bcp can and cannot do, checked before anything is sent (facts: freetds.md 1.1; bulk.c and data.c of
/// FreeTDS 1.3.17).
enum BulkLoadRules {
    /// A hint of INSERT BULK with the option of the copy that asks for it.
    struct Hint {
        let option: String
        let sql: String
    }

    /// The hints that a target asks for.
    static func hints(of target: BulkTarget) -> [Hint] {
        var hints: [Hint] = []
        if target.hints.contains(.tableLock) { hints.append(Hint(option: "tableLock", sql: "TABLOCK")) }
        if target.hints.contains(.checkConstraints) {
            hints.append(Hint(option: "checkConstraints", sql: "CHECK_CONSTRAINTS"))
        }
        if target.hints.contains(.fireTriggers) { hints.append(Hint(option: "fireTriggers", sql: "FIRE_TRIGGERS")) }
        if target.hints.contains(.keepNulls) { hints.append(Hint(option: "keepNulls", sql: "KEEP_NULLS")) }
        return hints
    }

    /// Refuses what bcp would do wrong.
    ///
    /// - Throws: `unsupported`, naming it.
    static func check(_ target: BulkTarget) throws(SQLServerError) {
        let version = FreeTDSLibrary.version
        // 1.5 changed bcp: it inserted empty texts in the places of others (pymssql #968).
        guard version.hasPrefix("freetds v1.3.") else {
            throw SQLServerError(
                .unsupported, "bulk copy is proved with FreeTDS 1.3 only, and the library in use is \(version)")
        }
        let hints = hints(of: target)
        guard hints.count <= 1 else {
            let names = hints.map(\.option).joined(separator: " and ")
            throw SQLServerError(
                .unsupported, "\(names): FreeTDS passes on only one such option of a bulk copy; choose one of them")
        }
        for column in target.columns where !column.isGenerated {
            switch column.type?.kind {
            case nil, .variant, .udt, .xml, .rowVersion:
                throw SQLServerError(
                    .unsupported,
                    "FreeTDS cannot copy into \(target.table): it describes every column to the server, and column "
                        + "'\(column.name)' has the type \(column.typeName), which it describes wrongly")
            default: continue
            }
        }
    }

    /// A column that rows have no value for: bcp sends NULL for it, or leaves it out when the server fills it.
    ///
    /// - Throws: `unsupported` when NULL is not the same as leaving it out.
    static func checkLeftOut(
        _ column: BulkColumn, _ described: DescribedBulkColumn, _ target: BulkTarget
    ) throws(SQLServerError) {
        if column.isGenerated { return }
        let name = "column '\(column.name)' (\(column.typeName)) of \(target.table)"
        if column.isIdentity || described.isIdentity {
            guard !target.hints.contains(.keepIdentity), described.isIdentity else {
                throw SQLServerError(.unsupported, "FreeTDS needs a value for \(name) with keepIdentity")
            }
            return
        }
        guard !described.isFixed else {
            throw SQLServerError(
                .unsupported,
                "FreeTDS cannot leave out \(name), which is NOT NULL and has a default: give the rows a value for it")
        }
        guard !column.hasDefault || !target.hints.contains(.keepNulls) else {
            throw SQLServerError(
                .unsupported,
                "FreeTDS cannot leave out \(name), which has a default, together with keepNulls: give the rows a value "
                    + "for it")
        }
    }
}

/// A column as db-lib learned it from the server.
struct DescribedBulkColumn {
    let name: String
    let isIdentity: Bool
    /// Whether the type on the wire has a fixed size and so no NULL.
    let isFixed: Bool
}

extension DatabaseProcess {
    /// The tokens of types without NULL (MS-TDS 2.2.5.4.1).
    private static let fixedTypes: Set<Int> = [
        0x30, 0x32, 0x34, 0x38, 0x3A, 0x3B, 0x3C, 0x3D, 0x3E, 0x7A, 0x7F,
    ]

    /// A column of the table that `bcp_init` looked at.
    borrowing func bulkColumn(_ number: Int32) -> DescribedBulkColumn {
        let name = unsafe dbcolname(pointer, number).map { unsafe String(cString: $0) } ?? ""
        var info = DBCOL2()
        info.SizeOfStruct = DBINT(MemoryLayout<DBCOL2>.size)
        unsafe withUnsafeMutablePointer(to: &info) { info in
            let base = unsafe UnsafeMutableRawPointer(info).assumingMemoryBound(to: DBCOL.self)
            _ = unsafe dbtablecolinfo(pointer, number, base)
        }
        return DescribedBulkColumn(
            name: name, isIdentity: info.Identity != 0, isFixed: Self.fixedTypes.contains(Int(info.ServerType)))
    }

    /// Reads the columns of a table and binds them.
    borrowing func prepareBulkLoad(_ target: BulkTarget) throws(SQLServerError) -> BulkLoad {
        try BulkLoad(target, self)
    }

    /// Sends rows of a bulk load; false when db-lib failed.
    borrowing func send(_ numbers: Range<Int>, of rows: SQLColumnBatch, _ load: inout BulkLoad?) -> Bool {
        unsafe rows.withMemory { memory in unsafe load?.send(numbers, memory, self) ?? false }
    }

    /// Sends the rest of a bulk load and waits for the answer; false when db-lib reports a failure, or when the server
    /// did not count.
    borrowing func finishBulkLoad() -> Bool { unsafe bcp_done(pointer) >= 0 }
}
