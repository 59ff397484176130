package import SQLValues

/// A data type's byte on the wire (MS-TDS 2.2.5.4).
package enum WireType: UInt8, Sendable, Hashable, CaseIterable {
    case null = 0x1F
    case int1 = 0x30
    case bit = 0x32
    case int2 = 0x34
    case int4 = 0x38
    case dateTime4 = 0x3A
    case float4 = 0x3B
    case money = 0x3C
    case dateTime = 0x3D
    case float8 = 0x3E
    case money4 = 0x7A
    case int8 = 0x7F
    case guid = 0x24
    case intN = 0x26
    case decimal = 0x37
    case numeric = 0x3F
    case bitN = 0x68
    case decimalN = 0x6A
    case numericN = 0x6C
    case floatN = 0x6D
    case moneyN = 0x6E
    case dateTimeN = 0x6F
    case dateN = 0x28
    case timeN = 0x29
    case dateTime2N = 0x2A
    case dateTimeOffsetN = 0x2B
    case char = 0x2F
    case varChar = 0x27
    case binary = 0x2D
    case varBinary = 0x25
    case bigVarBinary = 0xA5
    case bigVarChar = 0xA7
    case bigBinary = 0xAD
    case bigChar = 0xAF
    case nVarChar = 0xE7
    case nChar = 0xEF
    case xml = 0xF1
    case udt = 0xF0
    case text = 0x23
    case image = 0x22
    case nText = 0x63
    case variant = 0x62
    case table = 0xF3

    /// The type of a value without a length byte, which cannot be NULL; nil for others.
    package var fixedType: SQLType? {
        switch self {
        case .int1: .tinyInt
        case .bit: .bit
        case .int2: .smallInt
        case .int4: .int
        case .int8: .bigInt
        case .float4: .real
        case .float8: .float
        case .money4: .smallMoney
        case .money: .money
        case .dateTime4: .smallDateTime
        case .dateTime: .dateTime
        default: nil
        }
    }
}

/// How long a value is on the wire, and where that is said (MS-TDS 2.2.5.2).
package enum ValueFormat: Sendable, Hashable {
    /// Always this many bytes.
    case fixed(Int)
    /// One byte of length; 0 is NULL.
    case byteLength
    /// Two bytes of length; 0xFFFF is NULL.
    case shortLength
    /// Chunks (PLP): eight bytes of total length, then chunks with four bytes of length.
    case chunks
    /// A text pointer in rows, four bytes of length; 0xFFFFFFFF is NULL.
    case longLength
    /// Four bytes of length, 0 is NULL, then the base type.
    case variant
    /// No bytes at all: always NULL.
    case null

    /// Bytes of NULL in a row.
    package var nullSize: Int {
        switch self {
        case .fixed, .null: 0
        case .byteLength, .longLength: 1
        case .shortLength: 2
        case .variant: 4
        case .chunks: 8
        }
    }
}
