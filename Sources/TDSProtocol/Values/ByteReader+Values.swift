package import SQLValues

/// Where a value stands: `text`, `ntext` and `image` have a text pointer in rows only.
package enum ValuePlace: Sendable {
    /// In a row.
    case row
    /// In a parameter or a return value.
    case parameter
}

extension ByteReader {
    /// A value of a type (MS-TDS 2.2.5.5).
    package mutating func value(
        _ info: TypeInfo, in place: ValuePlace = .parameter
    ) throws(TDSProtocolError) -> SQLValue {
        switch info.format {
        case .null: return .null
        case .fixed(let count): return try content(info, count)
        case .byteLength:
            let count = Int(try byte())
            return count == 0 ? .null : try content(info, count)
        case .shortLength:
            let count = Int(try integer(UInt16.self))
            return count == 0xFFFF ? .null : try content(info, count)
        case .longLength:
            if place == .row {
                let pointer = Int(try byte())
                if pointer == 0 { return .null }
                try skip(pointer + 8)
            }
            let count = try integer(UInt32.self)
            return count == 0xFFFF_FFFF ? .null : try content(info, Int(count))
        case .chunks: return try chunks(info)
        case .variant: return try variant().value
        }
    }

    /// The content of a value of `count` bytes, without its length.
    mutating func content(_ info: TypeInfo, _ count: Int) throws(TDSProtocolError) -> SQLValue {
        let offset = position
        var data = try reader(count)
        let value = try data.scalar(info, count)
        guard let value, data.remaining == 0 else {
            throw TDSProtocolError("\(count) bytes are no value of \(info.type)", at: offset, kind: .invalidValue)
        }
        return value
    }

    /// The value of all bytes of this reader; nil when they are none.
    private mutating func scalar(_ info: TypeInfo, _ count: Int) throws(TDSProtocolError) -> SQLValue? {
        switch info.type.kind {
        case .bit: .bit(try byte() != 0)
        case .tinyInt: .int(Int64(try byte()))
        case .smallInt: .int(Int64(try integer(Int16.self)))
        case .int: .int(Int64(try integer(Int32.self)))
        case .bigInt: .int(try integer(Int64.self))
        case .real: .double(Double(Float(bitPattern: try integer(UInt32.self))))
        case .float: .double(Double(bitPattern: try integer(UInt64.self)))
        case .smallMoney: Self.money(Int64(try integer(Int32.self)))
        case .money: Self.money(try longMoney())
        case .decimal, .numeric: try decimal(scale: info.type.scale ?? 0)
        case .uniqueIdentifier: SQLUniqueIdentifier(wireBytes: try slice(count)).map { .uniqueIdentifier($0) }
        case .date, .time, .smallDateTime, .dateTime, .dateTime2, .dateTimeOffset: try moment(info.type, count)
        case .char, .varChar, .text: .string(try text(info.collation, count))
        case .nChar, .nVarChar, .nText, .xml: try wideText(count)
        case .binary, .varBinary, .image, .rowVersion, .udt: .bytes(Array(try slice(count)))
        case .variant: nil
        }
    }

    private static func money(_ units: Int64) -> SQLValue? {
        SQLDecimal(coefficient: Int128(units), scale: 4).map { .decimal($0) }
    }

    /// The high half comes first.
    private mutating func longMoney() throws(TDSProtocolError) -> Int64 {
        let high = try integer(Int32.self)
        return Int64(high) << 32 | Int64(try integer(UInt32.self))
    }

    /// A sign (1 is positive) and the magnitude.
    private mutating func decimal(scale: Int) throws(TDSProtocolError) -> SQLValue? {
        let isNegative = try byte() == 0
        guard remaining <= 16 else { return nil }
        var magnitude: UInt128 = 0
        for (index, byte) in try slice(remaining).enumerated() {
            magnitude |= UInt128(byte) << UInt128(8 * index)
        }
        guard magnitude < UInt128(SQLDecimal.limit) else { return nil }
        let coefficient = isNegative ? -Int128(magnitude) : Int128(magnitude)
        return SQLDecimal(coefficient: coefficient, scale: scale).map { .decimal($0) }
    }

    private mutating func text(_ collation: Collation?, _ count: Int) throws(TDSProtocolError) -> String {
        let bytes = try slice(count)
        if collation?.isUTF8 == true { return String(decoding: bytes, as: UTF8.self) }
        // Code page 1252 has a character for every byte.
        guard let text = SQLCodePage.windows1252.text(of: bytes) else { throw failure("a text is not code page 1252") }
        return text
    }

    private mutating func wideText(_ count: Int) throws(TDSProtocolError) -> SQLValue? {
        guard count % 2 == 0 else { return nil }
        return .string(try utf16(count / 2))
    }

    /// Partially length-prefixed data (MS-TDS 2.2.5.2.3).
    private mutating func chunks(_ info: TypeInfo) throws(TDSProtocolError) -> SQLValue {
        let total = try integer(UInt64.self)
        if total == UInt64.max { return .null }
        let isLengthKnown = total != UInt64.max - 1
        var data: [UInt8] = []
        while true {
            let count = Int(try integer(UInt32.self))
            if count == 0 { break }
            data.append(contentsOf: try slice(count))
        }
        guard !isLengthKnown || total == UInt64(data.count) else {
            throw failure("\(data.count) bytes came in chunks, \(total) were announced")
        }
        // XML may begin with a byte order mark.
        if info.type.kind == .xml, data.starts(with: [0xFF, 0xFE]) { data.removeFirst(2) }
        var content = ByteReader(data)
        guard let value = try content.scalar(info, data.count) else {
            throw TDSProtocolError(
                "\(data.count) bytes are no value of \(info.type)", at: position, kind: .invalidValue)
        }
        return value
    }
}
