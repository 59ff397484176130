package import SQLValues

/// A table-valued parameter: the description of its columns and the rows (MS-TDS 2.2.5.5.5).
package struct TableValue: Sendable, Equatable {
    /// A column of the rows.
    package struct Column: Sendable, Equatable {
        /// The flags that a table-valued parameter uses.
        package struct Flags: OptionSet, Sendable, Hashable {
            /// The bits.
            package let rawValue: UInt16
            /// The given bits.
            package init(rawValue: UInt16) { self.rawValue = rawValue }

            /// NULL is allowed.
            package static let nullable = Flags(rawValue: 0x0001)
            /// The rows have no value for the column: its default is meant.
            package static let isDefault = Flags(rawValue: 0x0200)
        }

        /// Its type.
        package var type: TypeInfo
        /// Its flags.
        package var flags: Flags

        /// A column.
        package init(type: TypeInfo, flags: Flags = .nullable) {
            self.type = type
            self.flags = flags
        }
    }

    /// The schema of the table type; empty for the default schema.
    package var schema: String
    /// The name of the table type.
    package var name: String
    /// The columns in the order of the table type; empty for a NULL table.
    package var columns: [Column]
    /// The rows, with NULL in columns of defaults.
    package var rows: [[SQLValue]]

    /// A table.
    package init(schema: String = "", name: String, columns: [Column], rows: [[SQLValue]]) {
        self.schema = schema
        self.name = name
        self.columns = columns
        self.rows = rows
    }

    private static let nullTable: UInt16 = 0xFFFF
    private static let end: UInt8 = 0x00
    private static let row: UInt8 = 0x01
    private static let orderAndUniqueness: UInt8 = 0x10
    private static let columnOrder: UInt8 = 0x11
    /// Columns that a table-valued parameter can have.
    private static let columnLimit = 1_024

    init(from reader: inout ByteReader) throws(TDSProtocolError) {
        try reader.skip(1)
        let database = try reader.shortString()
        guard database.isEmpty else {
            throw TDSProtocolError(
                "a table type of another database (\(database))", at: reader.position, kind: .invalidValue)
        }
        self.init(schema: try reader.shortString(), name: try reader.shortString(), columns: [], rows: [])
        let count = try reader.integer(UInt16.self)
        if count != Self.nullTable {
            guard count <= Self.columnLimit else { throw reader.failure("a table of \(count) columns") }
            for _ in 0..<count { columns.append(try Self.column(&reader)) }
        }
        let order = try readMetadata(&reader)
        while try readRow(&reader) {}
        arrange(order)
    }

    private static func column(_ reader: inout ByteReader) throws(TDSProtocolError) -> Column {
        // The user type.
        try reader.skip(4)
        let flags = Column.Flags(rawValue: try reader.integer())
        let column = Column(type: try TypeInfo(ofColumn: &reader), flags: flags)
        // The name, which the table type knows better.
        _ = try reader.shortString()
        return column
    }

    /// Reads the optional parts up to the end of the metadata.
    ///
    /// - Returns: The place of each column in the table type, from 0; empty when they stand in its order.
    private mutating func readMetadata(_ reader: inout ByteReader) throws(TDSProtocolError) -> [Int] {
        var order: [Int] = []
        while true {
            switch try reader.byte() {
            case Self.end: return order
            case Self.orderAndUniqueness:
                // What the client says of the rows' order is no promise that the server needs.
                try reader.skip(3 * Int(try reader.integer(UInt16.self)))
            case Self.columnOrder:
                let count = Int(try reader.integer(UInt16.self))
                order = []
                for _ in 0..<count { order.append(Int(try reader.integer(UInt16.self)) - 1) }
                guard order.sorted() == Array(columns.indices) else {
                    throw reader.failure("an order that does not name each column once")
                }
            default: throw reader.failure("an unknown token in a table-valued parameter")
            }
        }
    }

    private mutating func readRow(_ reader: inout ByteReader) throws(TDSProtocolError) -> Bool {
        switch try reader.byte() {
        case Self.end: return false
        case Self.row: break
        default: throw reader.failure("an unknown token in the rows of a table-valued parameter")
        }
        guard !columns.isEmpty else { throw reader.failure("a row of a NULL table") }
        var values: [SQLValue] = []
        values.reserveCapacity(columns.count)
        for column in columns {
            values.append(column.flags.contains(.isDefault) ? .null : try reader.value(column.type))
        }
        rows.append(values)
        return true
    }

    /// Puts the columns into the table type's order.
    private mutating func arrange(_ order: [Int]) {
        guard !order.isEmpty else { return }
        let places = columns.indices.sorted { order[$0] < order[$1] }
        columns = places.map { columns[$0] }
        rows = rows.map { row in places.map { row[$0] } }
    }

    func encode(into writer: inout ByteWriter) throws(TDSProtocolError) {
        writer.byte(WireType.table.rawValue)
        writer.shortString("")
        writer.shortString(schema)
        writer.shortString(name)
        writer.integer(columns.isEmpty ? Self.nullTable : UInt16(clamping: columns.count))
        for column in columns {
            writer.integer(UInt32(0))
            writer.integer(column.flags.rawValue)
            column.type.encode(into: &writer)
            writer.shortString("")
        }
        writer.byte(Self.end)
        for row in rows {
            writer.byte(Self.row)
            for (value, column) in zip(row, columns) where !column.flags.contains(.isDefault) {
                try writer.value(value, as: column.type)
            }
        }
        writer.byte(Self.end)
    }
}
