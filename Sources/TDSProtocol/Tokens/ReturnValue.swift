package import SQLValues

/// RETURNVALUE: the final value of an output parameter (MS-TDS 2.2.7.19).
package struct ReturnValue: Sendable, Equatable {
    /// The parameter's position in the call, from 0.
    package var ordinal: UInt16
    /// With its `@`.
    package var name: String
    /// Its type.
    package var type: TypeInfo
    /// Its value.
    package var value: SQLValue
    /// The type inside a `sql_variant` that is not NULL; nil for other types.
    package var baseType: SQLType?
    /// Whether it is a function's result instead of an output parameter.
    package var isFunctionResult = false

    /// A final value.
    package init(ordinal: UInt16, name: String, type: TypeInfo, value: SQLValue) {
        self.ordinal = ordinal
        self.name = name
        self.type = type
        self.value = value
    }

    init(from reader: inout ByteReader) throws(TDSProtocolError) {
        ordinal = try reader.integer()
        name = try reader.shortString()
        isFunctionResult = try reader.byte() == 2
        // User type and flags.
        try reader.skip(6)
        type = try TypeInfo(from: &reader)
        if type.wireType == .variant {
            (value, baseType) = try reader.variant()
        } else {
            value = try reader.value(type)
        }
    }

    /// Appends the token; nothing when the value does not fit its type.
    package func encode(into writer: inout ByteWriter) throws(TDSProtocolError) {
        let start = writer.count
        writer.byte(TokenType.returnValue.rawValue)
        writer.integer(ordinal)
        writer.shortString(name)
        writer.byte(isFunctionResult ? 2 : 1)
        writer.integer(UInt32(0))
        writer.integer(ColumnDescription.Flags.nullable.rawValue)
        type.encode(into: &writer)
        do {
            try writer.value(value, as: type, baseType: baseType)
        } catch {
            writer.truncate(to: start)
            throw error
        }
    }
}

extension ByteWriter {
    /// Appends RETURNSTATUS (MS-TDS 2.2.7.18).
    package mutating func returnStatus(_ status: Int32) {
        byte(TokenType.returnStatus.rawValue)
        integer(status)
    }

    /// Appends ORDER: the columns, from 1, by which the rows are ordered (MS-TDS 2.2.7.17).
    package mutating func order(_ columns: [UInt16]) {
        byte(TokenType.order.rawValue)
        integer(UInt16(clamping: columns.count * 2))
        for column in columns { integer(column) }
    }
}
