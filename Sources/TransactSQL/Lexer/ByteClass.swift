/// What a byte of T-SQL text may begin or continue.
enum ByteClass: UInt8 {
    case invalid
    case blank
    case lineEnd
    /// A letter, `_`, `#`, or a byte of a character beyond ASCII.
    case nameStart
    case digit
    case at
    case dollar
    case quote
    case doubleQuote
    case bracket
    case symbol

    /// The class of each byte.
    static let table: [ByteClass] = (0...255).map { classify(UInt8($0)) }

    private static func classify(_ byte: UInt8) -> ByteClass {
        switch byte {
        case 0x0A, 0x0D: .lineEnd
        case 0x00...0x20: .blank
        case 0x30...0x39: .digit
        case 0x41...0x5A, 0x61...0x7A, 0x5F, 0x23, 0x80...0xFF: .nameStart
        case 0x40: .at
        case 0x24: .dollar
        case 0x27: .quote
        case 0x22: .doubleQuote
        case 0x5B: .bracket
        case 0x5C, 0x5D, 0x60, 0x3F, 0x7F: .invalid
        default: .symbol
        }
    }

    /// An ASCII letter in upper case; any other byte as it is.
    @inline(__always)
    static func upper(_ byte: UInt8) -> UInt8 { byte &- 0x61 < 26 ? byte & 0xDF : byte }

    /// The value of a hexadecimal digit.
    @inline(__always)
    static func hexValue(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x41 + 10
        case 0x61...0x66: byte - 0x61 + 10
        default: nil
        }
    }
}
