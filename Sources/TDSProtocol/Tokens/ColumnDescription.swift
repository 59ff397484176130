package import SQLValues

/// A column as COLMETADATA describes it (MS-TDS 2.2.7.4).
package struct ColumnDescription: Sendable, Equatable {
    /// The column's flags.
    package struct Flags: OptionSet, Sendable, Hashable {
        /// The bits.
        package let rawValue: UInt16
        /// The given bits.
        package init(rawValue: UInt16) { self.rawValue = rawValue }

        /// NULL is allowed.
        package static let nullable = Flags(rawValue: 0x0001)
        /// Whether the column can be changed is unknown.
        package static let updatableUnknown = Flags(rawValue: 0x0008)
        /// An IDENTITY column.
        package static let identity = Flags(rawValue: 0x0010)
        /// A computed column, or an expression.
        package static let computed = Flags(rawValue: 0x0020)
    }

    /// The column's name; empty for an expression without one.
    package var name: String
    /// Its type.
    package var type: TypeInfo
    /// Its flags.
    package var flags: Flags
    /// The user type; 80 for `rowversion`.
    package var userType: UInt32

    /// A column.
    package init(name: String, type: TypeInfo, flags: Flags = .nullable, userType: UInt32? = nil) {
        self.name = name
        self.type = type
        self.flags = flags
        self.userType = userType ?? (type.type.kind == .rowVersion ? 80 : 0)
    }

    /// Reads a column; in a bulk load the name of the table of a `text` column is one string without a count of parts.
    init(from reader: inout ByteReader, tableNameHasParts: Bool = true) throws(TDSProtocolError) {
        userType = try reader.integer()
        flags = Flags(rawValue: try reader.integer())
        type = try TypeInfo(ofColumn: &reader)
        if type.format == .longLength {
            for _ in 0..<(tableNameHasParts ? try reader.byte() : 1) { _ = try reader.string() }
        }
        if userType == 80, type.wireType == .bigBinary { type.type = .rowVersion }
        name = try reader.shortString()
    }

    func encode(into writer: inout ByteWriter, tableNameHasParts: Bool = true) {
        writer.integer(userType)
        writer.integer(flags.rawValue)
        type.encode(into: &writer)
        if type.format == .longLength {
            // The name of the table, in one empty part.
            if tableNameHasParts { writer.byte(1) }
            writer.integer(UInt16(0))
        }
        writer.shortString(name)
    }
}

extension ByteWriter {
    /// Appends COLMETADATA.
    package mutating func columnMetadata(_ columns: [ColumnDescription]) {
        byte(TokenType.columnMetadata.rawValue)
        // 0xFFFF means "no metadata": a result set without columns.
        integer(columns.isEmpty ? 0xFFFF : UInt16(clamping: columns.count))
        for column in columns { column.encode(into: &self) }
    }

    /// Appends a ROW, or an NBCROW when that is not longer; nothing when a value does not fit its column.
    ///
    /// `baseTypes` has for each column the type inside a `sql_variant`, or nil; it is empty when there are none.
    package mutating func row(
        _ values: [SQLValue], _ columns: [ColumnDescription], bitmap: NullBitmapUse = .whenNotLonger,
        baseTypes: [SQLType?] = []
    ) throws(TDSProtocolError) {
        guard values.count == columns.count else {
            throw TDSProtocolError("a row of \(values.count) values for \(columns.count) columns")
        }
        let start = count
        do {
            let isMarked = bitmap == .whenNotLonger && Self.nullSize(values, columns) >= max(1, (values.count + 7) / 8)
            byte(isMarked ? TokenType.nullBitmapRow.rawValue : TokenType.row.rawValue)
            if isMarked { nullBitmap(values) }
            for index in values.indices where !isMarked || !values[index].isNull {
                let baseType = baseTypes.isEmpty ? nil : baseTypes[index]
                try value(values[index], as: columns[index].type, in: .row, baseType: baseType)
            }
            if isMarked { try checkNulls(values, columns) }
        } catch {
            truncate(to: start)
            throw TDSProtocolError(error.what)
        }
    }

    /// Bytes that the NULLs of a row take without a bitmap.
    private static func nullSize(_ values: [SQLValue], _ columns: [ColumnDescription]) -> Int {
        var size = 0
        for index in values.indices where values[index].isNull { size += columns[index].type.format.nullSize }
        return size
    }

    private mutating func nullBitmap(_ values: [SQLValue]) {
        var bits: UInt8 = 0
        for (index, value) in values.enumerated() {
            if value.isNull { bits |= 1 << UInt8(index % 8) }
            if index % 8 == 7 || index == values.count - 1 {
                byte(bits)
                bits = 0
            }
        }
    }

    private func checkNulls(_ values: [SQLValue], _ columns: [ColumnDescription]) throws(TDSProtocolError) {
        for (value, column) in zip(values, columns) where value.isNull {
            if case .fixed = column.type.format {
                throw TDSProtocolError("NULL in the column \(column.name), which is NOT NULL")
            }
        }
    }
}

/// Whether rows may be sent with a bitmap of their NULLs (NBCROW), which clients know since TDS 7.3.B.
package enum NullBitmapUse: Sendable {
    case never
    case whenNotLonger
}

extension ByteReader {
    /// The rest of an NBCROW: the bitmap, and the values that are not NULL.
    mutating func nullBitmapRow(_ columns: [ColumnDescription]) throws(TDSProtocolError) -> [SQLValue] {
        let bitmap = Array(try slice((columns.count + 7) / 8))
        var values: [SQLValue] = []
        values.reserveCapacity(columns.count)
        for (index, column) in columns.enumerated() {
            let isNull = bitmap[index / 8] & (1 << UInt8(index % 8)) != 0
            values.append(isNull ? .null : try value(column.type, in: .row))
        }
        return values
    }
}
