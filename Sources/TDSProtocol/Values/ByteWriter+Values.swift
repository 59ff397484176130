package import SQLValues

extension ByteWriter {
    /// Appends a value in a type's format; what was written is taken back when the value does not fit the type.
    ///
    /// `baseType` is the type inside a `sql_variant`; without one it is that which the value's case stands for.
    package mutating func value(
        _ value: SQLValue, as info: TypeInfo, in place: ValuePlace = .parameter, baseType: SQLType? = nil
    ) throws(TDSProtocolError) {
        let start = count
        do {
            if value.isNull {
                try null(info, in: place)
            } else {
                try nonNull(value, as: info, in: place, baseType)
            }
        } catch {
            truncate(to: start)
            throw error
        }
    }

    private mutating func null(_ info: TypeInfo, in place: ValuePlace) throws(TDSProtocolError) {
        switch info.format {
        case .null: break
        case .fixed: throw TDSProtocolError("NULL cannot be sent as \(info.type) NOT NULL")
        case .byteLength: byte(0)
        case .shortLength: integer(UInt16.max)
        case .chunks: integer(UInt64.max)
        case .longLength where place == .row: byte(0)
        case .longLength: integer(UInt32.max)
        case .variant: integer(UInt32(0))
        }
    }

    private mutating func nonNull(
        _ value: SQLValue, as info: TypeInfo, in place: ValuePlace, _ baseType: SQLType?
    ) throws(TDSProtocolError) {
        switch info.format {
        case .null: throw TDSProtocolError("only NULL can be sent as the NULL type")
        case .fixed: try scalar(value, as: info.type)
        case .byteLength:
            let start = count
            byte(0)
            if info.type.isCharacter || info.type.isBinary {
                try string(value, as: info)
            } else {
                try scalar(value, as: info.type)
            }
            patch(UInt8(clamping: try checked(count - start - 1, info)), at: start)
        case .shortLength:
            let start = count
            integer(UInt16(0))
            try string(value, as: info)
            patch(UInt16(clamping: try checked(count - start - 2, info)), at: start)
        case .chunks: try chunks(value, as: info)
        case .longLength:
            if place == .row { textPointer() }
            let start = count
            integer(UInt32(0))
            try string(value, as: info)
            patch(UInt32(clamping: try checked(count - start - 4, info)), at: start)
        case .variant: try variant(value, as: baseType)
        }
    }

    private func checked(_ length: Int, _ info: TypeInfo) throws(TDSProtocolError) -> Int {
        guard length <= info.maximumLength else {
            throw TDSProtocolError("\(length) bytes do not fit \(info.type)")
        }
        return length
    }

    /// A text pointer and a timestamp, which clients pass over.
    private mutating func textPointer() {
        byte(16)
        for _ in 0..<24 { byte(0) }
    }

    /// One chunk with the known total length, then the end (MS-TDS 2.2.5.2.3).
    private mutating func chunks(_ value: SQLValue, as info: TypeInfo) throws(TDSProtocolError) {
        let start = count
        integer(UInt64(0))
        integer(UInt32(0))
        try string(value, as: info)
        let length = count - start - 12
        guard length <= 0x7FFF_FFFF else { throw TDSProtocolError("\(length) bytes do not fit \(info.type)") }
        patch(UInt64(length), at: start)
        if length > 0 {
            patch(UInt32(length), at: start + 8)
            integer(UInt32(0))
        }
    }

    /// The content of a character or binary value.
    mutating func string(_ value: SQLValue, as info: TypeInfo) throws(TDSProtocolError) {
        switch (info.type.kind, value) {
        case (.char, .string(let text)), (.varChar, .string(let text)), (.text, .string(let text)):
            if info.collation?.isUTF8 == true { append(text.utf8) } else { westernText(text) }
        case (.nChar, .string(let text)), (.nVarChar, .string(let text)), (.nText, .string(let text)),
            (.xml, .string(let text)):
            utf16(text)
        case (_, .bytes(let bytes)) where info.type.isBinary: append(bytes)
        default: throw mismatch(value, info.type)
        }
    }

    /// A text in code page 1252, in which `varchar` data of Western European collations is sent; a character that it
    /// does not have becomes `?`, one beyond U+FFFF becomes `??`, as in SQL Server.
    mutating func westernText(_ text: String) {
        if text.utf8.allSatisfy({ $0 < 0x80 }) {
            append(text.utf8)
        } else {
            for unit in text.utf16 { byte(SQLCodePage.windows1252.byte(of: unit) ?? 0x3F) }
        }
    }

    /// The content of a value of a type without a variable length.
    mutating func scalar(_ value: SQLValue, as type: SQLType) throws(TDSProtocolError) {
        switch (type.kind, value) {
        case (.bit, .bit(let flag)): byte(flag ? 1 : 0)
        case (.bit, .int(let number)): byte(number == 0 ? 0 : 1)
        case (.tinyInt, .int(let number)): integer(try exactly(number, type) as UInt8)
        case (.smallInt, .int(let number)): integer(try exactly(number, type) as Int16)
        case (.int, .int(let number)): integer(try exactly(number, type) as Int32)
        case (.bigInt, .int(let number)): integer(number)
        case (.real, .double(let number)): integer(Float(number).bitPattern)
        case (.float, .double(let number)): integer(number.bitPattern)
        case (.smallMoney, .decimal(let number)): integer(try exactly(try coefficient(number, 4, type), type) as Int32)
        case (.money, .decimal(let number)):
            let units: Int64 = try exactly(try coefficient(number, 4, type), type)
            integer(Int32(truncatingIfNeeded: units >> 32))
            integer(UInt32(truncatingIfNeeded: units))
        case (.decimal, .decimal(let number)), (.numeric, .decimal(let number)): try decimal(number, as: type)
        case (.money, .int(let number)), (.smallMoney, .int(let number)), (.decimal, .int(let number)),
            (.numeric, .int(let number)):
            try scalar(.decimal(SQLDecimal(Int(number))), as: type)
        case (.uniqueIdentifier, .uniqueIdentifier(let id)): append(id.wireBytes)
        default: try moment(value, as: type)
        }
    }

    func mismatch(_ value: SQLValue, _ type: SQLType) -> TDSProtocolError {
        let kind = Mirror(reflecting: value).children.first?.label ?? "null"
        return TDSProtocolError("a value of the kind \(kind) cannot be sent as \(type)")
    }

    private func exactly<T: FixedWidthInteger>(
        _ number: some BinaryInteger, _ type: SQLType
    ) throws(TDSProtocolError) -> T {
        guard let exact = T(exactly: number) else { throw TDSProtocolError("\(number) is out of the range of \(type)") }
        return exact
    }

    private func coefficient(
        _ number: SQLDecimal, _ scale: Int, _ type: SQLType
    ) throws(TDSProtocolError) -> Int128 {
        guard let scaled = number.rescaled(to: scale) else {
            throw TDSProtocolError("\(number) is out of the range of \(type)")
        }
        return scaled.coefficient
    }

    private mutating func decimal(_ number: SQLDecimal, as type: SQLType) throws(TDSProtocolError) {
        let precision = min(max(type.precision ?? 18, 1), 38)
        let units = try coefficient(number, type.scale ?? 0, type)
        guard units.magnitude < UInt128(SQLDecimal.power(precision)) else {
            throw TDSProtocolError("\(number) is out of the range of \(type)")
        }
        byte(units < 0 ? 0 : 1)
        var rest = units.magnitude
        for _ in 1..<TypeInfo.decimalSize(precision) {
            byte(UInt8(truncatingIfNeeded: rest))
            rest >>= 8
        }
    }
}
