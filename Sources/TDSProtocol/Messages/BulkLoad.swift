package import SQLValues

/// The rows of a bulk load, which an `INSERT BULK` batch has announced (MS-TDS 2.2.6.1).
package struct BulkLoad: Sendable, Equatable {
    /// The columns, in the order in which the batch named them.
    package var columns: [ColumnDescription]
    /// The rows.
    package var rows: [[SQLValue]]

    /// Rows of columns.
    package init(columns: [ColumnDescription], rows: [[SQLValue]]) {
        self.columns = columns
        self.rows = rows
    }

    /// Reads the payload of a bulk load: COLMETADATA, rows, and a DONE that some clients leave out.
    package init(payload: [UInt8]) throws(TDSProtocolError) {
        self.init(columns: [], rows: [])
        var reader = ByteReader(payload)
        guard try reader.byte() == TokenType.columnMetadata.rawValue else {
            throw reader.failure("a bulk load without the description of its columns")
        }
        let count = try reader.integer(UInt16.self)
        guard count > 0, count != 0xFFFF else { throw reader.failure("a bulk load without columns") }
        for _ in 0..<count { columns.append(try ColumnDescription(from: &reader, tableNameHasParts: false)) }
        while let token = reader.peek {
            try reader.skip(1)
            switch TokenType(rawValue: token) {
            case .row:
                var values: [SQLValue] = []
                values.reserveCapacity(columns.count)
                for column in columns { values.append(try reader.value(column.type, in: .row)) }
                rows.append(values)
            case .nullBitmapRow: rows.append(try reader.nullBitmapRow(columns))
            case .done:
                _ = try Done(.statement, from: &reader)
                guard reader.remaining == 0 else { throw reader.failure("bytes after the end of a bulk load") }
            default: throw reader.failure("a token \(token) in a bulk load")
            }
        }
    }

    /// The payload of this bulk load.
    package func encoded() throws(TDSProtocolError) -> [UInt8] {
        var writer = ByteWriter()
        writer.byte(TokenType.columnMetadata.rawValue)
        writer.integer(UInt16(clamping: columns.count))
        for column in columns { column.encode(into: &writer, tableNameHasParts: false) }
        for row in rows { try writer.row(row, columns, bitmap: .never) }
        Done(.statement).encode(into: &writer)
        return writer.bytes
    }
}
