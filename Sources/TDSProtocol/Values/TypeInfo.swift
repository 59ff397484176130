package import SQLValues

/// A type as TYPE_INFO describes it: of a column, a parameter or a return value (MS-TDS 2.2.5.6).
package struct TypeInfo: Sendable, Hashable {
    /// The type in SQL Server's words.
    package var type: SQLType
    /// The byte on the wire.
    package var wireType: WireType
    /// The maximal length in bytes; 0xFFFF for `max` types.
    package var maximumLength: Int
    /// The collation of character types; nil for others.
    package var collation: Collation?

    /// The format of values.
    package var format: ValueFormat {
        switch wireType {
        case .null: .null
        case .int1, .bit, .int2, .int4, .int8, .float4, .float8, .money, .money4, .dateTime, .dateTime4:
            .fixed(maximumLength)
        case .bigVarBinary, .bigVarChar, .bigBinary, .bigChar, .nVarChar, .nChar:
            maximumLength == 0xFFFF ? .chunks : .shortLength
        case .xml, .udt: .chunks
        case .text, .image, .nText: .longLength
        case .variant: .variant
        default: .byteLength
        }
    }

    private init(_ type: SQLType, _ wireType: WireType, _ maximumLength: Int, _ collation: Collation? = nil) {
        self.type = type
        self.wireType = wireType
        self.maximumLength = maximumLength
        self.collation = collation
    }

    /// The description that SQL Server sends for a type.
    ///
    /// - Parameters:
    ///   - type: The type. A CLR type is sent as `varbinary(max)`.
    ///   - isNullable: Whether NULL can be a value; without it numbers and dates have no length byte.
    ///   - collation: Of character types.
    package init(_ type: SQLType, isNullable: Bool = true, collation: Collation = .latin1) {
        let length = type.length ?? 0
        switch type.kind {
        case .bit: self.init(type, isNullable ? .bitN : .bit, 1)
        case .tinyInt: self.init(type, isNullable ? .intN : .int1, 1)
        case .smallInt: self.init(type, isNullable ? .intN : .int2, 2)
        case .int: self.init(type, isNullable ? .intN : .int4, 4)
        case .bigInt: self.init(type, isNullable ? .intN : .int8, 8)
        case .real: self.init(type, isNullable ? .floatN : .float4, 4)
        case .float: self.init(type, isNullable ? .floatN : .float8, 8)
        case .smallMoney: self.init(type, isNullable ? .moneyN : .money4, 4)
        case .money: self.init(type, isNullable ? .moneyN : .money, 8)
        case .smallDateTime: self.init(type, isNullable ? .dateTimeN : .dateTime4, 4)
        case .dateTime: self.init(type, isNullable ? .dateTimeN : .dateTime, 8)
        case .decimal: self.init(type, .decimalN, Self.decimalSize(type.precision ?? 18))
        case .numeric: self.init(type, .numericN, Self.decimalSize(type.precision ?? 18))
        case .date: self.init(type, .dateN, 3)
        case .time: self.init(type, .timeN, Self.timeSize(type.scale ?? 7))
        case .dateTime2: self.init(type, .dateTime2N, Self.timeSize(type.scale ?? 7) + 3)
        case .dateTimeOffset: self.init(type, .dateTimeOffsetN, Self.timeSize(type.scale ?? 7) + 5)
        case .char: self.init(type, .bigChar, max(length, 1), collation)
        case .varChar: self.init(type, .bigVarChar, type.isMax ? 0xFFFF : max(length, 1), collation)
        case .nChar: self.init(type, .nChar, 2 * max(length, 1), collation)
        case .nVarChar: self.init(type, .nVarChar, type.isMax ? 0xFFFF : 2 * max(length, 1), collation)
        case .binary: self.init(type, .bigBinary, max(length, 1))
        case .rowVersion: self.init(type, .bigBinary, 8)
        case .varBinary: self.init(type, .bigVarBinary, type.isMax ? 0xFFFF : max(length, 1))
        case .udt: self.init(type, .bigVarBinary, 0xFFFF)
        case .uniqueIdentifier: self.init(type, .guid, 16)
        case .xml: self.init(type, .xml, 0xFFFF)
        case .text: self.init(type, .text, 0x7FFF_FFFF, collation)
        case .nText: self.init(type, .nText, 0x7FFF_FFFE, collation)
        case .image: self.init(type, .image, 0x7FFF_FFFF)
        case .variant: self.init(type, .variant, 8009)
        }
    }

    /// Bytes of a decimal's value with its sign (MS-TDS 2.2.5.5.1.6).
    static func decimalSize(_ precision: Int) -> Int {
        switch precision {
        case ...9: 5
        case ...19: 9
        case ...28: 13
        default: 17
        }
    }

    /// Bytes of a time of day (MS-TDS 2.2.5.5.1.8).
    static func timeSize(_ scale: Int) -> Int {
        switch scale {
        case ...2: 3
        case ...4: 4
        default: 5
        }
    }
}
