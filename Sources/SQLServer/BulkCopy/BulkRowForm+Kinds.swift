import SQLServerCore

extension BulkRowForm {
    /// Tuples, one value for each of the named columns.
    static func tuples<each Value: SQLEncodable>(_ columns: [String]) -> BulkRowForm
    where Row == (repeat each Value) {
        BulkRowForm(columnNames: { _ in columns }) { (row, writer) throws(BulkValueError) in
            for value in repeat each row { try writer.append(encoding: value) }
        }
    }

    /// Single values, for one column.
    static func values(_ columns: [String]) -> BulkRowForm where Row: SQLEncodable {
        BulkRowForm(columnNames: { _ in columns }) { (row, writer) throws(BulkValueError) in
            try writer.append(encoding: row)
        }
    }

    /// Lists of values, one for each of the named columns.
    static func lists(_ columns: [String]) -> BulkRowForm where Row == [SQLTypedValue] {
        BulkRowForm(columnNames: { _ in columns }) { (row, writer) throws(BulkValueError) in
            for value in row { try writer.append(value) }
        }
    }

    /// Rows of a query; their columns have the names of the table's, or are given in order.
    static func rows(_ columns: [String]?) -> BulkRowForm where Row == SQLRow {
        BulkRowForm(
            columnNames: { row in columns ?? row.map { $0.columns.map(\.name) } },
            write: { (row, writer) throws(BulkValueError) in try writer.append(contentsOf: row) })
    }

    /// Encodable values, whose keys are the names of columns.
    static func encodable() -> BulkRowForm where Row: Encodable {
        let encoder = BulkRowEncoder()
        return BulkRowForm(
            columnNames: { (row) throws(BulkValueError) in
                try row.map { (row) throws(BulkValueError) in
                    try encoder.names(of: row)
                }
            },
            write: { (row, writer) throws(BulkValueError) in try encoder.write(row, to: &writer) })
    }
}

extension BulkRowWriter {
    /// A value of a Swift type.
    @inline(__always)
    mutating func append(encoding value: some SQLEncodable) throws(BulkValueError) {
        let encoded: SQLTypedValue
        do throws(SQLServerError) {
            encoded = try value.encode()
        } catch {
            throw BulkValueError(error.message)
        }
        try append(encoded)
    }
}
