import SQLValues

extension TypeInfo {
    /// Reads TYPE_INFO.
    package init(from reader: inout ByteReader) throws(TDSProtocolError) {
        let offset = reader.position
        let number = try reader.byte()
        guard let wire = WireType(rawValue: number) else {
            if let name = Self.laterTypes[number] { throw TDSProtocolError(name, at: offset, kind: .unsupported) }
            throw TDSProtocolError("\(number) is no data type that is known here", at: offset, kind: .invalidValue)
        }
        if let fixed = wire.fixedType {
            self.init(fixed, isNullable: false)
            return
        }
        switch wire {
        case .intN, .bitN, .floatN, .moneyN, .dateTimeN, .guid: self = try Self.numeric(wire, &reader)
        case .decimal, .numeric, .decimalN, .numericN: self = try Self.decimal(wire, &reader)
        case .dateN: self.init(.date)
        case .timeN, .dateTime2N, .dateTimeOffsetN: self = try Self.time(wire, &reader)
        case .char, .varChar, .binary, .varBinary: self = try Self.legacy(wire, &reader)
        case .bigVarBinary, .bigVarChar, .bigBinary, .bigChar, .nVarChar, .nChar: self = try Self.string(wire, &reader)
        case .text, .nText, .image: self = try Self.long(wire, &reader)
        case .xml: self = try Self.xml(&reader)
        case .variant:
            self.init(.variant)
            maximumLength = Int(try reader.integer(UInt32.self))
        case .null:
            self.init(.int)
            (wireType, maximumLength) = (.null, 0)
        case .udt: throw TDSProtocolError("CLR type \(try Self.typeName(&reader))", at: offset, kind: .unsupported)
        default: throw TDSProtocolError("a value cannot have the type \(wire)", at: offset, kind: .invalidValue)
        }
    }

    /// Reads the TYPE_INFO of a column, which cannot be of the type NULL: a row of such columns would have no bytes.
    init(ofColumn reader: inout ByteReader) throws(TDSProtocolError) {
        let offset = reader.position
        try self.init(from: &reader)
        guard wireType != .null else {
            throw TDSProtocolError("a column of the type NULL", at: offset, kind: .invalidValue)
        }
    }

    /// Types of SQL Server 2025, by their bytes.
    private static let laterTypes: [UInt8: String] = [0xF4: "json", 0xF5: "vector"]

    /// The name of a CLR type in an RPC: database, schema, type.
    private static func typeName(_ reader: inout ByteReader) throws(TDSProtocolError) -> String {
        _ = try reader.shortString()
        let schema = try reader.shortString()
        let name = try reader.shortString()
        return schema.isEmpty ? name : "\(schema).\(name)"
    }

    private static func numeric(_ wire: WireType, _ reader: inout ByteReader) throws(TDSProtocolError) -> TypeInfo {
        let offset = reader.position
        let type: SQLType? =
            switch (wire, try reader.byte()) {
            case (.intN, 1): .tinyInt
            case (.intN, 2): .smallInt
            case (.intN, 4): .int
            case (.intN, 8): .bigInt
            case (.bitN, 1): .bit
            case (.floatN, 4): .real
            case (.floatN, 8): .float
            case (.moneyN, 4): .smallMoney
            case (.moneyN, 8): .money
            case (.dateTimeN, 4): .smallDateTime
            case (.dateTimeN, 8): .dateTime
            case (.guid, 16): .uniqueIdentifier
            default: nil
            }
        guard let type else {
            throw TDSProtocolError("a length that \(wire) cannot have", at: offset, kind: .invalidValue)
        }
        return TypeInfo(type)
    }

    private static func decimal(_ wire: WireType, _ reader: inout ByteReader) throws(TDSProtocolError) -> TypeInfo {
        let offset = reader.position
        let length = Int(try reader.byte())
        let precision = Int(try reader.byte())
        let scale = Int(try reader.byte())
        guard (1...38).contains(precision), scale <= precision, length <= 17 else {
            throw TDSProtocolError(
                "decimal(\(precision),\(scale)) in \(length) bytes is no type", at: offset, kind: .invalidValue)
        }
        let isNumeric = wire == .numeric || wire == .numericN
        var info = TypeInfo(isNumeric ? .numeric(precision, scale) : .decimal(precision, scale))
        info.maximumLength = length
        return info
    }

    private static func time(_ wire: WireType, _ reader: inout ByteReader) throws(TDSProtocolError) -> TypeInfo {
        let offset = reader.position
        let scale = Int(try reader.byte())
        guard scale <= 7 else {
            throw TDSProtocolError("a time with \(scale) decimal places", at: offset, kind: .invalidValue)
        }
        switch wire {
        case .timeN: return TypeInfo(.time(scale))
        case .dateTime2N: return TypeInfo(.dateTime2(scale))
        default: return TypeInfo(.dateTimeOffset(scale))
        }
    }

    /// The types of before TDS 7, with one byte of length; they have no collation.
    private static func legacy(_ wire: WireType, _ reader: inout ByteReader) throws(TDSProtocolError) -> TypeInfo {
        let length = Int(try reader.byte())
        let type: SQLType =
            switch wire {
            case .char: .char(length)
            case .varChar: .varChar(length)
            case .binary: .binary(length)
            default: .varBinary(length)
            }
        var info = TypeInfo(type)
        (info.wireType, info.maximumLength) = (wire, length)
        return info
    }

    private static func string(_ wire: WireType, _ reader: inout ByteReader) throws(TDSProtocolError) -> TypeInfo {
        let offset = reader.position
        let length = Int(try reader.integer(UInt16.self))
        let isMax = length == 0xFFFF
        let type: SQLType =
            switch wire {
            case .bigVarBinary: isMax ? .varBinaryMax : .varBinary(length)
            case .bigVarChar: isMax ? .varCharMax : .varChar(length)
            case .nVarChar: isMax ? .nVarCharMax : .nVarChar(length / 2)
            case .nChar: .nChar(length / 2)
            case .bigChar: .char(length)
            default: .binary(length)
            }
        // A client that knows nothing better may send its nchar, char and binary parameters as max.
        guard length <= 8000 || isMax else {
            throw TDSProtocolError("a length of \(length) in \(wire)", at: offset, kind: .invalidValue)
        }
        var info = TypeInfo(type)
        info.maximumLength = length
        if info.collation != nil { info.collation = try Collation(from: &reader) }
        return info
    }

    private static func long(_ wire: WireType, _ reader: inout ByteReader) throws(TDSProtocolError) -> TypeInfo {
        var info = TypeInfo(wire == .text ? .text : wire == .nText ? .nText : .image)
        info.maximumLength = Int(try reader.integer(UInt32.self))
        if info.collation != nil { info.collation = try Collation(from: &reader) }
        return info
    }

    private static func xml(_ reader: inout ByteReader) throws(TDSProtocolError) -> TypeInfo {
        if try reader.byte() != 0 {
            _ = try reader.shortString()
            _ = try reader.shortString()
            _ = try reader.string()
        }
        return TypeInfo(.xml)
    }

    /// Appends TYPE_INFO.
    package func encode(into writer: inout ByteWriter) {
        writer.byte(wireType.rawValue)
        switch wireType {
        case .decimalN, .numericN, .decimal, .numeric:
            writer.byte(UInt8(clamping: maximumLength))
            writer.byte(UInt8(clamping: type.precision ?? 18))
            writer.byte(UInt8(clamping: type.scale ?? 0))
        case .timeN, .dateTime2N, .dateTimeOffsetN: writer.byte(UInt8(clamping: type.scale ?? 7))
        case .dateN, .null: break
        case .xml: writer.byte(0)
        case .variant: writer.integer(UInt32(clamping: maximumLength))
        default: encodeLength(into: &writer)
        }
    }

    private func encodeLength(into writer: inout ByteWriter) {
        switch format {
        case .byteLength: writer.byte(UInt8(clamping: maximumLength))
        case .shortLength, .chunks: writer.integer(UInt16(clamping: maximumLength))
        case .longLength: writer.integer(UInt32(clamping: maximumLength))
        case .fixed, .variant, .null: break
        }
        // The types of before TDS 7 have no collation.
        if let collation, wireType != .char, wireType != .varChar { collation.encode(into: &writer) }
    }
}
