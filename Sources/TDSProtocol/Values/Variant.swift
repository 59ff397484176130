import SQLValues

/// `sql_variant` values carry their type with them (MS-TDS 2.2.5.5.4): total length, base type, the number of property
/// bytes, the properties, the content.
extension ByteWriter {
    /// Appends a value as a `sql_variant` of a type; without one, of the type that its case stands for.
    mutating func variant(_ value: SQLValue, as baseType: SQLType? = nil) throws(TDSProtocolError) {
        let start = count
        integer(UInt32(0))
        let type = if let baseType { baseType } else { try Self.variantType(of: value) }
        let info = TypeInfo(type, isNullable: false)
        byte(info.wireType.rawValue)
        switch info.wireType {
        case .decimalN, .numericN:
            byte(2)
            byte(UInt8(clamping: info.type.precision ?? 38))
            byte(UInt8(clamping: info.type.scale ?? 0))
        case .timeN, .dateTime2N, .dateTimeOffsetN:
            byte(1)
            byte(UInt8(clamping: info.type.scale ?? 7))
        case .nVarChar, .nChar, .bigVarChar, .bigChar:
            byte(7)
            (info.collation ?? .latin1).encode(into: &self)
            integer(UInt16(clamping: info.maximumLength))
        case .bigVarBinary, .bigBinary:
            byte(2)
            integer(UInt16(clamping: info.maximumLength))
        default:
            guard info.wireType.fixedType != nil || info.wireType == .guid || info.wireType == .dateN else {
                throw TDSProtocolError("\(info.type) cannot be in a sql_variant")
            }
            byte(0)
        }
        guard !info.type.isMax else { throw TDSProtocolError("\(info.type) cannot be in a sql_variant") }
        if info.type.isCharacter || info.type.isBinary {
            try string(value, as: info)
        } else {
            try scalar(value, as: info.type)
        }
        let length = count - start - 4
        guard length <= 8009 + 10 else { throw TDSProtocolError("\(length) bytes do not fit sql_variant") }
        patch(UInt32(length), at: start)
    }

    private static func variantType(of value: SQLValue) throws(TDSProtocolError) -> SQLType {
        switch value {
        case .bit: .bit
        case .int(let number): Int32(exactly: number) == nil ? .bigInt : .int
        case .double: .float
        case .decimal(let number): .decimal(number.precision, number.scale)
        case .string(let text): .nVarChar(max(1, text.utf16.count))
        case .bytes(let bytes): .varBinary(max(1, bytes.count))
        case .uniqueIdentifier: .uniqueIdentifier
        case .date: .date
        case .time: .time(7)
        case .dateTime: .dateTime2(7)
        case .dateTimeOffset: .dateTimeOffset(7)
        case .null: throw TDSProtocolError("NULL has no type in a sql_variant")
        }
    }
}

extension ByteReader {
    /// A `sql_variant` and the type inside it, which NULL does not have.
    mutating func variant() throws(TDSProtocolError) -> (value: SQLValue, baseType: SQLType?) {
        let total = Int(try integer(UInt32.self))
        if total == 0 { return (.null, nil) }
        var data = try reader(total)
        let number = try data.byte()
        var properties = try data.reader(Int(try data.byte()))
        guard let wire = WireType(rawValue: number) else { throw data.failure("\(number) is no type of a sql_variant") }
        // Written as TYPE_INFO, the properties tell the type.
        var type = ByteWriter()
        type.byte(number)
        switch wire {
        case .decimalN, .numericN:
            type.byte(17)
            type.append(try properties.slice(2))
        case .timeN, .dateTime2N, .dateTimeOffsetN: type.byte(try properties.byte())
        case .guid: type.byte(16)
        case .bigVarChar, .bigChar, .nVarChar, .nChar:
            let collation = try properties.slice(5)
            type.append(try properties.slice(2))
            type.append(collation)
        case .bigVarBinary, .bigBinary: type.append(try properties.slice(2))
        case .dateN: break
        default: guard wire.fixedType != nil else { throw data.failure("\(wire) in a sql_variant") }
        }
        var typeReader = ByteReader(type.bytes)
        let info = try TypeInfo(from: &typeReader)
        return (try data.content(info, data.remaining), info.type)
    }
}
